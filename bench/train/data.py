"""Reads the training data and makes pairs of it: what should lie near what.

The folder given as `--data` holds `train/pairs/*.tsv.xz` (English, Vietnamese), `train/statute_articles.jsonl.xz`
(id, title, text), `train/statute_questions.train.jsonl`, `glossary/gov_glossary_vi_en.tsv` and, only for
measuring and for leaving out what is measured, `dev/`.
"""

from __future__ import annotations

import json
import lzma
import random
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import lexicon

PASSAGE_CHARACTERS = 600
RUNNING_TEXT = frozenset({"legal_statutes_mt", "songngu_news", "evbcorpus", "ms_docs_office", "d2l_vn"})
COMMON_TITLE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts that mean the same (a translation) or belong together (a heading and its article)."""

    left: str
    right: str
    wrong: str | None = None
    """What might be taken for the right one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of a statute."""

    id: str
    title: str
    text: str

    @property
    def passage(self) -> str:
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with the ids of the articles that answer it."""

    text: str
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A Vietnamese paragraph with questions in English and Vietnamese that it answers."""

    text: str
    english: tuple[str, ...]
    vietnamese: tuple[str, ...]


def clean(text: str) -> str:
    """NFC, spaces squeezed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def sources(data: Path) -> Iterator[tuple[str, list[Pair]]]:
    """Each file of English–Vietnamese pairs as (name, pairs in the order of the file), English left."""
    for file in sorted((data / "train" / "pairs").glob("*.tsv.xz")):
        with lzma.open(file, "rt", encoding="utf-8", newline="\n") as lines:
            rows = [line.rstrip("\n").split("\t") for line in lines]
        yield (
            file.name.removesuffix(".tsv.xz"),
            [Pair(left=clean(row[0]), right=clean(row[1])) for row in rows if len(row) == 2],
        )


def glossary(data: Path) -> list[Pair]:
    """Official names of bodies, ranks and document types, English left."""
    rows = (data / "glossary" / "gov_glossary_vi_en.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Pair(left=clean(row[1]), right=clean(row[0])) for row in (line.split("\t") for line in rows)]


def articles(data: Path) -> list[Article]:
    """All articles of the statutes."""
    with lzma.open(data / "train" / "statute_articles.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Article(
            id=row["id"],
            title=unicodedata.normalize("NFC", row["title"]),
            text=unicodedata.normalize("NFC", row["text"]),
        )
        for row in rows
    ]


def questions(data: Path, part: str) -> list[Question]:
    """The questions of `part`: "train" to learn from, "dev" to measure with."""
    folder = data / part / f"statute_questions.{part}.jsonl"
    return [Question(text=clean(row["question"]), relevant=tuple(row["relevant"])) for row in _json_lines(folder)]


def terms() -> list[Pair]:
    """The hand-written terms of the lexicon that ships, English left."""
    written = lexicon.Lexicon.load().written
    return [Pair(left=english, right=phrase) for english, said in written.items() for phrase, _ in said]


def translated(data: Path, part: str, file: Path) -> list[Question]:
    """Some of the questions of `part` in English: `file` holds a line with id and question for each."""
    rows = _json_lines(data / part / f"statute_questions.{part}.jsonl")
    relevant = {row["id"]: tuple(row["relevant"]) for row in rows}
    return [Question(text=clean(row["question"]), relevant=relevant[row["id"]]) for row in _json_lines(file)]


def paragraphs(data: Path) -> list[Paragraph]:
    """XQuAD's paragraphs, for measuring only."""
    return [
        Paragraph(
            text=clean(row["paragraph_vi"]),
            english=tuple(clean(question["en"]) for question in row["questions"]),
            vietnamese=tuple(clean(question["vi"]) for question in row["questions"]),
        )
        for row in _json_lines(data / "dev" / "xquad.en-vi.jsonl")
    ]


def measured(data: Path) -> frozenset[str]:
    """Texts that training must not see: every question and paragraph of `dev/`, lower-cased."""
    texts = {question.text for question in questions(data, "dev")}
    for paragraph in paragraphs(data):
        texts.update((paragraph.text, *paragraph.english, *paragraph.vietnamese))
    return frozenset(text.lower() for text in texts)


def translations(data: Path) -> list[Pair]:
    """English–Vietnamese pairs of all sources and the glossary, each side only once."""
    pairs = [pair for _, source in sources(data) for pair in source] + glossary(data)
    return _unique(pairs, leave_out=measured(data))


def windows(data: Path, *, width: int = 3) -> list[Pair]:
    """An English sentence and the Vietnamese sentences around its translation, from sources of running text.

    Questions are asked about passages, not about sentences; this is what such a passage looks like.
    """
    pairs = []
    for name, source in sources(data):
        if name not in RUNNING_TEXT:
            continue
        for start in range(0, len(source) - width, width):
            group = source[start : start + width]
            passage = " ".join(pair.right for pair in group)[:PASSAGE_CHARACTERS]
            asked = max(group, key=lambda pair: len(pair.left))
            pairs.append(Pair(left=asked.left, right=passage))
    return _unique(pairs, leave_out=measured(data))


def headings(data: Path, rows: Iterable[Article]) -> list[Pair]:
    """The heading of an article and its opening words; headings of more than a few articles say nothing."""
    rows = list(rows)
    count = Counter(article.title.lower() for article in rows)
    pairs = [
        Pair(left=clean(article.title), right=clean(article.text[:PASSAGE_CHARACTERS]))
        for article in rows
        if count[article.title.lower()] <= COMMON_TITLE
    ]
    return _unique(pairs, leave_out=measured(data))


def sentences(data: Path, rows: Iterable[Article], rng: random.Random) -> list[Pair]:
    """A line out of an article and the article without it (inverse cloze task, Lee et al. 2019)."""
    pairs = []
    for article in rows:
        lines = [line for line in article.text.splitlines() if 40 <= len(line) <= 400]
        if len(lines) < 2:
            continue
        line = rng.choice(lines)
        before, _, after = article.passage.partition(line)
        rest = f"{before[-PASSAGE_CHARACTERS // 2 :]} {after[: PASSAGE_CHARACTERS // 2]}"
        pairs.append(Pair(left=clean(line), right=clean(rest)))
    return _unique(pairs, leave_out=measured(data))


def _json_lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _unique(pairs: Iterable[Pair], *, leave_out: frozenset[str]) -> list[Pair]:
    """Pairs with both sides filled and no side seen before: in a batch, every other right is a wrong answer."""
    left_seen: set[str] = set(leave_out)
    right_seen: set[str] = set(leave_out)
    kept = []
    for pair in pairs:
        left, right = pair.left.lower(), pair.right.lower()
        if not left or not right or left in left_seen or right in right_seen:
            continue
        left_seen.add(left)
        right_seen.add(right)
        kept.append(pair)
    return kept
