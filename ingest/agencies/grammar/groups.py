"""Named groups of bodies: "các sở, ban, ngành Thành phố", "Sở, ngành liên quan", "các cơ quan báo, đài"."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.agencies import place, words
from ingest.agencies.grammar.reading import Body, Text
from ingest.agencies.grammar.tails import group_tail
from ingest.agencies.place import at
from ingest.agencies.units import Case, Unit

_MAX_NOUNS = 16
_LIST_MARKS = (",", "/", "-")


def group(text: Text, index: int, *, held: bool) -> Body | None:
    """A named group: "các sở, ban, ngành Thành phố", "Sở, ngành liên quan", "các cơ quan báo, đài"."""
    units = text.units
    position = index
    plural = False
    while (unit := at(units, position)) is not None and unit.key in words.QUANTIFIERS:
        if plural and unit.key == "các":
            index = position  # a doubled "các"
        plural = True
        position += 1
    first = position
    if unit is None:
        return None
    if plural and (listed := place.level_list(units, first)) is not None:
        loose = listed == first + 1
        return Body(index, group_tail(text, listed), group=True, loose=loose)
    nouns, strong, end = _nouns(text, first)
    if not nouns:
        return None
    marked = _is_marked(units, end)
    if not plural and not held and not marked and (nouns < 2 or units[first].key not in words.BARE_NOUNS):
        return None
    if not plural and not held and marked and units[first].key in words.LOOSE_NOUNS:
        return None
    if not plural and nouns == 1 and units[first].key in words.PARTY_COMMITTEES:
        return None
    if held and not plural and not strong:
        return None
    following = at(units, end)
    if nouns == 1 and following is not None and _opens_name(units[first], following, plural=plural, marked=marked):
        return None
    if following is not None and following.key == "lĩnh vực":
        return None
    return Body(index, group_tail(text, end), group=True, loose=not strong and not marked)


def _opens_name(noun: Unit, following: Unit, *, plural: bool, marked: bool) -> bool:
    """Whether a single noun is the head of one body: "Sở Y tế", "Bộ Công Thương"."""
    capital = following.case is not Case.LOWER and not following.code
    if capital and noun.key in words.HEADS and following.key not in words.LEVELS | words.PROVINCES | {"trung ương"}:
        return True
    if plural or marked or noun.case is Case.LOWER:
        return False
    return following.key in words.CONCEPTS and following.key not in words.QUALIFIERS


def _is_marked(units: Sequence[Unit], index: int) -> bool:
    """Whether a qualifier makes a group of a noun without "các": "cơ quan liên quan", "chính quyền cơ sở"."""
    unit = at(units, index)
    if unit is None:
        return False
    if units[index - 1].key in ("chính quyền", "cấp ủy") and (
        unit.key in ("cơ sở", "địa phương") or place.tier(units, index) is not None
    ):
        return True
    return unit.key in words.MARKED_GROUP


def _nouns(text: Text, index: int) -> tuple[int, bool, int]:
    """How many nouns a list of group nouns has, whether one is strong, and the index after it."""
    units = text.units
    count = 0
    strong = False
    end = index
    position = index
    while (unit := at(units, position)) is not None and count < _MAX_NOUNS:
        known = unit.key in words.GROUP_NOUNS
        if not known and unit.key not in words.LOOSE_NOUNS and not (count and unit.key in words.LIST_NOUNS):
            break
        if count and unit.case is not Case.LOWER and unit.key in words.HEADS and not _plain_head(text, position):
            break
        if unit.code or (count and position == end):
            break
        strong = strong or known
        count += 1
        end = position = position + 1
        separator = at(units, position)
        if separator is not None and separator.key in (",", "/", "và", "-"):
            position += 1
            if separator.key == "và" and (quantifier := at(units, position)) is not None and quantifier.key == "các":
                pair = at(units, position + 1)
                if not (pair is not None and unit.key in ("cấp", "ngành") and pair.key in ("cấp", "ngành")):
                    break
            if (quantifier := at(units, position)) is not None and quantifier.key == "các":
                pair = at(units, position + 1)
                if pair is None or unit.key not in ("cấp", "ngành") or pair.key not in ("cấp", "ngành"):
                    break
                strong = True
                position += 1
    return count, strong, end


def _plain_head(text: Text, index: int) -> bool:
    """Whether a capitalised head stands for its kind ("Sở, Ban, Ngành") and does not begin a name."""
    after = at(text.units, index + 1)
    return after is None or after.key in (*_LIST_MARKS, "và", ";", ".", ":") or after.key in words.LEVELS
