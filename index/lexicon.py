"""English words to Vietnamese terms: three tables that one can read and correct.

`weights/lexicon.tsv` is learned (english, term, probability; sorted by the bytes of its lines; the syllables
of a term are joined with "_"). `weights/lexicon.law.tsv`, terms of law and administration, is written by hand and
goes before it; `weights/lexicon.extra.tsv`, the words of directives and what an official corrects, takes the place
of both. The keys of these two may hold several words, their Vietnamese is a phrase as people write it, and the third
column, the share of a phrase, may be left out; the phrase "-" says that the word tells nothing of the subject. An
English question becomes weighted terms of the word index (probabilistic structured queries, Darwish & Oard 2003).
"""

from __future__ import annotations

import math
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
from ingest.text import nfc, one_away, syllables

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
"""Vietnamese terms or phrases, each with its share of what an English word or phrase may mean."""
SHIPPED = Path(str(files("index"))) / "weights"
_WRITTEN = ("lexicon.law.tsv", "lexicon.extra.tsv")
_NOTHING = "-"

_WORD = re.compile(r"[^\W_]+(?:[-'’/.][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
# A name that is also a word ("Par", "Index"): the word may be meant, or the name as it stands in the text.
_NAME_BESIDE_TRANSLATION = 0.5
# What is learned keeps beside what is written by hand for the same word. Measured over 627 training questions in
# English, words alone: 0 gives MRR@10 .468, .2 .481, .4 .487, .6 .487; XQuAD .841, .850, .854, .854.
_LEARNED = 0.35
# Shorter words are a letter away from too many others.
_LEAST_SLIP, _LEAST_CAPITAL_SLIP = 6, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A word of a question. `name` is set for capitals inside a sentence, acronyms and codes."""

    text: str
    name: bool


class Lexicon:
    """The learned table and the hand-written one above it."""

    def __init__(self, table: bytes, law: Mapping[str, Shares], corrections: Mapping[str, Shares]) -> None:
        """`table`: lines "english<TAB>term<TAB>probability", sorted by their bytes; the others: key → phrases."""
        self._table = table
        self._corrections = corrections
        self.written: Mapping[str, Shares] = {**law, **corrections}

    @classmethod
    def load(cls, folder: Path | None = None) -> Lexicon:
        """The lexicon in `folder`, by default the one that ships. Raises IndexFailure.

        The learned table stays as it is and is searched where it lies: loading takes milliseconds.
        """
        folder = folder or SHIPPED
        try:
            return cls((folder / "lexicon.tsv").read_bytes(), *(written(folder / name) for name in _WRITTEN))
        except OSError as error:
            raise IndexFailure(
                f"no lexicon in {str(folder)!r}: install chidao again, or copy index/weights there"
            ) from error

    def lookup(self, word: str) -> Shares:
        """The Vietnamese terms of an English word with their shares, which add up to 1, or nothing.

        A word that is not listed is tried without its ending: studies → study, planned → plan. What is written
        by hand for "plan" also counts for "plans". Beside a term of law what was learned keeps a part, for the
        senses that nobody wrote down; a correction stands alone.
        """
        forms = tuple(_forms(word.lower()))
        listed = next((form for form in forms if form in self.written), None)
        if listed is None:
            return next(filter(None, map(self._learned, forms)), ())
        by_hand = _spread(self.written[listed])
        if not by_hand or listed in self._corrections:
            return by_hand
        return _mixed(by_hand, next(filter(None, map(self._learned, forms)), ()))

    def translate(self, text: str) -> tuple[Term, ...]:
        """The weighted terms of the word index for an English question, heaviest first.

        The longest key wins; a word weighs 1, a phrase the root of its content words, shared among the terms of
        the translations. Codes, numbers and unknown words stay as they are with weight 1; so do names, beside
        their translation if they have one. Document numbers are added whole ("214/kh-ubnd").
        """
        weights: defaultdict[str, float] = defaultdict(float)
        for number in numbers(text):
            weights[number] += 1.0
        kept: list[str | None] = []
        words = list(_words(nfc(text)))
        at = 0
        while at < len(words):
            length, shares = self._longest(words[at:])
            content = [word for word in words[at : at + length] if not self._says_nothing(word)]
            for term, share in shares:
                weights[term] += share * math.sqrt(max(1, len(content)))
            word = words[at]
            as_it_stands: str | None = None
            if length == 1 and content and (not shares or (word.name and word.text.lower() not in self.written)):
                as_it_stands = word.text.lower()
                weights[as_it_stands] += _NAME_BESIDE_TRANSLATION if shares else 1.0
            kept.append(as_it_stands)
            at += length
        for first, second in pairwise(kept):
            if first and second:
                weights[f"{first}_{second}"] += 1.0
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Term(text=term, weight=round(weight, 4)) for term, weight in ranked)

    def _says_nothing(self, word: _Word) -> bool:
        text = word.text.lower()
        return text in ENGLISH_STOP_WORDS or (not word.name and self.written.get(text) == ())

    def respell(self, text: str) -> str:
        """The text with words that nobody listed as the only listed word that each may be a slip of.

        Short words and names stay: too many others are a letter away.

        >>> Lexicon.load().respell("the goverment's plan")
        "the government's plan"
        """
        return _PART.sub(lambda found: self._meant(found[0]), nfc(text))

    def _meant(self, word: str) -> str:
        typed = word.lower()
        least = _LEAST_SLIP if word == typed else _LEAST_CAPITAL_SLIP
        if len(word) < least or not (word.isascii() and word.isalpha()) or word.isupper() or self._is_listed(typed):
            return word
        near = [one for one in dict.fromkeys(one_away(typed)) if one in self.written or self._learned(one)]
        # What has a capital is a name, unless it is a word of law in one: "the Deparment of Finance".
        if len(near) != 1 or (word != typed and near[0] not in self.written):
            return word
        return near[0] if word == typed else near[0].capitalize()

    def _is_listed(self, word: str) -> bool:
        return word in ENGLISH_STOP_WORDS or any(form in self.written or self._learned(form) for form in _forms(word))

    def _longest(self, words: Sequence[_Word]) -> tuple[int, Shares]:
        """How many words the longest key at the start takes, and its shares; (1, ()) without a key."""
        for length in range(min(self._most_words, len(words)), 1, -1):
            if phrases := self._phrases.get(_stems(word.text.lower() for word in words[:length]), ()):
                return length, _spread(phrases)
        word = words[0].text.lower()
        untranslated = word in ENGLISH_STOP_WORDS or any(letter.isdigit() for letter in word)
        return 1, () if untranslated else self.lookup(word)

    @cached_property
    def _phrases(self) -> Mapping[str, Shares]:
        """The keys of several words, each word without its ending: "take the lead" also finds "taking the lead"."""
        return {_stems(key.split()): phrases for key, phrases in self.written.items() if " " in key}

    @cached_property
    def _most_words(self) -> int:
        return max((key.count(" ") + 1 for key in self._phrases), default=1)

    def _learned(self, word: str) -> Shares:
        """The line of the learned table for just this word; the shares add up to 1."""
        key = f"{word}\t".encode()
        at = self._first(key)
        found: list[tuple[str, float]] = []
        while self._table.startswith(key, at):
            end = self._table.find(b"\n", at)
            _, term, probability = self._table[at : len(self._table) if end < 0 else end].decode().split("\t")
            found.append((term, float(probability)))
            at = end + 1
        total = sum(probability for _, probability in found)
        return tuple((term, probability / total) for term, probability in found)

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


def written(file: Path) -> dict[str, Shares]:
    """What is written by hand: English words or phrases → Vietnamese phrases, none for a word that says nothing.

    Lines "english<TAB>vietnamese phrase[<TAB>share]"; empty lines and lines that begin with # are skipped.
    Raises OSError, and IndexFailure for a line that cannot be read.
    """
    phrases: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        try:
            english, phrase, share = (*fields, "1") if len(fields) == 2 else fields
            said = phrases[" ".join(_keys(english))]
            if phrase != _NOTHING:
                said.append((phrase, float(share)))
        except ValueError as error:
            raise IndexFailure(
                f"{file.name}, line {number}: {line!r} is not english<TAB>vietnamese[<TAB>share]"
            ) from error
    return {key: tuple(said) for key, said in phrases.items()}


def _spread(phrases: Shares) -> Shares:
    """Phrases as terms of the word index, their syllables and pairs of syllables, which share what a phrase has."""
    weights: defaultdict[str, float] = defaultdict(float)
    for phrase, share in phrases:
        single = syllables(phrase)
        terms = [*single, *(f"{first}_{second}" for first, second in pairwise(single))]
        for term in terms:
            weights[term] += share / len(terms)
    total = sum(weights.values())
    return tuple((term, weight / total) for term, weight in weights.items())


def _mixed(written: Shares, learned: Shares) -> Shares:
    """Both, the learned ones with their part, if there are any."""
    if not learned:
        return written
    weights: defaultdict[str, float] = defaultdict(float)
    for shares, part in ((written, 1 - _LEARNED), (learned, _LEARNED)):
        for term, share in shares:
            weights[term] += part * share
    return tuple(weights.items())


def _keys(text: str) -> list[str]:
    if text.isascii() and text.islower() and text.replace(" ", "").isalpha():
        return text.split()
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
