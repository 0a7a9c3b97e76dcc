"""Vietnamese into English word for word, with the hand-written terms of the lexicon: to learn English questions from.

Nobody has asked the statutes anything in English, but every article has a heading, and some a question. To a model
that only adds up token vectors, the order and the small words of a sentence mean nothing: "judicial expertise
agricultural sector rules" teaches it as much as a translation would.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bench.train.data import Pair
from ingest.text import syllables

_LEAST_WORDS = 3


class Interpreter:
    """The longest term wins; of several renderings one is drawn; what is no term is left out."""

    def __init__(self, renderings: Mapping[tuple[str, ...], Sequence[str]], rng: random.Random) -> None:
        """`renderings`: the syllables of a Vietnamese term → English."""
        self._renderings = renderings
        self._longest = max(map(len, renderings), default=0)
        self._rng = rng

    @classmethod
    def of(cls, terms: Iterable[Pair], rng: random.Random) -> Interpreter:
        """From pairs of an English and a Vietnamese term."""
        renderings: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for term in terms:
            if key := tuple(syllables(term.right)):
                renderings[key].append(term.left)
        return cls(renderings, rng)

    def __call__(self, text: str) -> str:
        single = syllables(text)
        said: list[str] = []
        at = 0
        while at < len(single):
            for length in range(min(self._longest, len(single) - at), 0, -1):
                if english := self._renderings.get(tuple(single[at : at + length])):
                    said.append(self._rng.choice(english))
                    break
            else:
                length = 1
            at += length
        return " ".join(said)

    def pairs(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Pairs of Vietnamese texts with the left one in English, where enough of it could be said."""
        interpreted = (replace(pair, left=self(pair.left)) for pair in pairs)
        return [pair for pair in interpreted if len(pair.left.split()) >= _LEAST_WORDS]
