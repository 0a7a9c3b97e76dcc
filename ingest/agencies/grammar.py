"""How Vietnamese names one body, or a named group of bodies: a reader of units.

The grammar follows Nghị định 30/2020/NĐ-CP, Phụ lục II (capitals in names of bodies): a head word (Sở, Phòng,
Ban Chỉ đạo), capitalised words each with its lower-case rest ("Tài nguyên và Môi trường"), the body it belongs
to ("Thành ủy") and the place ("Quận 1"). A name ends before a verb of action, before punctuation that is not
inside it, and before "và" with another head.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.agencies import place, words
from ingest.agencies.agency import Agency
from ingest.agencies.names import Names
from ingest.agencies.place import at
from ingest.agencies.units import Case, Gap, Syllable, Unit
from ingest.text import fold

_MAX_NAME = 24
_MAX_RELATIVE = 24
_MAX_NOUNS = 16
_MAX_DEPTH = 2
_MAX_ABBREVIATION = 7
_MIN_LETTERS = 3
_LIST_MARKS = (",", "/", "-")
_MAX_PLAIN = 4
# Marks and orders that surely end a name.
_NAME_ENDS = frozenset((",", ";", ":", ".", "chủ trì", "phối hợp", "có trách nhiệm", "chịu trách nhiệm"))
_STOP_MARKS = frozenset(".;:()[]{}“”\"'|?!…•*")


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

    `typed` is a question: heads may be lower case. `bare` carries no marks.
    """

    source: str
    units: Sequence[Unit]
    syllables: Sequence[Syllable]
    names: Names
    shorts: Mapping[str, Agency]
    defined: Mapping[str, Agency | None]
    tiers: Mapping[tuple[str, str], Agency]
    typed: bool = False
    bare: bool = False
    depth: int = 0

    def within(self) -> Text:
        """The same text for reading a body inside the name of another; depth bounds the work."""
        return replace(self, depth=self.depth + 1)

    def surface(self, unit: Unit) -> str:
        return self.source[unit.start : unit.end]

    def next_unit(self, syllable: int, start: int) -> int:
        """The first unit from `start` on that begins at a syllable or after it."""
        index = start
        while index < len(self.units) and self.units[index].first < syllable:
            index += 1
        return index


def body(text: Text, index: int, *, held: bool = False) -> Body | None:
    """The body or group that begins at a unit. With `held` an office holder stands before it."""
    unit = at(text.units, index)
    if unit is None or unit.code or text.depth > _MAX_DEPTH:
        return None
    if unit.key in (words.UBND, words.HDND):
        return _committee(text, index, held=held)
    return _group(text, index, held=held) or _short(text, index) or _named(text, index, held=held)


def shared_tail(text: Text, head: Body, index: int) -> Body | None:
    """A further level after a committee: in "UBND thành phố Thủ Đức, các quận, huyện" the second item."""
    return _levels(text, head.start, head.head, index)


# --- committees: a head, then a place or a level ---


def _committee(text: Text, index: int, *, held: bool) -> Body:
    found = _levels(text, index, index + 1, index + 1, person=held)
    if found is not None:
        return found
    unit = text.units[index]
    bare = text.names.match(text.syllables, unit.first, bare=text.bare)
    return Body(index, index + 1, bare[0] if bare else None, head=index + 1)


def _levels(text: Text, start: int, head: int, index: int, *, person: bool = False) -> Body | None:
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
        return Body(start, _group_tail(text, end), text.tiers.get((key, tier)), group=True, head=head)
    end = place.level_list(units, position)
    if end is not None and (plural or end > position + 1):
        agency = text.tiers.get((key, place.level_of(units, position, end) or ""))
        return Body(start, _group_tail(text, end), agency, group=True, head=head)
    if plural:
        return None
    end = place.place(units, position, person=person, bare=text.bare)
    if end is None:
        return None
    end = place.place(units, end, person=person, bare=text.bare) or end if _encloses(units, end) else end
    return Body(start, end, text.tiers.get((key, place.level_of(units, position, end) or "")), head=head)


def _encloses(units: Sequence[Unit], index: int) -> bool:
    """Whether the place that was read is followed by the place around it: "Quận 1 Thành phố Hồ Chí Minh"."""
    unit = at(units, index)
    return (
        unit is not None
        and unit.gap is not Gap.LINE
        and unit.key in words.LEVELS
        and units[index - 1].key not in words.LEVELS
    )


