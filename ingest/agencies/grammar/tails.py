"""What belongs to a name or a group behind it: its owner, its place, its level, a clause that says which."""

from __future__ import annotations

from ingest.agencies import place, words
from ingest.agencies.grammar.reading import Text
from ingest.agencies.place import at
from ingest.agencies.units import Case, Gap, Unit

_MAX_RELATIVE = 24


def owner_end(text: Text, index: int) -> int | None:
    """The body or place after "thuộc" or "của"."""
    units = text.units
    unit = at(units, index)
    if unit is None:
        return None
    if unit.key in ("thủ tướng", "chủ tịch"):
        return owner_end(text, index + 1)
    if unit.key in words.PARENT_BODIES or (unit.key in words.HEADS and unit.case is not Case.LOWER):
        owner = text.inside(index)
        itself = index + 1 if unit.key in ("sở", "bộ") else None  # the body that issues the text: "thuộc Sở"
        return owner.end if owner is not None else itself
    if unit.key in words.LEVELS or unit.key in words.PROVINCES or unit.key == "trung ương":
        return place.place(units, index, bare=text.bare)
    if unit.key == "các":
        owner = text.inside(index, held=True)
        return owner.end if owner is not None else None
    if unit.key in ("sở", "bộ"):
        return index + 1
    return None


def group_tail(text: Text, index: int) -> int:
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
        owned = owner_end(text, index + 1)
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
    member = text.inside(index)
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
