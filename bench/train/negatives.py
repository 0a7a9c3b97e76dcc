"""Hard negatives: for the left text of a pair, another right one that shares its words and is not its partner.

In a batch drawn at random every wrong answer is about something else; a question of a citizen has wrong answers
that speak of the same matter. The word index finds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.train.data import Pair
from index.model import Query, Term
from index.words import Indexed, Words, write
from ingest.text import syllables

# Looked at for each left text. What is almost as good a partner as the true one may well be another true one.
_FOUND = 30
_MOST_OF_TRUE = 0.9
_MOST_SYLLABLES = 40


def mined(pairs: Sequence[Pair], rng: Random) -> list[Pair]:
    """The same pairs, each with a wrong right text that words alone find for its left one; the order is kept.

    One is drawn among those that score at most 90 % of the true one; where there is none, any other text is.
    """
    with TemporaryDirectory() as folder:
        index = Path(folder)
        write(
            index,
            added=(Indexed(passage=at, document=at, text=pair.right, context="") for at, pair in enumerate(pairs)),
        )
        words = Words.open(index)
        wrong = [_wrong(words, pair, at, len(pairs), rng) for at, pair in enumerate(pairs)]
    return [replace(pair, wrong=pairs[other].right) for pair, other in zip(pairs, wrong, strict=True)]


def _wrong(words: Words, pair: Pair, at: int, count: int, rng: Random) -> int:
    found = words.search(_query(pair.left), limit=_FOUND)
    true = next((score for key, score in found if key == at), 0.0)
    wrong = [key for key, score in found if key != at and score <= _MOST_OF_TRUE * true]
    return rng.choice(wrong) if wrong else (at + rng.randrange(1, count)) % count


def _query(text: str) -> Query:
    return Query(text=text, language="vi", exact=tuple(_terms(text)), folded=())


def _terms(text: str) -> Iterator[Term]:
    single = syllables(text)[:_MOST_SYLLABLES]
    for term in dict.fromkeys((*single, *(f"{first}_{second}" for first, second in pairwise(single)))):
        yield Term(text=term)
