"""Where a body is: the place or the level that ends its name.

Every function takes the units of a text and an index, and gives the index after what it read, or null.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.agencies import words
from ingest.agencies.units import Case, Gap, Unit

_NUMBER = re.compile(r"[0-9]+")
_ROMAN = re.compile(r"[IVXLivxl]+")
_MAX_PLACE_WORDS = 4
_MAX_LEVELS = 16


def at(units: Sequence[Unit], index: int) -> Unit | None:
    """The unit at an index, or null past the end or where a paragraph ends before it."""
    if index >= len(units) or units[index].gap is Gap.PARAGRAPH:
        return None
    return units[index]


def is_number(unit: Unit | None) -> bool:
    return unit is not None and _NUMBER.fullmatch(unit.key) is not None


def place(units: Sequence[Unit], index: int, *, person: bool = False, bare: bool = False) -> int | None:
    """A place: "Quận 1", "tỉnh Đắk Lắk", "Thành phố", "Hà Nội", "khu vực XIX", "cấp tỉnh", "Trung ương".

    With `person` the name of an office holder may follow, and a capitalised surname is not a place.
    """
    unit = at(units, index)
    if unit is None or unit.code:
        return None
    if unit.key in words.PROVINCES and (unit.case is not Case.LOWER or bare):
        return index + 1
    if unit.key in ("việt nam", "trung ương", "thủ đô"):
        return index + 1
    if unit.key == "cấp":
        return tier(units, index)
    after = at(units, index + 1)
    if unit.key == "miền":
        return index + 2 if after is not None and after.case is not Case.LOWER else None
    if unit.key == "khu vực":
        numbered = after is not None and (is_number(after) or _ROMAN.fullmatch(after.key))
        return index + 2 if numbered else None
    if unit.key not in words.LEVELS:
        return None
    return named_level(units, index, person=person, bare=bare) or index + 1


def named_level(units: Sequence[Unit], index: int, *, person: bool = False, bare: bool = False) -> int | None:
    """A level with the name of one place: "Quận 1", "thành phố Thủ Đức", "xã Tân Hội"."""
    unit = at(units, index)
    if unit is None or unit.key not in words.LEVELS:
        return None
    first = at(units, index + 1)
    if first is None or first.key in words.LEVELS:
        return None
    if is_number(first) or first.key in words.PROVINCES:
        return index + 2
    if first.case is Case.LOWER or bare or unit.key == "tỉnh":  # every province is listed
        return None
    upper = unit.case is Case.UPPER
    if upper != (first.case is Case.UPPER) and upper:
        return None
    end = index + 1
    while end - index <= _MAX_PLACE_WORDS:
        word = at(units, end)
        if word is None or not word.title or not word.key[0].isalpha():
            break
        if word.key in words.HOLDERS or word.key in words.PARENT_BODIES:
            break
        if word.key in words.HEADS and not (end > index + 1 and _ends_name(units, end)):
            break
        if word.gap is Gap.LINE and end > index + 1:
            break
        if word.gap is Gap.LINE and word.key in words.VERBS | words.NAME_VERBS:
            break
        if upper and word.key in words.VERBS | words.NAME_VERBS | words.CONCEPTS:
            break
        if person and word.key in words.SURNAMES and unit.key in ("tỉnh", words.CITY):
            break
        end += 1
    if end == index + 2 and first.last - first.first == 1 and _is_word_start(units, index + 1):
        return None
    return end if end > index + 1 else None


def _ends_name(units: Sequence[Unit], index: int) -> bool:
    """Whether a syllable that is also a head ends the name of a place: "xã Tân Hội"."""
    unit, after = units[index], at(units, index + 1)
    single = unit.last - unit.first == 1 and unit.key in words.WEAK_HEADS
    return single and (after is None or after.case is Case.LOWER)


def _is_word_start(units: Sequence[Unit], index: int) -> bool:
    """Whether a capitalised syllable is the first of an everyday word: "Thành phố Sửa đổi …"."""
    after = at(units, index + 1)
    if after is None or after.case is not Case.LOWER or not after.key[0].isalpha():
        return False
    return after.last - after.first == 1 and after.key not in words.VERBS | words.JOINTS


def ending(units: Sequence[Unit], *, bare: bool = False) -> int:
    """Where the place at the end of a name begins; the number of units where the name has none."""
    for index in range(1, len(units)):
        if units[index].key in ("cấp", "các cấp"):
            continue
        end = place(units, index, bare=bare)
        if end is not None and end < len(units):
            end = place(units, end, bare=bare)
        if end == len(units):
            return index
    return len(units)


def tier(units: Sequence[Unit], index: int) -> int | None:
    """A level of government: "cấp huyện", "cấp tỉnh, cấp xã" gives the first only, "các cấp"."""
    unit = at(units, index)
    if unit is None:
        return None
    if unit.key == "các cấp":
        return index + 1
    after = at(units, index + 1)
    if unit.key == "cấp" and after is not None and after.key in words.TIERS:
        return index + 2
    if unit.key == "các" and after is not None and after.key == "cấp":
        return index + 2
    return None


def level_list(units: Sequence[Unit], index: int) -> int | None:
    """Levels without names: "quận, huyện, thị xã", "xã/phường", "phường xã"; one level counts too.

    A last level that has a name of its own ("quận, huyện, thành phố Thủ Đức") is left to the next item.
    """
    end: int | None = None
    position = index
    while position - index < _MAX_LEVELS:
        unit = at(units, position)
        if unit is None or unit.key not in words.LEVELS or _named_in_list(units, position, after=end is not None):
            break
        end = position + 1
        position = end
        separator = at(units, position)
        if separator is not None and separator.key in (",", "/", "-", "và"):
            position += 1
    return end


def _named_in_list(units: Sequence[Unit], index: int, *, after: bool) -> bool:
    """Whether a level has a name of its own; the last commune level of a list is followed by the province around it."""
    following = at(units, index + 1)
    around = following is not None and following.key in words.PROVINCES and units[index].key in words.COMMUNE_LEVELS
    return named_level(units, index) is not None and not (after and around)


def level_of(units: Sequence[Unit], index: int, end: int) -> str | None:
    """Which tier of government a tail speaks of: "tỉnh", "huyện" or "xã"; null for none or several."""
    found = {_tier_of(unit.key) for unit in units[index:end]} - {None}
    if found == {"tỉnh", "huyện"} and (units[index].key in words.DISTRICT_LEVELS or units[end - 1].key == "thủ đức"):
        return "huyện"  # a city among districts is a district's
    return found.pop() if len(found) == 1 else None


def _tier_of(key: str) -> str | None:
    if key == "thủ đức":  # a city of a city, 2021-2025
        return "huyện"
    if key in ("tỉnh", words.CITY) or key in words.PROVINCES:
        return "tỉnh"
    if key in words.DISTRICT_LEVELS:
        return "huyện"
    if key in words.COMMUNE_LEVELS:
        return "xã"
    return None
