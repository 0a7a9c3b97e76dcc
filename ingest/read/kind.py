"""What a file is, by its content: names mislead (OLE named .docx; RTF, HTML and zip named .doc)."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal

from ingest.model import Kind, Unreadable

Format = Kind | Literal["doc", "rtf", "odt", "wordml", "mht"]
"""The formats that are read: those of `Kind`, and older ones that become one of them on reading."""

SUPPORTED = (
    ".doc", ".docx", ".htm", ".html", ".jpeg", ".jpg", ".markdown", ".md", ".mht", ".mhtml", ".odt", ".pdf", ".png",
    ".rtf", ".tif", ".tiff", ".txt",
)  # fmt: skip
"""Suffixes of the formats that are read."""

ARCHIVES = (".zip",)
"""Suffixes of archives that are opened as folders; other archives are refused."""

REFUSED = (".rar", ".7z", ".xls", ".xlsx", ".ppt", ".pptx")
"""Suffixes under which officials keep documents that are refused for now: met in a folder, they are listed."""

_MARKDOWN_SUFFIXES = (".md", ".markdown")

# A suffix that promises a binary format: text under such a name is a broken export, not a document.
_BINARY_SUFFIXES = (".pdf", ".docx", ".doc", ".rtf", ".odt", ".xls", ".xlsx", ".ppt", ".pptx", ".zip")

_HEAD = 2048

_OLE = "tệp Office cũ không có nội dung Word (tệp hỏng hoặc của chương trình khác); hãy nạp bản .docx hoặc .pdf"
_LOCKED_DOC = "tệp .doc được đặt mật khẩu; hãy mở khóa rồi nạp lại"
_IMAGE = "định dạng ảnh này chưa được hỗ trợ; hãy lưu lại ở dạng .png, .jpg hoặc .tif rồi nạp lại"
_ARCHIVE = "loại tệp nén này chưa được hỗ trợ (chỉ đọc .zip); hãy giải nén rồi nạp từng tệp"
_NO_DOCUMENT = "tệp nén không có văn bản nào đọc được, hoặc không mang đuôi .zip; hãy giải nén rồi nạp từng tệp"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", _IMAGE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),  # gzip
    (b"PK\x05\x06", _ARCHIVE),  # an empty zip
)

# JPEG, PNG, and TIFF with either order of bytes
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")

# Streams that tell apart what Microsoft's compound files hold; names are UTF-16 inside the file.
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "tệp Office được đặt mật khẩu; hãy mở khóa rồi nạp lại"),
    ("Workbook", "định dạng .xls (Excel 97–2003) chưa được hỗ trợ; hãy nạp bản văn bản .docx hoặc .pdf"),
    (
        "PowerPoint Document",
        "định dạng .ppt (PowerPoint 97–2003) chưa được hỗ trợ; hãy nạp bản văn bản .docx hoặc .pdf",
    ),
)

_ZIP_MEMBERS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.xml", "bảng tính Excel (.xlsx) chưa được hỗ trợ; hãy nạp bản văn bản .docx hoặc .pdf"),
    ("ppt/presentation.xml", "bản trình chiếu (.pptx) chưa được hỗ trợ; hãy nạp bản văn bản .docx hoặc .pdf"),
)

# "Content-Type: multipart/related;" among the first headers of a page saved with its pictures
_MHT_HEAD = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_WORDML = re.compile(rb"<w:wordDocument\b|schemas\.microsoft\.com/office/word/2003/wordml")

# The Word stream opens with 0xA5EC (0xA5DC: Word 6); bit 8 of its word at 10 says that a password locks it.
_WORD_STREAMS = (b"\xec\xa5", b"\xdc\xa5")
_WORD_LOCKED = 0x0100
_SECTOR = 512

_HTML_START = re.compile(rb"\s*(?:<!doctype\s+html|<html|<!--.{0,400}?-->\s*<(?:html|!doctype))", re.I | re.S)
_HTML_BLOCK = re.compile(rb"<(?:html|body|head|meta|div|p|table|h[1-6]|center|span)\b[^<>]*>", re.I)

# lines that open with "**Điều 1.**" or "## Mục đích": Markdown in a file named .txt; a bold word or two within
# a paragraph is no proof
_MARKDOWN_LINE = re.compile(r"^(?:\*\*[^\s*][^*\n]{0,200}\*\*|#{1,6} \w)", re.M)
_MARKDOWN_LINES = 3


def detect(data: bytes, name: str) -> Format:
    """The kind of a file. Raises `Unreadable` for empty files and for formats that are not read."""
    if not data:
        raise Unreadable(name, "tệp rỗng (0 byte)")
    path = PurePath(name)
    suffix = path.suffix.lower()
    if path.name.startswith("~$"):
        raise Unreadable(name, "tệp khóa tạm của Word, không phải văn bản; hãy đóng Word hoặc xóa tệp này")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(data, name)
    if data.startswith(_PICTURES):
        return "image"
    for magic, reason in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(name, reason)
    head = _ascii_head(data)
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if _MHT_HEAD.search(head):
        return "mht"
    if head.lstrip().startswith(b"<?xml") and _WORDML.search(head):
        return "wordml"
    if _HTML_START.match(head):
        return "html"
    if _HTML_BLOCK.search(head) and (suffix in (".html", ".htm") or head.lstrip().startswith(b"<")):
        return "html"
    if suffix in _BINARY_SUFFIXES:
        raise Unreadable(
            name,
            f"tệp mang đuôi {suffix} nhưng nội dung không đúng định dạng đó (tệp hỏng hoặc đặt sai đuôi); "
            "hãy xuất lại tệp từ văn bản gốc",
        )
    if suffix in _MARKDOWN_SUFFIXES:
        return "md"
    return "md" if _is_markdown(data) else "txt"


def _ascii_head(data: bytes) -> bytes:
    """The first characters with byte-order marks and the NULs of UTF-16 taken out."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _is_markdown(data: bytes) -> bool:
    text = data.decode("utf-8", errors="ignore")
    return sum(1 for _, _ in zip(_MARKDOWN_LINE.finditer(text), range(_MARKDOWN_LINES), strict=False)) == (
        _MARKDOWN_LINES
    )


def _zip_kind(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    # zipfile raises more than BadZipFile on damaged directories (struct errors, odd encodings, overflows)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise Unreadable(name, "tệp .docx hoặc tệp nén bị hỏng; hãy xuất lại từ văn bản gốc") from error
    if "word/document.xml" in members:
        return "docx"
    if "content.xml" in members:
        return "odt"
    for member, reason in _ZIP_MEMBERS:
        if member in members:
            raise Unreadable(name, reason)
    if any(member.startswith("word/") for member in members) or "[Content_Types].xml" in members:
        raise Unreadable(name, "tệp Word không có phần nội dung; hãy xuất lại từ văn bản gốc")
    raise Unreadable(name, _NO_DOCUMENT)


def _ole_kind(data: bytes, name: str) -> Format:
    for stream, reason in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            raise Unreadable(name, reason)
    if "WordDocument".encode("utf-16-le") not in data:
        raise Unreadable(name, _OLE)
    # the stream may begin at any sector; nearly always at the first
    if data[_SECTOR : _SECTOR + 2] in _WORD_STREAMS:
        flags = int.from_bytes(data[_SECTOR + 10 : _SECTOR + 12], "little")
        if flags & _WORD_LOCKED:
            raise Unreadable(name, _LOCKED_DOC)
    return "doc"
