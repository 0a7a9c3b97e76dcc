"""The pages of scans over HTTP: where cited clauses stand on them, and their pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient

from api.app import create_app
from api.keys import Keyring
from api.library import Library, OpenLibrary
from api.settings import Settings
from index import sync
from index.store import Store
from ingest.chunk import passages
from ingest.model import Document
from ingest.pipeline import parse
from ingest.read import tesseract
from ingest.read.ocr import Ocr
from ingest.read.tesseract import Word
from tests.api.conftest import LOOPBACK
from tests.api.test_http import PROBLEM, V1
from tests.api.test_library import LengthEncoder

WIDTH, HEIGHT = 1654, 2339  # A4 at 200 dpi
LINES = (
    (700, 300, "KẾ HOẠCH"),
    (400, 380, "Về việc rà soát tài sản công năm 2024"),
    (200, 600, "1. Sở Tài chính chủ trì rà soát tài sản công tại các cơ quan, đơn vị,"),
    (200, 660, "báo cáo Ủy ban nhân dân tỉnh kết quả trước ngày 30 tháng 9 năm 2024."),
    (200, 760, "2. Sở Nội vụ tổng hợp danh sách cán bộ của các cơ quan, đơn vị."),
)
TYPED = "Số: 7/KH-UBND\n\nKẾ HOẠCH\nVề công tác năm\n\n1. Sở Xây dựng báo cáo tiến độ công trình.\n"


def recognised() -> list[Word]:
    """What a recogniser would say of that page."""
    found = []
    for number, (left, top, line) in enumerate(LINES, start=1):
        x = left
        for text in line.split(" "):
            right = x + 15 * len(text)
            found.append(Word(text=text, left=x, right=right, top=top, bottom=top + 36, confidence=96.0, line=number))
            x = right + 10
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a scan, whose recognition is invented, and a text."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("in")
    Image.new("L", (WIDTH, HEIGHT), "white").save(folder / "quet.pdf", resolution=200)
    (folder / "go.txt").write_text(TYPED, encoding="utf-8")
    ocr = Ocr(folder=home / "ocr")

    def read(data: bytes, name: str) -> Document:  # a function that no other process can import: all is read here
        return parse(data, name, ocr)

    with pytest.MonkeyPatch.context() as patch, Store.open(home) as store:
        patch.setattr(tesseract, "missing", lambda: None)
        patch.setattr(tesseract, "words", lambda *_, **__: recognised())
        outcomes = list(
            sync.sync([folder], store=store, encoder=LengthEncoder, parse=read, passages=passages, workers=0)
        )
    assert [type(outcome).__name__ for outcome in outcomes] == ["Added", "Added"]
    return home


@pytest.fixture
def client(home: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A server over that home; its keys are kept apart."""

    @contextmanager
    def opened(settings: Settings) -> Iterator[Library]:
        with Store.open(home) as store:
            library = OpenLibrary(store, LengthEncoder, scans=lambda: None)
            yield library
            library.close()

    with TestClient(create_app(Settings(home=tmp_path), opened), base_url=LOOPBACK) as started:
        yield started


def _id(client: TestClient, source: str) -> str:
    held = client.get(f"{V1}/documents").json()["documents"]
    return next(one["document_id"] for one in held if one["source"] == source)


def _expected(*lines: tuple[int, int, str]) -> dict[str, float]:
    """Where lines stand, as shares of the page."""
    wide = [left + sum(15 * len(word) + 10 for word in text.split(" ")) - 10 for left, _, text in lines]
    return {
        "left": min(left for left, _, _ in lines) / WIDTH,
        "top": min(top for _, top, _ in lines) / HEIGHT,
        "right": max(wide) / WIDTH,
        "bottom": max(top + 36 for _, top, _ in lines) / HEIGHT,
    }


def _lies(regions: list[dict[str, Any]], *lines: tuple[int, int, str]) -> None:
    (region,) = regions
    assert region.pop("page") == 1
    assert region == pytest.approx(_expected(*lines), abs=0.006)  # a third of a line


def test_an_answer_cites_page_and_region(client: TestClient) -> None:
    """The lines of the clause and no others."""
    answer = client.post(f"{V1}/ask", json={"question": "Sở Tài chính phải báo cáo kết quả trước ngày nào?"}).json()
    cited = next(one for one in answer["citations"] if one["source"] == "quet.pdf")
    assert (cited["clause"], cited["page"]) == ("1", 1)
    _lies(cited["regions"], *LINES[2:4])


