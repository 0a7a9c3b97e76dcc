"""Documents on their way into the next generation: stored when read, embedded once, published together.

Everything here is for the one writer that holds the lock of the home (`index.lock`). What is staged survives a
crash and is published by the next run.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path

import numpy as np

from index import identity
from index.archives import still_there
from index.model import Entry, Vectors
from index.store import Store, entry, summary
from index.words import Indexed, number_key
from ingest.model import Assignment, Document, Page, Passage
from ingest.text import fold, nfc

_UPLOAD = "upload:"
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What was read. `path` is absolute, or None for what came by upload; `modified` in nanoseconds, or None
    where the time cannot be trusted to tell a later change."""

    path: str | None
    sha256: str
    size: int
    modified: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A file that was read before, and the documents it holds, in its order."""

    sha256: str
    size: int
    modified: int | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What became of a document of a file. `key` is the new revision."""

    id: str
    key: int
    passages: int
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a file: its documents, and those that it held before, if no other file holds them."""

    staged: tuple[Staged, ...]
    departed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the next generation adds to this one and takes from it, as keys of `documents`."""

    added: tuple[int, ...]
    removed: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A generation as the store knows it."""

    number: int
    encoder: str
    dimensions: int
    passages: int


def embedded_text(passage: Passage) -> str:
    """What the encoder reads of a passage: the nearest heading above it and its words.

    Number, issuer and title would be the same for all clauses of a document and draw their vectors together
    (13 English questions on directives, 30 % dense: MRR .60 with the whole context, .68 with the heading).
    The digest of this text decides whether a passage is embedded again.
    """
    heading = passage.context.rpartition("\n")[2]
    return f"{heading}\n{passage.text}" if heading else passage.text


class Staging:
    """The writing side of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._database = store.database

    def files(self) -> dict[str, Known]:
        """What is known of every path; uploads, which have none, begin with a word and a colon."""
        found: dict[str, Known] = {}
        with self._database.reading() as connection:
            for row in connection.execute("SELECT * FROM files ORDER BY path, part"):
                before = found.get(row["path"])
                documents = (*before.documents, row["document"]) if before else (row["document"],)
                found[row["path"]] = Known(
                    sha256=row["sha256"], size=row["size"], modified=row["modified"], documents=documents
                )
        return found

    def holders(self, sha256: str) -> tuple[str, ...]:
        """The ids of the documents that were read from these bytes and are to stay, in the order of the file."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT id FROM documents AS held WHERE sha256 = ? AND retired IS NULL
                   AND id NOT IN (SELECT id FROM departures)
                   AND NOT EXISTS (SELECT 1 FROM documents AS later
                                   WHERE later.id = held.id AND later.published IS NULL
                                   AND later.key <> held.key)
                   ORDER BY (SELECT min(part) FROM files WHERE document = held.id), key""",
                (sha256,),
            ).fetchall()
        return tuple(row["id"] for row in rows)

    def point(self, file: File, ids: Sequence[str]) -> tuple[str, ...]:
        """Note that a file holds documents already stored; gives the documents that depart with this."""
        with self._database.writing() as connection:
            return _point(connection, file, ids)

    def stage(
        self,
        document: Document,
        passages: Sequence[Passage],
        file: File,
        attached: Sequence[tuple[Document, Sequence[Passage]]] = (),
    ) -> Kept:
        """Store a document read from a file, as a new one or as the next revision of the one it is; with it those
        that are `attached` in the same file.

        Raises sqlite3.IntegrityError when its parts do not fit together (a path twice, an assignment in a
        clause that is not there).
        """
        with self._database.writing() as connection:
            path = self._store.originals.path(file.sha256) if file.path is None else Path(file.path)
            staged: list[Staged] = []
            for read, parts in ((document, passages), *attached):
                id = _identify(connection, read, file, taken=[one.id for one in staged])
                is_new = _live(connection, id) is None
                key = _insert(connection, id, read, parts, path)
                staged.append(Staged(id=id, key=key, passages=len(parts), is_new=is_new))
            departed = _point(connection, file, [one.id for one in staged])
        return Kept(staged=tuple(staged), departed=departed)

    def attach(self, stored: Entry, document: Document, passages: Sequence[Passage]) -> Staged:
        """Store a document that was found behind a stored one, in every file that holds that one. Raises as `stage`."""
        with self._database.writing() as connection:
            held = connection.execute("SELECT * FROM files WHERE document = ? ORDER BY path", (stored.id,)).fetchall()
            uploaded = not held or held[0]["path"].startswith(_UPLOAD)
            file = File(path=None if uploaded else held[0]["path"], sha256=stored.document.sha256, size=0)
            id = next(id for id in identity.candidates(document) if _is_free(connection, id, document, file))
            key = _insert(connection, id, document, passages, stored.path)
            for row in held:
                connection.execute(
                    """INSERT INTO files (path, part, sha256, size, modified, document)
                       SELECT :path, coalesce(max(part), 1) + 1, :sha256, :size, :modified, :document
                       FROM files WHERE path = :beside""",
                    {
                        **{name: row[name] for name in ("sha256", "size", "modified")},
                        "path": f"{_UPLOAD}{id}" if uploaded else row["path"],
                        "document": id,
                        "beside": row["path"],
                    },
                )
        return Staged(id=id, key=key, passages=len(passages), is_new=True)

    def restage(self, stored: Entry, document: Document, passages: Sequence[Passage]) -> None:
        """Store another reading of the same file; the id stays whatever the reading says. Raises as `stage`."""
        with self._database.writing() as connection:
            _insert(connection, stored.id, document, passages, stored.path)

    def is_stored(self, stored: Entry, document: Document, passages: Sequence[Passage]) -> bool:
        """Whether reading a stored document again gave nothing new."""
        with self._database.reading() as connection:
            row = _latest(connection, stored.id)
            rows = connection.execute(
                "SELECT clause, part, text, context FROM passages WHERE document = ? ORDER BY key",
                (None if row is None else row["key"],),
            )
            held = [Passage(**dict(row)) for row in rows]
        return stored.document == document and held == list(passages)

    def entries(self, sha256: str | None = None) -> Iterator[Entry]:
        """Every document that is to stay, in its latest revision; with `sha256`, those read from these bytes."""
        with self._database.reading() as connection:
            keys = [
                row["key"]
                for row in connection.execute(
                    """SELECT max(key) AS key, sha256 FROM documents WHERE retired IS NULL
                       AND id NOT IN (SELECT id FROM departures) GROUP BY id
                       HAVING :sha256 IS NULL OR sha256 = :sha256 ORDER BY id""",
                    {"sha256": sha256},
                )
            ]
        for key in keys:
            with self._database.reading() as connection:
                row = connection.execute("SELECT * FROM documents WHERE key = ?", (key,)).fetchone()
                found = entry(connection, row)
            yield found

    def forget_file(self, path: str) -> tuple[str, ...]:
        """Drop a file that has gone; gives the documents that depart with it, if no other file holds them."""
        with self._database.writing() as connection:
            former = _documents(connection, path)
            connection.execute("DELETE FROM files WHERE path = ?", (path,))
            return tuple(id for id in former if _depart_unless_held(connection, id) is not None)

    def depart(self, id: str) -> bool:
        """Let a document and the files it was read from go; false when there is no such document."""
        with self._database.writing() as connection:
            if _latest(connection, id) is None:
                return False
            connection.execute("DELETE FROM files WHERE document = ?", (id,))
            return _depart_unless_held(connection, id) is not None

    def changes(self, *, waiting: bool = True) -> Changes:
        """What there is to publish; without `waiting`, only departures."""
        with self._database.reading() as connection:
            added = (
                connection.execute("SELECT key FROM documents WHERE published IS NULL ORDER BY key").fetchall()
                if waiting
                else []
            )
            removed = connection.execute(
                """SELECT key FROM live WHERE id IN (SELECT id FROM departures)
                   OR :waiting AND id IN (SELECT id FROM documents WHERE published IS NULL) ORDER BY key""",
                {"waiting": waiting},
            ).fetchall()
        return Changes(added=tuple(row["key"] for row in added), removed=tuple(row["key"] for row in removed))

    def after(self, changes: Changes) -> tuple[int, ...]:
        """The keys of all documents that the generation after these changes holds."""
        with self._database.reading() as connection:
            live = connection.execute("SELECT key FROM live ORDER BY key").fetchall()
        return (*sorted({row["key"] for row in live} - set(changes.removed)), *changes.added)

    def passages(self, documents: Sequence[int]) -> Iterator[Indexed]:
        """The passages of these documents, by key."""
        for rows in self._by_documents("SELECT * FROM passages WHERE document IN ({}) ORDER BY key", documents):
            for row in rows:
                yield Indexed(passage=row["key"], document=row["document"], text=row["text"], context=row["context"])

    def passage_keys(self, documents: Sequence[int]) -> list[int]:
        sql = "SELECT key FROM passages WHERE document IN ({}) ORDER BY key"
        return [row["key"] for rows in self._by_documents(sql, documents) for row in rows]

    def missing(self, encoder: str, documents: Sequence[int]) -> dict[bytes, str]:
        """Digest and text of the passages of these documents that this encoder has not embedded."""
        sql = """SELECT digest, text, context, clause, part FROM passages WHERE document IN ({})
                 AND digest NOT IN (SELECT digest FROM embeddings WHERE encoder = ?) ORDER BY key"""
        return {
            row["digest"]: embedded_text(
                Passage(clause=row["clause"], part=row["part"], text=row["text"], context=row["context"])
            )
            for rows in self._by_documents(sql, documents, encoder)
            for row in rows
        }

    def keep_embeddings(self, encoder: str, digests: Iterable[bytes], vectors: Vectors) -> None:
        rows = (
            (encoder, digest, vector.astype("<f4").tobytes()) for digest, vector in zip(digests, vectors, strict=True)
        )
        with self._database.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO embeddings (encoder, digest, vector) VALUES (?, ?, ?)", rows)

    def embeddings(self, encoder: str, documents: Sequence[int]) -> Iterator[tuple[list[int], Vectors]]:
        """Passage keys with their vectors, some documents at a time. All must have been embedded."""
        sql = """SELECT key, vector FROM passages JOIN embeddings USING (digest)
                 WHERE document IN ({}) AND encoder = ? ORDER BY key"""
        for rows in self._by_documents(sql, documents, encoder):
            if rows:
                vectors = np.frombuffer(b"".join(row["vector"] for row in rows), dtype="<f4")
                yield [row["key"] for row in rows], vectors.reshape(len(rows), -1).astype(np.float32)

    def published(self) -> Published | None:
        """The current generation."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT number, encoder, dimensions, passages FROM generations ORDER BY number DESC LIMIT 1"
            ).fetchone()
        return None if row is None else Published(**dict(row))

    def publish(self, generation: Published, changes: Changes) -> None:
        """Make a generation the current one, with everything it changes, in one durable transaction.

        What retired before the generation that readers may still hold (the previous one) is deleted.
        """
        number = generation.number
        with self._database.writing(durable=True) as connection:
            connection.executemany(
                "UPDATE documents SET retired = ? WHERE key = ?", [(number, key) for key in changes.removed]
            )
            connection.executemany(
                "UPDATE documents SET published = ? WHERE key = ?", [(number, key) for key in changes.added]
            )
            connection.execute("DELETE FROM departures WHERE id NOT IN (SELECT id FROM live)")
            connection.execute(
                "INSERT INTO generations VALUES (?, ?, ?, ?, ?)",
                (
                    number,
                    generation.encoder,
                    generation.dimensions,
                    generation.passages,
                    datetime.now(UTC).isoformat(timespec="seconds"),
                ),
            )
            _delete_retired(connection, before=number)
            kept = {row["sha256"] for row in connection.execute("SELECT sha256 FROM documents WHERE retired IS NULL")}
        self._store.originals.keep_only(kept)

    def _by_documents(self, sql: str, documents: Sequence[int], *values: str) -> Iterator[list[sqlite3.Row]]:
        for start in range(0, len(documents), _BATCH):
            batch = documents[start : start + _BATCH]
            with self._database.reading() as connection:
                rows = connection.execute(sql.format(", ".join("?" * len(batch))), (*batch, *values)).fetchall()
            yield rows


def _latest(connection: sqlite3.Connection, id: str) -> sqlite3.Row | None:
    """The revision of a document that the next generation would hold."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM documents WHERE id = ? AND retired IS NULL ORDER BY key DESC LIMIT 1", (id,)
    ).fetchone()
    return row


