"""PDF files that lost their end or their table of objects: what is still whole in them.

PDFium opens some files that were cut, without a word, and refuses the others, as pypdf does; qpdf (pikepdf) finds the
objects that are left. With their fonts, pages of ten originals cut at a seventh to nine tenths had 95 % of their words
or more; without them 57 to 100 %, and 93 % or more where seven words in eight were syllables (`is_legible`).
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ingest.read.vietnamese import Measure

if TYPE_CHECKING:
    import pikepdf

_State = Literal["whole", "without fonts", "lost"]
_LEGIBLE = 0.88  # between .86, where one word in ten was wrong, and .91 of an intact page
_TAIL = 2048
_HEAD = 1024
# "/Linearized 1/L 67390/": the length that a file laid out for the web has at least
_LENGTH = re.compile(rb"/Linearized\b[^>]*?/L\s+(\d+)")
_TABLE_AT = re.compile(rb"startxref\s+(\d+)")
# "17 0 obj << /Type /Page ..."; the tree of pages itself is /Pages
_PAGE = re.compile(rb"\b(\d{1,8})\s+(\d{1,5})\s+obj\b(?:(?!\bendobj\b|\bstream\b).){0,4000}?/Type\s*/Page\b", re.DOTALL)
_OBJECT = re.compile(rb"\b(\d{1,8})\s+\d{1,5}\s+obj\b")
_TREE = re.compile(rb"/Type\s*/Pages\b")
_COUNT = re.compile(rb"/Count\s+(\d{1,6})\b")
_MOST = 100_000
_PART_OF_A_FONT = re.compile(r"/[A-Z]{6}\+")  # "/BCDEEE+TimesNewRomanPSMT"
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_DEEPEST = 8  # pictures within forms within forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A PDF written anew from what was left. `whole` are the numbers of pages of which nothing is missing.

    Pages `without_fonts` have their words; whether these can be read only they themselves tell. `pages` counts those
    that the file had, as far as it still says so.
    """

    data: bytes
    whole: frozenset[int]
    without_fonts: frozenset[int]
    pages: int

    @property
    def read(self) -> frozenset[int]:
        """Pages that are worth reading."""
        return self.whole | self.without_fonts


def is_cut(data: bytes) -> bool:
    """Whether the end of a file is missing: its mark, or bytes that its head or its end count on."""
    tail = data[-_TAIL:]
    end = tail.rfind(b"%%EOF")
    if end < 0 or _OBJECT.search(tail, end):  # an object behind the mark begins a change that was signed or saved
        return True
    announced = _LENGTH.search(data[:_HEAD])
    table = _TABLE_AT.findall(tail)
    return (announced is not None and int(announced[1]) > len(data)) or (bool(table) and int(table[-1]) > len(data))


def is_legible(counts: Measure) -> bool:
    """Whether words that were read without their fonts are words."""
    return counts.words > 0 and counts.syllables >= _LEGIBLE * counts.words


def mend(data: bytes) -> Mended | None:
    """The file with a new table of objects; None where qpdf finds no page."""
    mended = _rewritten(data, data)
    return mended if mended and mended.read else _rewritten(_with_pages(data), data) or mended


def _rewritten(candidate: bytes, data: bytes) -> Mended | None:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(candidate), suppress_warnings=True) as document:
            pages = list(document.pages)
            states = {number: _state(page.obj) for number, page in enumerate(pages, start=1)}
            written = io.BytesIO()
            with warnings.catch_warnings(action="ignore", category=pikepdf.PageCopyWarning):
                document.save(written)
    # qpdf and pikepdf meet objects of the wrong kind with errors of every kind
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, OSError):
        return None
    return Mended(
        data=written.getvalue(),
        whole=frozenset(number for number, state in states.items() if state == "whole"),
        without_fonts=frozenset(number for number, state in states.items() if state == "without fonts"),
        pages=max(len(pages), _announced(data)),
    )


