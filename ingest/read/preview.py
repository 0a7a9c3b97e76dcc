"""The picture of a page, for people: in colour, upright and level as the page was read."""

from __future__ import annotations

from ingest.model import Kind, Page, Unreadable

SHOWN: tuple[Kind, ...] = ("pdf", "image")
"""The kinds of files whose pages have pictures."""

MEDIA_TYPE = "image/jpeg"
RECIPE = "1"
"""Changes when the same page would give another picture."""

_LONGEST = 10_000  # pixels of the long side of a very long page
_UNSHOWN = "trang {number} của tệp ảnh không hiện được; hãy quét lại hoặc lưu lại ở dạng .png, .jpg, .tif"


def draw(data: bytes, name: str, kind: Kind, page: Page, *, width: int) -> bytes:
    """A page of a file as `MEDIA_TYPE`, so many pixels wide. Raises `Unreadable` where it cannot be shown."""
    from ingest.read import pdf, picture

    quarters = round(page.turned / 90)
    slope = quarters * 90 - page.turned
    if kind == "pdf":
        sideways = quarters % 2 == 1
        drawn = pdf.draw(data, name, page.number, width=width, longest=_LONGEST, sideways=sideways)
        upright = picture.turned(drawn, quarters * 90 % 360)
    else:
        try:
            drawn = picture.coloured(data, page.number)
        except (ValueError, OSError) as error:
            raise Unreadable(name, _UNSHOWN.format(number=page.number)) from error
        upright = picture.fitted(picture.turned(drawn, quarters * 90 % 360), width, longest=_LONGEST)
    return picture.jpeg(picture.rotated(upright, slope) if slope else upright)
