"""Several documents in one file: a letter and the plan that it sends, a decision and another one behind it.

A document begins where a head of its own stands after the end of the one before: the name of the state or its motto,
a number and a day. What has no number or day of its own ("ban hành kèm theo Quyết định số …", a draft) belongs to the
document that it is attached to.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest import footer, header, labels
from ingest.clean import Line, lines
from ingest.labels import Kind
from ingest.model import Source, Span

# Two of them at least stand in a file that holds two documents. Recognition reads "Hạnh phúc" in many ways.
_MOTTO = re.compile(r"h[aạ]nh\W{0,3}ph[uú]c|đảng\s+cộng\s+sản\s+việt\s+nam", re.IGNORECASE)
_NUMBER_WITHIN = 16  # lines from the beginning of a head to its number
_FORM_ABOVE = 3  # lines over a head that may name it a form
# "Mẫu số 02", "Mẫu 1.3": a head that stands under it is a sample
_SAMPLE = re.compile(r"^\W*(?:Mẫu|Biểu)(?:\s+(?:biểu|số|mẫu))*\s+[\dIVX]", re.IGNORECASE)


def split(source: Source) -> list[Source]:
    """The texts of the documents in a file, in its order; most files hold one."""
    if len(_MOTTO.findall(source.text)) < 2:
        return [source]
    found = lines(source)
    starts = [source.text.rfind("\n", 0, found[at].span.start) + 1 for at in _beginnings(found)]
    if not starts:
        return [source]
    cuts = [0, *starts, len(source.text)]
    return [
        _cut(source, start, end) if start else replace(_cut(source, 0, end), title=source.title)
        for start, end in itertools.pairwise(cuts)
    ]


def _cut(source: Source, start: int, end: int) -> Source:
    """A part of a text with the pages that it stands on and the places of its lines."""

    def within(span: Span) -> Span:
        return Span(start=max(span.start, start) - start, end=min(span.end, end) - start)

    def stands(span: Span) -> bool:
        return span.start < end and span.end > start

    return replace(
        source,
        text=source.text[start:end],
        pages=tuple(replace(page, span=within(page.span)) for page in source.pages if stands(page.span)),
        places=tuple(replace(place, span=within(place.span)) for place in source.places if stands(place.span)),
        title=None,
    )


def _beginnings(found: Sequence[Line]) -> Iterator[int]:
    """The lines where a second and every later document begins."""
    begun = 0
    taken = {header.parse(found).number}
    for at in _heads(found):
        if at <= begun or _is_sample(found, at):
            continue
        part = found[begun:at]
        if footer.parse(part, header.parse(part).body).start == len(part):
            continue  # nobody has signed yet: a head within the document
        head = header.parse(found[at:])
        if head.number is None or head.date is None or head.number in taken or not _is_near(found, at):
            continue
        taken.add(head.number)
        begun = at
        yield at


def _heads(found: Sequence[Line]) -> Iterator[int]:
    """Where heads begin: with the motto, or with issuer and number where those are printed before it."""
    for at, line in enumerate(found):
        if header.is_motto(line.text) and not (at and header.is_motto(found[at - 1].text)):
            yield footer.head_above(found, at)


def _is_near(found: Sequence[Line], at: int) -> bool:
    return any(header.is_number_line(line.text) for line in found[at : at + _NUMBER_WITHIN])


def _is_sample(found: Sequence[Line], at: int) -> bool:
    """Whether a form or an annex is announced right above a head: it shows how one looks."""
    for line in found[max(0, at - _FORM_ABOVE) : at + 1]:
        label = labels.match(line.text)
        if _SAMPLE.match(line.text) or (label is not None and label.kind is Kind.ANNEX):
            return True
    return False
