"""Vietnamese text as words with their place in it: what the grammar of names reads.

A unit is one word of `ingest.agencies.words` ("phối hợp", "ủy ban nhân dân"), or one syllable that no word
there begins, or one mark of punctuation. Short forms (UBND, TP, MTTQ) are read as the long ones.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ingest.agencies import words
from ingest.text import fold, old_tones

_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+|[^\w\s]|_")
_DASHES = frozenset("–—‐‑−")
_DOTTED = frozenset(("tp", "vp", "ub"))  # short forms printed with a full stop: "TP. Huế", "VP.UBND"


class Case(IntEnum):
    LOWER = 0
    CAPITAL = 1
    UPPER = 2


class Gap(IntEnum):
    """What separates a unit from the one before."""

    NONE = 0
    SPACE = 1
    LINE = 2
    PARAGRAPH = 3


class Syllable(NamedTuple):
    key: str
    start: int
    end: int
    case: Case
    gap: Gap


class Unit(NamedTuple):
    """`first` and `last` are the indices of its syllables, half-open. `code` marks a part of a document number,
    `title` a word with a capital on every syllable ("Quy Nhơn", not "Quy định").
    """

    key: str
    start: int
    end: int
    case: Case
    gap: Gap
    first: int
    last: int
    code: bool
    title: bool


def _gap(between: str) -> Gap:
    if between == " ":
        return Gap.SPACE
    if not between:
        return Gap.NONE
    lines = between.count("\n")
    return Gap.PARAGRAPH if lines > 1 else Gap.LINE if lines else Gap.SPACE


def _case(surface: str) -> Case:
    if not surface[0].isupper():
        return Case.LOWER
    return Case.UPPER if surface.isupper() and sum(c.isalpha() for c in surface) > 1 else Case.CAPITAL


def syllables(text: str, *, bare: bool = False, short_forms: bool = True) -> list[Syllable]:
    """The syllables and marks of a text, short forms spelled out; with `bare`, keys carry no marks."""
    found: list[Syllable] = []
    end = 0
    for match in _TOKEN.finditer(text):
        surface = match[0]
        keys, case = _read(surface, bare, short_forms)
        start = match.start()
        gap = _gap(text[end:start])
        end = match.end()
        if surface == "." and gap is Gap.NONE and found and text[found[-1].start : start].lower() in _DOTTED:
            continue
        found.append(Syllable(keys[0], start, end, case, gap))
        if len(keys) > 1:
            found.extend(Syllable(key, start, end, case, Gap.SPACE) for key in keys[1:])
    return found


@lru_cache(maxsize=20_000)
def _read(surface: str, bare: bool, short_forms: bool) -> tuple[tuple[str, ...], Case]:
    if surface in _DASHES:
        return ("-",), Case.LOWER
    key = old_tones(surface).lower()
    long = words.SHORT_FORMS.get(key) if short_forms else None
    case = _case(surface)
    if long is None:
        return (fold(key) if bare else key,), case
    if case is Case.UPPER:
        case = Case.CAPITAL
    return tuple((fold(long) if bare else long).split()), case


_PLURAL = "các"


class Lexicon:
    """Words by their first syllable, longest first; with `bare`, known by their keys without marks."""

    def __init__(self, *, bare: bool) -> None:
        self._canonical: dict[str, str] = {}
        longest: dict[str, int] = {}
        for group in _LISTS:
            for word in group:
                key = fold(word) if bare else word
                self._canonical.setdefault(key, word)
                parts = key.split()
                longest[parts[0]] = max(longest.get(parts[0], 1), len(parts))
        self._longest = longest

    def word_at(self, syllables: list[Syllable], index: int) -> tuple[str, int]:
        """The canonical word that begins at a syllable, and the index after it.

        "các" leaves the next syllable to a word that reaches further: "các | cấp ủy", not "các cấp | ủy".
        """
        word, after = self._longest_at(syllables, index)
        if after - index > 1 and syllables[index].key == _PLURAL and self._longest_at(syllables, index + 1)[1] > after:
            return self._canonical.get(_PLURAL, _PLURAL), index + 1
        return word, after

    def _longest_at(self, syllables: list[Syllable], index: int) -> tuple[str, int]:
        key = syllables[index].key
        limit = min(self._longest.get(key, 0), len(syllables) - index)
        if limit > 1:
            keys = [key]
            for syllable in syllables[index + 1 : index + limit]:
                if syllable.gap is Gap.PARAGRAPH or (syllable.gap is Gap.NONE and syllable.key != "-"):
                    break
                keys.append(syllable.key)
            for length in range(len(keys), 1, -1):
                word = self._canonical.get(" ".join(keys[:length]))
                if word is not None:
                    return word, index + length
        return self._canonical.get(key, key), index + 1


# Where two words fold to the same key the first list wins.
_LISTS = (
    words.HEADS,
    words.LEVELS,
    words.PARENT_BODIES,
    words.HOLDERS,
    words.QUANTIFIERS,
    words.JOINTS,
    words.INERT,
    words.PROVINCES,
    words.CONCEPTS,
    words.GROUP_NOUNS,
    words.LOOSE_NOUNS,
    words.LIST_NOUNS,
    words.QUALIFIERS,
    words.VERBS,
    words.NAME_VERBS,
    words.PLACE_PREPOSITIONS,
    frozenset(
        words.read_words(
            "cấp; thuộc; trực thuộc; việt nam; khu vực; các cấp; chi nhánh; đóng; toàn; nhiệm vụ; là thành viên"
        )
    ),
)


def units(text: str, lexicon: Lexicon, *, bare: bool = False) -> tuple[list[Unit], list[Syllable]]:
    """The units of a text and the syllables they are made of."""
    parts = syllables(text, bare=bare)
    found: list[Unit] = []
    index = 0
    while index < len(parts):
        key, after = lexicon.word_at(parts, index)
        first = parts[index]
        title = first.case is not Case.LOWER
        if title and after > index + 1:
            title = all(part.case is not Case.LOWER for part in parts[index:after])
        found.append(Unit(key, first.start, parts[after - 1].end, first.case, first.gap, index, after, False, title))
        index = after
    _mark_codes(found, text)
    return found, parts


def _mark_codes(found: list[Unit], text: str) -> None:
    """Mark what stands in a document number ("285/KH-UBND", "UBND-NV"): it names no body."""
    for index, (left, right) in enumerate(pairwise(found)):
        if right.key not in ("/", "-") or right.gap is not Gap.NONE or index + 2 >= len(found):
            continue
        after = found[index + 2]
        if after.gap is not Gap.NONE:
            continue
        if not (_is_code(text[left.start : left.end]) and _is_code(text[after.start : after.end])):
            continue
        found[index] = left._replace(code=True)
        found[index + 2] = after._replace(code=True)


def _is_code(surface: str) -> bool:
    return surface.isdigit() or (surface[:1].isupper() and surface[-1:].isupper()) or surface == "TTr"
