"""The syllables of every passage in their order, and its different tokens, so that candidates can be read closely in
a millisecond.

A word index knows which passages hold a term; how its terms stand together (in one line, in the first line, in
a run) only the text tells. Fetching and splitting a hundred texts would take longer than the search itself, so
each syllable is kept as a number of 16 bits: a question has some dozens of the 65,535, so that one syllable in
two thousand is taken for one of them by mistake. The tokens are those of `index.meaning`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.model import IndexFailure
from index.ragged import Ragged, Values
from index.words import Indexed

BREAK = 0
"""Stands at the end of every line."""
HEADING = 40
"""The first line of a passage is taken for its heading, up to so many syllables."""

Tokenize = Callable[[Sequence[str]], list[int]]
"""Syllables to tokens below 65,536."""

_KEYS, _SYLLABLES, _TOKENS = "keys.npy", "syllables", "tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Some passages, each a row. In `syllables` the context stands before the text; every line ends with a BREAK. In
    `tokens` every token of the text and of the line above it stands once, those of the heading in front."""

    syllables: Ragged
    tokens: Ragged


class Texts:
    """Passages by key. Reading is safe from several threads; it never changes."""

    def __init__(self, keys: NDArray[np.int64], syllables: Ragged, tokens: Ragged) -> None:
        """`keys` ascend; each has a row in the others."""
        self._keys = keys
        self._syllables = syllables
        self._tokens = tokens

    @classmethod
    def empty(cls) -> Texts:
        return cls(np.zeros(0, dtype=np.int64), Ragged.of([], []), Ragged.of([], []))

    @classmethod
    def read(cls, folder: Path) -> Texts:
        """Raises IndexFailure."""
        try:
            keys = np.asarray(np.load(folder / _KEYS, mmap_mode="r"))
            return cls(keys, Ragged.read(folder / _SYLLABLES), Ragged.read(folder / _TOKENS))
        except (OSError, ValueError) as error:
            raise IndexFailure(f"no texts in {str(folder)!r}: run `chidao ingest --reindex`") from error

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def mean_length(self) -> float:
        """In syllables and line ends, context included."""
        return len(self._syllables.values) / max(1, len(self))

    def excerpt(self, passages: NDArray[np.int64]) -> Excerpt:
        """These passages, which must be there, in the order given."""
        at = np.searchsorted(self._keys, passages)
        return Excerpt(syllables=self._syllables.rows(at), tokens=self._tokens.rows(at))

    def without(self, removed: Sequence[int]) -> Texts:
        """Keys that are not there are no error."""
        kept = ~np.isin(self._keys, np.asarray(removed, dtype=np.int64))
        return Texts(self._keys[kept], self._syllables.where(kept), self._tokens.where(kept))

    def __add__(self, other: Texts) -> Texts:
        """Both, which have no key in common."""
        keys = np.concatenate([self._keys, other._keys])
        syllables, tokens = self._syllables + other._syllables, self._tokens + other._tokens
        if np.all(np.diff(keys) > 0):
            return Texts(keys, syllables, tokens)
        order = np.argsort(keys)
        return Texts(keys[order], syllables.rows(order), tokens.rows(order))

    def write(self, folder: Path) -> None:
        self._syllables.write(folder / _SYLLABLES)
        self._tokens.write(folder / _TOKENS)
        np.save(folder / _KEYS, self._keys)


class Notes:
    """Texts in the making: those of `base` and every passage that goes by."""

    def __init__(self, base: Texts, tokenize: Tokenize) -> None:
        self._base = base
        self._tokenize = tokenize
        self._numbers = _Numbers()
        self._keys: list[int] = []
        self._syllables: list[Values] = []
        self._contexts: list[int] = []
        self._tokens: list[Values] = []
        self._headings: list[int] = []

    def of(self, passages: Iterable[Indexed]) -> Iterator[Indexed]:
        """The same passages, noted as they are drawn."""
        for passage in passages:
            context, text = self._numbered(passage.context_lines), self._numbered(passage.text_lines)
            heading, every = self._gist(passage)
            self._keys.append(passage.passage)
            self._syllables.append(np.array([*context, *text], dtype=np.uint16))
            self._contexts.append(len(context))
            self._tokens.append(np.array(every, dtype=np.uint16))
            self._headings.append(heading)
            yield passage

    def texts(self) -> Texts:
        """All that has been noted, by key."""
        return self._base + Texts(
            np.array(self._keys, dtype=np.int64),
            Ragged.of(self._syllables, self._contexts),
            Ragged.of(self._tokens, self._headings),
        )

    def _numbered(self, lines: Iterable[Sequence[str]]) -> list[int]:
        return list(chain.from_iterable((*map(self._numbers.__getitem__, line), BREAK) for line in lines if line))

    def _gist(self, passage: Indexed) -> tuple[int, list[int]]:
        """How many tokens the heading has, and all, each once, those of the heading first."""
        heading = dict.fromkeys(self._tokenize(next(filter(None, passage.text_lines), [])[:HEADING]))
        lines = (*passage.context_lines[-1:], *passage.text_lines)
        return len(heading), list(heading | dict.fromkeys(self._tokenize([*chain.from_iterable(lines)])))


def number(syllable: str) -> int:
    """What stands for a syllable, the same on every machine; never BREAK."""
    return zlib.crc32(syllable.encode()) % 0xFFFF + 1


class _Numbers(dict[str, int]):
    """Numbers of syllables, each computed once."""

    def __missing__(self, syllable: str) -> int:
        self[syllable] = found = number(syllable)
        return found
