"""Misread numbers of clauses: mended where the lines around them count so."""

from __future__ import annotations

import pytest

from ingest.ordinals import mended
from ingest.pipeline import parse


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        # the first of a list
        (["l. Một", "2. Hai"], ["1. Một", "2. Hai"]),
        (["I. Một", "2. Hai", "3. Ba"], ["1. Một", "2. Hai", "3. Ba"]),
        (["| . x", "|. Một", "2. Hai"], ["| . x", "1. Một", "2. Hai"]),
        # a later one
        (["9. Chín", "lO. Mười", "ll. Một", "12. Hai"], ["9. Chín", "10. Mười", "11. Một", "12. Hai"]),
        (["10) Mười", "ll) Mười một"], ["10) Mười", "11) Mười một"]),
        # lines between, and lists within
        (["l. Một", "a) A", "b) B", "2. Hai"], ["1. Một", "a) A", "b) B", "2. Hai"]),
        (["5. Năm", "5.l. Một", "5.2. Hai"], ["5. Năm", "5.1. Một", "5.2. Hai"]),
        # the second list of a text
        (["1. Một", "2. Hai", "II. Hai", "l. Một", "2. Hai"], ["1. Một", "2. Hai", "II. Hai", "1. Một", "2. Hai"]),
    ],
)  # fmt: skip
def test_labels_that_count(printed: list[str], meant: list[str]) -> None:
    """As they were meant."""
    right = mended(printed)
    assert [right.get(i, line) for i, line in enumerate(printed)] == meant


@pytest.mark.parametrize(
    "lines",
    [
        # a letter, a Roman number
        ["k. Ca", "l. Lờ", "m. Mờ", "2. Hai"],
        ["I. Một", "1. Một", "2. Hai", "II. Hai"],
        ["I. Một", "2. Hai", "II. Hai"],
        # nothing counts up to it, or the list has its first
        ["1. Một", "l. Lờ", "2. Hai"],
        ["l. Một", "3. Ba"],
        ["l) Một", "2. Hai"],
        ["ll. Mười một", "12. Mười hai"],
        ["lI. Một"],
    ],
)
def test_labels_that_do_not(lines: list[str]) -> None:
    """Stay as they are."""
    assert mended(lines) == {}


def test_a_clause_with_a_misread_label_stands_among_the_others() -> None:
    """Its words are those of the source."""
    orders = "l. Giao Sở Nội vụ rà soát.\n\n2. Giao Sở Tài chính báo cáo.\n\n3. Giao Sở Y tế kiểm tra.\n"
    text = f"KẾ HOẠCH\nVề rà soát\n\n{orders}"
    found = parse(text.encode(), "ke-hoach.txt")
    labelled = [clause for clause in found.clauses if clause.label]
    assert [clause.path for clause in labelled] == ["1", "2", "3"]
    assert labelled[0].text == "Giao Sở Nội vụ rà soát."
    assert found.source.text[labelled[0].span.start :].startswith("l. Giao")
