"""How much of what a question asks about a clause speaks of.

Every content word of the question is a need; a need is met by any of its renderings (a syllable pair, a translation).
Needs weigh by how rare they are in the index, so that "Papi" counts for more than "cải cách".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from index.lexicon import ENGLISH_STOP_WORDS, Lexicon
from index.model import Query
from index.query import QUESTION_WORDS
from index.topics import Topic
from ingest.text import fold, has_marks, syllables

_FOLDED_QUESTION_WORDS = frozenset(map(fold, QUESTION_WORDS))
_ENGLISH_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_WINDOW = 3  # sentences that are read together
_WEAK = 0.3  # a rendering this much less likely than the best still counts, by its share


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing a clause should speak of: renderings with their strength (the best, 1, first), and its weight."""

    renderings: tuple[tuple[str, float], ...]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a question is about. `folded` says that it is compared without marks."""

    needs: tuple[Need, ...]
    folded: bool

    def met(self, text: str) -> float:
        """The share of the needs that a text meets, from 0 to 1; 1 when the question has no content words."""
        return self.share(self.terms(text))

    def nearby(self, sentences: Sequence[Set[str]], beside: Set[str] = frozenset()) -> float:
        """The share that the best few neighbouring sentences meet, given as their terms; `beside` is read with each.

        A long clause does not answer by its length.
        """
        windows = [set(beside).union(*sentences[i : i + _WINDOW]) for i in range(max(1, len(sentences) - _WINDOW + 1))]
        return max(map(self.share, windows))

    def beyond(self, text: str) -> Needs:
        """The needs that a text leaves open."""
        present = self.terms(text)
        left = tuple(need for need in self.needs if not any(term in present for term, _ in need.renderings))
        return Needs(needs=left, folded=self.folded)

    def terms(self, text: str) -> set[str]:
        """The syllables of a text and their neighbouring pairs, as needs are rendered."""
        single = syllables(fold(text) if self.folded else text)
        return {*single, *map("_".join, pairwise(single))}

    def share(self, present: Set[str]) -> float:
        """The share of the needs that terms meet."""
        total = held = 0.0
        for need in self.needs:
            total += need.weight
            for term, strength in need.renderings:
                if term in present:
                    held += need.weight * strength
                    break
        return held / total if total else 1.0


def needs(
    query: Query,
    *,
    lexicon: Lexicon,
    rarity: Callable[[str, bool], float],
    abbreviations: Mapping[str, str],
    subject: str,
    topics: Sequence[Topic] = (),
) -> Needs:
    """The needs of a question. `rarity(term, folded)` is the inverse document frequency of a term in the index.

    `subject` is the question without what is judged in another way (bodies, days). An abbreviation is met by
    itself or by what it stands for. `topics` are what it asks about in everyday words.
    """
    if query.language == "en":
        folded, found = False, _english(subject, lexicon, rarity)
    else:
        folded = not has_marks(query.text)
        spelled = {short.lower(): long for short, long in abbreviations.items()}
        found = _vietnamese(subject, rarity, spelled, folded=folded)
    return Needs(needs=(*found, *(_headed(topic, rarity, folded=folded) for topic in topics)), folded=folded)


def _headed(topic: Topic, rarity: Callable[[str, bool], float], *, folded: bool) -> Need:
    """A topic is met by any of the headings under which documents treat it."""
    terms = [fold(term.text) if folded else term.text for term in topic.terms]
    return Need(renderings=tuple((term, 1.0) for term in terms), weight=max(rarity(term, folded) for term in terms))


def _vietnamese(
    text: str, rarity: Callable[[str, bool], float], spelled: Mapping[str, str], *, folded: bool
) -> list[Need]:
    stop = _FOLDED_QUESTION_WORDS if folded else QUESTION_WORDS
    spelled = {fold(short): fold(long) for short, long in spelled.items()} if folded else spelled
    found: dict[str, Need] = {}
    for phrase in re.split(r"[;,.:?!()“”\"]", text):
        single = syllables(fold(phrase) if folded else phrase)
        for term in [*single, *(f"{a}_{b}" for a, b in pairwise(single))]:
            if term in spelled:
                long = syllables(spelled[term])
                pairs = [f"{a}_{b}" for a, b in pairwise(long)]
                found[term] = Need(
                    renderings=((term, 1.0), *((pair, 1.0) for pair in pairs)),
                    weight=min(rarity(pair, folded) for pair in pairs),
                )
            elif not any(part in spelled for part in term.split("_")) and not any(p in stop for p in term.split("_")):
                found[term] = Need(renderings=((term, 1.0),), weight=rarity(term, folded))
    return list(found.values())


def _english(text: str, lexicon: Lexicon, rarity: Callable[[str, bool], float]) -> list[Need]:
    found: dict[str, Need] = {}
    for word in _ENGLISH_WORD.findall(text):
        if word.lower() in ENGLISH_STOP_WORDS or word.lower() in found:
            continue
        terms = [term for term in lexicon.translate(word) if term.weight > 0]
        best = max((term.weight for term in terms), default=0.0)
        if best:
            likely = sorted(terms, key=lambda term: -term.weight)
            renderings = tuple((t.text, t.weight / best) for t in likely if t.weight >= _WEAK * best)
            weight = min(rarity(term, False) for term, _ in renderings)
            found[word.lower()] = Need(renderings=renderings, weight=weight)
    return list(found.values())
