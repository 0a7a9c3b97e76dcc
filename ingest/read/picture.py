"""Pictures of pages: grey, level, and as large as Tesseract reads best."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from PIL import Image, ImageOps

Picture = Image.Image

RESOLUTION = 300
"""Dots per inch at which pages are recognised that were scanned at much more or less; 400 reads worse (README)."""

_A4_LONG_SIDE = 11.69  # inches: what an image file without a believable resolution is taken to be
_BELIEVABLE = (70, 1300)  # dots per inch; cameras and screens write 1, 72 or nothing
_SMALLEST, _LARGEST = 0.6, 1.35  # shares of RESOLUTION within which a picture is left as it is
_MOST_PIXELS = 40_000_000  # an A3 page at 400 dpi; larger drawings are taken smaller

_INK = 128  # darker is ink
_MOST_POINTS = 40_000  # of ink, enough to see the slope of lines
_MOST_SKEW = 4.0  # degrees; feeders and glass plates turn pages by less
_COARSE, _FINE = 0.25, 0.05  # degrees between the angles that are tried
READABLE_SKEW = 0.5
"""Degrees of slope that Tesseract reads as well as none (measured); there it is enough to move the words."""

_REDUCED = 4  # pages are looked at for their slope in a quarter of their size
_MARGIN = 0.06  # share of the page at each edge where the scanner's shadow lies


def count(data: bytes) -> int:
    """How many pages an image file has. Raises ValueError or OSError for files that cannot be decoded."""
    with _opened(data) as image:
        return int(getattr(image, "n_frames", 1))


def frame(data: bytes, page: int) -> tuple[Picture, float]:
    """A page of an image file, numbered from 1, as shown, and its dots per inch. Raises as `count`."""
    with _opened(data) as image:
        image.seek(page - 1)
        return _sized(grey(ImageOps.exif_transpose(image)), image.info)


def coloured(data: bytes, page: int) -> Picture:
    """A page of an image file as people see it, in colour or in grey. Raises as `count`."""
    with _opened(data) as image:
        image.seek(page - 1)
        picture = ImageOps.exif_transpose(image)
        plain = picture.mode in ("1", "L") or picture.mode.startswith(("I", "F"))
        return grey(picture) if plain else _on_paper(picture).convert("RGB")


@contextmanager
def _opened(data: bytes) -> Iterator[Picture]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            yield image
    # damaged files end in errors of every kind, a picture that would fill the memory in one of its own
    except (Image.DecompressionBombError, SyntaxError, EOFError, TypeError, struct.error) as error:
        raise ValueError(str(error)) from error


def grey(picture: Picture) -> Picture:
    """A picture in grey without its red: seals and arrival stamps fade, black letters under them stay."""
    if picture.mode in ("1", "L"):
        return picture.convert("L")
    if picture.mode.startswith(("I", "F")):
        values = np.asarray(picture, dtype=np.float64)
        return Image.fromarray((values * (255.0 / max(values.max(), 1.0))).astype(np.uint8))
    return _on_paper(picture).convert("RGB").getchannel("R")


def _on_paper(picture: Picture) -> Picture:
    """White where a picture lets through what lies below it."""
    if picture.mode not in ("LA", "PA", "RGBA") and "transparency" not in picture.info:
        return picture
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture.convert("RGBA"))


def _sized(picture: Picture, said: Mapping[Any, Any]) -> tuple[Picture, float]:
    """A picture from a file at about the resolution that is read best."""
    given = float(said.get("dpi", (0, 0))[0])
    if not _BELIEVABLE[0] < given < _BELIEVABLE[1]:
        given = max(picture.size) / _A4_LONG_SIDE
    factor = RESOLUTION / given
    factor = 1.0 if _SMALLEST < given / RESOLUTION < _LARGEST else factor
    factor = min(factor, (_MOST_PIXELS / (picture.width * picture.height)) ** 0.5)
    if factor == 1.0:
        return picture, given
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.BICUBIC if factor > 1 else Image.Resampling.BOX), given * factor


def scale(width: float, height: float, scanned: float | None) -> float:
    """Pixels per point for a page of so many points, scanned at so many dots per inch."""
    resolution = scanned if scanned and _SMALLEST * RESOLUTION < scanned < _LARGEST * RESOLUTION else RESOLUTION
    return float(min(resolution / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5))


def rotated(picture: Picture, degrees: float) -> Picture:
    """The picture turned counterclockwise by a few degrees around its middle; the size stays."""
    return picture.rotate(degrees, Image.Resampling.BILINEAR, fillcolor="white")


def skew(picture: Picture) -> float:
    """Degrees counterclockwise that make the lines of a page level; 0 where there is too little to tell."""
    rows, columns = _ink(picture)
    if len(rows) < 200:
        return 0.0
    coarse = _steepest(rows, columns, np.arange(-_MOST_SKEW, _MOST_SKEW + _COARSE, _COARSE))
    return _steepest(rows, columns, np.arange(coarse - _COARSE, coarse + _COARSE + _FINE, _FINE))


def _ink(picture: Picture) -> tuple[np.ndarray, np.ndarray]:
    small = np.asarray(picture.reduce(_REDUCED))
    high, wide = (int(side * _MARGIN) for side in small.shape)
    inner = small[high : small.shape[0] - high, wide : small.shape[1] - wide]
    rows, columns = np.nonzero(inner < _INK)
    step = max(1, len(rows) // _MOST_POINTS)
    return rows[::step], columns[::step]


def _steepest(rows: np.ndarray, columns: np.ndarray, angles: np.ndarray) -> float:
    """The angle at which the ink of a row changes most from row to row (Postl's criterion)."""
    width = int(columns.max()) + 1
    best, found = -1.0, 0.0
    for angle in sorted(angles.tolist(), key=abs):
        shifted = rows - columns * np.tan(np.radians(angle)) + width
        profile = np.bincount(shifted.astype(np.int64)).astype(np.float64)
        change = float(np.square(np.diff(profile)).sum())
        if change > best * 1.001:
            best, found = change, angle
    return round(found, 3)


def turned(picture: Picture, degrees: int) -> Picture:
    """The picture turned clockwise by a multiple of 90 degrees."""
    turns = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return picture.transpose(turns[degrees]) if degrees in turns else picture


def fitted(picture: Picture, width: int, *, longest: int) -> Picture:
    """The picture so many pixels wide, narrower where its long side would have more than `longest`."""
    factor = min(width / picture.width, longest / max(picture.size))
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture if size == picture.size else picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def jpeg(picture: Picture) -> bytes:
    """The picture as JPEG: twice as large as WebP for a page of text, in a tenth of the time (measured)."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def part(picture: Picture, around: tuple[int, int, int, int], size: float) -> Picture:
    """What lies within (left, top, right, bottom), so many times as large."""
    left, top, right, bottom = around
    cut = picture.crop((max(left, 0), max(top, 0), min(right, picture.width), min(bottom, picture.height)))
    return cut.resize((round(cut.width * size), round(cut.height * size)), Image.Resampling.BICUBIC)


def raw(picture: Picture) -> bytes:
    """A grey picture as PGM, which costs nothing to write and to read."""
    return b"P5 %d %d 255\n" % picture.size + picture.tobytes()
