"""How well the right passage is ranked: by words alone, by vectors alone, by both as the engines say, and by the
search that people use, in which the best candidates are read closely.

Questions about directives are asked of the documents that the repository holds. Questions of citizens are asked of
all articles of the statutes, typed with and without marks and, a hundred of them, in English; XQuAD's questions,
in English and Vietnamese, of its Vietnamese paragraphs. Each article or paragraph is one clause. The index over
the statutes takes minutes to build and is kept in a cache folder, which is safe to delete.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from api import settings
from api.evaluate.gold import Gold
from api.evaluate.match import same_clause
from api.library import Library, encoder, open_library, open_store
from bench.evaluate import home, wire
from bench.evaluate.figures import Row, Rows
from bench.evaluate.sample import Sample
from bench.train import data as corpus
from index.fusion import Fusion
from index.generation import Generation, folder_of
from index.model import Encoder, Hit, Language, Query, Refused
from index.search import Search, open_search
from index.signs import NAMES
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

ENGLISH = Path(__file__).parents[1] / "questions" / "statutes.en.jsonl"
UNREAD = Fusion({language: dict.fromkeys(NAMES, 0.0) for language in get_args(Language)})
"""Weights under which no sign says anything: what remains is what the engines say."""


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
    in_english = [
        Asked(text=question.text, right=frozenset(question.relevant).intersection(articles))
        for question in corpus.translated(data, "dev", ENGLISH)
    ]
    with library(articles, cache) as engines:
        rows |= engines.rows("statutes vi", asked)
        rows |= engines.rows("statutes vi-bare", without_marks)
        rows |= engines.rows("statutes en", in_english)
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
    search: Search
    engines: Search
    """The same without close reading."""
    generation: Generation
    encoder: Encoder
    clause: Callable[[Sequence[int]], Sequence[str]]
    """Clause paths of passage keys."""

    def rows(self, name: str, asked: Sequence[Asked]) -> Rows:
        """The figures for these questions: words alone, vectors alone, both."""
        ways = {
            "words": self._words,
            "vectors": self._vectors,
            "engines": partial(_ranked, self.engines),
            "search": partial(_ranked, self.search),
        }
        queries = [self.library.understand(one.text) for one in asked]
        return {f"{name}, {way}": score([rank(query) for query in queries], asked) for way, rank in ways.items()}

    def _words(self, query: Query) -> Ranking:
        return self._best(self.generation.words.search(query, limit=2 * _TOP))

    def _vectors(self, query: Query) -> Ranking:
        vector = self.encoder.encode_query(query.restored or query.text)
        return self._best(self.generation.vectors.search(vector, limit=2 * _TOP))

    def _best(self, found: Sequence[tuple[int, float]]) -> Ranking:
        """A clause has the score of its best passage."""
        ranking: dict[str, float] = {}
        for path, (_, value) in zip(self.clause([key for key, _ in found]), found, strict=True):
            ranking.setdefault(path, value)
        return dict(list(ranking.items())[:_TOP])


def over_directives(samples: Sequence[Sample]) -> Rows:
    """The figures over the questions of the samples that have an answer: where the clauses stand that gold cites."""
    rows: dict[str, Row] = {}
    loaded = encoder(settings.read())
    for sample in samples:
        with home.library(sample.documents) as library:
            asked = [one for gold in sample.golds for one in gold.questions if one.cite]
            ids = {name: id for gold in sample.golds for id in [_id(library, gold)] for name in (gold.number, gold.id)}
            cited = [frozenset((ids[document], path) for document, path in one.cite) for one in asked]
            queries = [library.understand(one.text) for one in asked]
            right = [
                Asked(text=one.text, right=frozenset(map(_name, cites)))
                for one, cites in zip(asked, cited, strict=True)
            ]
            for way, fusion in (("engines", UNREAD), ("search", None)):
                search = open_search(library.store, loaded, fusion)  # type: ignore[arg-type]  # the store itself
                found = [search.search(query, limit=_TOP).hits for query in queries]
                rankings = [_as_cited(hits, cites) for hits, cites in zip(found, cited, strict=True)]
                rows[f"{sample.name}, {way}"] = score(rankings, right)
    return rows


def _id(library: Library, gold: Gold) -> str:
    return str(wire.document(library, gold)["document_id"])


def _as_cited(hits: Sequence[Hit], cites: frozenset[tuple[str, str]]) -> Ranking:
    """The hits under the names of the cited clauses that they are or lie beneath, else under their own."""
    ranking: dict[str, float] = {}
    for hit in hits:
        names = [one for one in cites if one[0] == hit.document_id and same_clause(hit.clause, one[1])]
        ranking.setdefault(_name(names[0] if names else (hit.document_id, hit.clause)), hit.score)
    return ranking


def _name(place: tuple[str, str]) -> str:
    return "#".join(place)


def _ranked(search: Search, query: Query) -> Ranking:
    return {hit.clause: hit.score for hit in search.search(query, limit=_TOP).hits}


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
    loaded = encoder(chosen)
    chosen = chosen.model_copy(update={"home": cache / _key(texts, loaded.name)})
    with open_store(chosen) as store:
        if store.generation() is None:
            load = partial(encoder, chosen)
            files = uploads(texts.items())
            for outcome in receive(files, store=store, encoder=load, parse=parse, passages=passages):
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
                search=open_search(store, loaded),
                engines=open_search(store, loaded, UNREAD),
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


def uploads(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Texts by id in files of some hundred each: a file with one clause would spend its time on being a file."""
    left = iter(texts)
    for start in count(step=_CLAUSES_PER_DOCUMENT):
        items = list(islice(left, _CLAUSES_PER_DOCUMENT))
        if not items:
            return
        yield f"{start}.json", json.dumps(items).encode()


def parse(data: bytes, name: str) -> Document:
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
