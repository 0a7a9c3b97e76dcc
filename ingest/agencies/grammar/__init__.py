"""How Vietnamese names one body, or a named group of bodies: a reader of units.

The grammar follows Nghị định 30/2020/NĐ-CP, Phụ lục II (capitals in names of bodies): a head word (Sở, Phòng,
Ban Chỉ đạo), capitalised words each with its lower-case rest ("Tài nguyên và Môi trường"), the body it belongs
to ("Thành ủy") and the place ("Quận 1"). A name ends before a verb of action, before punctuation that is not
inside it, and before "và" with another head.
"""

from __future__ import annotations

from ingest.agencies import words
from ingest.agencies.grammar.committees import committee, levels
from ingest.agencies.grammar.groups import group
from ingest.agencies.grammar.lists import listed, local
from ingest.agencies.grammar.proper import abbreviated, named
from ingest.agencies.grammar.reading import Body, Text
from ingest.agencies.place import at

_MAX_DEPTH = 2

__all__ = ["Body", "Text", "body", "listed", "local", "shared_tail"]


def body(text: Text, index: int, *, held: bool = False) -> Body | None:
    """The body or group that begins at a unit. With `held` an office holder stands before it."""
    unit = at(text.units, index)
    if unit is None or unit.code or text.depth > _MAX_DEPTH:
        return None
    if unit.key in (words.UBND, words.HDND):
        return committee(text, index, held=held)
    return group(text, index, held=held) or abbreviated(text, index) or named(text, index, held=held)


def shared_tail(text: Text, head: Body, index: int) -> Body | None:
    """A further level after a committee: in "UBND thành phố Thủ Đức, các quận, huyện" the second item."""
    return levels(text, head.start, head.head, index)
