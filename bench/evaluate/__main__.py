"""Measures how well documents are read and questions answered, and fails below the floors.

    python -m bench.evaluate --data ../shared/data [--only PART] [--all] [--show] [--out FILE]

Parts: `structure` (clause paths, metadata), `assignments`, `ask`, and `retrieval`, which takes minutes and runs
only when it is asked for. Questions about corpus/ are in this repository; the other gold needs documents that are
not, so without `--data` only those questions are asked.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.library import Library
from bench.evaluate import ask, assignments, gold, home, retrieval, structure, wire
from bench.evaluate.figures import Figures, Row, missed, table
from bench.evaluate.gold import Gold

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
QUESTIONS = ROOT / "bench" / "questions"
GOLD = ROOT / "tests" / "gold"
FLOORS = ROOT / "bench" / "floors.toml"

QUICK = ("structure", "assignments", "ask")
RETRIEVAL = "retrieval"
REPORTED = "report"
# What rules may be tuned on; the others in tests/gold are only reported (tests/gold/README.md).
TUNED = frozenset({"2f6f80b9918e52de", "98be6e047028fade", "2847e16133f7b987", "a49ef8a0da1f62dd"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Gold, and the documents that are in the library when it is measured."""

    name: str
    golds: Sequence[Gold]
    library: tuple[Path, ...]


def main() -> int:
    given = _options()
    parts = (given.only,) if given.only else (*QUICK, RETRIEVAL) if given.all else QUICK
    if not given.data.is_dir():
        print(f"no data in {str(given.data)!r}: only the questions of this repository are asked\n")
    samples = list(_samples(given.data))
    figures = measured(samples, [part for part in parts if part in QUICK], show=given.show)
    if RETRIEVAL in parts and given.data.is_dir():
        figures |= {RETRIEVAL: retrieval.measure(given.data, given.cache)}
    for part, rows in figures.items():
        print(table(part, rows), end="\n\n")
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    below = missed(figures, FLOORS)
    for one in below:
        print(one, file=sys.stderr)
    return 1 if below else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.evaluate", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder with dev/, …")
    parts = parser.add_mutually_exclusive_group()
    parts.add_argument("--only", choices=(*QUICK, RETRIEVAL), help="measure this part only")
    parts.add_argument("--all", action="store_true", help="measure retrieval too")
    parser.add_argument("--show", action="store_true", help="list what was missed, but for the reported documents")
    parser.add_argument("--out", type=Path, default=Path("var/evaluate.json"), help="where the figures go as JSON")
    parser.add_argument("--cache", type=Path, default=_cache(), help="where the index over the statutes is kept")
    return parser.parse_args()


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chidao"


def _samples(data: Path) -> Iterator[Sample]:
    """The samples that can be measured here."""
    yield Sample(name="repository", golds=gold.folder(QUESTIONS), library=(CORPUS,))
    if data.is_dir():
        directives = (CORPUS, data / "directives")
        held = gold.folder(GOLD)
        yield Sample(name="seeds", golds=gold.folder(data / "dev" / "gold"), library=(CORPUS,))
        yield Sample(name="tune", golds=[one for one in held if one.id in TUNED], library=directives)
        yield Sample(name=REPORTED, golds=[one for one in held if one.id not in TUNED], library=directives)


def measured(samples: Sequence[Sample], parts: Sequence[str], *, show: bool = False) -> dict[str, dict[str, Row]]:
    """The figures of these parts over these samples. A sample without gold for a part has no row in it."""
    figures: dict[str, dict[str, Row]] = {part: {} for part in parts}
    for paths in dict.fromkeys(sample.library for sample in samples) if parts else ():
        with home.library(paths) as library:
            for sample in samples:
                if sample.library != paths:
                    continue
                shown = show and sample.name != REPORTED
                if "structure" in parts:
                    figures["structure"] |= _structure(library, sample, shown)
                if "assignments" in parts:
                    figures["assignments"] |= _assignments(library, sample, shown)
                if "ask" in parts:
                    figures["ask"] |= _ask(library, sample, shown)
    return {part: rows for part, rows in figures.items() if rows}


def _structure(library: Library, sample: Sample, show: bool) -> Figures | dict[str, Row]:
    pairs = [(wire.document(library, one), one) for one in sample.golds if one.metadata]
    if show:
        _list(f"structure, {sample.name}", (line for pair in pairs for line in structure.misses(*pair)))
    return {sample.name: structure.score(pairs)}


if __name__ == "__main__":
    sys.exit(main())
