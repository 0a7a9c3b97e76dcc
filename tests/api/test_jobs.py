"""Changing what the library holds over HTTP: uploads, removals, reindexing, and the jobs that do it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api import jobs as module
from api.app import create_app
from api.jobs import Jobs
from api.problems import Refusal
from api.settings import Settings
from index.lock import locked
from tests.api.conftest import LOOPBACK, NOTICE, Shelf, Tray
from tests.api.test_http import V1, _problem

TEXT = "Số: {number}/KH-UBND\n\nKẾ HOẠCH\nVề công tác năm\n\n1. Sở Tài chính báo cáo trước ngày 30/9/2022.\n"


def _files(*names: str) -> list[tuple[str, tuple[str, bytes]]]:
    return [("file", (name, b"content")) for name in names]


def _over(client: TestClient, id: str) -> dict[str, Any]:
    """The job when it is over; a test that waits in vain fails."""
    for _ in range(600):
        job: dict[str, Any] = client.get(f"{V1}/jobs/{id}", headers={"Accept-Language": "en"}).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError(f"not over: {job}")


def test_files_are_taken_and_read_in_a_job(client: TestClient, library: Shelf) -> None:
    """202 with the job and its address; in the end what became of each file."""
    accepted = client.post(f"{V1}/documents", files=_files("a.txt", "b.pdf"))
    assert accepted.status_code == 202
    assert accepted.headers["location"] == f"{V1}/jobs/{accepted.json()['id']}"
    job = _over(client, accepted.json()["id"])
    assert (job["kind"], job["state"], job["progress"]) == ("upload", "done", {"done": 2, "total": 2})
    assert job["result"] == [{"file": "a.txt", "outcome": "added", "document_id": "a"}]
    assert job["refused"] == [{"file": "b.pdf", "reason": "không đọc được"}]
    assert job["error"] is None
    assert library.intake.received == [("a.txt", b"content"), ("b.pdf", b"content")]


@pytest.mark.parametrize(
    ("files", "status", "words"),
    [
        (_files("a.exe"), 415, "“a.exe” is of a type that is not read; types that are: .doc "),
        (_files("a.txt", "b"), 415, "“b” is of a type"),
        ([], 422, "file is missing"),
        ([("document", ("a.txt", b"x"))], 422, "file is missing"),
    ],
)
def test_what_is_no_document_is_refused_at_once(
    client: TestClient, library: Shelf, files: Any, status: int, words: str
) -> None:
    """No job is made for it, nor for the files beside it."""
    response = client.post(f"{V1}/documents", files=files, headers={"Accept-Language": "en"})
    problem = _problem(response, status)
    assert words in (problem["detail"])
    assert library.intake.received == []


def test_a_broken_form_is_refused(client: TestClient) -> None:
    """Whatever is sent, a problem comes back."""
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    _problem(client.post(f"{V1}/documents", content=b"--y\r\nnonsense", headers=headers), 400)


def test_uploads_have_a_limit_of_their_own(serve: Callable[..., TestClient], library: Shelf) -> None:
    """Larger than that of questions, and told by its own name."""
    client = serve(max_body_bytes=1_024, max_upload_bytes=4_096)
    assert client.post(f"{V1}/documents", files=[("file", ("a.txt", b"x" * 2_000))]).status_code == 202
    for content in (b"x" * 5_000, (b"x" * 500 for _ in range(12))):
        refused = client.post(
            f"{V1}/documents", content=content, headers={"Content-Type": "multipart/form-data; boundary=x"}
        )
        assert "CHIDAO_MAX_UPLOAD_BYTES" in _problem(refused, 413)["detail"]
    _problem(client.post(f"{V1}/ask", content=b" " * 2_000), 413)


def test_jobs_are_done_one_by_one_and_can_be_followed(client: TestClient, library: Shelf) -> None:
    """The second waits for the first; the events tell every change and end with the last."""
    library.intake.may_go_on.clear()
    first, second = (client.post(f"{V1}/documents", files=_files(name)).json()["id"] for name in ("a.txt", "b.txt"))
    assert client.get(f"{V1}/jobs/{second}").json()["state"] == "queued"
    library.intake.may_go_on.set()
    events = [event.split("\n") for event in client.get(f"{V1}/jobs/{second}/events").text.strip().split("\n\n")]
    names = [event[0].removeprefix("event: ") for event in events]
    assert names[-1] == "done"
    assert set(names[:-1]) <= {"progress"}
    assert json.loads(events[-1][1].removeprefix("data: "))["result"][0]["document_id"] == "b"
    assert _over(client, first)["state"] == "done"
    assert [name for name, _ in library.intake.received] == ["a.txt", "b.txt"]


def test_followers_of_a_silent_job_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Something is sent now and then, so that no proxy gives up."""
    monkeypatch.setattr(module, "_KEEP_ALIVE_SECONDS", 0.01)
    tray = Tray()
    tray.may_go_on.clear()
    jobs = Jobs(tray)
    followed = jobs.follow(jobs.upload([("a.txt", b"")]).id)
    seen = [next(followed) for _ in range(4)]
    assert None in seen
    tray.may_go_on.set()
    jobs.close()
    last = list(followed)[-1]
    assert last is not None
    assert last.state == "done"


