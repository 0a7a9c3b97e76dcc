"""A portal that serves the pages beside canned answers, shaped as the HTTP contract says; and a browser for it."""

from __future__ import annotations

import json
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from api.status import Status
from web import ROOT, STATIC

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CANNED = Path(__file__).parent / "portal"
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
UNKNOWN = {"key": "x", "en": None, "registered": False, "names": [], "predecessors": [], "successor": None}
SVG = "http://www.w3.org/2000/svg"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Portal(ThreadingHTTPServer):
    """The pages and canned JSON on a free port of this machine. `refusals` are answered first, one a request."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.documents: list[dict[str, Any]] = read("documents")
        self.answers: dict[str, Any] = read("answers")
        self.trees = {tree["document_id"]: tree for tree in map(read, ("document-notice", "document-odd"))}
        self.ledger: list[dict[str, Any]] = read("ledger")["assignments"]
        self.bodies: dict[str, dict[str, Any]] = read("ledger")["bodies"]
        self.selections: list[dict[str, str]] = []
        self.refusals: list[tuple[HTTPStatus, str]] = []
        self.questions: list[str] = []
        self.languages: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


def read(name: str) -> Any:
    return json.loads((CANNED / f"{name}.json").read_text(encoding="utf-8"))


class Handler(BaseHTTPRequestHandler):
    """`GET /`, `/ledger`, `/d/…`, `/static/…`, `/api/v1/…` and `POST /api/v1/ask`; everything else is 404."""

    server: Portal

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        match [unquote(part) for part in address.path.split("/")[1:]]:
            case [""]:
                self.page(ROOT / "index.html")
            case ["ledger"]:
                self.page(ROOT / "ledger.html")
            case ["d", _, *_]:
                self.page(ROOT / "document.html")
            case ["static", name] if (STATIC / name).is_file():
                self.page(STATIC / name)
            case ["api", "v1", "assignments"]:
                self.assigned({name: values[0] for name, values in parse_qs(address.query).items()})
            case ["api", "v1", "agencies"]:
                self.bodies(parse_qs(address.query).get("q", [""])[0].casefold())
            case ["api", "v1", "documents"]:
                self.listing(parse_qs(address.query))
            case ["api", "v1", "documents", name] if name in self.server.trees:
                self.json(self.server.trees[name])
            case ["api", "v1", "documents", name, "source"] if name in self.server.trees:
                self.send(HTTPStatus.OK, "text/plain; charset=utf-8", b"441/TB-VP")
            case ["api", "v1", "documents", name, "pages", page] if name in self.server.trees:
                self.picture(int(page))
            case ["api", "v1", "documents", name]:
                self.problem(HTTPStatus.NOT_FOUND, f"Không có văn bản {name}.")
            case _:
                self.problem(HTTPStatus.NOT_FOUND, "Không có trang này.")

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["question"]
        self.server.questions.append(question)
        self.server.languages.append(self.headers["Accept-Language"])
        if self.server.refusals:
            self.problem(*self.server.refusals.pop(0))
        elif question in self.server.answers:
            self.json(self.server.answers[question])
        else:
            self.problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Câu hỏi này không có trong bài thử.")

    def picture(self, page: int) -> None:
        """A grey page of A4's shape; pages from 9 on cannot be drawn."""
        if page >= 9:
            self.problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Không hiện được trang này.")
            return
        drawing = f'<svg xmlns="{SVG}" width="1000" height="1414"><rect width="1000" height="1414" fill="#ddd"/></svg>'
        self.send(HTTPStatus.OK, "image/svg+xml", drawing.encode())

    def listing(self, query: dict[str, list[str]]) -> None:
        wanted = query.get("q", [""])[0].casefold()
        found = [item for item in self.server.documents if wanted in item["document_title"].casefold()]
        offset, limit = int(query.get("offset", ["0"])[0]), int(query["limit"][0])
        self.json({"total": len(found), "documents": found[offset : offset + limit]})

    def assigned(self, query: dict[str, str]) -> None:
        """The canned assignments of an agency and with a status, as they are in the file."""
        self.server.selections.append(query)
        if self.server.refusals:
            self.problem(*self.server.refusals.pop(0))
            return
        ledger, agency = self.server.ledger, self.server.bodies.get(query.get("agency", ""))
        held = [
            one for one in ledger if agency is None or {*agency["names"], *agency["predecessors"]} & {*one["agencies"]}
        ]
        if "agency" in query and agency is None:
            held, agency = [], {**UNKNOWN, "name": query["agency"]}
        kept = [one for one in held if query.get("status") in (None, one["status"])]
        first, limit = int(query["offset"]), int(query["limit"])
        counts = Counter(one["status"] for one in held)
        due = Counter((one["due"], one["status"]) for one in kept if one["due"])
        self.json(
            {
                "total": len(kept),
                "as_of": query.get("as_of", "2022-10-20"),
                "agency": agency,
                "counts": {status: counts[status] for status in get_args(Status)},
                "due_dates": [{"due": day, "status": status, "count": n} for (day, status), n in sorted(due.items())],
                "assignments": kept[first : first + limit],
            }
        )

    def bodies(self, wanted: str) -> None:
        found = [one for one in self.server.bodies.values() if wanted in one["name"].casefold()]
        listed = [{"name": one["name"], "en": one["en"], "abbreviations": ["STC"]} for one in found]
        self.json({"total": len(listed), "agencies": listed})

    def page(self, path: Path) -> None:
        self.send(HTTPStatus.OK, f"{TYPES[path.suffix]}; charset=utf-8", path.read_bytes())

    def json(self, body: object) -> None:
        self.send(HTTPStatus.OK, "application/json", json.dumps(body).encode())

    def problem(self, status: HTTPStatus, detail: str) -> None:
        body = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
        self.send(status, "application/problem+json", json.dumps(body).encode())

    def send(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Tests say what went wrong themselves."""


@pytest.fixture
def portal() -> Iterator[Portal]:
    with Portal() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's or another Chromium without a window; what needs it is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra `browser`)")
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            headless=True,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, portal: Portal) -> Iterator[Page]:
    """A page that knows the portal's address and fails its test on script errors, broken policy or strangers."""
    context = browser.new_context(base_url=portal.url, viewport={"width": 1280, "height": 800})
    complaints: list[str] = []

    def policy(words: str) -> None:
        if "Content Security Policy" in words:
            complaints.append(words)

    def host(url: str) -> None:
        if not url.startswith((portal.url, "data:")):
            complaints.append(f"asked a stranger: {url}")

    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: policy(message.text))
    opened.on("request", lambda request: host(request.url))
    yield opened
    context.close()
    assert not complaints


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
