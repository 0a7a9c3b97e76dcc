"""Passages: one a clause, a long clause in parts, each with the context a reader needs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunk import context, passages
from ingest.model import CLOSING, PREAMBLE, Clause, Document, Source, Span
from ingest.text import squeeze, syllables


def made(*clauses: Clause, number: str | None = "5/KH-UBND") -> Document:
    return Document(
        source=Source(name="a.txt", kind="txt", text=""),
        sha256="",
        number=number,
        date=None,
        place=None,
        type="Kế hoạch",
        title="Về bình đẳng giới",
        issuer="UBND tỉnh Phú Thọ",
        signer=None,
        clauses=clauses,
    )


def one(path: str, text: str, *headings: str) -> Clause:
    return Clause(path=path, label="", text=text, span=Span(start=0, end=0), headings=headings)


def test_a_clause_that_fits_is_one_passage() -> None:
    """Its words are whole; clauses are never joined, and a bare label makes no passage."""
    found = passages(made(one("1", "Rà soát."), one("2", ""), one("3", "Báo cáo.")), max_tokens=8)
    assert [(p.clause, p.part, p.text) for p in found] == [("1", 0, "Rà soát."), ("3", 0, "Báo cáo.")]


def test_a_misprint_is_searched_as_it_was_meant() -> None:
    clause = replace(one("1", "thực hiện đúne quy định"), meant="thực hiện đúng quy định")
    assert [p.text for p in passages(made(clause), max_tokens=8)] == ["thực hiện đúng quy định"]


@pytest.mark.parametrize(
    ("clause", "number", "expected"),
    [
        (
            one("II.1", "Rà soát.", "NHIỆM VỤ", "Sở Nội vụ"),
            "5/KH-UBND",
            "Kế hoạch 5/KH-UBND\nUBND tỉnh Phú Thọ\nVề bình đẳng giới\nNHIỆM VỤ\nSở Nội vụ",
        ),
        (one("1", "Rà soát."), None, "Kế hoạch\nUBND tỉnh Phú Thọ\nVề bình đẳng giới"),  # a text without a number
        (
            one(PREAMBLE, "Căn cứ.", "NHIỆM VỤ"),
            "5/KH-UBND",
            "Kế hoạch 5/KH-UBND\nUBND tỉnh Phú Thọ\nVề bình đẳng giới",
        ),
        (
            one(CLOSING, "Trên đây.", "NHIỆM VỤ"),
            "5/KH-UBND",
            "Kế hoạch 5/KH-UBND\nUBND tỉnh Phú Thọ\nVề bình đẳng giới",
        ),
    ],
)
def test_context_names_the_document_and_the_headings(clause: Clause, number: str | None, expected: str) -> None:
    """Preamble and closing stand under no heading."""
    assert context(made(clause, number=number), clause) == expected


def test_a_long_clause_is_split_where_a_reader_would() -> None:
    """At the end of a paragraph first, then of a sentence, then of a phrase."""
    text = "Sở Nội vụ rà soát thủ tục.\nSở Tài chính bố trí kinh phí; Sở Y tế trực 24/24, báo cáo hằng ngày."
    found = [p.text for p in passages(made(one("1", text)), max_tokens=8)]
    assert found[0] == "Sở Nội vụ rà soát thủ tục."
    assert [p.part for p in passages(made(one("1", text)), max_tokens=8)] == list(range(len(found)))
    assert squeeze(" ".join(found)) == squeeze(text)


TEXTS = st.lists(
    st.sampled_from(["Sở Nội vụ", "rà soát;", "thủ tục.", "trước ngày 15/11/2024,", "\n", "UBND", "x" * 60, "“a”"]),
    min_size=1,
    max_size=80,
).map(" ".join)


def characters(text: str) -> int:
    return len(text)


@pytest.mark.parametrize(
    "count", [None, characters, lambda text: len(syllables(text)), lambda text: len(re.findall(r"\w|\S", text))]
)
@given(TEXTS, st.integers(4, 40))
@settings(max_examples=60, deadline=None)
def test_parts_of_a_clause_give_it_back(count: object, text: str, most: int) -> None:
    """No word is lost or made up, parts keep their order, and none is longer than the counter allows."""
    counter = count if callable(count) else None
    found = passages(made(one("1", text)), max_tokens=most, count=counter)
    words = "".join("".join(p.text for p in found).split())
    assert words == "".join(text.split())
    assert all((counter or (lambda t: len(t.split())))(p.text) <= most for p in found)
    assert all(p.text.strip() for p in found) or not text.strip()
