"""A home in one file: what comes back is what was there, and nothing damaged comes back at all."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from index import backup, sync
from index.backup import BadBackup
from index.generation import Generation, folder_of
from index.lock import locked
from index.model import IndexFailure, Locked, Vectors
from index.store import Store
from ingest.chunk import passages
from ingest.pipeline import parse


class LengthEncoder:
    """Two dimensions: how long a text is, and 1."""

    name = "length"
    dimensions = 2
    max_tokens = 100

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        vector = np.array([len(text), 1], dtype=np.float32)
        return vector / np.float32(np.linalg.norm(vector))


def _ingest(store: Store, *numbers: int) -> None:
    uploads = [
        (f"{number}.txt", f"Số: {number}/KH-UBND\n\nKẾ HOẠCH\nVề công tác năm\n\n1. Sở Tài chính báo cáo.\n".encode())
        for number in numbers
    ]
    list(sync.receive(uploads, store=store, encoder=LengthEncoder, parse=parse, passages=passages))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        _ingest(opened, 1, 2)
        yield opened


@pytest.fixture
def file(store: Store, tmp_path: Path) -> Path:
    (store.home / backup.KEYS).write_text("[]", encoding="utf-8")
    backup.write(store, tmp_path / "backup.tar.gz")
    return tmp_path / "backup.tar.gz"


def _ids(home: Path) -> list[str]:
    with Store.open(home) as store:
        return sorted(one.id for one in store.documents()[1])


def test_what_is_restored_is_what_was_backed_up(store: Store, file: Path, tmp_path: Path) -> None:
    """Documents, originals, keys, and the generation, which is not built again; later changes are not there."""
    _ingest(store, 3)
    contents = backup.restore(file, tmp_path / "other")
    assert contents.documents == 2
    assert _ids(tmp_path / "other") == ["1-KH-UBND", "2-KH-UBND"]
    with Store.open(tmp_path / "other") as restored:
        number = restored.generation()
        assert number is not None
        assert Generation.open(folder_of(restored.home, number)).manifest.passages > 0
        original = restored.original("1-KH-UBND")
        assert original is not None
        assert original.read_bytes().startswith("Số: 1/KH-UBND".encode())
        _ingest(restored, 4)  # it goes on from there
    assert (tmp_path / "other" / backup.KEYS).read_text(encoding="utf-8") == "[]"
    assert len(_ids(tmp_path / "other")) == 3


def test_only_the_owner_may_read_a_backup(file: Path) -> None:
    """It holds every document."""
    assert file.stat().st_mode & 0o077 == 0


def test_nothing_but_the_backup_is_left(file: Path, tmp_path: Path) -> None:
    """Neither beside the file nor in the home."""
    backup.restore(file, tmp_path / "other")
    assert {one.name for one in tmp_path.iterdir()} == {"home", "other", "backup.tar.gz"}
    assert {one.name for one in (tmp_path / "other").iterdir()} >= {"chidao.sqlite", "files", "generations"}
    assert not [one for one in (tmp_path / "other").iterdir() if one.name.startswith(".")]


def test_a_home_with_documents_is_replaced_only_by_force(store: Store, file: Path) -> None:
    """What it holds would be gone."""
    _ingest(store, 3)
    with pytest.raises(IndexFailure, match="holds documents already: add --force"):
        backup.restore(file, store.home)
    assert len(_ids(store.home)) == 3
    store.close()
    backup.restore(file, store.home, force=True)
    assert _ids(store.home) == ["1-KH-UBND", "2-KH-UBND"]


def test_keys_stay_where_the_backup_has_none(store: Store, tmp_path: Path) -> None:
    """Whoever restores an old backup does not let everybody in by it."""
    file = tmp_path / "backup.tar.gz"
    backup.write(store, file)
    (store.home / backup.KEYS).write_text("[1]", encoding="utf-8")
    store.close()
    backup.restore(file, store.home, force=True)
    assert (store.home / backup.KEYS).read_text(encoding="utf-8") == "[1]"


def test_a_writer_is_waited_for_and_never_restored_over(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes has the home to themselves."""
    monkeypatch.setattr(backup, "_WAIT_SECONDS", 0.0)
    with locked(store.home):
        with pytest.raises(Locked):
            backup.write(store, file)
        with pytest.raises(Locked):
            backup.restore(file, store.home, force=True)


def _rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with tarfile.open(file) as archive:
        held = {entry.name: archive.extractfile(entry).read() for entry in archive}  # type: ignore[union-attr]
    change(held)
    with tarfile.open(file, "w:gz") as archive:
        for name, data in held.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))


def _spoil(held: dict[str, bytes]) -> None:
    name = next(name for name in held if name.startswith("files/"))
    held[name] += b"x"


def _lose(held: dict[str, bytes]) -> None:
    del held[next(name for name in held if name.startswith("generations/"))]


def _add(held: dict[str, bytes]) -> None:
    held["files/" + "0" * 64] = b"more"


def _climb(held: dict[str, bytes]) -> None:
    held["files/../../outside"] = b"x"


def _foreign(held: dict[str, bytes]) -> None:
    held["run.sh"] = b"x"


def _unsigned(held: dict[str, bytes]) -> None:
    del held["manifest.json"]


def _newer(held: dict[str, bytes]) -> None:
    held["manifest.json"] = json.dumps(json.loads(held["manifest.json"]) | {"format": 2}).encode()


def _contradict(held: dict[str, bytes]) -> None:
    held["manifest.json"] = json.dumps(json.loads(held["manifest.json"]) | {"documents": 7}).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_spoil, "damaged at 'files/"),
        (_lose, "damaged at 'generations/"),
        (_add, "damaged at 'files/000"),
        (_climb, "no backup of chidao: it holds 'files/../../outside'"),
        (_foreign, "no backup of chidao: it holds 'run.sh'"),
        (_unsigned, "has no manifest"),
        (_newer, "newer version"),
        (_contradict, "contradicts its manifest"),
    ],
)
def test_what_is_not_whole_is_refused(
    store: Store, file: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], words: str
) -> None:
    """The home stays as it was, even with force, and nothing is written outside of it."""
    _rewritten(file, change)
    _ingest(store, 3)
    store.close()
    with pytest.raises(BadBackup, match=words.replace(".", r"\.")):
        backup.restore(file, store.home, force=True)
    assert len(_ids(store.home)) == 3
    assert not (tmp_path / "outside").exists()
    assert not (store.home / ".restoring").exists()


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_file_that_breaks_off_is_refused(file: Path, tmp_path: Path, share: float) -> None:
    """A disk that was full, a copy that was interrupted."""
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(BadBackup):
        backup.restore(file, tmp_path / "other")
    assert not (tmp_path / "other" / "chidao.sqlite").exists()


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    """Neither a text nor a database is a backup."""
    text, database = tmp_path / "a.txt", tmp_path / "a.sqlite"
    text.write_text("no backup", encoding="utf-8")
    with sqlite3.connect(database) as made:
        made.execute("CREATE TABLE a (b)")
    made.close()
    for file in (text, database):
        with pytest.raises(BadBackup):
            backup.restore(file, tmp_path / "other")


def test_a_backup_that_fails_leaves_the_last_one(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is replaced by a whole one or not at all."""
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_pack", full)
    with pytest.raises(OSError, match="No space left"):
        backup.write(store, file)
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir() if one.name.startswith(".")] == []
