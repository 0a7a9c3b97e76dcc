"""Ruled tables of a page: lines → cells → rows, the letters in them, and what stands around them.

A row becomes a line as `ingest.read.tables` writes it, whatever order its letters were drawn in. A cell merged over
rows is written in each of them: every row is read by itself later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.read import layout, tables
from ingest.read.layout import Box, Glyph, Row, Stamp

_REACH = 3.0  # points within which lines are one line, meet or cross
_MOST_RULES = 2_000  # of a page; more are a drawing
_LEAST_COLUMNS, _LEAST_CELLS = 2, 3
_OF_ONE_ROW = 3  # columns of what is left of a table on its last page
_REPEATED = 200  # characters of a cell merged over rows that are written again
_HEADING_ROWS = 3
_MARGIN_LINES = 2  # lines
_MARGIN_LENGTH = 60  # characters

Rows = list[list[tuple[str, ...]]]
"""The lines of each cell, row by row; empty where the cell to the left goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: edges of its columns from left to right, of its rows from top to bottom.

    `cells` holds for each row and column the place (row, column) where the cell that lies there begins.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[tuple[int, int], ...], ...]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """The beginning of the cell at a point, None outside."""
        column = next((i for i, (left, right) in enumerate(pairwise(self.columns)) if left <= x < right), None)
        row = next((i for i, (top, bottom) in enumerate(pairwise(self.rows)) if bottom <= y < top), None)
        return None if row is None or column is None else self.cells[row][column]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The lines of the cells of a table, and the box of each row. `edges` are those of its columns."""

    edges: tuple[float, ...]
    rows: Rows
    boxes: Sequence[Box]


Block = list[Row] | Table
"""Lines of text, or a table, in reading order."""


def blocks(glyphs: Iterable[Glyph], stamps: Sequence[Stamp], rules: Sequence[Box]) -> list[Block]:
    """The text of a page from top to bottom, its ruled tables apart."""
    grids = find(rules)
    if not grids:
        return [layout.rows(glyphs, stamps)]
    between: list[list[Glyph]] = [[] for _ in range(len(grids) + 1)]
    inside: dict[tuple[int, int, int], list[Glyph]] = {}
    into = between[0]
    for glyph in glyphs:
        if glyph[0] not in (" ", layout.GUESSED_SPACE, layout.LINE_END):
            x, y = (glyph[1] + glyph[2]) / 2, (glyph[3] + glyph[4]) / 2
            place = _place(grids, x, y)
            into = between[_above(grids, y)] if place is None else inside.setdefault(place, [])
        into.append(glyph)
    written: dict[tuple[int, int, int] | int, list[Stamp]] = {}
    for stamp in stamps:
        place = _place(grids, (stamp.box.left + stamp.box.right) / 2, stamp.box.middle)
        written.setdefault(_above(grids, stamp.box.middle) if place is None else place, []).append(stamp)
    found: list[Block] = []
    for number, text in enumerate(between):
        found.append(layout.rows(text, written.get(number, ())))
        if number < len(grids):
            grid = grids[number]
            cells = {
                (row, column): tuple(line for line in layout.lines(held, written.get((of, row, column), ())) if line)
                for (of, row, column), held in inside.items()
                if of == number
            }
            found.append(_table(grid, cells))
    return found


def rows(found: Sequence[Block]) -> list[Row]:
    """Blocks as lines, a row of data on each."""
    return [row for block in found for row in (_written(block) if isinstance(block, Table) else block)]


def _written(table: Table) -> Iterator[Row]:
    for lines, box in zip(tables.by_row(table.rows), table.boxes, strict=True):
        yield from (Row(text=line, box=box) for line in lines)


def continued(before: Sequence[Block], after: Sequence[Block], heading: Rows) -> tuple[list[Block], list[Block]] | None:
    """Two pages of which a table runs from one to the next: its heading is not repeated, and a row that the end of
    the page cut in two is whole again, on the first. `heading` are the first rows of the table, from its first page.

    None where no table runs on.
    """
    end = next((i for i in range(len(before) - 1, -1, -1) if isinstance(before[i], Table)), None)
    begin = next((i for i, block in enumerate(after) if isinstance(block, Table)), None)
    if end is None or begin is None or not (_is_margin(before[end + 1 :]) and _is_margin(after[:begin])):
        return None
    upper, lower = before[end], after[begin]
    if not isinstance(upper, Table) or not isinstance(lower, Table):
        return None
    if not _is_alike(upper.edges, lower.edges) or not upper.rows or not lower.rows:
        return None
    repeated = next((i for i, (row, head) in enumerate(zip(lower.rows, heading, strict=False)) if row != head), None)
    first = min(len(lower.rows), len(heading)) if repeated is None else repeated
    if first < len(lower.rows) and _goes_on(lower.rows[first]) and len(upper.rows) > 1:
        last = [above + below for above, below in zip(upper.rows[-1], lower.rows[first], strict=True)]
        upper = replace(upper, rows=[*upper.rows[:-1], last])
        first += 1
    lower = replace(lower, rows=lower.rows[first:], boxes=lower.boxes[first:])
    return [*before[:end], upper, *before[end + 1 :]], [*after[:begin], lower, *after[begin + 1 :]]


def heading(found: Sequence[Block]) -> Rows:
    """The first rows of the last table of a page, which may be repeated over its next part."""
    last = next((block for block in reversed(found) if isinstance(block, Table)), None)
    return last.rows[:_HEADING_ROWS] if last else []


def _is_margin(found: Sequence[Block]) -> bool:
    """Whether nothing stands there but what runs along the edge of every page: its number, a short line."""
    if any(isinstance(block, Table) for block in found):
        return False
    written = [row.text for block in found if not isinstance(block, Table) for row in block if row.text.strip()]
    return len(written) <= _MARGIN_LINES and all(len(line) <= _MARGIN_LENGTH for line in written)


def _is_alike(first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether the columns are as wide, wherever the margin is."""
    widths = [(b - a, d - c) for (a, b), (c, d) in zip(pairwise(first), pairwise(second), strict=False)]
    return len(first) == len(second) and all(abs(one - other) <= 2 * _REACH for one, other in widths)


