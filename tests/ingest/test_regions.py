"""Regions of clauses: the places of their own lines, joined into blocks, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import regions
from ingest.clean import Line
from ingest.model import Clause, Page, Place, Region, Source, Span
from ingest.pipeline import register, structured
from ingest.read import scan
from ingest.read.layout import Box, Row
from ingest.read.ocr import Scanned
from ingest.read.paging import Sheet, bind
from ingest.read.tesseract import Word

WIDTH, HEIGHT = 2480, 3508
SEEN = Box(left=0, right=600, bottom=0, top=800)


def region(page: int, left: float, top: float, right: float, bottom: float) -> Region:
    return Region(page=page, left=left, top=top, right=right, bottom=bottom)


def marked(*printed: tuple[str, Region | None], text: bool = True) -> tuple[Region, ...]:
    """The regions of one clause that is printed in these lines; without `text` a line was dropped by `clean`."""
    lines, places, start = [], [], 0
    for words, place in printed:
        span = Span(start=start, end=start + len(words) + 1)
        if not words.startswith("#"):
            lines.append(Line(text=words, span=Span(start=start, end=start + len(words))))
        if place is not None:
            places.append(Place(span=span, region=place))
        start = span.end
    clause = Clause(path="1", label="1.", text="", span=Span(start=0, end=start))
    (found,) = regions.marked([clause], lines, places)
    return found.regions


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # a paragraph, its last line short
        (
            [("1. Giao", region(1, 0.1, 0.2, 0.9, 0.22)), ("báo cáo.", region(1, 0.1, 0.225, 0.4, 0.245))],
            [region(1, 0.1, 0.2, 0.9, 0.245)],
        ),
        # over a page break: a region on either page, the page number in neither
        (
            [
                ("1. Giao", region(1, 0.1, 0.9, 0.9, 0.92)),
                ("#2", region(2, 0.5, 0.05, 0.52, 0.07)),
                ("báo cáo.", region(2, 0.1, 0.1, 0.4, 0.12)),
            ],
            [region(1, 0.1, 0.9, 0.9, 0.92), region(2, 0.1, 0.1, 0.4, 0.12)],
        ),
        # on at the head of the next column
        (
            [("1. Giao", region(1, 0.1, 0.8, 0.4, 0.82)), ("báo cáo.", region(1, 0.5, 0.1, 0.8, 0.12))],
            [region(1, 0.1, 0.8, 0.4, 0.82), region(1, 0.5, 0.1, 0.8, 0.12)],
        ),
        # back up within the width of the column: cells of a table
        (
            [("1. Giao", region(1, 0.1, 0.8, 0.9, 0.82)), ("báo cáo.", region(1, 0.5, 0.1, 0.8, 0.12))],
            [region(1, 0.1, 0.8, 0.9, 0.82), region(1, 0.5, 0.1, 0.8, 0.12)],
        ),
        # past a picture or a table
        (
            [("1. Giao", region(1, 0.1, 0.2, 0.9, 0.22)), ("báo cáo.", region(1, 0.1, 0.5, 0.4, 0.52))],
            [region(1, 0.1, 0.2, 0.9, 0.22), region(1, 0.1, 0.5, 0.4, 0.52)],
        ),
        # a line whose place is not known
        ([("1. Giao", region(1, 0.1, 0.2, 0.9, 0.22)), ("báo cáo.", None)], [region(1, 0.1, 0.2, 0.9, 0.22)]),
        ([("1. Giao", None)], []),
    ],
)
def test_lines_that_stand_together_are_one_region(
    printed: list[tuple[str, Region | None]], expected: list[Region]
) -> None:
    """And those that do not are several, in reading order."""
    assert list(marked(*printed)) == expected


@pytest.mark.parametrize("sides", [(0.2, 0.1, 0.1, 0.2), (0, 0, 1.1, 1), (-0.1, 0, 1, 1), (0, 0.5, 1, 0.5)])
def test_a_region_lies_on_its_page(sides: tuple[float, float, float, float]) -> None:
    """Anything else is a mistake of whoever made it."""
    with pytest.raises(ValueError, match="not a region"):
        region(1, *sides)


def test_a_line_keeps_its_place_through_normalisation() -> None:
    """Marks that are composed and control characters that go change how long a line is, not where it stands."""
    rows = [
        Row(text="Ủ\u0301y ban\x00  ", box=Box(left=60, right=300, bottom=700, top=720)),
        Row(text=""),
        Row(text="nha\u0302n da\u0302n", box=Box(left=60, right=540, bottom=640, top=660)),
        Row(text="ngoài trang", box=Box(left=700, right=900, bottom=640, top=660)),
    ]
    text, pages, places = bind([Sheet(), Sheet(rows=rows, seen=SEEN, turned=90.0), Sheet(rows=rows, seen=None)])
    assert [text[place.span.start : place.span.end] for place in places] == ["Ủ́y ban\n", "nhân dân\n"]
    first, second = (place.region for place in places)
    assert (first.page, first.left, first.right) == (2, 0.1, 0.5)
    assert first.top < 80 / 800 < 100 / 800 < first.bottom
    assert second.top > first.bottom
    assert [page.turned for page in pages] == [0.0, 90.0, 0.0]


def test_a_source_without_places_has_no_regions() -> None:
    """Plain text with form feeds has pages, and no pictures of them."""
    text = "1. Giao Sở Tài chính báo cáo.\n"
    source = Source(name="a.txt", kind="txt", text=text, pages=(Page(number=1, span=Span(start=0, end=len(text))),))
    clauses = structured(source, sha256="0" * 64, register=register()).clauses
    assert [clause.regions for clause in clauses] == [()] * len(clauses)
    assert "1" in {clause.path for clause in clauses}


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for line in text.split("\n"):
        if line:
            yield Line(text=line, span=Span(start=start, end=start + len(line)))
        start += len(line) + 1


def _clauses(lines: Sequence[Line]) -> list[Clause]:
    """A clause from each number to the next."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.text[0].isdigit():
            groups.append([])
        groups[-1].append(line)
    return [
        Clause(
            path=group[0].text.partition(".")[0],
            label="",
            text="",
            span=Span(start=group[0].span.start, end=group[-1].span.end),
        )
        for group in groups
    ]


