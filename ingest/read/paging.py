"""Pages laid end to end: one text and the span of every page in it."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.model import Page, Span
from ingest.read.characters import normalise


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
