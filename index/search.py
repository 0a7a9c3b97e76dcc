"""Ranked clauses for a query: words and vectors searched side by side, their scores added, one hit a clause."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from index import generation
from index.catalogue import Catalogue
from index.generation import Generation
from index.model import Encoder, Filters, Hit, IndexFailure, NoGeneration, Query, Results
from index.snippet import snippet
from index.store import Store
from index.words import Restriction

__all__ = ["Search", "SearchIndex", "open_search", "snippet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What words and vectors contribute to a score, each scaled so that its best candidate has 1."""

    words: float
    vector: float


# Measured (FINDINGS): for Vietnamese questions dense adds .002 MRR to BM25 alone; English questions, whose words
# are translations, gain .05 MRR and .08 recall from it.
VIETNAMESE = Weights(words=0.9, vector=0.1)
ENGLISH = Weights(words=0.7, vector=0.3)

# Passages that each engine proposes at first; words propose more while there are more that match.
WORD_CANDIDATES = 1_000
VECTOR_CANDIDATES = 200
MOST_CANDIDATES = 20_000
# A clause matches when its score is at least this part of the best one. Almost every clause shares some syllable
# with a question: without a floor, "how many match" would always be "nearly all".
FLOOR = 0.2


class SearchIndex(Protocol):
    """What an answer needs of an index, embedded or on a cluster."""

    def search(self, query: Query, *, limit: int = 10, offset: int = 0, filters: Filters = ...) -> Results: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A clause by its place in the catalogue. `words` is a BM25 score, `vector` a cosine."""

    place: int
    score: float
    words: float
    vector: float


class Search:
    """One generation, open for searching. Safe to use from several threads; it never changes."""

    def __init__(self, store: Store, generation: Generation, encoder: Encoder) -> None:
        """Raises IndexFailure when the generation is none that the store still knows."""
        self._store = store
        self._generation = generation
        self._encoder = encoder
        self._catalogue: Catalogue = store.catalogue(generation.manifest.number)
        if len(self._catalogue) != generation.manifest.passages:
            raise IndexFailure(
                f"generation {generation.manifest.number} does not hold what the store says: "
                "run `chidao ingest --reindex`"
            )

    @property
    def number(self) -> int:
        """The number of the generation."""
        return self._generation.manifest.number

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        offset: int = 0,
        filters: Filters = Filters(),  # noqa: B008 - frozen
    ) -> Results:
        """The clauses that match, best first, `limit` of them from `offset`; total and facets count all.

        A hit's `words` is the BM25 score and its `vector` the cosine of its best passage, as the engines gave
        them; 0 for an engine that did not propose it.
        """
        restriction = self._catalogue.restriction(filters)
        candidates = self._candidates(query, restriction)
        matching = [found for found in candidates if found.score >= FLOOR * candidates[0].score]
        return Results(
            total=len(matching),
            hits=tuple(self._hit(found) for found in matching[offset : offset + limit]),
            facets=self._catalogue.facets(found.place for found in matching),
        )

    def rarity(self, term: str, folded: bool) -> float:
        """The inverse document frequency of a token, as BM25 has it; `folded` looks it up without marks."""
        words = self._generation.words
        frequency = words.frequency(term, folded=folded)
        return math.log(1 + (len(words) - frequency + 0.5) / (frequency + 0.5))

    def refresh(self) -> Search:
        """This search, or one over the generation that has been published since. Costs one SELECT.

        Raises EncoderMismatch when another encoder built that one; this search can go on being used.
        """
        if self._store.generation() == self.number:
            return self
        return open_search(self._store, self._encoder)

    def _candidates(self, query: Query, restriction: Restriction | None) -> list[_Candidate]:
        """Clauses with the score of their best passage, best first; ties as they stand in the documents."""
        weights = VIETNAMESE if query.language == "vi" else ENGLISH
        words = self._words(query, restriction)
        vectors = dict(
            self._generation.vectors.search(
                self._encoder.encode_query(query.restored or query.text),
                limit=VECTOR_CANDIDATES,
                passages=None if restriction is None else restriction.passages,
            )
        )
        best_word, best_vector = _highest(words.values()), _highest(vectors.values())
        passages = sorted(words.keys() | vectors.keys())
        best: dict[int, _Candidate] = {}
        for passage, place in zip(passages, self._catalogue.places(passages).tolist(), strict=True):
            word, vector = words.get(passage, 0.0), max(0.0, vectors.get(passage, 0.0))
            score = weights.words * word / best_word + weights.vector * vector / best_vector
            if place not in best or score > best[place].score:
                best[place] = _Candidate(place=place, score=score, words=word, vector=vector)
        found = (candidate for candidate in best.values() if candidate.score > 0)
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.place))

    def _words(self, query: Query, restriction: Restriction | None) -> Mapping[int, float]:
        limit = WORD_CANDIDATES
        found = self._generation.words.search(query, limit=limit, restriction=restriction)
        while len(found) == limit < MOST_CANDIDATES and found[-1][1] >= FLOOR * found[0][1]:
            limit = MOST_CANDIDATES
            found = self._generation.words.search(query, limit=limit, restriction=restriction)
        return dict(found)

    def _hit(self, found: _Candidate) -> Hit:
        document, clause = self._catalogue.clause(found.place)
        return Hit(
            document_id=document,
            clause=clause,
            score=found.score,
            words=found.words,
            vector=found.vector,
        )


def open_search(store: Store, encoder: Encoder) -> Search:
    """The current generation, ready to be searched.

    Raises NoGeneration before the first one, and EncoderMismatch when another encoder built it.
    """
    number = store.generation()
    while number is not None:
        try:
            opened = Generation.open(generation.folder_of(store.home, number))
            generation.expect(encoder.name, built_by=opened.manifest.encoder)
            return Search(store, opened, encoder)
        except IndexFailure:
            # Two generations may have been published since the number was read: then this one is gone.
            number, former = store.generation(), number
            if number == former:
                raise
    raise NoGeneration("nothing has been indexed yet: run `chidao ingest PATH`")


def _highest(scores: Iterable[float]) -> float:
    """The highest positive score, or 1 where there is none to scale by."""
    highest = max(scores, default=0.0)
    return highest if highest > 0 else 1.0
