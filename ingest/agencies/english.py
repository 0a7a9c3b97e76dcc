"""Bodies named in English: registered names, and names built like them, with the place before or after.

The words are those of Thông tư 03/2009/TT-BNG: Ministry, Department, Division, People's Committee.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.agencies import words
from ingest.agencies.agency import Agency
from ingest.agencies.names import Names
from ingest.agencies.units import Case, Gap, Syllable, syllables
from ingest.agencies.words import read_words
from ingest.text import fold

_KINDS = read_words(
    """
    ministry; department; division; office; board; institute; centre; center; committee; council; commission;
    agency; authority; bureau; inspectorate; court; police; union; front; academy; school; hospital; bank
    """
)
_JOINTS = frozenset(("of", "for", "and", "the", "&", "-", ",", "'", "’", "s"))
_PLACE_KINDS = frozenset(("city", "province", "district", "ward", "commune", "town"))
_ARTICLES = frozenset(("the", "which", "what", "who", "does", "do", "is", "are", "must", "should", "did", "a", "an"))
_MAX_WORDS = 12


class EnglishName(NamedTuple):
    start: int
    end: int
    agency: Agency | None


class EnglishNames:
    """The English names of agencies, and where they stand in a question."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._names = Names((name, agency) for agency in agencies for name in (agency.en, *agency.en_aliases))
        self._provinces = {form for name in words.PROVINCES for form in (fold(name), fold(name).replace(" ", ""))}

    def find(self, text: str) -> Iterator[EnglishName]:
        """The bodies a question names, in order; offsets are of the text."""
        parts = syllables(text, short_forms=False)
        index = 0
        while index < len(parts):
            found = self._at(parts, index)
            if found is None:
                index += 1
                continue
            start, end, agency = found
            yield EnglishName(parts[start].start, parts[end - 1].end, agency)
            index = end

    def _at(self, parts: Sequence[Syllable], index: int) -> tuple[int, int, Agency | None] | None:
        name = self._place(parts, index) or index
        if parts[index].key in _ARTICLES:
            return None
        listed = self._names.match(parts, name, exact=True)
        if listed is not None:
            end = self._after(parts, listed[1])
            where = parts[index:name] or parts[listed[1] : end]
            return index, end, self._of_tier(where, parts[name : listed[1]]) or listed[0]
        if parts[index].case is Case.LOWER or name >= len(parts):
            return None
        built = self._built(parts, name)
        return (index, self._after(parts, built), None) if built is not None else None

    def _of_tier(self, where: Sequence[Syllable], name: Sequence[Syllable]) -> Agency | None:
        """The entry for the tier a place is of: "District 1 People's Committee" is a district's."""
        if not where:
            return None
        kind = next((part for part in where if part.key in _PLACE_KINDS), where[0]._replace(key="city"))
        found = self._names.match([kind, *name], 0, exact=True)
        return found[0] if found is not None and found[1] > len(name) else None

    def _place(self, parts: Sequence[Syllable], index: int) -> int | None:
        """The index after a place: "Hanoi", "Ho Chi Minh City", "District 1"."""
        for length in (3, 2, 1):
            keys = [part.key for part in parts[index : index + length]]
            if len(keys) == length and " ".join(fold(key) for key in keys) in self._provinces:
                end = index + length
                if end < len(parts) and parts[end].key in _PLACE_KINDS:
                    end += 1
                if end + 1 < len(parts) and parts[end].key in ("'", "’") and parts[end + 1].key == "s":
                    end += 2
                return end
        following = parts[index + 1] if index + 1 < len(parts) else None
        if parts[index].key in _PLACE_KINDS and following is not None and following.key.isdigit():
            return index + 2
        return None

    def _after(self, parts: Sequence[Syllable], end: int) -> int:
        """The index after "of Hanoi", "of District 1", "in Ho Chi Minh City"."""
        if end + 1 < len(parts) and parts[end].key in ("of", "in"):
            start = end + 2 if parts[end + 1].key == "the" else end + 1
            if start < len(parts):
                return self._place(parts, start) or end
        return end

    def _built(self, parts: Sequence[Syllable], index: int) -> int | None:
        """The end of a name that is not in the register: "Urban Management Division", "Department of Fisheries"."""
        end: int | None = None
        position = index
        while position < len(parts) and position - index < _MAX_WORDS and parts[position].gap is not Gap.PARAGRAPH:
            part = parts[position]
            capital = part.case is not Case.LOWER
            if not capital and part.key not in _JOINTS:
                break
            if capital and (end is not None or part.key in _KINDS):
                end = position + 1
            elif end is not None and part.key not in ("of", "for", "and", "&", ","):
                break
            position += 1
        alone = end == index + 1
        return None if alone else end
