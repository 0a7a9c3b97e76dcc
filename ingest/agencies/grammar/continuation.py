"""The words with which a name goes on behind its head, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.agencies import place, words
from ingest.agencies.grammar.reading import Text
from ingest.agencies.place import at
from ingest.agencies.units import Case, Gap, Unit

_MAX_NAME = 24
_MAX_PLAIN = 4
# Marks and orders that surely end a name.
_NAME_ENDS = frozenset((",", ";", ":", ".", "chủ trì", "phối hợp", "có trách nhiệm", "chịu trách nhiệm"))


def capital_end(text: Text, head: Unit, position: int, *, named: bool, settled: bool, held: bool) -> int | None:
    units = text.units
    unit = units[position]
    if unit.key in words.INERT - words.CONCEPTS:
        return None
    if not named and unit.key in words.HEADS and head.key in words.PART_HEADS:
        nested = text.inside(position)
        return nested.end if nested is not None else None
    if unit.key in words.HEADS and unit.key not in words.CONCEPTS:
        return None
    if head.key == "thuế" and unit.key not in words.PROVINCES:  # "Thuế GTGT" is a tax
        return None
    if (
        not named
        and head.key in words.WEAK_HEADS
        and unit.key in words.HOLDERS | words.VERBS - words.NAME_VERBS - words.CONCEPTS
    ):
        return None
    if unit.key in words.HOLDERS or not unit.key[0].isalnum():
        return None
    if unit.key in words.PROVINCES:
        return None if settled else position + 1
    if settled and unit.key not in words.CONCEPTS:
        return None
    after = at(units, position + 1)
    if (
        unit.key in words.SURNAMES
        and after is not None
        and after.case is Case.CAPITAL
        and unit.key not in words.CONCEPTS
        and head.key not in ("trường", "bệnh viện", "học viện", "đại học")
        and named
    ):
        return None
    end = position + 1
    if after is not None and _completes(unit, after):
        end += 1
    return end


def _completes(unit: Unit, after: Unit) -> bool:
    """Whether a lower-case syllable is the rest of a capitalised one that the word lists do not know."""
    return (
        unit.last - unit.first == 1
        and unit.case is Case.CAPITAL
        and after.case is Case.LOWER
        and after.gap in (Gap.SPACE, Gap.LINE)
        and after.last - after.first == 1
        and after.key[0].isalpha()
        and unit.key not in words.CONCEPTS
        and after.key not in words.VERBS | words.LEVELS | words.JOINTS | words.HEADS
    )


def lower_end(text: Text, head: Unit, position: int, *, named: bool, settled: bool, shouted: bool) -> int | None:
    units = text.units
    key = units[position].key
    after = at(units, position + 1)
    concept = key in words.CONCEPTS
    name_verb = key in words.NAME_VERBS and after is not None and (_goes_on(after) or _pairs(units, position))
    if shouted:
        if settled:
            return None
        if (key in words.HEADS and key not in words.CONCEPTS) or key in words.HOLDERS:
            return None
        return None if key in words.VERBS and not concept and not name_verb else position + 1
    if settled:
        goes_on = head.key in words.PURPOSE_HEADS and concept and key not in words.VERBS | words.NAME_VERBS
        return position + 1 if goes_on else None
    if head.key in words.CLOSED_HEADS and not text.typed:
        return None
    if key == "phòng" and after is not None and after.key == ",":
        second = at(units, position + 2)
        return position + 3 if second is not None and second.key == "chống" else None
    if head.key in ("sở", "bộ"):
        return None
    if not named and head.key in words.WEAK_HEADS and not text.typed:
        return None
    if concept and (key not in words.VERBS or name_verb or (key in words.NAME_VERBS and not named)):
        return position + 1
    if name_verb and (not named or head.key in words.PURPOSE_HEADS):
        return position + 1
    purpose = head.key in words.PURPOSE_HEADS
    if purpose and key in ("các", "về", "cho", "vì") and after is not None and _goes_on(after):
        return position + 1
    if place.is_number(units[position]) and named:
        return position + 1
    return _plain_words(units, position) if named and not text.bare else None


def _plain_words(units: Sequence[Unit], index: int) -> int | None:
    """Lower-case words that no list holds, up to the place or the mark that ends the name: "người tiêu dùng tỉnh"."""
    for end in range(index, index + _MAX_PLAIN + 1):
        unit = at(units, end)
        if unit is None or unit.key in _NAME_ENDS or unit.key in words.LEVELS | {"cấp", "các cấp"}:
            return end if end > index else None
        if unit.case is not Case.LOWER or not unit.key[0].isalpha() or unit.gap is Gap.NONE:
            return None
        if unit.key in words.VERBS | words.JOINTS | words.HOLDERS | words.QUANTIFIERS | words.GROUP_NOUNS | words.INERT:
            return None
    return None


def _pairs(units: Sequence[Unit], index: int) -> bool:
    """Whether a verb inside a name shares its object with another: "đánh giá, xác định Chỉ số …"."""
    mark, verb, after = (at(units, index + step) for step in (1, 2, 3))
    if mark is None or verb is None or after is None or mark.key not in (",", "và"):
        return False
    return verb.key in words.NAME_VERBS and _goes_on(after)


def _goes_on(unit: Unit) -> bool:
    """Whether a name can go on with this word after a joint."""
    if unit.key in words.LEVELS or (
        unit.key in words.GROUP_NOUNS and unit.case is Case.LOWER and unit.key not in words.CONCEPTS
    ):
        return False
    return unit.key in words.CONCEPTS or (unit.case is not Case.LOWER and unit.key not in words.HEADS | words.HOLDERS)


def joined_end(text: Text, head: Unit, position: int, *, named: bool, settled: bool) -> int | None:
    """The index after a joining mark or word, where the name goes on behind it, and after the word behind."""
    units = text.units
    if not named:
        return None
    mark = units[position].key
    after = at(units, position + 1)
    before = units[position - 1]
    if after is None or after.code or after.key in words.HOLDERS or after.key in words.PARENT_BODIES:
        return None
    branch = mark == "-" and after.key == "chi nhánh"
    if after.key in words.HEADS and after.key not in words.CONCEPTS and not branch:
        return None
    if after.key in words.INERT or not after.key[0].isalnum():
        return None
    if mark == "và" and after.key in words.DOCUMENTS and (settled or _is_cited(at(units, position + 2))):
        return None
    capital = after.case is not Case.LOWER
    if capital and after.key not in words.CONCEPTS and text.names.match(text.syllables, after.first) is not None:
        return None
    if mark == "và":
        if capital and settled:
            return position + 2 if after.key in words.CONCEPTS and head.key in ("sở", "phòng") else None
        if capital:
            rest = at(units, position + 2)
            return position + 2 + (rest is not None and _completes(after, rest))
        if settled or head.key in words.CLOSED_HEADS:
            return None
        return (
            position + 2
            if after.key in words.CONCEPTS and before.key in words.CONCEPTS and after.key not in words.VERBS
            else None
        )
    if mark in ("-", "&", "/"):
        joined = after.key in words.CONCEPTS or capital
        return position + 2 if joined and not (mark == "/" and not capital) else None
    return _comma(text, head, position, settled=settled)


def _is_cited(unit: Unit | None) -> bool:
    return unit is not None and unit.key in ("số", "này", "hành", "triển khai")


def _comma(text: Text, head: Unit, position: int, *, settled: bool) -> int | None:
    """A comma inside a name: "Văn hóa, Khoa học và Thông tin", "về khoa học, công nghệ và chuyển đổi số".

    It is inside where capitalised or lower-case concepts follow up to "và", and no item is a body by itself.
    """
    if settled or head.key == "sở" or head.key == "bộ":
        return None
    units = text.units
    if head.key in words.PURPOSE_HEADS and units[position - 1].key in words.NAME_VERBS and _pairs(units, position - 1):
        return position + 2
    capital = units[position + 1].case is not Case.LOWER
    if not capital and head.key not in words.PURPOSE_HEADS:
        return None
    following = units[position + 1]
    if not capital and head.key in ("ban chỉ đạo", "tổ công tác", "hội đồng"):
        return position + 2 if following.key in words.CONCEPTS and following.key not in words.VERBS else None
    item = position + 1
    for _ in range(_MAX_NAME):
        unit = at(units, item)
        if unit is None or (unit.key != "và" and unit.key in (words.VERBS | words.HEADS) - words.CONCEPTS):
            return None
        known = unit.key in words.CONCEPTS or unit.key in (",", "và")
        if not known and (unit.case is not Case.LOWER) != capital:
            return None
        if unit.key == "và":
            last = at(units, item + 1)
            fits = last is not None and last.key in words.CONCEPTS and (last.case is not Case.LOWER) == capital
            return position + 2 if fits else None
        item += 1
    return None
