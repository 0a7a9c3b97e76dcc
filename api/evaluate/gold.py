"""Gold: what a careful reader finds in a document, as JSON in one format everywhere.

A file holds one document, or a list of documents: `id`, `file`, `number`, `title` and other metadata, and where
they were made `clauses` (paths), `assignments` and `questions`. A question cites (document, clause path); a
document is cited by its number, its `id` here, or its `document_id` in the library. Who only writes questions
needs no more than `{"questions": […]}`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, ValidationError
from pydantic_core import PydanticCustomError

from api import schemas
from api.problems import Fault, Refusal, invalid

Language = Literal["vi", "en", "vi-bare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with the clauses that answer it. `must_contain` are strings that the answer has to show."""

    id: str
    language: Language
    kind: str
    text: str
    answerable: bool
    cite: tuple[tuple[str, str], ...]
    due: str | None
    must_contain: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """An assignment as a reader finds it. `due` is an ISO date."""

    clause: str
    agencies: tuple[str, ...]
    role: str
    due: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One document. `metadata` holds number, date, type, signer and issuer where the document has them."""

    id: str
    file: str
    title: str
    metadata: Mapping[str, str]
    clauses: tuple[str, ...]
    assignments: tuple[Assigned, ...]
    questions: tuple[Question, ...]

    @property
    def number(self) -> str | None:
        return self.metadata.get("number")


METADATA = ("number", "date", "type", "signer", "issuer")


def read(file: Path) -> list[Gold]:
    """The documents of one file. Raises `Refusal`, which names the question and the field that is wrong."""
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise _fault(f"{file.name}, byte {error.start}", "not-unicode") from None
    except json.JSONDecodeError as error:
        raise _fault(f"{file.name}, line {error.lineno}", "json") from None
    documents = held if isinstance(held, list) else [held]
    return [_gold(one, _Place(file=file.name, index=i)) for i, one in enumerate(documents)]


def questions(file: Path) -> list[Gold]:
    """The same of a file that is there for its questions; one without any is refused."""
    golds = read(file)
    if not any(one.questions for one in golds):
        raise _fault(f"{file.name}: questions", "missing")
    return golds


def folder(path: Path) -> list[Gold]:
    """The documents of all JSON files in a folder, by file name."""
    return [gold for file in sorted(path.glob("*.json")) for gold in read(file)]


# --- the file, as it must be written ---


class _Document(schemas.Input):
    id: str = ""
    file: str = ""
    title: str = ""
    number: str | None = None
    date: str | None = None
    type: str | None = None
    signer: str | None = None
    issuer: str | None = None
    clauses: tuple[str, ...] = ()
    assignments: tuple[Any, ...] = ()
    questions: tuple[Any, ...] = ()


class _Assigned(BaseModel):
    """Readers note more of an assignment than is measured."""

    model_config = ConfigDict(extra="ignore")

    clause: str
    agencies: tuple[str, ...]
    role: str
    due: str | None


def _pair(cited: tuple[str, ...]) -> tuple[str, ...]:
    if len(cited) != 2 or not all(cited):
        raise PydanticCustomError("citation_pair", "not a document and a clause path")
    return cited


class _Question(schemas.Input):
    id: Annotated[str, Field(min_length=1)]
    lang: Language
    kind: str = "other"
    q: schemas.Question
    answerable: StrictBool
    cite: tuple[Annotated[tuple[str, ...], AfterValidator(_pair)], ...] = ()
    due: schemas.Day = None
    must_contain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where in a file something stands, as it is told to whoever wrote it."""

    file: str
    index: int

    def document(self, held: object) -> str:
        return f"{self.file}, document {_name(held, self.index)}"

    def question(self, held: object, at: int) -> str:
        return f"{self.file}, question {_name(held, at)}"

    def assignment(self, at: int) -> str:
        return f"{self.file}, assignment {at + 1}"


def _name(held: object, at: int) -> str:
    """The id of a question or document, or its place in the list for want of one."""
    id = held.get("id") if isinstance(held, dict) else None
    return f"“{id}”" if isinstance(id, str) and id else str(at + 1)


def _gold(held: object, place: _Place) -> Gold:
    document = _read(_Document, held, place.document(held))
    assignments = [_read(_Assigned, one, place.assignment(at)) for at, one in enumerate(document.assignments)]
    return Gold(
        id=document.id,
        file=document.file,
        title=document.title,
        metadata={name: value for name in METADATA if (value := getattr(document, name))},
        clauses=document.clauses,
        assignments=tuple(
            Assigned(clause=one.clause, agencies=one.agencies, role=one.role, due=one.due) for one in assignments
        ),
        questions=tuple(_question(one, place.question(one, at)) for at, one in enumerate(document.questions)),
    )


def _question(held: object, place: str) -> Question:
    one = _read(_Question, held, place)
    if one.answerable and not one.cite:
        raise _fault(f"{place}: cite", "cites-nothing")
    return Question(
        id=one.id,
        language=one.lang,
        kind=one.kind,
        text=one.q,
        answerable=one.answerable,
        cite=tuple((document, clause) for document, clause in one.cite),
        due=one.due.isoformat() if isinstance(one.due, date) else None,
        must_contain=one.must_contain,
    )


Model = TypeVar("Model", bound=BaseModel)


def _read(kind: type[Model], held: object, place: str) -> Model:
    """The value that was written at a place; its first fault is told with the place."""
    try:
        return kind.model_validate(held)
    except ValidationError as error:
        fault = invalid([{**first, "loc": ("body", *first["loc"])} for first in error.errors()]).faults[0]
        field = place if fault.field == "body" else f"{place}: {fault.field}"
        raise _fault(field, "record" if fault.key == "object" else fault.key, **fault.values) from None


def _fault(field: str, key: str, **values: object) -> Refusal:
    return Refusal("invalid-input", faults=[Fault(field=field, key=key, values=values)])
