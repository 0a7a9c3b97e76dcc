"""Source text → lines → paragraphs: what layout did to the words is undone, and every piece keeps its span.

A source arrives in one of three shapes: every paragraph on a line of its own (docx, html, most web pages), blocks
separated by blank lines (crawled pages), or dense lines without gaps (text of a page). Each joins differently.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest import labels, ordinals, spacing
from ingest.labels import BULLETS, Kind, Label
from ingest.model import Source, Span
from ingest.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A printed line. `gap`: blank space stands above it; `borders`: so many borders of a table stand above it."""

    text: str
    span: Span
    gap: bool = False
    borders: int = 0
    page: int | None = None

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table: every one stands by itself."""
        return BAR in self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines joined. `label` is set when the paragraph opens a clause; `words` are without the label."""

    text: str
    span: Span
    label: Label | None = None
    page: int | None = None

    @property
    def words(self) -> str:
        return self.text[self.label.end :].strip() if self.label else self.text


BAR = " | "
"""Stands between the cells of a row that is one line."""
_EMPHASIS = re.compile(r"\*\*|(?<!\w)__|__(?!\w)|\u00ad")
_BORDER = re.compile(r"\s*\|[\s|:-]*")
_RULE = re.compile(r"[\s\-_=–—*.•·…~]*")
_PAGE_NUMBER = re.compile(r"(?:(?:Trang|Page)\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*/\s*\d{1,4})?", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:Ảnh(?: minh họa)?(?:\s*:.{0,60})?|Nguồn(?:\s*:.{0,60})?|Quay lại|Về trang trước|In trang|In bài viết"
    r"|Chia sẻ|Gửi email|Tin liên quan|Các tin khác|Tải về|Xem thêm)\.?",
    re.IGNORECASE,
)
_AFTER_END = re.compile(r"(?<=\./\.)\s*(?:Nguồn|Nguon)\b.{0,40}$")
_DIGITS = re.compile(r"\d+")
_ENDED = re.compile(r"[.;:!?…][”\"'’»)\]]*$")
_STOPPED = re.compile(r"(?:\./|[.!?…])[”\"'’»)\]]*$")
_NEARLY_FULL = 0.85  # of the width: a line that does not end there was wrapped
_DANGLING = re.compile(
    r"(?:,|\b(?:và|hoặc|của|cho|với|về|tại|trong|theo|từ|đến|các|những|tỉnh|thành phố|số|là|do|được"
    r"|Ủy|Uỷ|Bộ|Sở|ngày|tháng|năm))$"
)


def lines(source: Source) -> list[Line]:
    """The printed lines of a source without borders, rules, page numbers and running heads."""
    found = _split(source)
    for step in STEPS:
        found = step(found)
    return found


def _split(source: Source) -> list[Line]:
    result: list[Line] = []
    gap, borders = False, 0
    start, page, pages = 0, 0, source.pages
    for raw in source.text.split("\n"):
        end = start + len(raw)
        while page < len(pages) and pages[page].span.end <= start and page + 1 < len(pages):
            page += 1
        border = _BORDER.match(raw)
        text = squeeze(_EMPHASIS.sub("", raw))
        if border and border.end() == len(raw):
            # a border below a blank line opens a table, as two borders open a row
            gap, borders = True, 2 if gap and not borders else borders + 1
        elif _RULE.fullmatch(text):
            gap = True
        else:
            first = start + len(raw) - len(raw.lstrip())
            span = Span(start=first, end=start + len(raw.rstrip()))
            number = pages[page].number if pages else None
            result.append(Line(text=text, span=span, gap=gap, borders=borders, page=number))
            gap, borders = False, 0
        start = end + 1
    return result


