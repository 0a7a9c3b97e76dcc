"""What an answer is: statements that are verbatim spans of cited clauses, or a refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.model import Language
from ingest.model import Bound, Recurrence, Region, Role

Reason = Literal["no_support", "unknown_agency", "unknown_document", "false_premise", "out_of_scope"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A clause as callers see it. `quote` is verbatim from the document, line breaks joined.

    `regions` are where the clause stands on the pictures of its pages.
    """

    document_id: str
    document_number: str | None
    document_title: str
    document_date: date | None
    issuer: str | None
    source: str
    page: int | None
    clause: str
    label: str
    quote: str
    url: str
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of the answer. `citations` are indices into the answer's citations, at least one."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An assignment as an answer shows it. `citation` is an index into the answer's citations."""

    agencies: tuple[str, ...]
    role: Role
    task: str
    deadline_text: str | None
    due: date | None
    bound: Bound | None
    recurrence: Recurrence | None
    citation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """How the question was understood, so that a person can correct it."""

    agencies: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    due_from: date | None = None
    due_to: date | None = None
    restored: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer, or with `answerable` false a refusal: `reason` set, `nearest` up to three clauses to look at."""

    question: str
    language: Language
    answerable: bool
    answer: str
    interpreted: Interpretation
    reason: Reason | None = None
    statements: tuple[Statement, ...] = ()
    assignments: tuple[Task, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
