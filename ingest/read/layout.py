"""Where letters stand on a page → lines in reading order.

A PDF draws letters in an order of its own: tables cell by cell, headers sometimes after the body. Lines keep
the drawing order, which holds cells together, except where a block is drawn late and stands above others.
Coordinates are PDF points, y growing upwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median, median_low
from unicodedata import combining

from ingest.read.marks import raised
from ingest.read.tables import is_motto
from ingest.read.vietnamese import is_syllable

Glyph = tuple[str, float, float, float, float]
"""A character with its left, right, bottom and top. Spaces need no place."""

_FIRST_MARK = "\u02ff"

GUESSED_SPACE = "\n"
"""A space or line end that the reader of the file guessed from distances; it is checked again here."""

LINE_END = "\r"
"""The end of a line or of a column that the reader of the file is sure of: what follows stands by itself."""

# All in heights of the line.
_SAME_LINE = 0.5  # overlap of a letter with its line
_BACK = 0.5  # a letter may start this far left of the end of the one before it
_COLUMN_GAP = 4.0  # wider than any space in justified text
_TIGHT = 0.04  # letters of one word do not stand further apart
_LIKELY_SPACE = 0.05  # where a space is guessed, letters stand at least this far apart
_RAISED = 0.8  # figures smaller than this share of their line are raised
_LIFTED = 0.1  # and stand this far above where the letters stand
_RAISED_OVERLAP = 0.25  # overlap of a raised figure with its line
_RAISED_REACH = 0.4  # a raised figure stands this close to the letter before it
_PARAGRAPH = 1.7  # distance of lines, in usual distances, that shows as an empty line
_CROSSING = 40.0  # points by which a line must reach over the edge of a column to cross it
_FIGURE = 4.0  # points that a figure of a stamp needs at least
_MARK_REACH = 40  # letters back to which a mark drawn late may belong
_HEADER_DEPTH = 16.0  # heights below the motto within which header cells stand


# "Số: 12/KH-UBND", "Luật số: 36/2013/QH13"
_NUMBER = re.compile(r"(?:\w+\s+){0,2}số\s*:", re.IGNORECASE)

# "Kính gửi:" ends the header of a letter
_ADDRESS = re.compile(r"kính\s+gửi", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in points."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Words that stand on a page without being drawn with it: a number filled in on signing, a note.

    `filled` words belong into a gap of a printed line or nowhere.
    """

    text: str
    box: Box
    filled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Words that stand together on one line, with the gaps (left, right, index into `text`) inside it."""

    text: str
    box: Box
    gaps: tuple[tuple[float, float, int], ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of text and the box around it; an empty line has none."""

    text: str
    box: Box | None = None


def lines(glyphs: Iterable[Glyph], stamps: Sequence[Stamp] = ()) -> list[str]:
    """The lines of a page; an empty line stands where the page leaves room between paragraphs."""
    return [row.text for row in rows(glyphs, stamps)]


def rows(glyphs: Iterable[Glyph], stamps: Sequence[Stamp] = ()) -> list[Row]:
    """The lines of a page with their boxes."""
    parts = [_part(run) for run in _runs(glyphs)]
    for stamp in stamps:
        parts = _stamped(parts, stamp)
    ordered = _headers_by_column(_in_order(parts))
    return _spaced(ordered)


