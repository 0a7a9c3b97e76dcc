"""Recognised pages as text, and what people should know of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest import misreadings
from ingest.model import Unreadable
from ingest.read import layout, recognised
from ingest.read.layout import Box, Row, Stamp
from ingest.read.ocr import Scanned
from ingest.read.paging import Sheet
from ingest.read.vietnamese import Measure, measure

POOR = 80.0
"""Mean confidence below which a page is said to be read badly: good scans have 90 and more."""

_POINTS = 72.0
_PROOF = 20  # fewer words prove nothing
_UNREADABLE = (
    "ảnh quét không nhận dạng được thành chữ tiếng Việt (ảnh mờ, quá nhỏ hoặc chữ viết tay); "
    "hãy quét lại ở độ phân giải 300 dpi hoặc nạp bản gốc .docx"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a file holds beside the picture of a page: where the page begins, and what is written on it."""

    left: float = 0.0
    bottom: float = 0.0
    stamps: Sequence[Stamp] = ()


def text(page: Scanned, beside: Beside) -> str:
    """The lines of a page, as `layout` gives those of a PDF, with words that were misread as they were meant."""
    return sheet(page, beside).text


def sheet(page: Scanned, beside: Beside) -> Sheet:
    """The lines of a page with their places, upright and level as it was read.

    The page is the source here: what Tesseract made of a misread word stays with what was recognised (`Scanned`).
    """
    # what is written on a page that lies on its side cannot be placed among its lines
    stamps = () if page.turned else beside.stamps
    width, height = (pixels * _POINTS / page.resolution for pixels in (page.width, page.height))
    rows = layout.rows(recognised.glyphs(page, left=beside.left, bottom=beside.bottom), stamps)
    return Sheet(
        rows=_meant(rows),
        seen=Box(left=beside.left, right=beside.left + width, bottom=beside.bottom, top=beside.bottom + height),
        turned=page.turned - (page.slope or 0.0),
    )


def _meant(rows: Sequence[Row]) -> list[Row]:
    """The same rows as they were meant; a word may go on in the next one."""
    lines = misreadings.recognised("\n".join(row.text for row in rows)).split("\n")
    if len(lines) != len(rows):
        return [Row(text=line) for line in lines]
    return [replace(row, text=line) for row, line in zip(rows, lines, strict=True)]


def warnings(pages: Mapping[int, Scanned]) -> list[str]:
    """A sentence about the pages that were read badly."""
    poor = [number for number, page in sorted(pages.items()) if _is_poor(page)]
    if not poor:
        return []
    confidence = min(pages[number].confidence for number in poor)
    return [
        f"{listed(poor)} nhận dạng kém (độ tin cậy từ {confidence:.0f} %): chữ có thể sai, hãy đối chiếu với bản gốc"
    ]


def require_vietnamese(texts: Collection[str], name: str) -> None:
    """Raises `Unreadable` where what was recognised in a whole file is no text."""
    counts = measure("\n".join(texts))
    if not counts.words or _is_noise(counts):
        raise Unreadable(name, _UNREADABLE)


def listed(pages: Sequence[int]) -> str:
    """ "trang 2", "trang 1–3, 7"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    shown = (str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return f"trang {', '.join(shown)}"


def _is_poor(page: Scanned) -> bool:
    return bool(page.words) and (page.confidence < POOR or _is_noise(page.measure))


def _is_noise(counts: Measure) -> bool:
    return counts.words >= _PROOF and (not counts.vietnamese or counts.garbled) and not counts.other_language