def test_every_object_that_names_a_clause_has_its_regions(client: TestClient) -> None:
    """Hits, clauses, the tree of a document, and assignments."""
    id = _id(client, "quet.pdf")
    hits = client.get(f"{V1}/search", params={"q": "danh sách cán bộ", "document": id}).json()["hits"]
    _lies(next(hit for hit in hits if hit["clause"] == "2")["regions"], LINES[4])
    clause = client.get(f"{V1}/documents/{id}/clauses/2").json()
    _lies(clause["citation"]["regions"], LINES[4])
    _lies(clause["regions"], LINES[4])
    tree = client.get(f"{V1}/documents/{id}").json()["clauses"]
    _lies(next(one for one in tree if one["path"] == "1")["regions"], *LINES[2:4])
    rows = client.get(f"{V1}/assignments", params={"document": id}).json()["assignments"]
    assert all(row["citation"]["regions"] for row in rows)


def test_a_text_has_no_regions(client: TestClient) -> None:
    """The list is there, and empty."""
    clause = client.get(f"{V1}/documents/{_id(client, 'go.txt')}/clauses/1").json()
    assert clause["regions"] == clause["citation"]["regions"] == []


def test_the_picture_of_a_page(client: TestClient) -> None:
    """A JPEG as wide as it is asked for, which a browser need not fetch twice."""
    address = f"{V1}/documents/{_id(client, 'quet.pdf')}/pages/1"
    response = client.get(address)
    assert (response.status_code, response.headers["content-type"]) == (200, "image/jpeg")
    assert response.headers["cache-control"] == "private, no-cache"
    with Image.open(io.BytesIO(response.content)) as picture:
        assert picture.width == pytest.approx(1200, abs=1)
        assert picture.height / picture.width == pytest.approx(HEIGHT / WIDTH, rel=0.01)
    tag = response.headers["etag"]
    again = client.get(address, headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    small = client.get(address, params={"width": 300}, headers={"If-None-Match": tag})
    with Image.open(io.BytesIO(small.content)) as picture:
        assert picture.width == pytest.approx(300, abs=1)


@pytest.mark.parametrize(
    ("source", "page", "width", "status", "kind", "words"),
    [
        ("quet.pdf", "2", None, 404, "unknown-page", ("có 1 trang, không có trang 2", "has no page 2 (pages: 1)")),
        ("quet.pdf", "0", None, 404, "unknown-page", ("không có trang 0", "no page 0")),
        ("quet.pdf", "-1", None, 404, "unknown-page", ("không có trang -1", "no page -1")),
        ("quet.pdf", "hai", None, 422, "invalid-input", ("không phải số nguyên", "whole number")),
        ("quet.pdf", "9" * 40, None, 404, "unknown-page", ("không có trang 9999", "no page 9999")),
        ("quet.pdf", "1", "99", 422, "invalid-input", ("100", "100")),
        ("quet.pdf", "1", "2401", 422, "invalid-input", ("2400", "2400")),
        ("go.txt", "1", None, 404, "no-pictures", ("“go.txt” không chia thành trang", "“go.txt” has no pages")),
        (None, "1", None, 404, "unknown-document", ("Không có văn bản", "no document")),
    ],
)
def test_a_page_that_cannot_be_shown_is_a_problem(
    client: TestClient, source: str | None, page: str, width: str | None, status: int, kind: str, words: tuple[str, str]
) -> None:
    """In both languages, with what is wrong."""
    id = _id(client, source) if source else "khong-co"
    for language, said in zip(("vi", "en"), words, strict=True):
        response = client.get(
            f"{V1}/documents/{id}/pages/{page}",
            params={"width": width} if width else {},
            headers={"Accept-Language": language},
        )
        assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM)
        assert response.json()["type"] == f"urn:chidao:problem:{kind}"
        assert said in response.json()["detail"]


def test_an_original_that_is_gone_or_damaged_is_a_problem(client: TestClient, home: Path) -> None:
    """The store knows the page, and has nothing to draw it from."""
    id = _id(client, "quet.pdf")
    with Store.open(home) as store:
        original = store.original(id)
    assert original is not None
    data = original.read_bytes()
    try:
        original.write_bytes(b"%PDF-1.4")
        assert client.get(f"{V1}/documents/{id}/pages/1").json()["type"] == "urn:chidao:problem:undrawn-page"
        original.unlink()
        assert client.get(f"{V1}/documents/{id}/pages/1").json()["type"] == "urn:chidao:problem:original-gone"
    finally:
        original.write_bytes(data)


def test_pictures_need_a_key_like_documents(client: TestClient, tmp_path: Path) -> None:
    """What a page shows is what its document says."""
    address = f"{V1}/documents/{_id(client, 'quet.pdf')}/pages/1"
    token = Keyring(tmp_path).add("cổng", "read")
    assert client.get(address).status_code == 401
    assert client.get(address, headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_regions_outlive_what_was_recognised(client: TestClient, home: Path) -> None:
    """They are kept with the clauses: the folder of recognised pages may be emptied."""
    kept = next((home / "ocr").glob("*/*.json"))
    data = kept.read_bytes()
    kept.unlink()
    try:
        clause = client.get(f"{V1}/documents/{_id(client, 'quet.pdf')}/clauses/2").json()
        _lies(clause["regions"], LINES[4])
    finally:
        kept.write_bytes(data)
