"""Learns the lexicon that turns an English question into Vietnamese terms of the word index.

    python -m bench.train.lexicon --data ../shared/data --out index/weights/lexicon.tsv

IBM Model 1 (Brown et al. 1993): which Vietnamese terms does each English word explain, given sentences and
their translations? The terms are what the word index holds, syllables and pairs of adjacent syllables, so a
compound ("hành_chính") is learned beside its parts.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from bench.train import data as corpus
from index.lexicon import ENGLISH_STOP_WORDS
from ingest.text import nfc, syllables

ROUNDS = 4
LEAST_TOGETHER = 3
LEAST_PROBABILITY = 0.02
MOST_TRANSLATIONS = 8
MOST_WORDS = 60
MOST_TERMS = 160

# How often a source counts: the closer to what officials write, the more.
WEIGHTS = {"legal_statutes_mt": 3, "songngu_news": 2, "dict_vi_en": 2, "govuk": 2}
GLOSSARY_WEIGHT = 10

_VIETNAMESE_STOP_WORDS = """
à ạ ấy bị bởi các cái cho chứ có còn của cũng dù đã đang đây để đến đó được gì hay hoặc hãy khi là mà mọi nào nay
này nếu những như nhưng nó phải rằng rất rồi sẽ thì trong trên tuy và vào vẫn vậy về vì với
"""
VIETNAMESE_STOP_WORDS = frozenset(_VIETNAMESE_STOP_WORDS.split())

Ids = NDArray[np.int32]
_ENGLISH = re.compile(r"[^\W_]+")
_UNALIGNED = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One language of all sentence pairs, as ids: sentence i is `ids[starts[i]:starts[i + 1]]`."""

    ids: Ids
    starts: NDArray[np.int64]
    words: Sequence[str]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--data", type=Path, required=True, help="the folder with train/ and glossary/")
    options.add_argument("--out", type=Path, required=True, help="the file the lexicon is written to")
    given = options.parse_args()

    pairs, weights = sentences(given.data)
    english = number(([_UNALIGNED, *english_words(pair.left)] for pair in pairs), most=MOST_WORDS)
    vietnamese = number((vietnamese_terms(pair.right) for pair in pairs), most=MOST_TERMS)
    print(f"{len(pairs):,} pairs, {len(english.words):,} words, {len(vietnamese.words):,} terms", flush=True)
    lines = list(translations(english, vietnamese, weights))
    given.out.write_text("".join(sorted(lines, key=str.encode)), encoding="utf-8", newline="\n")
    print(f"wrote {given.out}: {len(lines):,} lines, {given.out.stat().st_size / 1e6:.1f} MB", flush=True)


def sentences(data: Path) -> tuple[list[corpus.Pair], NDArray[np.float32]]:
    """All pairs but repeated and measured ones, and how much each counts."""
    weighted = {pair: float(GLOSSARY_WEIGHT) for pair in corpus.glossary(data)}
    for name, source in corpus.sources(data):
        for pair in source:
            weighted.setdefault(pair, float(WEIGHTS.get(name, 1)))
    measured = corpus.measured(data)
    kept = {
        pair: weight
        for pair, weight in weighted.items()
        if pair.left.lower() not in measured and pair.right.lower() not in measured
    }
    return list(kept), np.fromiter(kept.values(), dtype=np.float32)


def english_words(text: str) -> list[str]:
    """Lower-case words that are no stop words, each once: "the Plans of the plan" → plans, plan."""
    found = _ENGLISH.findall(nfc(text).lower())
    return list(dict.fromkeys(word for word in found if word not in ENGLISH_STOP_WORDS))


def vietnamese_terms(text: str) -> list[str]:
    """Syllables and pairs of adjacent syllables without stop words, each once."""
    single = syllables(text)
    pairs = [
        f"{first}_{second}"
        for first, second in pairwise(single)
        if first not in VIETNAMESE_STOP_WORDS and second not in VIETNAMESE_STOP_WORDS
    ]
    return list(dict.fromkeys([*(term for term in single if term not in VIETNAMESE_STOP_WORDS), *pairs]))


def number(texts: Iterable[list[str]], *, most: int) -> Side:
    """Words as ids; words that occur less than `LEAST_TOGETHER` times cannot be learned and are dropped."""
    texts = list(texts)
    count = Counter(word for text in texts for word in text)
    words = [word for word, times in count.items() if times >= LEAST_TOGETHER]
    id_of = {word: id for id, word in enumerate(words)}
    rows = [[id_of[word] for word in text if word in id_of][:most] for text in texts]
    return Side(
        ids=np.fromiter((id for row in rows for id in row), dtype=np.int32),
        starts=np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64),
        words=words,
    )


