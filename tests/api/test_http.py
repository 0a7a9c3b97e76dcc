"""The routes over HTTP: what is answered, and what is refused and how."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import DOCUMENTS, LAW, NOTICE, Shelf, WordSearch

V1 = "/api/v1"
PROBLEM = "application/problem+json"


def _problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    document: dict[str, Any] = response.json()
    assert document["status"] == status
    assert document.keys() >= {"type", "title", "status", "detail"}
    return document


def test_an_answer_cites_its_clauses(client: TestClient) -> None:
    """POST /ask gives statements whose citations are there, and how long it took."""
    answer = client.post(f"{V1}/ask", json={"question": "  phí   gì? "}).json()
    assert answer["question"] == "phí gì?"
    assert answer["answerable"] is True
    assert answer["statements"][0]["citations"] == [0]
    assert answer["citations"][0]["url"] == f"/d/{NOTICE}#II.5.2"
    assert answer["assignments"][0]["due"] == "2022-09-30"
    assert answer["took_ms"] >= 0


def test_a_refusal_to_answer_is_an_answer(client: TestClient) -> None:
    """Not answerable is 200 with a reason and the nearest clauses."""
    answer = client.post(f"{V1}/ask", json={"question": "thời tiết"}).json()
    assert (answer["answerable"], answer["reason"]) == (False, "no_support")
    assert answer["citations"] == answer["statements"] == answer["assignments"] == []
    assert [one["clause"] for one in answer["nearest"]] == ["II.5.2"]


def test_what_is_asked_reaches_the_answerer(client: TestClient, library: Shelf) -> None:
    """Limit, day and filters are passed on; text is composed (NFC)."""
    body = {
        "question": "phi\u0301",
        "limit": 3,
        "as_of": "2026-11-21",
        "filters": {"document": NOTICE, "type": "", "due_to": "2027-01-31"},
    }
    assert client.post(f"{V1}/ask", json=body).status_code == 200
    [(question, limit, as_of, filters)] = library.answerer.asked
    assert (question, limit, str(as_of)) == ("phí", 3, "2026-11-21")
    assert (filters.document, filters.type, str(filters.due_to)) == (NOTICE, None, "2027-01-31")


def test_an_answer_is_streamed_when_asked_for(client: TestClient) -> None:
    """Accept: text/event-stream gives citations, each statement, and the whole answer last."""
    response = client.post(f"{V1}/ask", json={"question": "phí"}, headers={"Accept": "text/event-stream"})
    events = [event.split("\n") for event in response.text.strip().split("\n\n")]
    assert [name for name, _ in events] == ["event: citations", "event: statement", "event: done"]
    data = [json.loads(line.removeprefix("data: ")) for _, line in events]
    assert data[0] == data[2]["citations"]
    assert data[1] == data[2]["statements"][0]


@pytest.mark.parametrize(
    ("body", "field", "value", "words"),
    [
        ({"question": ""}, "question", "", "empty"),
        ({"question": " \n\t "}, "question", "", "empty"),
        ({"question": "a" * 10_000}, "question", "a" * 80 + "…", "at most 2000"),
        ({"question": "xóa\x00hết"}, "question", "xóa\\x00hết", "U+0000"),
        ({"question": "\x1b[2J"}, "question", "\\x1b[2J", "U+001B"),
        ({"question": "\ud800"}, "question", "\\ud800", "Unicode"),
        ({"question": 5}, "question", "5", "string"),
        ({"question": None}, "question", None, "string"),
        ({}, "question", None, "missing"),
        ({"question": "phí", "limit": 0}, "limit", "0", "from 1"),
        ({"question": "phí", "limit": 51}, "limit", "51", "up to 50"),
        ({"question": "phí", "limit": "many"}, "limit", "many", "whole number"),
        ({"question": "phí", "limit": 1.5}, "limit", "1.5", "whole number"),
        ({"question": "phí", "limit": float("nan")}, "limit", "nan", "whole number"),
        ({"question": "phí", "limit": 10**30}, "limit", str(10**30), "up to 50"),
        ({"question": "phí", "as_of": "21/11/2026"}, "as_of", "21/11/2026", "YYYY-MM-DD"),
        ({"question": "phí", "as_of": "2026-02-30"}, "as_of", "2026-02-30", "YYYY-MM-DD"),
        ({"question": "phí", "as_of": 20261121}, "as_of", "20261121", "YYYY-MM-DD"),
        ({"question": "phí", "filters": {"due_to": "x"}}, "filters.due_to", "x", "YYYY-MM-DD"),
        ({"question": "phí", "filters": {"agecny": "x"}}, "filters.agecny", None, "“agency”"),
        ({"question": "phí", "filters": []}, "filters", None, "JSON object"),
        ({"question": "phí", "filters": {"type": "x" * 301}}, "filters.type", "x" * 80 + "…", "at most 300"),
        ({"qestion": "phí"}, "qestion", None, "“question”"),
        ([], "body", None, "JSON object"),
        ("phí", "body", "phí", "JSON object"),
    ],
)
def test_a_bad_question_is_told_field_value_and_remedy(
    client: TestClient, body: object, field: str, value: str | None, words: str
) -> None:
    """422 with one error for the field, in the caller's language."""
    response = client.post(
        f"{V1}/ask",
        content=json.dumps(body),
        headers={"Content-Type": "application/json", "Accept-Language": "en"},
    )
    [error] = _problem(response, 422)["errors"]
    assert (error["field"], error["value"]) == (field, value)
    assert words in f"{error['detail']} {error['remedy']}"


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"", "application/json", 422),
        (b"{", "application/json", 422),
        (b"[" * 100_000, "application/json", 400),  # nested too deeply to be read
        (b'{"question": "\xff"}', "application/json", 400),
        (b'{"question": "ph\xc3\xad", "limit": ' + b"9" * 5_000 + b"}", "application/json", 400),
        (b'{"question": "ph\xc3\xad"}', "text/plain", 422),
        (b"question=ph\xc3\xad", "application/x-www-form-urlencoded", 422),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(
    client: TestClient, content: bytes, media_type: str, status: int
) -> None:
    """Whatever is sent, a problem comes back."""
    _problem(client.post(f"{V1}/ask", content=content, headers={"Content-Type": media_type}), status)


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("/search", 422, "q"),
        ("/search?q=", 422, "q"),
        ("/search?q=%00", 422, "q"),
        ("/search?q=phí&limit=1001", 422, "limit"),
        ("/search?q=phí&offset=-1", 422, "offset"),
        ("/search?q=phí&offset=99999999999999999999", 422, "offset"),
        ("/search?q=phí&date_from=20220909", 422, "date_from"),
        ("/search?q=phí&documnt=x", 422, "documnt"),
        ("/search?q=phí&document=nope", 404, None),
        ("/documents?limit=0", 422, "limit"),
        ("/documents?limit=x", 422, "limit"),
        ("/documents/nope", 404, None),
        ("/documents/nope/source", 404, None),
        ("/documents/nope/clauses/1", 404, None),
        ("/documents/..%2f..%2fetc%2fpasswd", 404, None),
        (f"/documents/{NOTICE}/clauses/", 404, None),
        (f"/documents/{LAW}/source", 410, None),
        ("/assignments?status=late", 422, "status"),
        ("/assignments?role=boss", 422, "role"),
        ("/assignments?format=pdf", 422, "format"),
        ("/assignments?document=nope", 404, None),
        ("/assignments?as_of=today", 422, "as_of"),
        ("/assignments?limit=0", 422, "limit"),
        ("/assignments?format=csv&limit=1001", 422, "limit"),
        ("/assignments?format=csv&lang=fr", 422, "lang"),
        ("/agencies?q=%00", 422, "q"),
        ("/agencies?name=x", 422, "name"),
        ("/nope", 404, None),
        ("/documents/", 404, None),
    ],
)
def test_a_bad_request_is_a_problem(client: TestClient, address: str, status: int, field: str | None) -> None:
    """Every refusal has the same form; for input it names the field."""
    document = _problem(client.get(V1 + address), status)
    assert ([error["field"] for error in document["errors"]] if field else None) == (field and [field])


