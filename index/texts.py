"""The syllables of every passage in their order, so that candidates can be read closely in a millisecond.

A word index knows which passages hold a term; how its terms stand together (in one line, in the first line, in
a run) only the text tells. Fetching and splitting a hundred texts would take longer than the search itself, so
each syllable is kept as a number of 16 bits: a question has some dozens of the 65,535, so that one syllable in
two thousand is taken for one of them by mistake.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.model import IndexFailure
from index.words import Indexed

BREAK = 0
"""Stands at the end of every line."""

_ARRAYS = ("keys", "lengths", "contexts", "syllables")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Some passages end to end: passage i is `syllables[starts[i]:starts[i + 1]]`, its own text from `bodies[i]`.

    What stands before its own text is its context. Every line ends with a BREAK.
    """

    syllables: NDArray[np.uint16]
    starts: NDArray[np.int64]
    bodies: NDArray[np.int64]


class Texts:
    """Passages by key. Reading is safe from several threads; it never changes."""

    def __init__(
        self,
        keys: NDArray[np.int64],
        lengths: NDArray[np.int64],
        contexts: NDArray[np.int64],
        syllables: NDArray[np.uint16],
    ) -> None:
        """`keys` ascend. `syllables` are those of all passages end to end; passage i has `lengths[i]` of them, and
        the first `contexts[i]` are its context."""
        self._keys = keys
        self._lengths = lengths
        self._contexts = contexts
        self._syllables = syllables
        self._starts = np.concatenate([[0], np.cumsum(lengths)])

    @classmethod
    def empty(cls) -> Texts:
        none = np.zeros(0, dtype=np.int64)
        return cls(none, none, none, np.zeros(0, dtype=np.uint16))

    @classmethod
    def read(cls, folder: Path) -> Texts:
        """Opened where it lies: the texts are read when they are needed. Raises IndexFailure."""
        try:
            return cls(*(np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS))
        except (OSError, ValueError) as error:
            raise IndexFailure(f"no texts in {str(folder)!r}: run `chidao ingest --reindex`") from error

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def mean_length(self) -> float:
        """In syllables and line ends, context included."""
        return len(self._syllables) / max(1, len(self))

    def excerpt(self, passages: NDArray[np.int64]) -> Excerpt:
        """These passages, which must be there, end to end in the order given."""
        at = np.searchsorted(self._keys, passages)
        first, last = self._starts[at], self._starts[at + 1]
        starts = np.concatenate([[0], np.cumsum(last - first)])
        parts = [self._syllables[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)]
        return Excerpt(
            syllables=np.concatenate([np.zeros(0, dtype=np.uint16), *parts]),
            starts=starts,
            bodies=starts[:-1] + self._contexts[at],
        )

    def without(self, removed: Sequence[int]) -> Texts:
        """Keys that are not there are no error."""
        kept = ~np.isin(self._keys, np.asarray(removed, dtype=np.int64))
        chosen = np.repeat(kept, self._lengths)
        return Texts(self._keys[kept], self._lengths[kept], self._contexts[kept], self._syllables[chosen])

    def sorted(self) -> Texts:
        """The same with ascending keys."""
        if np.all(np.diff(self._keys) > 0):
            return self
        order = np.argsort(self._keys)
        parts = [self._syllables[self._starts[at] : self._starts[at + 1]] for at in order.tolist()]
        return Texts(self._keys[order], self._lengths[order], self._contexts[order], np.concatenate(parts))

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        arrays: tuple[NDArray[Any], ...] = (self._keys, self._lengths, self._contexts, self._syllables)
        for name, array in zip(_ARRAYS, arrays, strict=True):
            np.save(folder / f"{name}.npy", array)


class Notes:
    """Texts in the making: those of `base` and every passage that goes by."""

    def __init__(self, base: Texts) -> None:
        self._base = base
        self._numbers = _Numbers()
        self._keys: list[int] = []
        self._lengths: list[int] = []
        self._contexts: list[int] = []
        self._parts: list[NDArray[np.uint16]] = []

    def of(self, passages: Iterable[Indexed]) -> Iterator[Indexed]:
        """The same passages, noted as they are drawn."""
        for passage in passages:
            context, text = self._numbered(passage.context_lines), self._numbered(passage.text_lines)
            self._keys.append(passage.passage)
            self._lengths.append(len(context) + len(text))
            self._contexts.append(len(context))
            self._parts.append(np.array([*context, *text], dtype=np.uint16))
            yield passage

    def texts(self) -> Texts:
        """All that has been noted, by key."""
        base = self._base
        texts = Texts(
            np.concatenate([base._keys, np.array(self._keys, dtype=np.int64)]),
            np.concatenate([base._lengths, np.array(self._lengths, dtype=np.int64)]),
            np.concatenate([base._contexts, np.array(self._contexts, dtype=np.int64)]),
            np.concatenate([base._syllables, *self._parts]),
        )
        return texts.sorted()

    def _numbered(self, lines: Iterable[Sequence[str]]) -> list[int]:
        return list(chain.from_iterable((*map(self._numbers.__getitem__, line), BREAK) for line in lines if line))


def number(syllable: str) -> int:
    """What stands for a syllable, the same on every machine; never BREAK."""
    return zlib.crc32(syllable.encode()) % 0xFFFF + 1


class _Numbers(dict[str, int]):
    """Numbers of syllables, each computed once."""

    def __missing__(self, syllable: str) -> int:
        self[syllable] = found = number(syllable)
        return found
