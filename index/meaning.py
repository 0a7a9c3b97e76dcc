"""What words mean beside those of a question: the nearness of their vectors, across both languages.

A passage may answer a question without a word of it. The vector of a passage blurs all its words into one; here every
word of the question looks for the one that comes nearest to it (late interaction, Khattab & Zaharia 2020), with the
token vectors of the encoder that ships, whichever encoder is set.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.encoder import StaticEncoder
from index.ragged import Ragged, Values
from index.tokens import UNKNOWN
from ingest.text import syllables

Column = NDArray[np.float64]


class Meaning:
    """Token vectors, to compare words by. Safe to use from several threads."""

    def __init__(self, encoder: StaticEncoder) -> None:
        self._tokens = encoder.tokens
        self._table = encoder.table
        # A token that stands in every other text has a short vector: it decides little in the mean, and little here.
        self._weights = np.linalg.norm(encoder.table, axis=1)
        self._weights[UNKNOWN] = 0.0

    def nearness(self, question: str, passages: Ragged) -> tuple[Column, Column]:
        """For each passage, from 0 to 1: how near its words come to those of the question, and those of the
        question to the words of its heading. Both are means over cosines, by the weight of each word.

        `passages` holds the different tokens of each, those of its heading in front.
        """
        rows = len(passages)
        asked = [token for token in dict.fromkeys(self._tokens.of(syllables(question))) if self._weights[token] > 0]
        if not asked or not len(passages.values):
            return np.zeros(rows), np.zeros(rows)
        known, at = _different(passages.values, below=len(self._table))
        wanted, lengths = self._weights[asked], self._weights[known]
        cosines = (self._table[asked] / wanted[:, None]) @ self._table[known].T
        cosines = np.maximum(np.divide(cosines, lengths, out=np.zeros_like(cosines), where=lengths > 0), 0.0)

        filled = np.flatnonzero(passages.lengths)
        held = np.zeros(rows)
        nearest = np.maximum.reduceat(cosines[:, at], passages.starts[filled], axis=1)
        held[filled] = wanted @ nearest / wanted.sum()

        row = passages.row
        heading = np.arange(len(row)) - passages.starts[row] < passages.fronts[row]
        at, row = at[heading], row[heading]
        meant = np.bincount(row, (cosines.max(axis=0) * lengths)[at], minlength=rows)
        return held, meant / np.maximum(np.bincount(row, lengths[at], minlength=rows), 1e-9)


def _different(values: Values, *, below: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different values, ascending, and the place of each value among them: `np.unique` without sorting."""
    place = np.zeros(below, dtype=np.int64)
    place[values] = 1
    found = np.flatnonzero(place)
    place[found] = np.arange(len(found))
    return found, place[values]
