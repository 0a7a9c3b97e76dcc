"""The same work done by a peer, in the same run: compare the ratios, not the times.

Word search beside bm25s over the same tokens, with the same k1 and b, ten results each; the shipped encoder read
without torch beside the same weights under sentence-transformers.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

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
        import bm25s  # type: ignore[import-untyped] # it ships no types
    except ModuleNotFoundError:
        print("bm25s is not installed (pip install -e '.[bench]'): word search is measured without a peer\n")
        return
    asked = [tuple(dict.fromkeys(words.tokens(text))) for text in questions]

    rows = (words.Indexed(passage=at, document=0, text=text, context="") for at, text in enumerate(passages))
    _, built = timed(lambda: words.write(folder, added=rows))
    index = words.Words.open(folder)

    def ours(tokens: Sequence[str]) -> set[int]:
        # marks in the question and no folded terms: every token is looked for once
        query = Query(text="đ", language="vi", exact=tuple(Term(text=token) for token in tokens), folded=())
        return {key for key, _ in index.search(query, limit=_RESULTS)}

    peer = bm25s.BM25(method="lucene", k1=_K1, b=_B)

    def build() -> None:
        peer.index([words.tokens(text) for text in passages], show_progress=False)

    def theirs(tokens: Sequence[str]) -> set[int]:
        found, _ = peer.retrieve([list(tokens)], k=_RESULTS, show_progress=False)
        return {int(key) for key in found[0]}

    _, peer_built = timed(build)
    yield from _compared("building the word index", built, peer_built, "bm25s", "s")
    medians = [statistics.median(latencies(search, asked)) for search in (ours, theirs)]
    yield from _compared("word search, p50", medians[0], medians[1], "bm25s", "ms")
    common = [len(ours(one) & theirs(one)) / _RESULTS for one in asked]
    yield Measure(part=PART, name="word search: results in common", value=statistics.mean(common), unit="of 1")


def encoding(passages: Sequence[str], questions: Sequence[str]) -> Iterator[Measure]:
    """The shipped encoder read with numpy, and by sentence-transformers."""
    ours, theirs = encoder.load(light=True), encoder.load()
    for one in (ours, theirs):
        one.encode_passages(passages[:1])
    _, mine = timed(lambda: ours.encode_passages(passages))
    _, other = timed(lambda: theirs.encode_passages(passages))
    name = "sentence-transformers"
    yield from _compared(f"encoding {len(passages):,} passages", mine, other, name, "s")
    asked = [statistics.median(latencies(one.encode_query, questions)) for one in (ours, theirs)]
    yield from _compared("encoding a question, p50", asked[0], asked[1], name, "ms")


def _compared(name: str, ours: float, theirs: float, peer: str, unit: str) -> Iterator[Measure]:
    yield Measure(part=PART, name=name, value=ours, unit=unit)
    yield Measure(part=PART, name=f"{name}, {peer}", value=theirs, unit=unit)
    yield Measure(part=PART, name=f"{name}: ours / {peer}", value=ours / theirs, unit="of 1")