def _runs(glyphs: Iterable[Glyph]) -> Iterable[list[Glyph]]:
    """Splits the drawn letters where the line ends, and at gaps as wide as between columns."""
    run: list[Glyph] = []
    bottom = top = end = 0.0
    guessed = False
    for glyph in glyphs:
        character, left, right, low, high = glyph
        if character == GUESSED_SPACE:
            guessed = True
            continue
        if character == LINE_END:
            if run:
                yield run
                run = []
            continue
        if character == " ":
            if run:
                run.append(glyph)
            continue
        if character > _FIRST_MARK and combining(character):
            _set_mark(run, glyph)
            continue
        height = top - bottom
        overlap = min(top, high) - max(bottom, low)
        # what goes on just where the line is may be raised almost off it
        needed = _RAISED_OVERLAP if abs(left - end) < _RAISED_REACH * height else _SAME_LINE
        if run and (
            overlap < needed * min(height, high - low)
            or left < end - _BACK * height
            or (left - end > _COLUMN_GAP * height and character not in "/-")
        ):
            yield run
            run = []
        elif run and guessed and left - end > _LIKELY_SPACE * height:
            run.append((" ", end, left, low, high))
        guessed = False
        if not run or high - low > height:
            bottom, top = low, high
        run.append(glyph)
        end = right
    if run:
        yield run


def _set_mark(run: list[Glyph], mark: Glyph) -> None:
    """Puts a mark that is drawn by itself, often late, onto the letter that it stands over or under."""
    middle = (mark[1] + mark[2]) / 2
    for index in range(len(run) - 1, max(len(run) - _MARK_REACH, 0) - 1, -1):
        character, left, right, low, high = run[index]
        if character != " " and left <= middle <= right:
            run[index] = (character + mark[0], left, right, low, high)
            return


def _part(run: Sequence[Glyph]) -> Part:
    solid = [glyph for glyph in run if glyph[0] != " "]
    tallest = max(solid, key=lambda glyph: glyph[4] - glyph[3])
    box = Box(
        left=solid[0][1],
        right=max(glyph[2] for glyph in solid),
        bottom=tallest[3],
        top=tallest[4],
    )
    words: list[list[Glyph]] = [[]]
    for glyph in run:
        if glyph[0] != " ":
            words[-1].append(glyph)
        elif words[-1]:
            words.append([])
    words = _respaced([word for word in words if word], box.height)
    text = ""
    gaps: list[tuple[float, float, int]] = []
    for before, word in pairwise([[], *words]):
        if before:
            gaps.append((before[-1][2], word[0][1], len(text)))
            text += " "
        text += _spelled(word, text, box, solid)
    return Part(text=text, box=box, gaps=tuple(gaps))


def _respaced(words: list[list[Glyph]], height: float) -> list[list[Glyph]]:
    """Mends spaces that the file lost or made: "BỘKHOA" is two syllables, "ĐIỀ U" is one."""
    split = [part for word in words for part in _split(word, height)]
    joined: list[list[Glyph]] = []
    for word in split:
        if joined and _belong_together(joined[-1], word, height):
            joined[-1] = joined[-1] + word
        else:
            joined.append(word)
    return joined


def _split(word: list[Glyph], height: float) -> list[list[Glyph]]:
    if len(word) < 4:
        return [word]
    for index in range(2, len(word) - 1):
        gap = word[index][1] - word[index - 1][2]
        if gap > _TIGHT * height:
            left, right = _letters(word[:index]), _letters(word[index:])
            if (
                left.isalpha()
                and not is_syllable(left + right)
                and is_syllable(left)
                and any(is_syllable(part) for part in (right, *_alphabetic(right)))
            ):
                return [word[:index], *_split(word[index:], height)]
    return [word]


def _alphabetic(text: str) -> list[str]:
    return re.findall(r"^[^\W\d_]+", text)


def _belong_together(left: list[Glyph], right: list[Glyph], height: float) -> bool:
    first, second = _letters(left), _letters(right)
    return (
        first.isalpha()
        and second.isalpha()
        and right[0][1] - left[-1][2] < _TIGHT * height
        and not (is_syllable(first) and is_syllable(second))
        and is_syllable(first + second)
    )


def _letters(word: Sequence[Glyph]) -> str:
    return "".join(glyph[0] for glyph in word)