def _goes_on(row: Sequence[tuple[str, ...]]) -> bool:
    """Whether a row has no label of its own, or begins within a sentence."""
    return not row[0] or row[0][0][:1].islower()


def _place(grids: Sequence[Grid], x: float, y: float) -> tuple[int, int, int] | None:
    for number, grid in enumerate(grids):
        if (cell := grid.cell(x, y)) is not None:
            return number, *cell
    return None


def _above(grids: Sequence[Grid], y: float) -> int:
    """How many tables stand above a height."""
    return sum((grid.rows[0] + grid.rows[-1]) / 2 > y for grid in grids)


def _table(grid: Grid, cells: dict[tuple[int, int], tuple[str, ...]]) -> Table:
    """Rows in which nothing is written are left out."""
    rows: Rows = []
    boxes: list[Box] = []
    for number, (begun, (top, bottom)) in enumerate(zip(grid.cells, pairwise(grid.rows), strict=True)):
        row: list[tuple[str, ...]] = []
        for column, place in enumerate(begun):
            words = cells.get(place, ()) if column == place[1] else ()
            again = number > place[0] and sum(map(len, words)) > _REPEATED
            row.append(() if again else words)
        if any(row):
            rows.append(row)
            boxes.append(Box(left=grid.columns[0], right=grid.columns[-1], bottom=bottom, top=top))
    return Table(edges=grid.columns, rows=rows, boxes=boxes)


def find(rules: Sequence[Box]) -> list[Grid]:
    """The tables that the lines of a page draw, from top to bottom."""
    if len(rules) > _MOST_RULES:
        return []
    across = _merged([rule for rule in rules if rule.right - rule.left >= rule.height])
    down = [
        _turned(rule) for rule in _merged([_turned(rule) for rule in rules if rule.right - rule.left < rule.height])
    ]
    if len(down) <= 1 or len(across) <= 1:
        return []
    grids = [grid for group in _groups(across, down) if (grid := _grid(*group)) is not None]
    return sorted(grids, key=lambda grid: -(grid.rows[0] + grid.rows[-1]))


