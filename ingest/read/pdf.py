"""PDF: pypdf opens it and reads what stands beside the pages, PDFium reads the pages, scanned ones are recognised.

Measured over born-digital directives, letters and their places through PDFium cost a fifth of pypdf's text
and keep Vietnamese words whole ("c ứ", "s ố" with pypdf); the places put late-drawn headers and raised
figures where they are seen.
"""

from __future__ import annotations

import ctypes
import io
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from pypdf.errors import DependencyError, PyPdfError

from ingest.model import Source, Unreadable
from ingest.read import grid, layout, legacy, repair, ruling, scan
from ingest.read import ocr as recognition
from ingest.read.characters import normalise
from ingest.read.layout import Box, Glyph, Row, Stamp
from ingest.read.ocr import Ocr
from ingest.read.paging import Sheet, bind
from ingest.read.stamps import read_stamps
from ingest.read.vietnamese import Measure, measure

if TYPE_CHECKING:
    from ingest.read.picture import Picture

# PDFium may be used by one thread at a time in a process (its own documentation).
_PDFIUM = threading.Lock()

_PASSWORD = "tệp PDF được đặt mật khẩu; hãy mở khóa rồi nạp lại"
_DAMAGED = "tệp PDF bị hỏng hoặc bị cắt cụt, không đọc được trang nào; hãy lấy lại tệp gốc"
_SCAN = "tệp PDF chỉ có ảnh quét, chưa có lớp chữ"
_NO_TEXT = "tệp PDF không có chữ nào"
_UNSHOWN = "trang {number} bị hỏng, không hiện được; hãy lấy lại tệp gốc"
_WORTHLESS = "lớp chữ của tệp PDF không đọc được (nhận dạng sai hoặc lỗi phông)"

# A page with an image and fewer words is a scan; its words are a watermark or a signature.
_SCAN_WORDS = 15
_IMAGE_SHARE = 0.3
# A page without letters and with as many shapes has its letters drawn as shapes.
_OUTLINES = 200
_POINTS = 72
# Fewer words than this prove nothing about a text layer.
_PROOF = 20


def read(data: bytes, name: str, ocr: Ocr | None = None) -> Source:
    """The text of a PDF, page by page; with `ocr`, pages that are pictures of text are recognised.

    Raises `Unreadable` for locked files, for damaged ones of which no page is whole, and for scans that cannot be
    recognised. Of a damaged file the whole pages are read, with a warning.
    """
    with _quiet():
        document, reader, mended = _opened(data, name)
        try:
            with _PDFIUM:
                pages = [
                    _read_page(document, number, reader) if mended is None or number + 1 in mended.read else None
                    for number in range(len(document))
                ]
            if mended:
                pages = [
                    page
                    if page and (number in mended.whole or page.is_scan or repair.is_legible(page.measure))
                    else None
                    for number, page in enumerate(pages, start=1)
                ]
            pages = _joined(pages)
            title = _title(reader)
            sheets, warnings = _sheets(pages, document, data, name, ocr)
        finally:
            with _PDFIUM:
                document.close()
    cut = repair.is_cut(data)
    if cut or reader is None or mended is not None or any(page is None for page in pages):
        good = [number for number, page in enumerate(pages, start=1) if page is not None]
        total = max(len(pages), mended.pages if mended else 0)
        doubtful = [number for number in good if mended and number in mended.without_fonts]
        warnings.insert(0, _damage(good, total, doubtful, cut=cut))
    text, laid, places = bind(sheets)
    return Source(name=name, kind="pdf", text=text, pages=laid, title=title, warnings=tuple(warnings), places=places)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page's lines and what they measure, what is written on it, and whether the page is a picture.

    `blocks` are the lines before old fonts are decoded, with tables as such; none where PDFium's own lines are kept.
    `seen` is its visible part, as it is shown.
    """

    blocks: Sequence[grid.Block]
    rows: Sequence[Row]
    measure: Measure
    stamps: Sequence[Stamp]
    picture: bool
    seen: Box

    @property
    def sheet(self) -> Sheet:
        return Sheet(rows=self.rows, seen=self.seen)

    @property
    def is_scan(self) -> bool:
        """Its words are a watermark, a signature, or what another program recognised badly."""
        return self.picture and (self.measure.words < _SCAN_WORDS or self.is_worthless)

    @property
    def is_worthless(self) -> bool:
        return _is_worthless(self.measure)


def _is_worthless(counts: Measure) -> bool:
    """Whether so many words of a text layer should be Vietnamese, and are not."""
    return counts.words >= _PROOF and (not counts.vietnamese or counts.garbled) and not counts.other_language


def _opened(data: bytes, name: str) -> tuple[pypdfium2.PdfDocument, pypdf.PdfReader | None, repair.Mended | None]:
    """The document, pypdf's view of it, and how it was mended where it is damaged and could be."""
    mended = repair.mend(data) if repair.is_cut(data) else None
    with _PDFIUM:
        try:
            document = _open(mended.data if mended else data, name)
        except Unreadable as refusal:
            mended = repair.mend(data) if mended is None and refusal.reason == _DAMAGED else None
            if mended is None:
                raise
            document = _open(mended.data, name)
        return document, _beside(mended.data if mended else data, document), mended


