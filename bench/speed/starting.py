"""Cold starts: how long people wait for a command or a server, and what it costs in memory."""

from __future__ import annotations

import json
import statistics
import urllib.request
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from bench.speed import process
from bench.speed.measure import Measure, latencies, spread

PART = "starting"
_TIMES = 3
_PACKAGES = 6
_QUESTION = "Sở Tài chính được giao những việc gì, hạn khi nào?"


def commands(corpus: Path, home: Path) -> Iterator[Measure]:
    """Whole processes over corpus/: the median of a few runs, and the most memory of any."""
    yield from _command("chidao --help", home, "--help")
    yield from _command("first chidao ingest corpus", home, "ingest", str(corpus), times=1)
    yield from _command("chidao ingest corpus, unchanged", home, "ingest", str(corpus))
    yield from _command("chidao ask, corpus", home, "ask", _QUESTION)
    for package, milliseconds in islice(process.imports(home, "ask", _QUESTION).items(), _PACKAGES):
        yield Measure(part=PART, name=f"chidao ask: importing {package}", value=milliseconds, unit="ms")


def ingest(folder: Path, home: Path, *, clauses: int) -> Iterator[Measure]:
    """Files to a published index with everything between, and the same again."""
    first = process.run(home, "ingest", str(folder))
    name = f"chidao ingest, {clauses:,} clauses"
    yield Measure(part=PART, name=name, value=first.seconds, unit="s")
    yield Measure(part=PART, name=f"{name}, each second", value=clauses / first.seconds, unit="clauses/s")
    yield Measure(part=PART, name=f"{name}, peak memory", value=first.peak, unit="MiB")
    again = process.run(home, "ingest", str(folder))
    yield Measure(part=PART, name=f"{name}, again", value=again.seconds, unit="s")


def serve(name: str, home: Path, questions: Sequence[str]) -> Iterator[Measure]:
    """`chidao serve` until it is ready, then questions over HTTP, one after the other."""
    with process.server(home) as server:
        yield Measure(part=PART, name=f"chidao serve to ready, {name}", value=server.seconds, unit="s")
        yield from spread(PART, f"ask over HTTP, {name}", latencies(lambda text: _ask(server.url, text), questions))
        if (peak := server.peak()) is not None:
            yield Measure(part=PART, name=f"server, {name}, peak memory", value=peak, unit="MiB")


def _command(name: str, home: Path, *arguments: str, times: int = _TIMES) -> Iterator[Measure]:
    runs = [process.run(home, *arguments) for _ in range(times)]
    seconds = statistics.median(one.seconds for one in runs)
    yield Measure(part=PART, name=name, value=seconds, unit="s")
    yield Measure(part=PART, name=f"{name}, peak memory", value=max(one.peak for one in runs), unit="MiB")


def _ask(url: str, question: str) -> bytes:
    request = urllib.request.Request(
        f"{url}/api/v1/ask",
        data=json.dumps({"question": question}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        answer: bytes = response.read()
    return answer
