"""Rows of different lengths, kept end to end in one array."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Values = NDArray[np.uint16]

_ARRAYS = ("lengths", "fronts", "values")


@dataclass(frozen=True, kw_only=True)
class Ragged:
    """Row i has `lengths[i]` of the `values`, and the first `fronts[i]` of them are a part of their own."""

    lengths: Places
    fronts: Places
    values: Values

    @classmethod
    def of(cls, rows: Sequence[Values], fronts: Sequence[int]) -> Ragged:
        return cls(
            lengths=np.array([len(row) for row in rows], dtype=np.int64),
            fronts=np.array(fronts, dtype=np.int64),
            values=_end_to_end(rows),
        )

    @classmethod
    def read(cls, folder: Path) -> Ragged:
        """Opened where it lies, and read when it is needed. Raises OSError and ValueError."""
        arrays = (np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS)
        return cls(**dict(zip(_ARRAYS, arrays, strict=True)))

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    def __len__(self) -> int:
        return len(self.lengths)

    @cached_property
    def starts(self) -> Places:
        """Where each row begins in `values`, and where the last one ends."""
        return np.concatenate([[0], np.cumsum(self.lengths)])

    @cached_property
    def row(self) -> Places:
        """The row of each value."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def rows(self, at: Places) -> Ragged:
        """Those rows, in that order."""
        spans = zip(self.starts[at].tolist(), self.starts[at + 1].tolist(), strict=True)
        values = _end_to_end([self.values[first:last] for first, last in spans])
        return Ragged(lengths=self.lengths[at], fronts=self.fronts[at], values=values)

    def where(self, kept: NDArray[np.bool_]) -> Ragged:
        """The rows that are kept, in their order; faster than `rows` when they are most."""
        return Ragged(
            lengths=self.lengths[kept], fronts=self.fronts[kept], values=self.values[np.repeat(kept, self.lengths)]
        )

    def __add__(self, other: Ragged) -> Ragged:
        return Ragged(
            lengths=np.concatenate([self.lengths, other.lengths]),
            fronts=np.concatenate([self.fronts, other.fronts]),
            values=np.concatenate([self.values, other.values]),
        )


def _end_to_end(rows: Sequence[Values]) -> Values:
    return np.concatenate([np.zeros(0, dtype=np.uint16), *rows])
