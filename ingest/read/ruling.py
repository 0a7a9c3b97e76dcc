"""The ruling lines of a PDF page: what Word and others draw around the cells of a table.

Borders come as lines, as thin rectangles, as rectangles with an outline, or as one path of many lines.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.read.layout import Box

_THIN = 3.0  # points; thicker is a bar of colour
_SHORT = 4.0  # points; shorter is a corner or a dash
_MOST_OBJECTS = 20_000  # a drawing
_MOST_SEGMENTS = 400  # of one path
_RECTANGLE = 5  # segments


def rules(page: pypdfium2.PdfPage) -> list[Box]:
    """Horizontal and vertical lines drawn on a page itself, as thin boxes in its own coordinates."""
    raw = page.raw
    count = pdfium.FPDFPage_CountObjects(raw)
    if count > _MOST_OBJECTS:
        return []
    found: list[Box] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    places = [ctypes.byref(value) for value in (left, bottom, right, top)]
    for index in range(count):
        drawn = pdfium.FPDFPage_GetObject(raw, index)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(drawn, *places):
            continue
        box = Box(left=left.value, right=right.value, bottom=bottom.value, top=top.value)
        segments = pdfium.FPDFPath_CountSegments(drawn)
        if box.right - box.left <= _THIN or box.height <= _THIN:
            found.append(box)
        elif segments == _RECTANGLE:
            found += _edges(box) if _is_outlined(drawn) else ()
        elif segments <= _MOST_SEGMENTS and _is_outlined(drawn):
            found += _lines(drawn, segments)
    return [box for box in found if max(box.right - box.left, box.height) >= _SHORT]


def _is_outlined(drawn: pdfium.FPDF_PAGEOBJECT) -> bool:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(drawn, ctypes.byref(filled), ctypes.byref(stroked)) and stroked.value)


def _edges(box: Box) -> tuple[Box, ...]:
    return (
        Box(left=box.left, right=box.left, bottom=box.bottom, top=box.top),
        Box(left=box.right, right=box.right, bottom=box.bottom, top=box.top),
        Box(left=box.left, right=box.right, bottom=box.bottom, top=box.bottom),
        Box(left=box.left, right=box.right, bottom=box.top, top=box.top),
    )


def _lines(drawn: pdfium.FPDF_PAGEOBJECT, segments: int) -> Iterator[Box]:
    """The straight lines of a path that run along the page."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    before = first = (0.0, 0.0)
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        at = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = at
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _along(before, at)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _along(at, first)
        before = at


def _along(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Box]:
    left, right = sorted((start[0], end[0]))
    bottom, top = sorted((start[1], end[1]))
    if right - left <= _THIN or top - bottom <= _THIN:
        yield Box(left=left, right=right, bottom=bottom, top=top)
