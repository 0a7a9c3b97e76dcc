"""The SQLite file under a home: connections that threads share in turn, transactions, migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from threading import Lock

from index.model import IndexFailure

# How long a writer waits for another one before SQLite gives up.
_BUSY_SECONDS = 30.0


class Database:
    """A SQLite file in WAL mode. Readers never wait; of writers there is one at a time.

    Every `reading` or `writing` borrows a connection of its own, so threads may share one Database.
    """

    def __init__(self, path: Path) -> None:
        """Creates the file if needed and brings its tables up to date.

        Raises IndexFailure when the file is no database, or was written by a newer version of this software.
        """
        self._path = path
        self._idle: list[sqlite3.Connection] = []
        self._lock = Lock()
        self._closed = False
        try:
            _migrate(self._connect(), path)
        except IndexFailure:
            self.close()
            raise
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise IndexFailure(f"cannot open the store {str(path)!r}: {error}") from error

    def close(self) -> None:
        with self._lock:
            self._closed = True
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One snapshot: every statement inside sees the same state."""
        with self._borrowed() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction, undone when the block raises.

        `durable`: on return this transaction and all before it survive a power cut.
        """
        with self._borrowed() as connection:
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _borrowed(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._closed:
                raise IndexFailure(f"the store {str(self._path)!r} is closed")
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._open()
        try:
            yield connection
        finally:
            with self._lock:
                if self._closed:
                    connection.close()
                else:
                    self._idle.append(connection)

    def _connect(self) -> sqlite3.Connection:
        connection = self._open()
        self._idle.append(connection)
        return connection

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply the numbered migrations that this database has not seen, each in a transaction of its own."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT, applied TEXT) STRICT"
    )
    known = {version: (name, sql) for version, name, sql in _migrations()}
    newest = _version(connection)
    if newest > max(known):
        raise IndexFailure(
            f"the store {str(path)!r} was written by a newer version (migration {newest}): upgrade chidao"
        )
    for version, (name, sql) in sorted(known.items()):
        if version <= newest:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have come first while this one waited.
            if version > _version(connection):
                for statement in _statements(sql):
                    connection.execute(statement)
                connection.execute(
                    "INSERT INTO migrations VALUES (?, ?, ?)", (version, name, datetime.now(UTC).isoformat())
                )
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(version), 0) FROM migrations").fetchone()[0])


def _migrations() -> list[tuple[int, str, str]]:
    folder = files("index").joinpath("migrations")
    return [
        (int(file.name.split("_")[0]), file.name, file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    ]


def _statements(sql: str) -> Iterator[str]:
    """The statements of a script. `executescript` would commit the transaction around them."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
