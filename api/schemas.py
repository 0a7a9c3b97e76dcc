"""What travels over the wire: the requests that are accepted and the objects that are answered.

Field names are the contract with callers (`/openapi.json`); none changes without a new version. Requests
are NFC, with white space squeezed; a name that is not known is refused rather than ignored, because a typo
in a filter would otherwise answer another question than the one that was asked.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from api.answer.model import Reason
from api.status import Status
from index import model as index
from index.model import Language
from ingest.agencies.agency import Level
from ingest.model import Bound, Recurrence, Relation, Role
from ingest.text import nfc, squeeze

QUESTION_LENGTH = 2_000
FILTER_LENGTH = 300

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _clean(value: object) -> object:
    """NFC with squeezed white space; control characters are refused, tabs and line breaks are white space."""
    if not isinstance(value, str):
        return value
    for character in value:
        category = unicodedata.category(character)
        if category == "Cs":
            raise PydanticCustomError("string_unicode", "half of a surrogate pair")
        if category == "Cc" and character not in "\t\n\r":
            values = {"character": f"U+{ord(character):04X}"}
            raise PydanticCustomError("control_character", "control character", values)
    return squeeze(nfc(value))


def _open(value: object) -> object:
    """An empty filter, as an HTML form sends it, is no filter."""
    return _clean(value) or None


def _iso(value: object) -> object:
    """Only YYYY-MM-DD: pydantic alone would read digits as seconds since 1970."""
    if value is None or type(value) is date:
        return value
    if isinstance(value, str):
        if not value.strip():
            return None
        if _ISO_DATE.fullmatch(value.strip()):
            try:
                return date.fromisoformat(value.strip())
            except ValueError:
                pass
    raise PydanticCustomError("date", "not a date")


Question = Annotated[Annotated[str, Field(min_length=1, max_length=QUESTION_LENGTH)], BeforeValidator(_clean)]
Text = Annotated[Annotated[str, Field(max_length=FILTER_LENGTH)] | None, BeforeValidator(_open)]
Day = Annotated[date | None, BeforeValidator(_iso)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]


class Input(BaseModel):
    """A request. A name that it does not have is an error that tells the nearest one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _known_names(cls, data: Any) -> Any:
        known = list(cls.model_fields)
        for name in data if isinstance(data, dict) else ():
            if name not in known:
                nearest = get_close_matches(str(name), known, n=1, cutoff=0.0)[0]
                values = {"name": str(name)[:FILTER_LENGTH], "nearest": nearest, "known": ", ".join(known)}
                raise PydanticCustomError("unknown_field", "unknown name", values)
        return data


class Filters(Input):
    """Restrictions on documents and clauses; what is left out stays open. Dates are inclusive."""

    document: Text = None
    type: Text = None
    issuer: Text = None
    agency: Text = None
    date_from: Day = None
    date_to: Day = None
    due_from: Day = None
    due_to: Day = None

    def value(self) -> index.Filters:
        """The same as the index takes it."""
        return index.Filters(**{name: getattr(self, name) for name in Filters.model_fields})


class AskRequest(Input):
    """A question. `as_of` is the day it is asked on, for "overdue" and "next month", and leaves out what was
    issued later; today if left out, and then nothing is left out."""

    question: Question
    limit: int = Field(default=8, ge=1, le=50)
    as_of: Day = None
    filters: Filters = Filters()


class SearchRequest(Filters):
    """Words to look for."""

    q: Question
    limit: int = Field(default=10, ge=1, le=100)
    offset: Offset = 0


class DocumentsRequest(Input):
    """Which documents to list; with `warnings` only those that somebody should look at."""

    q: Text = None
    type: Text = None
    issuer: Text = None
    warnings: bool = False
    limit: int = Field(default=50, ge=1, le=1_000)
    offset: Offset = 0


class AssignmentsRequest(Input):
    """Which assignments to list. `status` is as of `as_of`, today if left out.

    `document` is an id, or a number that only one document has. Left out, `limit` is 100 for JSON, and everything
    for a file. `lang` is the language of a file's headings.
    """

    agency: Text = None
    role: Annotated[Role | None, BeforeValidator(_open)] = None
    document: Text = None
    q: Text = None
    due_from: Day = None
    due_to: Day = None
    status: Annotated[Status | None, BeforeValidator(_open)] = None
    as_of: Day = None
    limit: Annotated[int, Field(ge=1, le=1_000)] | None = None
    offset: Offset = 0
    format: Literal["json", "csv", "xlsx", "ics"] = "json"
    lang: Language = "vi"


