"""Signs that a passage answers a question: how its terms stand in the text, beside what the engines say.

Every sign is a number for each candidate of one query, computed for all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.model import Term
from index.texts import BREAK, Excerpt, number

Column = NDArray[np.float64]

# BM25 with the parameters that suit statutes (Tantivy's own are fixed at 1.2 and .75).
_SATURATION = 0.9
_LENGTH = 0.4
# The first line of a text counts as its heading, up to so many syllables.
_HEADING = 40

NAMES = (
    "words",
    "words rank",
    "vector",
    "vector of best",
    "vector rank",
    "single",
    "pairs",
    "single covered",
    "pairs covered",
    "heading single",
    "heading pairs",
    "heading said",
    "context single",
    "context pairs",
    "line single",
    "line pairs",
    "run",
    "length",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Passages that the engines propose, and what they say of them: arrays of one length.

    `words` is the BM25 score (0 where the word index did not propose the passage), `vector` the cosine.
    """

    keys: NDArray[np.int64]
    words: Column
    vector: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """Terms of a query: `weights` of single syllables and of pairs; `pairs` holds places of syllables.

    `table` gives for the number of a syllable its place among the syllables that matter, from 1; 0 for others.
    """

    table: NDArray[np.int16]
    syllables: int
    single: Column
    pairs: NDArray[np.int64]
    pair_weights: Column

    @classmethod
    def of(cls, terms: Sequence[Term], rarity: Callable[[str], float]) -> _Terms:
        weights = {term.text: term.weight * rarity(term.text) for term in terms if "/" not in term.text}
        split = {text: text.split("_") for text in weights}
        place = {one: at for at, one in enumerate(dict.fromkeys(part for parts in split.values() for part in parts), 1)}
        table = np.zeros(1 << 16, dtype=np.int16)
        for one, at in place.items():
            table[number(one)] = at
        single = np.zeros(len(place) + 1)
        pairs, pair_weights = [], []
        for text, parts in split.items():
            if len(parts) == 1:
                single[place[text]] = weights[text]
            elif len(parts) == 2:
                pairs.append(place[parts[0]] * (len(place) + 1) + place[parts[1]])
                pair_weights.append(weights[text])
        return cls(
            table=table,
            syllables=len(place),
            single=single,
            pairs=np.array(pairs, dtype=np.int64),
            pair_weights=np.array(pair_weights),
        )


