"""Where the time of a search goes, in a process of its own so that its memory can be told too.

    CHIDAO_HOME=HOME python -m bench.speed.stages QUESTIONS OUT

QUESTIONS is a JSON array; OUT becomes an object: for each stage and clock the milliseconds of each question. All
stages of a question are of one search. `wall` is what people wait; `processor` is what the work takes, and others on a
busy machine do not make it more. The engines' methods are replaced by ones that look at the clock, here alone: the
search itself carries no timers.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from api import settings
from api.library import encoder, open_library
from api.settings import Settings
from index.generation import Generation, folder_of
from index.model import Query
from index.search import Search

UNDERSTANDING, ENCODING, WORDS, VECTORS = "understanding", "encoding", "words", "vectors"
CLOSE_READING = "close reading"
"""What is left of the search: both engines' candidates put together, the best read closely, all put in order."""
WHOLE = "whole"
STAGES = (UNDERSTANDING, ENCODING, WORDS, VECTORS, CLOSE_READING, WHOLE)
CLOCKS: Mapping[str, Callable[[], float]] = {"wall": time.perf_counter, "processor": time.process_time}


def main() -> None:
    asked, out = map(Path, sys.argv[1:])
    found = measure(settings.read(), json.loads(asked.read_text(encoding="utf-8")))
    out.write_text(json.dumps(found), encoding="utf-8")


def measure(settings: Settings, questions: Sequence[str]) -> Mapping[str, Mapping[str, Sequence[float]]]:
    """Milliseconds by stage and clock, one for each question, after a round over the first few that warms up."""
    with open_library(settings, light=True) as library:
        number = library.store.generation()  # type: ignore[attr-defined]  # it is the store itself
        generation = Generation.open(folder_of(settings.home, number))
        loaded = encoder(settings)
        watch = _Watch()
        watch.over(loaded, "encode_query", ENCODING)
        watch.over(generation.words, "search", WORDS)
        watch.over(generation.vectors, "search", VECTORS)
        search = Search(library.store, generation, loaded)  # type: ignore[arg-type]  # it is the store itself
        rows = [_ask(question, library.understand, search, watch) for question in (*questions[:_WARMING], *questions)]
    rows = rows[-len(questions) :]
    return {stage: {clock: [1e3 * row[stage][clock] for row in rows] for clock in CLOCKS} for stage in STAGES}


_WARMING = 5

Spent = dict[str, float]
"""Seconds by clock."""


class _Watch:
    """What the stages of one question took."""

    def __init__(self) -> None:
        self.spent: dict[str, Spent] = {}

    def timed(self, stage: str, work: Callable[[], Any]) -> Any:
        """What the work returns; its seconds are added to those of the stage."""
        started = {clock: read() for clock, read in CLOCKS.items()}
        found = work()
        before = self.spent.get(stage, dict.fromkeys(CLOCKS, 0.0))
        self.spent[stage] = {clock: before[clock] + read() - started[clock] for clock, read in CLOCKS.items()}
        return found

    def over(self, engine: object, method: str, stage: str) -> None:
        """From now on this object's method is timed."""
        work = getattr(engine, method)
        setattr(engine, method, lambda *given, **named: self.timed(stage, lambda: work(*given, **named)))


def _ask(question: str, understand: Callable[[str], Query], search: Search, watch: _Watch) -> Mapping[str, Spent]:
    watch.spent = {}
    query = watch.timed(UNDERSTANDING, lambda: understand(question))
    watch.timed(_SEARCH, lambda: search.search(query))
    spent = {stage: watch.spent.get(stage, dict.fromkeys(CLOCKS, 0.0)) for stage in (*STAGES, _SEARCH)}
    for clock in CLOCKS:
        engines = sum(spent[stage][clock] for stage in (ENCODING, WORDS, VECTORS))
        spent[CLOSE_READING] = spent[CLOSE_READING] | {clock: spent[_SEARCH][clock] - engines}
        spent[WHOLE] = spent[WHOLE] | {clock: spent[UNDERSTANDING][clock] + spent[_SEARCH][clock]}
    return spent


_SEARCH = "search"


if __name__ == "__main__":
    main()
