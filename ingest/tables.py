"""Tables of tasks, as annexes hold them: rows of cells under columns for task, bodies and time.

A crawled page prints a border on a line of its own between cells, and two between rows; Word and web pages arrive
as one line a row with " | " between cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.clean import BAR, Line, Paragraph
from ingest.labels import match
from ingest.model import Span
from ingest.text import fold

Column = Literal["label", "task", "lead", "coordinate", "time", "other"]


_LEAST_COLUMNS = 3
_LONGEST_HEADING = 80  # characters of the heading of a column
DITTO = re.compile(r"(?:[Nn]hư trên|-?\b(?:nt|NT)\b-?|\"|''|〃)")  # the words of the cell above
_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("label", re.compile(r"^(?:s?tt|so tt|so thu tu|muc)\.?$")),
    ("coordinate", re.compile(r"\bphoi hop|\btham gia")),
    ("time", re.compile(r"\bthoi (?:gian|han|diem)|\btien do|\bhan hoan thanh|\bhoan thanh\b")),
    (
        "lead",
        re.compile(r"\bchu tri|\b(?:co quan|don vi|bo phan) (?:thuc hien|tham muu|dau moi)|\bphan cong|\bthuc hien$"),
    ),
    ("task", re.compile(r"\bnhiem vu|\bnoi dung|\bcong viec|\bchi tieu|\bhoat dong|\bgiai phap|\bten de an")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table of tasks: its cells by column. Columns of other matters are left out.

    A cell that says "như trên" holds what the one above it holds; `printed` are all cells so read.
    """

    cells: tuple[tuple[Column, str], ...]
    printed: tuple[str, ...] = ()

    def under(self, column: Column) -> str:
        """The words under a column, empty where there are none."""
        return "\n".join(text for name, text in self.cells if name == column and text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """A row as printed."""

    texts: tuple[str, ...]
    spans: tuple[Span, ...]
    page: int | None

    @property
    def span(self) -> Span:
        return Span(start=self.spans[0].start, end=self.spans[-1].end)


def find(found: Sequence[Line]) -> list[Line | tuple[Paragraph, Row | None]]:
    """The lines of an annex, each row of a table of tasks replaced by a paragraph with its label, and its cells.

    Lines that belong to no such table stay as they are, in their order.
    """
    rows = _rows(found)
    result: list[Line | tuple[Paragraph, Row | None]] = []
    columns: tuple[Column, ...] = ()
    above: tuple[str, ...] = ()
    for lines, cells in rows:
        heading = _columns(cells)
        if heading:
            columns, above = heading, ()
        if cells is None or not columns or len(cells.texts) < 2 or heading:
            result += lines
        else:
            paragraph, row = _paragraph(cells, columns, above)
            above = row.printed if row else above
            result.append((paragraph, row))
    return result


def _rows(found: Sequence[Line]) -> list[tuple[list[Line], _Cells | None]]:
    """Lines by row; those outside of any table one by one, without cells."""
    rows: list[tuple[list[Line], _Cells | None]] = []
    block: list[Line] = []
    for line in [*found, None]:
        # a row ends at a double border; a blank line without one ends the table
        if block and (line is None or line.borders >= 2 or (line.gap and not line.borders)):
            rows.append((block, _bordered(block)))
            block = []
        if line is None:
            break
        if line.borders or block:
            block.append(line)
        elif BAR in line.text:
            texts = tuple(text.strip() for text in line.text.split(BAR))
            rows.append(([line], _Cells(texts=texts, spans=(line.span,), page=line.page)))
        else:
            rows.append(([line], None))
    return rows


def _bordered(block: Sequence[Line]) -> _Cells:
    cells: list[list[Line]] = []
    for line in block:
        if line.borders or not cells:
            cells.append([])
        cells[-1].append(line)
    return _Cells(
        texts=tuple(" ".join(line.text for line in cell) for cell in cells),
        spans=tuple(Span(start=cell[0].span.start, end=cell[-1].span.end) for cell in cells),
        page=block[0].page,
    )


def _columns(cells: _Cells | None) -> tuple[Column, ...]:
    """What the columns hold, if the row is the heading of a table of tasks: one column names who carries out."""
    if cells is None or len(cells.texts) < _LEAST_COLUMNS or any(len(t) > _LONGEST_HEADING for t in cells.texts):
        return ()
    columns: tuple[Column, ...] = tuple(
        next((name for name, pattern in _COLUMNS if pattern.search(fold(text).strip())), "other")
        for text in cells.texts
    )
    return columns if "lead" in columns and "task" in columns else ()


def _paragraph(cells: _Cells, columns: Sequence[Column], above: Sequence[str]) -> tuple[Paragraph, Row | None]:
    """A row under its label: "6.3" in the first cell labels it as "6.3." would. `above` are the cells over it."""
    printed = cells.texts[0].rstrip(".")
    label = match(f"{printed}. ") if columns[0] == "label" else None
    words = "\n".join(text for text in (cells.texts[1:] if label else cells.texts) if text)
    text = f"{printed}. {words}" if label else words
    row = None
    if len(cells.texts) <= len(columns):
        printed_cells = (
            *cells.texts,
            *[""] * (len(columns) - len(cells.texts)),
        )  # empty ones at the end are not written
        over = above if len(above) == len(columns) else ("",) * len(columns)
        meant = tuple(
            up if up and DITTO.fullmatch(t.strip(" .")) else t for t, up in zip(printed_cells, over, strict=True)
        )
        named = tuple((name, t) for name, t in zip(columns, meant, strict=True) if name != "other")
        row = Row(cells=named, printed=meant)
    return Paragraph(text=text, span=cells.span, label=label, page=cells.page), row
