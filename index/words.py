"""The word index: Tantivy over tokens of our own, because Vietnamese writes a space between syllables.

A passage is indexed as its syllables, its pairs of adjacent syllables ("hành_chính") and the document numbers
it names ("441/tb-vp"); once with marks and once without, and the same again for its context (document number,
title, headings). Pairs stand in for word segmentation: they find as much and need no dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.model import IndexFailure, Query
from ingest.text import fold, has_marks, nfc, syllables

if TYPE_CHECKING:
    import tantivy

EXACT_BOOST = 1.0
# What the folded fields add. With marks in the question they only rescue text that lost its own (bad scans);
# for a reading restored by guess they keep other readings in play; without any marks they are all there is.
FOLDED_BOOST_MARKED = 0.1
FOLDED_BOOST_RESTORED = 0.3
FOLDED_BOOST_UNMARKED = 1.0
# The context repeats in every clause of a document: it decides between documents, the text between clauses.
# Measured on 41,000 articles and 293 questions: .15 gives MRR@10 .644, .3 .679, .6 .684, 1.0 .674.
CONTEXT_BOOST = 0.6
# A document that the question names by number: its clauses go before those that only cite it.
NUMBER_BOOST = 3.0

_WRITER_BYTES = 50_000_000
_DELETE_BATCH = 10_000
_NUMBER = re.compile(
    r"""
    (?<![\w/.,-])
    \d{1,5} (?: \.\d{1,3} )? [^\W\d_]?          # 441   0044   66.15   12a
    (?: (?: /\d{4} )? \s? / | -\s? (?=[^\W\d_]+\s?/) )   # 441/   01/2013/   11 /   14-NQ/TW
    \s? [^\W\d_]\w*                              # TB   NĐ   QH15
    (?: [-–/]\s? [^\W\d_]\w* )*                  # -VP   -BNN-TTr   /TW
    """,
    re.VERBOSE,
)
_INSIDE = re.compile(r"\s+")


def number_key(text: str) -> str:
    """The form in which document numbers are compared: no marks, no spaces, no leading zeros.

    >>> number_key("0044 /QĐ-BCT")
    '44/qd-bct'
    """
    return _INSIDE.sub("", fold(nfc(text))).replace("–", "-").lstrip("0")


def tokens(text: str) -> list[str]:
    """Syllables, pairs of adjacent syllables, and whole document numbers, in that order; lower case.

    >>> tokens("Số 0441 /TB-VP")
    ['số', '0441', 'tb', 'vp', 'số_0441', '0441_tb', 'tb_vp', '441/tb-vp']
    """
    return _terms(syllables(text), numbers(text))


def _terms(single: Sequence[str], numbers: Sequence[str]) -> list[str]:
    return [*single, *(f"{first}_{second}" for first, second in pairwise(single)), *numbers]


def numbers(text: str) -> list[str]:
    """The document numbers in a text as tokens, typed in capitals or not; marks are kept.

    >>> numbers("theo Nghị định 30/2020/nđ-cp và 14-NQ/TW, ngày 18/8/2022")
    ['30/2020/nđ-cp', '14-nq/tw']
    """
    if "/" not in text:
        return []
    found = (_INSIDE.sub("", number[0]) for number in _NUMBER.finditer(nfc(text).lower()))
    return [number.replace("–", "-").lstrip("0") for number in found]


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """A passage as it goes into the index. `passage` and `document` are keys of the store."""

    passage: int
    document: int
    text: str
    context: str

    @cached_property
    def text_lines(self) -> list[list[str]]:
        """The syllables of its own words, line by line: every part of a generation needs them."""
        return [syllables(line) for line in self.text.splitlines()]

    @cached_property
    def context_lines(self) -> list[list[str]]:
        return [syllables(line) for line in self.context.splitlines()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """Where a search may look: passage keys, ascending; and whole documents where those say the same."""

    passages: NDArray[np.int64]
    documents: tuple[int, ...] | None = None


class Words:
    """A word index in a folder, open for reading. Safe to use from several threads."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> Words:
        """Raises IndexFailure when the folder holds no word index."""
        import tantivy

        try:
            index = tantivy.Index.open(str(folder))
        except ValueError as error:
            raise IndexFailure(f"no word index in {str(folder)!r}: run `chidao ingest --reindex`") from error
        # A generation never changes once it is published, so there is nothing to watch for.
        index.config_reader(reload_policy="manual")
        return cls(index)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def frequency(self, term: str, *, folded: bool) -> int:
        """How many passages hold a token in their own words."""
        return int(self._searcher.doc_freq("folded" if folded else "exact", term))

    def search(self, query: Query, *, limit: int, restriction: Restriction | None = None) -> list[tuple[int, float]]:
        """The best passages with their BM25 scores, best first; none when no term of the query occurs."""
        wanted = self._wanted(query)
        if wanted is None or (restriction is not None and not len(restriction.passages)):
            return []
        if restriction is not None:
            wanted = self._within(wanted, restriction)
        hits = self._searcher.search(wanted, limit, count=False).hits
        keys = self._searcher.fast_field_values("passage", [address for _, address in hits])
        return [(int(key), score) for key, (score, _) in zip(keys, hits, strict=True) if key is not None]

    def _wanted(self, query: Query) -> tantivy.Query | None:
        from tantivy import Occur, Query

        weighted = list(_weighted(query))
        if not weighted:
            return None
        return Query.boolean_query(
            [
                (
                    Occur.Should,
                    Query.boost_query(Query.term_query(self._schema, field, text, index_option="freq"), boost),
                )
                for field, text, boost in weighted
            ]
        )

    def _within(self, wanted: tantivy.Query, restriction: Restriction) -> tantivy.Query:
        from tantivy import Occur, Query

        if restriction.documents is not None:
            inside = Query.term_set_query(self._schema, "document", list(restriction.documents))
        else:
            inside = Query.term_set_query(self._schema, "passage", restriction.passages.tolist())
        return Query.boolean_query([(Occur.Must, wanted), (Occur.Must, Query.const_score_query(inside, 0.0))])