def _announced(data: bytes) -> int:
    """How many pages the trees of pages count that are left in a file."""
    counts = [0]
    for tree in _TREE.finditer(data):
        start, end = data.rfind(b"obj", 0, tree.start()), data.find(b"endobj", tree.end())
        counts += [int(count) for count in _COUNT.findall(data[max(start, 0) : end if end > 0 else len(data)])]
    return min(max(counts), _MOST)


def _with_pages(data: bytes) -> bytes:
    """The file with a tree of the pages that are found in it, in the order of the file, at its end."""
    found = list(dict.fromkeys((int(page[1]), int(page[2])) for page in _PAGE.finditer(data)))
    root = max((int(number) for number in _OBJECT.findall(data)), default=0) + 1  # qpdf takes no number far above
    kids = b" ".join(b"%d %d R" % page for page in found)
    return data + (
        b"\nendstream\nendobj\n%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n"
        b"%d 0 obj\n<</Type/Pages/Kids[%s]/Count %d>>\nendobj\n"
        b"trailer\n<</Root %d 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n"
        % (root, root + 1, root + 1, kids, len(found), root, root + 2)
    )


def _state(page: pikepdf.Object) -> _State:
    """Whether all that a page draws with is there: its words, their fonts, its pictures."""
    import pikepdf

    try:
        contents = page["/Contents"]
        parts = list(contents.as_list()) if isinstance(contents, pikepdf.Array) else [contents]
        if not all(part.read_bytes() for part in parts):  # qpdf makes an empty stream of one that was cut
            return "lost"
        used = list(_used(pikepdf.Page(page), _resources(page), 0))
        fonts = [thing for operator, thing in used if operator == "Tf"]
        if not all(thing.read_raw_bytes() for operator, thing in used if operator == "Do"):
            return "lost"
        if all(_is_drawn(font) for font in fonts):
            return "whole"
        return "without fonts" if all(_is_spelled(font) for font in fonts) else "lost"
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError):
        return "lost"


def _resources(page: pikepdf.Object) -> pikepdf.Object:
    """The resources of a page, which it may share with others in the tree above it. Raises KeyError without."""
    for _ in range(_DEEPEST):
        if "/Resources" in page:
            break
        page = page["/Parent"]
    return page["/Resources"]


def _used(
    drawn: pikepdf.Object | pikepdf.Page, resources: pikepdf.Object, depth: int
) -> Iterator[tuple[str, pikepdf.Object]]:
    """The fonts ("Tf") and pictures ("Do") that a page or a form names. Raises KeyError for one that is not there."""
    import pikepdf

    named = {(str(part.operator), str(part.operands[0])) for part in pikepdf.parse_content_stream(drawn, "Tf Do")}
    for operator, name in named:
        if operator == "Tf":
            yield operator, resources["/Font"][name]
            continue
        picture = resources["/XObject"][name]
        yield operator, picture
        if picture["/Subtype"] == "/Form" and depth < _DEEPEST:
            yield from _used(picture, picture.get("/Resources", resources), depth + 1)


def _is_drawn(font: pikepdf.Object) -> bool:
    """Whether a font tells letters and widths: one of which the file holds a part only must be in it."""
    shapes = _shapes(font)
    if not _PART_OF_A_FONT.match(str(font["/BaseFont"])):
        return _is_spelled(font)
    described = shapes.get("/FontDescriptor", shapes)
    return any(described[kind].read_raw_bytes() for kind in _FONT_FILES if kind in described)


def _is_spelled(font: pikepdf.Object) -> bool:
    """Whether the codes of a font can be turned into letters: those of a composite one need a table."""
    return font["/Subtype"] != "/Type0" or ("/ToUnicode" in font and bool(font["/ToUnicode"].read_bytes()))


def _shapes(font: pikepdf.Object) -> pikepdf.Object:
    return font["/DescendantFonts"][0] if font["/Subtype"] == "/Type0" else font
