"""The section of a document that treats a topic: found by its heading, spoken through the clauses beneath it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.answer.coverage import Needs
from index.topics import Topic
from ingest.model import CLOSING, PREAMBLE, Clause
from ingest.text import fold

_HEADING_LENGTH = 120
_CONTAINED = 2  # the rank of headings that name the topic among other things


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, and the clauses that say what it announces: itself where it goes on, and the leaves beneath."""

    heading: Clause
    spoken: tuple[Clause, ...]


def find(clauses: Sequence[Clause], topics: Sequence[Topic], needs: Needs) -> Section | None:
    """The section whose heading names the first topic most exactly; of its parts, the one that `needs` single out."""
    ranked = [(rank, clause) for clause in clauses if (rank := _rank(clause, topics[0])) is not None]
    if not ranked:
        return None
    opening = [(rank, clause) for rank, clause in ranked if rank[0] < _CONTAINED] or ranked
    _, heading = max(opening, key=lambda one: (needs.met(" ; ".join([*one[1].headings, one[1].text])), *_less(one)))
    beneath: dict[str | None, list[Clause]] = {}
    for clause in clauses:
        beneath.setdefault(clause.parent, []).append(clause)
    heading = _singled_out(heading, beneath, needs)
    return Section(heading=heading, spoken=tuple(_leaves(heading, beneath)))


def _less(ranked: tuple[tuple[int, int], Clause]) -> tuple[int, int, int]:
    (exactness, order), clause = ranked
    return -exactness, -order, -len(clause.text)


def _rank(clause: Clause, topic: Topic) -> tuple[int, int] | None:
    """How exactly the heading of a clause, or the label before its colon, names the topic; the least is the best."""
    if clause.path in (PREAMBLE, CLOSING):
        return None
    first, goes_on, _ = clause.text.partition("\n")
    labelled = first.partition(":")[0] if ":" in first[:_HEADING_LENGTH] else ""
    named = clause.heading or labelled or (first if goes_on and len(first) <= _HEADING_LENGTH else "")
    folded = fold(named)
    headings = [*map(fold, topic.headings)]
    ways: tuple[Callable[[str], bool], ...] = (folded.__eq__, folded.startswith, folded.__contains__)
    for exactness, is_named in enumerate(ways):
        order = next((order for order, heading in enumerate(headings) if is_named(heading)), None)
        if order is not None:
            return (exactness, order) if exactness < _CONTAINED or len(named) <= _HEADING_LENGTH else None
    return None


def _singled_out(heading: Clause, beneath: dict[str | None, list[Clause]], needs: Needs) -> Clause:
    """The part of a section that meets more of the needs than any other part, as far down as one does."""
    while needs.needs:
        parts = [one for one in beneath.get(heading.path, ()) if one.path in beneath]
        met = sorted(((needs.met(one.heading or one.text), one.path) for one in parts), reverse=True)
        if not met or not met[0][0] or (len(met) > 1 and met[0][0] == met[1][0]):
            break
        heading = next(one for one in parts if one.path == met[0][1])
    return heading


def _leaves(heading: Clause, beneath: dict[str | None, list[Clause]]) -> list[Clause]:
    parts = beneath.get(heading.path, ())
    own = [heading] if not parts or heading.text != heading.heading else []
    return [*own, *(leaf for part in parts for leaf in _leaves(part, beneath))]
