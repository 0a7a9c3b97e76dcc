"""What to measure with: the documents of corpus/, articles and questions of the development data where there are any,
and plans and texts made up of the words of corpus/ and of the lexicon.

Made-up clauses follow the pairs of neighbouring words in corpus/, so that frequent words are as frequent as they
are, with compounds of the lexicon strewn in, so that there are rare words too. The same call gives the same text.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain, count, islice, pairwise
from pathlib import Path

from bench.evaluate.retrieval import ENGLISH, Asked
from bench.train import data as development
from ingest.pipeline import parse
from ingest.text import fold, nfc

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
PAGE_CHARACTERS = 2_000

_SEED = 20261121
_CLAUSE_WORDS = 90
_CLAUSES_PER_PART = 20
_COMPOUND_SHARE = 0.15
# Rank of a compound ~ Pareto: a few come often, most seldom (Zipf).
_PARETO = 0.35
_BODIES = ("Sở Tài chính", "Sở Nội vụ", "Sở Xây dựng", "Sở Y tế", "UBND các xã, phường", "Văn phòng UBND tỉnh")


def corpus() -> list[tuple[str, bytes]]:
    """The files of corpus/ as (name, bytes)."""
    return [(file.name, file.read_bytes()) for file in sorted(CORPUS.glob("*.txt"))]


def questions() -> list[str]:
    """Questions in both languages, with and without marks."""
    held = json.loads((ROOT / "bench" / "questions" / "seeds.json").read_text(encoding="utf-8"))
    return [question["q"] for document in held for question in document["questions"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What made-up text is made of: which words follow a word, and compounds, the frequent ones first."""

    following: Mapping[str, Sequence[str]]
    compounds: Sequence[str]

    @classmethod
    def load(cls) -> Words:
        """Of corpus/ and of the lexicon that ships."""
        following: defaultdict[str, list[str]] = defaultdict(list)
        for name, data in corpus():
            for clause in parse(data, name).clauses:
                for word, after in pairwise(clause.text.split()):
                    following[word].append(after)
        lexicon = (files("index") / "weights" / "lexicon.tsv").read_text(encoding="utf-8")
        compounds = sorted({line.split("\t")[1] for line in lexicon.splitlines() if "_" in line})
        random.Random(_SEED).shuffle(compounds)
        return cls(following=following, compounds=[nfc(one).replace("_", " ") for one in compounds])

    def text(self, rng: random.Random, length: int) -> str:
        """About so many words."""
        starts = list(self.following)
        words = [rng.choice(starts)]
        while len(words) < length:
            if rng.random() < _COMPOUND_SHARE:
                words.append(self.compounds[min(int(rng.paretovariate(_PARETO)), len(self.compounds)) - 1])
            words.append(rng.choice(self.following.get(words[-1]) or starts))
        return " ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Texts to search in, as many as are wanted, and questions to ask of them.

    The articles of the development data come first, those that answer questions before all others; what goes beyond
    them is made up. Without the data all of it is, and no question has an answer.
    """

    articles: Mapping[str, str]
    asked: Sequence[Asked]
    """Questions in Vietnamese with the ids of the articles that answer them."""
    questions: Sequence[str]
    """The same, the same typed without marks, and some in English."""
    words: Words

    @classmethod
    def load(cls, data: Path, words: Words) -> Collection:
        """Of the development data in a folder, or without when there is no such folder."""
        if not data.is_dir():
            asked = [Asked(text=text, right=frozenset()) for text in questions()]
            return cls(articles={}, asked=asked, questions=questions(), words=words)
        texts = {article.id: article.passage for article in development.articles(data)}
        vietnamese = development.questions(data, "dev")
        english = development.translated(data, "dev", ENGLISH)
        asked = [Asked(text=one.text, right=frozenset(one.relevant).intersection(texts)) for one in vietnamese]
        answers = dict.fromkeys(id for one in vietnamese for id in one.relevant if id in texts)
        return cls(
            articles={id: texts[id] for id in (*answers, *(id for id in texts if id not in answers))},
            asked=asked,
            questions=[form for one in vietnamese for form in (one.text, fold(one.text))]
            + [one.text for one in english],
            words=words,
        )

    def first(self, size: int) -> Iterator[tuple[str, str]]:
        """So many texts by id; of fewer they are the first ones."""
        return islice(chain(self.articles.items(), self._made_up()), size)

    def _made_up(self) -> Iterator[tuple[str, str]]:
        rng = random.Random(_SEED)
        for number in count():
            order = f"{rng.choice(_BODIES)} chủ trì thực hiện"
            yield f"made-up-{number}", f"{order} {self.words.text(rng, _CLAUSE_WORDS)}."


def plan(number: int, *, clauses: int, words: Words) -> str:
    """A made-up plan with so many clauses, each an order to a body with a day."""
    rng = random.Random(_SEED + number)
    lines = [
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        f"---------------\nSố: {number}/KH-UBND\nHà Nội, ngày 05 tháng 3 năm 2025",
        f"KẾ HOẠCH\nThực hiện {words.text(rng, 6)} năm 2025",
    ]
    for at in range(clauses):
        part, place = divmod(at, _CLAUSES_PER_PART)
        if place == 0:
            lines.append(f"{_roman(part + 1)}. NHIỆM VỤ PHẦN {part + 1}")
        day = f"{rng.randint(1, 28):02}/{rng.randint(4, 12):02}/2025"
        order = f"{rng.choice(_BODIES)} chủ trì thực hiện"
        lines.append(f"{place + 1}. {order} {words.text(rng, _CLAUSE_WORDS)}, hoàn thành trước ngày {day}.")
    return "\n\n".join(lines) + "\n"


def _roman(number: int) -> str:
    digits = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, letter in digits:
        written += letter * (number // value)
        number %= value
    return written
