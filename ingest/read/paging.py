"""Pages laid end to end: one text, the span of every page in it, and where its lines are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.model import Page, Place, Region, Span
from ingest.read.characters import normalise
from ingest.read.layout import Box, Row

_LOOSE = 0.12  # of the height of a line: how far the tails of some letters reach out of it
_DECIMALS = 4  # of a share of a page: a quarter of a pixel at 300 dots per inch


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The lines of a page, and the part of it that is seen, in the same points; `turned` as in `Page`."""

    rows: Sequence[Row] = ()
    seen: Box | None = None
    turned: float = 0.0

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


def lay(pages: Iterable[str]) -> tuple[str, tuple[Page, ...]]:
    """Joins page texts, each normalised and ending with a newline; an empty page has an empty span."""
    parts: list[str] = []
    laid: list[Page] = []
    start = 0
    for number, page in enumerate(pages, start=1):
        text = normalise(page)
        laid.append(Page(number=number, span=Span(start=start, end=start + len(text))))
        parts.append(text)
        start += len(text)
    return "".join(parts), tuple(laid)


def bind(sheets: Sequence[Sheet]) -> tuple[str, tuple[Page, ...], tuple[Place, ...]]:
    """As `lay`, with the places of the lines."""
    text, pages = lay(sheet.text for sheet in sheets)
    laid = tuple(replace(page, turned=sheet.turned) for page, sheet in zip(pages, sheets, strict=True))
    return text, laid, tuple(place for page, sheet in zip(laid, sheets, strict=True) for place in _places(page, sheet))


def _places(page: Page, sheet: Sheet) -> Iterator[Place]:
    if sheet.seen is None:
        return
    start = page.span.start
    for row in sheet.rows:
        # a line is normalised by itself as it is in its page: no step of that looks beyond a newline
        end = start + max(len(normalise(row.text)), 1)
        region = _region(page.number, row.box, sheet.seen) if row.box is not None else None
        if region is not None and end <= page.span.end:
            yield Place(span=Span(start=start, end=end), region=region)
        start = end


def _region(page: int, box: Box, seen: Box) -> Region | None:
    """A box, a little higher than its line, as shares of what is seen of its page; None where nothing of it is."""
    width, height = seen.right - seen.left, seen.height
    if width <= 0 or height <= 0:
        return None
    left, right = _share((box.left - seen.left) / width), _share((box.right - seen.left) / width)
    loose = _LOOSE * box.height
    top, bottom = _share((seen.top - box.top - loose) / height), _share((seen.top - box.bottom + loose) / height)
    if left >= right or top >= bottom:
        return None
    return Region(page=page, left=left, top=top, right=right, bottom=bottom)


def _share(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), _DECIMALS)
