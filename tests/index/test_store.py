"""The store: what was read comes back whole, and is found by what people know of it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.database import Database
from index.ledger import Ledger, Selection
from index.model import IndexFailure, StoredAssignment
from index.staging import File, Staging
from index.store import Store
from ingest.pipeline import register
from tests.index.conftest import Run, Write, parse

PLAN = "214-KH-UBND.2023"
NOTICE = "441-TB-VP.2022"


def listed(store: Store, **asked: Any) -> list[StoredAssignment]:
    """What the ledger selects, in the order in which it lists it."""
    ledger = Ledger(store, register())
    return ledger.held([line.key for line in ledger.lines(Selection(**asked))])


@pytest.fixture
def filled(store: Store, write: Write, run: Run) -> Store:
    """A plan and a notice that cites it."""
    write(
        "plan.txt",
        "I | Nhiệm vụ",
        "I.1 | Trình phương án giá | Sở Tài chính; Sở Xây dựng | 2024-06-30",
        "I.2 | Báo cáo kết quả | Sở Nội vụ",
        "I.3 | Tổng hợp | Sở Tài chính | 2023-12-31",
        number="214/KH-UBND",
        date="2023-02-01",
        issuer="UBND thành phố Hà Nội",
        title="Cải cách hành chính",
    )
    write(
        "notice.txt",
        "1 | Thực hiện Kế hoạch | | | 0214/KH-UBND",
        "2 | Hoàn thành | sở tài chính | 2022-12-31",
        number="441/TB-VP",
        date="2022-09-09",
        type="Thông báo",
        issuer="Văn phòng UBND",
        title="Kết luận",
    )
    write("speech.txt", "1 | Phát biểu", title="Bài phát biểu")
    run()
    return store


def test_a_document_comes_back_as_it_was_read(filled: Store, folder: Path) -> None:
    """Text, pages, clauses, assignments and references, field by field."""
    file = folder / "plan.txt"
    entry = filled.document(PLAN)
    assert entry is not None
    assert entry.document == parse(file.read_bytes(), "plan.txt")
    assert entry.path == file


def test_the_original_is_kept_when_the_file_has_gone(filled: Store, folder: Path) -> None:
    """Byte for byte, wherever it came from."""
    data = (folder / "plan.txt").read_bytes()
    (folder / "plan.txt").unlink()
    original = filled.original(PLAN)
    assert original is not None
    assert original.read_bytes() == data


def test_what_is_unknown_is_none_or_empty(filled: Store) -> None:
    """Never an exception."""
    assert filled.document("x") is None
    assert filled.clause("x", "1") is None
    assert filled.clause(PLAN, "IX") is None
    assert filled.original("x") is None
    assert not filled.clauses("x")
    assert not filled.children("x", "1")
    assert not filled.references_from("x")
    assert not filled.references_to("9/X")
    assert not filled.find_number("9/X")
    assert not filled.find_number(" ")


def test_clauses_stand_in_reading_order(filled: Store) -> None:
    """And know their children."""
    assert [clause.path for clause in filled.clauses(PLAN)] == ["I", "I.1", "I.2", "I.3"]
    assert [clause.path for clause in filled.children(PLAN, "I")] == ["I.1", "I.2", "I.3"]
    assert filled.children(PLAN, "I.1") == []
    stored = filled.clause(PLAN, "I.2")
    assert stored is not None
    assert (stored.clause.text, stored.document.number) == ("Báo cáo kết quả", "214/KH-UBND")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [PLAN, NOTICE, "bai-phat-bieu"]),  # newest first, undated last
        ({"q": "cai cach"}, [PLAN]),
        ({"q": "hành CẢI"}, [PLAN]),  # words in any order
        ({"q": "441"}, [NOTICE]),
        ({"q": "speech"}, ["bai-phat-bieu"]),
        ({"q": "100%_"}, []),
        ({"type": "thong bao"}, [NOTICE]),
        ({"issuer": "UBND Thành phố Hà Nội"}, [PLAN]),
        ({"type": "Kế hoạch", "q": "441"}, []),
    ],
)
def test_documents_are_listed_by_what_people_know(filled: Store, asked: dict[str, str], expected: list[str]) -> None:
    """Marks and case do not matter."""
    total, found = filled.documents(**asked)  # type: ignore[arg-type]  # every value here is a text
    assert [summary.id for summary in found] == expected
    assert total == len(expected)


def test_a_page_of_documents_knows_how_many_there_are(filled: Store) -> None:
    """The total does not depend on the page."""
    total, found = filled.documents(limit=1, offset=1)
    assert (total, [summary.id for summary in found]) == (3, [NOTICE])


@pytest.mark.parametrize("number", ["214/KH-UBND", "214/kh-ubnd", "214 / KH-UBND", "0214", "214", "214/KH"])
def test_a_number_is_found_whole_or_by_its_beginning(filled: Store, number: str) -> None:
    """As people quote it."""
    assert [summary.id for summary in filled.find_number(number)] == [PLAN]


@pytest.mark.parametrize("number", ["21", "14", "214/K", "214/KH-UBND-X"])
def test_half_a_number_is_no_beginning(filled: Store, number: str) -> None:
    """21 is another plan than 214."""
    assert filled.find_number(number) == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["2", "I.3", "I.1", "I.2"]),  # by due date, undated last
        ({"names": ("Sở Tài chính", "sở tài chính")}, ["2", "I.3", "I.1"]),
        ({"names": ("Tài chính",)}, []),  # a part of a name is another name
        ({"names": ("Sở Xây dựng",)}, ["I.1"]),
        ({"document": PLAN}, ["I.3", "I.1", "I.2"]),
        ({"document": "x"}, []),
        ({"role": "request"}, []),
        ({"q": "phuong an"}, ["I.1"]),
        ({"due_from": date(2023, 12, 31), "due_to": date(2024, 6, 30)}, ["I.3", "I.1"]),
        ({"due_to": date(2022, 12, 30)}, []),
    ],
)
def test_assignments_are_found_by_agency_time_and_words(
    filled: Store, asked: dict[str, str], expected: list[str]
) -> None:
    """Dates are inclusive; without a due date, nothing is within dates."""
    assert [stored.clause.path for stored in listed(filled, **asked)] == expected


def test_an_assignment_knows_its_clause_and_agencies(filled: Store) -> None:
    """Agencies in the order of the text."""
    (stored,) = listed(filled, q="phương án")
    assert stored.assignment.agencies == ("Sở Tài chính", "Sở Xây dựng")
    assert stored.clause.text == stored.assignment.task == "Trình phương án giá"
    assert stored.document.id == PLAN


def test_assignment_ids_survive_a_changed_text(filled: Store, write: Write, run: Run) -> None:
    """They depend on document, clause, role and agencies alone."""
    before = {stored.clause.path: stored.id for stored in listed(filled, document=NOTICE)}
    write(
        "notice.txt",
        "1 | Đoạn mới",
        "2 | Hoàn thành sớm hơn | sở tài chính | 2022-11-30",
        number="441/TB-VP",
        date="2022-09-09",
        title="Kết luận",
    )
    run()
    after = {stored.clause.path: stored.id for stored in listed(filled, document=NOTICE)}
    assert after == before


def test_the_same_agencies_twice_in_a_clause_have_two_ids(store: Store, write: Write, run: Run) -> None:
    """No two assignments share an id."""
    write("a.txt", "1 | Một | Sở A", "2 | Hai | Sở A", number="1/KH", date="2024-01-01")
    run()
    ids = [stored.id for stored in listed(store)]
    assert len(set(ids)) == len(ids) == 2


def test_references_are_found_from_both_ends(filled: Store) -> None:
    """Leading zeros do not matter."""
    (out,) = filled.references_from(NOTICE)
    (into,) = filled.references_to("214/kh-ubnd")
    assert out == into
    assert (into.document.id, into.reference.clause, into.reference.number) == (NOTICE, "1", "0214/KH-UBND")


def test_counts_tell_what_is_published(filled: Store) -> None:
    """For the doctor and for metrics."""
    counts = filled.counts()
    assert {name: counts[name] for name in ("documents", "clauses", "assignments", "references")} == {
        "documents": 3,
        "clauses": 7,
        "assignments": 4,
        "references": 1,
    }
    assert (counts["waiting"], counts["generation"]) == (0, 1)


def test_a_store_opens_again(filled: Store) -> None:
    """Nothing is kept in memory alone."""
    with Store.open(filled.home) as again:
        assert again.counts() == filled.counts()
        assert again.document(PLAN) == filled.document(PLAN)


def test_a_store_of_a_newer_version_is_refused(store: Store) -> None:
    """An old program must not write into tables it does not know."""
    with store.database.writing() as connection:
        connection.execute("INSERT INTO migrations VALUES (999, 'later', '')")
    with pytest.raises(IndexFailure, match="newer version"):
        Store.open(store.home)


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    """The message names the file."""
    (tmp_path / "chidao.sqlite").write_bytes(b"x" * 8192)
    with pytest.raises(IndexFailure, match=r"chidao\.sqlite"):
        Store.open(tmp_path)


def test_a_home_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """The message names the setting."""
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexFailure, match="CHIDAO_HOME"):
        Store.open(tmp_path / "file" / "home")


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    """What was written before the failure is undone."""
    database = Database(tmp_path / "db")
    with pytest.raises(sqlite3.IntegrityError), database.writing() as connection:
        connection.executemany("INSERT INTO departures VALUES (?)", [("a",), ("a",)])
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM departures").fetchone()[0] == 0
    database.close()
    with pytest.raises(IndexFailure, match="closed"), database.reading():
        pass


def test_a_document_with_an_assignment_in_no_clause_is_not_stored_half(
    store: Store, write: Write, folder: Path
) -> None:
    """Every assignment can be cited."""
    write("a.txt", "1 | Một | Sở A", number="1/KH", date="2024-01-01")
    document = parse((folder / "a.txt").read_bytes(), "a.txt")
    with pytest.raises(sqlite3.IntegrityError):
        Staging(store).stage(replace(document, clauses=()), (), File(path="/a.txt", sha256="0", size=1))
    assert store.counts()["waiting"] == 0