def _spelled(word: Sequence[Glyph], before: str, box: Box, line: Sequence[Glyph]) -> str:
    """The characters of a word; raised figures as footnote marks."""
    letters = _letters(word)
    if not any(figure in letters for figure in "0123456789"):
        return letters
    text = before
    figures = ""
    for character, _, _, bottom, top in word:
        small = character.isdigit() and top - bottom < _RAISED * box.height and (bottom + top) / 2 > box.middle
        # the boxes of some programs fit each letter: then a line with marks over and under is higher than its figures
        if small and bottom - median_low(glyph[3] for glyph in line) > _LIFTED * box.height:
            figures += character
            continue
        text += raised(figures, text) + character
        figures = ""
    return (text + raised(figures, text))[len(before) :]


def _stamped(parts: list[Part], stamp: Stamp) -> list[Part]:
    """Puts a stamp into the first gap of a line that it covers and that has room for it."""
    room = _FIGURE * len(stamp.text)
    for index, part in enumerate(parts):
        if not stamp.box.bottom <= part.box.middle <= stamp.box.top:
            continue
        for left, right, place in part.gaps:
            if right - left >= room and _covers(stamp.box, left, right):
                text = f"{part.text[:place]} {stamp.text} {part.text[place:].lstrip()}"
                grown = len(text) - len(part.text)
                gaps = tuple((a, b, at + grown if at > place else at) for a, b, at in part.gaps if at != place)
                return [*parts[:index], replace(part, text=text, gaps=gaps), *parts[index + 1 :]]
    if stamp.filled:
        return parts
    return [*parts, *_note(stamp)]


def _covers(box: Box, left: float, right: float) -> bool:
    """Whether a box and a gap share most of the narrower of the two."""
    shared = min(box.right, right) - max(box.left, left)
    return shared >= 0.5 * min(box.right - box.left, right - left)


def _note(stamp: Stamp) -> list[Part]:
    written = [line.strip() for line in stamp.text.split("\n") if line.strip()]
    height = stamp.box.height / max(len(written), 1)
    return [
        Part(
            text=line,
            box=replace(stamp.box, top=stamp.box.top - number * height, bottom=stamp.box.top - (number + 1) * height),
        )
        for number, line in enumerate(written)
    ]


def _in_order(parts: Sequence[Part]) -> list[Part]:
    """Drawing order, except that a block drawn after words that stand below it goes before them."""
    ordered: list[Part] = []
    before: list[Part] = []
    after_before = 0
    for block in _falling(parts):
        next_cell = bool(before) and _is_beside(before, block)
        place = after_before if next_cell else _place(ordered, block)
        # the block may reach down past the words that it was drawn after
        floor = ordered[place].box.top if place < len(ordered) else float("-inf")
        above = [part for part in block if part.box.middle > floor]
        ordered[place:place] = above
        ordered.extend(part for part in block if part.box.middle <= floor)
        before, after_before = block, place + len(above)
    return ordered


def _is_beside(left: Sequence[Part], right: Sequence[Part]) -> bool:
    """Whether a block stands to the right of another, at least partly on its height."""
    return (
        max(part.box.right for part in left) <= min(part.box.left for part in right)
        and right[0].box.top > left[-1].box.bottom
        and right[-1].box.bottom < left[0].box.top
    )


def _place(ordered: Sequence[Part], block: Sequence[Part]) -> int:
    """Before the first words that stand below the block's first line and not in another column."""
    top = block[0].box
    left, right = min(part.box.left for part in block), max(part.box.right for part in block)
    for index, part in enumerate(ordered):
        below = part.box.top <= top.bottom + 0.3 * top.height
        if below and min(part.box.right, right) > max(part.box.left, left):
            return index
    return len(ordered)


def _falling(parts: Sequence[Part]) -> Iterable[list[Part]]:
    """Stretches of the drawing order that run down the page."""
    block: list[Part] = []
    for part in parts:
        if block and part.box.middle > block[-1].box.top:
            yield block
            block = []
        block.append(part)
    if block:
        yield block


