"""The register of agencies: which body a name means, and every body that a text mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ingest.agencies import words
from ingest.agencies.agency import Agency, read_register
from ingest.agencies.english import EnglishNames
from ingest.agencies.grammar import Text, body
from ingest.agencies.mentions import Mention, mentions
from ingest.agencies.names import Names
from ingest.agencies.place import ending
from ingest.agencies.units import Lexicon, units
from ingest.model import Span
from ingest.text import fold, has_marks, nfc, squeeze

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_REMEMBERED = 20_000  # names
DATA_FILE = Path(__file__).parent.parent / "agencies.toml"
_TIERS = {"tỉnh": "cấp tỉnh", "huyện": "cấp huyện", "xã": "cấp xã", "các cấp": "các cấp"}


class Register:
    """Agencies in the order of the data file, and what reads their names."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.agencies = tuple(agencies)
        self._by_key = {agency.key: agency for agency in self.agencies}
        self._lexicon = Lexicon(bare=False)
        self._bare_lexicon = Lexicon(bare=True)
        self._english = EnglishNames(self.agencies)
        self._names = Names((name, agency) for agency in self.agencies for name in (agency.name, *agency.aliases))
        self._shorts = _shorts(self.agencies)
        self._by_name = _by_name(self.agencies)
        self._tiers = self._find_tiers()
        # The same few thousand printed names are compared again and again, by every question.
        self._parts = lru_cache(maxsize=_REMEMBERED)(self._read_parts)
        self._resolved = lru_cache(maxsize=_REMEMBERED)(self._resolve)

    @classmethod
    def load(cls, path: Path | None = None) -> Register:
        """Read the register's data file. Raises `BadRegister` with the entry and the remedy."""
        return cls(read_register(path or DATA_FILE))

    def find(self, text: str, abbreviations: Mapping[str, str] | None = None) -> tuple[Mention, ...]:
        """Every body or named group that Vietnamese text mentions: in order, longest first, none overlapping.

        `abbreviations` are those that the document defines; the ones that stand for a body count as its name.
        """
        return tuple(
            replace(mention, span=Span(start=mention.span.start + start, end=mention.span.end + start))
            for start, paragraph in _paragraphs(text)
            for mention in mentions(self._text(paragraph, abbreviations=abbreviations or {}))
        )

    def find_in_question(self, text: str) -> tuple[Mention, ...]:
        """Every body that a question mentions, as people type: with marks, without them, or in English.

        Heads may be lower case, abbreviations too ("snv"). The order and the spans are as in `find`.
        """
        if has_marks(text):
            return tuple(mentions(self._text(text, abbreviations={}, typed=True)))
        found = [
            Mention(
                span=Span(start=name.start, end=name.end),
                text=squeeze(nfc(text[name.start : name.end])),
                agency=name.agency,
                group=False,
                holder=None,
            )
            for name in self._english.find(text)
        ]
        for mention in mentions(self._text(text, abbreviations={}, typed=True, bare=True)):
            if all(mention.span.end <= other.span.start or other.span.end <= mention.span.start for other in found):
                found.append(mention)
        return tuple(sorted(found, key=lambda mention: mention.span.start))

    def resolve(self, name: str) -> Agency | None:
        """The agency of a name, alias, abbreviation or English name; marks, holder and place do not matter.

        Null for a name that is not in the register, and for a text that holds more than one name.
        """
        return self._resolved(name)

    def _resolve(self, name: str) -> Agency | None:
        listed = self._by_name.get(_plain(name))
        if listed is not None:
            return listed
        whole = self._whole(name)
        return whole.agency if whole is not None else None

    def same_body(self, a: str, b: str) -> bool:
        """Whether two printed names mean one office.

        The holder stands for the office, UBND is Ủy ban nhân dân, and a place that only one name has is
        ignored: "Giám đốc Sở Nội vụ" is "Sở Nội vụ Hà Nội". A successor is another office.
        """
        left, right = self._parts(a), self._parts(b)
        if not _same_place(left.place, right.place):
            return False
        if left.name == right.name:
            return True
        if left.agency is None or right.agency is None:
            return False
        return left.agency is right.agency

    def predecessors(self, agency: Agency) -> tuple[Agency, ...]:
        """The bodies whose work the agency took over, directly or through others, in the register's order."""
        keys = {agency.key}
        grown = True
        while grown:
            more = {known.key for known in self.agencies if known.successor in keys} - keys
            grown = bool(more)
            keys |= more
        return tuple(known for known in self.agencies if known.key in keys and known is not agency)

    def _text(self, text: str, *, abbreviations: Mapping[str, str], typed: bool = False, bare: bool = False) -> Text:
        found, syllables = units(text, self._bare_lexicon if bare else self._lexicon, bare=bare)
        plain = Text(text, found, syllables, self._names, self._shorts, {}, self._tiers, body, typed, bare)
        if not abbreviations:
            return plain
        defined: dict[str, Agency | None] = {}
        for short, name in abbreviations.items():
            whole = self._text(squeeze(nfc(name)), abbreviations={}, typed=True)
            named = body(whole, 0) if whole.units else None
            if named is not None and named.end == len(whole.units):
                defined[short] = named.agency
        return Text(text, found, syllables, self._names, self._shorts, defined, self._tiers, body, typed, bare)

    def _whole(self, name: str) -> Mention | None:
        """The mention that is the whole text, articles and punctuation aside."""
        found = self.find_in_question(name)
        if len(found) != 1:
            return None
        rest = name[: found[0].span.start] + " " + name[found[0].span.end :]
        return found[0] if _plain(rest) in ("", "the") else None

    def _read_parts(self, name: str) -> _Parts:
        whole = self._whole(name)
        printed = whole.body if whole is not None else name
        bare = not has_marks(printed)
        found, _ = units(printed, self._bare_lexicon if bare else self._lexicon, bare=bare)
        split = ending(found, bare=bare)
        keys = [unit.key for unit in found if unit.key[0].isalnum() and unit.key not in ("các", "những")]
        tail = [unit.key for unit in found[split:] if unit.key[0].isalnum()]
        head = keys[: len(keys) - len(tail)] if tail else keys
        return _Parts(fold(" ".join(head)), fold(" ".join(tail)), self.resolve(name))

    def _find_tiers(self) -> dict[tuple[str, str], Agency]:
        named = {squeeze(agency.name).lower(): agency for agency in self.agencies}
        tiers: dict[tuple[str, str], Agency] = {}
        for head in (words.UBND, words.HDND):
            for tier, suffix in _TIERS.items():
                agency = named.get(f"{head} {suffix}")
                if agency is not None:
                    tiers[head, tier] = agency
        for tier in ("tỉnh", "huyện", "xã"):
            police = named.get(f"công an {tier}")
            if police is not None:
                tiers["công an", tier] = police
        return tiers


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The parts that blank lines separate, with where they begin: no name runs on from one to the next."""
    start = 0
    for gap in _BLANK_LINE.finditer(text):
        yield start, text[start : gap.start()]
        start = gap.end()
    yield start, text[start:]


def _shorts(agencies: Iterable[Agency]) -> dict[str, Agency]:
    """Abbreviations in capitals without marks of punctuation, a space after the head: "STC", "SỞ TTTT"."""
    shorts: dict[str, Agency] = {}
    for agency in agencies:
        for short in agency.abbreviations:
            head, _, rest = short.partition(" ")
            if rest and head.lower() in words.HEADS:
                key = fold(head).upper() + " " + _capitals(rest)
            else:
                key = _capitals(short)
            shorts.setdefault(key, agency)
    return shorts


def _capitals(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum()).upper()


def _by_name(agencies: Iterable[Agency]) -> dict[str, Agency]:
    """Every name without marks and punctuation; the first entry that has it wins."""
    names: dict[str, Agency] = {}
    for agency in agencies:
        for name in (agency.name, *agency.aliases, *agency.abbreviations, agency.en, *agency.en_aliases):
            names.setdefault(_plain(name), agency)
    return names


def _plain(name: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


class _Parts(NamedTuple):
    """A printed name taken apart: its words and its place without marks, and its entry."""

    name: str
    place: str
    agency: Agency | None


def _same_place(left: str, right: str) -> bool:
    """Whether two places can be one: "thành phố" and "thành phố Hà Nội", "Hà Nội" and none."""
    if not left or not right or left == right:
        return True
    short, long = sorted((left, right), key=len)
    return long.startswith(short + " ") or long.endswith(" " + short)
