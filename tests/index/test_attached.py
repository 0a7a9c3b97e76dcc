"""Files that hold several documents, in the store: each with its own id, all of them with the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from index.model import Added, Changed, Outcome, Removed, Unchanged
from index.search import open_search
from index.staging import Known, Staging
from index.store import Store
from index.sync import receive, reindex, remove, sync
from ingest.model import Document
from tests.index.conftest import Ask, HashingEncoder, parse, passages

BREAK = b"\n=====\n"
LETTER = b"#\nnumber: 812/SKHCN\ndate: 2025-03-20\ntitle: Cong van\n\n1 | Gui ke hoach"
PLAN = b"#\nnumber: 45/KH-UBND\ndate: 2025-03-12\ntitle: Ke hoach\n\n1 | Bo tri kinh phi"
LAW = b"#\nnumber: 46/QD-UBND\ndate: 2025-03-12\ntitle: Quyet dinh\n\n1 | Thanh lap to"
LETTER_ID, PLAN_ID, LAW_ID = "812-SKHCN.2025", "45-KH-UBND.2025", "46-QD-UBND.2025"

Sync = Callable[..., list[Outcome]]


def parse_all(data: bytes, name: str) -> Document:
    """Documents of the miniature format, one behind the other."""
    first, *others = (parse(part, name) for part in data.split(BREAK))
    return replace(first, attached=tuple(others))


def parse_first(data: bytes, name: str) -> Document:
    """As a version would that knew one document to a file."""
    return parse(data.split(BREAK)[0], name)


@pytest.fixture
def bring(store: Store, folder: Path, encoder: HashingEncoder) -> Sync:
    def brought(*, prune: bool = False, read: Callable[[bytes, str], Document] = parse_all) -> list[Outcome]:
        return list(
            sync([folder], store=store, encoder=encoder.load, parse=read, passages=passages, workers=0, prune=prune)
        )

    return brought


def numbers(store: Store) -> dict[str, str | None]:
    _, found = store.documents(q=None, type=None, issuer=None, limit=10, offset=0)
    return {one.id: one.number for one in found}


def write(folder: Path, name: str, *parts: bytes) -> Path:
    file = folder / name
    file.write_bytes(BREAK.join(parts))
    return file


def test_each_document_is_listed_found_and_cited_by_itself(store: Store, folder: Path, bring: Sync, ask: Ask) -> None:
    write(folder, "ho-so.txt", LETTER, PLAN)
    assert bring() == [
        Added(name="ho-so.txt", document_id=LETTER_ID, passages=1),
        Added(name="ho-so.txt", document_id=PLAN_ID, passages=1),
    ]
    assert numbers(store) == {LETTER_ID: "812/SKHCN", PLAN_ID: "45/KH-UBND"}
    hits = open_search(store, HashingEncoder()).search(ask("bo tri kinh phi")).hits
    assert (hits[0].document_id, hits[0].clause) == (PLAN_ID, "1")
    held = store.document(PLAN_ID)
    assert held is not None
    assert (held.document.source.name, held.document.attached) == ("ho-so.txt", ())
    assert store.original(LETTER_ID) == store.original(PLAN_ID)
    assert bring() == [Unchanged(name="ho-so.txt", document_id=LETTER_ID)]


def test_all_go_with_the_file(store: Store, folder: Path, bring: Sync) -> None:
    file = write(folder, "ho-so.txt", LETTER, PLAN)
    bring()
    original = store.original(PLAN_ID)
    assert original is not None
    file.unlink()
    assert bring(prune=True) == [
        Removed(name="ho-so.txt", document_id=LETTER_ID),
        Removed(name="ho-so.txt", document_id=PLAN_ID),
    ]
    assert numbers(store) == {}
    assert not original.exists()


def test_a_changed_file_keeps_the_ids_of_what_it_still_holds(store: Store, folder: Path, bring: Sync) -> None:
    write(folder, "ho-so.txt", LETTER, PLAN)
    bring()
    write(folder, "ho-so.txt", LETTER, LAW, PLAN.replace(b"Bo tri", b"Lap"))
    assert bring() == [
        Changed(name="ho-so.txt", document_id=LETTER_ID, passages=1),
        Added(name="ho-so.txt", document_id=LAW_ID, passages=1),
        Changed(name="ho-so.txt", document_id=PLAN_ID, passages=1),
    ]
    write(folder, "ho-so.txt", PLAN)
    assert bring() == [
        Changed(name="ho-so.txt", document_id=PLAN_ID, passages=1),
        Removed(name="ho-so.txt", document_id=LETTER_ID),
        Removed(name="ho-so.txt", document_id=LAW_ID),
    ]
    assert list(numbers(store)) == [PLAN_ID]


def test_a_copy_of_the_file_holds_the_same_documents(store: Store, folder: Path, bring: Sync) -> None:
    file = write(folder, "a.txt", LETTER, PLAN)
    bring()
    write(folder, "b.txt", LETTER, PLAN)
    assert bring()[1:] == [Unchanged(name="b.txt", document_id=LETTER_ID)]
    file.unlink()
    assert bring(prune=True) == [Unchanged(name="b.txt", document_id=LETTER_ID)]
    assert set(numbers(store)) == {LETTER_ID, PLAN_ID}


def test_the_plan_alone_in_another_file_is_another_document(store: Store, folder: Path, bring: Sync) -> None:
    """A letter repeats what stands elsewhere: either may go without the other."""
    write(folder, "a.txt", LETTER, PLAN)
    write(folder, "b.txt", PLAN)
    assert [outcome.document_id for outcome in bring()] == [LETTER_ID, PLAN_ID, f"{PLAN_ID}.2"]  # type: ignore[union-attr]


def test_one_document_can_be_removed(store: Store, folder: Path, bring: Sync) -> None:
    """The file stays for the other, and gives it back only when it changes."""
    write(folder, "ho-so.txt", LETTER, PLAN)
    bring()
    assert remove(store, LETTER_ID) == Removed(name="ho-so.txt", document_id=LETTER_ID)
    assert list(numbers(store)) == [PLAN_ID]
    original = store.original(PLAN_ID)
    assert original is not None
    assert original.read_bytes() == BREAK.join((LETTER, PLAN))
    assert bring() == [Unchanged(name="ho-so.txt", document_id=PLAN_ID)]


@pytest.mark.parametrize("uploaded", [False, True])
def test_reading_again_finds_what_a_former_version_did_not_see(
    store: Store, folder: Path, bring: Sync, encoder: HashingEncoder, uploaded: bool
) -> None:
    """And takes away what is no longer seen; ids stay."""
    if uploaded:
        sent = [("ho-so.txt", BREAK.join((LETTER, PLAN)))]
        list(receive(sent, store=store, encoder=encoder.load, parse=parse_first, passages=passages))
    else:
        write(folder, "ho-so.txt", LETTER, PLAN)
        bring(read=parse_first)
    assert list(numbers(store)) == [LETTER_ID]

    def again(read: Callable[[bytes, str], Document]) -> list[Outcome]:
        return list(reindex(store, encoder=encoder.load, passages=passages, parse=read, workers=0))

    assert again(parse_all) == [
        Unchanged(name="ho-so.txt", document_id=LETTER_ID),
        Added(name="ho-so.txt", document_id=PLAN_ID, passages=1),
    ]
    assert set(numbers(store)) == {LETTER_ID, PLAN_ID}
    assert {type(outcome) for outcome in again(parse_all)} == {Unchanged}
    assert again(parse_first)[-1] == Removed(name="ho-so.txt", document_id=PLAN_ID)
    assert list(numbers(store)) == [LETTER_ID]


def test_an_upload_sent_anew_keeps_its_ids(store: Store, encoder: HashingEncoder) -> None:
    def send(*parts: bytes) -> list[Outcome]:
        sent = [("ho-so.txt", BREAK.join(parts))]
        return list(receive(sent, store=store, encoder=encoder.load, parse=parse_all, passages=passages))

    send(LETTER, PLAN)
    assert send(LETTER, PLAN.replace(b"Bo tri", b"Lap")) == [
        Changed(name="ho-so.txt", document_id=LETTER_ID, passages=1),
        Changed(name="ho-so.txt", document_id=PLAN_ID, passages=1),
    ]
    assert set(numbers(store)) == {LETTER_ID, PLAN_ID}


def test_files_of_a_former_version_hold_one_document(tmp_path: Path) -> None:
    """The third migration keeps what was known of them."""
    connection = sqlite3.connect(tmp_path / "chidao.sqlite")
    scripts = sorted(resources.files("index").joinpath("migrations").iterdir(), key=lambda script: script.name)
    connection.execute("CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT, applied TEXT) STRICT")
    for version, script in enumerate(scripts[:2], start=1):
        connection.executescript(script.read_text(encoding="utf-8"))
        connection.execute("INSERT INTO migrations VALUES (?, ?, '')", (version, script.name))
    connection.execute("INSERT INTO files VALUES ('/van-ban/a.txt', 'abc', 3, 7, 'A')")
    connection.commit()
    connection.close()
    with Store.open(tmp_path) as store:
        assert Staging(store).files() == {
            "/van-ban/a.txt": Known(sha256="abc", size=3, modified=7, documents=("A",)),
        }
