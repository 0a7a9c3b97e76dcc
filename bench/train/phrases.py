"""Counts which Vietnamese words stand beside each other, for `ingest.phrases`.

    python -m bench.train.phrases --data ../shared/data --out ingest/weights/phrases.npz

Counts words, pairs and triples of words in the statutes and the Vietnamese sides of the pairs. The file holds counts
of frequent rows only, and no text. About a minute and 3 GB; the same data gives the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.train import data as corpus
from ingest.phrases import EDGE, FIRST_WORD, MOST_TIMES, NUMBER, is_number, is_word, key, tokens

LEAST_TIMES = 3
"""Words that stand less often in all texts are left out, as are triples below LEAST_TRIPLE and pairs seen once."""
LEAST_PAIR = 2
LEAST_TRIPLE = 20
MOST_WORDS = 60_000
# A list of words and no running text.
_NO_TEXT = frozenset({"dict_vi_en"})


def main() -> None:
    parser = argparse.ArgumentParser(description="Count which Vietnamese words stand beside each other.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    arrays = counted(texts(chosen.data))
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(chosen.out, **arrays)
    print({name: len(array) for name, array in arrays.items()}, f"{chosen.out.stat().st_size:,} bytes")


def texts(data: Path) -> Iterator[str]:
    """The Vietnamese texts: nothing that `dev/` measures with."""
    measured = corpus.measured(data)
    for article in corpus.articles(data):
        yield article.passage
    for name, pairs in corpus.sources(data):
        if name not in _NO_TEXT:
            yield from (pair.right for pair in pairs if not {pair.left.lower(), pair.right.lower()} & measured)


def counted(given: Iterable[str]) -> dict[str, NDArray[Any]]:
    """The arrays that `Phrases` takes."""
    words, flat = _renumbered(*_numbered(given))
    pairs, pair_times = np.unique(flat[:-1] << 16 | flat[1:], return_counts=True)
    kept = (pair_times >= LEAST_PAIR) & ((pairs >> 16) * (pairs & 0xFFFF) > 0)
    pairs, pair_times = pairs[kept], pair_times[kept]
    triples, triple_times = np.unique(flat[:-2] << 32 | flat[1:-1] << 16 | flat[2:], return_counts=True)
    kept = (triple_times >= LEAST_TRIPLE) & ((triples & 0xFFFF) > 0) & np.isin(triples >> 16, pairs)
    triples, triple_times = triples[kept], triple_times[kept]
    return {
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "times": np.bincount(flat, minlength=len(words)).astype(np.uint32),
        "pair_counts": np.bincount(pairs >> 16, minlength=len(words)).astype(np.uint16),
        "pairs": (pairs & 0xFFFF).astype(np.uint16),
        "pair_times": np.minimum(pair_times, MOST_TIMES).astype(np.uint16),
        "triple_counts": np.bincount(np.searchsorted(pairs, triples >> 16), minlength=len(pairs)).astype(np.uint16),
        "triples": (triples & 0xFFFF).astype(np.uint16),
        "triple_times": np.minimum(triple_times, MOST_TIMES).astype(np.uint16),
    }


def _numbered(given: Iterable[str]) -> tuple[list[str], NDArray[np.int64]]:
    """All words as they come, and the texts as a row of their ids, an edge after each line."""
    ids: dict[str, int] = {}
    row: list[int] = [EDGE]
    for text in given:
        for token in tokens(key(text)):
            if is_word(token):
                row.append(ids.setdefault(token[0], FIRST_WORD + len(ids)))
            else:
                row.append(NUMBER if is_number(token) else EDGE)
        row.append(EDGE)
    return ["", "", "", *ids], np.array(row, dtype=np.int64)


def _renumbered(words: list[str], flat: NDArray[np.int64]) -> tuple[list[str], NDArray[np.int64]]:
    """The frequent words, the most frequent first, and the row in their ids, 0 for all others."""
    times = np.bincount(flat, minlength=len(words))
    fit = [id for id in range(FIRST_WORD, len(words)) if times[id] >= LEAST_TIMES]
    fit = [*range(FIRST_WORD), *sorted(fit, key=lambda id: (-times[id], words[id]))[: MOST_WORDS - FIRST_WORD]]
    new = np.zeros(len(words), dtype=np.int64)
    new[fit] = np.arange(len(fit))
    return ["", "", "", *(words[id] for id in fit[FIRST_WORD:])], new[flat]


if __name__ == "__main__":
    main()
