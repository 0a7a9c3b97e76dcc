"""The system of record: documents with their clauses, assignments and references, as last published.

What is read here is always the state of the current generation: documents on their way into the next one
(`index.staging`) do not show. An unknown id gives None or an empty list.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from index.catalogue import Catalogue, ClauseRow, DocumentRow, Errand
from index.database import Database
from index.model import Entry, IndexFailure, StoredAssignment, StoredClause, Summary
from index.originals import RECOGNISED, Originals
from index.words import number_key
from ingest.model import Assignment, Clause, Deadline, Document, Page, Reference, Region, Source, Span
from ingest.text import fold, nfc

_NO_WARNINGS = "[]"
_PLACES = 400  # looked up in one statement, well under SQLite's limit of variables


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReference:
    """A reference with the document that makes it."""

    document: Summary
    reference: Reference


class Store:
    """The documents under one home folder. One Store serves any number of threads.

    `home` holds `chidao.sqlite`, `files/` (the originals) and `generations/` (words and vectors).
    """

    def __init__(self, home: Path, database: Database) -> None:
        self.home = home
        self.database = database
        self.originals = Originals(home / "files", derived=home / RECOGNISED)

    @classmethod
    def open(cls, home: Path) -> Store:
        """Creates the folder and the tables if needed; raises IndexFailure when that is impossible."""
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexFailure(f"cannot create {str(home)!r}: {error.strerror}; set CHIDAO_HOME") from error
        return cls(home, Database(home / "chidao.sqlite"))

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def documents(
        self,
        *,
        q: str | None = None,
        type: str | None = None,
        issuer: str | None = None,
        warnings: bool = False,
        limit: int | None = 50,
        offset: int = 0,
    ) -> tuple[int, list[Summary]]:
        """How many match, and a page of them, newest first. Every word of `q` must stand in number, title,
        issuer or file name; marks and case do not matter in any of the three. `warnings`: only those with any."""
        where, values = _conditions(
            ("type_key = ?", _key(type)),
            ("issuer_key = ?", _key(issuer)),
            ("warnings <> ?", _NO_WARNINGS if warnings else None),
            *(("instr(search_key, ?) > 0", word) for word in _words(q)),
        )
        with self.database.reading() as connection:
            total = connection.execute(f"SELECT count(*) FROM live {where}", values).fetchone()[0]
            rows = connection.execute(
                f"SELECT * FROM live {where} ORDER BY date DESC NULLS LAST, id LIMIT ? OFFSET ?",
                (*values, _limit(limit), offset),
            ).fetchall()
        return int(total), [summary(row) for row in rows]

    def document(self, id: str) -> Entry | None:
        with self.database.reading() as connection:
            row = connection.execute("SELECT * FROM live WHERE id = ?", (id,)).fetchone()
            return None if row is None else entry(connection, row)

    def find_number(self, number: str) -> list[Summary]:
        """Documents with this number, or whose number begins with it: "214" and "214/KH" find 214/KH-UBND.

        Marks, case, spaces and leading zeros do not matter. Newest first, whole matches before beginnings.
        """
        key = number_key(number)
        if not key:
            return []
        with self.database.reading() as connection:
            rows = connection.execute(
                """SELECT * FROM live WHERE number_key >= :key AND number_key < :key || char(0x10FFFF)
                   ORDER BY number_key <> :key, date DESC NULLS LAST, id""",
                {"key": key},
            ).fetchall()
        # "21" is no beginning of "214/KH-UBND".
        return [summary(row) for row in rows if not row["number_key"][len(key) : len(key) + 1].isalnum()]

    def clauses(self, id: str) -> list[Clause]:
        """All clauses in reading order, `preamble` and `closing` among them."""
        with self.database.reading() as connection:
            return [
                _clause(row)
                for row in connection.execute(
                    """SELECT clauses.* FROM clauses JOIN live ON live.key = clauses.document
                       WHERE live.id = ? ORDER BY position""",
                    (id,),
                )
            ]

    def clause(self, id: str, path: str) -> StoredClause | None:
        with self.database.reading() as connection:
            row = connection.execute(
                """SELECT clauses.* FROM clauses JOIN live ON live.key = clauses.document
                   WHERE live.id = ? AND clauses.path = ?""",
                (id, nfc(path)),
            ).fetchone()
            if row is None:
                return None
            document = connection.execute("SELECT * FROM live WHERE id = ?", (id,)).fetchone()
        return StoredClause(document=summary(document), clause=_clause(row))

    def clauses_at(self, places: Sequence[tuple[str, str]]) -> list[StoredClause]:
        """The clauses at (document id, path), in that order; those that are gone are left out."""
        found: dict[tuple[str, str], StoredClause] = {}
        with self.database.reading() as connection:
            for start in range(0, len(places), _PLACES):
                batch = places[start : start + _PLACES]
                rows = connection.execute(
                    f"""WITH asked(id, path) AS (VALUES {", ".join(["(?, ?)"] * len(batch))})
                        SELECT clauses.* FROM asked CROSS JOIN live ON live.id = asked.id
                        CROSS JOIN clauses ON clauses.document = live.key AND clauses.path = asked.path""",
                    [nfc(value) for place in batch for value in place],
                ).fetchall()
                documents = _summaries(connection, {row["document"] for row in rows})
                for row in rows:
                    document = documents[row["document"]]
                    found[document.id, row["path"]] = StoredClause(document=document, clause=_clause(row))
        return [found[place] for place in places if place in found]

    def children(self, id: str, path: str) -> list[Clause]:
        """The clauses directly below one, in reading order."""
        with self.database.reading() as connection:
            return [
                _clause(row)
                for row in connection.execute(
                    """SELECT clauses.* FROM clauses JOIN live ON live.key = clauses.document
                       WHERE live.id = ? AND parent = ? ORDER BY position""",
                    (id, nfc(path)),
                )
            ]

    def references_from(self, id: str) -> list[StoredReference]:
        """What a document cites, in reading order."""
        return self._references("live.id = ?", id)

    def references_to(self, number: str) -> list[StoredReference]:
        """Where a document number is cited; marks, case, spaces and leading zeros do not matter.

        A serial alone finds every number that begins with it: "27" finds 27/CT-TTg.
        """
        key = number_key(number)
        if "/" in key:
            return self._references("cross_references.number_key = ?", key)
        after = chr(ord("/") + 1)
        return self._references(
            "cross_references.number_key >= ? AND cross_references.number_key < ?", f"{key}/", key + after
        )

    def original(self, id: str) -> Path | None:
        """The bytes the document was read from; the file is named by its digest, not by its name."""
        with self.database.reading() as connection:
            row = connection.execute("SELECT sha256 FROM live WHERE id = ?", (id,)).fetchone()
        return None if row is None else self.originals.path(row["sha256"])

    def counts(self) -> Mapping[str, int]:
        """How many documents, clauses, assignments, references and passages are published, how many documents
        wait for the next generation, and its number so far (0 before the first)."""
        of_live = "SELECT count(*) FROM {} JOIN live ON live.key = {}.document"
        queries = {
            "documents": "SELECT count(*) FROM live",
            "clauses": of_live.format("clauses", "clauses"),
            "assignments": of_live.format("assignments", "assignments"),
            "references": of_live.format("cross_references", "cross_references"),
            "passages": of_live.format("passages", "passages"),
            "waiting": "SELECT count(*) FROM documents WHERE published IS NULL",
            "generation": "SELECT coalesce(max(number), 0) FROM generations",
        }
        with self.database.reading() as connection:
            return {name: int(connection.execute(sql).fetchone()[0]) for name, sql in queries.items()}

    def generation(self) -> int | None:
        """The number of the current generation; None before the first."""
        with self.database.reading() as connection:
            number = connection.execute("SELECT max(number) FROM generations").fetchone()[0]
        return None if number is None else int(number)

    def catalogue(self, generation: int) -> Catalogue:
        """What the passages of a generation belong to; complete for the current one and the one before it."""
        inside = "published <= :g AND (retired IS NULL OR retired > :g)"
        of = f"JOIN documents ON documents.key = {{}}.document WHERE {inside}"
        g = {"g": generation}
        with self.database.reading() as connection:
            documents = [
                DocumentRow(
                    key=row["key"],
                    id=row["id"],
                    type=row["type"],
                    issuer=row["issuer"],
                    date=_date(row["date"]),
                )
                for row in connection.execute(f"SELECT * FROM documents WHERE {inside} ORDER BY key", g)
            ]
            clauses = [
                ClauseRow(key=row["key"], document=row["document"], path=row["path"])
                for row in connection.execute(
                    f"""SELECT clauses.key, clauses.document, clauses.path FROM clauses {of.format("clauses")}
                        ORDER BY clauses.key""",
                    g,
                )
            ]
            passages = connection.execute(
                f"""SELECT passages.key, clauses.key FROM passages
                    JOIN clauses ON clauses.document = passages.document AND clauses.path = passages.clause
                    {of.format("passages")} ORDER BY passages.key""",
                g,
            ).fetchall()
            errands: dict[int, tuple[int, date | None, list[str]]] = {}
            for row in connection.execute(
                f"""SELECT assignments.key, clauses.key AS clause, due, assignment_agencies.name FROM assignments
                    JOIN clauses
                        ON clauses.document = assignments.document AND clauses.path = assignments.clause
                    LEFT JOIN assignment_agencies ON assignment = assignments.key
                    {of.format("assignments")} ORDER BY assignments.key, assignment_agencies.position""",
                g,
            ):
                errand = errands.setdefault(row["key"], (row["clause"], _date(row["due"]), []))
                if row["name"] is not None:
                    errand[2].append(row["name"])
        return Catalogue(
            documents=documents,
            clauses=clauses,
            passages=[(row[0], row[1]) for row in passages],
            errands=[Errand(clause=clause, due=due, agencies=tuple(names)) for clause, due, names in errands.values()],
        )

    def _references(self, condition: str, *values: str) -> list[StoredReference]:
        with self.database.reading() as connection:
            rows = connection.execute(
                f"""SELECT cross_references.* FROM cross_references
                    JOIN live ON live.key = cross_references.document
                    WHERE {condition} ORDER BY live.id, cross_references.position""",
                values,
            ).fetchall()
            documents = _summaries(connection, {row["document"] for row in rows})
        return [StoredReference(document=documents[row["document"]], reference=_reference(row)) for row in rows]


def entry(connection: sqlite3.Connection, row: sqlite3.Row) -> Entry:
    """The whole document that a row of `documents` stands for."""
    key = row["key"]
    source = connection.execute("SELECT * FROM sources WHERE document = ?", (key,)).fetchone()
    clauses = connection.execute("SELECT * FROM clauses WHERE document = ? ORDER BY position", (key,))
    references = connection.execute("SELECT * FROM cross_references WHERE document = ? ORDER BY position", (key,))
    assignments = connection.execute(
        "SELECT * FROM assignments WHERE document = ? ORDER BY position", (key,)
    ).fetchall()
    agencies = _agencies(connection, [assignment["key"] for assignment in assignments])
    document = Document(
        source=Source(
            name=row["name"],
            kind=row["kind"],
            text=source["text"],
            pages=tuple(
                Page(number=number, span=Span(start=start, end=end), turned=turned[0] if turned else 0.0)
                for number, start, end, *turned in json.loads(source["pages"])
            ),
            title=source["title"],
            warnings=_texts(source["warnings"]),
        ),
        sha256=row["sha256"],
        number=row["number"],
        date=_date(row["date"]),
        place=row["place"],
        type=row["type"],
        title=row["title"],
        issuer=row["issuer"],
        signer=row["signer"],
        addressees=_texts(row["addressees"]),
        recipients=_texts(row["recipients"]),
        clauses=tuple(_clause(clause) for clause in clauses),
        assignments=tuple(_assignment(assignment, agencies.get(assignment["key"], ())) for assignment in assignments),
        references=tuple(_reference(reference) for reference in references),
        warnings=_texts(row["warnings"]),
    )
    return Entry(id=row["id"], document=document, path=Path(row["path"]))


def stored_assignments(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> list[StoredAssignment]:
    """Rows of `assignments` with their agencies, clauses and documents."""
    documents = _summaries(connection, {row["document"] for row in rows})
    agencies = _agencies(connection, [row["key"] for row in rows])
    clauses = {
        (clause["document"], clause["path"]): _clause(clause)
        for batch in _batches([row["key"] for row in rows])
        for clause in connection.execute(
            f"""SELECT DISTINCT clauses.* FROM clauses
                JOIN assignments ON assignments.document = clauses.document AND clause = clauses.path
                WHERE assignments.key IN ({_marks(batch)})""",
            batch,
        )
    }
    return [
        StoredAssignment(
            id=row["id"],
            document=documents[row["document"]],
            clause=clauses[row["document"], row["clause"]],
            assignment=_assignment(row, agencies.get(row["key"], ())),
        )
        for row in rows
    ]


def _agencies(connection: sqlite3.Connection, assignments: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for batch in _batches(assignments):
        for row in connection.execute(
            f"""SELECT assignment, name FROM assignment_agencies WHERE assignment IN ({_marks(batch)})
                ORDER BY assignment, position""",
            batch,
        ):
            found[row["assignment"]] = (*found.get(row["assignment"], ()), row["name"])
    return found


def _summaries(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, Summary]:
    return {
        row["key"]: summary(row)
        for batch in _batches(sorted(keys))
        for row in connection.execute(f"SELECT * FROM documents WHERE key IN ({_marks(batch)})", batch)
    }


def summary(row: sqlite3.Row) -> Summary:
    return Summary(
        id=row["id"],
        number=row["number"],
        title=row["title"],
        date=_date(row["date"]),
        type=row["type"],
        issuer=row["issuer"],
        signer=row["signer"],
        source=row["name"],
        warnings=_texts(row["warnings"]),
    )


def _clause(row: sqlite3.Row) -> Clause:
    return Clause(
        path=row["path"],
        label=row["label"],
        text=row["text"],
        span=Span(start=row["span_start"], end=row["span_end"]),
        heading=row["heading"],
        parent=row["parent"],
        page=row["page"],
        headings=_texts(row["headings"]),
        regions=_regions(row["regions"]),
    )


def _regions(array: str) -> tuple[Region, ...]:
    if array == "[]":  # most documents have none
        return ()
    return tuple(
        Region(page=page, left=left, top=top, right=right, bottom=bottom)
        for page, left, top, right, bottom in json.loads(array)
    )


def _assignment(row: sqlite3.Row, agencies: tuple[str, ...]) -> Assignment:
    deadline = None
    if row["deadline"] is not None:
        deadline = Deadline(
            text=row["deadline"],
            span=Span(start=row["deadline_start"], end=row["deadline_end"]),
            rule=row["rule"],
            due=_date(row["due"]),
            bound=row["bound"],
            recurrence=row["recurrence"],
        )
    return Assignment(clause=row["clause"], agencies=agencies, role=row["role"], task=row["task"], deadline=deadline)


def _reference(row: sqlite3.Row) -> Reference:
    return Reference(
        clause=row["clause"],
        span=Span(start=row["span_start"], end=row["span_end"]),
        text=row["text"],
        number=row["number"],
        type=row["type"],
        date=_date(row["date"]),
        relation=row["relation"],
    )


def _conditions(*conditions: tuple[str, str | None]) -> tuple[str, list[str]]:
    """A WHERE clause of those conditions whose value is given."""
    given = [(sql, value) for sql, value in conditions if value is not None]
    where = f"WHERE {' AND '.join(sql for sql, _ in given)}" if given else ""
    return where, [value for _, value in given]


def _batches(keys: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _marks(values: Sequence[int]) -> str:
    return ", ".join("?" * len(values))


def _limit(limit: int | None) -> int:
    return -1 if limit is None else limit


def _key(text: str | None) -> str | None:
    return None if text is None else fold(nfc(text)).strip()


def _words(text: str | None) -> list[str]:
    return fold(nfc(text or "")).split()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _texts(array: str) -> tuple[str, ...]:
    return tuple(json.loads(array))
