"""Letters that a scan or a careless typist got wrong, read as they were meant: "đúne" as "đúng", "181/KH-ƯBND".

A correction puts one letter in the place of another, so that every offset stays: what is found in the text as it was
meant stands at the same place in the text as it is printed, and that is what is quoted. Only what is certain is
corrected: a wrong correction is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce

from ingest import phrases
from ingest.model import Span
from ingest.phrases import Phrases, Token, is_number, is_word, tokens
from ingest.read.vietnamese import is_syllable
from ingest.text import LOWER, UPPER, fold, has_marks

# Cyrillic and Greek letters that are drawn as Latin ones.
_LOOKS_LIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",  # they are meant
    "ABESIJKMHOPCTYXaesijopcyxdhABEZHIKMNOPTYXo",
)
_OTHER_ALPHABET = re.compile("[\u0370-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")
_PIECE = re.compile(r"\S+")

# Letters that stand where only figures can: in a day, in a year after its name, in a number before its symbol.
_FIGURES_FOR = str.maketrans("OoOoIl|", "0000111")
_FIGURE = r"[\dOoIl|]"
_DAY = re.compile(
    rf"(?<![\w/.,-])(?P<day>{_FIGURE}{{1,2}})(?P<sign>[/.-])(?P<month>{_FIGURE}{{1,2}})(?P=sign)"
    rf"(?P<year>{_FIGURE}{{4}})(?![\w/])"  # O5/6/2O22
)
_WRITTEN_DAY = re.compile(
    rf"\bngày\s+(?P<day>{_FIGURE}{{1,2}})\s+tháng\s+(?P<month>{_FIGURE}{{1,2}})\s+năm\s+(?P<year>{_FIGURE}{{4}})\b",
    re.IGNORECASE,
)
_SERIAL = re.compile(rf"(?<![\w/.,-]){_FIGURE}{{2,5}}(?=\s?/\s?(?:(?:19|20)\d\d\s?/\s?)?[A-ZĐ]{{2}})")  # 1O5/KH-UBND
_REAL_FIGURES = 2  # of a day with its year, at least
_DIGIT = re.compile(r"\d")

# An abbreviation in capitals: "ƯBND", "HĐND". Shorter ones differ by a mark from one another.
_SHORT = re.compile(rf"(?<!\w)[{UPPER}]{{4,8}}(?!\w)")
_SHORT_TIMES = 100
_VOWEL = re.compile("[aeiouy]")
_SHORT_VOWELS = 1  # more make a word: "QUYET"

# What a phrase must weigh to be certain. Measured over a million words of statutes that were left out of the counts:
# every correction that these give there mends a misprint.
_KNOWN = 50  # times that a word stands in all texts, to be what was meant
_RARE = 3  # times below which a word is no word
_LESS = 200  # times as often as what is printed
_OTHER = 20  # times as often as the next reading
_PAIR, _MARKED_PAIR, _LONE_PAIR = 20, 50, 500
_TRIPLE, _LONE_TRIPLE = 20, 100
_SUSPECT = phrases.MOST_TIMES // _LESS

_LETTERS = "abcdeghiklmnopqrstuvxy" + LOWER.removeprefix("a-z")
_STOPPED = re.compile(r"(?:[cpt]|ch)$")
_REMEMBERED = 20_000  # words
_SHARP = re.compile("[\u0301\u0323]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A word of a text as it is printed, and as it was meant."""

    span: Span
    printed: str
    meant: str


def meant(text: str) -> str:
    """A text as it was meant: as long as it is printed, letter for letter.

    >>> meant("bảo đảm kịp thời, đúne quy định")
    'bảo đảm kịp thời, đúng quy định'
    """
    return reduce(lambda so_far, step: step(so_far), STEPS, text)


def recognised(text: str) -> str:
    """What was recognised on a page, as it was meant: its lines are broken anywhere."""
    if "\0" in text:
        return text
    read = meant(text.replace("\n", " "))
    return "".join("\n" if printed == "\n" else letter for printed, letter in zip(text, read, strict=True))


def all_meant(texts: Sequence[str]) -> list[str]:
    """The same for many texts, in one pass."""
    if not texts or any("\0" in text for text in texts):
        return [meant(text) for text in texts]
    return meant("\0".join(texts)).split("\0")


def corrections(text: str) -> tuple[Correction, ...]:
    """What `meant` changes, word by word."""
    return tuple(changes(text, meant(text)))


def changes(printed: str, meant: str) -> Iterator[Correction]:
    """The words in which a text as it was meant differs from what is printed."""
    if printed == meant:
        return
    for found in _PIECE.finditer(printed):
        start, end = found.span()
        if found[0] != meant[start:end]:
            yield Correction(span=Span(start=start, end=end), printed=found[0], meant=meant[start:end])


def latin_letters(text: str) -> str:
    """Cyrillic and Greek letters in Vietnamese words: "cơ quаn" with a Cyrillic "а"."""
    if not _OTHER_ALPHABET.search(text):
        return text
    return _WORD.sub(_in_latin, text)


def _in_latin(found: re.Match[str]) -> str:
    """A word of two alphabets in one of them; a word that is all Cyrillic or Greek may be a foreign one."""
    word = found[0]
    if not _OTHER_ALPHABET.search(word):
        return word
    latin = word.translate(_LOOKS_LIKE)
    mixed = any("LATIN" in unicodedata.name(letter, "") for letter in word)
    return latin if mixed and not _OTHER_ALPHABET.search(latin) else word


def figures(text: str) -> str:
    """Letters read for figures in days and in numbers of documents: "O5/6/2O22", "1O5/KH-UBND"."""
    for shape in (_DAY, _WRITTEN_DAY):
        text = shape.sub(_day, text)
    return _SERIAL.sub(lambda found: _in_figures(found[0]) if _DIGIT.search(found[0]) else found[0], text)


