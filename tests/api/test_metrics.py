"""What the server counts, as Prometheus reads it."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.api.conftest import LAW, NOTICE
from tests.api.test_http import V1


def _counts(client: TestClient) -> dict[str, float]:
    """The samples by their names with labels."""
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    lines = [line for line in response.text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def _requests(route: str, status: int, method: str = "GET") -> str:
    return f'chidao_requests_total{{method="{method}",route="{route}",status="{status}"}}'


def test_requests_are_counted_by_route_and_status(client: TestClient) -> None:
    """By the pattern of an address: documents and what strangers try make no series of their own."""
    for id in (NOTICE, LAW, "nope"):
        client.get(f"{V1}/documents/{id}")
    client.get("/static/style.css")
    for path in ("/wp-login.php", "/admin"):
        client.get(path)
    counts = _counts(client)
    assert counts[_requests(f"{V1}/documents/{{id}}", 200)] == 2
    assert counts[_requests(f"{V1}/documents/{{id}}", 404)] == 1
    assert counts[_requests("/static", 200)] == 1
    assert counts[_requests("other", 404)] == 2
    assert counts[f'chidao_request_seconds_count{{route="{V1}/documents/{{id}}"}}'] == 3
    assert not any("wp-login" in name or NOTICE in name for name in counts)


def test_answers_are_counted_by_what_became_of_them(client: TestClient) -> None:
    """Answered, or refused for a reason; streamed or not."""
    for headers in ({}, {"Accept": "text/event-stream"}):
        client.post(f"{V1}/ask", json={"question": "phí"}, headers=headers)
    client.post(f"{V1}/ask", json={"question": "weather"})
    client.post(f"{V1}/ask", json={"question": ""})
    counts = _counts(client)
    assert counts['chidao_answers_total{language="vi",outcome="answered"}'] == 2
    assert counts['chidao_answers_total{language="en",outcome="no_support"}'] == 1
    assert counts[_requests(f"{V1}/ask", 422, "POST")] == 1
    assert counts["chidao_documents"] == 2


def test_a_defect_is_counted(client: TestClient) -> None:
    """500 is a status like any other."""
    client.post(f"{V1}/ask", json={"question": "hỏng"})
    assert _counts(client)[_requests(f"{V1}/ask", 500, "POST")] == 1
