"""Words that were torn apart, "ĐIỀ U KHO ẢN" for "ĐIỀU KHOẢN", as some programs take text out of a PDF.

Spaces are layout, as line breaks are: the letters stay as they stand in the source. Of 116 words that this joins in
4,300 statutes and the directives every one was torn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest import phrases
from ingest.misreadings import is_spelled
from ingest.phrases import EDGE, NUMBER, Phrases
from ingest.text import has_marks

_PIECE = re.compile(r"(?P<word>[^\W\d_]+)|(?P<number>\d[\d./,-]*)|[^\s\w]")
_MOST_PARTS = 3  # "nghi ệ p"
_KNOWN = 50  # times that a word stands in all texts, to be what was torn
_MORE = 20  # times as often as its parts it must stand in them, and its phrases as often as those of the parts
_ODD = 1000  # times below which a word may be a part of another
_PHRASE = 20  # times that it stands there beside a neighbour


@dataclass(frozen=True, slots=True, kw_only=True)
class _Torn:
    """Parts of a line, from `start` to `end`, that are a word."""

    line: int
    start: int
    end: int
    word: str


def joined(texts: Sequence[str]) -> dict[int, str]:
    """The lines that hold torn words, by place, with those joined.

    >>> joined(["ĐIỀ U KHO ẢN", "nhi ệm v ụ được giao"])
    {0: 'ĐIỀU KHOẢN', 1: 'nhiệm vụ được giao'}
    """
    known = phrases.shipped()
    found = [torn for line, text in enumerate(texts) for torn in _torn(line, text, known)]
    right: dict[int, str] = {}
    for torn in reversed(found):  # what stands left of a word keeps its place
        text = right.get(torn.line, texts[torn.line])
        right[torn.line] = text[: torn.start] + torn.word + text[torn.end :]
    return right


def _torn(line: int, text: str, known: Phrases) -> Iterator[_Torn]:
    """The words of a line that were torn and make a phrase with a neighbour, which may have been torn itself."""
    pieces = list(_PIECE.finditer(text))
    words: list[tuple[int, int]] = []  # the first of the pieces of each word, and how many
    at = 0
    while at < len(pieces):
        size = 1
        if at + 1 < len(pieces) and (_is_odd(pieces[at][0]) or _is_odd(pieces[at + 1][0])):
            size = next((n for n in range(_MOST_PARTS, 1, -1) if _is_word(pieces[at : at + n], n, text, known)), 1)
        words.append((at, size))
        at += size
    if len(words) == len(pieces):
        return
    ids = [EDGE, *(_id(_key(text, pieces[at : at + size]), known) for at, size in words), EDGE]
    for place, (at, size) in enumerate(words):
        before, id, after = ids[place : place + 3]
        if size == 1:
            continue
        parts = [known.id(phrases.key(piece[0])) for piece in pieces[at : at + size]]
        apart = [known.pair(*two) for two in pairwise(parts)]
        apart += [known.pair(*two) for two in ((before, parts[0]), (parts[-1], after)) if EDGE not in two]
        if max(known.pair(before, id), known.pair(id, after)) >= max(_PHRASE, _MORE * max(apart)):
            start, end = pieces[at].start(), pieces[at + size - 1].end()
            yield _Torn(line=line, start=start, end=end, word=text[start:end].replace(" ", ""))


@lru_cache(maxsize=20_000)
def _is_odd(word: str) -> bool:
    """Whether a word is none, or a rare one: of two parts of a word one is."""
    key = phrases.key(word)
    return not is_spelled(key) or phrases.shipped().times(key) < _ODD


def _is_word(pieces: Sequence[re.Match[str]], size: int, text: str, known: Phrases) -> bool:
    """Whether pieces with single spaces between them are a word, and all of them but one hardly any by themselves."""
    if len(pieces) < size or any(piece["word"] is None for piece in pieces):
        return False
    if pieces[-1].end() - pieces[0].start() - sum(len(piece[0]) for piece in pieces) != size - 1:
        return False
    whole = _key(text, pieces)
    times = known.times(whole)
    if not has_marks(whole) or times < _KNOWN or not is_spelled(whole):
        return False
    words = [phrases.key(piece[0]) for piece in pieces]
    if sum(not is_spelled(word) or known.times(word) * _MORE <= times for word in words) < size - 1:
        return False
    # a capital begins another word
    return pieces[0][0].isupper() or not any(piece[0][0].isupper() for piece in pieces[1:])


def _key(text: str, pieces: Sequence[re.Match[str]]) -> str:
    return phrases.key(text[pieces[0].start() : pieces[-1].end()].replace(" ", ""))


def _id(word: str, known: Phrases) -> int:
    return NUMBER if word[0].isdigit() else known.id(word) if word[0].isalpha() else EDGE