def _damage(good: Sequence[int], total: int, doubtful: Sequence[int], *, cut: bool) -> str:
    """What a reader of a damaged file must know: which pages there are, and which were read without their fonts."""
    what = "tệp bị cắt cụt" if cut else "tệp bị hỏng"
    if len(good) == total:
        what += f": đọc được cả {total} trang, nhưng nội dung có thể thiếu"
    else:
        what += f": chỉ đọc được {len(good)} trong {total} trang ({scan.listed(good)})"
    if doubtful:
        what += f", {scan.listed(doubtful)} mất phông chữ nên có thể sai chữ"
    return f"{what}; hãy tải lại tệp gốc"


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable(name, _PASSWORD) from error
        raise Unreadable(name, _DAMAGED) from error
    if len(document) == 0:
        document.close()
        raise Unreadable(name, _DAMAGED)
    return document


def _beside(data: bytes, document: pypdfium2.PdfDocument) -> pypdf.PdfReader | None:
    """pypdf's view of the same file, None where it finds the file too damaged.

    A file locked against changes only is read through an unlocked copy.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if not reader.is_encrypted:
            len(reader.pages)
            return reader
    except DependencyError:
        pass
    # pypdf meets broken objects with errors of every kind
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError):
        return None
    try:
        unlocked = io.BytesIO()
        document.save(unlocked, flags=pdfium.FPDF_REMOVE_SECURITY)
        reader = pypdf.PdfReader(unlocked)
        len(reader.pages)
    except (
        PyPdfError, pypdfium2.PdfiumError, ValueError, TypeError, KeyError, AttributeError, IndexError,
        RecursionError, OSError,
    ):  # fmt: skip
        return None
    return reader


def _read_page(document: pypdfium2.PdfDocument, number: int, reader: pypdf.PdfReader | None) -> _Page | None:
    """The text of one page, None where PDFium cannot load it."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    try:
        text_page = page.get_textpage()
        rotation = page.get_rotation()
        glyphs = list(_glyphs(text_page))
        plain = text_page.get_text_range()
        stamps = _stamps(reader, number)
        picture = _is_picture(page, written=bool(plain.strip()))
        rules = ruling.rules(page)
        visible = page.get_bbox()
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()
    if rotation:
        glyphs = [(glyph[0], *_turned(glyph[1:], rotation)) for glyph in glyphs]
        stamps = [_turned_stamp(stamp, rotation) for stamp in stamps]
        rules = [_turned_box(rule, rotation) for rule in rules]
    blocks = grid.blocks(glyphs, stamps, rules)
    rows = grid.rows(blocks)
    printed = plain.splitlines()
    # text set along curves or on its side falls apart into letters: then PDFium's own lines are better
    if len(rows) > 2 * len(printed) + 10:
        blocks, rows = [], [Row(text=normalise(line).strip("\n")) for line in printed]
    rows = _decoded(rows)
    left, bottom, right, top = visible
    if rotation:
        left, right, bottom, top = _turned((left, right, bottom, top), rotation)
    return _Page(
        blocks=blocks,
        rows=rows,
        measure=measure("\n".join(row.text for row in rows)),
        stamps=stamps,
        picture=picture,
        seen=Box(left=left, right=right, bottom=bottom, top=top),
    )


