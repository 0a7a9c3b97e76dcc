"""A file → one Document: the whole of this room, in the order of its steps."""

from __future__ import annotations

import hashlib

from ingest import footer, header, structure
from ingest.clean import lines
from ingest.model import Document, Source
from ingest.read import read

_JOINED = ("docx", "html")


def parse(data: bytes, name: str) -> Document:
    """Read and structure one file. Raises `Unreadable` with a reason for people."""
    return structured(read(data, name), sha256=hashlib.sha256(data).hexdigest())


def structured(source: Source, *, sha256: str) -> Document:
    """Give a text its structure: header, clause tree, signature, recipients."""
    found = lines(source)
    head = header.parse(found, hint=source.title)
    foot = footer.parse(found, head.body)
    body, annexes = found[head.body : foot.start], found[foot.end :]
    clauses = structure.clauses(body, annexes, joined=source.kind in _JOINED)
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
        clauses=clauses,
        warnings=source.warnings,
    )