def test_a_job_that_fails_says_why(client: TestClient, library: Shelf) -> None:
    """A defect tells nothing of the inside; a locked store asks to come again. The next job is done."""
    broken = client.post(f"{V1}/documents", files=_files("hỏng.txt")).json()["id"]
    job = _over(client, broken)
    assert (job["state"], job["result"]) == ("failed", None)
    assert "secret" not in json.dumps(job)
    library.intake.locked = True
    job = _over(client, client.post(f"{V1}/documents", files=_files("a.txt")).json()["id"])
    assert "try again" in job["error"]
    library.intake.locked = False
    assert _over(client, client.post(f"{V1}/documents", files=_files("a.txt")).json()["id"])["state"] == "done"


def test_too_many_waiting_jobs_are_refused() -> None:
    """Each holds its files in memory."""
    tray = Tray()
    tray.may_go_on.clear()
    jobs = Jobs(tray)
    first = jobs.upload([]).id
    while jobs.find(first).state == "queued":
        time.sleep(0.01)
    for _ in range(module.WAITING):
        jobs.upload([])
    with pytest.raises(Refusal, match="queue-full"):
        jobs.upload([])
    tray.may_go_on.set()
    jobs.close()


def test_old_jobs_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last ones are kept, and never one that is not over."""
    monkeypatch.setattr(module, "KEPT", 2)
    jobs = Jobs(Tray())
    made = []
    for _ in range(4):
        made.append(jobs.upload([]).id)
        assert list(jobs.follow(made[-1]))[-1] is not None
    with pytest.raises(Refusal, match="unknown-job"):
        jobs.find(made[0])
    assert jobs.find(made[-1]).over
    jobs.close()


@pytest.mark.parametrize("address", ["/jobs/nope", "/jobs/nope/events"])
def test_an_unknown_job_is_told(client: TestClient, address: str) -> None:
    """As everything that does not exist."""
    _problem(client.get(V1 + address), 404)


def test_a_document_is_removed(client: TestClient, library: Shelf) -> None:
    """204 without a body; 404 for what is not there, 503 while another writes."""
    removed = client.delete(f"{V1}/documents/{NOTICE}")
    assert (removed.status_code, removed.content) == (204, b"")
    assert library.intake.removed == [NOTICE]
    _problem(client.delete(f"{V1}/documents/nope"), 404)
    library.intake.locked = True
    _problem(client.delete(f"{V1}/documents/{NOTICE}"), 503)


def test_everything_is_indexed_anew_in_a_job(client: TestClient) -> None:
    """POST /reindex."""
    accepted = client.post(f"{V1}/reindex")
    assert accepted.status_code == 202
    job = _over(client, accepted.json()["id"])
    assert (job["kind"], [one["outcome"] for one in job["result"]]) == ("reindex", ["unchanged", "unchanged"])


# --- over a real store ---


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def real(home: Path) -> Iterator[TestClient]:
    """A server over an empty home."""
    with TestClient(create_app(Settings(home=home)), base_url=LOOPBACK) as client:
        yield client


def test_what_is_uploaded_is_found_and_what_is_removed_is_not(real: TestClient, home: Path) -> None:
    """From the first document of an empty home to none again; the names of files reach no path."""
    sent = [
        ("file", ("../../kh.txt", TEXT.format(number=7).encode())),
        ("file", ("hỏng.docx", b"no document")),
    ]
    job = _over(real, real.post(f"{V1}/documents", files=sent).json()["id"])
    assert [one["document_id"] for one in job["result"]] == ["7-KH-UBND"]
    assert [one["file"] for one in job["refused"]] == ["hỏng.docx"]
    assert real.get(f"{V1}/search?q=báo cáo").json()["total"] == 1
    assert real.get(f"{V1}/documents/7-KH-UBND").json()["source"] == "kh.txt"
    assert not (home.parent / "kh.txt").exists()

    again = _over(real, real.post(f"{V1}/reindex").json()["id"])
    assert [one["outcome"] for one in again["result"]] == ["unchanged"]
    assert real.delete(f"{V1}/documents/7-KH-UBND").status_code == 204
    assert real.get(f"{V1}/search?q=báo cáo").json()["total"] == 0


def test_another_writer_is_waited_for(real: TestClient, home: Path) -> None:
    """`chidao ingest` beside the server holds an upload up, and does not lose it."""
    with locked(home):
        id = real.post(f"{V1}/documents", files=[("file", ("a.txt", TEXT.format(number=8).encode()))]).json()["id"]
        for _ in range(100):
            if real.get(f"{V1}/jobs/{id}").json()["state"] == "running":
                break
            time.sleep(0.05)
        assert real.get(f"{V1}/jobs/{id}").json()["state"] == "running"
    assert [one["outcome"] for one in _over(real, id)["result"]] == ["added"]
