"""A home as one file, and back: the store, the originals and the current generation in a tar.gz with digests.

    manifest.json             what made it, and the SHA-256 of everything else
    chidao.sqlite             a consistent copy (SQLite's online backup): readers go on meanwhile
    files/…                   the originals
    generations/12/…          words and vectors of the current generation, so that nothing is built again
    keys.json                 access keys (hashed), where there are any

It is written beside its place and put there when it is whole; restoring reads it into a folder of its own, checks
all of it, and only then puts it into the home.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from index import generation
from index.lock import locked
from index.model import IndexFailure
from index.store import Store

STORE = "chidao.sqlite"
KEYS = "keys.json"
_MANIFEST = "manifest.json"
_FORMAT = 1
_KEPT = (STORE, f"{STORE}-wal", f"{STORE}-shm", "files", "generations", KEYS)
"""What a restored home replaces."""
_RESTORING = ".restoring"
_REPLACED = ".replaced"
# A writer that has to be waited for publishes sooner or later.
_WAIT_SECONDS = 60.0


class BadBackup(IndexFailure):
    """A file that is no backup, or not a whole one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a backup says of itself. `files` holds the SHA-256 of each file by its name in the archive."""

    format: int
    software: str
    made: str
    documents: int
    generation: int | None
    files: Mapping[str, str]


def write(store: Store, target: Path) -> Contents:
    """Back up a home into a file, which is replaced when the backup is whole.

    Writers wait meanwhile, readers do not. Raises Locked when a writer is at work for longer than a minute.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with (
            TemporaryDirectory(prefix="chidao-backup-", dir=target.parent) as folder,
            locked(store.home, wait=_WAIT_SECONDS),
        ):
            copy = Path(folder, STORE)
            _copy(store.home / STORE, copy)
            members = dict(_members(store, copy))
            contents = Contents(
                format=_FORMAT,
                software=version("chidao"),
                made=datetime.now(UTC).isoformat(timespec="seconds"),
                documents=store.counts()["documents"],
                generation=store.generation(),
                files={name: _digest(file) for name, file in members.items()},
            )
            manifest = Path(folder, _MANIFEST)
            manifest.write_text(json.dumps(asdict(contents), indent=1) + "\n", encoding="utf-8")
            _pack(unfinished, {_MANIFEST: manifest} | members)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return contents


def restore(source: Path, home: Path, *, force: bool = False) -> Contents:
    """Put a backup into a home. Raises BadBackup, with the home as it was.

    A home that holds documents already is refused unless `force`: what it held is gone then. No server may be
    running over it.
    """
    if (home / STORE).exists() and not force:
        raise IndexFailure(
            f"{str(home)!r} holds documents already: add --force to replace them all, or set CHIDAO_HOME"
        )
    home.mkdir(parents=True, exist_ok=True)
    with locked(home):
        fresh = home / _RESTORING
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        try:
            _unpack(source, fresh)
            contents = _checked(source, fresh)
            _put(fresh, home)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return contents


# --- writing ---


def _copy(database: Path, target: Path) -> None:
    """A consistent copy of a database that others read and write."""
    source, made = sqlite3.connect(database), sqlite3.connect(target)
    try:
        source.backup(made)
        made.execute("PRAGMA journal_mode = DELETE")  # one file, without a -wal beside it
    finally:
        made.close()
        source.close()


def _members(store: Store, database: Path) -> Iterator[tuple[str, Path]]:
    """Everything that is kept, by its name in the archive."""
    yield STORE, database
    if (store.home / KEYS).exists():
        yield KEYS, store.home / KEYS
    folders = [store.home / "files"]
    number = store.generation()
    if number is not None:
        folders.append(generation.folder_of(store.home, number))
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                yield file.relative_to(store.home).as_posix(), file


def _pack(target: Path, members: Mapping[str, Path]) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
            for name, file in members.items():
                with file.open("rb") as data:
                    entry = tarfile.TarInfo(name)
                    state = os.fstat(data.fileno())
                    entry.size, entry.mtime, entry.mode = state.st_size, int(state.st_mtime), 0o600
                    archive.addfile(entry, data)
        raw.flush()
        os.fsync(raw.fileno())


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return file_digest(data, "sha256").hexdigest()


# --- reading ---


def _unpack(source: Path, target: Path) -> None:
    """Plain files at names that a backup has, and nothing else: an archive may come from anywhere."""
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            for entry in archive:
                if not entry.isreg() or not _is_ours(entry.name):
                    raise BadBackup(f"{str(source)!r} is no backup of chidao: it holds {entry.name!r}")
                archive.extract(entry, target, filter="data")
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise BadBackup(f"{str(source)!r} is no whole backup: {error}; take another one") from error
    except OSError as error:
        if error.errno is not None:  # a full disk, a file that may not be read
            raise
        raise BadBackup(f"{str(source)!r} is no whole backup: {error}; take another one") from error


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if ".." in parts or name.startswith("/"):
        return False
    return name in (_MANIFEST, STORE, KEYS) or (len(parts) > 1 and parts[0] in ("files", "generations"))


def _checked(source: Path, folder: Path) -> Contents:
    """What was unpacked is all that the manifest names, as it was. Takes the manifest away."""
    manifest = folder / _MANIFEST
    try:
        contents = Contents(**json.loads(manifest.read_text(encoding="utf-8")))
        wanted = dict(contents.files)
    except (OSError, ValueError, TypeError) as error:
        raise BadBackup(f"{str(source)!r} is no backup of chidao: it has no manifest") from error
    if contents.format != _FORMAT:
        raise BadBackup(f"{str(source)!r} was made by a newer version ({contents.software}): upgrade chidao")
    manifest.unlink()
    held = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    for name in sorted({*wanted, *held}):
        if name not in held or name not in wanted or _digest(held[name]) != wanted[name]:
            raise BadBackup(f"{str(source)!r} is damaged at {name!r}: take another backup")
    _sound(source, folder, contents)
    return contents


def _sound(source: Path, folder: Path, contents: Contents) -> None:
    """The store opens here, is intact, and is the one that the generation belongs to."""
    connection = sqlite3.connect(folder / STORE)
    try:
        intact = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.Error:
        intact = False
    finally:
        connection.close()
    if not intact:
        raise BadBackup(f"{str(source)!r} is damaged at {STORE!r}: take another backup")
    with Store.open(folder) as store:  # brings an older store up to date; refuses a newer one
        number = store.generation()
        if number != contents.generation or store.counts()["documents"] != contents.documents:
            raise BadBackup(f"{str(source)!r} contradicts its manifest: take another backup")


def _put(fresh: Path, home: Path) -> None:
    """Exchange what the home holds for what was checked; the old is deleted last.

    Keys stay where the backup has none: to lose them would open the server to this whole machine.
    """
    replaced = home / _REPLACED
    shutil.rmtree(replaced, ignore_errors=True)
    replaced.mkdir()
    for name in _KEPT:
        if (home / name).exists() and (name != KEYS or (fresh / KEYS).exists()):
            (home / name).rename(replaced / name)
    for entry in fresh.iterdir():
        entry.rename(home / entry.name)
    shutil.rmtree(replaced)
