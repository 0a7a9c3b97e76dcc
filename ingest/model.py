"""The values that reading produces: frozen, keyword-only, and tied to spans of the source text.

Offsets count characters of `Source.text` (Unicode, NFC) and are half-open: `text[span.start:span.end]`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["txt", "md", "html", "docx", "pdf", "image"]
Role = Literal["lead", "coordinate", "request"]
Bound = Literal["by", "before"]
Relation = Literal["grounds", "implements", "amends", "replaces", "repeals", "corrects"]
Recurrence = Literal["daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly"]

PREAMBLE = "preamble"
CLOSING = "closing"


class IngestError(Exception):
    """Anything this room refuses. `Unreadable` is the only kind a run meets: the file is listed, the run goes on."""


class Unreadable(IngestError):
    """A file that cannot be read, with a reason an official understands."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open range of characters of the source text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the source, numbered from 1.

    Its picture stands upright and level when it is turned clockwise by so many degrees: as it was read.
    """

    number: int
    span: Span
    turned: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A rectangle on the picture of a page: shares of its width and height, from its upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1):
            raise ValueError(f"not a region: {self.left}..{self.right} by {self.top}..{self.bottom}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a line of the source is printed; `span` ends behind its newline."""

    span: Span
    region: Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a reader makes of a file: its text and where the pages lie in it.

    `pages` is empty for formats without pages. `title` is what the file says of itself (HTML <title>,
    document properties) and is only a hint. `warnings` are sentences for the person who keeps the documents.
    `places`, in the order of the text, are those of its lines where the format has pictures of pages; they are not
    kept beyond the clauses, which keep their own.
    """

    name: str
    kind: Kind
    text: str
    pages: tuple[Page, ...] = ()
    title: str | None = None
    warnings: tuple[str, ...] = ()
    places: tuple[Place, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A labelled unit of a document, or its `preamble` or `closing`.

    `path` follows the conventions for clause paths ("II.5.2", "1.-3", "Điều 5.2.a", "PL1"). `label` is as
    printed ("5.2.", "-", "Điều 5"). `text` is the clause's own words without its label and without its
    children, lines joined, paragraphs separated by a newline. `heading` is its first line when that is a
    bare heading. `span` covers the label and the own words in the source. `headings` are the headings above
    it, outermost first. `regions` are where that span is printed, block by block in reading order; empty for formats
    without pictures of pages. `meant` is `text` without misprints, where a reader is sure of them: it is searched, and
    never quoted.
    """

    path: str
    label: str
    text: str
    span: Span
    heading: str | None = None
    parent: str | None = None
    page: int | None = None
    headings: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    meant: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline phrase and what it resolves to.

    `span` lies in the text of the clause that holds it. `due` is null for a recurrence or a phrase that
    cannot be resolved; `rule` names the rule that resolved it.
    """

    text: str
    span: Span
    rule: str
    due: date | None = None
    bound: Bound | None = None
    recurrence: Recurrence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An order or request in one clause to a set of agencies that share a role."""

    clause: str
    agencies: tuple[str, ...]
    role: Role
    task: str
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document that a clause cites: "Kế hoạch số 189/KH-UBND ngày 06/7/2022 của UBND Thành phố".

    `span` lies in the text of the clause. `relation` is what the clause says of the document: "căn cứ" (grounds),
    "thực hiện" (implements), "sửa đổi, bổ sung" (amends), "thay thế" (replaces), "bãi bỏ" (repeals), "đính chính"
    (corrects); null where it only mentions it.
    """

    clause: str
    span: Span
    text: str
    number: str
    type: str | None = None
    date: date | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A directive with its structure. `clauses` stand in reading order; `parent` links them into a tree.

    `attached` are the documents with a number of their own that follow in the same file; of each, `source` is its
    part of the text.
    """

    source: Source
    sha256: str
    number: str | None
    date: date | None
    place: str | None
    type: str
    title: str
    issuer: str | None
    signer: str | None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    references: tuple[Reference, ...] = ()
    warnings: tuple[str, ...] = ()
    attached: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is embedded and indexed: the words of one clause, or a part of a long one, with their context.

    `context` holds document number, title and the headings above the clause; `part` counts from 0.
    """

    clause: str
    part: int
    text: str
    context: str
