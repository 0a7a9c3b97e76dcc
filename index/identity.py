"""Document ids: readable, in ASCII, and the same after every re-ingestion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import PurePath

from index.model import Summary
from ingest.model import Document
from ingest.text import fold, nfc, squeeze

TITLE_LENGTH = 60
_NAMELESS = "van-ban"

_OTHER = re.compile(r"[^A-Za-z0-9]+")


def candidates(document: Document) -> Iterator[str]:
    """The ids a document may have, best first, without end: the first that is free becomes its own.

    "441/TB-VP" of 2022 is `441-TB-VP.2022`; without a number the title stands in. Next come the same with the
    issuer, then with a counter.
    """
    base = f"{_name(document)}.{document.date.year}" if document.date else _name(document)
    yield base
    issuer = slug(document.issuer or "")
    if issuer:
        base = f"{base}.{issuer}"
        yield base
    for number in count(2):
        yield f"{base}.{number}"


def same(document: Document, other: Summary) -> bool:
    """Whether two texts carry the same number, date, issuer and title."""
    return _signs(document) == _signs(other)


def successor(document: Document, former: Document | Summary) -> bool:
    """Whether a file that held `former` still does: it has the same number, or the same title and none."""
    if document.number is None and former.number is None:
        return _key(document.title) == _key(former.title)
    return document.number is not None and _key(document.number) == _key(former.number or "")


def slug(text: str, *, length: int | None = None) -> str:
    """Lower-case ASCII words joined by hyphens, cut after a word; empty where nothing can be written so."""
    words = _OTHER.sub("-", fold(nfc(text))).strip("-")
    if length is None or len(words) <= length:
        return words
    return words[: length + 1].rpartition("-")[0] or words[:length]


def _name(document: Document) -> str:
    number = _ascii(document.number or "")
    title = slug(document.title, length=TITLE_LENGTH)
    return number or title or slug(PurePath(document.source.name).stem, length=TITLE_LENGTH) or _NAMELESS


def _ascii(text: str) -> str:
    """The text with marks removed and case kept; hyphens for everything else."""
    plain = "".join(
        folded.upper() if letter.isupper() else folded for letter in nfc(text) for folded in (fold(letter),)
    )
    return _OTHER.sub("-", plain).strip("-")


def _signs(document: Document | Summary) -> tuple[str, str, str, str]:
    return (
        _key(document.number or ""),
        document.date.isoformat() if document.date else "",
        _key(document.issuer or ""),
        _key(document.title),
    )


def _key(text: str) -> str:
    return squeeze(fold(nfc(text)))
