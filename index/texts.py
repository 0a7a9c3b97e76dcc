"""The syllables of every passage in their order, so that candidates can be read closely in a millisecond.

A word index knows which passages hold a term; how its terms stand together (in one line, in the first line, in
a run) only the text tells. Fetching and splitting a hundred texts would take longer than the search itself, so
each syllable is kept as a number of 16 bits: of 65,535 numbers a question uses some dozens, so that one
syllable in two thousand is taken for one of them by mistake.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.model import IndexFailure
from index.words import Indexed
from ingest.text import syllables

BREAK = 0
"""Stands at the end of every line."""

_NUMBERS = 1 << 16
_ARRAYS = ("keys", "starts", "bodies", "syllables")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Some passages end to end: passage i is `syllables[starts[i]:starts[i + 1]]`, its own text from `bodies[i]`.

    What stands before its own text is its context.
    """

    syllables: NDArray[np.uint16]
    starts: NDArray[np.int64]
    bodies: NDArray[np.int64]


class Texts:
    """Passages by key. Reading is safe from several threads; it never changes."""

    def __init__(
        self,
        keys: NDArray[np.int64],
        starts: NDArray[np.int64],
        bodies: NDArray[np.int64],
        syllables: NDArray[np.uint16],
    ) -> None:
        """`keys` ascend; passage i is `syllables[starts[i]:starts[i + 1]]`, its own text from `bodies[i]`."""
        self._keys = keys
        self._starts = starts
        self._bodies = bodies
        self._syllables = syllables

    @classmethod
    def empty(cls) -> Texts:
        none = np.zeros(0, dtype=np.int64)
        return cls(none, np.zeros(1, dtype=np.int64), none, np.zeros(0, dtype=np.uint16))

    @classmethod
    def of(cls, passages: Iterable[Indexed]) -> Texts:
        """The passages in the order of their keys."""
        noted = _Noted()
        for passage in passages:
            noted.add(passage)
        return noted.texts()

    @classmethod
    def read(cls, folder: Path) -> Texts:
        """Opened where it lies: pages are read when they are needed. Raises IndexFailure."""
        try:
            return cls(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS))
        except (OSError, ValueError) as error:
            raise IndexFailure(f"no texts in {str(folder)!r}: run `chidao ingest --reindex`") from error

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def mean_length(self) -> float:
        """Syllables of a passage, its context included."""
        return len(self._syllables) / max(1, len(self))

    def excerpt(self, keys: NDArray[np.int64]) -> Excerpt:
        """These passages (all of them held) end to end, in the order given."""
        at = np.searchsorted(self._keys, keys)
        first, last = self._starts[at], self._starts[at + 1]
        starts = np.concatenate([[0], np.cumsum(last - first)])
        parts = [self._syllables[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)]
        return Excerpt(
            syllables=np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint16),
            starts=starts,
            bodies=starts[:-1] + self._bodies[at] - first,
        )

    def changed(self, *, removed: Sequence[int], added: Texts) -> Texts:
        """These texts without some, then others, whose keys are above all of these."""
        kept = ~np.isin(self._keys, np.asarray(removed, dtype=np.int64))
        lengths = np.diff(self._starts)
        starts = np.concatenate([[0], np.cumsum(np.concatenate([lengths[kept], np.diff(added._starts)]))])
        own = np.concatenate([(self._bodies - self._starts[:-1])[kept], added._bodies - added._starts[:-1]])
        return Texts(
            np.concatenate([self._keys[kept], added._keys]),
            starts,
            starts[:-1] + own,
            np.concatenate([self._syllables[np.repeat(kept, lengths)], added._syllables]),
        )

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, array in zip(_ARRAYS, (self._keys, self._starts, self._bodies, self._syllables), strict=True):
            np.save(folder / f"{name}.npy", array)


def number(syllable: str) -> int:
    """The number that stands for a syllable: never BREAK, the same on every machine."""
    return zlib.crc32(syllable.encode()) % (_NUMBERS - 1) + 1


class _Numbers(dict[str, int]):
    """Syllables to numbers, each computed once."""

    def __missing__(self, syllable: str) -> int:
        self[syllable] = found = number(syllable)
        return found


class _Noted:
    """Texts in the making."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._keys: list[int] = []
        self._parts: list[NDArray[np.uint16]] = []
        self._context_lengths: list[int] = []

    def add(self, passage: Indexed) -> None:
        context, text = self._lines(passage.context), self._lines(passage.text)
        self._keys.append(passage.passage)
        self._parts.append(np.array([*context, *text], dtype=np.uint16))
        self._context_lengths.append(len(context))

    def texts(self) -> Texts:
        starts = np.array(list(accumulate(map(len, self._parts), initial=0)), dtype=np.int64)
        syllables = np.concatenate(self._parts) if self._parts else np.zeros(0, dtype=np.uint16)
        return Texts(np.array(self._keys, dtype=np.int64), starts, starts[:-1] + self._context_lengths, syllables)

    def _lines(self, text: str) -> list[int]:
        lines = (syllables(line) for line in text.splitlines())
        return list(chain.from_iterable((*map(self._numbers.__getitem__, line), BREAK) for line in lines if line))