@pytest.mark.parametrize(
    ("language", "title", "detail"),
    [
        ("vi", "Không có văn bản này", "Không có văn bản “nope”"),
        ("en", "No such document", "There is no document “nope”"),
    ],
)
def test_problems_speak_the_callers_language(client: TestClient, language: str, title: str, detail: str) -> None:
    """Vietnamese or English by Accept-Language, and the response says which."""
    response = client.get(f"{V1}/documents/nope", headers={"Accept-Language": language})
    document = _problem(response, 404)
    assert document["title"] == title
    assert document["detail"].startswith(detail)
    assert response.headers["content-language"] == language


def test_a_wrong_method_is_told_the_right_one(client: TestClient) -> None:
    """405 keeps the Allow header."""
    response = client.get(f"{V1}/ask")
    assert "POST" in _problem(response, 405)["detail"]
    assert response.headers["allow"] == "POST"


def test_hits_are_citations_with_escaped_snippets(client: TestClient) -> None:
    """GET /search: one hit for each clause, marks in the snippet and no other HTML."""
    found = client.get(f"{V1}/search", params={"q": "phí", "type": "", "date_from": ""}).json()
    assert (found["query"], found["total"]) == ("phí", 2)
    assert found["hits"][0]["clause"] == "II.5.2"
    assert found["hits"][0]["snippet"] == "Trình quy định &lt;<mark>phí</mark>&gt; trước 30/9/2022."
    assert found["facets"] == {
        "type": [],
        "issuer": [],
        "year": [{"value": "2022", "count": 2}],
        "agency": [],
    }


