"""One body by its name or its abbreviation: a head, the words of the name, then place, level or owner."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.agencies import place, words
from ingest.agencies.agency import Agency
from ingest.agencies.grammar.committees import encloses, levels
from ingest.agencies.grammar.continuation import capital_end, joined_end, lower_end
from ingest.agencies.grammar.letters import abbreviation_end, head_letters, is_abbreviation, letters_of, reads_short
from ingest.agencies.grammar.reading import Body, Text
from ingest.agencies.grammar.tails import owner_end
from ingest.agencies.place import at
from ingest.agencies.units import Case, Gap, Unit

_MAX_NAME = 24
_MIN_LETTERS = 3
_STOP_MARKS = frozenset(".;:()[]{}“”\"'|?!…•*")


def _may_begin(text: Text, unit: Unit, *, held: bool) -> bool:
    return unit.case is not Case.LOWER or held or text.typed


def named(text: Text, index: int, *, held: bool) -> Body | None:
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
    at_levels = levels(text, index, index + 1, index + 1)
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
        group = levels(text, index, end, end) if following.key in words.LEVELS | {"các", "các cấp"} else None
        if group is not None and group.group:
            return group._replace(agency=agency)
        found = place.place(units, end, person=held, bare=text.bare)
        if found is not None and _fits_head(units, index, end, found):
            end = found
            if encloses(units, end):
                end = place.place(units, end, person=held, bare=text.bare) or end
    end = _branch(text, index, end)
    owner = at(units, end)
    if owner is not None and owner.key in ("thuộc", "trực thuộc", "của"):
        end = owner_end(text, end + 1) or end
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


def _parent(text: Text, index: int) -> int | None:
    """The body that a part belongs to, named without "của": "Ban Tuyên giáo Thành ủy"."""
    unit = at(text.units, index)
    if unit is None or (unit.case is Case.LOWER and not text.typed):
        return None
    if unit.key in words.PARTY_COMMITTEES or unit.key in words.PARENT_BODIES:
        parent = text.inside(index)
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
    if not named and is_abbreviation(text, unit) and not shouted:
        if head.key in words.ACTIVITY_HEADS:
            return None
        return abbreviation_end(text, position)
    if key in ("-", "&", "và", ",", "/"):
        return joined_end(text, head, position, named=named, settled=settled)
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
        return capital_end(text, head, position, named=named, settled=settled, held=held)
    return lower_end(text, head, position, named=named, settled=settled, shouted=shouted)


def abbreviated(text: Text, index: int) -> Body | None:
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
    if not is_abbreviation(text, after) and not (text.typed and after.key.isalpha() and reads_short(text, after)):
        return None
    end = abbreviation_end(text, index + 1)
    agency = text.shorts.get(head_letters(unit) + letters_of(text, index + 1, end))
    return (end, agency) if agency is not None else None


def _bare_short(text: Text, index: int) -> tuple[int, Agency] | None:
    """Letters alone: "STC", "STT&TT", "TT CNTT"; typed also "stc"."""
    units = text.units
    surface = text.surface(units[index])
    if not (surface.isupper() or (text.typed and reads_short(text, units[index]))):
        return None
    ends = [index + 1]
    if surface.isupper():
        after = at(units, index + 1)
        paired = after is not None and after.gap is Gap.SPACE and is_abbreviation(text, after)
        ends = [abbreviation_end(text, index), index + 1, *([index + 2] if paired else [])]
    for end in ends:
        letters = letters_of(text, index, end)
        agency = text.shorts.get(letters) if len(letters) >= _MIN_LETTERS else None
        if agency is not None:
            return end, agency
    return None
