"""How what clauses say becomes statements."""

from __future__ import annotations

from api.answer.composing import stated


def test_the_same_order_in_two_documents_is_one_statement() -> None:
    """With both citations, in the words of the first; the mark at its end does not matter."""
    said = [("Báo cáo kết quả.", 0), ("Bố trí kinh phí", 1), ("báo cáo  kết quả;", 2)]
    assert [(one.text, one.citations) for one in stated(said)] == [
        ("Báo cáo kết quả.", (0, 2)),
        ("Bố trí kinh phí", (1,)),
    ]


def test_a_clause_with_two_tasks_is_cited_once_for_each() -> None:
    """A lead and a coordinator of one task have one statement."""
    assert [one.citations for one in stated([("Rà soát.", 0), ("Rà soát.", 0), ("Tổng hợp.", 0)])] == [(0,), (0,)]
