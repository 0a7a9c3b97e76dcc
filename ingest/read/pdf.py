"""PDF with a text layer: pypdf opens it and reads what stands beside the pages, PDFium reads the pages.

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

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from pypdf.errors import DependencyError, PyPdfError

from ingest.model import Source, Unreadable
from ingest.read import layout, legacy
from ingest.read.characters import normalise
from ingest.read.layout import Box, Glyph, Stamp
from ingest.read.paging import lay
from ingest.read.stamps import read_stamps
from ingest.read.vietnamese import Measure, measure

# PDFium may be used by one thread at a time in a process (its own documentation).
_PDFIUM = threading.Lock()

_PASSWORD = "tệp PDF được đặt mật khẩu; hãy mở khóa rồi nạp lại"
_DAMAGED = "tệp PDF bị hỏng hoặc bị cắt cụt, không đọc được trang nào; hãy lấy lại tệp gốc"
_SCAN = "tệp PDF chỉ có ảnh quét, chưa có lớp chữ; hãy nhận dạng chữ (OCR) hoặc nạp bản gốc .docx"
_NO_TEXT = "tệp PDF không có chữ nào"
_WORTHLESS = (
    "lớp chữ của tệp PDF không đọc được (nhận dạng sai hoặc lỗi phông); hãy nhận dạng lại hoặc nạp bản gốc .docx"
)

# A page with an image and fewer words is a scan; its words are a watermark or a signature.
_SCAN_WORDS = 15
_IMAGE_SHARE = 0.3
# Fewer words than this in a whole file prove nothing about its text layer.
_PROOF = 20


def read(data: bytes, name: str) -> Source:
    """The text of a PDF, page by page. Raises `Unreadable` for locked, damaged and scanned files."""
    with _quiet_pypdf(), _PDFIUM:
        document = _open(data, name)
        try:
            reader = _beside(data, document)
            pages = [_read_page(document, number, reader) for number in range(len(document))]
        finally:
            document.close()
        title = _title(reader)
    warnings = _judge(pages, name)
    if reader is None or not _ends_well(data) or any(page is None for page in pages):
        good = sum(page is not None for page in pages)
        warnings.insert(0, f"tệp hỏng, đã đọc được {good}/{len(pages)} trang; nội dung có thể thiếu")
    text, laid = lay("\n".join(page.lines) if page else "" for page in pages)
    return Source(name=name, kind="pdf", text=text, pages=laid, title=title, warnings=tuple(warnings))


class _PageText:
    """A page's lines, what they measure, and whether the page is a picture."""

    __slots__ = ("lines", "measure", "picture")

    def __init__(self, lines: Sequence[str], picture: bool) -> None:
        text = legacy.decode("\n".join(lines)).text  # fonts before Unicode have no map to it
        self.lines = text.split("\n")
        self.measure = measure(text)
        self.picture = picture

    @property
    def is_scan(self) -> bool:
        return self.picture and self.measure.words < _SCAN_WORDS


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


def _read_page(document: pypdfium2.PdfDocument, number: int, reader: pypdf.PdfReader | None) -> _PageText | None:
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
        picture = _is_picture(page)
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()
    if rotation:
        glyphs = [(glyph[0], *_turned(glyph[1:], rotation)) for glyph in glyphs]
        stamps = [_turned_stamp(stamp, rotation) for stamp in stamps]
    lines = layout.lines(glyphs, stamps)
    printed = plain.splitlines()
    # text set along curves or on its side falls apart into letters: then PDFium's own lines are better
    if len(lines) > 2 * len(printed) + 10:
        lines = [normalise(line).strip("\n") for line in printed]
    return _PageText(lines, picture)


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


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether an image covers a good part of the page."""
    width, height = page.get_size()
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) >= _IMAGE_SHARE * width * height:
            return True
    return False


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
    box = stamp.box
    left, right, bottom, top = _turned((box.left, box.right, box.bottom, box.top), rotation)
    turned = Box(left=left, right=right, bottom=bottom, top=top)
    return Stamp(text=stamp.text, box=turned, filled=stamp.filled)


def _judge(pages: Sequence[_PageText | None], name: str) -> list[str]:
    """Warnings about pages without words. Raises `Unreadable` where no page has words that can be used."""
    read = [page for page in pages if page is not None]
    if not read:
        raise Unreadable(name, _DAMAGED)
    written = [page for page in read if not page.is_scan]
    if not any(page.measure.words for page in written):
        raise Unreadable(name, _SCAN if len(written) < len(read) else _NO_TEXT)
    counts = _sum(page.measure for page in written)
    if counts.words >= _PROOF and (not counts.vietnamese or counts.garbled) and not counts.other_language:
        raise Unreadable(name, _WORTHLESS)
    scans = [str(number) for number, page in enumerate(pages, start=1) if page is not None and page.is_scan]
    if not scans:
        return []
    return [f"trang {', '.join(scans)} chỉ có ảnh quét, chưa có lớp chữ: nội dung các trang này bị thiếu"]


def _sum(measures: Iterator[Measure]) -> Measure:
    words = syllables = marked = marked_syllables = english = 0
    for counts in measures:
        words += counts.words
        syllables += counts.syllables
        marked += counts.marked
        marked_syllables += counts.marked_syllables
        english += counts.english
    return Measure(words=words, syllables=syllables, marked=marked, marked_syllables=marked_syllables, english=english)


def _ends_well(data: bytes) -> bool:
    """Whether the end-of-file mark is there: a file that was cut opens all the same, silently."""
    return b"%%EOF" in data[-2048:]


def _title(reader: pypdf.PdfReader | None) -> str | None:
    """The title among the properties, unless a legacy font or a template garbled it ("ñy ban nh©n d©n")."""
    try:
        title = None if reader is None or reader.metadata is None else reader.metadata.title
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    text = normalise(title).strip() if title else ""
    return text if text and measure(text).vietnamese else None


@contextmanager
def _quiet_pypdf() -> Iterator[None]:
    """Keeps pypdf's remarks on odd files out of the log: what matters of them is in `Source.warnings`."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
