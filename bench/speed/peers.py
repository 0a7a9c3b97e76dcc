"""The same work done by a peer, in the same run: compare the ratios, not the times.

Word search beside bm25s and txtai's BM25 over the same tokens, with the same k1 and b, ten results each; where the
questions have answers, the ranks of those too, and those of our whole search beside. The shipped encoder read without
torch beside the same weights under sentence-transformers.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from api.library import encoder as set_encoder
from api.library import open_library
from api.settings import Settings
from bench.evaluate.retrieval import Asked, score
from bench.speed.measure import Measure, latencies, spread, timed
from index import encoder, words
from index.model import Query, Term
from index.search import open_search

PART = "beside a peer"
WORDS = "chidao, words alone"
WHOLE = "chidao, whole search"
_RESULTS = 10
# Tantivy's, which cannot be set.
_K1, _B = 1.2, 0.75


class Ranker(Protocol):
    """A word index in the making."""

    def build(self, passages: Sequence[str]) -> None: ...

    def search(self, tokens: Sequence[str]) -> Sequence[int]:
        """The places of the best passages, best first."""
        ...


class Ours:
    """Tantivy as `index.words` sets it up: on the disk, every text with and without marks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, passages: Sequence[str]) -> None:
        rows = (words.Indexed(passage=at, document=0, text=text, context="") for at, text in enumerate(passages))
        words.write(self._folder, added=rows)
        self._index = words.Words.open(self._folder)

    def search(self, tokens: Sequence[str]) -> Sequence[int]:
        # marks in the question and no folded terms: every token is looked for once
        query = Query(text="đ", language="vi", exact=tuple(Term(text=token) for token in tokens), folded=())
        return [key for key, _ in self._index.search(query, limit=_RESULTS)]


class Bm25s:
    """In memory, without updates."""

    def __init__(self) -> None:
        import bm25s  # type: ignore[import-untyped] # it ships no types

        self._index = bm25s.BM25(method="lucene", k1=_K1, b=_B)

    def build(self, passages: Sequence[str]) -> None:
        self._index.index([words.tokens(text) for text in passages], show_progress=False)

    def search(self, tokens: Sequence[str]) -> Sequence[int]:
        found, _ = self._index.retrieve([list(tokens)], k=_RESULTS, show_progress=False)
        return [int(key) for key in found[0]]


class Txtai:
    """SQLite and numpy. Tokens in more than a tenth of the passages only add to what rarer ones found."""

    def __init__(self) -> None:
        from txtai.scoring import ScoringFactory  # type: ignore[import-untyped] # it ships no types

        self._index = ScoringFactory.create({"method": "bm25", "terms": True, "k1": _K1, "b": _B})

    def build(self, passages: Sequence[str]) -> None:
        self._index.index((at, words.tokens(text), None) for at, text in enumerate(passages))

    def search(self, tokens: Sequence[str]) -> Sequence[int]:
        return [int(key) for key, _ in self._index.search(list(tokens), _RESULTS)]


PEERS: Mapping[str, Callable[[], Ranker]] = {"bm25s": Bm25s, "txtai": Txtai}


def word_search(
    texts: Mapping[str, str],
    asked: Sequence[Asked],
    folder: Path,
    *,
    peers: Mapping[str, Callable[[], Ranker]] = PEERS,
) -> Iterator[Measure]:
    """Our word index and the peers over the same tokens; a row that says so for a peer that is not installed."""
    theirs: dict[str, Sequence[Sequence[int]]] = {}
    for name, make in {WORDS: partial(Ours, folder), **peers}.items():
        try:
            ranker = make()
        except ModuleNotFoundError as missing:
            said = f"{name}: {missing.name} is not installed (pip install -e '.[bench]')"
            yield Measure(part=PART, name=said, value=None, unit="", labels=_labels(name, "missing"))
            continue
        found: list[Sequence[int]] = []
        yield from _ranked(name, ranker, texts, asked, found)
        theirs[name] = found
        if name != WORDS:
            yield _common(name, theirs[WORDS], found)