def _headers_by_column(parts: list[Part]) -> list[Part]:
    """Reads the left column of a header before the right one, which starts with the motto."""
    ordered = parts
    for motto in [part for part in parts if is_motto(part.text) and part.box.left > _leftmost(parts) + 100]:
        ordered = _header(ordered, motto)
    return ordered


def _leftmost(parts: Sequence[Part]) -> float:
    return min(part.box.left for part in parts)


def _header(parts: list[Part], motto: Part) -> list[Part]:
    edge = motto.box.left
    lowest = motto.box.bottom - _HEADER_DEPTH * motto.box.height
    highest = motto.box.top + motto.box.height
    pieces = [piece for part in parts for piece in _number_and_date(part, edge)]
    near = [piece for piece in pieces if lowest <= piece.box.middle <= highest]
    columns: list[Part] = []
    for part in sorted(near, key=lambda part: -part.box.middle):
        crosses = part.box.left < edge - _CROSSING and part.box.right > edge + _CROSSING
        if part.box.middle < motto.box.bottom and (crosses or _ADDRESS.match(part.text)):
            break
        if not crosses:
            columns.append(part)
    left = [part for part in columns if part.box.left + part.box.right < 2 * edge]
    # what stands beside the motto makes a header; a title that quotes the motto's words stands alone
    if not any(part.box.top > motto.box.bottom - motto.box.height for part in left):
        return parts
    right = [part for part in columns if part.box.left + part.box.right >= 2 * edge]
    chosen = {id(part) for part in columns}
    first = next(index for index, piece in enumerate(pieces) if id(piece) in chosen)
    rest = [piece for piece in pieces if id(piece) not in chosen]
    return [*rest[:first], *left, *right, *rest[first:]]


def _number_and_date(part: Part, edge: float) -> list[Part]:
    """Parts "Số: 565/TB-UBND    Quảng Ngãi, ngày 15 ..." at the widest gap, when they cross the edge."""
    if not (_NUMBER.match(part.text) and part.box.left < edge < part.box.right and part.gaps):
        return [part]
    left, right, place = max(part.gaps, key=lambda gap: gap[1] - gap[0])
    if right - left < part.box.height:
        return [part]
    return [
        Part(text=part.text[:place].rstrip(), box=replace(part.box, right=left)),
        Part(text=part.text[place:].lstrip(), box=replace(part.box, left=right)),
    ]


def _spaced(parts: Sequence[Part]) -> list[Row]:
    """Lines of text: parts of one row joined by a bar, empty lines where the page leaves room."""
    drops = [
        above.box.middle - below.box.middle
        for above, below in pairwise(parts)
        if above.box.middle - below.box.middle > 0.5 * below.box.height
    ]
    usual = median(drops) if drops else 0.0
    written: list[Row] = []
    for number, part in enumerate(parts):
        before = parts[number - 1] if number else None
        if before is not None and _same_row(before, part):
            gap = part.box.left - before.box.right
            between = " | " if gap > _COLUMN_GAP * part.box.height else " "
            written[-1] = Row(text=written[-1].text + between + part.text, box=_around(written[-1].box, part.box))
            continue
        if before is not None and before.box.middle - part.box.middle > _PARAGRAPH * usual:
            written.append(Row(text=""))
        written.append(Row(text=part.text, box=part.box))
    return written


def _around(first: Box | None, second: Box) -> Box:
    if first is None:
        return second
    return Box(
        left=min(first.left, second.left),
        right=max(first.right, second.right),
        bottom=min(first.bottom, second.bottom),
        top=max(first.top, second.top),
    )


def _same_row(left: Part, right: Part) -> bool:
    if left.box.right > right.box.left + _BACK * right.box.height or is_motto(right.text):
        return False
    overlap = min(left.box.top, right.box.top) - max(left.box.bottom, right.box.bottom)
    return overlap > _SAME_LINE * min(left.box.height, right.box.height)
