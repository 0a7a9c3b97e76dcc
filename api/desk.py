"""What people may ask of the library: one function for each request, the same for HTTP and the command line.

Each takes a request of `api.schemas` and gives an answer of it. They raise `api.problems.Refusal` for what
does not exist, and `index.model.IndexFailure` when the index cannot serve.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from time import perf_counter
from typing import Any

from api import schemas
from api.answer.citation import cite
from api.library import Library
from api.problems import Refusal
from api.status import status, today
from index.model import Entry, Filters, StoredAssignment, Summary
from index.snippet import snippet
from index.words import number_key
from ingest.model import Clause, Reference
from ingest.text import fold, nfc

PAGE = 1_000
"""Assignments that are read at once while a status is looked for."""


def ask(library: Library, request: schemas.AskRequest) -> schemas.Answer:
    """The answer to a question."""
    started = perf_counter()
    filters = _checked(library, request.filters)
    library.search.refresh()
    answer = library.answerer.ask(
        request.question, limit=request.limit, as_of=request.as_of or today(), filters=filters
    )
    return schemas.Answer.model_validate(_plain(answer) | {"took_ms": _since(started)})


def search(library: Library, request: schemas.SearchRequest) -> schemas.Found:
    """The clauses that match, best first."""
    started = perf_counter()
    filters = _checked(library, request)
    query = library.understand(request.q)
    results = library.search.search(query, limit=request.limit, offset=request.offset, filters=filters)
    hits = []
    for hit in results.hits:
        stored = library.store.clause(hit.document_id, hit.clause)
        if stored is None:  # removed since the generation was loaded
            continue
        citation = _plain(cite(stored.document, stored.clause))
        found = {"score": hit.score, "snippet": snippet(stored.clause.text, query)}
        hits.append(schemas.Hit.model_validate(citation | found))
    facets = {name: _counts(results.facets.get(name, {})) for name in schemas.Facets.model_fields}
    return schemas.Found(
        query=request.q,
        total=results.total,
        hits=hits,
        facets=schemas.Facets(**facets),
        took_ms=_since(started),
    )


def documents(library: Library, request: schemas.DocumentsRequest) -> schemas.Documents:
    """A page of the documents."""
    total, summaries = library.store.documents(**request.model_dump())
    listed = [schemas.DocumentSummary.model_validate(_described(summary)) for summary in summaries]
    return schemas.Documents(total=total, documents=listed)


def document(library: Library, name: str) -> schemas.Document:
    """A document with its structure."""
    entry = _entry(library, name)
    read = entry.document
    citing = _citing(library, read.number) if read.number else ()
    references = {
        "out": [_reference(library, made.reference) for made in library.store.references_from(entry.id)],
        "in": [one for one in citing if one.document_id != entry.id],
    }
    summary = Summary(
        id=entry.id,
        number=read.number,
        title=read.title,
        date=read.date,
        type=read.type,
        issuer=read.issuer,
        signer=read.signer,
        source=read.source.name,
        warnings=read.warnings,
    )
    return schemas.Document.model_validate(
        _described(summary)
        | {
            "signer": read.signer,
            "addressees": read.addressees,
            "recipients": read.recipients,
            "references": references,
            "clauses": tree(library.store.clauses(entry.id)),
        }
    )


def clause(library: Library, name: str, path: str) -> schemas.ClauseDetail:
    """One clause with its place; a refusal for an unknown one names the nearest."""
    id = _entry(library, name).id
    path = nfc(path)
    stored = library.store.clause(id, path)
    clauses = library.store.clauses(id)
    if stored is None:
        raise _unknown(id, path, clauses)
    day = today()
    held = (one for one in _ledger(library, document=id) if one.clause.path == path)
    made = (one.reference for one in library.store.references_from(id))
    return schemas.ClauseDetail.model_validate(
        _plain(stored.clause)
        | {
            "children": _linked(clauses)[path].children,
            "assignments": [_assignment(one, day) for one in held],
            "references": [_reference(library, one) for one in made if one.clause == path],
            "citation": cite(stored.document, stored.clause),
        }
    )


def original(library: Library, name: str) -> tuple[Path, str]:
    """The file that a document was read from, as it is kept, and the name it came by."""
    entry = _entry(library, name)
    path = library.store.original(entry.id)
    if path is None or not path.is_file():
        raise Refusal("original-gone", document=entry.id)
    return path, entry.document.source.name


def assignments(library: Library, request: schemas.AssignmentsRequest) -> schemas.Assignments:
    """A page of the ledger. A status depends on the day, so it is computed here and not stored."""
    day = request.as_of or today()
    wanted: dict[str, Any] = request.model_dump(include={"agency", "role", "q", "due_from", "due_to"})
    wanted["document"] = request.document and _entry(library, request.document).id
    first, end = request.offset, request.offset + request.limit
    if request.status is None:
        total, page = library.store.assignments(**wanted, limit=request.limit, offset=first)
        listed = [_assignment(one, day) for one in page]
    else:
        if request.status == "overdue":
            wanted["due_to"] = min(day, request.due_to or day)
        elif request.status in ("due_soon", "upcoming"):
            wanted["due_from"] = max(day, request.due_from or day)
        held = [one for one in _ledger(library, **wanted) if status(one.assignment.deadline, day) == request.status]
        total, listed = len(held), [_assignment(one, day) for one in held[first:end]]
    return schemas.Assignments(total=total, as_of=day, assignments=listed)


def named(library: Library, name: str) -> str:
    """The id of the document that a person means: by its id, or by its number where only one has it."""
    if library.store.document(name) is not None:
        return name
    ids = [summary.id for summary in library.store.find_number(name)]
    if not ids:
        raise Refusal("unknown-document", document=name)
    if len(ids) > 1:
        raise Refusal("ambiguous-number", document=name, ids=", ".join(ids))
    return ids[0]


def exists(library: Library, name: str, path: str | None = None) -> None:
    """Refuses a document, or a clause of it, that does not exist."""
    id = _entry(library, name).id
    if path is not None and library.store.clause(id, nfc(path)) is None:
        raise _unknown(id, path, library.store.clauses(id))


def ready(library: Library) -> schemas.Ready:
    """Fails with `IndexFailure` until a generation is loaded."""
    library.search.refresh()
    total, _ = library.store.documents(q=None, type=None, issuer=None, limit=1, offset=0)
    return schemas.Ready(documents=total)


def tree(clauses: Sequence[Clause]) -> list[schemas.Clause]:
    """Clauses in reading order → the outermost ones, each with what stands under it."""
    nodes = _linked(clauses)
    return [nodes[one.path] for one in clauses if one.parent not in nodes]


def _unknown(id: str, path: str, clauses: Sequence[Clause]) -> Refusal:
    """The refusal for a clause that does not exist; it names those that look most like it."""
    folded = {fold(one.path): one.path for one in clauses}
    near = ", ".join(folded[key] for key in get_close_matches(fold(path), folded, n=3, cutoff=0.0))
    return Refusal("unknown-clause", document=id, clause=path, nearest=near)


def _entry(library: Library, id: str) -> Entry:
    entry = library.store.document(id)
    if entry is None:
        raise Refusal("unknown-document", document=id)
    return entry


def _checked(library: Library, filters: schemas.Filters) -> Filters:
    """The filters, refused when they name a document that does not exist: nothing found would mislead."""
    if filters.document is not None:
        _entry(library, filters.document)
    return filters.value()


def _linked(clauses: Sequence[Clause]) -> dict[str, schemas.Clause]:
    """Every clause by its path, with its children in reading order."""
    nodes = {
        one.path: schemas.Clause(
            path=one.path, label=one.label, heading=one.heading, text=one.text, page=one.page, children=[]
        )
        for one in clauses
    }
    for one in clauses:
        if one.parent in nodes:
            nodes[one.parent].children.append(nodes[one.path])
    return nodes


def _ledger(library: Library, **wanted: Any) -> Iterator[StoredAssignment]:
    """All assignments that match, read page by page."""
    everything: dict[str, Any] = dict.fromkeys(("agency", "role", "document", "q", "due_from", "due_to"))
    offset = 0
    while True:
        total, page = library.store.assignments(**everything | wanted, limit=PAGE, offset=offset)
        yield from page
        offset += PAGE
        if offset >= total:
            return


def _plain(value: Any) -> dict[str, Any]:
    """The fields of a frozen value by name."""
    return {one.name: getattr(value, one.name) for one in fields(value)}


def _described(summary: Summary) -> dict[str, Any]:
    return {
        "document_id": summary.id,
        "document_number": summary.number,
        "document_title": summary.title,
        "document_date": summary.date,
        "type": summary.type,
        "issuer": summary.issuer,
        "source": summary.source,
        "warnings": summary.warnings,
    }


def _assignment(stored: StoredAssignment, day: date) -> schemas.Assignment:
    deadline = stored.assignment.deadline
    return schemas.Assignment(
        id=stored.id,
        agencies=list(stored.assignment.agencies),
        role=stored.assignment.role,
        task=stored.assignment.task,
        deadline_text=deadline.text if deadline else None,
        due=deadline.due if deadline else None,
        bound=deadline.bound if deadline else None,
        recurrence=deadline.recurrence if deadline else None,
        status=status(deadline, day),
        citation=schemas.Citation.model_validate(cite(stored.document, stored.clause)),
    )


def _reference(library: Library, made: Reference) -> schemas.Reference:
    return schemas.Reference(
        clause=made.clause,
        text=made.text,
        number=made.number,
        type=made.type,
        date=made.date,
        document_id=_target(library, made),
    )


def _target(library: Library, made: Reference) -> str | None:
    """The document that is cited, where the store holds exactly one of that number and date."""
    held = [
        summary.id
        for summary in library.store.find_number(made.number)
        if number_key(summary.number or "") == number_key(made.number)
        and (made.date is None or summary.date is None or made.date == summary.date)
    ]
    return held[0] if len(held) == 1 else None


def _citing(library: Library, number: str) -> Iterator[schemas.Citation]:
    """The clauses that cite a document number, each once."""
    made = library.store.references_to(number)
    for id, path in dict.fromkeys((one.document.id, one.reference.clause) for one in made):
        stored = library.store.clause(id, path)
        if stored is not None:
            yield schemas.Citation.model_validate(cite(stored.document, stored.clause))


def _counts(facet: Mapping[str, int]) -> list[schemas.Count]:
    """Most frequent first, then by name."""
    ranked = sorted(facet.items(), key=lambda item: (-item[1], item[0]))
    return [schemas.Count(value=value, count=count) for value, count in ranked]


def _since(started: float) -> float:
    """Milliseconds since `started`."""
    return round((perf_counter() - started) * 1_000, 1)
