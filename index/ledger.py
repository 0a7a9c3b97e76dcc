"""The ledger: who is told to do what, by when; by body under all its names, by period, by clause."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from index.model import StoredAssignment
from index.store import Store, stored_assignments
from ingest.agencies import Agency, Register
from ingest.agencies.agency import key_of
from ingest.model import Bound, Recurrence, Role
from ingest.text import fold, nfc

_BATCH = 400  # clauses looked up in one statement, well under SQLite's limit of variables
_KEPT = 1_024  # bodies whose names are remembered within one generation
_PLURALS = ("các ", "những ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which assignments to list; a null leaves its dimension open.

    `names` are names as printed: what any of them is charged with is listed. Every word of `q` must stand in
    the task, its deadline or its agencies, marks and case apart. The dates are inclusive and leave out what has
    no due date.
    """

    names: tuple[str, ...] | None = None
    role: Role | None = None
    document: str | None = None
    q: str | None = None
    due_from: date | None = None
    due_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An assignment at a glance: its key in the store, and what its deadline comes to."""

    key: int
    due: date | None
    bound: Bound | None
    recurrence: Recurrence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that someone names. `agency` is its entry in the register, null for a name that is not in it.

    `key` is that entry's, or made of the name in the same way, holder and plural left out. `names` are those
    under which documents charge it. `predecessors` are the bodies whose work it took over, directly or through
    others, each without its own; bodies that no document charges among them.
    """

    key: str
    name: str
    agency: Agency | None
    names: tuple[str, ...]
    predecessors: tuple[Body, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the register or a document knows it."""
        return self.agency is not None or bool(self.names)

    @property
    def all_names(self) -> tuple[str, ...]:
        """Its names and those of the bodies it succeeded."""
        return (*self.names, *(name for one in self.predecessors for name in one.names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """A body with everything that documents charge it with; an unregistered one under the name printed most."""

    body: Body
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """What is known of the names printed in one generation; filled while it is asked."""

    generation: int | None
    printed: tuple[str, ...] = ()
    offices: dict[str, tuple[str, Agency | None]] = field(default_factory=dict)
    of: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Ledger:
    """Assignments by body, period and clause. Safe to use from several threads."""

    def __init__(self, store: Store, register: Register) -> None:
        self._store = store
        self._register = register
        self._by_key = {agency.key: agency for agency in register.agencies}
        self._lock = Lock()
        self._read = _Names(None)

    # --- bodies ---

    def names(self, body: str) -> tuple[str, ...]:
        """The names under which documents charge a body: "Sở Tài chính", "Giám đốc Sở Tài chính"."""
        known = self._names()
        if body not in known.of:
            same = tuple(name for name in known.printed if self._register.same_body(body, name))
            if len(known.of) >= _KEPT:  # whoever asks for so many pays for each anew
                return same
            known.of[body] = same
        return known.of[body]

    def body(self, name: str) -> Body:
        """The body of a name, abbreviation, English name or key, with the bodies that it succeeded.

        A place that stands behind a registered name holds for its predecessors too.
        """
        agency = self._register.resolve(name)
        is_key = key_of(name) == name
        if agency is None:
            names = self.names(name) or self._of_key(name)
            shown = names[0] if is_key and names else name
            return Body(key=self._unregistered(name), name=shown, agency=None, names=names)
        place = _place(name, agency)
        return Body(
            key=agency.key,
            name=agency.name + place,
            agency=agency,
            names=self.names(agency.name if is_key else name),
            predecessors=tuple(
                Body(key=former.key, name=former.name + place, agency=former, names=self.names(former.name + place))
                for former in self._register.predecessors(agency)
            ),
        )

    def agency(self, name: str) -> Agency | None:
        """The register's entry of a printed name."""
        return self._office(self._names(), name)[1]

    def successor(self, agency: Agency, day: date) -> Agency | None:
        """The body that has its work on a day; null while it exists, and where the register names none."""
        current = agency
        while current.valid_to is not None and current.valid_to <= day and current.successor is not None:
            current = self._by_key[current.successor]
        return current if current is not agency else None

    def predecessors(self, agency: Agency) -> tuple[Agency, ...]:
        """The bodies whose work it took over, in the register's order."""
        return self._register.predecessors(agency)

    def charged(self) -> list[Charged]:
        """Every body of the register, charged or not, in its order; then those that only documents name."""
        names: dict[str, Counter[str]] = {agency.key: Counter() for agency in self._register.agencies}
        lines: dict[str, dict[int, Line]] = {key: {} for key in names}
        known = self._names()
        for name, line in self._charges():
            key, _ = self._office(known, name)
            names.setdefault(key, Counter())[name] += 1
            lines.setdefault(key, {})[line.key] = line
        return [Charged(body=self._counted(key, names[key]), lines=tuple(of.values())) for key, of in lines.items()]

    # --- assignments ---

    def lines(self, selection: Selection) -> list[Line]:
        """Every assignment of a selection: by due date, those without one last, then as they stand."""
        where, values = _conditions(selection)
        with self._store.database.reading() as connection:
            rows = connection.execute(
                f"""SELECT assignments.key, due, bound, recurrence
                    FROM assignments JOIN live ON live.key = assignments.document {where}
                    ORDER BY due NULLS LAST, live.id, position""",
                values,
            ).fetchall()
        return [_line(row) for row in rows]

    def held(self, keys: Sequence[int]) -> list[StoredAssignment]:
        """The assignments of these keys in their order; one that has gone meanwhile is left out."""
        with self._store.database.reading() as connection:
            rows = connection.execute(
                """SELECT assignments.* FROM assignments JOIN live ON live.key = assignments.document
                   WHERE assignments.key IN (SELECT value FROM json_each(?))""",
                (json.dumps(list(keys)),),
            ).fetchall()
            stored = stored_assignments(connection, rows)
        found = dict(zip((row["key"] for row in rows), stored, strict=True))
        return [found[key] for key in keys if key in found]

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
        names = None if bodies is None else tuple(bodies)
        where, values = _conditions(Selection(names=names, document=document, due_from=due_from, due_to=due_to))
        with self._store.database.reading() as connection:
            rows = connection.execute(
                f"""SELECT assignments.* FROM assignments JOIN live ON live.key = assignments.document {where}
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
                    f"""WITH asked(id, clause) AS (VALUES {", ".join(["(?, ?)"] * len(batch))})
                        SELECT assignments.* FROM asked CROSS JOIN live ON live.id = asked.id
                        CROSS JOIN assignments
                            ON assignments.document = live.key AND assignments.clause = asked.clause
                        ORDER BY live.id, position""",
                    [value for pair in batch for value in pair],
                ).fetchall()
                for one in stored_assignments(connection, rows):
                    found.setdefault((one.document.id, one.clause.path), []).append(one)
        return found

    # --- printed names ---

    def _names(self) -> _Names:
        generation = self._store.generation()
        with self._lock:
            if self._read.generation != generation:
                with self._store.database.reading() as connection:
                    rows = connection.execute(
                        """SELECT DISTINCT a.name FROM assignment_agencies AS a
                           JOIN assignments ON assignments.key = a.assignment
                           JOIN live ON live.key = assignments.document ORDER BY a.name"""
                    ).fetchall()
                self._read = _Names(generation, tuple(row[0] for row in rows))
            return self._read

    def _office(self, known: _Names, name: str) -> tuple[str, Agency | None]:
        """The key of the office that a printed name stands for, and its entry; the holder stands for the office."""
        if name not in known.offices:
            agency = self._register.resolve(name)
            known.offices[name] = (agency.key, agency) if agency is not None else (self._unregistered(name), None)
        return known.offices[name]

    def _unregistered(self, name: str) -> str:
        """ "Thủ trưởng các sở, ban, ngành" → "so-ban-nganh"."""
        found = self._register.find(name)
        whole = found[0].body if len(found) == 1 and found[0].text == name else name
        for plural in _PLURALS:
            if whole.lower().startswith(plural):
                whole = whole[len(plural) :]
        return key_of(whole)

    def _of_key(self, key: str) -> tuple[str, ...]:
        """The printed names of the unregistered body with this key."""
        known = self._names()
        return tuple(name for name in known.printed if self._office(known, name) == (key, None))

    def _counted(self, key: str, names: Counter[str]) -> Body:
        ranked = tuple(name for name, _ in sorted(names.items(), key=lambda item: (-item[1], item[0])))
        agency = self._by_key.get(key)
        return Body(key=key, name=agency.name if agency is not None else ranked[0], agency=agency, names=ranked)

    def _charges(self) -> Iterator[tuple[str, Line]]:
        with self._store.database.reading() as connection:
            rows = connection.execute(
                """SELECT a.name, assignments.key, due, bound, recurrence FROM assignment_agencies AS a
                   JOIN assignments ON assignments.key = a.assignment
                   JOIN live ON live.key = assignments.document"""
            ).fetchall()
        return ((row["name"], _line(row)) for row in rows)


def _place(name: str, agency: Agency) -> str:
    """What stands behind the name of the agency, with the space before it: " Hà Nội", or nothing."""
    written = nfc(name)
    for known in (agency.name, *agency.aliases, *agency.abbreviations):
        at = fold(written).find(fold(known) + " ")
        if at >= 0:
            return written[at + len(known) :]
    return ""


def _conditions(selection: Selection) -> tuple[str, list[str]]:
    """A WHERE clause over `assignments` and `live`, and its values."""
    names = None if selection.names is None else json.dumps(selection.names)
    conditions = [
        (
            """assignments.key IN (SELECT assignment FROM assignment_agencies
               WHERE name IN (SELECT value FROM json_each(?)))""",
            names,
        ),
        ("role = ?", selection.role),
        ("live.id = ?", selection.document),
        ("due >= ?", selection.due_from.isoformat() if selection.due_from else None),
        ("due <= ?", selection.due_to.isoformat() if selection.due_to else None),
        *(("instr(assignments.search_key, ?) > 0", word) for word in fold(nfc(selection.q or "")).split()),
    ]
    given = [(sql, value) for sql, value in conditions if value is not None]
    where = f"WHERE {' AND '.join(sql for sql, _ in given)}" if given else ""
    return where, [value for _, value in given]


def _line(row: sqlite3.Row) -> Line:
    due = date.fromisoformat(row["due"]) if row["due"] else None
    return Line(key=row["key"], due=due, bound=row["bound"], recurrence=row["recurrence"])
