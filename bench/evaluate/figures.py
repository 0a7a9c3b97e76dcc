"""Figures: what a part of the evaluation measured, by set of documents, and the floors they may not fall below."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from api.evaluate.figures import Row, Rows, table

__all__ = ["Figures", "Missed", "Row", "Rows", "missed", "table"]

Figures = Mapping[str, Rows]
"""Part → row → figure → value: figures["ask"]["seeds en"]["right"]."""

_ROUNDING = 0.0005
"""Floors are written with three digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A figure that is below its floor, or above its ceiling."""

    name: str
    value: float
    bound: float

    def __str__(self) -> str:
        relation = "below" if self.value < self.bound else "above"
        return f"{self.name} is {self.value:.3f}, {relation} {self.bound:.3f}"


def missed(figures: Figures, file: Path) -> list[Missed]:
    """Every figure beyond its bound in a file of tables `[least.PART."ROW"]` and `[most.PART."ROW"]`.

    Rows that were not measured are passed over. Raises KeyError when a row was measured and a figure that the
    file names is not in it: a floor under nothing holds nothing.
    """
    held = tomllib.loads(file.read_text(encoding="utf-8"))
    least = [one for one in _against(figures, held.get("least", {})) if one.value < one.bound - _ROUNDING]
    most = [one for one in _against(figures, held.get("most", {})) if one.value > one.bound + _ROUNDING]
    return least + most


def _against(figures: Figures, bounds: Figures) -> Iterator[Missed]:
    for part, rows in bounds.items():
        for row, wanted in rows.items():
            if row not in figures.get(part, {}):
                continue
            for name, bound in wanted.items():
                yield Missed(name=f"{part}, {row}: {name}", value=figures[part][row][name], bound=bound)
