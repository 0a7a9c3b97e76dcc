"""Ranked clauses for a query: words and vectors propose passages, the best are read closely; one hit a clause."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from index import generation
from index.catalogue import Catalogue
from index.encoder import shipped
from index.fusion import Fusion
from index.generation import Generation
from index.meaning import Meaning
from index.model import Encoder, Filters, Hit, IndexFailure, NoGeneration, Query, Results, Vectors
from index.reranker import MOST, Reranker
from index.signs import HELD, Candidates, signs
from index.snippet import snippet
from index.store import Store
from index.words import Restriction

__all__ = ["Search", "SearchIndex", "open_search", "snippet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What words and vectors contribute to a score, each scaled so that its best candidate has 1; and what the
    learned weights contribute to that of what is read closely, the rest being what words and vectors say."""

    words: float
    vector: float
    learned: float


# Measured (FINDINGS): for Vietnamese questions dense adds .002 MRR to BM25 alone; English questions, whose words
# are translations, gain .05 MRR and .08 recall from it.
# More of what is learned finds more articles, but answers on directives are judged by how far a score is from the best
# one, and there more of it loses refusals (docs/retrieval.md).
VIETNAMESE = Weights(words=0.9, vector=0.1, learned=0.6)
ENGLISH = Weights(words=0.7, vector=0.3, learned=0.95)

# Passages that each engine proposes: no more are counted or listed. Asking words for 5,000 took half as long again.
WORD_CANDIDATES = 1_000
VECTOR_CANDIDATES = 200
# Of what each engine proposes, so many of the best are read closely and put in order by learned weights. Measured
# on 300 questions over 81,583 articles: 100 and 50 hold .974 of the right ones.
CLOSE_WORDS = 100
CLOSE_VECTOR = 50
# A clause matches when its score is at least this part of the best one. Almost every clause shares some syllable
# with a question: without a floor, "how many match" would always be "nearly all".
FLOOR = 0.2


# Vectors are compared while words are looked up: neither engine holds Python's lock.
_ASIDE = ThreadPoolExecutor(thread_name_prefix="vectors")


