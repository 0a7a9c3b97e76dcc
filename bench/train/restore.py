"""Learns which marks Vietnamese syllables carry beside each other, for `index.restore`.

    python -m bench.train.restore --data ../shared/data --out index/weights/diacritics.npz

Counts words, pairs and triples of words in the statutes, the training questions, the Vietnamese sides of the
pairs and the names of the register of agencies; smooths them by interpolated absolute discounting (Ney, Essen
& Kneser 1994); and keeps those whose loss would change the choice of marks most (after Seymore & Rosenfeld
1996, with the choice among readings of the same letters in place of the prediction of the next word).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.train import data as corpus
from index.restore import EDGE, FIRST_WORD, MOST_COST, NUMBER, STEPS, UNKNOWN, Table, pieces
from ingest.agencies import Register
from ingest.text import fold, has_marks, nfc, old_tones

# How often a source counts: the closer to what officials ask and write, the more. Others count once.
WEIGHTS = {"questions": 20, "register": 20, "glossary": 20, "songngu_news": 2, "evbcorpus": 2, "tatoeba": 2}
MOST_WORDS = 20_000
LEAST_COUNT = 3
DISCOUNT = 0.8
LEAST_PAIR, LEAST_TRIPLE = 2, 2
PAIRS, TRIPLES = 600_000, 1_200_000

Counts = NDArray[np.float64]
Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grams:
    """Sequences of words as numbers (the last word in the lowest 16 bits), ascending, with their counts."""

    keys: Keys
    counts: Counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    words, text = encoded(sources(chosen.data))
    learned(words, text).write(chosen.out)
    print(f"{chosen.out}: {chosen.out.stat().st_size:,} bytes")


def sources(data: Path) -> Iterator[tuple[str, list[str]]]:
    """(name, Vietnamese texts) of what may be learned from: nothing that `dev/` measures with."""
    measured = corpus.measured(data)
    yield "articles", [article.passage for article in corpus.articles(data)]
    for name, pairs in corpus.sources(data):
        yield name, [pair.right for pair in pairs if not {pair.left.lower(), pair.right.lower()} & measured]
    yield "questions", [question.text for question in corpus.questions(data, "train")]
    yield "glossary", [pair.right for pair in corpus.glossary(data)]
    yield "register", [agency.name for agency in Register.load().agencies]


def encoded(named: Iterable[tuple[str, list[str]]]) -> tuple[list[str], list[tuple[int, NDArray[np.int32]]]]:
    """The words of a table, and for each weight the running text as their ids, EDGE between the sentences."""
    seen: dict[str, int] = {}
    streams: dict[int, list[int]] = {}
    for name, texts in named:
        stream = streams.setdefault(WEIGHTS.get(name, 1), [EDGE])
        for text in texts:
            stream.extend(_numbered(text, seen))
            stream.append(EDGE)
    arrays = {weight: np.array(stream, dtype=np.int32) for weight, stream in streams.items()}
    counts = sum(weight * np.bincount(ids, minlength=FIRST_WORD + len(seen)) for weight, ids in arrays.items())
    words = list(seen)
    fit = [
        id
        for id, word in enumerate(words, start=FIRST_WORD)
        if counts[id] >= LEAST_COUNT and len(fold(word)) == len(word)
    ]
    fit.sort(key=lambda id: (-counts[id], words[id - FIRST_WORD]))
    fit = fit[:MOST_WORDS]
    to = np.full(FIRST_WORD + len(seen), UNKNOWN, dtype=np.int32)
    to[:FIRST_WORD] = range(FIRST_WORD)
    to[fit] = range(FIRST_WORD, FIRST_WORD + len(fit))
    kept = ["", "", "", *(words[id - FIRST_WORD] for id in fit)]
    return kept, [(weight, to[ids]) for weight, ids in arrays.items()]


def _numbered(text: str, seen: dict[str, int]) -> Iterator[int]:
    text = old_tones(text)
    for kind, start, end in pieces(text):
        if kind == "word":
            yield seen.setdefault(text[start:end].lower(), FIRST_WORD + len(seen))
        else:
            yield {"edge": EDGE, "number": NUMBER, "code": UNKNOWN}[kind]


def learned(words: list[str], text: list[tuple[int, NDArray[np.int32]]]) -> Table:
    """The table over words in running text."""
    size = len(words)
    rival = _rivals(words)
    single = np.bincount(np.concatenate([t for _, t in text]), minlength=size)  # shape only
    singles = Grams(keys=np.arange(size), counts=sum(w * np.bincount(t, minlength=size) for w, t in text) + 0.1)
    pairs = _counted(text, 2)
    pairs = Grams(keys=pairs.keys[pairs.counts >= LEAST_PAIR], counts=pairs.counts[pairs.counts >= LEAST_PAIR])
    return pairs
