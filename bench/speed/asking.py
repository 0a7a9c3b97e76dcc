"""Searching and asking in one process that has everything loaded, without HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api import desk, schemas
from api.library import open_library
from api.settings import Settings
from bench.speed.measure import Measure, latencies, spread

PART = "asking"


def measure(name: str, settings: Settings, questions: Sequence[str], *, rounds: int) -> Iterator[Measure]:
    """Median and 99th percentile over the questions, so many times each."""
    asked = list(questions) * rounds
    with open_library(settings, light=True) as library:
        found = latencies(lambda text: desk.search(library, schemas.SearchRequest(q=text)), asked)
        yield from spread(PART, f"search, {name}", found)
        answered = latencies(lambda text: desk.ask(library, schemas.AskRequest(question=text)), asked)
        yield from spread(PART, f"ask, {name}", answered)
