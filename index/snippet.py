"""The part of a clause that answers a query, as HTML: matches marked, everything else escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise

from index.model import Query
from index.words import numbers
from ingest.text import fold, has_marks, syllables

WIDTH = 300
_RUN = re.compile(r"[^\W_]+")
_ELLIPSIS = "…"


def snippet(text: str, query: Query, *, width: int | None = WIDTH) -> str:
    """The text with `<mark>` around what the query asks for, HTML-escaped.

    A text longer than `width` characters is cut to the part with the most matches, at spaces, with an ellipsis
    where something is missing; otherwise taking the marks and escapes away gives the text back. Where pairs of
    syllables match, single ones are not marked: "của" alone says nothing.
    """
    matches = _matches(text, query)
    start, end = _window(text, matches, width)
    parts = [_ELLIPSIS] if start > 0 else []
    position = start
    for first, last in matches:
        if first >= start and last <= end:
            parts += [escape(text[position:first]), "<mark>", escape(text[first:last]), "</mark>"]
            position = last
    parts.append(escape(text[position:end]))
    if end < len(text):
        parts.append(_ELLIPSIS)
    return "".join(parts)


def _matches(text: str, query: Query) -> list[tuple[int, int]]:
    """Where to mark, in order and without overlaps; neighbours with nothing but space between are joined."""
    folded = query.restored is None and query.language == "vi" and not has_marks(query.text)
    wanted = {term.text for term in (query.folded if folded else query.exact)}
    wanted |= {number for text_ in query.document_numbers for number in numbers(text_)}
    runs = [(run.start(), run.end(), _token(run[0], folded=folded)) for run in _RUN.finditer(text)]
    pairs = [place for place, (first, second) in enumerate(pairwise(runs)) if f"{first[2]}_{second[2]}" in wanted]
    chosen = sorted({place + step for place in pairs for step in (0, 1)}) or [
        place for place, run in enumerate(runs) if run[2] in wanted
    ]
    return _joined(text, [runs[place][:2] for place in chosen])


def _token(run: str, *, folded: bool) -> str:
    token = "".join(syllables(run))
    return fold(token) if folded else token


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start].isspace():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _window(text: str, matches: Sequence[tuple[int, int]], width: int | None) -> tuple[int, int]:
    """The range of at most `width` characters that holds the most matched ones, widened to whole words."""
    if width is None or len(text) <= width:
        return 0, len(text)
    best, most = 0, -1
    for first, _ in matches:
        inside = sum(end - start for start, end in matches if start >= first and end <= first + width)
        if inside > most:
            best, most = first, inside
    # Some words before the first match, so that it can be understood.
    start = max(0, min(best - width // 6, len(text) - width))
    end = start + width
    if start > 0:
        space = text.find(" ", start, best)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", start + 1, end)
        end = space if space > best else end
    return start, end
