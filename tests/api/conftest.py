"""A small library to ask: two documents, a search by words, and an answerer that cites what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from starlette.testclient import TestClient

from api.answer.citation import cite
from api.answer.model import Answer, Interpretation, Statement, Task
from api.answer.writer import Scribe
from api.app import create_app
from api.library import Library
from api.settings import Settings
from index.ledger import Ledger
from index.model import (
    Added,
    Entry,
    Filters,
    Hit,
    Locked,
    NoGeneration,
    Outcome,
    Query,
    Refused,
    Removed,
    Results,
    StoredClause,
    Summary,
    Term,
    Unchanged,
)
from index.staging import File, Published, Staging
from index.store import Store, StoredReference
from index.sync import Progress
from ingest.agencies import Register
from ingest.model import Assignment, Clause, Deadline, Document, Reference, Source, Span

LOOPBACK = "http://127.0.0.1:8000"
NOTICE = "441-TB-VP.2022"
LAW = "12-2020-QH14.2020"


def _span(text: str) -> Span:
    return Span(start=0, end=len(text))


def _clause(path: str, text: str, **more: object) -> Clause:
    return Clause(path=path, label=path, text=text, span=_span(text), **more)  # type: ignore[arg-type]


def _deadline(text: str, **more: object) -> Deadline:
    return Deadline(text=text, span=_span(text), rule="test", **more)  # type: ignore[arg-type]


def _document(number: str, title: str, day: date, name: str, **more: object) -> Document:
    source = Source(name=name, kind="txt", text=title)
    values: dict[str, object] = {"place": None, "type": "Thông báo", "issuer": "UBND", "signer": "Trần Văn A"}
    return Document(
        source=source,
        sha256="0" * 64,
        number=number,
        title=title,
        date=day,
        **values | more,  # type: ignore[arg-type]
    )


DOCUMENTS = {
    NOTICE: _document(
        "441/TB-VP",
        "Kết luận của Chủ tịch",
        date(2022, 9, 9),
        "000.txt",
        recipients=("Như trên;", "Lưu: VT."),
        clauses=(
            _clause("preamble", "Chủ tịch kết luận:"),
            _clause("II", "NHIỆM VỤ", heading="NHIỆM VỤ"),
            _clause("II.5", "Sở Tài chính:", parent="II", headings=("NHIỆM VỤ",)),
            _clause("II.5.2", "Trình quy định <phí> trước 30/9/2022.", parent="II.5", page=3),
            _clause("1.-3", "Báo cáo hằng tháng."),
            _clause("5(2)", "Rà soát thường xuyên."),
        ),
        assignments=(
            Assignment(
                clause="II.5.2",
                agencies=("Sở Tài chính",),
                role="lead",
                task="Trình quy định <phí>",
                deadline=_deadline("trước 30/9/2022", due=date(2022, 9, 30), bound="before"),
            ),
            Assignment(
                clause="1.-3",
                agencies=("Sở Nội vụ",),
                role="lead",
                task="Báo cáo",
                deadline=_deadline("hằng tháng", recurrence="monthly"),
            ),
            Assignment(clause="5(2)", agencies=("Sở Nội vụ",), role="coordinate", task="Rà soát"),
        ),
        references=(
            Reference(clause="II.5.2", span=Span(start=0, end=1), text="Luật 12/2020/QH14", number="12/2020/QH14"),
        ),
    ),
    LAW: _document(
        "12/2020/QH14",
        "Luật thử",
        date(2020, 6, 1),
        "luật thử.html",
        type="Luật",
        clauses=(
            _clause("Điều 5", "Phạm vi", heading="Phạm vi"),
            _clause("Điều 5.2", "Khoản hai.", parent="Điều 5"),
            _clause("Điều 5.2.a", "Điểm a về phí.", parent="Điều 5.2"),
        ),
        assignments=(
            Assignment(
                clause="Điều 5.2.a",
                agencies=("Bộ Tài chính",),
                role="lead",
                task="Hướng dẫn",
                deadline=_deadline("đến 20/9/2022", due=date(2022, 9, 20), bound="by"),
            ),
        ),
    ),
}


def shelved(home: Path, documents: Iterable[Document]) -> Store:
    """A store that holds these documents, published without words and vectors."""
    store = Store.open(home)
    staging = Staging(store)
    for document in documents:
        staging.stage(document, (), File(path=None, sha256=document.sha256, size=0))
    staging.publish(Published(number=1, encoder="none", dimensions=1, passages=0), staging.changes())
    return store


@dataclass(frozen=True)
class ShelfStore:
    """The documents above, as a store gives them."""

    folder: Path

    def _summary(self, id: str) -> Summary:
        read = DOCUMENTS[id]
        return Summary(
            id=id,
            number=read.number,
            title=read.title,
            date=read.date,
            type=read.type,
            issuer=read.issuer,
            signer=read.signer,
            source=read.source.name,
        )

    def documents(
        self, *, q: str | None, type: str | None, issuer: str | None, limit: int, offset: int, warnings: bool = False
    ) -> tuple[int, Sequence[Summary]]:
        held = [one for one in map(self._summary, DOCUMENTS) if one.warnings or not warnings]
        held = [one for one in held if type in (None, one.type) and (q or "").lower() in one.title.lower()]
        return len(held), held[offset : offset + limit]

    def document(self, id: str) -> Entry | None:
        read = DOCUMENTS.get(id)
        return Entry(id=id, document=read, path=self.folder / read.source.name) if read else None

    def clauses(self, id: str) -> Sequence[Clause]:
        return DOCUMENTS[id].clauses

    def clause(self, id: str, path: str) -> StoredClause | None:
        held = (one for one in DOCUMENTS[id].clauses if one.path == path)
        return next((StoredClause(document=self._summary(id), clause=one) for one in held), None)

    def references_from(self, id: str) -> Sequence[StoredReference]:
        made = DOCUMENTS[id].references
        return [StoredReference(document=self._summary(id), reference=one) for one in made]

    def references_to(self, number: str) -> Sequence[StoredReference]:
        made = (one for id in DOCUMENTS for one in self.references_from(id))
        return [one for one in made if one.reference.number == number]

    def find_number(self, number: str) -> Sequence[Summary]:
        return [self._summary(id) for id, read in DOCUMENTS.items() if read.number == number]

    def original(self, id: str) -> Path | None:
        return self.folder / id


@dataclass
class WordSearch:
    """Finds clauses that hold a word of the query. `published` false stands for an index without generation."""

    published: bool = True

    def refresh(self) -> None:
        if not self.published:
            raise NoGeneration

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        offset: int = 0,
        filters: Filters = Filters(),  # noqa: B008 - frozen
    ) -> Results:
        self.refresh()
        words = query.text.lower().split()
        found = [
            Hit(document_id=id, clause=clause.path, score=1.0)
            for id, read in DOCUMENTS.items()
            if filters.document in (None, id)
            for clause in read.clauses
            if any(word in clause.text.lower() for word in words)
        ]
        years = {"2022": len(found)} if found else {}
        return Results(total=len(found), hits=tuple(found[offset : offset + limit]), facets={"year": years})


@dataclass(frozen=True)
class FirstHit:
    """Answers with the first clause found; a question with "hỏng" makes it fail as only a defect does."""

    store: ShelfStore
    search: WordSearch
    asked: list[tuple[str, int, date | None, Filters]] = field(default_factory=list)

    def ask(self, question: str, *, limit: int, as_of: date | None, filters: Filters) -> Answer:
        self.asked.append((question, limit, as_of, filters))
        if "hỏng" in question:
            raise RuntimeError("secret of the inside")
        found = self.search.search(understand(question), limit=limit, offset=0, filters=filters).hits
        stored = [self.store.clause(hit.document_id, hit.clause) for hit in found]
        citations = tuple(cite(one.document, one.clause) for one in stored if one is not None)
        if not citations:
            return Answer(
                question=question,
                language="en" if question.isascii() else "vi",
                answerable=False,
                answer="Văn bản không trả lời câu hỏi này.",
                reason="no_support",
                interpreted=Interpretation(),
                nearest=(cite(self.store._summary(NOTICE), DOCUMENTS[NOTICE].clauses[3]),),
            )
        return Answer(
            question=question,
            language="vi",
            answerable=True,
            answer=citations[0].quote,
            interpreted=Interpretation(agencies=("Sở Tài chính",)),
            statements=(Statement(text=citations[0].quote, citations=(0,)),),
            assignments=(
                Task(
                    agencies=("Sở Tài chính",),
                    role="lead",
                    task="Trình",
                    deadline_text="trước 30/9/2022",
                    due=date(2022, 9, 30),
                    bound="before",
                    recurrence=None,
                    citation=0,
                ),
            ),
            citations=citations,
        )


def understand(text: str) -> Query:
    return Query(text=text, language="vi", exact=tuple(Term(text=word) for word in text.split()), folded=())


@dataclass
class Tray:
    """Takes what is sent and does nothing with it: text files are added, others refused; "hỏng" breaks it."""

    received: list[tuple[str, bytes]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    may_go_on: Event = field(default_factory=Event)
    locked: bool = False

    def __post_init__(self) -> None:
        self.may_go_on.set()

    def receive(self, uploads: Iterable[tuple[str, bytes]], progress: Callable[[Progress], None]) -> Iterator[Outcome]:
        self.may_go_on.wait(30)
        if self.locked:
            raise Locked("process 1 is writing")
        files = list(uploads)
        for done, (name, data) in enumerate(files, 1):
            if "hỏng" in name:
                raise RuntimeError("secret of the inside")
            self.received.append((name, data))
            progress(Progress(done=done, total=len(files), passages=done))
            yield (
                Added(name=name, document_id=name.partition(".")[0], passages=1)
                if name.endswith(".txt")
                else Refused(name=name, reason="không đọc được")
            )

    def reindex(self, progress: Callable[[Progress], None]) -> Iterator[Outcome]:
        for id in DOCUMENTS:
            yield Unchanged(name=id, document_id=id)

    def remove(self, id: str) -> Removed | None:
        if self.locked:
            raise Locked("process 1 is writing")
        if id not in DOCUMENTS:
            return None
        self.removed.append(id)
        return Removed(name=id, document_id=id)


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The small library."""

    store: ShelfStore
    ledger: Ledger
    search: WordSearch
    answerer: FirstHit
    understand: Callable[[str], Query] = understand
    scribe: Scribe | None = None
    intake: Tray = field(default_factory=Tray)