def _turned(rule: Box) -> Box:
    return Box(left=rule.bottom, right=rule.top, bottom=rule.left, top=rule.right)


def _merged(rules: Sequence[Box]) -> list[Box]:
    """Horizontal lines, those joined that lie end to end or upon each other."""
    heights: list[list[Box]] = []
    for rule in sorted(rules, key=lambda rule: rule.middle):
        if heights and rule.middle - heights[-1][-1].middle <= _REACH / 2:
            heights[-1].append(rule)
        else:
            heights.append([rule])
    joined: list[Box] = []
    for line in heights:
        height = line[0].middle
        first = True
        for rule in sorted(line, key=lambda rule: rule.left):
            if not first and rule.left <= joined[-1].right + _REACH:
                joined[-1] = replace(joined[-1], right=max(joined[-1].right, rule.right))
            else:
                joined.append(Box(left=rule.left, right=rule.right, bottom=height, top=height))
            first = False
    return joined


def _groups(across: Sequence[Box], down: Sequence[Box]) -> Iterator[tuple[list[Box], list[Box]]]:
    """The lines that hang together, each with those that cross or meet it."""
    left = list(down)
    rest = list(across)
    while left:
        columns, rows = [left.pop()], list[Box]()
        grown = True
        while grown:
            met = [row for row in rest if any(_meet(row, column) for column in columns)]
            rest = [row for row in rest if row not in met]
            rows += met
            crossed = [column for column in left if any(_meet(row, column) for row in met)]
            left = [column for column in left if column not in crossed]
            columns += crossed
            grown = bool(crossed)
        yield rows, columns


def _meet(row: Box, column: Box) -> bool:
    return (
        row.left - _REACH <= column.left <= row.right + _REACH
        and column.bottom - _REACH <= row.middle <= column.top + _REACH
    )


def _grid(across: Sequence[Box], down: Sequence[Box]) -> Grid | None:
    """The cells between lines that hang together; a side that is not drawn lies where the others end."""
    if not across or not down:
        return None
    columns = _apart([
        min(rule.left for rule in across), max(rule.right for rule in across), *(rule.left for rule in down),
    ])  # fmt: skip
    rows = _apart([
        min(rule.bottom for rule in down), max(rule.top for rule in down), *(rule.middle for rule in across),
    ])[::-1]  # fmt: skip
    if len(rows) < 2 or len(columns) <= (_LEAST_COLUMNS if len(rows) > 2 else _OF_ONE_ROW):
        return None
    upright = [_turned(rule) for rule in down]
    cells: list[list[tuple[int, int]]] = []
    for row, (top, bottom) in enumerate(pairwise(rows)):
        cells.append([])
        for column, (left, right) in enumerate(pairwise(columns)):
            place = (row, column)
            if row and not _is_drawn(across, top, (left + right) / 2):
                place = cells[row - 1][column]
            elif column and not _is_drawn(upright, left, (top + bottom) / 2):
                place = cells[row][column - 1]
            cells[row].append(place)
    begun = {place for row in cells for place in row}
    if len({column for _, column in begun}) < _LEAST_COLUMNS or len(begun) < _LEAST_CELLS:
        return None  # a frame, or boxes one under another
    return Grid(columns=tuple(columns), rows=tuple(rows), cells=tuple(map(tuple, cells)))


def _apart(edges: Sequence[float]) -> list[float]:
    """Edges in order, without those that repeat another."""
    kept: list[float] = []
    for edge in sorted(edges):
        if not kept or edge - kept[-1] > _REACH:
            kept.append(edge)
    return kept


def _is_drawn(rules: Sequence[Box], height: float, at: float) -> bool:
    return any(abs(rule.middle - height) <= _REACH and rule.left <= at <= rule.right for rule in rules)
