"""What is written on a PDF after it was made: the number and day filled in on signing, notes, form fields.

The page itself then shows "Số:      /TB-UBND, ngày      tháng 01"; the figures sit in signature widgets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from pypdf import PageObject
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from ingest.read.characters import normalise
from ingest.read.layout import Box, Stamp

_KINDS = ("/Widget", "/FreeText", "/Stamp")
_HIDDEN = 2 | 32  # flags of ISO 32000-1, table 165: hidden, no view

# A figure or a short word is filled in; more text in a signature is the seal ("Ký bởi: ...").
_LONGEST_FILL = 24


def read_stamps(page: PageObject) -> list[Stamp]:
    """The visible words of a page's annotations. Annotations that cannot be read are passed over."""
    found: list[Stamp] = []
    for annotation in _annotations(page):
        stamp = _stamp(page, annotation)
        if stamp is not None:
            found.append(stamp)
    return found


def _annotations(page: PageObject) -> Iterator[DictionaryObject]:
    try:
        entries = cast(Any, page.get("/Annots"))
        found = [] if entries is None else [entry.get_object() for entry in entries.get_object()]
    # broken files hold anything here, and pypdf answers with whatever error comes first
    except (PyPdfError, TypeError, ValueError, KeyError, AttributeError, RecursionError):
        return
    yield from (annotation for annotation in found if isinstance(annotation, DictionaryObject))


def _stamp(page: PageObject, annotation: DictionaryObject) -> Stamp | None:
    try:
        if annotation.get("/Subtype") not in _KINDS or int(annotation.get("/F", 0)) & _HIDDEN:
            return None
        left, bottom, right, top = (float(number) for number in cast(Any, annotation["/Rect"]).get_object())
        text = normalise(_appearance(page, annotation) or _contents(annotation)).strip()
    except (PyPdfError, TypeError, ValueError, KeyError, AttributeError, IndexError, RecursionError):
        return None
    if not text:
        return None
    signature = annotation.get("/FT") == "/Sig" or annotation.get("/Subtype") == "/Stamp"
    if signature and ("\n" in text or len(text) > _LONGEST_FILL):
        return None
    box = Box(left=min(left, right), right=max(left, right), bottom=min(bottom, top), top=max(bottom, top))
    return Stamp(text=text, box=box, filled=signature)


def _appearance(page: PageObject, annotation: DictionaryObject) -> str:
    """The words that the annotation draws."""
    appearance: Any = annotation.get("/AP")
    normal = None if appearance is None else appearance.get_object().get("/N")
    stream = None if normal is None else normal.get_object()
    if not isinstance(stream, StreamObject):
        return ""
    return page.extract_xform_text(stream)  # type: ignore[arg-type]


def _contents(annotation: DictionaryObject) -> str:
    """What a note or a form field says when it draws nothing."""
    written = annotation.get("/Contents") if annotation.get("/Subtype") == "/FreeText" else annotation.get("/V")
    return written if isinstance(written, str) else ""
