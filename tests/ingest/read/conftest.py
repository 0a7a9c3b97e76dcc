"""Small files made by hand, so that what a test reads is what it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import pytest


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words drawn on a page at a point, in the order of the list."""

    x: float
    y: float
    text: str
    size: float = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An annotation with an appearance that shows words."""

    rect: tuple[int, int, int, int]
    text: str
    kind: Literal["signature", "note"] = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    words: Sequence[Words] = ()
    notes: Sequence[Note] = ()
    scan: bool = False
    drawn: str = ""
    """Operators that draw on the page: "50 700 m 500 700 l S", "50 600 400 100 re S"."""


MakePdf = Callable[..., bytes]


def lines_down(*lines: str, top: float = 800, left: float = 85) -> list[Words]:
    """Lines of a page from top to bottom, 20 points apart."""
    return [Words(x=left, y=top - 20 * number, text=line) for number, line in enumerate(lines)]


@pytest.fixture
def make_pdf() -> MakePdf:
    """Builds a PDF whose font maps to Unicode, without a library that writes PDF."""
    return _pdf


def _pdf(*pages: Page, title: str | None = None) -> bytes:
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(head: str, body: bytes) -> int:
        return add(f"<< {head} /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream")

    add(b"")  # 1: catalogue
    add(b"")  # 2: page tree
    to_unicode = stream("", _to_unicode())
    descriptor = add(
        b"<< /Type /FontDescriptor /FontName /Times /Flags 4 /FontBBox [0 -216 1000 891] /ItalicAngle 0 "
        b"/Ascent 891 /Descent -216 /CapHeight 662 /StemV 80 >>"
    )
    descendant = add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Times /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor %d 0 R >>" % descriptor
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H "
        b"/DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>" % (descendant, to_unicode)
    )
    image = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80"
    )
    resources = f"/Resources << /Font << /F1 {font} 0 R >> /XObject << /Im1 {image} 0 R >> >>"
    kids: list[int] = []
    for page in pages:
        drawn = b"q 595 0 0 842 0 0 cm /Im1 Do Q\n" if page.scan else b""
        drawn += page.drawn.encode() + b"\n" + b"".join(_shown(words) for words in page.words)
        content = stream("", drawn)
        notes: list[int] = []
        for note in page.notes:
            left, bottom, right, top = note.rect
            shown = b"".join(
                _shown(Words(x=2, y=top - bottom - 12 - 12 * number, text=line, size=10))
                for number, line in enumerate(note.text.split("\n"))
            )
            form = stream(f"/Type /XObject /Subtype /Form /BBox [0 0 {right - left} {top - bottom}] {resources}", shown)
            subtype = "/Widget /FT /Sig /T (s)" if note.kind == "signature" else "/FreeText"
            notes.append(
                add(
                    f"<< /Type /Annot /Subtype {subtype} /Rect [{left} {bottom} {right} {top}] /F 4 "
                    f"/AP << /N {form} 0 R >> >>".encode()
                )
            )
        annotations = " ".join(f"{number} 0 R" for number in notes)
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {content} 0 R "
                f"/Annots [{annotations}] >>".encode()
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    information = add(f"<< /Title <FEFF{(title or '').encode('utf-16-be').hex()}> >>".encode())
    written = b"%PDF-1.7\n"
    places: list[int] = []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    table += "".join(f"{place:010d} 00000 n \n" for place in places)
    table += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {information} 0 R >>\n"
    return written + table.encode() + f"startxref\n{len(written)}\n%%EOF\n".encode()


def _shown(words: Words) -> bytes:
    codes = words.text.encode("utf-16-be").hex()
    return f"BT /F1 {words.size} Tf {words.x} {words.y} Td <{codes}> Tj ET\n".encode()


def _to_unicode() -> bytes:
    """Every code stands for the character of the same number."""
    ranges = "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in (0, 1, 3, 0x1E, 0x20))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"5 beginbfrange\n{ranges}\nendbfrange\nendcmap end end"
    ).encode()