def test_documents_are_listed_by_page(client: TestClient) -> None:
    """GET /documents: the total is of all, the page is what was asked for."""
    listed = client.get(f"{V1}/documents", params={"limit": 1, "offset": 1}).json()
    assert listed["total"] == 2
    assert [one["document_id"] for one in listed["documents"]] == [LAW]


def test_a_document_is_a_tree_of_clauses(client: TestClient) -> None:
    """GET /documents/{id}: nested clauses in reading order, with the preamble among them."""
    found = client.get(f"{V1}/documents/{NOTICE}").json()
    assert [one["path"] for one in found["clauses"]] == ["preamble", "II", "1.-3", "5(2)"]
    assert found["clauses"][1]["children"][0]["children"][0]["path"] == "II.5.2"
    assert found["recipients"] == ["Như trên;", "Lưu: VT."]
    [made] = found["references"]["out"]
    assert (made["number"], made["document_id"], made["clause"]) == ("12/2020/QH14", LAW, "II.5.2")


def test_a_document_knows_what_cites_it(client: TestClient) -> None:
    """References into a document are citations of the clauses that make them."""
    [citing] = client.get(f"{V1}/documents/{LAW}").json()["references"]["in"]
    assert (citing["document_id"], citing["clause"]) == (NOTICE, "II.5.2")


@pytest.mark.parametrize(
    ("id", "path"), [(id, clause.path) for id, read in DOCUMENTS.items() for clause in read.clauses]
)
def test_every_clause_has_an_address(client: TestClient, id: str, path: str) -> None:
    """Paths with dots, brackets, spaces and Vietnamese letters, percent-encoded or not, composed or not."""
    for written in (quote(path, safe=""), path, normalize("NFD", path)):
        found = client.get(f"{V1}/documents/{id}/clauses/{written}").json()
        assert (found["path"], found["citation"]["clause"]) == (path, path)
    assert client.get(f"/d/{id}/{quote(path)}").status_code == 200


def test_a_clause_comes_with_its_place(client: TestClient) -> None:
    """Headings, page, span, children, assignments and references of one clause."""
    found = client.get(f"{V1}/documents/{NOTICE}/clauses/II.5.2").json()
    assert (found["page"], found["span"]) == (3, {"start": 0, "end": 37})
    assert [one["task"] for one in found["assignments"]] == ["Trình quy định <phí>"]
    assert [one["number"] for one in found["references"]] == ["12/2020/QH14"]
    above = client.get(f"{V1}/documents/{NOTICE}/clauses/II.5").json()
    assert above["headings"] == ["NHIỆM VỤ"]
    assert [one["path"] for one in above["children"]] == ["II.5.2"]
    assert above["assignments"] == []


def test_an_unknown_clause_names_the_nearest(client: TestClient) -> None:
    """A path typed without marks or case finds the one that was meant."""
    response = client.get(f"{V1}/documents/{LAW}/clauses/dieu 5.2.b")
    assert "Điều 5.2.a" in _problem(response, 404)["detail"]