def drop_running_heads(found: list[Line]) -> list[Line]:
    """Lines that stand first or last on at least half of three or more pages, numbers in them aside."""
    pages = [line.page for line in found if line.page is not None]
    if len(set(pages)) < 3:
        return found
    edges = [
        i
        for i, line in enumerate(found)
        if i in (0, len(found) - 1) or line.page != found[i - 1].page or line.page != found[i + 1].page
    ]
    shapes = Counter(_shape(found[i].text) for i in edges)
    repeated = {shape for shape, times in shapes.items() if times * 2 >= len(set(pages))}
    drop = {i for i in edges if _shape(found[i].text) in repeated}
    return [line for i, line in enumerate(found) if i not in drop]


def _shape(text: str) -> str:
    """A running head without its numbers; left and right pages print the page number on either side."""
    return _DIGITS.sub("#", text).strip("# |-–")


def drop_page_numbers(found: list[Line]) -> list[Line]:
    """A number alone at the edge of a page; without pages, lone numbers that count 2, 3, 4 through the text."""
    numbered = [i for i, line in enumerate(found) if not line.borders and _PAGE_NUMBER.fullmatch(line.text)]
    if not numbered:
        return found
    if found[0].page is not None:
        last = len(found) - 1
        drop = {
            i
            for i in numbered
            if i in (0, last) or found[i].page != found[i - 1].page or found[i].page != found[i + 1].page
        }
    else:
        counted = [int(_DIGITS.findall(found[i].text)[0]) for i in numbered]
        counts = len(counted) > 1 and all(b - a == 1 for a, b in itertools.pairwise(counted))
        drop = set(numbered) if counts else set()
    return [line for i, line in enumerate(found) if i not in drop]


def drop_page_furniture(found: list[Line]) -> list[Line]:
    """What the page of a portal prints around the words: captions of pictures, buttons, the name of the source."""
    kept = []
    for line, after in zip(found, [*found[1:], *found[:1]], strict=True):
        goes_on = not after.gap and after.text[:1].islower()  # "Nguồn" / "vốn đầu tư" is a sentence, wrapped
        if line.borders or goes_on or not _FURNITURE.fullmatch(line.text):
            kept.append(line)
    return kept


def end_at_the_end(found: list[Line]) -> list[Line]:
    """ "./." ends a document (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6.đ); a word after it is the page's."""
    result = []
    for line in found:
        ended = _AFTER_END.search(line.text)
        if ended:
            cut = len(line.text) - ended.start()
            span = Span(start=line.span.start, end=max(line.span.start, line.span.end - cut))
            line = replace(line, text=line.text[: ended.start()], span=span)
        result.append(line)
    return result


def join_torn_words(found: list[Line]) -> list[Line]:
    """Words that a program tore apart: "ĐIỀ U KHO ẢN"."""
    right = spacing.joined([line.text for line in found])
    return [replace(line, text=right[i]) if i in right else line for i, line in enumerate(found)] if right else found


def mend_ordinals(found: list[Line]) -> list[Line]:
    """Labels that count, read as the figures they are: "l." before "2."."""
    right = ordinals.mended([line.text for line in found])
    return [replace(line, text=right[i]) if i in right else line for i, line in enumerate(found)] if right else found


STEPS: tuple[Callable[[list[Line]], list[Line]], ...] = (
    drop_running_heads,
    drop_page_numbers,
    drop_page_furniture,
    end_at_the_end,
    join_torn_words,
    mend_ordinals,
)


def paragraphs(found: Sequence[Line], *, joined: bool) -> list[Paragraph]:
    """Join lines into paragraphs. `joined` says that the format already has a paragraph on each line."""
    layout = _Layout.of(found, joined=joined)
    result: list[list[Line]] = []
    opened: list[Label | None] = []
    counting = _Counting()
    for line in found:
        above = result[-1][-1] if result else None
        label = labels.match(line.text)
        if label and (_in_brackets(result, line) or not layout.opens(label, line, above, counting)):
            label = None
        if above is None or label or not layout.continues(line, above, opened[-1], len(result[-1])):
            result.append([line])
            opened.append(label)
            if label:
                counting.see(label)
        else:
            result[-1].append(line)
    return [_join(group, label) for group, label in zip(result, opened, strict=True)]


