"""Everything that is opened to answer people: the store, the search, and what understands and answers.

The protocols say what the edge needs of the rooms below, and no more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import api.answer.answerer
import index.ledger
import index.search
import index.store
from api.answer.model import Answer
from api.settings import SHIPPED, Settings
from index import abbreviations
from index.lexicon import Lexicon
from index.model import (
    Encoder,
    EncoderMismatch,
    Entry,
    Filters,
    NoGeneration,
    Query,
    Results,
    StoredAssignment,
    StoredClause,
    Summary,
)
from index.query import Understanding
from index.restore import Restorer
from ingest.agencies import Agency, Register
from ingest.model import Clause

if TYPE_CHECKING:
    import index.pictures
    from api.answer.writer import Scribe, Writer
    from api.intake import Intake
    from index.pictures import Sight
    from index.reranker import Reranker
    from ingest.read.ocr import Ocr

log = logging.getLogger("chidao")


class Store(Protocol):
    """The documents, as the edge reads them."""

    def documents(
        self, *, q: str | None, type: str | None, issuer: str | None, limit: int, offset: int
    ) -> tuple[int, Sequence[Summary]]: ...

    def document(self, id: str) -> Entry | None: ...

    def clauses(self, id: str) -> Sequence[Clause]: ...

    def clause(self, id: str, path: str) -> StoredClause | None: ...

    def references_from(self, id: str) -> Sequence[index.store.StoredReference]: ...

    def references_to(self, number: str) -> Sequence[index.store.StoredReference]: ...

    def find_number(self, number: str) -> Sequence[Summary]: ...

    def original(self, id: str) -> Path | None: ...


class Search(Protocol):
    """Ranked clauses. Both raise `index.model.IndexFailure` while there is nothing to search."""

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        offset: int = 0,
        filters: Filters = Filters(),  # noqa: B008 - frozen
    ) -> Results: ...

    def refresh(self) -> object:
        """Take up the generation that was published last."""
        ...


class Ledger(Protocol):
    """The assignments, by body and as a list, as the edge reads them."""

    def body(self, name: str) -> index.ledger.Body: ...

    def agency(self, name: str) -> Agency | None: ...

    def successor(self, agency: Agency, day: date) -> Agency | None: ...

    def predecessors(self, agency: Agency) -> Sequence[Agency]: ...

    def charged(self) -> Sequence[index.ledger.Charged]: ...

    def lines(self, selection: index.ledger.Selection) -> Sequence[index.ledger.Line]: ...

    def held(self, keys: Sequence[int]) -> Sequence[StoredAssignment]: ...

    def within(self, clauses: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Sequence[StoredAssignment]]: ...


class Pictures(Protocol):
    """Pictures of pages; raises `index.model.IndexFailure` where there can be none."""

    def draw(self, sight: Sight) -> bytes: ...


class Answerer(Protocol):
    """Question to answer."""

    def ask(self, question: str, *, limit: int, as_of: date | None, filters: Filters) -> Answer: ...


class Library(Protocol):
    """What is open while the server or a command runs."""

    @property
    def store(self) -> Store: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def search(self) -> Search: ...

    @property
    def understand(self) -> Callable[[str], Query]: ...

    @property
    def answerer(self) -> Answerer: ...

    @property
    def intake(self) -> Intake: ...

    @property
    def pictures(self) -> Pictures: ...

    @property
    def scribe(self) -> Scribe | None:
        """What writes answers in sentences, where a model is set."""
        ...


class Latest:
    """A search that follows the store from generation to generation; nothing is loaded before it is needed."""

    def __init__(
        self, store: index.store.Store, encoder: Callable[[], Encoder], reranker: Reranker | None = None
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._reranker = reranker
        self._opened: index.search.Search | None = None
        self._foreign: int | None = None
        self._lock = Lock()

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        offset: int = 0,
        filters: Filters = Filters(),  # noqa: B008 - frozen
    ) -> Results:
        return self.refresh().search(query, limit=limit, offset=offset, filters=filters)

    def refresh(self) -> index.search.Search:
        """The search over the current generation. Raises NoGeneration, or EncoderMismatch for the first one.

        While one thread opens a new generation the others go on with the former; so do all when another
        encoder built the new one, until the server is started with that encoder.
        """
        if self._lock.acquire(blocking=self._opened is None):
            try:
                self._opened = self._next(self._opened)
            finally:
                self._lock.release()
        assert self._opened is not None  # whoever did not get the lock saw an open one
        return self._opened

    def _next(self, opened: index.search.Search | None) -> index.search.Search:
        if opened is None:
            return index.search.open_search(self._store, self._encoder(), reranker=self._reranker)
        published = self._store.generation()
        if published == self._foreign:
            return opened
        try:
            return opened.refresh()
        except EncoderMismatch as mismatch:
            self._foreign = published
            log.warning("still serving generation %d: %s", opened.number, mismatch)
            return opened


def encoder(settings: Settings) -> Encoder:
    """The encoder that is set. Raises `index.encoder.EncoderUnavailable`."""
    from index.encoder import load

    return load(None if settings.encoder == SHIPPED else settings.encoder)


def reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder that is set, if any; it is loaded when it is first needed."""
    if settings.reranker is None:
        return None
    from index.reranker import CrossEncoderReranker

    return CrossEncoderReranker(settings.reranker)