def _decoded(rows: Sequence[Row]) -> list[Row]:
    """Fonts before Unicode have no map to it. Rows that a stamp of several lines keeps apart lose their boxes."""
    lines = legacy.decode("\n".join(row.text for row in rows)).text.split("\n")
    if len(rows) != len(lines):
        return [Row(text=line) for line in lines]
    return [replace(row, text=line) for row, line in zip(rows, lines, strict=True)]


def _joined(pages: Sequence[_Page | None]) -> list[_Page | None]:
    """The pages with tables that run over several of them put together."""
    joined: list[_Page | None] = []
    heading: grid.Rows = []
    for page in pages:
        above = joined[-1] if joined else None
        found = grid.continued(above.blocks, page.blocks, heading) if above and page else None
        if above and page and found:
            joined[-1], page = (
                replace(old, blocks=blocks, rows=_decoded(grid.rows(blocks)))
                for old, blocks in zip((above, page), found, strict=True)
            )
        if page and (not found or sum(isinstance(block, grid.Table) for block in page.blocks) > 1):
            heading = grid.heading(page.blocks)
        joined.append(page)
    return joined


def _glyphs(text_page: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    """The letters in drawing order with their loose boxes (font height), and the spaces between words."""
    raw = text_page.raw
    count = text_page.count_chars()
    text = text_page.get_text_range()
    if len(text) != count:
        text = "".join(chr(pdfium.FPDFText_GetUnicode(raw, index)) for index in range(count))
    rectangle = pdfium.FS_RECTF()
    reference = ctypes.byref(rectangle)
    measure_box = pdfium.FPDFText_GetLooseCharBox
    for index, character in enumerate(text):
        if character in "\r\n\x00":
            yield (layout.GUESSED_SPACE, 0.0, 0.0, 0.0, 0.0)
        elif character in " \t\xa0":
            guessed = pdfium.FPDFText_IsGenerated(raw, index) == 1
            yield (layout.GUESSED_SPACE if guessed else " ", 0.0, 0.0, 0.0, 0.0)
        elif measure_box(raw, index, reference):
            # PDFium marks a hyphen at the end of a line with this non-character
            shown = "-" if character in "\ufffe\x02" else character
            yield (shown, rectangle.left, rectangle.right, rectangle.bottom, rectangle.top)


def _is_picture(page: pypdfium2.PdfPage, *, written: bool) -> bool:
    """Whether images cover a good part of the page (some scanners cut it into strips), or shapes stand for letters."""
    width, height = page.get_size()
    covered = 0.0
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        covered += (right - left) * (top - bottom)
    if covered >= _IMAGE_SHARE * width * height:
        return True
    return not written and sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)) > _OUTLINES


def _stamps(reader: pypdf.PdfReader | None, number: int) -> list[Stamp]:
    if reader is None:
        return []
    try:
        return read_stamps(reader.pages[number])
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return []


def _turned(box: tuple[float, float, float, float], rotation: int) -> tuple[float, float, float, float]:
    """A box (left, right, bottom, top) as seen on a page that is shown rotated clockwise."""
    left, right, bottom, top = box
    if rotation == 90:
        return bottom, top, -right, -left
    if rotation == 180:
        return -right, -left, -top, -bottom
    return -top, -bottom, left, right


def _turned_stamp(stamp: Stamp, rotation: int) -> Stamp:
    return replace(stamp, box=_turned_box(stamp.box, rotation))


def _turned_box(box: Box, rotation: int) -> Box:
    left, right, bottom, top = _turned((box.left, box.right, box.bottom, box.top), rotation)
    return Box(left=left, right=right, bottom=bottom, top=top)


