"""English words to Vietnamese terms: a table that one can read and correct.

`weights/lexicon.tsv` is learned (english, term, probability; sorted by the bytes of its lines; the syllables
of a term are joined with "_"). `weights/lexicon.extra.tsv` is written by hand and wins: its keys may hold
several words, its Vietnamese is a phrase as people write it, and its third column, the share of a phrase, may
be left out. An English question becomes weighted terms of the word index (probabilistic structured queries,
Darwish & Oard 2003): each content word of the question carries the weight 1, shared among its translations.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from index.model import IndexFailure, Term
from index.words import numbers
from ingest.text import nfc, syllables

_STOP_WORDS = """
a about above according after again against all along also although always am among an and any anything are
as at be because been before being below between both but by can cannot could did do does doing done down
due during each either else etc ever every for from further get gets given gives had has have having he her
here hers him his how however i if in into is it its itself just let like made make makes many may me might
mine more most much must my near neither no nor not now of off often on once only onto or other others our
ours out over own per please put quite rather same shall she should since so some such than that the their
theirs them then there therefore these they thing things this those though through thus to too under until
up upon us very via was we well were what whatever when where whereas whether which while who whom whose why
will with within without would yes yet you your yours s t re ve ll d m don doesn isn aren
"""
ENGLISH_STOP_WORDS = frozenset(_STOP_WORDS.split())

Shares = tuple[tuple[str, float], ...]

_WORD = re.compile(r"[^\W_]+(?:[-'’/.][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
# A name that is also a word ("Par", "Index"): the word may be meant, or the name as it stands in the text.
_NAME_BESIDE_TRANSLATION = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A word of a question. `name` is set for capitals inside a sentence, acronyms and codes."""

    text: str
    name: bool


class Lexicon:
    """The learned table and the hand-written one above it."""

    def __init__(self, table: bytes, extra: Mapping[str, Shares]) -> None:
        """`table`: lines "english<TAB>term<TAB>probability", sorted by their bytes; `extra`: key → shares."""
        self._table = table
        self._extra = extra

    @classmethod
    def load(cls, folder: Path | None = None) -> Lexicon:
        """The lexicon in `folder`, by default the one that ships. Raises IndexFailure.

        The learned table stays as it is and is searched where it lies: loading takes milliseconds.
        """
        folder = folder or Path(str(files("index"))) / "weights"
        try:
            table = (folder / "lexicon.tsv").read_bytes()
            extra = (folder / "lexicon.extra.tsv").read_text(encoding="utf-8")
        except OSError as error:
            raise IndexFailure(
                f"no lexicon in {str(folder)!r}: install chidao again, or copy index/weights there"
            ) from error
        return cls(table, _hand_written(extra))

    def lookup(self, word: str) -> Shares:
        """The Vietnamese terms of an English word with their shares, or nothing.

        A word that is not listed is tried without its ending: studies → study, planned → plan. What is
        written by hand for "plan" also wins over what was learned for "plans".
        """
        forms = tuple(_forms(word.lower()))
        for form in forms:
            if form in self._extra:
                return self._extra[form]
        for form in forms:
            if learned := tuple(self._learned(form)):
                return learned
        return ()

    def translate(self, text: str) -> tuple[Term, ...]:
        """The weighted terms of the word index for an English question, heaviest first.

        The longest key wins. Codes, numbers and unknown words stay as they are with weight 1; so do names,
        beside their translation if they have one. Document numbers are added whole ("214/kh-ubnd").
        """
        weights: defaultdict[str, float] = defaultdict(float)
        for number in numbers(text):
            weights[number] += 1.0
        kept: list[str | None] = []
        words = list(_words(nfc(text)))
        at = 0
        while at < len(words):
            length, shares = self._longest(words[at:])
            content = [word for word in words[at : at + length] if word.text.lower() not in ENGLISH_STOP_WORDS]
            for term, share in shares:
                weights[term] += share * max(1, len(content))
            word = words[at]
            as_it_stands: str | None = None
            if length == 1 and content and (not shares or (word.name and word.text.lower() not in self._extra)):
                as_it_stands = word.text.lower()
                weights[as_it_stands] += _NAME_BESIDE_TRANSLATION if shares else 1.0
            kept.append(as_it_stands)
            at += length
        for first, second in pairwise(kept):
            if first and second:
                weights[f"{first}_{second}"] += 1.0
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Term(text=term, weight=round(weight, 4)) for term, weight in ranked)

    def _longest(self, words: Sequence[_Word]) -> tuple[int, Shares]:
        """How many words the longest key at the start takes, and its shares; (1, ()) without a key."""
        for length in range(min(self._most_words, len(words)), 1, -1):
            if shares := self._phrases.get(_stems(word.text.lower() for word in words[:length]), ()):
                return length, shares
        word = words[0].text.lower()
        untranslated = word in ENGLISH_STOP_WORDS or any(letter.isdigit() for letter in word)
        return 1, () if untranslated else self.lookup(word)

    @cached_property
    def _phrases(self) -> Mapping[str, Shares]:
        """The keys of several words, each word without its ending: "take the lead" also finds "taking the lead"."""
        return {_stems(key.split()): shares for key, shares in self._extra.items() if " " in key}

    @cached_property
    def _most_words(self) -> int:
        return max((key.count(" ") + 1 for key in self._phrases), default=1)

    def _learned(self, word: str) -> Iterator[tuple[str, float]]:
        key = f"{word}\t".encode()
        at = self._first(key)
        while self._table.startswith(key, at):
            end = self._table.find(b"\n", at)
            _, term, probability = self._table[at : len(self._table) if end < 0 else end].decode().split("\t")
            yield term, float(probability)
            at = end + 1

    def _first(self, key: bytes) -> int:
        """The offset of the first line that is not below `key` (a binary search over the lines)."""
        low, high = 0, len(self._table)
        while low < high:
            middle = (low + high) // 2
            start = self._table.rfind(b"\n", low, middle) + 1 or low
            end = self._table.find(b"\n", start)
            end = len(self._table) if end < 0 else end + 1
            if self._table[start:end] < key:
                low = end
            else:
                high = start
        return low