def test_the_original_is_saved_under_its_name(client: TestClient) -> None:
    """The file as it came, never run by the browser."""
    response = client.get(f"{V1}/documents/{NOTICE}/source")
    assert response.text == "bản gốc"
    assert response.headers["content-disposition"] == 'attachment; filename="000.txt"'
    assert "sandbox" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        ("", ["Điều 5.2.a", "II.5.2", "1.-3", "5(2)"]),
        ("limit=1000", ["Điều 5.2.a", "II.5.2", "1.-3", "5(2)"]),
        ("agency=Sở Nội vụ", ["1.-3", "5(2)"]),
        ("agency=Sở Nội vụ&role=lead", ["1.-3"]),
        (f"document={LAW}", ["Điều 5.2.a"]),
        ("document=12/2020/QH14", ["Điều 5.2.a"]),
        ("q=trinh QUY", ["II.5.2"]),
        ("q=trình báo", []),
        ("due_from=2022-09-21&due_to=2022-12-31", ["II.5.2"]),
        ("status=overdue&as_of=2022-09-30", ["Điều 5.2.a", "II.5.2"]),
        ("status=overdue&as_of=2022-09-29", ["Điều 5.2.a"]),
        ("status=due_soon&as_of=2022-09-16", ["Điều 5.2.a", "II.5.2"]),
        ("status=upcoming&as_of=2022-09-06", ["II.5.2"]),
        ("status=upcoming&as_of=9999-12-31", []),
        ("status=undated", ["5(2)"]),
        ("status=recurring", ["1.-3"]),
        ("status=overdue&as_of=2022-12-31&limit=1&offset=1", ["II.5.2"]),
    ],
)
def test_the_ledger_is_filtered(client: TestClient, query: str, clauses: list[str]) -> None:
    """GET /assignments: filters, and the status as of a day."""
    found = client.get(f"{V1}/assignments?{query}").json()
    assert [one["citation"]["clause"] for one in found["assignments"]] == clauses
    assert found["total"] >= len(clauses)


def test_a_status_filter_counts_all_that_have_it(client: TestClient) -> None:
    """The total of a filtered page is the number of matching assignments, not of all."""
    found = client.get(f"{V1}/assignments?status=overdue&as_of=2022-12-31&limit=1").json()
    assert (found["total"], len(found["assignments"]), found["as_of"]) == (2, 1, "2022-12-31")


def test_ready_only_with_a_generation(client: TestClient, search: WordSearch) -> None:
    """Alive at once; ready, and able to answer, when something is indexed."""
    assert client.get("/readyz").json() == {"status": "ready", "documents": 2}
    search.published = False
    assert client.get("/healthz").json() == {"status": "ok"}
    assert "chidao ingest" in _problem(client.get("/readyz"), 503)["detail"]
    _problem(client.post(f"{V1}/ask", json={"question": "phí"}), 503)
    _problem(client.get(f"{V1}/search?q=phí"), 503)


def test_a_defect_tells_nothing_of_the_inside(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """500 without internals, with the security headers; the log has the traceback."""
    with caplog.at_level(logging.ERROR, logger="chidao"):
        response = client.post(f"{V1}/ask", json={"question": "hỏng"})
    _problem(response, 500)
    assert "secret" not in response.text
    assert "secret of the inside" in caplog.text
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("address", ["/", "/ledger", f"/d/{NOTICE}", f"/d/{NOTICE}/II.5.2", "/static/style.css"])
def test_pages_are_served_with_guards(client: TestClient, address: str) -> None:
    """HTML and what it loads, from this address only."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["content-security-policy"].startswith("default-src 'self'")
    assert response.headers["referrer-policy"] == "same-origin"
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", ["/d/nope", f"/d/{NOTICE}/IX.9"])
def test_a_page_of_nothing_is_still_a_page(client: TestClient, address: str) -> None:
    """A person with an old link gets the page with status 404, not JSON."""
    response = client.get(address)
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_this_machine_is_answered(client: TestClient, host: str) -> None:
    """Loopback names with and without a port."""
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "10.0.0.7"])
def test_other_names_for_this_machine_are_refused(client: TestClient, host: str) -> None:
    """A page of another site cannot reach the server by a name that resolves to loopback."""
    _problem(client.get("/healthz", headers={"Host": host}), 421)


def test_an_insecure_server_answers_to_any_name(serve: Callable[..., TestClient]) -> None:
    """Whoever serves with --insecure has chosen the name."""
    client = serve("http://chidao.example.vn", host="0.0.0.0", insecure=True)
    assert client.get("/healthz").status_code == 200


def test_a_large_body_is_refused(serve: Callable[..., TestClient]) -> None:
    """413 by the declared length, and by what arrives when no length is declared."""
    client = serve(max_body_bytes=1_024)
    headers = {"Content-Type": "application/json", "Accept-Language": "en"}
    declared = client.post(f"{V1}/ask", content=b" " * 2_000, headers=headers)
    streamed = client.post(f"{V1}/ask", content=(b" " * 500 for _ in range(5)), headers=headers)
    for response in (declared, streamed):
        assert "1024 bytes" in _problem(response, 413)["detail"]