@st.composite
def typed(draw: st.DrawFn) -> list[list[list[Word]]]:
    """Pages of numbered clauses, recognised: for each page its lines as words. Sizes and places are any."""
    size = draw(st.integers(24, 60))
    left = draw(st.integers(50, 600))
    clauses = draw(st.lists(st.integers(1, 4), min_size=1, max_size=8))
    lines = []
    for number, length in enumerate(clauses, start=1):
        said = [f"{number}. Giao Sở Tài chính chủ trì, phối hợp với các cơ quan, đơn vị liên quan"]
        said += ["rà soát việc thực hiện nhiệm vụ được giao trên địa bàn của toàn tỉnh"] * (length - 1)
        lines += [*said[:-1], f"{said[-1]};"]
    per_page = draw(st.integers(3, 12))
    pages = []
    for first in range(0, len(lines), per_page):
        top = draw(st.integers(100, 400))
        page = []
        for at, line in enumerate(lines[first : first + per_page]):
            x, words = left, []
            for word in line.split(" "):
                high = draw(st.integers(-size // 8, size // 8))
                wide = max(1, size * len(word) // 2)
                y = top + at * size * 2
                words.append(
                    Word(text=word, left=x, right=x + wide, top=y + high, bottom=y + size, confidence=96.0, line=at + 1)
                )
                x += wide + size // 3
            page.append(words)
        pages.append(page)
    return pages


@settings(deadline=None, max_examples=60)
@given(pages=typed())
def test_the_regions_of_a_clause_cover_its_words_and_no_others(pages: list[list[list[Word]]]) -> None:
    """Every word's middle lies in a region of its own clause on its page, and in none of another clause."""
    sheets = []
    for page in pages:
        words = tuple(word for line in page for word in line)
        width = max(WIDTH, max(word.right for word in words) + 50)
        scanned = Scanned(width=width, height=HEIGHT, resolution=300.0, turned=0, words=words, slope=0.0)
        sheets.append((scanned, scan.sheet(scanned, scan.Beside())))
    text, _, places = bind([sheet for _, sheet in sheets])
    lines = list(_lines(text))
    found = regions.marked(_clauses(lines), lines, places)
    numbered = {clause.path: clause for clause in found}
    current = ""
    for number, ((scanned, _), page) in enumerate(zip(sheets, pages, strict=True), start=1):
        for line in page:
            label = line[0].text.removesuffix(".")
            current = label if label.isdigit() else current
            for word in line:
                x = (word.left + word.right) / 2 / scanned.width
                y = (word.top + word.bottom) / 2 / HEIGHT
                holders = {
                    path
                    for path, clause in numbered.items()
                    for one in clause.regions
                    if one.page == number and one.left <= x <= one.right and one.top <= y <= one.bottom
                }
                assert holders == {current}