# --- named bodies ---


def _may_begin(text: Text, unit: Unit, *, held: bool) -> bool:
    return unit.case is not Case.LOWER or held or text.typed


def _named(text: Text, index: int, *, held: bool) -> Body | None:
    units = text.units
    unit = units[index]
    lower = not _may_begin(text, unit, held=held)
    if lower and not _names_capital(text, index):
        return None
    listed = None
    if unit.key not in words.INERT and text.names.begins(text.syllables[unit.first].key):
        listed = text.names.match(text.syllables, unit.first, bare=text.bare, exact=unit.case is Case.LOWER)
    if listed is None:
        return _unlisted(text, index, held=held) if unit.key in words.HEADS and not lower else None
    agency, syllable = listed
    end = text.next_unit(syllable, index + 1)
    if end == index + 1 and unit.key in words.WEAK_HEADS and len(agency.name.split()) < 2:
        return None
    open_name = end == index + 1 and unit.key in words.PURPOSE_HEADS
    longer = _name_end(text, index, end, held=held, settled=not open_name, opened=True)
    if longer is not None and longer > end:
        parent = _parent(text, end)
        return _placed(text, index, longer, agency if parent == longer else None, held=held)
    return _placed(text, index, end, agency, held=held)


def _names_capital(text: Text, index: int) -> bool:
    """Whether a lower-case head has a capitalised name: "giao sở Nội vụ"."""
    unit = text.units[index]
    after = at(text.units, index + 1)
    return unit.key in words.HEADS and unit.last - unit.first == 1 and after is not None and after.case is Case.CAPITAL


def _unlisted(text: Text, index: int, *, held: bool) -> Body | None:
    """A body that the register does not have: a head with a name, or with the levels it stands at."""
    end = _name_end(text, index, index + 1, held=held)
    if end is not None:
        return _placed(text, index, end, None, held=held)
    at_levels = _levels(text, index, index + 1, index + 1)
    return at_levels if at_levels is not None and at_levels.group else None


def _placed(text: Text, index: int, end: int, agency: Agency | None, *, held: bool) -> Body:
    """The body with the place, the level or the owner after its name."""
    units = text.units
    following = at(units, end)
    last = units[end - 1].key
    inner = last in words.PROVINCES and following is not None and following.key in words.LEVELS
    ended = last in words.LEVELS or (last in words.PROVINCES and not inner)
    if last == "khu vực" and (numbered := place.place(units, end - 1, bare=text.bare)) is not None:
        return Body(index, numbered, agency)
    if following is not None and units[end - 1].key in words.LEVELS:
        named = place.named_level(units, end - 1, person=held, bare=text.bare)
        end = named or end
    elif following is not None and not ended:
        group = _levels(text, index, end, end) if following.key in words.LEVELS | {"các", "các cấp"} else None
        if group is not None and group.group:
            return group._replace(agency=agency)
        found = place.place(units, end, person=held, bare=text.bare)
        if found is not None and _fits_head(units, index, end, found):
            end = found
            if _encloses(units, end):
                end = place.place(units, end, person=held, bare=text.bare) or end
    end = _branch(text, index, end)
    owner = at(units, end)
    if owner is not None and owner.key in ("thuộc", "trực thuộc", "của"):
        end = _owner(text, end + 1) or end
    return Body(index, end, agency, head=0)


def _branch(text: Text, index: int, end: int) -> int:
    """The index after the branch of a bank or company: "Ngân hàng Nhà nước Việt Nam - Chi nhánh Khu vực 14"."""
    units = text.units
    start = end + 1 if (mark := at(units, end)) is not None and mark.key == "-" else end
    branch = at(units, start)
    if branch is None or branch.key != "chi nhánh" or units[index].key not in ("ngân hàng", "công ty"):
        return end
    return place.place(units, start + 1, bare=text.bare) or end


def _fits_head(units: Sequence[Unit], index: int, start: int, end: int) -> bool:
    """Whether this place can end the name: a department is of a province, "xã hội" is no place."""
    if units[index].key in ("sở", "bộ") and units[start].key in words.COMMUNE_LEVELS | words.DISTRICT_LEVELS:
        return False
    return end > start


