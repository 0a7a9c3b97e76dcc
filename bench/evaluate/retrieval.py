"""How well the right passage is ranked: by words alone, by vectors alone, and by the search that people use.

Questions of citizens are asked of all articles of the statutes, typed with and without marks; XQuAD's questions,
in English and Vietnamese, of its Vietnamese paragraphs. Each article or paragraph is one clause. The index over
the statutes takes minutes to build and is kept in a cache folder, which is safe to delete.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from api import settings
from api.library import Library, encoder, open_library, open_store
from bench.evaluate.figures import Row, Rows
from bench.train import data as corpus
from index.generation import Generation, folder_of
from index.model import Encoder, Query, Refused
from index.search import Search, open_search
from index.sync import receive
from ingest.chunk import passages
from ingest.model import Clause, Document, Source, Span
from ingest.text import fold

_TOP = 100
_CLAUSES_PER_DOCUMENT = 500
_MEASURES = ("RR@10", "nDCG@10", "R@10", "R@100")
# What decides the content of an index beside the texts and the encoder.
_BUILDERS = (("index", "texts.py"), ("index", "words.py"), ("ingest", "chunk.py"), ("ingest", "text.py"))

Ranking = Mapping[str, float]
"""Clause path → score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and the ids of the texts that answer it."""

    text: str
    right: frozenset[str]


def measure(data: Path, cache: Path) -> Rows:
    """The figures over the statutes and XQuAD, a row for each way of asking and each way of searching."""
    rows: dict[str, Row] = {}
    articles = {article.id: article.passage for article in corpus.articles(data)}
    asked = [
        Asked(text=question.text, right=frozenset(question.relevant).intersection(articles))
        for question in corpus.questions(data, "dev")
    ]
    without_marks = [Asked(text=fold(one.text), right=one.right) for one in asked]
    with library(articles, cache) as engines:
        rows |= engines.rows("statutes vi", asked)
        rows |= engines.rows("statutes vi-bare", without_marks)
    paragraphs = corpus.paragraphs(data)
    texts = {str(at): paragraph.text for at, paragraph in enumerate(paragraphs)}
    with TemporaryDirectory() as folder, library(texts, Path(folder)) as engines:
        for language in ("vi", "en"):
            asked = [
                Asked(text=question, right=frozenset({str(at)}))
                for at, paragraph in enumerate(paragraphs)
                for question in (paragraph.vietnamese if language == "vi" else paragraph.english)
            ]
            rows |= engines.rows(f"XQuAD {language}", asked)
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """An open library, and the engines of its generation one by one."""

    library: Library
    opened: Search
    generation: Generation
    encoder: Encoder
    clause: Callable[[Sequence[int]], Sequence[str]]
    """Clause paths of passage keys."""

    def rows(self, name: str, asked: Sequence[Asked]) -> Rows:
        """The figures for these questions: words alone, vectors alone, both."""
        ways = {"words": self._words, "vectors": self._vectors, "search": self._search}
        queries = [self.library.understand(one.text) for one in asked]
        return {f"{name}, {way}": score([rank(query) for query in queries], asked) for way, rank in ways.items()}

    def _words(self, query: Query) -> Ranking:
        return self._best(self.generation.words.search(query, limit=2 * _TOP))

    def _vectors(self, query: Query) -> Ranking:
        vector = self.encoder.encode_query(query.restored or query.text)
        return self._best(self.generation.vectors.search(vector, limit=2 * _TOP))

    def _search(self, query: Query) -> Ranking:
        return {hit.clause: hit.score for hit in self.library.search.search(query, limit=_TOP).hits}

    def _best(self, found: Sequence[tuple[int, float]]) -> Ranking:
        """A clause has the score of its best passage."""
        ranking: dict[str, float] = {}
        for path, (_, value) in zip(self.clause([key for key, _ in found]), found, strict=True):
            ranking.setdefault(path, value)
        return dict(list(ranking.items())[:_TOP])


def cache() -> Path:
    """Where an index that takes minutes is kept, unless another folder is given."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chidao"


def score(rankings: Sequence[Ranking], asked: Sequence[Asked]) -> Row:
    """Means over all questions: reciprocal rank, discounted gain and recall, each among the first k."""
    import ir_measures

    right = [ir_measures.Qrel(str(at), id, 1) for at, one in enumerate(asked) for id in one.right]
    found = [
        ir_measures.ScoredDoc(str(at), id, value)
        for at, ranking in enumerate(rankings)
        for id, value in ranking.items()
    ]
    measures = {name: ir_measures.parse_measure(name) for name in _MEASURES}
    values = ir_measures.calc_aggregate(measures.values(), right, found)
    return {"questions": len(asked)} | {name: float(values[measure]) for name, measure in measures.items()}


@contextmanager
def library(texts: Mapping[str, str], cache: Path) -> Iterator[Engines]:
    """A library in which every text is a clause, its path the text's id; built unless the cache holds it."""
    chosen = settings.read()
    loaded = encoder(chosen, light=True)
    chosen = chosen.model_copy(update={"home": cache / _key(texts, loaded.name)})
    with open_store(chosen) as store:
        if store.generation() is None:
            load = partial(encoder, chosen, light=True)
            uploads = _uploads(texts)
            for outcome in receive(uploads, store=store, encoder=load, parse=_parse, passages=passages):
                if isinstance(outcome, Refused):
                    raise ValueError(f"refused {outcome.name!r}: {outcome.reason}")
        number = store.generation()
        assert number is not None  # something was received
        catalogue = store.catalogue(number)

        def clause(keys: Sequence[int]) -> Sequence[str]:
            return [catalogue.clause(place)[1] for place in catalogue.places(keys).tolist()]

        generation = Generation.open(folder_of(chosen.home, number))
        with open_library(chosen, light=True) as opened:
            yield Engines(
                library=opened,
                opened=open_search(store, loaded),
                generation=generation,
                encoder=loaded,
                clause=clause,
            )


def _key(texts: Mapping[str, str], encoder: str) -> str:
    """A name for what would be built: other texts, another encoder or another word index give another one."""
    digest = hashlib.sha256(encoder.encode())
    for package, name in _BUILDERS:
        digest.update((files(package) / name).read_bytes())
    for id, text in texts.items():
        digest.update(f"{id}\0{text}\0".encode())
    return digest.hexdigest()[:16]


def _uploads(texts: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Texts in files of some hundred each: a file with one clause would spend its time on being a file."""
    items = list(texts.items())
    for start in range(0, len(items), _CLAUSES_PER_DOCUMENT):
        yield f"{start}.json", json.dumps(items[start : start + _CLAUSES_PER_DOCUMENT]).encode()


def _parse(data: bytes, name: str) -> Document:
    """One of those files as a document without a title, so that nothing but the texts is found."""
    clauses = []
    at = 0
    items: list[tuple[str, str]] = json.loads(data)
    for id, text in items:
        span = Span(start=at, end=at + len(text))
        clauses.append(Clause(path=id, label=id, text=text, span=span))
        at = span.end + 1
    return Document(
        source=Source(name=name, kind="txt", text="\n".join(text for _, text in items)),
        sha256=hashlib.sha256(data).hexdigest(),
        number=None,
        date=date(2000, 1, 1),
        place=None,
        type="",
        title=name,
        issuer=None,
        signer=None,
        clauses=tuple(clauses),
    )