def whole_search(settings: Settings, asked: Sequence[Asked]) -> Iterator[Measure]:
    """The search that people use, over an index of the same texts: it understands questions and knows meanings too."""
    loaded = set_encoder(settings)
    with open_library(settings, light=True) as library:
        search = open_search(library.store, loaded)  # type: ignore[arg-type]  # it is the store itself
        paths: list[Sequence[str]] = []

        def work(text: str) -> None:
            paths.append([hit.clause for hit in search.search(library.understand(text), limit=_RESULTS).hits])

        spent = latencies(work, [one.text for one in asked])
        yield from spread(PART, f"{WHOLE}: a question", spent, **_labels(WHOLE, "question"))
        yield from _judged(WHOLE, paths[1:], asked)  # the first one warmed up


def encoding(passages: Sequence[str], questions: Sequence[str]) -> Iterator[Measure]:
    """The shipped encoder read with numpy, and by sentence-transformers."""
    ours, theirs = both = encoder.shipped(), encoder.SentenceTransformerEncoder.open(encoder.SHIPPED)
    for one in both:
        one.encode_passages(passages[:1])
    _, mine = timed(lambda: ours.encode_passages(passages))
    _, other = timed(lambda: theirs.encode_passages(passages))
    name = "sentence-transformers"
    yield from _compared(f"encoding {len(passages):,} passages", mine, other, name, "s")
    asked = [statistics.median(latencies(one.encode_query, questions)) for one in both]
    yield from _compared("encoding a question, p50", asked[0], asked[1], name, "ms")


def _ranked(
    name: str, ranker: Ranker, texts: Mapping[str, str], asked: Sequence[Asked], found: list[Sequence[int]]
) -> Iterator[Measure]:
    """Build, then ask; what is found is left in `found`, question by question."""
    passages = list(texts.values())
    _, built = timed(lambda: ranker.build(passages))
    rate = len(passages) / built
    yield Measure(part=PART, name=f"{name}: indexing", value=rate, unit="passages/s", labels=_labels(name, "indexing"))
    tokens = [tuple(dict.fromkeys(words.tokens(one.text))) for one in asked]
    spent = latencies(lambda one: found.append(ranker.search(one)), tokens)
    del found[0]  # that one warmed up
    yield from spread(PART, f"{name}: a question", spent, **_labels(name, "question"))
    ids = list(texts)
    yield from _judged(name, [[ids[at] for at in places] for places in found], asked)


def _judged(name: str, found: Sequence[Sequence[str]], asked: Sequence[Asked]) -> Iterator[Measure]:
    """The mean reciprocal rank; nothing where no answers are known."""
    if not any(one.right for one in asked):
        return
    row = score([{id: 1 / rank for rank, id in enumerate(ids, 1)} for ids in found], asked)
    value = float(row["RR@10"])
    yield Measure(part=PART, name=f"{name}: MRR@10", value=value, unit="of 1", labels=_labels(name, "MRR@10"))


def _common(name: str, ours: Sequence[Sequence[int]], theirs: Sequence[Sequence[int]]) -> Measure:
    shared = [len({*one} & {*other}) / _RESULTS for one, other in zip(ours, theirs, strict=True)]
    said = f"{name}: results in common with ours"
    return Measure(part=PART, name=said, value=statistics.mean(shared), unit="of 1", labels=_labels(name, "common"))


def _labels(name: str, what: str) -> dict[str, str | int]:
    return {"peer": name, "what": what}


def _compared(name: str, ours: float, theirs: float, peer: str, unit: str) -> Iterator[Measure]:
    yield Measure(part=PART, name=name, value=ours, unit=unit)
    yield Measure(part=PART, name=f"{name}, {peer}", value=theirs, unit=unit)
    yield Measure(part=PART, name=f"{name}: ours / {peer}", value=ours / theirs, unit="of 1")
