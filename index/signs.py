"""Signs that a passage answers a question: how the question's terms stand in its text, beside what the engines say.

Every sign is a number for each candidate of one query, and all candidates are looked at together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.meaning import Column, Meaning
from index.model import Query
from index.ragged import Places, Values
from index.texts import BREAK, HEADING, Excerpt, number

# BM25 as it suits statutes (FINDINGS); Tantivy's own parameters, 1.2 and .75, cannot be set.
_SATURATION = 0.9
_LENGTH = 0.4

NAMES = (
    "words",  # the score of the word index, 1 for the best
    "vector",  # the cosine
    "syllables",  # BM25 over single syllables, 1 for the best
    "pairs",  # BM25 over pairs of neighbours, 1 for the best
    "syllables held",  # the share of the question's syllables that occur, by their rarity
    "pairs held",  # the same of pairs
    "syllables in heading",  # the same within the first line
    "pairs in heading",
    "heading said",  # the share of the first line that the question says
    "syllables in a line",  # the best share that one line holds
    "pairs in a line",
    "run",  # the longest stretch of the question that stands in the text, as a share of the question
    "meaning held",  # how near the words of the text come to those of the question
    "heading meant",  # how near those of the question come to the words of the first line
    "length",  # log of the length, 0 for the mean
)
"""The signs in the order of their columns."""
HELD = NAMES.index("syllables held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Passages and what the engines say of them: arrays of one length, 0 where an engine says nothing."""

    passages: Places
    words: Column
    vector: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """The terms of a query as numbers.

    `place[n]` is the place, from 1, of the syllable with number n among those that matter, and 0 for others;
    `syllables[place]` its weight (0 when it only occurs in pairs). `pair[a, b]` is the place of the pair of the
    syllables at a and b in `pairs`, their weights, and -1 for others.
    """

    place: NDArray[np.int16]
    syllables: Column
    pair: Places
    pairs: Column

    @classmethod
    def of(cls, query: Query, rarity: Callable[[str], float]) -> _Terms:
        weights = {tuple(term.text.split("_")): term.weight * rarity(term.text) for term in query.exact}
        parts = dict.fromkeys(part for term in weights for part in term)
        at = {part: place for place, part in enumerate(parts, 1)}
        place = np.zeros(1 << 16, dtype=np.int16)
        place[[number(part) for part in at]] = list(at.values())
        syllables = np.zeros(len(at) + 1)
        pair = np.full((len(at) + 1, len(at) + 1), -1, dtype=np.int64)
        pairs: list[float] = []
        for term, weight in weights.items():
            if len(term) == 1:
                syllables[at[term[0]]] = weight
            elif len(term) == 2:
                pair[at[term[0]], at[term[1]]] = len(pairs)
                pairs.append(weight)
        return cls(place=place, syllables=syllables, pair=pair, pairs=np.array(pairs))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Where terms of one kind stand: `at` in the excerpt, ascending; `what` they are; `weights` of all of them."""

    at: Places
    what: Places
    weights: Column

    def within(self, chosen: NDArray[np.bool_]) -> _Found:
        return _Found(at=self.at[chosen], what=self.what[chosen], weights=self.weights)

    def counts(self, part: Places, parts: int) -> Column:
        """How often each of them stands in each part of the excerpt; `part[i]` is that of position i."""
        kinds = len(self.weights)
        flat = np.bincount(part[self.at] * kinds + self.what, minlength=parts * kinds)
        return flat.reshape(parts, kinds).astype(np.float64)

    def held(self, part: Places, parts: int) -> Column:
        """The share of their weights that occurs in each part."""
        share: Column = (self.counts(part, parts) > 0) @ self.weights / max(float(self.weights.sum()), 1e-9)
        return share


def signs(
    candidates: Candidates,
    excerpt: Excerpt,
    query: Query,
    *,
    meaning: Meaning,
    rarity: Callable[[str], float],
    mean_length: float,
) -> NDArray[np.float64]:
    """A row for each candidate, a column for each of NAMES.

    `excerpt` holds the candidates' texts in their order, `rarity` gives a term's inverse document frequency and
    `mean_length` is that of all passages in syllables.
    """
    rows = len(candidates.passages)
    lengths, row = excerpt.syllables.lengths, excerpt.syllables.row
    bodies = excerpt.syllables.starts[:-1] + excerpt.syllables.fronts
    wanted = _Terms.of(query, rarity)
    syllables, pairs = _find(excerpt.syllables.values, wanted)

    breaks = excerpt.syllables.values == BREAK
    ends = np.flatnonzero(breaks)
    line = np.cumsum(breaks) - breaks
    line_row = row[ends]
    # An empty text at the very end has no line that could end.
    first_end = np.append(ends, len(row))[np.searchsorted(ends, bodies)]
    heading_end = np.minimum(first_end, bodies + HEADING)
    syllables_in_heading, pairs_in_heading = (
        found.within((found.at >= bodies[row[found.at]]) & (found.at < heading_end[row[found.at]]))
        for found in (syllables, pairs)
    )
    said = np.bincount(row[syllables_in_heading.at], minlength=rows) / np.maximum(1, heading_end - bodies)
    relative = lengths / max(mean_length, 1.0)
    return np.column_stack(
        [
            _of_best(candidates.words),
            candidates.vector,
            *(_of_best(_bm25(found.counts(row, rows), relative) @ found.weights) for found in (syllables, pairs)),
            *(found.held(row, rows) for found in (syllables, pairs)),
            *(found.held(row, rows) for found in (syllables_in_heading, pairs_in_heading)),
            said,
            *(_best(found.held(line, len(ends)), line_row, rows) for found in (syllables, pairs)),
            _longest_run(pairs.at, row, rows) / max(1, len(wanted.syllables) - 1),
            *meaning.nearness(query.restored or query.text, excerpt.tokens),
            np.log(np.maximum(relative, 1e-3)),
        ]
    )


def _find(text: Values, wanted: _Terms) -> tuple[_Found, _Found]:
    """Syllables and pairs of neighbours that matter. A BREAK parts the lines, and so the passages."""
    place = wanted.place[text]
    at = np.flatnonzero(place)
    what = place[at].astype(np.int64)
    first = np.flatnonzero(np.diff(at) == 1)
    kind = wanted.pair[what[first], what[first + 1]]
    return (
        _Found(at=at, what=what, weights=wanted.syllables),
        _Found(at=at[first][kind >= 0], what=kind[kind >= 0], weights=wanted.pairs),
    )


def _bm25(counts: Column, relative: Column) -> Column:
    """The part of BM25 that depends on how often a term occurs; `relative` is the length over the mean."""
    norm = _SATURATION * (1 - _LENGTH + _LENGTH * relative)
    part: Column = counts * (_SATURATION + 1) / (counts + norm[:, None])
    return part


def _of_best(scores: Column) -> Column:
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores


def _best(values: Column, row: Places, rows: int) -> Column:
    """The highest of the values that belong to each row; 0 where none does."""
    best = np.zeros(rows)
    np.maximum.at(best, row, values)
    return best


def _longest_run(pair_at: Places, row: Places, rows: int) -> Column:
    """Syllables of the longest stretch in which every two neighbours are a pair of the query."""
    if not len(pair_at):
        return np.zeros(rows)
    starts = np.flatnonzero(np.diff(pair_at, prepend=-2) != 1)
    lengths = np.diff(starts, append=len(pair_at)) + 1.0
    return _best(lengths, row[pair_at[starts]], rows)