def _in_brackets(result: list[list[Line]], line: Line) -> bool:
    """A bracket that is still open belongs to the sentence: "(Núi Bà Rá" / "- Đồng Nai, …)" is no bullet."""
    if line.gap or not result:
        return False
    text = " ".join(part.text for part in result[-1][-6:])
    return text.count("(") > text.count(")")


def _join(group: list[Line], label: Label | None) -> Paragraph:
    return Paragraph(
        text=" ".join(line.text for line in group),
        span=Span(start=group[0].span.start, end=group[-1].span.end),
        label=label,
        page=group[0].page,
    )


class _Counting:
    """The last ordinal of each kind of label, to tell "5." after "4." from a year at the start of a line."""

    def __init__(self) -> None:
        self._last: dict[tuple[Kind, str], tuple[int, ...]] = {}

    def see(self, label: Label) -> None:
        self._last[label.kind, label.style] = label.numbers
        for key in [k for k in self._last if k[0] > label.kind and k[0] not in (*BULLETS, Kind.ARTICLE)]:
            del self._last[key]

    def expects(self, label: Label) -> bool:
        if label.ordinal == 1:
            return True
        last = self._last.get((label.kind, label.style))
        return last is not None and last[:-1] == label.numbers[:-1] and label.ordinal == last[-1] + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How a source was wrapped: `blocks` separated by blank lines, `width` of full lines, `ragged` first lines."""

    joined: bool
    blocks: bool
    width: int
    ragged: bool

    @classmethod
    def of(cls, found: Sequence[Line], *, joined: bool) -> _Layout:
        lengths = sorted(len(line.text) for line in found if not line.is_row) or [0]
        width = lengths[len(lengths) * 9 // 10]
        gaps = sum(line.gap for line in found)
        wrapped = [
            above
            for above, line in itertools.pairwise(found)
            if not line.gap and line.text[:1].islower() and not _ENDED.search(above.text)
        ]
        short = sum(len(line.text) < 0.6 * width for line in wrapped)
        return cls(
            joined=joined or not wrapped,
            blocks=gaps * 10 > len(found),
            width=width,
            ragged=short * 10 > len(wrapped),
        )

    def opens(self, label: Label, line: Line, above: Line | None, counting: _Counting) -> bool:
        """Whether a label at the start of a line opens a clause there."""
        free = above is None or above.is_row or line.gap or self.joined or bool(_ENDED.search(above.text))
        if label.kind in BULLETS:
            rest = line.text[label.end :]
            return free or (not rest[:1].islower() and not rest[:1].isdigit() and not self.blocks)
        if label.kind is Kind.SUBNUMBER and len(label.numbers) == 2 and label.ordinal > 1:
            return counting.expects(label) or (free and line.text[label.end : label.end + 1].isupper())
        return free or (counting.expects(label) and (label.ordinal > 1 or not self._wraps(line, above)))

    def _wraps(self, line: Line, above: Line | None) -> bool:
        """Whether the line above is full, so that what follows may be its next word: "cấp độ" / "1. Cấp ngay"."""
        if above is None or above.text.isupper():
            return False
        return len(above.text) + 1 + len(line.text.split(" ", 1)[0]) > self.width

    def continues(self, line: Line, above: Line, label: Label | None, so_far: int) -> bool:
        """Whether a line without a label goes on with the paragraph above it."""
        if line.is_row or above.is_row:
            return False
        if label is not None and so_far == 1 and label.end >= len(above.text):
            return True  # the label stands on a line of its own
        ended = _ENDED.search(above.text)
        first = next((c for c in line.text if c.isalpha()), "")
        if first.islower() and not _STOPPED.search(above.text):
            return not self.joined or not ended
        if self.joined:
            return False
        if line.gap:
            return bool(_DANGLING.search(above.text))
        if self.blocks:
            return not (above.text.isupper() and not line.text.isupper() and first)
        if above.text.isupper() != line.text.isupper() and first:
            return False
        full = len(above.text) + 1 + len(line.text.split(" ", 1)[0]) > self.width
        return full if ended else full or self.ragged or len(above.text) >= _NEARLY_FULL * self.width
