"""Samples: gold with the documents among which it is measured, and the figures of each part over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.evaluate import gold, verdict
from api.evaluate.gold import Gold
from api.library import Library
from bench.evaluate import assignments, home, structure, wire
from bench.evaluate.figures import Rows

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
QUESTIONS = ROOT / "bench" / "questions"
GOLD = ROOT / "tests" / "gold"

PARTS = ("structure", "assignments", "ask")

# tests/gold/README.md: of these nothing but the figures is shown; rules are tuned on the others.
KEPT_APART = frozenset({"abca9704d4c889cd", "6a406c1f9dfed9c3", "d40513a8b25883ec", "09daab284f92e2dd"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Gold of one origin. `documents` are the files and folders that the library holds when it is measured."""

    name: str
    golds: Sequence[Gold]
    documents: tuple[Path, ...]
    secret: bool = False


def in_repository() -> Sample:
    """Questions about corpus/, all that can be measured with nothing but the repository."""
    return Sample(name="repository", golds=gold.folder(QUESTIONS), documents=(CORPUS,))


def over(data: Path) -> list[Sample]:
    """What the data beside the repository allows: the seeds' gold, and tests/gold with its documents.

    `practice` is there to find faults with; its figures say little, because everybody looks at its misses.
    """
    held = gold.folder(GOLD)
    documents = (CORPUS, data / "directives")
    return [
        Sample(name="seeds", golds=gold.folder(data / "dev" / "gold"), documents=(CORPUS,)),
        Sample(name="tune", golds=[one for one in held if one.id not in KEPT_APART], documents=documents),
        Sample(name="report", golds=[one for one in held if one.id in KEPT_APART], documents=documents, secret=True),
        Sample(name="practice", golds=gold.folder(GOLD / "questions"), documents=documents),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The figures of one part over one sample, and what was missed, in lines for people."""

    part: str
    sample: Sample
    rows: Rows
    misses: tuple[str, ...]


def measure(samples: Sequence[Sample], parts: Iterable[str] = PARTS) -> Iterator[Result]:
    """Every part that a sample has gold for. Samples over the same documents share a library."""
    parts = tuple(parts)
    for documents in dict.fromkeys(sample.documents for sample in samples):
        with home.library(documents) as library:
            for sample in samples:
                if sample.documents == documents:
                    yield from (_MEASURED[part](library, sample) for part in parts if _has_gold(sample, part))


def _has_gold(sample: Sample, part: str) -> bool:
    held = {"structure": "clauses", "assignments": "assignments", "ask": "questions"}[part]
    return any(getattr(one, held) for one in sample.golds)


def _structure(library: Library, sample: Sample) -> Result:
    pairs = [(wire.document(library, one), one) for one in sample.golds]
    return Result(
        part="structure",
        sample=sample,
        rows={sample.name: structure.score(pairs)},
        misses=tuple(line for pair in pairs for line in structure.misses(*pair)),
    )


def _assignments(library: Library, sample: Sample) -> Result:
    matchings = []
    for one in sample.golds:
        document = wire.document(library, one)
        matchings.append(assignments.match(wire.assignments(library, document["document_id"]), one))
    pairs = zip(matchings, sample.golds, strict=True)
    return Result(
        part="assignments",
        sample=sample,
        rows={sample.name: assignments.score(matchings)},
        misses=tuple(line for pair in pairs for line in assignments.misses(*pair)),
    )


def _ask(library: Library, sample: Sample) -> Result:
    verdicts = verdict.verdicts(library, sample.golds, as_of=wire.AS_OF)
    return Result(
        part="ask",
        sample=sample,
        rows=verdict.by_group(sample.name, verdicts),
        misses=tuple(line for miss in verdict.misses(verdicts) for line in str(miss).splitlines()),
    )


_MEASURED = {"structure": _structure, "assignments": _assignments, "ask": _ask}
