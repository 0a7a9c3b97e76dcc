"""Every mention of a body in a text: office holders, bodies, groups, and lists that share a head or a holder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.agencies import grammar, words
from ingest.agencies.agency import Agency
from ingest.agencies.grammar import Body, Text, body
from ingest.agencies.place import at
from ingest.agencies.units import Case, Gap
from ingest.model import Span
from ingest.text import fold, nfc, squeeze

_MAX_HOLDERS = 12
_SEPARATORS = (",", "và", ";", "/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A body or a named group in a text.

    `span` lies in the text. `text` is what is printed there in NFC with single spaces; where a list shares
    a head or a holder ("các Bộ: Tài chính, Nội vụ", "Chủ tịch UBND thành phố Thủ Đức, các quận"), the shared
    words stand before it. `agency` is the register's entry, null for a group or a name that is not in it.
    `holder` is the office holder's title as printed, and part of `text`.
    """

    span: Span
    text: str
    agency: Agency | None
    group: bool
    holder: str | None

    @property
    def body(self) -> str:
        """The name without the holder: "Chủ tịch UBND các xã" is "UBND các xã"."""
        if self.holder is None:
            return self.text
        return self.text.removeprefix(self.holder).strip()


def mentions(text: Text) -> Iterator[Mention]:
    """The mentions in order; none overlaps another."""
    units = text.units
    index = 0
    last: _Read | None = None
    while index < len(units):
        unit = units[index]
        if unit.case is Case.LOWER and not text.typed and unit.key not in words.LOWER_BEGINNINGS:
            index += 1
            continue
        found = _continued(text, last, index) if last is not None else None
        if found is None:
            found = _held(text, index)
        if found is None:
            index += 1
            continue
        for read in _spread(text, found):
            yield read.mention(text)
            last = read
        index = max(last.end if last is not None else index, index + 1)


@dataclass(frozen=True, slots=True)
class _Read:
    """A body with the units of its holder, before it or shared from the item before."""

    start: int
    body: Body
    holder: str | None = None
    shared: str = ""
    local: bool = False

    @property
    def end(self) -> int:
        return self.body.end

    def mention(self, text: Text) -> Mention:
        first, last = text.units[self.start], text.units[self.end - 1]
        printed = squeeze(nfc(text.source[first.start : last.end]))
        return Mention(
            span=Span(start=first.start, end=last.end),
            text=f"{self.shared} {printed}" if self.shared else printed,
            agency=self.body.agency,
            group=self.body.group,
            holder=self.holder,
        )


def _printed(text: Text, start: int, end: int) -> str:
    return squeeze(nfc(text.source[text.units[start].start : text.units[end - 1].end]))


def _held(text: Text, index: int) -> _Read | None:
    """A body, with the office holder before it if there is one."""
    units = text.units
    if units[index].code:
        return None
    after = _holder_end(text, index)
    if after is not None:
        found = body(text, after, held=True)
        if found is not None:
            return _Read(index, found, _printed(text, index, after))
    found = body(text, index)
    if found is None or (found.loose and not _is_told(text, found)):
        return None
    if found.group and (_is_asked(text, found) or _is_where(text, found)):
        return None
    return _Read(found.start, found)


def _holder_end(text: Text, index: int) -> int | None:
    """The index after the title of an office holder: "Giám đốc, Thủ trưởng", "Trưởng ban"."""
    units = text.units
    end: int | None = None
    position = index
    while (unit := at(units, position)) is not None and position - index < _MAX_HOLDERS:
        if unit.key == "các" and end is not None:
            holder = at(units, position + 1)
            if holder is None or holder.key not in words.HOLDERS:
                break
            position += 1
            continue
        if unit.key not in words.HOLDERS:
            break
        position += 1
        kind, head = at(units, position), at(units, position + 1)
        if unit.key == "tổng" and (kind is None or kind.key not in ("thanh tra", "kiểm toán")):
            break
        titled = kind is not None and kind.key in ("ban", "đoàn", "phòng")
        if titled and head is not None and head.key in words.HEADS | words.HOLDERS:
            position += 1
        if (standing := at(units, position)) is not None and standing.key == "thường trực":
            position += 1
        end = position
        separator = at(units, position)
        if separator is not None and separator.key in (",", "/", "và", "hoặc"):
            position += 1
    return end


def _continued(text: Text, last: _Read, index: int) -> _Read | None:
    """The next item of a list that shares its head or its holder with the item before."""
    units = text.units
    if index != last.end + 1 or units[last.end].key not in _SEPARATORS or units[index].gap is Gap.PARAGRAPH:
        return None
    before = last.body
    unit = units[index]
    if before.head and (unit.key in words.LEVELS or unit.key in ("các", "cấp")):
        tail = grammar.shared_tail(text, before, index)
        if tail is not None:
            head = _printed(text, before.start, before.head)
            shared = f"{last.holder} {head}" if last.holder else head
            return _Read(index, tail, last.holder, shared)
    if (before.group or last.local) and unit.key in words.LEVELS:
        found = grammar.local(text, index)
        if found is not None:
            return _Read(index, found, local=True)
    if last.holder and before.group and not before.head and unit.key == "các":
        found = body(text, index)
        if found is not None and found.group and not found.head and not found.loose:
            return _Read(index, found, last.holder, last.holder)
    return None


def _spread(text: Text, read: _Read) -> Iterator[_Read]:
    """The items of "các Bộ: Tài chính, Nội vụ" one by one; any other reading as it is."""
    found = list(grammar.listed(text, read.body))
    if not found:
        yield read
        return
    head = _printed(text, read.body.end - 1, read.body.end)
    for number, item in enumerate(found):
        yield _Read(item.start, item, read.holder, f"{read.holder} {head}" if read.holder and not number else head)


def _is_told(text: Text, found: Body) -> bool:
    """Whether a text orders these to act, or others to act with them."""
    units = text.units
    before = units[found.start - 1] if found.start else None
    after = at(units, found.end)
    if before is not None and before.key in words.ORDERS and units[found.start].gap is not Gap.PARAGRAPH:
        return True
    opens = before is None or before.key in (".", ";", ":", "-", "+", ")") or before.key.isdigit()
    acts = after is None or after.key == ":" or after.key in words.VERBS or after.key == "phối hợp"
    return opens and acts


def _is_asked(text: Text, found: Body) -> bool:
    """Whether a question asks which ones: "những cơ quan nào"."""
    after = at(text.units, found.end)
    return text.typed and after is not None and fold(after.key) == "nao"


def _is_where(text: Text, found: Body) -> bool:
    """Whether "các xã, phường" says where something is and not who acts."""
    if found.start == 0 or text.units[found.start].key != "các":
        return False
    before = text.units[found.start - 1]
    first = text.units[found.start + 1] if found.start + 1 < found.end else None
    return first is not None and first.key in words.LEVELS and before.key in words.PLACE_PREPOSITIONS