def _owner(text: Text, index: int) -> int | None:
    """The body or place after "thuộc" or "của"."""
    units = text.units
    unit = at(units, index)
    if unit is None:
        return None
    if unit.key in ("thủ tướng", "chủ tịch"):
        return _owner(text, index + 1)
    if unit.key in words.PARENT_BODIES or (unit.key in words.HEADS and unit.case is not Case.LOWER):
        owner = body(text.within(), index)
        return owner.end if owner is not None else None
    if unit.key in words.LEVELS or unit.key in words.PROVINCES or unit.key == "trung ương":
        return place.place(units, index, bare=text.bare)
    if unit.key == "các":
        owner = body(text.within(), index, held=True)
        return owner.end if owner is not None else None
    if unit.key in ("sở", "bộ"):
        return index + 1
    return None


def _parent(text: Text, index: int) -> int | None:
    """The body that a part belongs to, named without "của": "Ban Tuyên giáo Thành ủy"."""
    unit = at(text.units, index)
    if unit is None or (unit.case is Case.LOWER and not text.typed):
        return None
    if unit.key in words.PARTY_COMMITTEES or unit.key in words.PARENT_BODIES:
        parent = body(text.within(), index)
        return parent.end if parent is not None else None
    return None


def _name_end(
    text: Text, index: int, start: int, *, held: bool, settled: bool = False, opened: bool = False
) -> int | None:
    """Where the name ends whose head is at `index` and whose words are read from `start` on, or null.

    With `settled` a registered name has been read: only what joins more capitalised words to it continues it.
    """
    units = text.units
    head = units[index]
    end = start
    named = opened
    position = start
    while position < len(units) and position - index < _MAX_NAME:
        unit = at(units, position)
        if unit is None or (unit.code and unit.key in words.PARENT_BODIES):
            break
        step = _name_step(text, head, position, named=named, settled=settled, held=held)
        if step is None:
            break
        position = end = step
        named = True
        if position < len(units) and units[position - 1].key in words.PROVINCES:
            break
    if not named or (end == index + 1 and not opened):
        return None
    return end


def _name_step(text: Text, head: Unit, position: int, *, named: bool, settled: bool, held: bool) -> int | None:
    """The index after the next words of a name, or null where the name ends."""
    units = text.units
    unit = units[position]
    key = unit.key
    if key in _STOP_MARKS:
        return None
    shouted = (
        head.case is Case.UPPER
        and len(text.surface(head)) > 1
        and head.last - head.first == len(text.surface(head).split())
    )
    if shouted and unit.case is Case.CAPITAL and len(text.surface(unit)) > 1:
        return None
    capital = unit.case is not Case.LOWER and not (shouted and unit.case is Case.UPPER)
    if not named and _is_abbreviation(text, unit) and not shouted:
        if head.key in words.ACTIVITY_HEADS:
            return None
        return _abbreviation_end(text, position)
    if key in ("-", "&", "và", ",", "/"):
        return _joined(text, head, position, named=named, settled=settled)
    if (key in words.LEVELS or key in ("việt nam", "khu vực", "cấp", "trung ương")) and named:
        return None
    parent = _parent(text, position) if head.key in words.PART_HEADS else None
    if parent is not None:
        return parent
    plain = key in words.CONCEPTS and key not in words.VERBS and not settled
    if unit.gap is Gap.LINE and named and capital and not plain:
        return None
    if capital and unit.gap is Gap.LINE and key in words.VERBS and not named:
        return None
    if capital:
        return _capital(text, head, position, named=named, settled=settled, held=held)
    return _lower(text, head, position, named=named, settled=settled, shouted=shouted)


def _capital(text: Text, head: Unit, position: int, *, named: bool, settled: bool, held: bool) -> int | None:
    units = text.units
    unit = units[position]
    if unit.key in words.INERT - words.CONCEPTS:
        return None
    if not named and unit.key in words.HEADS and head.key in words.PART_HEADS:
        nested = body(text.within(), position)
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


def _lower(text: Text, head: Unit, position: int, *, named: bool, settled: bool, shouted: bool) -> int | None:
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


def _joined(text: Text, head: Unit, position: int, *, named: bool, settled: bool) -> int | None:
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


# --- lists ---