def _weighted(query: Query) -> Iterator[tuple[str, str, float]]:
    """(field, token, boost) for every term of the query in every field that it is looked for."""
    if query.restored is not None:
        folded_boost = FOLDED_BOOST_RESTORED
    elif has_marks(query.text) or query.language == "en":
        folded_boost = FOLDED_BOOST_MARKED
    else:
        folded_boost = FOLDED_BOOST_UNMARKED
    for term in query.exact:
        yield "exact", term.text, term.weight * EXACT_BOOST
        yield "context_exact", term.text, term.weight * EXACT_BOOST * CONTEXT_BOOST
    for number in query.document_numbers:
        for token in numbers(number):
            yield "context_exact", token, NUMBER_BOOST
    folded = query.folded
    if folded_boost < FOLDED_BOOST_UNMARKED:
        # Beside exact terms pairs are enough to rescue a text; single syllables would cost a third of the time.
        folded = tuple(term for term in folded if "_" in term.text) or folded
    for term in folded:
        yield "folded", term.text, term.weight * folded_boost
        yield "context_folded", term.text, term.weight * folded_boost * CONTEXT_BOOST


def write(folder: Path, *, added: Iterable[Indexed], removed: Sequence[int] = ()) -> None:
    """Apply a change to the word index in a folder, which is created when it is empty.

    On return the change is committed and no thread is merging any more. `removed` holds passage keys.
    """
    import tantivy

    folder.mkdir(parents=True, exist_ok=True)
    schema = _schema()
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for start in range(0, len(removed), _DELETE_BATCH):
        # Not `delete_documents_by_term`: in Tantivy 0.27 it does not find an unsigned value and says nothing.
        batch = list(removed[start : start + _DELETE_BATCH])
        writer.delete_documents_by_query(tantivy.Query.term_set_query(schema, "passage", batch))
    folded = _Folded()
    for passage in added:
        writer.add_document(_document(passage, folded))
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for field in ("passage", "document"):
        builder.add_unsigned_field(field, indexed=True, fast=True)
    for field in ("exact", "folded", "context_exact", "context_folded"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class _Folded(dict[str, str]):
    """Tokens without marks, each computed once."""

    def __missing__(self, token: str) -> str:
        self[token] = found = fold(token)
        return found


def _document(passage: Indexed, folded: _Folded) -> tantivy.Document:
    import tantivy

    document = tantivy.Document()
    document.add_unsigned("passage", passage.passage)
    document.add_unsigned("document", passage.document)
    for prefix, text, lines in (
        ("", passage.text, passage.text_lines),
        ("context_", passage.context, passage.context_lines),
    ):
        single, named = list(chain.from_iterable(lines)), numbers(text)
        document.add_text(f"{prefix}exact", " ".join(_terms(single, named)))
        without_marks = _terms([folded[one] for one in single], [folded[one] for one in named])
        document.add_text(f"{prefix}folded", " ".join(without_marks))
    return document
