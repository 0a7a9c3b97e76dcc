"""Recognised words → letters with places, as a PDF would have drawn them, for `layout.lines`.

What is no text is left out (rules, specks, lines of which nothing was read well), the two columns of a header
are taken apart, and figures of the number and day that were not read with confidence (they are often written by
hand or stamped) become "…": a number that was guessed is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from ingest.read import layout
from ingest.read.layout import Box, Glyph
from ingest.read.ocr import Scanned
from ingest.read.tables import is_motto
from ingest.read.tesseract import Word
from ingest.read.vietnamese import measure

ILLEGIBLE = "…"

_POINTS = 72.0
_LOOSE = 0.15  # of the height of the letters: what the box of a font has above and below them
_COLUMNS = 0.8  # heights of the line: a gap as wide parts the columns of a header, which has wide ones between words
_HEADER_DEPTH = 16.0  # heights below the motto within which header cells stand, as in `layout`
_SURE = 90.0  # confidence of a figure that stands alone: below it, handwriting is read as figures it is not
_SURE_TOGETHER = 80.0  # of figures read as one word with a printed symbol, "59/QĐ-TTg"
_LEAST = 45.0  # mean confidence of a line that is text at all
_MOTTO_WORDS = 7

# what scanning and rules leave: "|", "——", "~", "`", "^", "_"; bullets and dashes of one letter stay
_SPECK = re.compile(r"[^\w\-–+*•.,;:!?%&()/\"“”'’]+|[—–_\-=~.:]{2,}|[.,:;'’`]")

# "Số: 06 /TB-UBND", "Sô:⁄11 /CT-UBND", "Số: ØL /2013/CT-UBND", "Luật số: 36/2013/QH13"
_NUMBER = re.compile(
    r"""^(?P<label> (?:\w+\s)? S[ốôóồổòoỐÔÓỒỔÒO6]\S?? \s*[:.;]\s* )
        (?P<figures> [^/]{0,12}? )
        \s* (?P<rest> / \s? (?:\d{4}\s?/\s?)? [A-ZĐ].* )$""",
    re.VERBOSE | re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+[a-zđ]?(?:\.\d+)?,?")
# "Quảng Ngãi, ngày |2 tháng 3 năm 2018"
_DATE = re.compile(
    r"""^.{0,40}? \bng[àa]y \s* (?P<day> .{0,8}? )
        \s* th[áa]ng \s* (?P<month> .{0,8}? )
        \s* n[ăaä]m \s* (?P<year> .{0,8} )$""",
    re.VERBOSE | re.IGNORECASE,
)


def glyphs(scanned: Scanned, *, left: float = 0.0, bottom: float = 0.0) -> Iterator[Glyph]:
    """The letters of a page in reading order, in points from its lower left corner, which is given."""
    scale = _POINTS / scanned.resolution
    for line in _lines(scanned):
        box = _box(line)
        low = bottom + (scanned.height - box.bottom) * scale
        high = bottom + (scanned.height - box.top) * scale
        loose = _LOOSE * (high - low)
        end = 0.0
        for word in line:
            # boxes of words overlap where handwriting runs across them
            start = max(left + word.left * scale, end)
            end = max(left + word.right * scale, start)
            wide = (end - start) / len(word.text)
            for number, letter in enumerate(word.text):
                yield (letter, start + number * wide, start + (number + 1) * wide, low - loose, high + loose)
            yield (" ", 0.0, 0.0, 0.0, 0.0)
        yield (layout.LINE_END, 0.0, 0.0, 0.0, 0.0)


def _lines(scanned: Scanned) -> Iterator[list[Word]]:
    words = [word for word in scanned.words if not _SPECK.fullmatch(word.text)]
    printed = [list(group) for _, group in groupby(words, key=lambda word: word.line)]
    for line in _columns(printed):
        if _is_text(line):
            yield _doubted(line)


def _box(line: Sequence[Word]) -> Box:
    """The box of a line, in pixels and upside down; words of a stamp that reach beyond the line do not widen it."""
    return Box(
        left=line[0].left,
        right=line[-1].right,
        bottom=median(word.bottom for word in line),
        top=median(word.top for word in line),
    )


def _columns(printed: Sequence[list[Word]]) -> Iterator[list[Word]]:
    """The lines, those of a header with their two columns apart: the issuer's and, from the motto on, the state's."""
    edge = lowest = 0.0
    for line in printed:
        start = _motto(line)
        if start is not None:
            height = abs(_box(line[start:]).height)
            edge, lowest = line[start].left, _box(line).top + _HEADER_DEPTH * height
            if start:
                yield line[:start]
            yield line[start:]
            continue
        cut = _widest_gap(line) if line[0].left < edge < line[-1].right and _box(line).top < lowest else 0
        if cut:
            yield line[:cut]
        yield line[cut:]


def _motto(line: Sequence[Word]) -> int | None:
    """The word at which the motto begins."""
    for start in range(len(line) - 1, -1, -1):
        if is_motto(" ".join(word.text for word in line[start : start + _MOTTO_WORDS])):
            return start
    return None


def _widest_gap(line: Sequence[Word]) -> int:
    """The word before which the widest gap lies; 0 where no gap is wider than between words."""
    gap, cut = max(
        ((after.left - before.right, cut) for cut, (before, after) in enumerate(pairwise(line), 1)), default=(0, 0)
    )
    return cut if gap > _COLUMNS * abs(_box(line).height) else 0


def _is_text(line: Sequence[Word]) -> bool:
    """Whether enough of a line was read, or what was read are words."""
    letters = sum(len(word.text) for word in line)
    if sum(word.confidence * len(word.text) for word in line) >= _LEAST * letters:
        return True
    counts = measure(" ".join(word.text for word in line))
    return counts.words > 2 and counts.vietnamese


def _doubted(line: list[Word]) -> list[Word]:
    """The line with those figures of its number or day that are in doubt made illegible."""
    text = " ".join(word.text for word in line)
    number, day = _NUMBER.match(text), _DATE.match(text)
    if number:
        spans = [number.span("figures")]
    elif day:
        spans = [day.span(part) for part in ("day", "month", "year")]
    else:
        return line
    return _without(line, [span for span in spans if not _sure(line, text, span)])


def _sure(line: Sequence[Word], text: str, span: tuple[int, int]) -> bool:
    """Whether these characters of a line are figures and were read with confidence; nothing is sure of nothing."""
    figures = text[slice(*span)].strip()
    if not figures:
        return True
    return _FIGURES.fullmatch(figures) is not None and all(
        word.confidence >= (_SURE if _FIGURES.fullmatch(word.text) else _SURE_TOGETHER)
        for start, word in _placed(line)
        if start < span[1] and span[0] < start + len(word.text)
    )


def _without(line: Sequence[Word], spans: Iterable[tuple[int, int]]) -> list[Word]:
    """The line with one sign in place of the characters of each of these spans."""
    letters = list(" ".join(word.text for word in line))
    for start, end in spans:
        letters[start:end] = [" "] * (end - start)
        letters[start] = ILLEGIBLE
    shown = ((word, "".join(letters[start : start + len(word.text)]).strip()) for start, word in _placed(line))
    return [replace(word, text=text) for word, text in shown if text]


def _placed(line: Sequence[Word]) -> Iterator[tuple[int, Word]]:
    """The words with the place of each in the text of the line."""
    start = 0
    for word in line:
        yield start, word
        start += len(word.text) + 1
