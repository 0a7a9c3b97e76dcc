"""The ledger over HTTP: one body under all its names, what it took over, and the counts of every body."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.settings import Settings
from index.ledger import Ledger, Selection
from index.store import Store
from ingest.agencies import Register
from ingest.model import Assignment, Bound, Clause, Deadline, Document, Recurrence, Role, Source, Span
from tests.api.conftest import LOOPBACK, FirstHit, Shelf, ShelfStore, WordSearch, shelved

V1 = "/api/v1"

Charge = tuple[str, tuple[str, ...], Role, str, date | None, Bound | None, Recurrence | None]

PLAN: tuple[Charge, ...] = (
    ("1", ("Sở Kế hoạch và Đầu tư",), "lead", "Tổng hợp vốn đầu tư", date(2022, 10, 31), "by", None),
    ("2", ("Giám đốc Sở Tài chính",), "lead", "Trình phương án giá", date(2022, 10, 15), "before", None),
    ("3", ("Sở Nội vụ", "Sở Tài chính"), "coordinate", "Rà soát biên chế", None, None, None),
    ("4", ("Các sở, ban, ngành",), "lead", "Báo cáo kết quả", None, None, "monthly"),
    ("5", ("Thủ trưởng các sở, ban, ngành",), "lead", "=HYPERLINK(1)", date(2022, 12, 31), "by", None),
    ("6", ("Tổ công tác 1234",), "request", "Rà soát hồ sơ", date(2022, 10, 15), "before", None),
    ("7", ("STC",), "lead", "- Chi trả kinh phí\x07 đợt 1", date(2022, 9, 30), "by", "yearly"),
)


def _clause(path: str, text: str) -> Clause:
    return Clause(path=path, label=f"{path}.", text=text, span=Span(start=0, end=len(text)))


def _assignment(charge: Charge) -> Assignment:
    clause, agencies, role, task, due, bound, recurrence = charge
    timed = due is not None or recurrence is not None
    deadline = Deadline(
        text="như trên", span=Span(start=0, end=1), rule="test", due=due, bound=bound, recurrence=recurrence
    )
    return Assignment(clause=clause, agencies=agencies, role=role, task=task, deadline=deadline if timed else None)


PLANNED = Document(
    source=Source(name="kế hoạch.txt", kind="txt", text="Kế hoạch"),
    sha256="1" * 64,
    number="214/KH-UBND",
    date=date(2022, 9, 1),
    place=None,
    type="Kế hoạch",
    title="Kế hoạch thử",
    issuer="UBND",
    signer=None,
    clauses=tuple(_clause(charge[0], charge[3]) for charge in PLAN),
    assignments=tuple(_assignment(charge) for charge in PLAN),
)
ID = "214-KH-UBND.2022"


@pytest.fixture(scope="module")
def planned(register: Register, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Ledger]]:
    """The plan above in a store."""
    with shelved(tmp_path_factory.mktemp("plan"), [PLANNED]) as store:
        yield store, Ledger(store, register)


@pytest.fixture
def client(planned: tuple[Store, Ledger], search: WordSearch, tmp_path: Path) -> Iterator[TestClient]:
    """A server whose documents and ledger are those of the plan."""
    store, ledger = planned
    shelf = ShelfStore(tmp_path)
    library = Shelf(store=store, ledger=ledger, search=search, answerer=FirstHit(shelf, search))  # type: ignore[arg-type]

    @contextmanager
    def opened(settings: Settings) -> Iterator[Library]:
        yield library

    with TestClient(create_app(Settings(), opened), base_url=LOOPBACK) as client:
        yield client


@pytest.fixture
def find(client: TestClient) -> Callable[..., dict[str, Any]]:
    """GET /assignments as of 20 October 2022."""

    def found(**parameters: str) -> dict[str, Any]:
        response = client.get(f"{V1}/assignments", params={"as_of": "2022-10-20", **parameters})
        answer: dict[str, Any] = response.json()
        return answer

    return found


def _clauses(found: dict[str, Any]) -> list[str]:
    return [one["citation"]["clause"] for one in found["assignments"]]


@pytest.mark.parametrize(
    "name",
    [
        "Sở Tài chính",
        "sở tài chính",
        "so tai chinh",
        "Sở TC",
        "STC",
        "Department of Finance",
        "Giám đốc Sở Tài chính",
        "so-tai-chinh",
    ],
)
def test_every_name_of_a_body_finds_the_same(find: Callable[..., dict[str, Any]], name: str) -> None:
    """The register says which names are one body, and whose work it took over."""
    found = find(agency=name)
    assert _clauses(found) == ["7", "2", "1", "3"]
    assert found["agency"]["key"] == "so-tai-chinh"
    assert found["agency"]["predecessors"] == ["Sở Kế hoạch và Đầu tư"]
    assert [one["as"] for one in found["assignments"]] == ["itself", "itself", "predecessor", "itself"]


def test_a_predecessor_is_answered_for_itself_alone(find: Callable[..., dict[str, Any]]) -> None:
    """Asked for by its own name it has its own assignments; the successor is named beside them."""
    found = find(agency="Sở KH&ĐT")
    assert _clauses(found) == ["1"]
    assert (found["assignments"][0]["as"], found["agency"]["successor"]) == ("itself", None)
    later = find(agency="Sở KH&ĐT", as_of="2026-11-21")
    assert later["agency"]["successor"] == "Sở Tài chính"


def test_a_body_that_is_gone_is_followed_by_its_successor(find: Callable[..., dict[str, Any]]) -> None:
    """`succeeded_by` is as of a day: nothing before 1 March 2025, and null `as` where no agency was asked for."""
    of = {
        day: next(one for one in find(as_of=day)["assignments"] if one["citation"]["clause"] == "1")
        for day in ("2025-02-28", "2025-03-01")
    }
    assert of["2025-02-28"]["succeeded_by"] == []
    assert of["2025-03-01"]["succeeded_by"] == [
        {"agency": "Sở Kế hoạch và Đầu tư", "by": "Sở Tài chính", "since": "2025-03-01"}
    ]
    assert of["2025-03-01"]["as"] is None


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        ("các sở, ban, ngành", ["5", "4"]),  # a group, and those who head it
        ("Tổ công tác 1234", ["6"]),  # in no register
        ("to cong tac 1234", ["6"]),
        ("Sở Y tế", []),  # in the register, charged with nothing
        ("Sở Tài", []),  # no part of a name is the name
        ("Sở Không Có", []),
    ],
)
def test_other_names_find_what_they_mean(find: Callable[..., dict[str, Any]], name: str, clauses: list[str]) -> None:
    """Names that the register does not have work as printed; what nothing knows finds nothing and says so."""
    found = find(agency=name)
    assert _clauses(found) == clauses
    assert found["agency"]["registered"] is (name == "Sở Y tế")
    assert bool(found["agency"]["names"]) is bool(clauses)


def test_counts_leave_the_status_filter_aside(find: Callable[..., dict[str, Any]]) -> None:
    """Total and due dates are of what is selected, on every page; the counts show what else there would be."""
    found = find(status="overdue", limit="1")
    assert found["counts"] == {"overdue": 2, "due_soon": 1, "upcoming": 1, "undated": 1, "recurring": 2}
    assert (found["total"], len(found["assignments"])) == (2, 1)
    assert found["due_dates"] == [{"due": "2022-10-15", "status": "overdue", "count": 2}]
    everything = find()
    assert everything["total"] == sum(everything["counts"].values()) == len(PLAN)
    assert [one["due"] for one in everything["due_dates"]] == ["2022-09-30", "2022-10-15", "2022-10-31", "2022-12-31"]


def test_pages_join_without_gap(find: Callable[..., dict[str, Any]]) -> None:
    """Page after page is the whole list."""
    pages = [_clauses(find(limit="2", offset=str(offset))) for offset in range(0, len(PLAN), 2)]
    assert [clause for page in pages for clause in page] == _clauses(find())


def test_bodies_are_listed_with_their_assignments(client: TestClient) -> None:
    """GET /agencies: the register and what only documents name, most charged first, each assignment once."""
    found = client.get(f"{V1}/agencies", params={"as_of": "2022-10-20"}).json()
    listed = {one["name"]: one for one in found["agencies"]}
    assert found["total"] == len(found["agencies"]) == len(listed)
    assert [one["total"] for one in found["agencies"]] == sorted(
        (one["total"] for one in listed.values()), reverse=True
    )
    finance = listed["Sở Tài chính"]
    assert found["agencies"][0] == finance
    assert (finance["en"], finance["level"], finance["registered"]) == ("Department of Finance", "province", True)
    assert "STC" in finance["abbreviations"]
    assert (finance["total"], finance["counts"]["overdue"], finance["counts"]["recurring"]) == (3, 1, 1)
    former = listed["Sở Kế hoạch và Đầu tư"]
    assert (former["successor"], former["valid_to"], former["total"]) == ("Sở Tài chính", "2025-03-01", 1)
    assert finance["predecessors"] == ["Sở Kế hoạch và Đầu tư"]
    assert listed["Sở Y tế"]["total"] == 0
    group = next(one for one in found["agencies"] if "Thủ trưởng các sở, ban, ngành" in one["names"])
    assert (group["registered"], group["en"], group["total"]) == (False, None, 2)
    assert listed["Tổ công tác 1234"]["key"] == "to-cong-tac-1234"


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("sở tài ch", "Sở Tài chính"),
        ("so tai ch", "Sở Tài chính"),
        ("STC", "Sở Tài chính"),
        ("department of fin", "Sở Tài chính"),
        ("chinh tai so", "Sở Tài chính"),
        ("Giám đốc Sở Tài chính", "Sở Tài chính"),  # a holder means the office
        ("Sở TN&MT", "Sở Tài nguyên và Môi trường"),
        ("to cong tac", "Tổ công tác 1234"),
    ],
)
def test_a_body_is_found_by_any_of_its_names(client: TestClient, q: str, first: str) -> None:
    """Words of a name in any order, cut short, in English, without marks; a whole name comes first."""
    assert client.get(f"{V1}/agencies", params={"q": q}).json()["agencies"][0]["name"] == first


def test_marks_that_are_typed_count(client: TestClient) -> None:
    """ "tải" is not "tài"; what no name begins with finds nothing."""
    assert client.get(f"{V1}/agencies", params={"q": "tải ch"}).json()["total"] == 0
    page = client.get(f"{V1}/agencies", params={"q": "so", "limit": 2, "offset": 1}).json()
    assert len(page["agencies"]) == 2 < page["total"]


def test_one_name_of_a_place_is_not_that_of_another(register: Register, tmp_path: Path) -> None:
    """A place that only the question has is ignored; two different places are two bodies, also before a merger."""
    charges = tuple(
        (path, (name,), "lead", "Báo cáo", None, None, None)
        for path, name in (
            ("1", "Sở Tài chính Hà Nội"),
            ("2", "Sở Kế hoạch và Đầu tư Hà Nội"),
            ("3", "Sở Kế hoạch và Đầu tư Hải Phòng"),
            ("4", "Sở Kế hoạch và Đầu tư"),
        )
    )
    document = Document(
        source=PLANNED.source,
        sha256=PLANNED.sha256,
        number=None,
        date=None,
        place=None,
        type="Kế hoạch",
        title="Hai nơi",
        issuer=None,
        signer=None,
        clauses=tuple(_clause(charge[0], "Báo cáo") for charge in charges),
        assignments=tuple(_assignment(charge) for charge in charges),  # type: ignore[arg-type]  # the role is a literal
    )
    with shelved(tmp_path / "home", [document]) as store:
        ledger = Ledger(store, register)
        held = {
            name: [one.clause.path for one in ledger.held([line.key for line in ledger.lines(Selection(names=names))])]
            for name in ("Sở Tài chính Hà Nội", "STC Hải Phòng", "Sở Tài chính")
            for names in (ledger.body(name).all_names,)
        }
    assert held == {
        "Sở Tài chính Hà Nội": ["1", "2", "4"],
        "STC Hải Phòng": ["3", "4"],
        "Sở Tài chính": ["1", "2", "3", "4"],
    }


def test_what_has_gone_is_left_out(planned: tuple[Store, Ledger]) -> None:
    """A key that a later generation no longer has does not spoil the page."""
    _, ledger = planned
    first, *_ = ledger.lines(Selection())
    assert [one.clause.path for one in ledger.held([999_999, first.key])] == ["7"]
