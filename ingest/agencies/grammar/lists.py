"""Bodies that share a head, and places that stand for their authorities, in a list."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.agencies import place, words
from ingest.agencies.grammar.letters import abbreviation_end, head_letters, is_abbreviation, letters_of
from ingest.agencies.grammar.reading import Body, Text
from ingest.agencies.grammar.tails import group_tail
from ingest.agencies.place import at
from ingest.agencies.units import Case, Gap, Unit

_MAX_NAME = 24


def local(text: Text, index: int) -> Body | None:
    """A place or level that stands for its authorities in a list of groups: "…, thành phố Thủ Đức, quận, huyện"."""
    units = text.units
    end = place.named_level(units, index, bare=text.bare)
    if end is not None:
        return Body(index, end)
    end = place.level_list(units, index)
    return Body(index, group_tail(text, end), group=True) if end is not None else None


def listed(text: Text, group: Body) -> Iterator[Body]:
    """The bodies whose shared head is the only noun of a group: "các Bộ: Tài chính, Nội vụ, Công Thương"."""
    units = text.units
    if not group.group or group.end - group.start > 2 or group.end < 1:
        return
    head = units[group.end - 1]
    if head.key not in ("bộ", "sở", "phòng", "ban", "cục", "vụ") or units[group.start].key not in ("các", head.key):
        return
    index = group.end
    if (colon := at(units, index)) is not None and colon.key == ":":
        index += 1
    count = 0
    while (unit := at(units, index)) is not None and unit.case is not Case.LOWER and not unit.code:
        if unit.key in words.HEADS | words.HOLDERS | words.PARENT_BODIES and unit.key not in words.CONCEPTS:
            return
        item = _item(text, head, index)
        if item is None:
            return
        count += 1
        yield item
        separator = at(units, item.end)
        if separator is None or separator.key not in (",", "và", ";"):
            return
        index = item.end + 1


def _item(text: Text, head: Unit, index: int) -> Body | None:
    units = text.units
    unit = units[index]
    if is_abbreviation(text, unit):
        end = abbreviation_end(text, index) if head.case is not Case.UPPER else index + 1
        if text.surface(units[end - 1]) != text.surface(unit) and text.source[unit.start : units[end - 1].end].count(
            ","
        ):
            end = index + 1
        return Body(index, end, text.shorts.get(head_letters(head) + letters_of(text, index, end)))
    joined = [text.syllables[head.first]._replace(gap=Gap.SPACE), *text.syllables[unit.first : unit.first + _MAX_NAME]]
    found = text.names.match(joined, 0)
    if found is not None and found[1] > 1:
        return Body(index, text.next_unit(unit.first + found[1] - 1, index + 1), found[0])
    return None
