"""Abbreviations of names with their marks: "LĐ-TB&XH", "VH,TT&DL", "NN & PTNT"."""

from __future__ import annotations

from ingest.agencies.grammar.reading import Text
from ingest.agencies.place import at
from ingest.agencies.units import Gap, Unit
from ingest.text import fold

_MAX_ABBREVIATION = 7


def is_abbreviation(text: Text, unit: Unit) -> bool:
    surface = text.surface(unit)
    return surface.isalpha() and surface.isupper() and 2 <= len(surface) <= _MAX_ABBREVIATION


def abbreviation_end(text: Text, index: int) -> int:
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


def letters_of(text: Text, start: int, end: int) -> str:
    surface = text.source[text.units[start].start : text.units[end - 1].end]
    return "".join(c for c in fold(surface) if c.isalnum()).upper()


def head_letters(unit: Unit) -> str:
    return fold(unit.key).upper() + " "


def reads_short(text: Text, unit: Unit) -> bool:
    """Whether a typed word may be an abbreviation: one in lower case has no vowel ("snv", not "most")."""
    surface = text.surface(unit)
    return surface.isupper() or not set(fold(surface)) & set("aeiouy")