def _live(connection: sqlite3.Connection, id: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute("SELECT * FROM live WHERE id = ?", (id,)).fetchone()
    return row


def _identify(connection: sqlite3.Connection, document: Document, file: File, *, taken: Sequence[str]) -> str:
    """The id of a document; `taken` are those of others in the same file."""
    for former in _formers(connection, document, file):
        if former["id"] not in taken and identity.successor(document, summary(former)):
            return str(former["id"])
    return next(
        id for id in identity.candidates(document) if id not in taken and _is_free(connection, id, document, file)
    )


def _formers(connection: sqlite3.Connection, document: Document, file: File) -> list[sqlite3.Row]:
    """What was read from the same path before; for an upload, what was uploaded under the same name."""
    if file.path is not None:
        sql = "SELECT document FROM files WHERE path = ?"
        rows = connection.execute(sql, (file.path,))
    else:
        sql = """SELECT DISTINCT document FROM files JOIN documents ON documents.id = files.document
                 WHERE files.path = ? || files.document AND documents.name = ? AND retired IS NULL"""
        rows = connection.execute(sql, (_UPLOAD, document.source.name))
    latest = [_latest(connection, row["document"]) for row in rows.fetchall()]
    return [row for row in latest if row is not None]


def _is_free(connection: sqlite3.Connection, id: str, document: Document, file: File) -> bool:
    """Whether a document may take an id: nobody has it, or the same document had it and gives it up."""
    row = _latest(connection, id)
    if row is None or connection.execute("SELECT 1 FROM departures WHERE id = ?", (id,)).fetchone():
        return True
    if not identity.same(document, summary(row)):
        return False
    if file.path is None:
        # Uploaded anew. What has no number is too easily mistaken ("Báo cáo" of some day).
        return document.number is not None
    # The file was moved, unless the former one still stands: then there are two.
    held = [row["path"] for row in connection.execute("SELECT path FROM files WHERE document = ?", (id,))]
    return not any(path.startswith(_UPLOAD) or still_there(path) for path in held)


def _point(connection: sqlite3.Connection, file: File, ids: Sequence[str]) -> tuple[str, ...]:
    paths = [f"{_UPLOAD}{id}" if file.path is None else file.path for id in ids]
    former = [id for path in dict.fromkeys(paths) for id in _documents(connection, path)]
    connection.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in set(paths)])
    connection.executemany(
        "INSERT INTO files (path, part, sha256, size, modified, document) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (path, part, file.sha256, file.size, file.modified, id)
            for part, (path, id) in enumerate(zip(paths, ids, strict=True), start=1)
        ],
    )
    gone = [id for id in former if id not in ids]
    return tuple(id for id in gone if _depart_unless_held(connection, id) is not None)