def _in_figures(printed: str) -> str:
    return printed.translate(_FIGURES_FOR)


def _day(found: re.Match[str]) -> str:
    """A day in figures, where that is a day of the calendar and enough of its figures are figures."""
    parts = ("day", "month", "year")
    if sum(len(_DIGIT.findall(found[part])) for part in parts) < _REAL_FIGURES:
        return found[0]
    try:
        date(*(int(_in_figures(found[part])) for part in reversed(parts)))
    except ValueError:
        return found[0]
    written = list(found[0])
    for part in parts:
        start, end = (place - found.start() for place in found.span(part))
        written[start:end] = _in_figures(found[part])
    return "".join(written)


def short_names(text: str) -> str:
    """Abbreviations with a wrong mark that are known without it or with another: "ƯBND"."""
    return _SHORT.sub(lambda found: _short(found[0]), text)


@lru_cache(maxsize=_REMEMBERED)
def _short(printed: str) -> str:
    word = printed.lower()
    known = phrases.shipped()
    if len(_VOWEL.findall(fold(word))) > _SHORT_VOWELS or is_syllable(fold(word)) or not has_marks(printed):
        return printed
    if known.times(word) * _LESS > _SHORT_TIMES:
        return printed
    found = [
        other for other in _one_letter_off(word) if fold(other) == fold(word) and known.times(other) >= _SHORT_TIMES
    ]
    return found[0].upper() if len(found) == 1 else printed


def syllables(text: str) -> str:
    """Words that are none, or that never stand where they are printed, where one letter makes a common phrase."""
    known = phrases.shipped()
    row = list(tokens(f"\n{phrases.key(text)}\n"))
    written = list(text)
    for place in _suspects(row, known):
        around = row[place - 1 : place + 2]
        # the row begins with a line end that the text has not
        printed = [text[max(0, token.start() - 1) : token.end() - 1] for token in around]
        other = _certain(printed, around, known)
        if other is not None:
            written[row[place].start() - 1 : row[place].end() - 1] = other
    return "".join(written)


STEPS: tuple[Callable[[str], str], ...] = (latin_letters, figures, short_names, syllables)


def _suspects(row: Sequence[Token], known: Phrases) -> Iterator[int]:
    """The words that seldom stand beside both of their neighbours."""
    import numpy as np

    times = known.pair_times(np.array([known.id_of(token) for token in row], dtype=np.int64))
    seldom = np.flatnonzero((times[:-1] <= _SUSPECT) & (times[1:] <= _SUSPECT)) + 1
    return (place for place in seldom.tolist() if is_word(row[place]) and len(row[place][0]) > 1)


def _certain(printed: Sequence[str], around: Sequence[Token], known: Phrases) -> str | None:
    """What was meant by the middle one of three words; None where that is not certain. `around` is in lower case."""
    left, token, right = around
    neighbours = [text for text, other in zip(printed, around, strict=True) if is_word(other) and other is not token]
    if not neighbours or not any(has_marks(word) for word in printed):
        return None  # text that is typed without marks has other words
    capitals = printed[1].isupper()
    if not (printed[1].islower() or (capitals and all(word.isupper() for word in neighbours))):
        return None  # a name
    word = token[0]
    times, spelled = known.times(word), is_spelled(word)
    lone = not all(is_word(other) or is_number(other) for other in (left, right))
    if lone and spelled:
        return None  # a rare word proves little beside one other
    if capitals and spelled and times:
        return None  # names stand in capitals
    before, id, after = (known.id_of(other) for other in around)
    seen = known.pair(before, id), known.pair(id, after)
    if times >= _RARE and all(seen):
        return None  # a rare phrase
    best = _best(word, before, after, known)
    if best is None or (spelled and fold(best) != fold(word)):
        return None  # a rare word differs from a common one by more than marks
    meant = known.id(best)
    fits = known.pair(before, meant), known.pair(meant, after)
    triple = known.triple(before, meant, after)
    if min(fits) < (_LONE_PAIR if lone else _MARKED_PAIR if spelled else _PAIR):
        return None
    if triple < max(_LONE_TRIPLE if lone else _TRIPLE, _LESS * known.triple(before, id, after)):
        return None
    if any(fit < _LESS * times for fit, times in zip(fits, seen, strict=True)):
        return None
    return best.upper() if capitals else best


def _best(word: str, before: int, after: int, known: Phrases) -> str | None:
    """The word one letter off that stands far more often than any other between these two."""
    weighed = sorted(
        (
            (min(known.pair(before, id), known.pair(id, after)), other)
            for other in _one_letter_off(word)
            if known.times(other) >= _KNOWN and is_spelled(other) and (id := known.id(other))
        ),
        reverse=True,
    )[:2]
    if not weighed or (len(weighed) > 1 and weighed[1][0] * _OTHER > weighed[0][0]):
        return None
    return weighed[0][1]


@lru_cache(maxsize=_REMEMBERED)
def _one_letter_off(word: str) -> tuple[str, ...]:
    """Every way to put another letter in one place of a word."""
    return tuple(
        word[:place] + letter + word[place + 1 :]
        for place in range(len(word))
        for letter in _LETTERS
        if letter != word[place]
    )


@lru_cache(maxsize=_REMEMBERED)
def is_spelled(word: str) -> bool:
    """Whether a word is a syllable with a tone that it can have: before c, ch, p, t only sắc and nặng."""
    if not is_syllable(word):
        return False
    return not _STOPPED.search(fold(word)) or _SHARP.search(unicodedata.normalize("NFD", word)) is not None
