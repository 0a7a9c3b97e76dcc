"""Plain text: the encoding is found, form feeds are page breaks."""

from __future__ import annotations

from ingest.model import Source, Unreadable
from ingest.read import legacy
from ingest.read.characters import control_share
from ingest.read.paging import lay
from ingest.read.vietnamese import measure

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

# A stray control character is an accident of some export; more than this share is a binary file.
_BINARY_SHARE = 0.01

# Fewer words than this prove nothing about an encoding.
_PROOF = 5


def read(data: bytes, name: str) -> Source:
    """The text of a .txt file."""
    found = legacy.decode(decode(data, name))
    laid, pages = lay(found.text.split("\f"))
    require_words(laid, name)
    return Source(name=name, kind="txt", text=laid, pages=pages if len(pages) > 1 else (), warnings=found.warnings)


def decode(data: bytes, name: str) -> str:
    """Bytes to text: UTF-8, UTF-16 with a byte-order mark, or else the table of letters that gives Vietnamese.

    TCVN3 and VNI come out as the Western letters that their fonts stand on; `legacy.decode` takes those. Raises
    `Unreadable` for binary files and for encodings that cannot be told.
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
        return _text_only(_eight_bits(data, name), name)
    return _text_only(text, name)


def require_words(text: str, name: str) -> None:
    """Raises `Unreadable` for a text without words, or one whose letters are those of a legacy encoding."""
    counts = measure(text)
    if not counts.words:
        raise Unreadable(name, "tệp không có chữ nào")
    if counts.words >= _PROOF and counts.garbled:
        raise Unreadable(
            name,
            "chữ trong tệp không phải tiếng Việt Unicode và không theo bảng mã TCVN3 hay VNI; "
            "hãy chuyển mã sang Unicode rồi nạp lại",
        )


def _eight_bits(data: bytes, name: str) -> str:
    """The reading with most Vietnamese words. Raises `Unreadable` where none reads as Vietnamese."""
    western = data.decode("latin-1")
    readings = {
        western: legacy.decode(western).text,
        **{text: text for text in (data.decode("cp1258", errors="ignore"), legacy.from_viscii(data))},
    }
    counts = {text: measure(meant) for text, meant in readings.items()}
    best = max(counts, key=lambda text: counts[text].marked_syllables)
    if counts[best].words < _PROOF or not counts[best].vietnamese:
        raise Unreadable(
            name,
            "không xác định được bảng mã của tệp (không phải UTF-8, UTF-16, Windows-1258, TCVN3, VNI hay VISCII); "
            "hãy lưu lại ở dạng Unicode (UTF-8)",
        )
    return best


def _text_only(text: str, name: str) -> str:
    if control_share(text) > _BINARY_SHARE:
        raise Unreadable(name, "tệp nhị phân, không phải văn bản; hãy nạp tệp .docx, .pdf, .html, .md hoặc .txt")
    return text