def translations(english: Side, vietnamese: Side, weights: NDArray[np.float32]) -> Iterator[str]:
    """The lines of the lexicon: english, term, probability."""
    where, where_starts = _sentences_of(english)
    row_starts, terms = _together(
        where, where_starts, vietnamese.ids, vietnamese.starts, len(vietnamese.words), LEAST_TOGETHER
    )
    print(f"{len(terms):,} pairs of word and term", flush=True)
    probability = np.ones(len(terms), dtype=np.float64)
    for round in range(ROUNDS):
        probability = _learn(
            english.ids, english.starts, vietnamese.ids, vietnamese.starts, weights, row_starts, terms, probability
        )
        print(f"round {round + 1} of {ROUNDS}", flush=True)
    for id, word in enumerate(english.words):
        if word == _UNALIGNED:
            continue
        row = slice(row_starts[id], row_starts[id + 1])
        best = np.argsort(-probability[row], kind="stable")[:MOST_TRANSLATIONS]
        for at in best:
            if (p := probability[row][at]) >= LEAST_PROBABILITY:
                yield f"{word}\t{vietnamese.words[terms[row][at]]}\t{p:.3f}\n"


def _sentences_of(side: Side) -> tuple[Ids, NDArray[np.int64]]:
    """For every word the sentences that hold it, as ids and starts."""
    sentence = np.repeat(np.arange(len(side.starts) - 1, dtype=np.int32), np.diff(side.starts))
    order = np.argsort(side.ids, kind="stable")
    starts = np.searchsorted(side.ids[order], np.arange(len(side.words) + 1))
    return sentence[order], starts


@njit(cache=False)
def _together(where: Any, where_starts: Any, ids: Any, starts: Any, terms: int, least: int) -> Any:
    """For every word the terms that share at least `least` sentences with it, ascending, as starts and ids."""
    count = np.zeros(terms, dtype=np.int32)
    row_starts = np.zeros(len(where_starts), dtype=np.int64)
    kept = np.empty(1 << 20, dtype=np.int32)
    size = 0
    for word in range(len(where_starts) - 1):
        touched = np.empty(1024, dtype=np.int32)
        many = 0
        for at in range(where_starts[word], where_starts[word + 1]):
            for link in range(starts[where[at]], starts[where[at] + 1]):
                term = ids[link]
                if count[term] == 0:
                    if many == len(touched):
                        touched = np.concatenate((touched, np.empty_like(touched)))
                    touched[many] = term
                    many += 1
                count[term] += 1
        for term in np.sort(touched[:many]):
            if count[term] >= least:
                if size == len(kept):
                    kept = np.concatenate((kept, np.empty_like(kept)))
                kept[size] = term
                size += 1
            count[term] = 0
        row_starts[word + 1] = size
    return row_starts, kept[:size]


@njit(cache=False)
def _learn(
    left: Any,
    left_starts: Any,
    right: Any,
    right_starts: Any,
    weights: Any,
    row_starts: Any,
    terms: Any,
    probability: Any,
) -> Any:
    """One round of expectation and maximisation; probabilities of the terms of a word add up to 1."""
    expected = np.zeros(len(terms), dtype=np.float64)
    slot = np.empty(256, dtype=np.int64)
    for sentence in range(len(left_starts) - 1):
        first, last = left_starts[sentence], left_starts[sentence + 1]
        for link in range(right_starts[sentence], right_starts[sentence + 1]):
            term = right[link]
            total = 0.0
            for at in range(first, last):
                word = left[at]
                low, high = row_starts[word], row_starts[word + 1]
                while low < high:
                    middle = (low + high) // 2
                    if terms[middle] < term:
                        low = middle + 1
                    else:
                        high = middle
                found = low if low < row_starts[word + 1] and terms[low] == term else -1
                slot[at - first] = found
                if found >= 0:
                    total += probability[found]
            if total > 0.0:
                for at in range(last - first):
                    if slot[at] >= 0:
                        expected[slot[at]] += weights[sentence] * probability[slot[at]] / total
    for word in range(len(row_starts) - 1):
        total = expected[row_starts[word] : row_starts[word + 1]].sum()
        if total > 0.0:
            expected[row_starts[word] : row_starts[word + 1]] /= total
    return expected


if __name__ == "__main__":
    main()
