"""Word's automatic numbering: the labels that stand on the page but not in the text.

Rules of ECMA-376, Part 1, section 17.9: a paragraph names a list (`numId`) and a level; the list leads to an
abstract list that holds start, format and text of each level; lists of one abstract list count on together
unless one of them sets a start of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.read.numerals import Numeral, numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_FORMATS: dict[str, Numeral] = {
    "decimal": "decimal",
    "lowerLetter": "lower-letter",
    "upperLetter": "upper-letter",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
}
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LONGEST_STYLE_CHAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list. `restart_after` is the level (from 1) whose number restarts this one, 0 for none."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    restart_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list as paragraphs name it: its abstract list, its levels, and the starts that it sets itself."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """Where paragraph styles lead: (numId, level) by style, the style's parent, and the default style."""

    numbering: Mapping[str, tuple[str | None, int]]
    parents: Mapping[str, str]

    def of(self, style: str | None) -> tuple[str | None, int]:
        """The list and level of a style, its own or inherited; (None, 0) without one."""
        for _ in range(_LONGEST_STYLE_CHAIN):
            if style is None:
                break
            number, level = self.numbering.get(style, (None, 0))
            if number is not None:
                return number, level
            style = self.parents.get(style)
        return None, 0


def read_styles(root: etree._Element | None) -> Styles:
    """The numbering of paragraph styles from word/styles.xml."""
    numbering: dict[str, tuple[str | None, int]] = {}
    parents: dict[str, str] = {}
    for style in root.iter(f"{W}style") if root is not None else ():
        name = style.get(f"{W}styleId")
        if name is None:
            continue
        parent = _value(style, "basedOn")
        if parent is not None:
            parents[name] = parent
        properties = style.find(f"{W}pPr/{W}numPr")
        if properties is not None:
            numbering[name] = (_value(properties, "numId"), _integer(_value(properties, "ilvl"), 0))
    return Styles(numbering=numbering, parents=parents)


def read_lists(root: etree._Element | None) -> dict[str, List]:
    """The lists of word/numbering.xml by numId."""
    if root is None:
        return {}
    abstract = {str(element.get(f"{W}abstractNumId")): element for element in root.findall(f"{W}abstractNum")}
    by_style = {link: element for element in abstract.values() if (link := _value(element, "styleLink")) is not None}
    lists: dict[str, List] = {}
    for element in root.findall(f"{W}num"):
        number, target = element.get(f"{W}numId"), _value(element, "abstractNumId")
        definition = abstract.get(target or "")
        if number is None or target is None or definition is None:
            continue
        link = _value(definition, "numStyleLink")
        levels = _levels(by_style.get(link, definition) if link is not None else definition)
        starts: dict[int, int] = {}
        for override in element.findall(f"{W}lvlOverride"):
            index = _integer(override.get(f"{W}ilvl"), 0)
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[index] = _level(own)
            start = _value(override, "startOverride")
            if start is not None:
                starts[index] = _integer(start, 1)
        lists[number] = List(abstract=target, levels=levels, starts=starts)
    return lists


def style_levels(root: etree._Element | None) -> dict[tuple[str, str], int]:
    """The level that a list gives to a paragraph style, by (numId, style)."""
    if root is None:
        return {}
    tied: dict[str, dict[str, int]] = {}
    for element in root.findall(f"{W}abstractNum"):
        for level in element.findall(f"{W}lvl"):
            style = _value(level, "pStyle")
            if style is not None:
                name = str(element.get(f"{W}abstractNumId"))
                tied.setdefault(name, {})[style] = _integer(level.get(f"{W}ilvl"), 0)
    return {
        (str(number.get(f"{W}numId")), style): level
        for number in root.findall(f"{W}num")
        for style, level in tied.get(_value(number, "abstractNumId") or "", {}).items()
    }


class Counter:
    """Counts through a document: ask for every numbered paragraph in reading order, once."""

    def __init__(self, lists: Mapping[str, List]) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[tuple[str, int]] = set()

    def label(self, number: str, level: int) -> str:
        """The label of the next paragraph of a list at a level, "" where the list prints none."""
        found = self._lists.get(number)
        definition = found.levels.get(level) if found is not None else None
        if found is None or definition is None:
            return ""
        counts = self._counts.setdefault(found.abstract, {})
        if level in found.starts and (number, level) not in self._seen:
            counts[level] = found.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else definition.start
        self._seen.add((number, level))
        for deeper in [key for key in counts if key > level]:
            after = found.levels.get(deeper, Level()).restart_after
            if after is None or (after and level < after):
                del counts[deeper]
        return _printed(definition, found.levels, counts)


def _printed(definition: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    if definition.format == "bullet":
        # fonts of symbols put their signs anywhere; what matters is that it is a bullet
        return "+" if definition.text.strip() == "+" else "-"
    if definition.format == "none":
        return _PLACE.sub("", definition.text).strip()

    def place(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        level = levels.get(index, Level())
        count = counts.get(index, level.start)
        if definition.legal:
            return str(count)
        if level.format == "decimalZero":
            return f"{count:02d}"
        return numeral(count, _FORMATS.get(level.format, "decimal"))

    return _PLACE.sub(place, definition.text).strip()


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {_integer(level.get(f"{W}ilvl"), 0): _level(level) for level in abstract.findall(f"{W}lvl")[:_LEVELS]}


def _level(element: etree._Element) -> Level:
    restart = _value(element, "lvlRestart")
    legal = element.find(f"{W}isLgl")
    return Level(
        start=_integer(_value(element, "start"), 0),
        format=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "",
        legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
        restart_after=None if restart is None else _integer(restart, 0),
    )


def _value(element: etree._Element, child: str) -> str | None:
    found = element.find(f"{W}{child}")
    return None if found is None else found.get(f"{W}val")


def _integer(written: str | None, otherwise: int) -> int:
    try:
        return int(written) if written is not None else otherwise
    except ValueError:
        return otherwise
