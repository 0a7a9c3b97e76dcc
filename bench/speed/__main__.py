"""Measures speed and memory over corpus/ and made-up plans, beside peers where they do the same work.

    python -m bench.speed [--clauses 10000] [--pages 300] [--out FILE]

Nothing here passes or fails: on a shared machine times differ from run to run, and only ratios of one run are
worth comparing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from api import settings
from bench.speed import asking, indexing, material, peers, reading, starting
from bench.speed.material import Words
from bench.speed.measure import Measure, table
from ingest.pipeline import parse

CLAUSES_PER_DOCUMENT = 100
ROUNDS = 5
ENCODED = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="Measure speed and memory.")
    parser.add_argument("--clauses", type=int, default=10_000, help="clauses of made-up plans")
    parser.add_argument("--pages", type=int, default=300, help="pages that are parsed")
    parser.add_argument("--out", type=Path, default=Path("var/speed.json"), help="where the figures go as JSON")
    given = parser.parse_args()

    with TemporaryDirectory(prefix="chidao-bench-") as scratch:
        measures = list(measured(Path(scratch), clauses=given.clauses, pages=given.pages))
    print(table(measures))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    held = json.dumps([asdict(one) for one in measures], ensure_ascii=False, indent=1)
    given.out.write_text(held + "\n", encoding="utf-8")


def measured(scratch: Path, *, clauses: int, pages: int) -> Iterator[Measure]:
    """All parts, in an empty folder."""
    words, questions = Words.load(), material.questions()
    plans = scratch / "plans"
    plans.mkdir()
    for number in range(1, max(1, clauses // CLAUSES_PER_DOCUMENT) + 1):
        text = material.plan(number, clauses=min(clauses, CLAUSES_PER_DOCUMENT), words=words)
        (plans / f"{number:04}.txt").write_text(text, encoding="utf-8")
    parsed = {file.name: parse(file.read_bytes(), file.name) for file in sorted(plans.iterdir())}
    passages = [clause.text for document in parsed.values() for clause in document.clauses if clause.text]
    size = f"{clauses:,} clauses"
    large, small = scratch / "large", scratch / "small"
    chosen = settings.read().model_copy(update={"home": large})

    yield from reading.measure(words, pages=pages)
    yield from indexing.measure(plans, chosen, parsed)
    yield from asking.measure(size, chosen, questions, rounds=ROUNDS)
    yield from peers.word_search(passages, questions * ROUNDS, scratch / "peer")
    yield from peers.encoding(passages[:ENCODED], questions * ROUNDS)
    yield from starting.commands(material.CORPUS, small)
    yield from asking.measure("corpus", chosen.model_copy(update={"home": small}), questions, rounds=ROUNDS)
    yield from starting.serve("corpus", small, questions)
    yield from starting.ingest(plans, scratch / "whole", clauses=clauses)
    yield from starting.serve(size, large, questions)


if __name__ == "__main__":
    main()
