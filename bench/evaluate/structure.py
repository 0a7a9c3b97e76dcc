"""Clause paths and metadata, as the API shows a document, against gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from api.evaluate.gold import METADATA, Gold
from api.evaluate.match import bare
from bench.evaluate.figures import Row
from bench.evaluate.match import bodies_named

_UNLISTED = ("preamble", "closing")


def paths(clauses: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The paths of a clause tree of the API, in reading order."""
    for clause in clauses:
        yield clause["path"]
        yield from paths(clause["children"])


def clauses(document: Mapping[str, Any], gold: Gold) -> tuple[set[str], set[str]]:
    """The clause paths found and wanted. Gold stops at the annexes, so what lies inside them is left out."""
    wanted = set(gold.clauses)
    found = set(paths(document["clauses"])).difference(_UNLISTED)
    return {path for path in found if not path.startswith("PL") or path in wanted}, wanted


def right_metadata(document: Mapping[str, Any], gold: Gold) -> dict[str, bool]:
    """For all metadata that gold has, whether the document has the same, marks and punctuation apart."""
    found = {name: str(document.get(name) or document.get(f"document_{name}") or "") for name in METADATA}
    same = {name: bare(found[name]) == bare(wanted) for name, wanted in gold.metadata.items()}
    if "issuer" in same:
        same["issuer"] = same["issuer"] or bodies_named([found["issuer"]], [gold.metadata["issuer"]]) == 1
    return same


def score(pairs: Sequence[tuple[Mapping[str, Any], Gold]]) -> Row:
    """Precision and recall of clause paths over all documents, and the share right of each kind of metadata."""
    hits = found = wanted = 0
    held: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for document, gold in pairs:
        mine, theirs = clauses(document, gold)
        hits, found, wanted = hits + len(mine & theirs), found + len(mine), wanted + len(theirs)
        same = right_metadata(document, gold)
        held.update(same.keys())
        right.update(name for name, is_right in same.items() if is_right)
    return {
        "documents": len(pairs),
        "clauses": wanted,
        "precision": hits / max(1, found),
        "recall": hits / max(1, wanted),
        **{name: right[name] / held[name] for name in METADATA if held[name]},
    }


def misses(document: Mapping[str, Any], gold: Gold) -> Iterator[str]:
    """What differs in one document, a line each."""
    mine, theirs = clauses(document, gold)
    if theirs - mine:
        yield f"{gold.id}: clauses missing: {', '.join(sorted(theirs - mine))}"
    if mine - theirs:
        yield f"{gold.id}: clauses too many: {', '.join(sorted(mine - theirs))}"
    for name, is_right in right_metadata(document, gold).items():
        if not is_right:
            found = document.get(name) or document.get(f"document_{name}")
            yield f"{gold.id}: {name} expected {gold.metadata[name]!r}, found {found!r}"
