"""Assignments, as the API lists them, against gold.

One that was found is right when its clause is the gold clause, beneath it or above it, its role is the same, and
it names at least half of the bodies. One more in a clause that gold has assignments in is no error: people
divide a clause into tasks more or less finely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.evaluate.gold import Assigned, Gold
from api.evaluate.match import labels, same_clause
from bench.evaluate.figures import Row
from bench.evaluate.match import bodies_named

_ENOUGH_BODIES = 0.5

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """The assignments of one document beside those of its gold."""

    matched: tuple[tuple[Assigned, Found], ...]
    missed: tuple[Assigned, ...]
    extra: tuple[Found, ...]


def match(found: Sequence[Found], gold: Gold) -> Matching:
    """Give every gold assignment the first one that fits and is not taken, or the one at its very clause."""
    free = list(found)
    matched = []
    missed = []
    for wanted in gold.assignments:
        fitting = [one for one in free if _fits(one, wanted)]
        if not fitting:
            missed.append(wanted)
            continue
        exact = [one for one in fitting if labels(_clause(one)) == labels(wanted.clause)]
        chosen = (exact or fitting)[0]
        free = [one for one in free if one is not chosen]
        matched.append((wanted, chosen))
    extra = [one for one in free if not any(_related(_clause(one), other.clause) for other in gold.assignments)]
    return Matching(matched=tuple(matched), missed=tuple(missed), extra=tuple(extra))


def _fits(found: Found, wanted: Assigned) -> bool:
    return (
        found["role"] == wanted.role
        and _related(_clause(found), wanted.clause)
        and bodies_named(found["agencies"], wanted.agencies) >= _ENOUGH_BODIES
    )


def _related(clause: str, other: str) -> bool:
    return same_clause(clause, other) or same_clause(other, clause)


def _clause(found: Found) -> str:
    clause: str = found["citation"]["clause"]
    return clause


def score(matchings: Sequence[Matching]) -> Row:
    """Precision, recall and F1 over all documents; the share of due dates that are right; due dates made up."""
    matched = [pair for one in matchings for pair in one.matched]
    missed = [wanted for one in matchings for wanted in one.missed]
    extra = sum(len(one.extra) for one in matchings)
    dated = sum(wanted.due is not None for wanted in [*missed, *(wanted for wanted, _ in matched)])
    right = sum(wanted.due is not None and found["due"] == wanted.due for wanted, found in matched)
    precision = len(matched) / max(1, len(matched) + extra)
    recall = len(matched) / max(1, len(matched) + len(missed))
    return {
        "assignments": len(matched) + len(missed),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "with due": dated,
        "due right": right / max(1, dated),
        "false due": sum(wanted.due is None and found["due"] is not None for wanted, found in matched),
    }


def misses(matching: Matching, gold: Gold) -> Iterator[str]:
    """What differs in one document, a line each."""
    for wanted in matching.missed:
        yield f"{gold.id} {wanted.clause}: missed {wanted.role} {', '.join(wanted.agencies)} (due {wanted.due})"
    for found in matching.extra:
        yield f"{gold.id} {_clause(found)}: extra {found['role']} {', '.join(found['agencies'])}: {found['task'][:80]}"
    for wanted, found in matching.matched:
        if wanted.due != found["due"]:
            yield f"{gold.id} {wanted.clause}: due expected {wanted.due}, found {found['due']}"
