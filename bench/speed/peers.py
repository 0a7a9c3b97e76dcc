"""The same work done by a peer, in the same run: compare the ratios, not the times.

Word search beside bm25s over the same tokens, with the same k1 and b, ten results each; the shipped encoder read
without torch beside the same weights under sentence-transformers.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.speed.measure import Measure, latencies, timed
from index import encoder, words
from index.model import Query, Term

PART = "beside a peer"
_RESULTS = 10
# Tantivy's, which cannot be set.
_K1, _B = 1.2, 0.75


def word_search(passages: Sequence[str], questions: Sequence[str], folder: Path) -> Iterator[Measure]:
    """Our word index and bm25s over the same tokens; nothing where bm25s is not installed."""
    try:
        import bm25s  # type: ignore[import-untyped]
    except ModuleNotFoundError:
        print("bm25s is not installed (pip install -e '.[bench]'): word search is measured without a peer\n")
        return
    asked = [tuple(dict.fromkeys(words.tokens(text))) for text in questions]

    rows = (words.Indexed(passage=at, document=0, text=text, context="") for at, text in enumerate(passages))
    _, ours_built = timed(lambda: words.write(folder, added=rows))
    index = words.Words.open(folder)
    ours = _Searcher(lambda tokens: [key for key, _ in index.search(_query(tokens), limit=_RESULTS)])

    peer = bm25s.BM25(method="lucene", k1=_K1, b=_B)
    tokenized, peer_tokenized = timed(lambda: [words.tokens(text) for text in passages])
    _, peer_built = timed(lambda: peer.index(tokenized, show_progress=False))
    theirs = _Searcher(lambda tokens: _peer_search(peer, tokens))

    yield from _compared("word search", ours.median(asked), theirs.median(asked), "bm25s", "ms")
    yield from _compared("word index", 1e3 * ours_built, 1e3 * (peer_tokenized + peer_built), "bm25s", "ms")
    common = [len({*ours.search(one)} & {*theirs.search(one)}) / _RESULTS for one in asked]
    yield Measure(part=PART, name="word search: results in common", value=statistics.mean(common), unit="of 1")


def encoding(passages: Sequence[str], questions: Sequence[str]) -> Iterator[Measure]:
    """The shipped encoder read with numpy, and by sentence-transformers."""
    ours, theirs = encoder.load(light=True), encoder.load()
    for one in (ours, theirs):
        one.encode_passages(passages[:1])
    _, mine = timed(lambda: ours.encode_passages(passages))
    _, other = timed(lambda: theirs.encode_passages(passages))
    name = "sentence-transformers"
    yield from _compared("encoding 1,000 passages", 1e6 * mine / len(passages), 1e6 * other / len(passages), name, "ms")
    asked = [statistics.median(latencies(one.encode_query, questions)) for one in (ours, theirs)]
    yield from _compared("encoding a question", asked[0], asked[1], name, "ms")


class _Searcher:
    """A way to search, by tokens."""

    def __init__(self, search: Callable[[Sequence[str]], Sequence[int]]) -> None:
        self.search = search

    def median(self, asked: Sequence[Sequence[str]]) -> float:
        """Milliseconds."""
        return statistics.median(latencies(self.search, asked))


def _query(tokens: Sequence[str]) -> Query:
    return Query(text="đ", language="vi", exact=tuple(Term(text=token) for token in tokens), folded=())


def _peer_search(peer: Any, tokens: Sequence[str]) -> list[int]:
    found, _ = peer.retrieve([list(tokens)], k=_RESULTS, show_progress=False)
    return [int(key) for key in found[0]]


def _compared(name: str, ours: float, theirs: float, peer: str, unit: str) -> Iterator[Measure]:
    yield Measure(part=PART, name=name, value=ours, unit=unit)
    yield Measure(part=PART, name=f"{name}, {peer}", value=theirs, unit=unit)
    yield Measure(part=PART, name=f"{name}: ours / {peer}", value=ours / theirs, unit="of 1")