def local(text: Text, index: int) -> Body | None:
    """A place or level that stands for its authorities in a list of groups: "…, thành phố Thủ Đức, quận, huyện"."""
    units = text.units
    end = place.named_level(units, index, bare=text.bare)
    if end is not None:
        return Body(index, end)
    end = place.level_list(units, index)
    return Body(index, _group_tail(text, end), group=True) if end is not None else None


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
    if _is_abbreviation(text, unit):
        end = _abbreviation_end(text, index) if head.case is not Case.UPPER else index + 1
        if text.surface(units[end - 1]) != text.surface(unit) and text.source[unit.start : units[end - 1].end].count(
            ","
        ):
            end = index + 1
        return Body(index, end, text.shorts.get(_head_letters(head) + _letters(text, index, end)))
    joined = [text.syllables[head.first]._replace(gap=Gap.SPACE), *text.syllables[unit.first : unit.first + _MAX_NAME]]
    found = text.names.match(joined, 0)
    if found is not None and found[1] > 1:
        return Body(index, text.next_unit(unit.first + found[1] - 1, index + 1), found[0])
    return None


# --- abbreviations ---


def _is_abbreviation(text: Text, unit: Unit) -> bool:
    surface = text.surface(unit)
    return surface.isalpha() and surface.isupper() and 2 <= len(surface) <= _MAX_ABBREVIATION


def _abbreviation_end(text: Text, index: int) -> int:
    """The index after an abbreviation with its marks: "LĐ-TB&XH", "VH,TT&DL", "NN & PTNT"."""
    units = text.units
    end = index + 1
    while (mark := at(units, end)) is not None and mark.key in ("&", "-", ","):
        after = at(units, end + 1)
        if after is None or not (text.surface(after).isupper() and text.surface(after).isalpha()):
            break
        if mark.key != "&" and (mark.gap is not Gap.NONE or after.gap is not Gap.NONE):
            break
        end += 2
    return end


def _letters(text: Text, start: int, end: int) -> str:
    surface = text.source[text.units[start].start : text.units[end - 1].end]
    return "".join(c for c in fold(surface) if c.isalnum()).upper()


def _short(text: Text, index: int) -> Body | None:
    """A body by its abbreviation: STC, Sở TT&TT, or one that the document defines."""
    unit = text.units[index]
    surface = text.surface(unit)
    if surface in text.defined and unit.case is not Case.LOWER:
        return _placed(text, index, index + 1, text.defined[surface], held=False)
    if unit.last - unit.first > 1:
        return None
    found = _headed_short(text, index) or _bare_short(text, index)
    return _placed(text, index, found[0], found[1], held=False) if found is not None else None


def _headed_short(text: Text, index: int) -> tuple[int, Agency] | None:
    """A head with the letters of the rest: "Sở TT&TT", typed also "so tttt"."""
    unit, after = text.units[index], at(text.units, index + 1)
    if after is None or unit.key not in words.SHORTENED_HEADS or not _may_begin(text, unit, held=False):
        return None
    if not _is_abbreviation(text, after) and not (text.typed and after.key.isalpha() and _reads_short(text, after)):
        return None
    end = _abbreviation_end(text, index + 1)
    agency = text.shorts.get(_head_letters(unit) + _letters(text, index + 1, end))
    return (end, agency) if agency is not None else None


def _bare_short(text: Text, index: int) -> tuple[int, Agency] | None:
    """Letters alone: "STC", "STT&TT", "TT CNTT"; typed also "stc"."""
    units = text.units
    surface = text.surface(units[index])
    if not (surface.isupper() or (text.typed and _reads_short(text, units[index]))):
        return None
    ends = [index + 1]
    if surface.isupper():
        after = at(units, index + 1)
        paired = after is not None and after.gap is Gap.SPACE and _is_abbreviation(text, after)
        ends = [_abbreviation_end(text, index), index + 1, *([index + 2] if paired else [])]
    for end in ends:
        letters = _letters(text, index, end)
        agency = text.shorts.get(letters) if len(letters) >= _MIN_LETTERS else None
        if agency is not None:
            return end, agency
    return None


def _head_letters(unit: Unit) -> str:
    return fold(unit.key).upper() + " "


def _reads_short(text: Text, unit: Unit) -> bool:
    """Whether a typed word may be an abbreviation: one in lower case has no vowel ("snv", not "most")."""
    surface = text.surface(unit)
    return surface.isupper() or not set(fold(surface)) & set("aeiouy")


