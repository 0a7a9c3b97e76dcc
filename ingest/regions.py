"""Where clauses are printed: the places of their lines, joined into blocks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.clean import Line
from ingest.model import Clause, Place, Region

_GAP = 2.5  # heights of a line: what stands further below is another block


def marked(clauses: Iterable[Clause], lines: Sequence[Line], places: Sequence[Place]) -> tuple[Clause, ...]:
    """The clauses with the regions of those lines of their span that are text: no page numbers, no running heads.

    `lines` and `places` are in the order of the source. The time grows with the length of the source.
    """
    if not places:
        return tuple(clauses)
    starts, printed = _printed(lines, places)
    result = []
    for clause in clauses:
        first, end = bisect_left(starts, clause.span.start), bisect_left(starts, clause.span.end)
        result.append(replace(clause, regions=tuple(_blocks(printed[first:end]))))
    return tuple(result)


def _printed(lines: Sequence[Line], places: Sequence[Place]) -> tuple[list[int], list[Region]]:
    """Where the lines begin that have a place, and their regions."""
    starts: list[int] = []
    regions: list[Region] = []
    at = 0
    for line in lines:
        start = line.span.start
        while at < len(places) and places[at].span.end <= start:
            at += 1
        if at < len(places) and places[at].span.start <= start:
            starts.append(start)
            regions.append(places[at].region)
    return starts, regions


def _blocks(lines: Iterable[Region]) -> list[Region]:
    """Lines that stand below one another as one region: a page break, another column or a wide gap parts them."""
    blocks: list[Region] = []
    above: Region | None = None
    for line in lines:
        if above is not None and _goes_on(blocks[-1], above, line):
            blocks[-1] = _around(blocks[-1], line)
        else:
            blocks.append(line)
        above = line
    return blocks


def _goes_on(block: Region, above: Region, line: Region) -> bool:
    height = min(above.bottom - above.top, line.bottom - line.top)
    return (
        block.page == line.page
        and min(block.right, line.right) > max(block.left, line.left)
        and above.top <= line.bottom - height / 2
        and line.top - above.bottom <= _GAP * height
    )


def _around(first: Region, second: Region) -> Region:
    return Region(
        page=first.page,
        left=min(first.left, second.left),
        top=min(first.top, second.top),
        right=max(first.right, second.right),
        bottom=max(first.bottom, second.bottom),
    )
