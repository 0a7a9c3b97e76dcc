"""A file becomes a `Source`: Unicode text (NFC) in lines, and where its pages lie.

The kind of a file is decided by its content. Each format has its own module, loaded when a file of that
format is met, so that reading plain text costs no PDF or HTML library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.model import Source, Unreadable
from ingest.read.kind import ARCHIVES, REFUSED, SUPPORTED, detect

if TYPE_CHECKING:
    from ingest.read.ocr import Ocr

__all__ = ["ARCHIVES", "REFUSED", "SUPPORTED", "Source", "Unreadable", "read"]

LONGEST = 10_000_000
"""Characters of a text; a law of 227 pages has 600,000."""


def read(data: bytes, name: str, ocr: Ocr | None = None) -> Source:
    """The text of a file. Raises `Unreadable` with a reason in Vietnamese that names the remedy.

    `ocr` says how scans are recognised; without it they are refused.

    Every line of the text ends with a newline and is a visual line or a paragraph of the original; layout
    (hard line breaks, page numbers, table bars) is kept for later steps.
    """
    source = _read(data, name, ocr)
    if len(source.text) > LONGEST:
        raise Unreadable(
            name, f"văn bản dài hơn {LONGEST // 1_000_000} triệu ký tự; hãy tách thành nhiều tệp rồi nạp lại"
        )
    return source


def _read(data: bytes, name: str, ocr: Ocr | None) -> Source:
    kind = detect(data, name)
    if kind == "pdf":
        from ingest.read import pdf

        return pdf.read(data, name, ocr)
    if kind == "image":
        from ingest.read import image

        return image.read(data, name, ocr)
    if kind == "docx":
        from ingest.read import docx

        return docx.read(data, name)
    if kind == "html":
        from ingest.read import html

        return html.read(data, name)
    if kind == "md":
        from ingest.read import markdown

        return markdown.read(data, name)
    if kind == "mht":
        from ingest.read import mht

        return mht.read(data, name)
    if kind in ("doc", "rtf", "odt", "wordml"):
        from ingest.read import office

        return office.read(data, name, kind)
    from ingest.read import plain

    return plain.read(data, name)