class PageRequest(Input):
    """How wide the picture of a page is to be, in pixels."""

    width: int = Field(default=1_200, ge=100, le=2_400)


class ClauseRequest(Input):
    """One clause of a document: its id, or a number that only one document has, and the path of the clause."""

    document: Annotated[str, Field(min_length=1, max_length=FILTER_LENGTH), BeforeValidator(_clean)]
    clause: Annotated[str, Field(min_length=1, max_length=FILTER_LENGTH), BeforeValidator(_clean)]


class AgenciesRequest(Input):
    """Which bodies to list. The assignments are counted by their status as of `as_of`, today if left out."""

    q: Text = None
    as_of: Day = None
    limit: int = Field(default=1_000, ge=1, le=1_000)
    offset: Offset = 0


class Output(BaseModel):
    """An object that is answered, made from the frozen values of the rooms below."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Region(Output):
    """A rectangle on the picture of a page: shares of its width and height, from its upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Citation(Output):
    """A clause with everything needed to find it. `quote` is verbatim from the document.

    `regions` are where the clause stands on the pictures of its pages, block by block; empty where the format has none.
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
    regions: list[Region]


class Statement(Output):
    """A sentence of the answer; `citations` are indices into the answer's citations."""

    text: str
    citations: list[int]


class Task(Output):
    """Who is told to do what, and by when. `citation` is an index into the answer's citations."""

    agencies: list[str]
    role: Role
    task: str
    deadline_text: str | None
    due: date | None
    bound: Bound | None
    recurrence: Recurrence | None
    citation: int


class Interpretation(Output):
    """How the question was understood."""

    agencies: list[str]
    document_numbers: list[str]
    due_from: date | None
    due_to: date | None
    restored: str | None


class Sentence(Output):
    """A sentence that a model phrased and that the clauses it cites support."""

    text: str
    citations: list[int]


class Written(Output):
    """The answer as a model phrased it."""

    sentences: list[Sentence]


class Answer(Output):
    """An answer from the documents, or `answerable` false with the `reason` and the `nearest` clauses.

    `written` is null unless a model is set to phrase answers and enough of what it wrote is supported.
    """

    question: str
    language: Language
    answerable: bool
    reason: Reason | None
    answer: str
    statements: list[Statement]
    assignments: list[Task]
    citations: list[Citation]
    nearest: list[Citation]
    interpreted: Interpretation
    written: Written | None
    took_ms: float


class Hit(Citation):
    """A clause that was found. `snippet` is HTML: escaped, with matches in <mark>."""

    score: float
    snippet: str


class Count(Output):
    """A value of a facet and the number of matching clauses that have it."""

    value: str
    count: int


class Facets(Output):
    """How the matching clauses divide, most frequent value first."""

    type: list[Count]
    issuer: list[Count]
    year: list[Count]
    agency: list[Count]


class Found(Output):
    """A page of hits, best first; `total` counts all clauses that match."""

    query: str
    total: int
    hits: list[Hit]
    facets: Facets
    took_ms: float


class Succession(Output):
    """A body that an assignment names and that exists no more: since when, and who has its work now."""

    agency: str
    by: str
    since: date


class Assignment(Output):
    """An assignment of the ledger. `id` is stable across reindexing.

    Where an agency was asked for, `as` says whether the assignment names it or only a body that it succeeded;
    otherwise it is null. `succeeded_by` is as of the day that `status` refers to.
    """

    id: str
    agencies: list[str]
    role: Role
    task: str
    deadline_text: str | None
    due: date | None
    bound: Bound | None
    recurrence: Recurrence | None
    status: Status
    as_: Literal["itself", "predecessor"] | None = Field(serialization_alias="as")
    succeeded_by: list[Succession]
    citation: Citation


class Counts(Output):
    """How many assignments stand how."""

    overdue: int
    due_soon: int
    upcoming: int
    undated: int
    recurring: int


