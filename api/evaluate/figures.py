"""Figures by row, and the table that shows them."""

from __future__ import annotations

from collections.abc import Mapping

Row = Mapping[str, float]
Rows = Mapping[str, Row]
"""Row → figure → value: rows["seeds en"]["right"]. A figure that does not apply is left out."""


def table(part: str, rows: Rows) -> str:
    """The rows of one part as aligned text, a column for every figure."""
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    first = max(map(len, [part, *rows]))
    lines = ["  ".join([part.ljust(first), *columns])]
    for name, row in rows.items():
        cells = (_shown(row.get(column)).rjust(len(column)) for column in columns)
        lines.append("  ".join([name.ljust(first), *cells]))
    return "\n".join(lines)


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
