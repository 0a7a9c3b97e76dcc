"""Misread words: mended where that is certain, and nowhere else; what is quoted stays as it is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import chunk, phrases
from ingest.misreadings import all_meant, corrections, figures, latin_letters, meant, recognised
from ingest.model import Document
from ingest.pipeline import parse
from ingest.text import fold


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        # no syllables
        ("bảo đảm kịp thời, đúne quy định", "bảo đảm kịp thời, đúng quy định"),
        ("có kế hoạch để triên khai thực hiện", "có kế hoạch để triển khai thực hiện"),
        ("xây dựng đội ngǜ giảng viên", "xây dựng đội ngũ giảng viên"),
        # syllables that never stand there
        ("trong giải quyết thu tục hành chính", "trong giải quyết thủ tục hành chính"),
        ("theo Quyết định sô 12/QĐ-TTg", "theo Quyết định số 12/QĐ-TTg"),
        ("bố trí kính phí để mua sắm", "bố trí kinh phí để mua sắm"),
        # abbreviations
        ("Kế hoạch số 18/KH-ƯBND của ƯBND xã", "Kế hoạch số 18/KH-UBND của UBND xã"),
        # figures
        ("trước ngày O5/6/2O22", "trước ngày 05/6/2022"),
        ("ngày 1O tháng l2 năm 2O22", "ngày 10 tháng 12 năm 2022"),
        ("Kế hoạch số 1O5/KH-UBND", "Kế hoạch số 105/KH-UBND"),
        # another alphabet: "а", "о" and "Н" are Cyrillic here
        ("các cơ qu\u0430n, tổ ch\u1ee9c c\u00f3 liên qu\u0430n", "các cơ quan, tổ chức có liên quan"),
        ("các T\u041d\u041d\u041d", "các THHH"),
    ],
)  # fmt: skip
def test_what_is_certain_is_read_as_it_was_meant(printed: str, text: str) -> None:
    """One letter for one, whatever the case around it."""
    assert meant(printed) == text


@pytest.mark.parametrize(
    "text",
    [
        # rare words, and rare beside what is common
        "kết quả thị sát và hồ sơ", "cơ số y tế, áo phao", "các vùng lõm sóng", "đạt độ nảy không quá 2 m",
        "triển khai sổ lao động điện tử", "các phiến lược xếp dọc", "Người húc trong đội",
        # names, also in capitals
        "đồng chí Phạm Thị Thanh Trà tại buổi làm việc", "PHẠM THỊ THANH TRÀ TẠI BUỔI LÀM VIỆC", "ông Hồ Thu Hà nêu",
        # without marks, and other languages
        "Bao cao tu danh gia thu tuc hanh chinh", "the department of finance is to report",
        "\u041c\u043e\u0441\u043a\u0432\u0430",
        # letters and figures that are what they seem
        "5l/ngày", "B1O1", "nhóm I/II", "điểm l khoản 1", "QUYÉT", "32/l3/2022", "VTV1, 3G, H5N1", "O/o",
        "BHXH, BHYT, HĐND, TTHC",
        "",
    ],
)  # fmt: skip
def test_what_is_not_certain_stays(text: str) -> None:
    """A wrong correction is worse than none."""
    assert meant(text) == text


@given(st.text())
def test_every_offset_stays(text: str) -> None:
    """And each correction tells what is printed at its place."""
    read = meant(text)
    assert len(read) == len(text)
    assert all(text[one.span.start : one.span.end] == one.printed for one in corrections(text))


@given(st.lists(st.text(), max_size=4))
def test_texts_are_read_apart(texts: list[str]) -> None:
    """In one pass as one by one."""
    assert all_meant(texts) == [meant(text) for text in texts]


def test_lines_of_a_recognised_page_are_read_on() -> None:
    """A phrase may be broken at the end of a line; the lines stay."""
    assert recognised("theo thâm\nquyền, đúne quy\nđịnh\n") == "theo thẩm\nquyền, đúng quy\nđịnh\n"
    assert meant("theo thâm\nquyền") == "theo thâm\nquyền"


DOCUMENT = """\
ỦY BAN NHÂN DÂN
TỈNH BẮC GIANG
-------
Số: 5/KH-ƯBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Bắc Giang, ngày 1O tháng 3 năm 2O22

KẾ HOẠCH
Về rà soát quy định

1. Giao Sở Nội vụ giải quyết thu tục hành chính theo Kế hoạch số 18/KH-ƯBND, đúne quy định, xong trước ngày O5/6/2O22.
2. Giao Sở Tài chính báo cáo kết quả.
"""


def document() -> Document:
    return parse(DOCUMENT.encode(), "ke-hoach.txt")


def test_the_head_is_read_as_it_was_meant() -> None:
    """Its number and day are what the document is known by."""
    found = document()
    assert found.number == "5/KH-UBND"
    assert found.date is not None
    assert found.date.isoformat() == "2022-03-10"


def test_a_clause_is_quoted_as_printed_and_found_as_meant() -> None:
    """The words of the source stand in clause, task and deadline; passages, numbers and days are the meant ones."""
    found = document()
    clause = found.clauses[1]
    assert "đúne quy định" in clause.text
    [order] = [one for one in found.assignments if one.clause == clause.path]
    assert order.task in clause.text
    assert "thu tục" in order.task
    assert order.deadline is not None
    assert order.deadline.due is not None
    assert order.deadline.due.isoformat() == "2022-06-05"
    assert order.deadline.text in clause.text
    [reference] = found.references
    assert reference.number == "18/KH-UBND"
    assert reference.text in clause.text
    [passage] = [one for one in chunk.passages(found, max_tokens=200) if one.clause == clause.path]
    assert "thủ tục hành chính" in passage.text
    assert "đúng quy định" in passage.text


def test_a_warning_tells_what_was_misread() -> None:
    """With the first words and what they were taken for."""
    [told] = [one for one in document().warnings if "in sai" in one]
    assert "“đúne” → “đúng”" in told


def test_the_table_counts_phrases() -> None:
    """A common phrase, and one that nobody writes."""
    known = phrases.shipped()
    tài, chính, bé = map(known.id, ("tài", "chính", "bé"))
    assert known.pair(tài, chính) > 1000 > known.pair(bé, tài)
    assert known.times("húcx") == 0


def test_steps_alone() -> None:
    """Each mends its own kind only."""
    assert latin_letters("đúne \u0430n toàn") == "đúne an toàn"
    assert fold(figures("ngày O5/6/2O22, đúne")) == "ngay 05/6/2022, dune"
