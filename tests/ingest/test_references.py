"""Documents that a clause cites."""

from __future__ import annotations

from datetime import date

import pytest

from ingest import references
from ingest.model import Clause, Span


def found(text: str) -> list[tuple[str, str, str | None, date | None]]:
    clause = Clause(path="1", label="1.", text=text, span=Span(start=0, end=len(text)))
    return [(one.text, one.number, one.type, one.date) for one in references.find(clause)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thực hiện Kế hoạch số 189/KH-UBND ngày 06/7/2022 của UBND Thành phố",
            [("Kế hoạch số 189/KH-UBND ngày 06/7/2022", "189/KH-UBND", "Kế hoạch", date(2022, 7, 6))],
        ),
        (
            "Căn cứ Luật Đất đai số 31/2024/QH15 và Nghị định số 45/2017/NĐ-CP ngày 21 tháng 4 năm 2017",
            [
                ("31/2024/QH15", "31/2024/QH15", None, None),  # the name of the law stands between type and number
                (
                    "Nghị định số 45/2017/NĐ-CP ngày 21 tháng 4 năm 2017",
                    "45/2017/NĐ-CP",
                    "Nghị định",
                    date(2017, 4, 21),
                ),
            ],
        ),
        ("Nghị quyết số 57-NQ/TW của Bộ Chính trị", [("Nghị quyết số 57-NQ/TW", "57-NQ/TW", "Nghị quyết", None)]),
        ("theo Tờ trình 12/TTr-SNV", [("Tờ trình 12/TTr-SNV", "12/TTr-SNV", "Tờ trình", None)]),  # without "số"
        ("Văn bản số 123/QĐ-TTg", [("123/QĐ-TTg", "123/QĐ-TTg", "Quyết định", None)]),  # the symbol tells the type
        ("Thông tư liên tịch số 5/2015/TTLT-BNV", [("Thông tư liên tịch số 5/2015/TTLT-BNV", "5/2015/TTLT-BNV", "Thông "
          "tư liên tịch", None)]),
        ("Chỉ thị số 5/CT-TTg ngày 31/2/2024", [("Chỉ thị số 5/CT-TTg ngày 31/2/2024", "5/CT-TTg", "Chỉ thị", None)]),
        ("ngày 15/11/2024, đạt 22/26 đơn vị, 24/7", []),
        ("", []),
    ],
)  # fmt: skip
def test_numbered_documents_are_found(text: str, expected: list[object]) -> None:
    """Type, number and day as printed."""
    assert found(text) == expected


def test_spans_lie_in_the_clause() -> None:
    """A reference is cut from the text, in reading order."""
    text = "Kế hoạch số 1/KH-UBND, Công văn số 2/UBND-NC ngày 5/6/2024 và Chỉ thị số 3/CT-TTg."
    clause = Clause(path="II.1", label="1.", text=text, span=Span(start=0, end=len(text)))
    made = list(references.find(clause))
    assert [one.number for one in made] == ["1/KH-UBND", "2/UBND-NC", "3/CT-TTg"]
    assert all(text[one.span.start : one.span.end] == one.text and one.clause == "II.1" for one in made)
    assert [one.span.start for one in made] == sorted(one.span.start for one in made)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Căn cứ Nghị định số 08/2022/NĐ-CP ngày 10/1/2022 của Chính phủ;", "grounds"),
        ("Thực hiện Công văn số 5557/UBND-KSTT ngày 19 tháng 9 năm 2024", "implements"),
        ("Sửa đổi, bổ sung một số điều của Nghị định số 98/2021/NĐ-CP", "amends"),
        ("Quyết định này thay thế Quyết định số 12/QĐ-UBND", "replaces"),
        ("Bãi bỏ Quyết định số 12/QĐ-UBND", "repeals"),
        ("hoàn thành theo khung Kế hoạch số 189/KH-UBND", None),  # a mention
        ("Bãi bỏ các quy định cũ. Theo dõi Kế hoạch số 189/KH-UBND", None),  # said in another sentence
    ],
)
def test_what_is_said_of_a_document(text: str, relation: str | None) -> None:
    """The nearest word before it, in the same sentence."""
    clause = Clause(path="1", label="1.", text=text, span=Span(start=0, end=len(text)))
    assert [reference.relation for reference in references.find(clause)] == [relation]


def test_grounds_that_amend_another_document_keep_both_relations() -> None:
    """ "Căn cứ Nghị định A sửa đổi Nghị định B": A is a ground, B is amended."""
    text = "Căn cứ Nghị định số 05/2025/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 08/2022/NĐ-CP;"
    clause = Clause(path="preamble", label="", text=text, span=Span(start=0, end=len(text)))
    assert [reference.relation for reference in references.find(clause)] == ["grounds", "amends"]
