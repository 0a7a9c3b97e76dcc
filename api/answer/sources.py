"""What an answer reads from: documents, the ledger, the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from index.model import Filters, Query, Results, StoredAssignment, StoredClause, Summary
from index.store import StoredReference
from ingest.model import Clause


class Store(Protocol):
    """What an answer reads of the documents."""

    def clauses(self, id: str) -> Sequence[Clause]: ...

    def clause(self, id: str, path: str) -> StoredClause | None: ...

    def clauses_at(self, places: Sequence[tuple[str, str]]) -> Sequence[StoredClause]: ...

    def children(self, id: str, path: str) -> Sequence[Clause]: ...

    def find_number(self, number: str) -> Sequence[Summary]: ...

    def references_to(self, number: str) -> Sequence[StoredReference]: ...


class Ledger(Protocol):
    """What an answer reads of the assignments."""

    def names(self, body: str) -> Sequence[str]: ...

    def of(
        self,
        bodies: Sequence[str] | None = None,
        *,
        document: str | None = None,
        due_from: date | None = None,
        due_to: date | None = None,
        by_due: bool = True,
    ) -> Sequence[StoredAssignment]: ...

    def within(self, clauses: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Sequence[StoredAssignment]]: ...


class Search(Protocol):
    """Ranked clauses, and how rare a term is."""

    def search(self, query: Query, *, limit: int = 10, offset: int = 0, filters: Filters = ...) -> Results: ...

    def rarity(self, term: str, folded: bool) -> float: ...


class Searches(Protocol):
    """Gives the search over the current generation; one question uses one."""

    def refresh(self) -> Search: ...
