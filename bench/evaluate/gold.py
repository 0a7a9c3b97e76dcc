"""Gold: what a careful reader finds in a document, as JSON in one format everywhere.

A file holds one document, or a list of documents: `id`, `file`, `number`, `title` and other metadata, and where
they were made `clauses` (paths), `assignments` and `questions`. A question cites (document, clause path); a
document without a number is cited by its `id`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

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
    """The documents of one file. Raises KeyError when a field is missing that every gold has."""
    held = json.loads(file.read_text(encoding="utf-8"))
    return [_gold(one) for one in (held if isinstance(held, list) else [held])]


def folder(path: Path) -> list[Gold]:
    """The documents of all JSON files in a folder, by file name."""
    return [gold for file in sorted(path.glob("*.json")) for gold in read(file)]


def _gold(held: Mapping[str, Any]) -> Gold:
    return Gold(
        id=held["id"],
        file=held["file"],
        title=held["title"],
        metadata={name: held[name] for name in METADATA if held.get(name)},
        clauses=tuple(held.get("clauses", ())),
        assignments=tuple(
            Assigned(clause=one["clause"], agencies=tuple(one["agencies"]), role=one["role"], due=one["due"])
            for one in held.get("assignments", ())
        ),
        questions=tuple(_question(one) for one in held.get("questions", ())),
    )


def _question(held: Mapping[str, Any]) -> Question:
    return Question(
        id=held["id"],
        language=held["lang"],
        kind=held["kind"],
        text=held["q"],
        answerable=held["answerable"],
        cite=tuple((document, clause) for document, clause in held["cite"]),
        due=held["due"],
        must_contain=tuple(held["must_contain"]),
    )