def _hand_written(text: str) -> dict[str, Shares]:
    """Lines "english<TAB>vietnamese phrase[<TAB>share]"; empty lines and lines that begin with # are skipped."""
    extra: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        try:
            key, phrase, share = (*fields, "1") if len(fields) == 2 else fields
            extra[" ".join(_keys(key))].extend(_spread(phrase, float(share)))
        except ValueError as error:
            raise IndexFailure(
                f"lexicon.extra.tsv, line {number}: {line!r} is not english<TAB>vietnamese[<TAB>share]"
            ) from error
    return {key: tuple(shares) for key, shares in extra.items()}


def _spread(phrase: str, share: float) -> Iterator[tuple[str, float]]:
    """A phrase as terms of the word index, its syllables and pairs of syllables, which share `share`."""
    single = syllables(phrase)
    terms = [*single, *(f"{first}_{second}" for first, second in pairwise(single))]
    yield from ((term, share / len(terms)) for term in terms)


def _keys(text: str) -> list[str]:
    return [word.text.lower() for word in _words(nfc(text))]


def _words(text: str) -> Iterator[_Word]:
    """The words of an English text; a word joined by hyphens is taken apart, a possessive 's falls off."""
    start_of_sentence = True
    for found in _WORD.finditer(text):
        for part in _PART.finditer(found[0]):
            word = part[0]
            code = any(c.isdigit() for c in word) or (len(word) > 1 and word.isupper())
            yield _Word(text=word, name=code or (word[0].isupper() and not start_of_sentence))
            start_of_sentence = False
        start_of_sentence = text[found.end() : found.end() + 1] in {".", "?", "!"}


def _stems(words: Iterable[str]) -> str:
    return " ".join(_stem(word) for word in words)


def _stem(word: str) -> str:
    """A word without its ending, only to compare with: issue, issues, issued, issuing → issu."""
    if word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word.removesuffix(ending)
    return word.removesuffix("e")


def _forms(word: str) -> Iterator[str]:
    """The word, then what it may be without its ending, likeliest first."""
    yield word
    if len(word) > 4 and word.endswith("ies"):
        yield f"{word[:-3]}y"
    if len(word) > 4 and word.endswith("es"):
        yield word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    for ending in ("ied", "ed", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        if ending == "ied":
            yield f"{stem}y"
        yield stem
        yield f"{stem}e"
        if stem[-1] == stem[-2]:
            yield stem[:-1]
