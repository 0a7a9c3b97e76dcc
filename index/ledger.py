"""The ledger as questions use it: the assignments of a body under all its names, of a period, of given clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from threading import Lock

from index.model import StoredAssignment
from index.store import Store, stored_assignments
from ingest.agencies import Register

_BATCH = 400  # clauses looked up in one statement, well under SQLite's limit of variables


class Ledger:
    """Assignments by body, period and clause. Safe to use from several threads."""

    def __init__(self, store: Store, register: Register) -> None:
        self._store = store
        self._register = register
        self._lock = Lock()
        self._names: tuple[int | None, tuple[str, ...]] = (None, ())

    def names(self, body: str) -> tuple[str, ...]:
        """The names under which documents charge a body: "Sở Tài chính", "Giám đốc Sở Tài chính"."""
        return tuple(name for name in self._all_names() if self._register.same_body(body, name))

    def of(
        self,
        bodies: Iterable[str] | None = None,
        *,
        document: str | None = None,
        due_from: date | None = None,
        due_to: date | None = None,
        by_due: bool = True,
    ) -> list[StoredAssignment]:
        """Assignments of bodies given by their names as printed, of a document, of a period.

        By due date, those without one last; or as they stand, the newest document first.
        """
        names = None if bodies is None else list(bodies)
        conditions = {
            "live.id = ?": document,
            "due >= ?": due_from.isoformat() if due_from else None,
            "due <= ?": due_to.isoformat() if due_to else None,
        }
        where = [condition for condition, value in conditions.items() if value is not None]
        values = [value for value in conditions.values() if value is not None]
        if names is not None:
            where.append(
                "EXISTS (SELECT 1 FROM assignment_agencies AS a WHERE a.assignment = assignments.key"
                f" AND a.name IN ({', '.join('?' * len(names))}))"
            )
            values += names
        with self._store.database.reading() as connection:
            rows = connection.execute(
                f"""SELECT assignments.* FROM assignments JOIN live ON live.key = assignments.document
                    {"WHERE " + " AND ".join(where) if where else ""}
                    ORDER BY {"due NULLS LAST" if by_due else "live.date DESC"}, live.id, position""",
                values,
            ).fetchall()
            return stored_assignments(connection, rows)

    def within(self, clauses: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], list[StoredAssignment]]:
        """The assignments of clauses given by document id and path."""
        found: dict[tuple[str, str], list[StoredAssignment]] = {}
        with self._store.database.reading() as connection:
            for start in range(0, len(clauses), _BATCH):
                batch = clauses[start : start + _BATCH]
                rows = connection.execute(
                    f"""SELECT assignments.* FROM assignments JOIN live ON live.key = assignments.document
                        WHERE (live.id, assignments.clause) IN (VALUES {", ".join(["(?, ?)"] * len(batch))})
                        ORDER BY live.id, position""",
                    [value for pair in batch for value in pair],
                ).fetchall()
                for one in stored_assignments(connection, rows):
                    found.setdefault((one.document.id, one.clause.path), []).append(one)
        return found

    def _all_names(self) -> tuple[str, ...]:
        generation = self._store.generation()
        with self._lock:
            if self._names[0] != generation:
                with self._store.database.reading() as connection:
                    rows = connection.execute(
                        """SELECT DISTINCT a.name FROM assignment_agencies AS a
                           JOIN assignments ON assignments.key = a.assignment
                           JOIN live ON live.key = assignments.document ORDER BY a.name"""
                    ).fetchall()
                self._names = generation, tuple(row[0] for row in rows)
            return self._names[1]
