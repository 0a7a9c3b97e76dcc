"""Whether text is Vietnamese at all: the syllable is the measure, not the length.

A syllable is an onset and a rhyme; tone marks are taken off before looking. OCR layers without marks, lost
font maps and TCVN3 read as Latin letters ("Céng hßa x· héi") fail on it, names and abbreviations do little
harm.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SYLLABLE = re.compile(
    r"""
    (?: ngh? | nh | gh | gi | kh | ph | th | tr | ch | qu | [bcdđghklmnprstvx] )?
    (?: a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)? | ă(?:c|m|n|ng|p|t) | â(?:c|m|n|ng|p|t|u|y)
      | e(?:c|m|n|ng|o|p|t)? | ê(?:ch|m|n|ng|nh|p|t|u)?
      | i(?:a|ch|m|n|nh|p|t|u)? | iê(?:c|m|n|ng|p|t|u)
      | o(?:c|i|m|n|ng|p|t)? | oa(?:c|ch|i|m|n|ng|nh|o|p|t|y)? | oă(?:m|n|ng|c|t) | oe(?:n|o|t)? | oo(?:c|ng)
      | ô(?:c|i|m|n|ng|p|t)? | ơ(?:i|m|n|p|t)?
      | u(?:a|c|i|m|n|ng|ơ|p|t)? | uâ(?:n|ng|t|y) | uê(?:ch|nh)? | uô(?:c|i|m|n|ng|t)
      | uy(?:a|ch|nh|p|t|u)? | uyê(?:n|t)
      | ư(?:a|c|i|m|n|ng|t|u)? | ươ(?:c|i|m|n|ng|p|t|u)
      | y | yê(?:m|n|ng|t|u) )
    | gi
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\W\d_]+")

_ENGLISH = frozenset({"the", "of", "and", "to", "in", "for", "is", "by"})


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word has the shape of a Vietnamese syllable, with or without its tone mark."""
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", word))
    if tones > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Counts over the words of a text. A marked word holds a letter outside a–z ("của", "độ")."""

    words: int
    syllables: int
    marked: int
    marked_syllables: int
    english: int

    @property
    def vietnamese(self) -> bool:
        """Words with marks are common, as in any Vietnamese text, and most of them are syllables."""
        return self.marked_syllables >= 0.3 * self.words and self.syllables >= 0.6 * self.words

    @property
    def garbled(self) -> bool:
        """Marked letters are common, yet make no syllables: a lost font map or a legacy encoding."""
        return self.marked >= 0.2 * self.words and self.marked_syllables < 0.6 * self.marked

    @property
    def other_language(self) -> bool:
        """English function words: a translation or an annex in English, and no damage."""
        return self.english >= 0.08 * self.words


def measure(text: str) -> Measure:
    """Counts the words of a text and how many of them can be Vietnamese."""
    words = syllables = marked = marked_syllables = english = 0
    known: dict[str, bool] = {}
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        words += 1
        if word not in known:
            known[word] = is_syllable(word)
        syllables += known[word]
        english += word.lower() in _ENGLISH
        if not word.isascii():
            marked += 1
            marked_syllables += known[word]
    return Measure(words=words, syllables=syllables, marked=marked, marked_syllables=marked_syllables, english=english)
