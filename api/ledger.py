"""The ledger as people ask for it: assignments with their status on a day, and the bodies that have them.

A status depends on the day, so it is computed here and not stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from api import schemas
from api.answer.citation import cite
from api.library import Library
from api.problems import Refusal
from api.shelf import named
from api.status import Status, status, today
from index.ledger import Body, Charged, Selection
from index.model import StoredAssignment
from ingest.agencies import Agency
from ingest.text import fold, has_marks, syllables

PAGE = 100


def assignments(library: Library, request: schemas.AssignmentsRequest) -> schemas.Assignments:
    """A page of the ledger: `limit` assignments, or if it is left out a hundred for JSON and all for a file."""
    day = request.as_of or today()
    body = library.ledger.body(request.agency) if request.agency else None
    selection = Selection(
        names=body.all_names if body else None,
        role=request.role,
        document=named(library, request.document) if request.document else None,
        q=request.q,
        due_from=request.due_from,
        due_to=request.due_to,
    )
    limit = request.limit if request.limit or request.format != "json" else PAGE
    return _page(library, selection, body, day, request.status, request.offset, limit)


def feed(library: Library, name: str) -> schemas.Assignments:
    """Everything that is due from a body and from those it succeeded. Refuses a body that nothing knows."""
    body = library.ledger.body(name)
    if not body.known:
        raise Refusal("unknown-agency", agency=name)
    dated = Selection(names=body.all_names, due_from=date.min)
    return _page(library, dated, body, today(), None, 0, None)


def agencies(library: Library, request: schemas.AgenciesRequest) -> schemas.Agencies:
    """A page of bodies, the most charged first; before them the one that `q` names outright."""
    day = request.as_of or today()
    words = syllables(request.q or "")
    meant = library.ledger.body(request.q).agency if request.q else None

    def is_meant(one: Charged) -> bool:
        return meant is not None and one.body.agency is meant

    found = [one for one in library.ledger.charged() if is_meant(one) or _matches(one.body, words)]
    ranked = sorted(found, key=lambda one: (not is_meant(one), -len(one.lines), one.body.name))
    page = ranked[request.offset : request.offset + request.limit]
    listed = [_agency(library, one, day) for one in page]
    return schemas.Agencies(total=len(found), as_of=day, agencies=listed)


def rows(
    library: Library, held: Iterable[StoredAssignment], day: date, body: Body | None = None
) -> list[schemas.Assignment]:
    """Assignments as they stand on a day; `body` is the one that was asked for."""
    return [_row(library, one, day, body) for one in held]


def _page(
    library: Library,
    selection: Selection,
    body: Body | None,
    day: date,
    wanted: Status | None,
    offset: int,
    limit: int | None,
) -> schemas.Assignments:
    standing = [(line, status(line, day)) for line in library.ledger.lines(selection)]
    kept = [(line, stands) for line, stands in standing if wanted in (None, stands)]
    due = Counter((line.due, stands) for line, stands in kept if line.due is not None)
    shown = kept[offset:] if limit is None else kept[offset : offset + limit]
    held = library.ledger.held([line.key for line, _ in shown])
    return schemas.Assignments(
        total=len(kept),
        as_of=day,
        agency=_body(library, body, day) if body else None,
        counts=_counts(stands for _, stands in standing),
        due_dates=[schemas.DueDate(due=on, status=stands, count=count) for (on, stands), count in due.items()],
        assignments=rows(library, held, day, body),
    )


def _row(library: Library, stored: StoredAssignment, day: date, body: Body | None) -> schemas.Assignment:
    assignment, deadline = stored.assignment, stored.assignment.deadline
    return schemas.Assignment(
        id=stored.id,
        agencies=list(assignment.agencies),
        role=assignment.role,
        task=assignment.task,
        deadline_text=deadline.text if deadline else None,
        due=deadline.due if deadline else None,
        bound=deadline.bound if deadline else None,
        recurrence=deadline.recurrence if deadline else None,
        status=status(deadline, day),
        as_=None if body is None else "itself" if set(body.names) & set(assignment.agencies) else "predecessor",
        succeeded_by=_successions(library, assignment.agencies, day),
        citation=schemas.Citation.model_validate(cite(stored.document, stored.clause)),
    )


def _successions(library: Library, names: Collection[str], day: date) -> list[schemas.Succession]:
    found = []
    for name in names:
        agency = library.ledger.agency(name)
        if agency is None or agency.valid_to is None:
            continue
        successor = library.ledger.successor(agency, day)
        if successor is not None:
            found.append(schemas.Succession(agency=name, by=successor.name, since=agency.valid_to))
    return found


def _body(library: Library, body: Body, day: date) -> schemas.Body:
    successor = library.ledger.successor(body.agency, day) if body.agency else None
    return schemas.Body(
        key=body.key,
        name=body.name,
        en=body.agency.en if body.agency else None,
        registered=body.agency is not None,
        names=list(body.names),
        predecessors=[one.name for one in body.predecessors],
        successor=successor.name if successor else None,
    )


def _agency(library: Library, charged: Charged, day: date) -> schemas.Agency:
    body, entry = charged.body, charged.body.agency
    return schemas.Agency(
        key=body.key,
        name=body.name,
        en=entry.en if entry else None,
        abbreviations=list(entry.abbreviations) if entry else [],
        aliases=list(entry.aliases) if entry else [],
        level=entry.level if entry else None,
        valid_from=entry.valid_from if entry else None,
        valid_to=entry.valid_to if entry else None,
        successor=_successor(library, entry) if entry else None,
        predecessors=[one.name for one in library.ledger.predecessors(entry)] if entry else [],
        registered=entry is not None,
        names=list(body.names),
        total=len(charged.lines),
        counts=_counts(status(line, day) for line in charged.lines),
    )


def _successor(library: Library, agency: Agency) -> str | None:
    """The body that took over the work of another, whenever that is."""
    successor = library.ledger.successor(agency, agency.valid_to) if agency.valid_to else None
    return successor.name if successor else None


def _matches(body: Body, words: Sequence[str]) -> bool:
    """Whether every word begins a word of one of its names; a word typed without marks stands for any marks."""
    if not words:
        return True
    entry = body.agency
    known = (entry.name, *entry.aliases, *entry.abbreviations, entry.en, *entry.en_aliases) if entry else ()
    return any(_begins(words, syllables(name)) for name in (*known, *body.names))


def _begins(words: Sequence[str], name: Sequence[str]) -> bool:
    plain = [fold(one) for one in name]
    return all(any(one.startswith(word) for one in (name if has_marks(word) else plain)) for word in words)


def _counts(standing: Iterable[Status]) -> schemas.Counts:
    counted = Counter(standing)
    return schemas.Counts(**{name: counted[name] for name in schemas.Counts.model_fields})  # type: ignore[index]