class SearchIndex(Protocol):
    """What an answer needs of an index, embedded or on a cluster."""

    def search(self, query: Query, *, limit: int = 10, offset: int = 0, filters: Filters = ...) -> Results: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranking:
    """Clauses by their places in the catalogue, best first, each with its scores: arrays of one length."""

    places: NDArray[np.int64]
    scores: NDArray[np.float64]
    words: NDArray[np.float64]
    vector: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What an engine found, best first: arrays of one length."""

    passages: NDArray[np.int64]
    scores: NDArray[np.float64]

    @classmethod
    def of(cls, found: Sequence[tuple[int, float]]) -> _Found:
        passages, scores = zip(*found, strict=True) if found else ((), ())
        return cls(passages=np.array(passages, dtype=np.int64), scores=np.array(scores, dtype=np.float64))

    def along(self, passages: NDArray[np.int64]) -> NDArray[np.float64]:
        """The score of each of these passages (ascending keys); 0 for what was not found, or is disliked."""
        scores = np.zeros(len(passages))
        scores[np.searchsorted(passages, self.passages)] = self.scores
        return np.maximum(scores, 0.0)


class Search:
    """One generation, open for searching. Safe to use from several threads; it never changes."""

    def __init__(
        self,
        store: Store,
        generation: Generation,
        encoder: Encoder,
        fusion: Fusion | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """Raises IndexFailure when the generation is none that the store still knows."""
        self._store = store
        self._reranker = reranker
        self._generation = generation
        self._encoder = encoder
        self._fusion = fusion or Fusion.load()
        self._meaning = Meaning(shipped())
        self._blas = ThreadpoolController().select(user_api="blas")
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
        ranking = self._reranked(query, self._ranking(query, restriction))
        page = slice(offset, offset + limit)
        return Results(
            total=len(ranking.places),
            hits=tuple(
                map(
                    self._hit,
                    ranking.places[page].tolist(),
                    ranking.scores[page].tolist(),
                    ranking.words[page].tolist(),
                    ranking.vector[page].tolist(),
                )
            ),
            facets=self._catalogue.facets(ranking.places.tolist()),
        )

    def study(self, query: Query) -> tuple[list[str], NDArray[np.float64]]:
        """The clause paths of the passages that would be read closely, and their signs: to learn weights from."""
        asked = self._encoder.encode_query(query.restored or query.text)
        by_words = self._generation.words.search(query, limit=WORD_CANDIDATES)
        by_vector = self._generation.vectors.search(asked, limit=CLOSE_VECTOR)
        proposed = [key for key, _ in (*by_words[:CLOSE_WORDS], *by_vector)]
        passages = np.unique(np.array(proposed, dtype=np.int64))
        scored = dict(by_words)
        words = np.array([scored.get(key, 0.0) for key in passages.tolist()])
        paths = [self._catalogue.clause(place)[1] for place in self._catalogue.places(passages).tolist()]
        return paths, self._signs(query, asked, passages, words)

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
        return open_search(self._store, self._encoder, self._fusion, self._reranker)

    def _ranking(self, query: Query, restriction: Restriction | None) -> _Ranking:
        """All clauses that match, with the scores of their best passage; ties as they stand in the documents."""
        weights = _weights(query)
        asked = self._encoder.encode_query(query.restored or query.text)
        aside = _ASIDE.submit(
            self._generation.vectors.search,
            asked,
            limit=VECTOR_CANDIDATES,
            passages=None if restriction is None else restriction.passages,
        )
        by_words = _Found.of(self._generation.words.search(query, limit=WORD_CANDIDATES, restriction=restriction))
        by_vector = _Found.of(aside.result())
        passages = np.unique(np.concatenate([by_words.passages, by_vector.passages]))
        places = self._catalogue.places(passages)
        words, vector = by_words.along(passages), by_vector.along(passages)
        engines = weights.words * _scaled(words) + weights.vector * _scaled(vector)
        proposed = np.concatenate([by_words.passages[:CLOSE_WORDS], by_vector.passages[:CLOSE_VECTOR]])
        close = np.flatnonzero(np.isin(passages, proposed))
        scores = self._closely(query, asked, passages, words, engines, close)
        matching = _reach(engines) | _reach(scores)
        order = np.lexsort((places, -scores))
        order = order[matching[order]]
        _, firsts = np.unique(places[order], return_index=True)
        best = order[np.sort(firsts)]
        return _Ranking(places=places[best], scores=scores[best], words=words[best], vector=vector[best])

    def _reranked(self, query: Query, ranking: _Ranking) -> _Ranking:
        """The best clauses in the order of the cross-encoder, if one is set; the scores stay where they are."""
        if self._reranker is None or query.document_numbers:
            return ranking
        best = ranking.places[:MOST]
        stored = self._store.clauses_at([self._catalogue.clause(place) for place in best.tolist()])
        if len(stored) < len(best):
            return ranking  # the documents are being changed: the next generation has them
        scores = self._reranker.scores(query.restored or query.text, [one.clause.text for one in stored])
        order = np.append(np.argsort(-scores, kind="stable"), np.arange(len(best), len(ranking.places)))
        return _Ranking(
            places=ranking.places[order],
            scores=ranking.scores,
            words=ranking.words[order],
            vector=ranking.vector[order],
        )

    def _closely(
        self,
        query: Query,
        asked: Vectors,
        passages: NDArray[np.int64],
        words: NDArray[np.float64],
        scores: NDArray[np.float64],
        close: NDArray[np.int64],
    ) -> NDArray[np.float64]:
        """The scores of all passages after those at `close` have been read closely, on the scale of `scores`.

        Where a document is asked for by its number, or no term of the question stands in any text as it is
        written, what the engines say counts alone: the weights were not learned on such questions.
        """
        if query.document_numbers or not len(close):
            return scores
        table = self._signs(query, asked, passages[close], words[close])
        if not table[:, HELD].any():
            return scores
        learned = np.zeros(len(scores))
        learned[close] = self._fusion.scores(table, query.language)
        share = _weights(query).learned
        mixed: NDArray[np.float64] = (1 - share) * scores + share * scores.max() * _scaled(learned)
        return mixed

    def _signs(
        self, query: Query, asked: Vectors, passages: NDArray[np.int64], words: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        generation = self._generation
        # One core for a query, as in `index.vectors`: to compare meanings took 1.8 ms, on two of a busy one 7 to 16.
        with self._blas.limit(limits=1):
            return signs(
                Candidates(
                    passages=passages,
                    words=words,
                    vector=np.maximum(generation.vectors.cosines(asked, passages), 0.0),
                ),
                generation.texts.excerpt(passages),
                query,
                meaning=self._meaning,
                rarity=partial(self.rarity, folded=False),
                mean_length=generation.texts.mean_length,
            )

    def _hit(self, place: int, score: float, words: float, vector: float) -> Hit:
        document, clause = self._catalogue.clause(place)
        return Hit(document_id=document, clause=clause, score=score, words=words, vector=vector)


def open_search(
    store: Store, encoder: Encoder, fusion: Fusion | None = None, reranker: Reranker | None = None
) -> Search:
    """The current generation, ready to be searched; with the weights that ship unless others are given.

    Raises NoGeneration before the first one, and EncoderMismatch when another encoder built it.
    """
    number = store.generation()
    while number is not None:
        try:
            opened = Generation.open(generation.folder_of(store.home, number))
            opened.manifest.expect(encoder.name)
            return Search(store, opened, encoder, fusion, reranker)
        except IndexFailure:
            # Two generations may have been published since the number was read: then this one is gone.
            number, former = store.generation(), number
            if number == former:
                raise
    raise NoGeneration("nothing has been indexed yet: run `chidao ingest PATH`")


def _weights(query: Query) -> Weights:
    return VIETNAMESE if query.language == "vi" else ENGLISH


def _reach(scores: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the scores are high enough beside the best."""
    return np.asarray((scores > 0) & (scores >= FLOOR * scores.max(initial=0.0)))


def _scaled(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Such that the highest is 1; unchanged where all are 0."""
    highest = scores.max(initial=0.0)
    return scores / highest if highest > 0 else scores