def _documents(connection: sqlite3.Connection, path: str) -> list[str]:
    """The documents that a file holds."""
    rows = connection.execute("SELECT document FROM files WHERE path = ? ORDER BY part", (path,))
    return [row["document"] for row in rows]


def _depart_unless_held(connection: sqlite3.Connection, id: str) -> str | None:
    held = connection.execute("SELECT 1 FROM files WHERE document = ?", (id,)).fetchone() is not None
    if held or _latest(connection, id) is None:
        return None
    connection.execute("DELETE FROM documents WHERE id = ? AND published IS NULL", (id,))
    if _live(connection, id) is not None:
        connection.execute("INSERT OR IGNORE INTO departures VALUES (?)", (id,))
    return id


def _delete_retired(connection: sqlite3.Connection, *, before: int) -> None:
    """Delete the documents that retired before a generation, and embeddings that nothing uses any more."""
    connection.execute(
        """DELETE FROM embeddings WHERE digest IN (
               SELECT digest FROM passages JOIN documents ON documents.key = document WHERE retired < :before
           ) AND NOT EXISTS (
               SELECT 1 FROM passages JOIN documents ON documents.key = document
               WHERE passages.digest = embeddings.digest AND (retired IS NULL OR retired >= :before)
           )""",
        {"before": before},
    )
    connection.execute("DELETE FROM documents WHERE retired < ?", (before,))
    encoders = [
        row["encoder"] for row in connection.execute("SELECT encoder FROM generations WHERE number >= ?", (before - 1,))
    ]
    if len(set(encoders)) > 1:
        marks = ", ".join("?" * len(encoders))
        connection.execute(f"DELETE FROM embeddings WHERE encoder NOT IN ({marks})", encoders)


