"""Where the time of a search goes, in a process of its own so that its memory can be told too.

    CHIDAO_HOME=HOME python -m bench.speed.stages QUESTIONS OUT

QUESTIONS is a JSON array; OUT becomes an object: for each stage the milliseconds of each question. All stages of a
question are of one search. The engines' methods are replaced by ones that look at the clock, here alone: the search
itself carries no timers.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from api import settings
from api.library import encoder, open_library
from api.settings import Settings
from bench.speed.measure import timed
from index.generation import Generation, folder_of
from index.search import Search

UNDERSTANDING, ENCODING, WORDS, VECTORS = "understanding", "encoding", "words", "vectors"
CLOSE_READING = "close reading"
"""What is left of the search: both engines' candidates put together, the best read closely, all put in order."""
WHOLE = "whole"
STAGES = (UNDERSTANDING, ENCODING, WORDS, VECTORS, CLOSE_READING, WHOLE)


def main() -> None:
    asked, out = map(Path, sys.argv[1:])
    found = measure(settings.read(), json.loads(asked.read_text(encoding="utf-8")))
    out.write_text(json.dumps(found), encoding="utf-8")


def measure(settings: Settings, questions: Sequence[str]) -> Mapping[str, Sequence[float]]:
    """Milliseconds by stage, one for each question, after a round over the first few that warms up."""
    spent: Counter[str] = Counter()
    with open_library(settings, light=True) as library:
        number = library.store.generation()  # type: ignore[attr-defined]  # it is the store itself
        generation = Generation.open(folder_of(settings.home, number))
        loaded = encoder(settings, light=True)
        _clock(loaded, "encode_query", ENCODING, spent)
        _clock(generation.words, "search", WORDS, spent)
        _clock(generation.vectors, "search", VECTORS, spent)
        search = Search(library.store, generation, loaded)  # type: ignore[arg-type]  # it is the store itself
        rows = [_ask(question, library.understand, search, spent) for question in (*questions[:_WARMING], *questions)]
    return {stage: [row[stage] for row in rows[-len(questions) :]] for stage in STAGES}


_WARMING = 5


def _ask(question: str, understand: Callable[[str], Any], search: Search, spent: Counter[str]) -> Mapping[str, float]:
    spent.clear()
    query, understanding = timed(lambda: understand(question))
    _, searching = timed(lambda: search.search(query))
    left = searching - sum(spent.values())
    seconds = {**spent, UNDERSTANDING: understanding, CLOSE_READING: left, WHOLE: understanding + searching}
    return {stage: 1e3 * seconds.get(stage, 0.0) for stage in STAGES}


def _clock(engine: object, method: str, stage: str, spent: Counter[str]) -> None:
    """Lets this object's method add the seconds that it takes to those of the stage."""
    work = getattr(engine, method)

    def clocked(*given: Any, **named: Any) -> Any:
        found, seconds = timed(lambda: work(*given, **named))
        spent[stage] += seconds  # type: ignore[assignment]  # a Counter of seconds
        return found

    setattr(engine, method, clocked)


if __name__ == "__main__":
    main()
