"""Image files of pages: PNG, JPEG, and TIFF with a page in each frame. They are scans, all of them."""

from __future__ import annotations

from ingest.model import Source, Unreadable
from ingest.read import ocr as recognition
from ingest.read import picture, scan
from ingest.read.ocr import Ocr
from ingest.read.paging import bind

_SCAN = "tệp ảnh không có lớp chữ"
_DAMAGED = "tệp ảnh bị hỏng hoặc quá lớn, không mở được; hãy quét lại hoặc lưu lại ở dạng .png, .jpg, .tif"


def read(data: bytes, name: str, ocr: Ocr | None = None) -> Source:
    """The text of an image, recognised. Raises `Unreadable` where it cannot be, and says why."""
    missing = recognition.missing(ocr)
    if ocr is None or missing is not None:
        raise Unreadable(name, f"{_SCAN}; {missing}, hoặc nạp bản gốc .docx")

    def render(page: int) -> tuple[picture.Picture, float]:
        try:
            return picture.frame(data, page)
        except (ValueError, OSError) as error:
            raise Unreadable(name, _DAMAGED) from error

    try:
        count = picture.count(data)
    except (ValueError, OSError) as error:
        raise Unreadable(name, _DAMAGED) from error
    pages = recognition.recognise(data, name, range(1, count + 1), render, ocr)
    sheets = [scan.sheet(page, scan.Beside()) for _, page in sorted(pages.items())]
    scan.require_vietnamese([sheet.text for sheet in sheets], name)
    text, laid, places = bind(sheets)
    return Source(name=name, kind="image", text=text, pages=laid, warnings=tuple(scan.warnings(pages)), places=places)
