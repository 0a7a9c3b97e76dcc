"""Tables as lines: a row of data is one line, a row that only lays out a header is read cell by cell.

Under Nghị định 30/2020/NĐ-CP, Phụ lục I, issuer and number stand on the left, motto and date on the right;
Word users build that, and the pair of recipients and signature, as tables without borders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.text import fold, old_tones

Cell = Sequence[str]
"""The lines of one cell."""

_SPACE = re.compile(r"\s+")

_MOTTO = "conghoaxahoichunghia"
_MOTTO_WORDS = re.compile(r"độclập\W*tựdo\W*hạnhphúc")

# "Số: 12/KH-UBND", "Luật số: 17/2023/QH15", "Hà Nội, ngày 05 tháng 3 năm 2020"
_NUMBER_OR_DATE = re.compile(r"(?:^|\s)số\s*:|ngày\b.{0,12}tháng\b.{0,12}năm", re.IGNORECASE)

# the column of recipients beside the signature: "Nơi nhận:", "Nơi gửi:"
_RECIPIENTS = re.compile(r"^\W*nơi\s+(?:nhận|gửi)\b", re.IGNORECASE)

# "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "TL. BỘ TRƯỞNG", "TUQ. GIÁM ĐỐC"
_SIGNATURE = re.compile(r"^\W*(?:TM|KT|TL|TUQ|Q)\s*\.\s*\w")

# Columns set with tabs or a run of spaces: "ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_COLUMN_GAP = re.compile(r"\t+| {4,}")
_TABBED_HEAD, _TABBED_END = 8, 30  # lines of a head and of a signature beside the recipients
_TABBED_WIDTH = 110  # a longer line is a paragraph


def is_motto(text: str) -> bool:
    """Whether a text holds the national motto's first line, in any case, spacing and marks (recognition loses some)."""
    return _MOTTO in _SPACE.sub("", fold(text))


def has_motto_words(text: str) -> bool:
    """Whether a text holds the motto's second line, "Độc lập - Tự do - Hạnh phúc", which no body quotes."""
    return _MOTTO_WORDS.search(_SPACE.sub("", old_tones(text).lower())) is not None


def lines(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """The lines of a table, top to bottom."""
    return [line for row in by_row(rows) for line in row]


def by_row(rows: Iterable[Sequence[Cell]]) -> Iterator[list[str]]:
    """The lines of each row: none for an empty one."""
    header = False
    for row in rows:
        cells = [tuple(line.strip() for line in cell if line.strip()) for cell in row]
        filled = [cell for cell in cells if cell]
        if not filled:
            yield []
            continue
        joined = [" ".join(cell) for cell in filled]
        starts_header = any(is_motto(text) for text in joined)
        header = starts_header or (header and any(_NUMBER_OR_DATE.search(text) for text in joined))
        if len(filled) == 1 or header or _lays_out(filled):
            yield [line for cell in filled for line in cell]
        else:
            yield [" | ".join(" ".join(cell) for cell in _trimmed(cells))]


def _lays_out(cells: Sequence[Cell]) -> bool:
    return len(cells) <= 3 and any(
        _RECIPIENTS.match(cell[0]) or (len(cell) > 1 and _SIGNATURE.match(cell[0])) for cell in cells
    )


def _trimmed(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Without the empty cells at the end; those before keep the columns in place."""
    last = max(index for index, cell in enumerate(cells) if cell)
    return cells[: last + 1]


def untab(lines: Sequence[str]) -> list[str]:
    """The head and the signature where two columns were set with tabs: the left column, then the right one."""
    pieces = [_COLUMN_GAP.split(line.rstrip()) for line in lines]
    written: list[str] = []
    at = 0
    while at < len(lines):
        end = _tabbed_end(pieces, at)
        if end is None:
            written.append(lines[at])
            at += 1
            continue
        block = pieces[at:end]
        written += [row[0].strip() for row in block if row[0].strip()]
        written += [" ".join(row[1:]).strip() for row in block if len(row) > 1 and any(row[1:])]
        at = end
    return written


def _is_of_a_head(text: str) -> bool:
    return has_motto_words(text) or _NUMBER_OR_DATE.search(text) is not None


def _tabbed_end(pieces: Sequence[Sequence[str]], at: int) -> int | None:
    """Where a block of two columns that opens here ends; None where none opens."""
    first = pieces[at]
    if len(first) < 2 or not first[0]:
        return None
    if any(is_motto(piece) for piece in first[1:]):
        rows = range(at, min(at + _TABBED_HEAD, len(pieces)))
        return 1 + max(i for i in rows if i == at or any(map(_is_of_a_head, pieces[i][1:])))
    if _RECIPIENTS.match(first[0]) and first[1].isupper():
        rows = range(at, min(at + _TABBED_END, len(pieces)))
        return next((i for i in rows if sum(map(len, pieces[i])) > _TABBED_WIDTH), rows[-1] + 1)
    return None
