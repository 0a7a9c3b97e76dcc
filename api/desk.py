"""What people may ask of the library: one function for each request, the same for HTTP and the command line.

Each takes a request of `api.schemas` and gives an answer of it. They raise `api.problems.Refusal` for what
does not exist, and `index.model.IndexFailure` when the index cannot serve.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from api import ledger, schemas
from api.answer.citation import cite
from api.answer.model import Answer
from api.library import Library
from api.problems import Refusal, shown
from api.shelf import entry
from api.status import today
from index.model import Filters, Summary
from index.snippet import snippet
from index.words import number_key
from ingest.model import Clause, Reference
from ingest.text import fold, nfc

if TYPE_CHECKING:
    from index.pictures import Sight


def ask(library: Library, request: schemas.AskRequest) -> schemas.Answer:
    """The answer to a question."""
    *_, answer = answering(library, request)
    assert isinstance(answer, schemas.Answer)
    return answer


def answering(library: Library, request: schemas.AskRequest) -> Iterator[schemas.Answer | schemas.Sentence]:
    """The answer to a question as far as it is known: at once without `written`, then each sentence of that as it is
    supported, and last the whole answer. The sentences are provisional until that: it may leave them all out.
    """
    started = perf_counter()
    filters = _checked(library, request.filters)
    library.search.refresh()
    answer = library.answerer.ask(request.question, limit=request.limit, as_of=request.as_of, filters=filters)
    return _written(library, answer, started)


def _written(library: Library, answer: Answer, started: float) -> Iterator[schemas.Answer | schemas.Sentence]:
    quoted = schemas.Answer.model_validate(_plain(answer) | {"written": None, "took_ms": _since(started)})
    yield quoted
    if library.scribe is None:
        return
    writing = library.scribe.write(answer)
    while True:
        try:
            yield schemas.Sentence.model_validate(next(writing))
        except StopIteration as end:
            written = schemas.Written.model_validate(end.value) if end.value is not None else None
            break
    yield quoted.model_copy(update={"written": written, "took_ms": _since(started)})


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
    held = entry(library, name)
    read = held.document
    citing = _citing(library, read.number) if read.number else ()
    references = {
        "out": [_reference(library, made.reference) for made in library.store.references_from(held.id)],
        "in": [one for one in citing if one.document_id != held.id],
    }
    summary = Summary(
        id=held.id,
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
            "clauses": tree(library.store.clauses(held.id)),
        }
    )


def clause(library: Library, name: str, path: str) -> schemas.ClauseDetail:
    """One clause with its place; a refusal for an unknown one names the nearest."""
    id = entry(library, name).id
    path = nfc(path)
    stored = library.store.clause(id, path)
    clauses = library.store.clauses(id)
    if stored is None:
        raise _unknown(id, path, clauses)
    held = library.ledger.within([(id, path)]).get((id, path), ())
    made = (one.reference for one in library.store.references_from(id))
    return schemas.ClauseDetail.model_validate(
        _plain(stored.clause)
        | {
            "children": _linked(clauses)[path].children,
            "assignments": ledger.rows(library, held, today()),
            "references": [_reference(library, one) for one in made if one.clause == path],
            "citation": cite(stored.document, stored.clause),
        }
    )


def original(library: Library, name: str) -> tuple[Path, str]:
    """The file that a document was read from, as it is kept, and the name it came by."""
    held = entry(library, name)
    path = library.store.original(held.id)
    if path is None or not path.is_file():
        raise Refusal("original-gone", document=held.id)
    return path, held.document.source.name


def sight(library: Library, name: str, number: int, *, width: int) -> tuple[str, Sight]:
    """What is needed to draw a page of a document, and a tag that changes when the picture would."""
    from index.pictures import Sight
    from ingest.read.preview import RECIPE, SHOWN

    held = entry(library, name)
    source = held.document.source
    if source.kind not in SHOWN:
        raise Refusal("no-pictures", document=held.id, source=source.name)
    page = next((page for page in source.pages if page.number == number), None)
    if page is None:
        raise Refusal("unknown-page", document=held.id, page=shown(number), count=len(source.pages))
    path = library.store.original(held.id)
    if path is None or not path.is_file():
        raise Refusal("original-gone", document=held.id)
    tag = f"{held.document.sha256[:16]}-{number}-{width}-{page.turned:g}-{RECIPE}"
    return tag, Sight(path=path, name=source.name, kind=source.kind, page=page, width=width)


def picture(library: Library, name: str, sight: Sight) -> bytes:
    """A page as a JPEG."""
    from index.pictures import Crowded, Undrawn

    try:
        return library.pictures.draw(sight)
    except Undrawn as undrawn:
        raise Refusal("undrawn-page", document=name, page=sight.page.number) from undrawn
    except Crowded as crowded:
        raise Refusal("crowded") from crowded


def exists(library: Library, name: str, path: str | None = None) -> None:
    """Refuses a document, or a clause of it, that does not exist."""
    id = entry(library, name).id
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


def _checked(library: Library, filters: schemas.Filters) -> Filters:
    """The filters, refused when they name a document that does not exist: nothing found would mislead."""
    if filters.document is not None:
        entry(library, filters.document)
    return filters.value()


def _linked(clauses: Sequence[Clause]) -> dict[str, schemas.Clause]:
    """Every clause by its path, with its children in reading order."""
    nodes = {
        one.path: schemas.Clause(
            path=one.path,
            label=one.label,
            heading=one.heading,
            text=one.text,
            page=one.page,
            regions=[schemas.Region.model_validate(region) for region in one.regions],
            children=[],
        )
        for one in clauses
    }
    for one in clauses:
        if one.parent in nodes:
            nodes[one.parent].children.append(nodes[one.path])
    return nodes


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


def _reference(library: Library, made: Reference) -> schemas.Reference:
    return schemas.Reference(
        clause=made.clause,
        text=made.text,
        number=made.number,
        type=made.type,
        date=made.date,
        relation=made.relation,
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