class DueDate(Output):
    """How many assignments with one status are due on a day."""

    due: date
    status: Status
    count: int


class Body(Output):
    """The body that was asked for. One that is not `registered` goes by its name as asked or as printed.

    `names` are those under which documents charge it; `predecessors` the bodies that are answered with it.
    """

    key: str
    name: str
    en: str | None
    registered: bool
    names: list[str]
    predecessors: list[str]
    successor: str | None


class Assignments(Output):
    """A page of the ledger, with the day that `status` refers to.

    `counts` leaves the status filter aside; `total` and `due_dates`, which count all pages, do not.
    """

    total: int
    as_of: date
    agency: Body | None
    counts: Counts
    due_dates: list[DueDate]
    assignments: list[Assignment]


class Agency(Output):
    """A body of the register, or one that only documents name: `registered` false, its name as printed most often.

    `names` are those under which documents charge it, `counts` what they charge it with, those of its
    predecessors left out.
    """

    key: str
    name: str
    en: str | None
    abbreviations: list[str]
    aliases: list[str]
    level: Level | None
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    predecessors: list[str]
    registered: bool
    names: list[str]
    total: int
    counts: Counts


class Agencies(Output):
    """A page of bodies, the most charged first, with the day that the counts refer to."""

    total: int
    as_of: date
    agencies: list[Agency]


class DocumentSummary(Output):
    """A document in a list."""

    document_id: str
    document_number: str | None
    document_title: str
    document_date: date | None
    type: str
    issuer: str | None
    source: str
    warnings: list[str]


class Documents(Output):
    """A page of documents."""

    total: int
    documents: list[DocumentSummary]


class Reference(Output):
    """A document that a clause cites. `document_id` is set when the store holds it."""

    clause: str
    text: str
    number: str
    type: str | None
    date: date | None
    relation: Relation | None
    document_id: str | None


class References(Output):
    """What a document cites (`out`), and the clauses of other documents that cite it (`in`)."""

    out: list[Reference]
    in_: list[Citation] = Field(alias="in")


class Clause(Output):
    """A clause and what stands under it."""

    path: str
    label: str
    heading: str | None
    text: str
    page: int | None
    regions: list[Region]
    children: list[Clause]


class Document(DocumentSummary):
    """A document with its structure."""

    signer: str | None
    addressees: list[str]
    recipients: list[str]
    references: References
    clauses: list[Clause]


class Span(Output):
    """A half-open range of characters of the source text."""

    start: int
    end: int


class ClauseDetail(Clause):
    """One clause with its place, its assignments and its references."""

    headings: list[str]
    span: Span
    assignments: list[Assignment]
    references: list[Reference]
    citation: Citation


class RefusedFile(Output):
    """A file that could not be read, and why."""

    file: str
    reason: str


class Progress(Output):
    """Files done of all files."""

    done: int
    total: int


class Outcome(Output):
    """What became of a file."""

    file: str
    outcome: Literal["added", "changed", "unchanged", "removed"]
    document_id: str


class Job(Output):
    """Work that takes longer than a request. `result` is there when it is done, `error` when it failed."""

    id: str
    kind: Literal["upload", "reindex"]
    made: datetime
    state: Literal["queued", "running", "done", "failed"]
    progress: Progress
    result: list[Outcome] | None
    refused: list[RefusedFile]
    error: str | None


class Report(Output):
    """What a run of `chidao ingest` did."""

    added: int
    changed: int
    unchanged: int
    removed: int
    refused: list[RefusedFile]


class Alive(Output):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Ready(Output):
    """A generation is loaded and can be asked."""

    status: Literal["ready"] = "ready"
    documents: int


class FieldError(Output):
    """What is wrong with one field, and what to do."""

    field: str
    value: str | None
    detail: str
    remedy: str


class Problem(Output):
    """Why a request was not met (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None


class Missed(Output):
    """A question that was not answered rightly. `absent` are the strings that its answer had to show."""

    id: str
    language: str
    kind: str
    question: str
    expected: str
    found: str
    absent: list[str]


class Evaluation(Output):
    """What `chidao evaluate` measured: the figures of all questions, by language and by kind, and the misses."""

    figures: dict[str, dict[str, float]]
    misses: list[Missed]