# --- groups ---


def _group(text: Text, index: int, *, held: bool) -> Body | None:
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
        return Body(index, _group_tail(text, listed), group=True, loose=loose)
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
    return Body(index, _group_tail(text, end), group=True, loose=not strong and not marked)


def _opens_name(noun: Unit, following: Unit, *, plural: bool, marked: bool) -> bool:
    """Whether a single noun is the head of one body: "Sở Y tế", "Bộ Công Thương"."""
    capital = following.case is not Case.LOWER and not following.code
    if capital and noun.key in words.HEADS and following.key not in words.LEVELS | words.PROVINCES | {"trung ương"}:
        return True
    if plural or marked or noun.case is Case.LOWER:
        return False
    return following.key in words.CONCEPTS and following.key not in words.QUALIFIERS


def _is_marked(units: Sequence[Unit], index: int) -> bool:
    """Whether a qualifier makes a group of a noun without "các": "cơ quan liên quan", "chính quyền các cấp"."""
    unit = at(units, index)
    if unit is None:
        return False
    every_tier = units[index - 1].key in ("chính quyền", "cấp ủy") and place.tier(units, index) is not None
    return unit.key in words.MARKED_GROUP or every_tier


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


def _group_tail(text: Text, index: int) -> int:
    """The index after what belongs to a group's name: "liên quan", "thuộc UBND tỉnh", "trên địa bàn Thành phố"."""
    units = text.units
    end = index
    while (unit := at(units, end)) is not None and end - index < _MAX_RELATIVE:
        step = _tail_step(text, end, unit)
        if step is None or step == end:
            break
        end = step
    return end


def _tail_step(text: Text, index: int, unit: Unit) -> int | None:
    units = text.units
    after = at(units, index + 1)
    if unit.gap is Gap.LINE and unit.case is not Case.LOWER and unit.key not in words.LEVELS | words.PROVINCES:
        return None
    if unit.key == "cấp" or unit.key == "các cấp":
        return place.tier(units, index)
    if unit.key == "các" and after is not None and after.key == "cấp":
        return index + 2
    if unit.key in ("thuộc", "trực thuộc", "của"):
        owned = _owner(text, index + 1)
        return owned if owned is not None else (index + 1 if unit.key == "trực thuộc" else None)
    if unit.key in ("trên địa bàn", "đóng trên địa bàn", "đóng"):
        start = index + 1
        if unit.key == "đóng" and after is not None and after.key == "trên địa bàn":
            start += 1
        if (whole := at(units, start)) is not None and whole.key == "toàn":
            start += 1
        return place.place(units, start, bare=text.bare)
    if unit.key == "được":
        return _relative(text, index)
    if unit.key == "là thành viên":
        return _name_or_group(text, index + 1)
    if unit.key == "và" and after is not None and after.key == "trung ương":
        return index + 2
    if unit.key == "-" and after is not None and after.key == "xã hội":
        return index + 2
    if unit.key in words.QUALIFIERS:
        if unit.key in ("chủ trì", "phối hợp", "tham mưu", "quản lý", "nghiên cứu", "thuộc", "trên"):
            return None
        return index + 1
    if unit.key in words.LEVELS or (unit.key in words.PROVINCES and unit.case is not Case.LOWER):
        previous = units[index - 1].key
        if previous in words.PROVINCES or previous in words.LEVELS:
            return None
        return place.place(units, index, bare=text.bare)
    return None


def _name_or_group(text: Text, index: int) -> int | None:
    member = body(text.within(), index)
    return member.end if member is not None else None


def _relative(text: Text, index: int) -> int | None:
    """A clause that says which: "các đơn vị được giao chủ trì các tiêu chí thành phần Chỉ số …"."""
    units = text.units
    verb = at(units, index + 1)
    if verb is None or verb.key not in words.RELATIVE_VERBS:
        return None
    end = index + 2
    if (second := at(units, end)) is not None and second.key in ("chủ trì", "phụ trách", "nhiệm vụ", "phối hợp"):
        end += 1
    else:
        return end
    while (unit := at(units, end)) is not None and end - index < _MAX_RELATIVE:
        if not unit.key[0].isalnum() or unit.key in words.VERBS or unit.key in words.HOLDERS:
            break
        end += 1
    return end
