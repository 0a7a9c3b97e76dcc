"""Archives as folders: what is read from them, and what is refused by name."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from pathlib import Path

import pytest

from index import archives
from index.archives import Member, members, still_there
from index.folders import walk
from index.model import Added, Outcome, Refused, Removed, Unchanged
from index.store import Store
from index.sync import receive, sync
from tests.index.conftest import HashingEncoder, Run, Write, parse, passages

SUFFIXES = (".txt", ".zip")


def zipped(entries: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def listed(path: Path, entries: dict[str, bytes | str]) -> list[Member]:
    file = path / "ho-so.zip"
    file.write_bytes(zipped(entries))
    return members(file, lambda name: name.endswith(".txt")) or []


def test_documents_are_found_in_folders_and_in_one_archive_within(tmp_path: Path) -> None:
    """By their suffix, in order; an archive deeper than that is refused."""
    inner = zipped({"c.txt": "c", "sau.zip": zipped({"d.txt": "d"})})
    found = listed(tmp_path, {"b.txt": "b", "phu luc/a.txt": "a", "x.exe": "x", "trong.zip": inner, "rong/": ""})
    assert [(member.name, member.refusal is None) for member in found] == [
        ("b.txt", True),
        ("phu luc/a.txt", True),
        ("trong.zip/c.txt", True),
        ("trong.zip/sau.zip", False),
    ]
    assert [archives.read(tmp_path / "ho-so.zip", member.name) for member in found[:3]] == [b"b", b"a", b"c"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../etc/a.txt", "không an toàn"),
        ("a/../b.txt", "không an toàn"),
        ("/etc/a.txt", "không an toàn"),
        ("C:/a.txt", "không an toàn"),
        ("a\x1b[2Jb.txt", "không an toàn"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str, reason: str) -> None:
    """And shown without their control characters; the others are read."""
    found = listed(tmp_path, {name: "a", "z.txt": "z"})
    assert [member.refusal is None for member in found] == [False, True]
    assert reason in str(found[0].refusal)
    assert found[0].name.isprintable()


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the rate of packing, the size of one and of all, and the number of entries."""
    found = listed(tmp_path, {"a.txt": bytes(20_000_000), "b.txt": "b"})
    assert ["tỷ lệ nén" in str(member.refusal) for member in found] == [True, False]
    monkeypatch.setattr(archives, "LARGEST", 1000)
    assert "lớn hơn" in str(listed(tmp_path, {"a.txt": "a" * 1001})[0].refusal)
    monkeypatch.setattr(archives, "MOST", 3)
    monkeypatch.setattr(archives, "WHOLE", 15)
    many = listed(tmp_path, {f"{number}.txt": "0123456789" for number in range(5)})
    assert [member.refusal is None for member in many] == [True, False, False, False]


def test_names_in_utf_8_are_read_whatever_the_archive_says(tmp_path: Path) -> None:
    """Old programs do not set the flag."""
    data = zipped({"kế hoạch.txt": "a"}).replace(b"\x00\x08", b"\x00\x00")
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    found = members(file, lambda name: True) or []
    assert [member.name for member in found] == ["kế hoạch.txt"]
    assert archives.read(file, found[0].name) == b"a"


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 cut off", zipped({"[Content_Types].xml": "", "a.txt": ""}), zipped({"a.exe": "x"}), b""],
    ids=["damaged", "a Word file", "no document", "empty"],
)
def test_what_is_no_archive_of_documents_is_left_to_its_reader(tmp_path: Path, data: bytes) -> None:
    """Who says what is wrong with it."""
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    assert members(file, lambda name: name.endswith(".txt")) is None
    assert [found.name for found in walk([file], suffixes=SUFFIXES, without=tmp_path / "var").files] == ["a.zip"]


def test_a_member_is_there_as_long_as_its_archive_holds_it(tmp_path: Path) -> None:
    """As a file in a folder is."""
    (tmp_path / "a.zip").write_bytes(zipped({"b/c.txt": "c"}))
    assert still_there(str(tmp_path / "a.zip/b/c.txt"))
    assert not still_there(str(tmp_path / "a.zip/d.txt"))
    assert not still_there(str(tmp_path / "e.zip/b/c.txt"))


class TestRuns:
    """Archives in a folder that is read."""

    def test_members_are_documents_of_the_folder(
        self, write: Write, run: Run, folder: Path, store: Store, encoder: HashingEncoder
    ) -> None:
        """Named by archive and member, unchanged in a second run, removed when they leave the archive."""
        first = write("1.txt", "1 | Một", number="1/KH", date="2024-01-01").read_bytes()
        second = write("2.txt", "1 | Hai", number="2/KH", date="2024-01-01").read_bytes()
        (folder / "1.txt").unlink()
        (folder / "2.txt").unlink()
        archive = folder / "ho-so.zip"
        archive.write_bytes(zipped({"1.txt": first, "sub/2.txt": second, "../3.txt": first}))
        outcomes: list[Outcome] = run()
        assert outcomes[1:] == [
            Added(name="ho-so.zip/1.txt", document_id="1-KH.2024", passages=1),
            Added(name="ho-so.zip/sub/2.txt", document_id="2-KH.2024", passages=1),
        ]
        assert isinstance(outcomes[0], Refused)
        held = store.document("2-KH.2024")
        assert held is not None
        assert held.document.source.name == "ho-so.zip/sub/2.txt"
        pruned = partial(
            sync, [folder], store=store, encoder=encoder.load, parse=parse, passages=passages, workers=0, prune=True
        )
        assert [type(outcome) for outcome in pruned()] == [Refused, Unchanged, Unchanged]
        archive.write_bytes(zipped({"1.txt": first}))
        assert list(pruned()) == [
            Unchanged(name="ho-so.zip/1.txt", document_id="1-KH.2024"),
            Removed(name="2.txt", document_id="2-KH.2024"),
        ]

    def test_an_uploaded_archive_is_opened_too(self, store: Store, encoder: HashingEncoder) -> None:
        """Each document in it is an upload of its own."""
        head = "#\nnumber: {}/KH\ndate: 2024-01-01\n\n1 | Một {}"
        texts = {f"{number}.txt": head.format(number, number) for number in (1, 2)}
        data = zipped({**texts, "../3.txt": "x"})
        outcomes = list(
            receive([(r"C:\tải\ho-so.zip", data)], store=store, encoder=encoder.load, parse=parse, passages=passages)
        )
        assert outcomes[1:] == [
            Added(name=f"ho-so.zip/{number}.txt", document_id=f"{number}-KH.2024", passages=1) for number in (1, 2)
        ]
        assert isinstance(outcomes[0], Refused)
