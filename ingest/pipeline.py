"""A file → one Document: the whole of this room, in the order of its steps."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from ingest import assignments, footer, header, references, regions, structure
from ingest.agencies import Register
from ingest.clean import lines
from ingest.model import Document, Source
from ingest.read import read

if TYPE_CHECKING:
    from ingest.read.ocr import Ocr

_JOINED = ("docx", "html")


def parse(data: bytes, name: str, ocr: Ocr | None = None) -> Document:
    """Read and structure one file; `ocr` says how scans are read. Raises `Unreadable` with a reason for people."""
    return structured(read(data, name, ocr), sha256=hashlib.sha256(data).hexdigest(), register=register())


@cache
def register() -> Register:
    """The register of agencies that ships, read once in a process."""
    return Register.load()


def structured(source: Source, *, sha256: str, register: Register) -> Document:
    """Give a text its structure: header, clause tree, signature, recipients, assignments, references."""
    found = lines(source)
    head = header.parse(found, hint=source.title)
    foot = footer.parse(found, head.body)
    body, annexes = found[head.body : foot.start], found[foot.end :]
    tree = structure.parse(body, annexes, joined=source.kind in _JOINED)
    orders = assignments.find(
        tree.clauses, rows=tree.rows, register=register, signed=head.date, issuer=head.issuer, title=head.title
    )
    return Document(
        source=source,
        sha256=sha256,
        number=head.number,
        date=head.date,
        place=head.place,
        type=head.type,
        title=head.title,
        issuer=head.issuer,
        signer=foot.signer,
        addressees=head.addressees,
        recipients=foot.recipients,
        clauses=regions.marked(tree.clauses, found, source.places),
        assignments=orders,
        references=tuple(reference for clause in tree.clauses for reference in references.find(clause)),
        warnings=(*source.warnings, *_doubts(head, source)),
    )


def _doubts(head: header.Header, source: Source) -> tuple[str, ...]:
    """What an official should look at: parts that every directive has and this one seems not to."""
    if head.type in (header.ANNEX, header.NEWS, header.SPEECH):
        return ()
    missing = [name for name, value in (("số, ký hiệu", head.number), ("ngày ban hành", head.date)) if value is None]
    return tuple(f"không tìm thấy {name} của văn bản trong “{source.name}”" for name in missing)
