"""Measures how well documents are read and questions answered, and fails below the floors.

    python -m bench.evaluate --data ../shared/data [--only PART] [--all] [--show] [--out FILE]

Parts: `structure` (clause paths, metadata), `assignments`, `ask`, and two that take minutes and are measured only when
they are asked for: `retrieval`, and `originals` (files as they were found, scans among them). The repository holds the
questions about corpus/; the other gold needs documents that it does not hold, so without the data only those questions
are asked.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench.evaluate import originals, retrieval, sample
from bench.evaluate.figures import Row, missed, table

FLOORS = sample.ROOT / "bench" / "floors.toml"
RETRIEVAL = "retrieval"
ORIGINALS = "originals"


def main() -> int:
    given = _options()
    parts = sample.PARTS if given.only is None else tuple({given.only} - {RETRIEVAL, ORIGINALS})
    samples = [sample.in_repository()]
    if given.data.is_dir():
        samples += sample.over(given.data)
    else:
        print(f"no data in {str(given.data)!r}: only the questions that the repository holds are asked\n")

    figures: dict[str, dict[str, Row]] = {}
    for result in sample.measure(samples, parts) if parts else ():
        figures.setdefault(result.part, {}).update(result.rows)
        if given.show and result.misses and not result.sample.secret:
            print(f"missed: {result.part}, {result.sample.name}", *result.misses, sep="\n  ", end="\n\n")
    if given.all or given.only == RETRIEVAL:
        figures[RETRIEVAL] = dict(retrieval.over_directives(samples))
        if given.data.is_dir():
            figures[RETRIEVAL] |= retrieval.measure(given.data, given.cache)
    if given.data.is_dir() and (given.all or given.only == ORIGINALS):
        figures[ORIGINALS] = dict(originals.measure(given.data, given.cache))

    for part, rows in figures.items():
        print(table(part, rows), end="\n\n")
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    beyond = missed(figures, FLOORS)
    for one in beyond:
        print(one, file=sys.stderr)
    return 1 if beyond else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.evaluate", description="Measure reading and answering against gold."
    )
    parser.add_argument(
        "--data", type=Path, default=sample.ROOT.parent / "shared" / "data", help="the gold's documents"
    )
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--only", choices=(*sample.PARTS, RETRIEVAL, ORIGINALS), help="measure this part only")
    chosen.add_argument("--all", action="store_true", help="measure retrieval and originals too")
    parser.add_argument("--show", action="store_true", help="list what was missed, but of documents kept for reporting")
    parser.add_argument("--out", type=Path, default=Path("var/evaluate.json"), help="where the figures go as JSON")
    parser.add_argument(
        "--cache", type=Path, default=retrieval.cache(), help="where the statutes and recognised pages are kept"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
