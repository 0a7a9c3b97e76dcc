"""What the grammar of names reads, and what it hands back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.agencies.agency import Agency
from ingest.agencies.names import Names
from ingest.agencies.units import Syllable, Unit


class Body(NamedTuple):
    """What was read: units `start`..`end`. `head` ends the words that a list shares, 0 when it shares none.

    `loose` is a group that counts only where the text tells it to act ("các doanh nghiệp").
    """

    start: int
    end: int
    agency: Agency | None = None
    group: bool = False
    head: int = 0
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """The units to read and what is known of names.

    `read` is the grammar's own `body`, for a name inside a name. `typed` is a question: heads may be lower case.
    `bare` carries no marks.
    """

    source: str
    units: Sequence[Unit]
    syllables: Sequence[Syllable]
    names: Names
    shorts: Mapping[str, Agency]
    defined: Mapping[str, Agency | None]
    tiers: Mapping[tuple[str, str], Agency]
    read: Callable[..., Body | None]
    typed: bool = False
    bare: bool = False
    depth: int = 0

    def inside(self, index: int, *, held: bool = False) -> Body | None:
        """The body that begins at a unit inside the name of another; depth bounds the work."""
        return self.read(replace(self, depth=self.depth + 1), index, held=held)

    def surface(self, unit: Unit) -> str:
        return self.source[unit.start : unit.end]

    def next_unit(self, syllable: int, start: int) -> int:
        """The first unit from `start` on that begins at a syllable or after it."""
        index = start
        while index < len(self.units) and self.units[index].first < syllable:
            index += 1
        return index
