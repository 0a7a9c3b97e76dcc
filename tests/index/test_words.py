"""Tokens, and what the word index finds by them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.model import IndexFailure, Query, Term
from index.words import Indexed, Restriction, Words, number_key, numbers, tokens, write

PASSAGES = (
    Indexed(passage=1, document=10, text="Sở Tài chính trình phương án giá", context="441/TB-VP\nThông báo"),
    Indexed(passage=2, document=10, text="Sở Nội vụ hoà giải tranh chấp", context="441/TB-VP\nThông báo"),
    Indexed(passage=3, document=20, text="Chính sách tài trợ cho trường học", context="12/KH-UBND\nKế hoạch"),
    Indexed(passage=4, document=20, text="SO TAI CHINH cap kinh phi", context="12/KH-UBND\nKế hoạch"),
)


@pytest.fixture
def words(tmp_path: Path) -> Words:
    write(tmp_path / "words", added=PASSAGES)
    return Words.open(tmp_path / "words")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số: 441/TB-VP ngày", ["441/tb-vp"]),
        ("kế hoạch 214/kh-ubnd", ["214/kh-ubnd"]),  # typed by hand
        ("số 11 /TB-UBND", ["11/tb-ubnd"]),  # a space as printed
        ("1925 /STC- HTDN", ["1925/stc-htdn"]),
        ("NĐ số 30/2020/NĐ-\nCP", ["30/2020/nđ-cp"]),  # broken at the end of a line
        ("0044/QĐ-BCT", ["44/qđ-bct"]),
        ("66.15/2026/NQ-CP", ["66.15/2026/nq-cp"]),
        ("167/CT-BNN-TTr", ["167/ct-bnn-ttr"]),
        ("Nghị quyết 14-NQ/TW", ["14-nq/tw"]),
        ("Kế hoạch 214/KH-UBND - Sở Nội vụ", ["214/kh-ubnd"]),  # a dash between words
        ("ngày 18/8/2022, khoản 2-3", []),
    ],
)
def test_document_numbers_are_whole_tokens(text: str, expected: list[str]) -> None:
    """However a number is printed or typed, it becomes one token."""
    assert numbers(text) == expected
    assert tokens(text)[len(tokens(text)) - len(expected) :] == expected


def test_tokens_are_syllables_and_pairs_in_one_spelling() -> None:
    """Both placements of a tone give the same tokens."""
    assert tokens("Hoà giải") == tokens("HÒA giải") == ["hòa", "giải", "hòa_giải"]


def test_number_keys_ignore_marks_spaces_and_zeros() -> None:
    """One key for all ways to write a number."""
    assert number_key("0012 /QĐ–UBND") == number_key("12/qd-ubnd") == "12/qd-ubnd"


def test_a_pair_of_syllables_outranks_the_same_syllables_apart(words: Words) -> None:
    """ "tài chính" is found before "chính sách tài trợ"."""
    found = words.search(_exact("tài chính"), limit=10)
    assert [passage for passage, _ in found] == [1, 3]


def test_text_without_marks_is_found_by_a_question_with_marks(words: Words, ask: Callable[[str], Query]) -> None:
    """Words that lost their marks come last, but they come."""
    found = [passage for passage, _ in words.search(ask("sở tài chính"), limit=10)]
    assert found[0] == 1
    assert 4 in found


def test_a_question_without_marks_finds_text_with_marks(words: Words, ask: Callable[[str], Query]) -> None:
    """Folding makes both sides the same."""
    assert words.search(ask("hoa giai"), limit=1)[0][0] == 2


def test_a_named_document_comes_first(words: Words, ask: Callable[[str], Query]) -> None:
    """The number stands in the context of every passage of the document."""
    assert words.search(ask("sở tài chính 12/KH-UBND"), limit=1)[0][0] == 3


def test_nothing_is_found_for_words_that_do_not_occur(words: Words, ask: Callable[[str], Query]) -> None:
    """No hit rather than an arbitrary one."""
    assert words.search(ask("zzz"), limit=10) == []
    assert words.search(ask("???"), limit=10) == []


@pytest.mark.parametrize(
    ("restriction", "expected"),
    [
        (Restriction(passages=np.array([2, 3], dtype=np.int64)), {3}),
        (Restriction(passages=np.array([3, 4], dtype=np.int64), documents=(20,)), {3, 4}),
        (Restriction(passages=np.array([], dtype=np.int64)), set()),
    ],
)
def test_a_search_stays_inside_its_restriction(
    words: Words, ask: Callable[[str], Query], restriction: Restriction, expected: set[int]
) -> None:
    """By passages, by documents, or nowhere."""
    found = words.search(ask("tài chính"), limit=10, restriction=restriction)
    assert {passage for passage, _ in found} == expected


def test_removed_passages_are_not_found_and_added_ones_are(tmp_path: Path, ask: Callable[[str], Query]) -> None:
    """A change is applied to what is there."""
    write(tmp_path / "words", added=PASSAGES)
    late = Indexed(passage=9, document=30, text="Sở Tài chính báo cáo", context="")
    write(tmp_path / "words", added=[late], removed=[1, 2])
    words = Words.open(tmp_path / "words")
    assert len(words) == 3
    assert words.search(ask("sở tài chính"), limit=1)[0][0] == 9


def test_the_weight_of_a_term_counts(words: Words) -> None:
    """A translated term with little weight loses against one with much."""
    terms = (Term(text="tranh_chấp", weight=0.1), Term(text="chính_sách", weight=1.0))
    query = Query(text="policy dispute", language="en", exact=terms, folded=())
    assert [passage for passage, _ in words.search(query, limit=10)] == [3, 2]


def test_a_folder_without_words_is_refused_with_the_remedy(tmp_path: Path) -> None:
    """The message names the command that mends it."""
    with pytest.raises(IndexFailure, match="--reindex"):
        Words.open(tmp_path)


def _exact(text: str) -> Query:
    return Query(text=text, language="vi", exact=tuple(Term(text=token) for token in tokens(text)), folded=())
