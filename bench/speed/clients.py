"""Questions over HTTP by several people at once: how many a server answers each second, and how long they wait.

The clients run on the machine of the server and take some of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import httpx

from bench.speed import process
from bench.speed.measure import Measure, spread, timed

PART = "clients"
COUNTS = (1, 4, 16)
REQUESTS = 300
_SECONDS = 60.0

Ask = Callable[[httpx.Client, str], httpx.Response]


def ask(client: httpx.Client, text: str) -> httpx.Response:
    return client.post("/api/v1/ask", json={"question": text})


def search(client: httpx.Client, text: str) -> httpx.Response:
    return client.get("/api/v1/search", params={"q": text})


def measure(name: str, home: Path, questions: Sequence[str], *, requests: int = REQUESTS) -> Iterator[Measure]:
    """`chidao serve` over `home`, asked so many times in all for each number of clients."""
    asked = list(islice(cycle(questions), requests))
    with process.server(home) as server:
        for work in (ask, search):
            for count in COUNTS:
                limits = httpx.Limits(max_connections=count, max_keepalive_connections=count)
                with httpx.Client(base_url=server.url, timeout=_SECONDS, limits=limits, trust_env=False) as client:
                    yield from driven(name, client, work, asked, count)


def driven(name: str, client: httpx.Client, work: Ask, asked: Sequence[str], count: int) -> Iterator[Measure]:
    """Each text is asked once, by so many clients; whoever has an answer asks the next one."""

    def waited(text: str) -> float | None:
        """Milliseconds until the answer; None when there was none."""
        try:
            response, seconds = timed(lambda: work(client, text))
        except httpx.HTTPError:
            return None
        return 1e3 * seconds if response.is_success else None

    with ThreadPoolExecutor(count) as clients:
        list(clients.map(waited, asked[:count]))  # connections, and what is loaded with the first question
        times, seconds = timed(lambda: list(clients.map(waited, asked)))
    answered = [one for one in times if one is not None]
    what = work.__name__
    title = f"{what}, {name}, {count} clients"
    labels: dict[str, str | int] = {"what": what, "clients": count}
    rate = len(answered) / seconds
    yield Measure(part=PART, name=f"{title}: answered", value=rate, unit="requests/s", labels=labels)
    yield from spread(PART, title, answered, **labels)
    failed = len(asked) - len(answered)
    yield Measure(part=PART, name=f"{title}: errors", value=failed, unit=f"of {len(asked):,}", labels=labels)