def _sheets(
    pages: Sequence[_Page | None], document: pypdfium2.PdfDocument, data: bytes, name: str, ocr: Ocr | None
) -> tuple[list[Sheet], list[str]]:
    """The lines of every page, and warnings. Raises `Unreadable` where no page has words that can be used."""
    if not any(pages):
        raise Unreadable(name, _DAMAGED)
    sheets = [page.sheet if page else Sheet() for page in pages]
    written = _sum(page.measure for page in pages if page is not None and not page.is_scan)
    trusted = written.words > 0 and not _is_worthless(written)
    scans = {n: page for n, page in enumerate(pages, start=1) if page is not None and _is_unread(page, trusted)}
    if not scans and not trusted:
        raise Unreadable(name, _NO_TEXT)
    missing = recognition.missing(ocr) if scans else None
    if missing is not None and not trusted:
        worthless = any(page.measure.words >= _PROOF for page in scans.values())
        raise Unreadable(name, f"{_WORTHLESS if worthless else _SCAN}; {missing}, hoặc nạp bản gốc .docx")
    if ocr is None or missing is not None or not scans:
        return sheets, _unread([number for number, page in scans.items() if page.is_scan], missing)
    recognised = recognition.recognise(data, name, list(scans), partial(_render, document, name), ocr)
    for number, page in scans.items():
        beside = scan.Beside(left=page.seen.left, bottom=page.seen.bottom, stamps=page.stamps)
        sheets[number - 1] = scan.sheet(recognised[number], beside)
    if not trusted:
        scan.require_vietnamese([sheet.text for sheet in sheets], name)
    return sheets, scan.warnings(recognised)


def _is_unread(page: _Page, trusted: bool) -> bool:
    """Whether the page must be recognised; of a file whose text layer cannot be trusted, every page that has words."""
    return (
        page.is_scan
        or (page.measure.words >= _PROOF and page.measure.garbled)
        or (not trusted and page.measure.words > 0)
    )


def _unread(scans: Sequence[int], missing: str | None) -> list[str]:
    if not scans:
        return []
    return [f"{scan.listed(scans)} chỉ có ảnh quét, chưa có lớp chữ: nội dung các trang này bị thiếu; {missing}"]


def _render(document: pypdfium2.PdfDocument, name: str, number: int) -> tuple[Picture, float]:
    """The picture of a page without what was written on it later, which is read by itself."""
    from ingest.read import picture

    with _PDFIUM:
        try:
            page = document[number - 1]
            width, height = page.get_size()
            scale = picture.scale(width, height, scanned=_scanned_at(page))
            bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False, draw_annots=False)
            return picture.grey(bitmap.to_pil()), scale * _POINTS
        except pypdfium2.PdfiumError as error:
            raise Unreadable(name, _UNSHOWN.format(number=number)) from error


def draw(data: bytes, name: str, number: int, *, width: int, longest: int, sideways: bool = False) -> Picture:
    """A page as people see it, with what was written on it later: so many pixels wide, or high where it is to be
    turned `sideways`, and less where its long side would have more than `longest`. Raises `Unreadable`.
    """
    with _PDFIUM:
        document = _open(data, name)
        try:
            document.init_forms()  # numbers and days filled in on signing are fields of forms
            page = document[number - 1]
            wide, high = (max(side, 1.0) for side in page.get_size())
            scale = min(width / (high if sideways else wide), longest / max(wide, high))
            drawn: Picture = page.render(scale=scale, rev_byteorder=True).to_pil()
            return drawn.convert("RGB")
        except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
            raise Unreadable(name, _UNSHOWN.format(number=number)) from error
        finally:
            document.close()


def _scanned_at(page: pypdfium2.PdfPage) -> float | None:
    """Dots per inch of the largest picture on a page."""
    sizes = []
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if right > left and top > bottom:
            sizes.append(((right - left) * (top - bottom), image.get_px_size()[0] * _POINTS / (right - left)))
    return max(sizes)[1] if sizes else None


def _sum(measures: Iterator[Measure]) -> Measure:
    words = syllables = marked = marked_syllables = english = 0
    for counts in measures:
        words += counts.words
        syllables += counts.syllables
        marked += counts.marked
        marked_syllables += counts.marked_syllables
        english += counts.english
    return Measure(words=words, syllables=syllables, marked=marked, marked_syllables=marked_syllables, english=english)


def _title(reader: pypdf.PdfReader | None) -> str | None:
    """The title among the properties, unless a legacy font or a template garbled it ("ñy ban nh©n d©n")."""
    try:
        title = None if reader is None or reader.metadata is None else reader.metadata.title
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    text = normalise(title).strip() if title else ""
    return text if text and measure(text).vietnamese else None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps what pypdf and qpdf remark on odd files out of the log: what matters of it is in `Source.warnings`."""
    loggers = [logging.getLogger(name) for name in ("pypdf", "pikepdf")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
