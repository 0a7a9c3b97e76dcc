"""Committees and councils: a head, then the place or the levels it stands at."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.agencies import place, words
from ingest.agencies.grammar.reading import Body, Text
from ingest.agencies.grammar.tails import group_tail
from ingest.agencies.place import at
from ingest.agencies.units import Gap, Unit


def committee(text: Text, index: int, *, held: bool) -> Body:
    found = levels(text, index, index + 1, index + 1, person=held)
    if found is not None:
        return found
    unit = text.units[index]
    bare = text.names.match(text.syllables, unit.first, bare=text.bare)
    return Body(index, index + 1, bare[0] if bare else None, head=index + 1)


def levels(text: Text, start: int, head: int, index: int, *, person: bool = False) -> Body | None:
    """What a body with this head says of its place or level, from `index` on."""
    units = text.units
    key = units[start].key
    position = index
    unit = at(units, position)
    plural = False
    numbered = place.is_number(unit) and place.level_list(units, index + 1) is not None
    if numbered or (unit is not None and unit.key == "các"):
        plural = True
        position += 1
    end = place.tier(units, index) or place.tier(units, position)
    if end is not None:
        level = units[end - 1].key
        tier = {"phường": "xã", "quận": "huyện", words.CITY: "tỉnh"}.get(level, level)
        return Body(start, group_tail(text, end), text.tiers.get((key, tier)), group=True, head=head)
    end = place.level_list(units, position)
    if end is not None and (plural or end > position + 1):
        agency = text.tiers.get((key, place.level_of(units, position, end) or ""))
        return Body(start, group_tail(text, end), agency, group=True, head=head)
    if plural:
        return None
    end = place.place(units, position, person=person, bare=text.bare)
    if end is None:
        return None
    end = place.place(units, end, person=person, bare=text.bare) or end if encloses(units, end) else end
    return Body(start, end, text.tiers.get((key, place.level_of(units, position, end) or "")), head=head)


def encloses(units: Sequence[Unit], index: int) -> bool:
    """Whether the place that was read is followed by the place around it: "Quận 1 Thành phố Hồ Chí Minh"."""
    unit = at(units, index)
    return (
        unit is not None
        and unit.gap is not Gap.LINE
        and unit.key in words.LEVELS
        and units[index - 1].key not in words.LEVELS
    )
