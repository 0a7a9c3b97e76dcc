"""What the index keeps and finds, as frozen values; and the seams behind which an engine stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.model import Assignment, Clause, Document

Vectors = NDArray[np.float32]
Language = Literal["vi", "en"]


class IndexFailure(Exception):
    """Anything this room refuses.

    `EncoderMismatch` — the index was built by another encoder; `Locked` — another process is writing;
    `NoGeneration` — nothing has been published yet; `index.pictures.Undrawn` and `Crowded` — no picture of a page.
    """


class EncoderMismatch(IndexFailure):
    """The index was built by another encoder than the one that is set."""


class Locked(IndexFailure):
    """Another process is writing to the same home."""


class NoGeneration(IndexFailure):
    """Nothing has been published yet."""


class Encoder(Protocol):
    """Text to unit vectors. `name` identifies weights and prompts, so that an index can refuse strangers."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def max_tokens(self) -> int: ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimensions), float32, rows of length 1 (or 0 for a text without tokens)."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """Shape (dimensions,), float32, length 1 (or 0)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A token of the word index with its weight in a query."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question, understood: what is needed to find passages for it.

    `text` is NFC and without slips; if `restored` is set, marks or letters were typed otherwise than in this reading.
    `exact` are syllables and adjacent bigrams with marks, `folded` the same without marks; for an English
    question `exact` holds the weighted Vietnamese translations.
    """

    text: str
    language: Language
    exact: tuple[Term, ...]
    folded: tuple[Term, ...]
    restored: str | None = None
    agencies: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    due_from: date | None = None
    due_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Restrictions on documents and clauses; a null leaves its dimension open. Dates are inclusive."""

    document: str | None = None
    type: str | None = None
    issuer: str | None = None
    agency: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One clause that was found. `score` orders the hits; `words` and `vector` are its parts, 0 when absent."""

    document_id: str
    clause: str
    score: float
    words: float = 0.0
    vector: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of hits, one per clause, best first. `total` counts all clauses that matched.

    `facets` counts the matching clauses by type, issuer, year and agency.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document in the store. `path` is the file it was read from; `document.source.text` is its text."""

    id: str
    document: Document
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A document in a list: its metadata without text and clauses."""

    id: str
    number: str | None
    title: str
    date: date | None
    type: str
    issuer: str | None
    signer: str | None
    source: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredClause:
    """A clause with the document it stands in."""

    document: Summary
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAssignment:
    """An assignment with its stable id, its document and the clause that holds it."""

    id: str
    document: Summary
    clause: Clause
    assignment: Assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    name: str
    document_id: str
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    name: str
    document_id: str
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    name: str
    document_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    name: str
    document_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    name: str
    reason: str


Outcome = Added | Changed | Unchanged | Removed | Refused
