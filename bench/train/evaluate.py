"""Measures the encoder and the lexicon on questions that training never saw.

    python -m bench.train.evaluate --data ../shared/data

Statute questions are asked of all articles; XQuAD's questions, in English and Vietnamese, of its Vietnamese
paragraphs. MRR@10: the mean of 1/rank of the first right passage among ten; R@10: the share of questions that
have a right passage among ten.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.train import data as corpus
from index import encoder, words
from index.lexicon import Lexicon
from index.model import Encoder, Language, Query, Term, Vectors
from ingest.text import fold

TOP = 10
DENSE_SHARE = 0.3
CANDIDATES = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How well a list of rankings finds what is right."""

    mrr: float
    recall: float

    @classmethod
    def of(cls, rankings: Iterable[Sequence[int]], right: Sequence[frozenset[int]]) -> Figures:
        """`rankings[i]` are passages for question i, best first; `right[i]` those that answer it."""
        ranks = [
            next((rank for rank, passage in enumerate(ranking[:TOP], 1) if passage in wanted), None)
            for ranking, wanted in zip(rankings, right, strict=True)
        ]
        return cls(
            mrr=sum(1 / rank for rank in ranks if rank) / len(ranks),
            recall=sum(rank is not None for rank in ranks) / len(ranks),
        )

    def __str__(self) -> str:
        return f"MRR@{TOP} {self.mrr:.3f}  R@{TOP} {self.recall:.3f}"


class Dense:
    """Passages by their vectors."""

    def __init__(self, model: Encoder, passages: Sequence[str]) -> None:
        self._model = model
        self._vectors = model.encode_passages(passages)

    def scores(self, question: str) -> Vectors:
        """One score for every passage."""
        scores: Vectors = self._vectors @ self._model.encode_query(question)
        return scores


class Sparse:
    """Passages by their words, in the word index of the product."""

    def __init__(self, folder: Path, passages: Sequence[str]) -> None:
        rows = (words.Indexed(passage=at, document=0, text=text, context="") for at, text in enumerate(passages))
        words.write(folder, added=rows)
        self._index = words.Words.open(folder)
        self._passages = len(passages)

    def scores(self, question: str, language: Language, terms: Sequence[Term]) -> Vectors:
        """One score for every passage, 0 for those without a term of the question."""
        scores = np.zeros(self._passages, dtype=np.float32)
        query = Query(text=question, language=language, exact=tuple(terms), folded=())
        for passage, score in self._index.search(query, limit=CANDIDATES):
            scores[passage] = score
        return scores


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--data", type=Path, required=True, help="the folder with train/ and dev/")
    options.add_argument("--encoder", type=Path, help="the folder of a model; by default the one that ships")
    options.add_argument("--lexicon", type=Path, help="the folder of a lexicon; by default the one that ships")
    given = options.parse_args()

    model = encoder.load(given.encoder)
    print(f"{model.name}, {model.dimensions} dimensions")
    lexicon = Lexicon.load(given.lexicon)
    with tempfile.TemporaryDirectory() as folder:
        statutes(given.data, model, Path(folder) / "statutes")
        xquad(given.data, model, lexicon, Path(folder) / "xquad")


def statutes(data: Path, model: Encoder, folder: Path) -> None:
    """Questions of citizens to all articles of the statutes, typed with and without marks."""
    articles = corpus.articles(data)
    passages = [article.passage for article in articles]
    started = time.perf_counter()
    dense = Dense(model, passages)
    speed = len(articles) / (time.perf_counter() - started)
    sparse = Sparse(folder, passages)
    place = {article.id: at for at, article in enumerate(articles)}
    asked = corpus.questions(data, "dev")
    right = [frozenset(place[id] for id in question.relevant if id in place) for question in asked]
    print(f"statutes: {len(asked)} questions, {len(articles):,} articles, {speed:,.0f} articles/s")
    by_vectors = [dense.scores(question.text) for question in asked]
    report("dense", by_vectors, right)
    report("dense, without marks", [dense.scores(fold(question.text)) for question in asked], right)
    by_words = [sparse.scores(question.text, "vi", as_terms(question.text)) for question in asked]
    report("words", by_words, right)
    report(f"words and {DENSE_SHARE:.0%} dense", fused(by_words, by_vectors), right)


def xquad(data: Path, model: Encoder, lexicon: Lexicon, folder: Path) -> None:
    """Questions in both languages to Vietnamese paragraphs of another domain."""
    paragraphs = corpus.paragraphs(data)
    passages = [paragraph.text for paragraph in paragraphs]
    dense, sparse = Dense(model, passages), Sparse(folder, passages)
    right = [frozenset({at}) for at, paragraph in enumerate(paragraphs) for _ in paragraph.english]
    print(f"XQuAD: {len(right):,} questions, {len(passages)} paragraphs")

    vietnamese = [question for paragraph in paragraphs for question in paragraph.vietnamese]
    report("Vietnamese, dense", [dense.scores(question) for question in vietnamese], right)
    by_words = [sparse.scores(question, "vi", as_terms(question)) for question in vietnamese]
    report("Vietnamese, words", by_words, right)

    english = [question for paragraph in paragraphs for question in paragraph.english]
    by_vectors = [dense.scores(question) for question in english]
    report("English, dense", by_vectors, right)
    by_words = [sparse.scores(question, "en", lexicon.translate(question)) for question in english]
    report("English, translated words", by_words, right)
    report(f"English, words and {DENSE_SHARE:.0%} dense", fused(by_words, by_vectors), right)


def as_terms(question: str) -> list[Term]:
    return [Term(text=token) for token in words.tokens(question)]


def fused(by_words: Sequence[Vectors], by_vectors: Sequence[Vectors]) -> list[Vectors]:
    """Both scores of each question, each divided by its greatest, weighed by `DENSE_SHARE`."""
    return [
        (1 - DENSE_SHARE) * found / max(found.max(), 1e-9) + DENSE_SHARE * near / max(near.max(), 1e-9)
        for found, near in zip(by_words, by_vectors, strict=True)
    ]


def report(name: str, scores: Sequence[Vectors], right: Sequence[frozenset[int]]) -> None:
    rankings = []
    for row in scores:
        best = np.argpartition(-row, TOP)[:TOP]
        rankings.append(best[np.argsort(-row[best], kind="stable")].tolist())
    print(f"  {name:28} {Figures.of(rankings, right)}")


if __name__ == "__main__":
    main()