@pytest.fixture
def search() -> WordSearch:
    return WordSearch()


@pytest.fixture(scope="session")
def register() -> Register:
    return Register.load()


@pytest.fixture(scope="session")
def ledger(register: Register, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The assignments of the documents above, in a store of their own."""
    with shelved(tmp_path_factory.mktemp("ledger"), DOCUMENTS.values()) as store:
        yield Ledger(store, register)


@pytest.fixture
def library(search: WordSearch, ledger: Ledger, tmp_path: Path) -> Shelf:
    store = ShelfStore(tmp_path)
    (tmp_path / NOTICE).write_text("bản gốc", encoding="utf-8")
    return Shelf(store=store, ledger=ledger, search=search, answerer=FirstHit(store, search))


Opening = Callable[[Settings], AbstractContextManager[Library]]


@pytest.fixture
def opening(library: Shelf) -> Opening:
    @contextmanager
    def opened(settings: Settings) -> Iterator[Library]:
        yield library

    return opened


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where the server looks for keys."""
    return tmp_path / "state"


@pytest.fixture
def serve(opening: Opening, state: Path) -> Iterator[Callable[..., TestClient]]:
    """Start a server with these settings; errors inside it are answered, not raised."""
    clients: list[TestClient] = []

    def started(base_url: str = LOOPBACK, **settings: object) -> TestClient:
        app = create_app(Settings(**{"home": state} | settings), opening)  # type: ignore[arg-type]
        client = TestClient(app, base_url=base_url, raise_server_exceptions=False)
        client.__enter__()
        clients.append(client)
        return client

    yield started
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(serve: Callable[..., TestClient]) -> TestClient:
    return serve()
