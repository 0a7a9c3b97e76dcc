"""A file → one Document: the whole of this room, in the order of its steps."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ingest import assignments, footer, header, misreadings, parts, references, regions, structure
from ingest.agencies import Register
from ingest.clean import Line, lines
from ingest.model import Assignment, Clause, Document, Reference, Source, Span
from ingest.read import read

if TYPE_CHECKING:
    from ingest.read.ocr import Ocr

_JOINED = ("docx", "html")
_HEAD_LINES = 80
_SHOWN = 5  # misread words that a warning names


def parse(data: bytes, name: str, ocr: Ocr | None = None) -> Document:
    """Read and structure one file; `ocr` says how scans are read. Raises `Unreadable` with a reason for people."""
    return structured(read(data, name, ocr), sha256=hashlib.sha256(data).hexdigest(), register=register())


@cache
def register() -> Register:
    """The register of agencies that ships, read once in a process."""
    return Register.load()


def structured(source: Source, *, sha256: str, register: Register) -> Document:
    """Give a text its structure: header, clause tree, signature, recipients, assignments, references.

    Of a text that holds several documents this is the first, and the others are `attached`.
    """
    first, *others = (_structured(part, sha256=sha256, register=register) for part in parts.split(source))
    return replace(first, attached=tuple(others)) if others else first


def _structured(source: Source, *, sha256: str, register: Register) -> Document:
    found = lines(source)
    head = header.parse(_head_meant(found), hint=source.title)
    foot = footer.parse(found, head.body)
    body, annexes = found[head.body : foot.start], found[foot.end :]
    tree = structure.parse(body, annexes, joined=source.kind in _JOINED)
    read = _meant(tree.clauses)
    clauses = tuple(
        clause if clause is meant else replace(clause, meant=meant.text)
        for clause, meant in zip(tree.clauses, read, strict=True)
    )
    both = {clause.path: (clause, meant) for clause, meant in zip(tree.clauses, read, strict=True)}
    orders = assignments.find(
        read, rows=tree.rows, register=register, signed=head.date, issuer=head.issuer, title=head.title
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
        clauses=regions.marked(clauses, found, source.places),
        assignments=tuple(_as_printed(order, *both[order.clause]) for order in orders),
        references=tuple(
            _cited_as_printed(reference, clause)
            for clause, meant in zip(tree.clauses, read, strict=True)
            for reference in references.find(meant)
        ),
        warnings=(*source.warnings, *_doubts(head, source), *_misread(tree.clauses, read)),
    )


def _head_meant(found: list[Line]) -> list[Line]:
    """The lines with those of the head as they were meant: "Số: 181/KH-ƯBND"."""
    texts = misreadings.all_meant([line.text for line in found[:_HEAD_LINES]])
    head = [replace(line, text=text) for line, text in zip(found, texts, strict=False)]
    return head + found[_HEAD_LINES:]


def _meant(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses as they were meant: what is found in them stands at the same place in what is printed."""
    texts = misreadings.all_meant([clause.text for clause in clauses])
    return tuple(
        clause if clause.text == text else replace(clause, text=text)
        for clause, text in zip(clauses, texts, strict=True)
    )


def _as_printed(order: Assignment, clause: Clause, meant: Clause) -> Assignment:
    """The assignment in the words of the source, which are quoted."""
    if clause is meant:
        return order
    start = meant.text.replace("\n", " ").find(order.task)
    task = clause.text.replace("\n", " ")[start : start + len(order.task)] if start >= 0 else order.task
    deadline = order.deadline
    if deadline is not None:
        deadline = replace(deadline, text=_cut(clause.text, meant.text, deadline.span, deadline.text))
    return replace(order, task=task, deadline=deadline)


def _cited_as_printed(reference: Reference, clause: Clause) -> Reference:
    text = clause.text[reference.span.start : reference.span.end]
    return reference if reference.text == text else replace(reference, text=text)


def _cut(printed: str, meant: str, span: Span, text: str) -> str:
    """What is printed at a span that holds `text` in the meant one."""
    return printed[span.start : span.end] if meant[span.start : span.end] == text else text


def _misread(clauses: Sequence[Clause], read: Sequence[Clause]) -> tuple[str, ...]:
    """Which words were misread, for whoever keeps the documents."""
    found = {
        f"“{one.printed}” → “{one.meant}”": None
        for clause, meant in zip(clauses, read, strict=True)
        if clause is not meant
        for one in misreadings.changes(clause.text, meant.text)
    }
    if not found:
        return ()
    more = "…" if len(found) > _SHOWN else ""
    return (
        f"{len(found)} chữ in sai được hiểu theo từ điển (trích dẫn giữ nguyên chữ in): "
        f"{', '.join(list(found)[:_SHOWN])}{more}",
    )


def _doubts(head: header.Header, source: Source) -> tuple[str, ...]:
    """What an official should look at: parts that every directive has and this one seems not to."""
    if head.type in (header.ANNEX, header.NEWS, header.SPEECH):
        return ()
    missing = [name for name, value in (("số, ký hiệu", head.number), ("ngày ban hành", head.date)) if value is None]
    return tuple(f"không tìm thấy {name} của văn bản trong “{source.name}”" for name in missing)