def scans(settings: Settings) -> Ocr | None:
    """How scans are recognised, by what is set; None where that is off."""
    from index.originals import RECOGNISED
    from ingest.read.ocr import Ocr

    if not settings.ocr:
        return None
    return Ocr(
        folder=settings.home / RECOGNISED,
        pages=settings.ocr_pages,
        seconds=settings.ocr_seconds,
        processes=settings.ocr_processes,
    )


def open_store(settings: Settings) -> index.store.Store:
    """The store under the home that is set, to read and to write. Raises `IndexFailure`."""
    return index.store.Store.open(settings.home)


class OpenLibrary:
    """The library under one home; each part is made when it is first used."""

    def __init__(
        self,
        store: index.store.Store,
        encoder: Callable[[], Encoder],
        *,
        scans: Callable[[], Ocr | None],
        writer: Writer | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self.store = store
        self.search = Latest(store, encoder, reranker)
        self._encoder = encoder
        self._scans = scans
        self._writer = writer

    @cached_property
    def register(self) -> Register:
        return Register.load()

    @cached_property
    def ledger(self) -> index.ledger.Ledger:
        return index.ledger.Ledger(self.store, self.register)

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon.load()

    @cached_property
    def intake(self) -> Intake:
        from api.intake import StoreIntake  # brings the parsers, which a command that only asks does without

        return StoreIntake(self.store, self._encoder, ocr=self._scans())

    @cached_property
    def pictures(self) -> index.pictures.Pictures:
        from index.pictures import Pictures  # brings what starts processes

        return Pictures()

    @cached_property
    def scribe(self) -> Scribe | None:
        if self._writer is None:
            return None
        from api.answer.entailment import Entailment
        from api.answer.writer import Scribe

        return Scribe(writer=self._writer, entailment=Entailment(register=self.register, lexicon=self.lexicon))

    @cached_property
    def understand(self) -> Understanding:
        return Understanding(
            register=self.register,
            lexicon=self.lexicon,
            abbreviations=abbreviations.load(),
            restorer=cache(Restorer.load),
        )

    @cached_property
    def answerer(self) -> api.answer.answerer.Answerer:
        return api.answer.answerer.Answerer(
            store=self.store,
            ledger=self.ledger,
            search=self.search,
            understand=self.understand,
        )

    def close(self) -> None:
        """Stop what the parts that were made have started."""
        if "pictures" in vars(self):
            self.pictures.close()


def writer(settings: Settings) -> Writer | None:
    """The model that is set to phrase answers, if any."""
    if settings.llm_url is None or settings.llm_model is None:
        return None
    from api.answer.chat import ChatWriter

    key = settings.llm_key.get_secret_value() if settings.llm_key else None
    return ChatWriter(url=settings.llm_url, model=settings.llm_model, key=key, timeout=settings.llm_timeout)


@contextmanager
def open_library(settings: Settings, *, light: bool = False) -> Iterator[Library]:
    """Open what is under the home that is set, and close it in the end.

    `light` is for commands that answer once; otherwise everything is loaded now, and an index by another
    encoder is refused now. Raises `IndexFailure`.
    """
    with open_store(settings) as store:
        load = cache(partial(encoder, settings))
        library = OpenLibrary(
            store, load, scans=partial(scans, settings), writer=writer(settings), reranker=reranker(settings)
        )
        if not light:
            _ = library.answerer
            with suppress(NoGeneration):
                library.search.refresh()
        try:
            yield library
        finally:
            library.close()