def _insert(
    connection: sqlite3.Connection,
    id: str,
    document: Document,
    passages: Sequence[Passage],
    path: Path,
) -> int:
    """Store a revision that waits for the next generation, in place of one that waits already; gives its key."""
    connection.execute("DELETE FROM departures WHERE id = ?", (id,))
    connection.execute("DELETE FROM documents WHERE id = ? AND published IS NULL", (id,))
    key = _insert_row(connection, "documents", _document_row(id, document, path))
    source = document.source
    _insert_row(
        connection,
        "sources",
        {
            "document": key,
            "title": source.title,
            "pages": json.dumps([_page(page) for page in source.pages]),
            "warnings": _array(source.warnings),
            "text": source.text,
        },
    )
    for position, clause in enumerate(document.clauses):
        _insert_row(
            connection,
            "clauses",
            {
                "document": key,
                "position": position,
                "path": clause.path,
                "label": clause.label,
                "heading": clause.heading,
                "headings": _array(clause.headings),
                "parent": clause.parent,
                "page": clause.page,
                "span_start": clause.span.start,
                "span_end": clause.span.end,
                "text": clause.text,
                "regions": json.dumps([[one.page, one.left, one.top, one.right, one.bottom] for one in clause.regions]),
            },
        )
    _insert_assignments(connection, id, key, document.assignments)
    for position, reference in enumerate(document.references):
        _insert_row(
            connection,
            "cross_references",
            {
                "document": key,
                "clause": reference.clause,
                "position": position,
                "span_start": reference.span.start,
                "span_end": reference.span.end,
                "text": reference.text,
                "number": reference.number,
                "number_key": number_key(reference.number),
                "type": reference.type,
                "date": _iso(reference.date),
                "relation": reference.relation,
            },
        )
    for passage in passages:
        _insert_row(
            connection,
            "passages",
            {
                "document": key,
                "clause": passage.clause,
                "part": passage.part,
                "text": passage.text,
                "context": passage.context,
                "digest": blake2b(embedded_text(passage).encode(), digest_size=16).digest(),
            },
        )
    return key


