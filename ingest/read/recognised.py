"""Recognised words → letters with places, as a PDF would have drawn them, for `layout.lines`.

What is no text is left out (rules, specks, lines of which nothing was read well), the two columns of a header
are taken apart, and figures of the number and day that were not read with confidence (they are often written by
hand or stamped) become "…": a number that was guessed is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from ingest.read import layout
from ingest.read.layout import Box, Glyph
from ingest.read.ocr import SURE, Scanned
from ingest.read.tables import is_motto
from ingest.read.tesseract import Word
from ingest.read.vietnamese import measure
from ingest.text import fold

ILLEGIBLE = "…"

_POINTS = 72.0
_LOOSE = 0.15  # of the height of the letters: what the box of a font has above and below them
_COLUMNS = 0.8  # heights of the line: a gap as wide parts the columns of a header, which has wide ones between words
_HEADER_DEPTH = 16.0  # heights below the motto within which header cells stand, as in `layout`
_SURE_TOGETHER = 80.0  # of figures read as one word with a printed symbol, "59/QĐ-TTg"
_LEAST = 45.0  # mean confidence of a line that is text at all
_MOTTO_WORDS = 7
_MIDDLE = 0.45  # of the width of a page: the signature stands right of it, the recipients left

# A stamp in the margin:
_FULL = 8  # words of a line that runs from margin to margin
_PAGE = 8  # such lines tell where the margins are
_OUTSIDE = 0.8  # heights of a line: what begins as far left of the margin is no text
_STAMP_GAP = 4.5  # heights between lines of one stamp
_STAMP_LINES = 2
_STAMPED = 88.0  # a stamp is filled in by hand and covers print: more confidence than this is print in the margin
_UNDER = 75.0  # words beside a stamp that were read with less lie partly under it
_STAMP_REACH = 0.4  # of the width of the text, into which a stamp reaches at most
_ISSUER = 0.3  # of the depth of a header, above which the issuer stands where no number was read

# what scanning and rules leave: "|", "——", "~", "`", "^", "_"; bullets and dashes of one letter stay
_SPECK = re.compile(r"[^\w\-–+*•.,;:!?%&()/\"“”'’]+|[—–_\-=~.:]{2,}|[.,:;'’`]")

# "Số: 06 /TB-UBND", "Sô:⁄11 /CT-UBND", "Số: ØL /2013/CT-UBND", "Luật số: 36/2013/QH13"
_NUMBER = re.compile(
    r"""^(?P<label> (?:\w+\s){0,2} S[ốôóồổòoỐÔÓỒỔÒO6]\S?? \s*[:.;]\s* )
        (?P<figures> [^/]{0,12}? )
        \s* (?P<rest> / \s? (?:\d{4}\s?/\s?)? [A-ZĐ].* )$""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:\w+\s){0,2}S[ốôóồổòoỐÔÓỒỔÒO6]\S?\s*[:.;]", re.IGNORECASE)
