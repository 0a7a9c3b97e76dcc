"""Measures speed and memory over corpus/, development data and made-up texts, beside peers where they do the same work.

    python -m bench.speed [--data ../shared/data] [--sizes 10000 100000 1000000] [--out FILE]

Nothing here passes or fails: on a shared machine times differ from run to run, and only ratios of one run are
worth comparing. Figures go to FILE as JSON and beside it as a picture, those so far if it is interrupted. A million
texts take long and are measured only when they are asked for.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from api import settings
from bench.speed import asking, clients, indexing, material, peers, picture, reading, report, scale, starting
from bench.speed.machine import Machine
from bench.speed.material import ROOT, Collection, Words
from bench.speed.measure import Measure, table
from ingest.pipeline import parse

CLAUSES_PER_DOCUMENT = 100
ROUNDS = 5
ENCODED = 2_000
SIZES = (10_000, 100_000)


def main() -> None:
    given = _options()
    machine, words = Machine.this(), Words.load()
    collection = Collection.load(given.data, words)
    measures = []
    with TemporaryDirectory(prefix="chidao-bench-") as scratch:
        folder = Path(scratch)
        plans = _plans(folder, words, clauses=given.clauses, pages=given.pages, requests=given.requests)
        with suppress(KeyboardInterrupt):  # what has been measured by then is kept
            for one in chain(plans, _collection(folder, collection, given.sizes)):
                print(one.part, one.name, sep=": ", file=sys.stderr)
                measures.append(one)
    print(table(measures))
    report.write(given.out, machine, measures, articles=len(collection.articles))
    picture.draw(measures, given.out.with_suffix(".png"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description="Measure speed and memory.")
    parser.add_argument("--clauses", type=int, default=10_000, help="clauses of made-up plans")
    parser.add_argument("--pages", type=int, default=300, help="pages that are parsed")
    parser.add_argument("--requests", type=int, default=clients.REQUESTS, help="over HTTP, for each number of clients")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="texts in an index; peers get the fewest")
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="articles and questions, where there are any"
    )
    parser.add_argument("--out", type=Path, default=Path("var/bench.json"), help="where the figures go as JSON")
    return parser.parse_args()


def _plans(scratch: Path, words: Words, *, clauses: int, pages: int, requests: int) -> Iterator[Measure]:
    """What people do with documents: reading, indexing, asking, starting, serving."""
    questions = material.questions()
    plans = scratch / "plans"
    plans.mkdir()
    for number in range(1, max(1, clauses // CLAUSES_PER_DOCUMENT) + 1):
        text = material.plan(number, clauses=min(clauses, CLAUSES_PER_DOCUMENT), words=words)
        (plans / f"{number:04}.txt").write_text(text, encoding="utf-8")
    parsed = {file.name: parse(file.read_bytes(), file.name) for file in sorted(plans.iterdir())}
    size = f"{clauses:,} clauses"
    large, small = scratch / "large", scratch / "small"
    chosen = settings.read().model_copy(update={"home": large})

    yield from reading.measure(words, pages=pages)
    yield from indexing.measure(plans, chosen, parsed)
    yield from asking.measure(size, chosen, questions, rounds=ROUNDS)
    yield from starting.commands(material.CORPUS, small)
    yield from asking.measure("corpus", chosen.model_copy(update={"home": small}), questions, rounds=ROUNDS)
    yield from starting.serve("corpus", small, questions)
    yield from starting.ingest(plans, scratch / "whole", clauses=clauses)
    yield from starting.serve(size, large, questions)
    yield from clients.measure(size, large, questions, requests=requests)


def _collection(scratch: Path, collection: Collection, sizes: Sequence[int]) -> Iterator[Measure]:
    """Search and its peers over the same texts, and search over more and more of them."""
    fewest, *more = sorted(sizes)
    yield from scale.measure(collection, fewest, scratch / f"{fewest}", collection.questions)
    texts = dict(collection.first(fewest))
    yield from peers.word_search(texts, collection.asked, scratch / "peer")
    home = settings.read().model_copy(update={"home": scratch / f"{fewest}"})
    yield from peers.whole_search(home, collection.asked)
    yield from peers.encoding(list(texts.values())[:ENCODED], [one.text for one in collection.asked])
    for size in more:
        yield from scale.measure(collection, size, scratch / f"{size}", collection.questions)


if __name__ == "__main__":
    main()