def _page(page: Page) -> list[float]:
    turned = [page.turned] if page.turned else []
    return [page.number, page.span.start, page.span.end, *turned]


def _document_row(id: str, document: Document, path: Path) -> Mapping[str, str | int | None]:
    described = (document.number, document.title, document.issuer, document.source.name)
    return {
        "id": id,
        "sha256": document.sha256,
        "path": str(path),
        "name": document.source.name,
        "kind": document.source.kind,
        "number": document.number,
        "number_key": None if document.number is None else number_key(document.number),
        "title": document.title,
        "date": _iso(document.date),
        "place": document.place,
        "type": document.type,
        "type_key": _key(document.type),
        "issuer": document.issuer,
        "issuer_key": None if document.issuer is None else _key(document.issuer),
        "signer": document.signer,
        "addressees": _array(document.addressees),
        "recipients": _array(document.recipients),
        "warnings": _array(document.warnings),
        "search_key": _key("\n".join(text for text in described if text)),
    }


def _insert_assignments(
    connection: sqlite3.Connection, id: str, document: int, assignments: Iterable[Assignment]
) -> None:
    given: set[str] = set()
    for position, assignment in enumerate(assignments):
        deadline = assignment.deadline
        described = (assignment.task, deadline.text if deadline else "", *assignment.agencies)
        key = _insert_row(
            connection,
            "assignments",
            {
                "id": _assignment_id(id, assignment, given),
                "document": document,
                "clause": assignment.clause,
                "position": position,
                "role": assignment.role,
                "task": assignment.task,
                "deadline": deadline.text if deadline else None,
                "deadline_start": deadline.span.start if deadline else None,
                "deadline_end": deadline.span.end if deadline else None,
                "rule": deadline.rule if deadline else None,
                "due": _iso(deadline.due) if deadline else None,
                "bound": deadline.bound if deadline else None,
                "recurrence": deadline.recurrence if deadline else None,
                "search_key": _key("\n".join(described)),
            },
        )
        for place, name in enumerate(assignment.agencies):
            _insert_row(
                connection,
                "assignment_agencies",
                {"assignment": key, "position": place, "name": name, "name_key": _key(name)},
            )


def _assignment_id(document: str, assignment: Assignment, given: set[str]) -> str:
    """The same whenever the same agencies have the same role in the same clause; a second one is counted."""
    parts = (document, assignment.clause, assignment.role, *sorted(_key(name) for name in assignment.agencies))
    stem = blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()
    id, times = stem, 1
    while id in given:
        times += 1
        id = f"{stem}-{times}"
    given.add(id)
    return id


def _insert_row(connection: sqlite3.Connection, table: str, row: Mapping[str, str | bytes | int | None]) -> int:
    columns, marks = ", ".join(row), ", ".join(f":{column}" for column in row)
    key = connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row).lastrowid
    return key or 0


def _key(text: str) -> str:
    return fold(nfc(text)).strip()


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _array(texts: Sequence[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)