def signs(
    candidates: Candidates,
    excerpt: Excerpt,
    terms: Sequence[Term],
    *,
    rarity: Callable[[str], float],
    mean_length: float,
) -> NDArray[np.float64]:
    """A row for each candidate, a column for each of NAMES. `rarity` is a term's inverse document frequency."""
    wanted = _Terms.of(terms, rarity)
    rows = len(candidates.keys)
    lengths = np.diff(excerpt.starts).astype(np.float64)
    row = np.repeat(np.arange(rows), np.diff(excerpt.starts))
    at = np.flatnonzero(wanted.table[excerpt.syllables])
    code = wanted.table[excerpt.syllables[at]].astype(np.int64)
    size = wanted.syllables + 1

    # Pairs of neighbours: both syllables matter, and the pair is one of the query. A BREAK parts lines and passages.
    kinds = np.full(size * size, -1, dtype=np.int64)
    kinds[wanted.pairs] = np.arange(len(wanted.pairs))
    follows = np.flatnonzero(np.diff(at) == 1)
    kind = kinds[code[follows] * size + code[follows + 1]] if len(follows) else np.zeros(0, dtype=np.int64)
    pair_at, pair = at[follows][kind >= 0], kind[kind >= 0]

    breaks = np.flatnonzero(excerpt.syllables == BREAK)
    line = np.searchsorted(breaks, at)
    pair_line = np.searchsorted(breaks, pair_at)
    line_row = row[breaks] if len(breaks) else np.zeros(0, dtype=np.int64)
    first_break = breaks[np.minimum(np.searchsorted(breaks, excerpt.bodies), max(0, len(breaks) - 1))]
    heading_end = np.minimum(first_break, excerpt.bodies + _HEADING)
    heading_lengths = np.maximum(1, heading_end - excerpt.bodies)

    def counted(where: NDArray[np.int64], what: NDArray[np.int64], kinds: int) -> Column:
        return np.bincount(row[where] * kinds + what, minlength=rows * kinds).reshape(rows, kinds).astype(np.float64)

    pair_kinds = len(wanted.pairs)
    single_counts = counted(at, code, size)
    pair_counts = counted(pair_at, pair, pair_kinds) if pair_kinds else np.zeros((rows, 0))
    in_heading = (at >= excerpt.bodies[row[at]]) & (at < heading_end[row[at]])
    pair_in_heading = (pair_at >= excerpt.bodies[row[pair_at]]) & (pair_at < heading_end[row[pair_at]])
    in_context = at < excerpt.bodies[row[at]]
    pair_in_context = pair_at < excerpt.bodies[row[pair_at]]

    def covered(counts: Column, weights: Column) -> Column:
        return (counts > 0) @ weights / max(float(weights.sum()), 1e-9)

    def within(chosen: NDArray[np.bool_], pair_chosen: NDArray[np.bool_]) -> tuple[Column, Column]:
        return (
            covered(counted(at[chosen], code[chosen], size), wanted.single),
            covered(counted(pair_at[pair_chosen], pair[pair_chosen], pair_kinds), wanted.pair_weights)
            if pair_kinds
            else np.zeros(rows),
        )

    heading = within(in_heading, pair_in_heading)
    context = within(in_context, pair_in_context)
    norm = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / max(mean_length, 1e-9))
    return np.column_stack(
        [
            _of_best(candidates.words),
            _rank(candidates.words),
            candidates.vector,
            _of_best(candidates.vector),
            _rank(candidates.vector),
            _of_best(_saturated(single_counts, norm) @ wanted.single),
            _of_best(_saturated(pair_counts, norm) @ wanted.pair_weights),
            covered(single_counts, wanted.single),
            covered(pair_counts, wanted.pair_weights),
            *heading,
            np.bincount(row[at[in_heading]], minlength=rows) / heading_lengths,
            *context,
            _best_line(line, code, line_row, wanted.single, rows),
            _best_line(pair_line, pair, line_row, wanted.pair_weights, rows),
            _longest_run(pair_at, row, rows) / max(1, wanted.syllables),
            np.log1p(lengths),
        ]
    )


def _saturated(counts: Column, norm: Column) -> Column:
    saturated: Column = counts * (_SATURATION + 1) / (counts + norm[:, None])
    return saturated


def _of_best(scores: Column) -> Column:
    best = scores.max(initial=0.0)
    return np.maximum(scores, 0.0) / best if best > 0 else np.zeros_like(scores)


def _rank(scores: Column) -> Column:
    """1 for the best, 1/2 for the next, and so on; 0 where there is no score."""
    order = np.argsort(-scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = 1 / np.arange(1, len(scores) + 1)
    return np.where(scores > 0, ranks, 0.0)


def _best_line(
    line: NDArray[np.int64], what: NDArray[np.int64], line_row: NDArray[np.int64], weights: Column, rows: int
) -> Column:
    """What the line that holds most of the terms covers of them."""
    best = np.zeros(rows)
    total = float(weights.sum())
    if not len(line) or total <= 0:
        return best
    held = np.unique(line * len(weights) + what)
    lines, kinds = held // len(weights), held % len(weights)
    sums = np.bincount(lines, weights=weights[kinds], minlength=len(line_row)) / total
    np.maximum.at(best, line_row, sums)
    return best


def _longest_run(pair_at: NDArray[np.int64], row: NDArray[np.int64], rows: int) -> Column:
    """Syllables of the longest stretch in which every two neighbours are a pair of the query."""
    longest = np.zeros(rows)
    if not len(pair_at):
        return longest
    starts = np.flatnonzero(np.concatenate([[True], np.diff(pair_at) != 1]))
    lengths = np.diff(np.concatenate([starts, [len(pair_at)]])) + 1
    np.maximum.at(longest, row[pair_at[starts]], lengths)
    return longest