_RECIPIENTS = re.compile(r"\W*noi (?:nhan|gui)\b")
_FIGURES = re.compile(r"\d+[a-zđ]?(?:\.\d+)?,?")
# "Quảng Ngãi, ngày |2 tháng 3 năm 2018"
_DATE = re.compile(
    r"""^\D{0,40}? \bng[àa]y \s* (?P<day> .{0,8}? )
        \s* th[áa]ng \s* (?P<month> .{0,8}? )
        \s* n[ăaä]m \s* (?P<year> [^;.,]{0,8} )$""",
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
    header = _Header.of(printed)
    printed = header.columns(_unstamped(printed, header))
    for line in _signature_last(printed, scanned.width):
        if _is_text(line) or (header.holds(line) and _NUMBERED.match(_text(line))):
            yield _doubted(line) if header.holds(line) else line


def _box(line: Sequence[Word]) -> Box:
    """The box of a line, in pixels and upside down; words of a stamp that reach beyond the line do not widen it."""
    return Box(
        left=line[0].left,
        right=line[-1].right,
        bottom=median(word.bottom for word in line),
        top=median(word.top for word in line),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """Where the header of a page stands: its right column starts with the motto at `edge`; all 0 without one."""

    edge: float = 0.0
    top: float = 0.0
    lowest: float = 0.0

    @classmethod
    def of(cls, printed: Sequence[list[Word]]) -> _Header:
        for line in printed:
            start = _motto(line)
            if start is not None:
                box = _box(line[start:])
                height = abs(box.height)
                return cls(edge=box.left, top=box.top - height, lowest=box.top + _HEADER_DEPTH * height)
        return cls()

    def holds(self, line: Sequence[Word]) -> bool:
        return self.top <= _box(line).middle <= self.lowest

    def columns(self, printed: Iterable[list[Word]]) -> list[list[Word]]:
        """The lines, those of the header with their two columns apart: the issuer's and the state's."""
        found: list[list[Word]] = []
        for line in printed:
            cut = _motto(line)
            if cut is None:
                across = self.holds(line) and line[0].left < self.edge < line[-1].right
                cut = _widest_gap(line, _COLUMNS) if across else 0
                # a title below crosses both columns, and may have its widest gap anywhere
                if cut and line[cut - 1].right > self.edge + abs(_box(line).height):
                    cut = 0
            found.extend(part for part in (line[:cut], line[cut:]) if part)
        return found


def _motto(line: Sequence[Word]) -> int | None:
    """The word at which the motto begins."""
    for start in range(len(line) - 1, -1, -1):
        if is_motto(_text(line[start : start + _MOTTO_WORDS])):
            # the name of the state in a sentence, or in a seal of the gazette
            return None if start and fold(line[start - 1].text) == "nuoc" else start
    return None


def _widest_gap(line: Sequence[Word], least: float) -> int:
    """The word before which the widest gap lies; 0 where none is as wide as so many heights of the line."""
    gaps = ((after.left - before.right, cut) for cut, (before, after) in enumerate(pairwise(line), start=1))
    gap, cut = max(gaps, default=(0, 0))
    return cut if gap > least * abs(_box(line).height) else 0


def _unstamped(printed: Sequence[list[Word]], header: _Header) -> list[list[Word]]:
    """The lines without a stamp that stands in the left margin and reaches into them, as stamps of arrival do.

    Its number and day are not the document's. A full line of which a stamp covers the beginning begins with "…".
    """
    full = [line for line in printed if len(line) >= _FULL]
    if len(full) < _PAGE:
        return list(printed)
    margin = sorted(line[0].left for line in full)[len(full) // 4]
    end = sorted(line[-1].right for line in full)[len(full) // 2]
    height = median(abs(_box(line).height) for line in full)
    first = _number_at(printed, header)
    outside = [line for line in printed if line[0].left < margin - _OUTSIDE * height and _box(line).middle > first]
    kept = list(printed)
    for stamp in _near(outside, _STAMP_GAP * height):
        parts = [line[: _widest_gap(line, 1.0) or len(line)] for line in stamp]
        if len(stamp) < _STAMP_LINES or _confidence([word for part in parts for word in part]) >= _STAMPED:
            continue
        reach = margin + _STAMP_REACH * (end - margin)
        edge = max((part[-1].right for part in parts if part[-1].right < reach), default=margin)
        top, bottom = min(_box(line).top for line in stamp), max(_box(line).bottom for line in stamp)
        covered = [line for line in kept if top <= _box(line).middle <= bottom]
        kept = [
            _uncovered(line, edge, end - height)
            if line in stamp or (line in covered and line[-1].right < edge)
            else line
            for line in kept
        ]
    return [line for line in kept if line]


def _uncovered(line: Sequence[Word], edge: float, full: float) -> list[Word]:
    """The words of a line that stand right of a stamp; a sign for those under it where the line fills its width."""
    left = [word for word in line if word.left + word.right > 2 * edge]
    while left and left[0].confidence < _UNDER:
        left.pop(0)
    if left and left[-1].right >= full:
        return [replace(left[0], text=ILLEGIBLE, right=left[0].left), *left]
    return left


def _number_at(printed: Sequence[list[Word]], header: _Header) -> float:
    """The line of a page that its number stands on: in the margin above it stands the issuer."""
    lines = (line for line in printed if header.holds(line) and _NUMBERED.match(_text(line)))
    line = next(lines, None)
    return _box(line).bottom if line else header.top + _ISSUER * (header.lowest - header.top)


def _near(lines: Iterable[list[Word]], gap: float) -> list[list[list[Word]]]:
    """The lines in groups that stand below one another without such a gap between them."""
    groups: list[list[list[Word]]] = []
    for line in sorted(lines, key=lambda line: _box(line).middle):
        if groups and _box(line).middle - _box(groups[-1][-1]).middle <= gap:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _signature_last(printed: Sequence[list[Word]], width: int) -> Iterator[list[Word]]:
    """The lines with the signature, which stands right of the recipients, after them."""
    start = next((at for at, line in enumerate(printed) if _RECIPIENTS.match(fold(_text(line)))), len(printed))
    yield from printed[:start]
    right: list[list[Word]] = []
    for line in printed[start:]:
        cut = _widest_gap(line, _COLUMNS)
        if cut and line[cut].left < _MIDDLE * width:
            cut = 0
        if line[0].left >= _MIDDLE * width:
            right.append(line)
            continue
        yield line[:cut] if cut else line
        if cut:
            right.append(line[cut:])
    yield from right


def _text(line: Sequence[Word]) -> str:
    return " ".join(word.text for word in line)


def _confidence(words: Sequence[Word]) -> float:
    """The mean of the words, by letters."""
    return sum(word.confidence * len(word.text) for word in words) / sum(len(word.text) for word in words)


def _is_text(line: Sequence[Word]) -> bool:
    """Whether enough of a line was read, or what was read are words."""
    if _confidence(line) >= _LEAST:
        return True
    counts = measure(_text(line))
    return counts.words > 2 and counts.vietnamese


def _doubted(line: list[Word]) -> list[Word]:
    """The line with those figures of its number or day that are in doubt made illegible."""
    text = _text(line)
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
        word.confidence >= (SURE if _FIGURES.fullmatch(word.text) else _SURE_TOGETHER)
        for start, word in _placed(line)
        if start < span[1] and span[0] < start + len(word.text)
    )


def _without(line: Sequence[Word], spans: Iterable[tuple[int, int]]) -> list[Word]:
    """The line with one sign in place of the characters of each of these spans."""
    letters = list(_text(line))
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
