"""A library in miniature: an encoder that hashes syllables, and a parser for a format of a few lines."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest

from index.model import Encoder, Outcome, Query, Term, Vectors
from index.store import Store
from index.sync import sync
from index.words import numbers, tokens
from ingest.model import (
    Assignment,
    Clause,
    Deadline,
    Document,
    Page,
    Passage,
    Reference,
    Region,
    Source,
    Span,
    Unreadable,
)
from ingest.text import fold, syllables

DIMENSIONS = 64
REGION = Region(page=1, left=0.1, top=0.25, right=0.9, bottom=0.2875)


class HashingEncoder:
    """A bag of syllables, hashed into 64 dimensions. `embedded` lists every passage it was given."""

    dimensions = DIMENSIONS
    max_tokens = 40

    def __init__(self, name: str = "hashing-64") -> None:
        self.name = name
        self.embedded: list[str] = []
        self.loaded = 0

    def load(self) -> Encoder:
        """What is passed as the way to load an encoder; counts how often it is asked for."""
        self.loaded += 1
        return self

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        vector = np.zeros(DIMENSIONS, dtype=np.float32)
        for syllable in syllables(text):
            vector[zlib.crc32(syllable.encode()) % DIMENSIONS] += 1
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length) if length else vector


def parse(data: bytes, name: str) -> Document:
    """`key: value` lines, an empty line, then clauses as `path | text | agency; agency | due | cited number`."""
    text = data.decode("utf-8")
    if not text.startswith("#"):
        raise Unreadable(name, "không phải văn bản thử")
    head, _, body = text.partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines()[1:])
    start = len(head) + 2
    clauses: list[Clause] = []
    assignments: list[Assignment] = []
    references: list[Reference] = []
    for line in body.splitlines():
        path, words, agencies, due, cited = (part.strip() for part in (line + "||||").split("|")[:5])
        span = Span(start=start, end=start + len(line))
        start += len(line) + 1
        parent = path.rpartition(".")[0] or None
        clauses.append(
            Clause(path=path, label=f"{path}.", text=words, span=span, parent=parent, page=1, regions=(REGION,))
        )
        if agencies:
            deadline = (
                Deadline(
                    text=due, span=Span(start=0, end=len(due)), rule="day", due=date.fromisoformat(due), bound="by"
                )
                if due
                else None
            )
            assignments.append(
                Assignment(
                    clause=path,
                    agencies=tuple(name.strip() for name in agencies.split(";")),
                    role="lead",
                    task=words,
                    deadline=deadline,
                )
            )
        if cited:
            references.append(Reference(clause=path, span=Span(start=0, end=len(cited)), text=cited, number=cited))
    return Document(
        source=Source(
            name=name, kind="txt", text=text, pages=(Page(number=1, span=Span(start=0, end=len(text)), turned=180.3),)
        ),
        sha256=hashlib.sha256(data).hexdigest(),
        number=facts.get("number"),
        date=date.fromisoformat(facts["date"]) if "date" in facts else None,
        place="Hà Nội",
        type=facts.get("type", "Kế hoạch"),
        title=facts.get("title", "Kế hoạch thử"),
        issuer=facts.get("issuer"),
        signer=None,
        clauses=tuple(clauses),
        assignments=tuple(assignments),
        references=tuple(references),
    )


def passages(document: Document, *, max_tokens: int) -> tuple[Passage, ...]:
    """A passage for every `max_tokens` words of a clause."""
    return tuple(
        Passage(
            clause=clause.path,
            part=part,
            text=" ".join(words[start : start + max_tokens]),
            context=f"{document.number or ''}\n{document.title}",
        )
        for clause in document.clauses
        for words in (clause.text.split(),)
        for part, start in enumerate(range(0, len(words), max_tokens))
    )


class Write(Protocol):
    """Writes a file of the miniature format into the folder of documents."""

    def __call__(self, name: str, *clauses: str, **facts: str) -> Path: ...


Ask = Callable[[str], Query]
Run = Callable[[], list[Outcome]]


@pytest.fixture
def encoder() -> HashingEncoder:
    return HashingEncoder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    return documents


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def write(folder: Path) -> Write:
    def written(name: str, *clauses: str, **facts: str) -> Path:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        head = "\n".join(("#", *(f"{key}: {value}" for key, value in facts.items())))
        file.write_text(f"{head}\n\n" + "\n".join(clauses), encoding="utf-8")
        return file

    return written


@pytest.fixture
def run(store: Store, folder: Path, encoder: HashingEncoder) -> Run:
    """Brings the store up to date with the folder."""
    return lambda: list(sync([folder], store=store, encoder=encoder.load, parse=parse, passages=passages, workers=0))


@pytest.fixture
def ask() -> Ask:
    """A Vietnamese query of all tokens of a text, as it stands."""

    def asked(text: str) -> Query:
        exact = tokens(text)
        return Query(
            text=text,
            language="vi",
            exact=tuple(Term(text=token) for token in exact),
            folded=tuple(Term(text=fold(token)) for token in exact),
            document_numbers=tuple(numbers(text)),
        )

    return asked
