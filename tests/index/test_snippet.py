"""Snippets: what is marked, what is cut, and that nothing but marks is added."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Query, Term
from index.snippet import snippet
from index.words import tokens
from ingest.text import fold

TEXT = "Giao Sở Tài chính trình phương án giá; Sở Nội vụ phối hợp."


def _query(text: str) -> Query:
    exact = tokens(text)
    return Query(
        text=text,
        language="vi",
        exact=tuple(Term(text=token) for token in exact),
        folded=tuple(Term(text=fold(token)) for token in exact),
    )


def _plain(marked: str) -> str:
    return html.unescape(re.sub("</?mark>", "", marked))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Sở Tài chính làm gì", "Giao <mark>Sở Tài chính</mark> trình phương án giá; Sở Nội vụ phối hợp."),
        ("so noi vu", "Giao Sở Tài chính trình phương án giá; <mark>Sở Nội vụ</mark> phối hợp."),
        ("giá", "Giao Sở Tài chính trình phương án <mark>giá</mark>; Sở Nội vụ phối hợp."),
        ("biển", "Giao Sở Tài chính trình phương án giá; Sở Nội vụ phối hợp."),
    ],
)
def test_pairs_are_marked_and_single_syllables_only_without_them(question: str, expected: str) -> None:
    """With marks or without, as the question was typed."""
    assert snippet(TEXT, _query(question)) == expected


def test_what_looks_like_html_is_escaped() -> None:
    """A document cannot put markup into a page."""
    assert snippet("<b>giá</b> & 'giá'", _query("giá")) == (
        "&lt;b&gt;<mark>giá</mark>&lt;/b&gt; &amp; &#x27;<mark>giá</mark>&#x27;"
    )


def test_an_english_question_marks_its_translations() -> None:
    """The terms are what was searched for."""
    query = Query(text="price plan", language="en", exact=(Term(text="phương_án", weight=0.4),), folded=())
    assert "<mark>phương án</mark>" in snippet(TEXT, query)


def test_a_long_text_is_cut_around_its_matches() -> None:
    """The part that was found is shown, with ellipses where something is missing."""
    marked = snippet(f"{'lời dẫn ' * 100}phương án giá {'lời kết ' * 100}", _query("phương án giá"), width=80)
    assert "<mark>phương án giá</mark>" in marked
    assert marked.startswith("…")
    assert marked.endswith("…")
    assert len(_plain(marked)) <= 82


@given(st.text(), st.text())
def test_a_snippet_without_its_marks_is_the_text(text: str, question: str) -> None:
    """Nothing is lost or added, whatever the text holds."""
    assert _plain(snippet(text.replace("mark>", ""), _query(question), width=None)) == text.replace("mark>", "")


@given(st.lists(st.sampled_from(["sở", "tài", "chính", "giá", "<", "&"])), st.integers(10, 60))
def test_a_cut_snippet_is_a_part_of_the_text(words: list[str], width: int) -> None:
    """Between its ellipses there is nothing but the text."""
    text = " ".join(words)
    marked = snippet(text, _query("tài chính"), width=width)
    assert _plain(marked).strip("…") in text
    assert len(_plain(marked).strip("…")) <= max(width, 0)


def test_every_match_in_a_short_text_is_marked(ask: Callable[[str], Query]) -> None:
    """Not only the first."""
    assert snippet("giá và giá", ask("giá")).count("<mark>") == 2
