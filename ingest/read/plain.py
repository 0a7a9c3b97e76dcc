"""Plain text: the encoding is found, form feeds are page breaks."""

from __future__ import annotations

import unicodedata

from ingest.model import Source, Unreadable
from ingest.read.characters import control_share, normalise
from ingest.read.paging import lay
from ingest.read.vietnamese import measure

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

# A stray control character is an accident of some export; more than this share is a binary file.
_BINARY_SHARE = 0.01

# Fewer words than this prove nothing about an encoding.
_PROOF = 5


def read(data: bytes, name: str) -> Source:
    """The text of a .txt file."""
    text = decode(data, name)
    if "\f" in text:
        laid, pages = lay(text.split("\f"))
        require_words(laid, name)
        return Source(name=name, kind="txt", text=laid, pages=pages)
    text = normalise(text)
    require_words(text, name)
    return Source(name=name, kind="txt", text=text)


def decode(data: bytes, name: str) -> str:
    """Bytes to text: UTF-8, UTF-16 with a byte-order mark, or Windows-1258 where that gives Vietnamese.

    Raises `Unreadable` for binary files and for encodings that cannot be told.
    """
    if data.startswith(_UTF16_MARKS):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Unreadable(name, "tệp UTF-16 bị hỏng hoặc bị cắt cụt; hãy lưu lại ở dạng UTF-8") from error
        return _text_only(text, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _text_only(_windows_1258(data, name), name)
    return _text_only(text, name)


def require_words(text: str, name: str) -> None:
    """Raises `Unreadable` for a text without words, or one whose letters are those of a legacy encoding."""
    counts = measure(text)
    if not counts.words:
        raise Unreadable(name, "tệp không có chữ nào")
    if counts.words >= _PROOF and counts.garbled:
        raise Unreadable(
            name,
            "chữ trong tệp không phải tiếng Việt Unicode (có thể là phông TCVN3 hoặc VNI); "
            "hãy chuyển mã sang Unicode rồi nạp lại",
        )


def _windows_1258(data: bytes, name: str) -> str:
    text = unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))
    counts = measure(text)
    if "\ufffd" in text or counts.words < _PROOF or not counts.vietnamese:
        raise Unreadable(
            name,
            "không xác định được bảng mã của tệp (không phải UTF-8, UTF-16 hay Windows-1258); "
            "hãy lưu lại ở dạng Unicode (UTF-8)",
        )
    return text


def _text_only(text: str, name: str) -> str:
    if control_share(text) > _BINARY_SHARE:
        raise Unreadable(name, "tệp nhị phân, không phải văn bản; hãy nạp tệp .docx, .pdf, .html, .md hoặc .txt")
    return text
