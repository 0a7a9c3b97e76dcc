"""Files that hold several documents: which head begins one, and what stays with the document it is attached to."""

from __future__ import annotations

import pytest

from ingest.model import Document, Page, Source, Span
from ingest.pipeline import register, structured

LETTER = """UBND TỈNH BÌNH MINH
SỞ KHOA HỌC VÀ CÔNG NGHỆ
Số: 812/SKHCN-CĐS
V/v triển khai kế hoạch
năm 2025
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Minh, ngày 20 tháng 3 năm 2025
Kính gửi: Ủy ban nhân dân các xã, phường.
Sở Khoa học và Công nghệ gửi kèm Kế hoạch số 45/KH-UBND ngày 12/3/2025 của UBND tỉnh và đề nghị:
1. Ủy ban nhân dân các xã, phường xây dựng kế hoạch trước ngày 15/4/2025.
2. Báo cáo kết quả về Sở Khoa học và Công nghệ trước ngày 30/11/2025./.
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Trần Thị Bình
"""
PLAN = """ỦY BAN NHÂN DÂN
TỈNH BÌNH MINH
Số: 45/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Minh, ngày 12 tháng 3 năm 2025
KẾ HOẠCH
Chuyển đổi số năm 2025
I. MỤC ĐÍCH
1. Nâng cao chất lượng phục vụ người dân.
II. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính bố trí kinh phí trước ngày 30/4/2025.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn An
"""
MOTTO_FIRST = PLAN.replace("ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\nSố: 45/KH-UBND\n", "").replace(
    "Hạnh phúc\n", "Hạnh phúc\nỦY BAN NHÂN DÂN TỈNH BÌNH MINH\nSố: 45/KH-UBND\n"
)


def document(text: str, pages: tuple[Page, ...] = ()) -> Document:
    return structured(Source(name="a.txt", kind="txt", text=text, pages=pages), sha256="", register=register())


def paths(found: Document) -> list[str]:
    return [clause.path for clause in found.clauses]


@pytest.mark.parametrize("plan", [PLAN, MOTTO_FIRST])
def test_a_plan_behind_its_letter_is_a_document_of_its_own(plan: str) -> None:
    letter = document(LETTER + plan)
    assert (letter.number, str(letter.date), letter.type, letter.signer) == (
        "812/SKHCN-CĐS", "2025-03-20", "Công văn", "Trần Thị Bình",
    )  # fmt: skip
    assert letter.title == "V/v triển khai kế hoạch năm 2025"
    assert paths(letter) == ["preamble", "1", "2"]
    (found,) = letter.attached
    assert (found.number, str(found.date), found.type, found.signer) == (
        "45/KH-UBND", "2025-03-12", "Kế hoạch", "Nguyễn Văn An",
    )  # fmt: skip
    assert [path for path in paths(found) if path != "preamble"] == ["I", "I.1", "II", "II.1"]
    assert [task.agencies for task in found.assignments] == [("Sở Tài chính",)]


def test_spans_and_pages_are_those_of_the_part() -> None:
    """The page keeps its number in the file, so that a citation opens the right one."""
    whole = LETTER + PLAN
    pages = (
        Page(number=1, span=Span(start=0, end=len(LETTER))),
        Page(number=2, span=Span(start=len(LETTER), end=len(whole))),
    )
    letter = document(whole, pages)
    (found,) = letter.attached
    assert letter.source.text + found.source.text == whole
    task = next(clause for clause in found.clauses if clause.path == "II.1")
    assert found.source.text[task.span.start : task.span.end].startswith("1. Sở Tài chính")
    assert (task.page, found.source.pages) == (2, (Page(number=2, span=Span(start=0, end=len(PLAN))),))


def test_three_documents() -> None:
    decision = PLAN.replace("45/KH-UBND", "46/QĐ-UBND").replace("KẾ HOẠCH", "QUYẾT ĐỊNH")
    assert [found.number for found in document(LETTER + PLAN + decision).attached] == ["45/KH-UBND", "46/QĐ-UBND"]


@pytest.mark.parametrize(
    "behind",
    [
        PLAN.replace("45/KH", "    /KH"),  # a draft: no number
        PLAN.replace("ngày 12 tháng 3", "ngày     tháng   "),  # no day
        "Mẫu số 01\n" + PLAN,  # a sample of how one looks
        "PHỤ LỤC\n" + PLAN,
        PLAN.replace("45/KH-UBND", "812/SKHCN-CĐS"),  # its own number again
    ],
)
def test_what_has_no_number_and_day_of_its_own_stays_an_annex(behind: str) -> None:
    letter = document(LETTER + behind)
    assert letter.attached == ()
    assert [path for path in paths(letter) if path.startswith("PL")][-4:] == [
        "PL1.I", "PL1.I.1", "PL1.II", "PL1.II.1",
    ]  # fmt: skip


def test_a_draft_is_an_annex_that_begins_with_its_type() -> None:
    """Issuer and motto of its blank head give nobody a task."""
    letter = document(LETTER + PLAN.replace("45/KH", "    /KH"))
    annex = next(clause for clause in letter.clauses if clause.path == "PL1")
    assert annex.text == "KẾ HOẠCH\nChuyển đổi số năm 2025"
    assert letter.signer == "Trần Thị Bình"
    assert [task.clause for task in letter.assignments] == ["1", "PL1.II.1"]


def test_an_attachment_keeps_its_title() -> None:
    """Its articles stand under a path that does not collide with those of the decision."""
    letter = document(LETTER + "QUY CHẾ\nLàm việc của Tổ công tác\n(Ban hành kèm theo Công văn số 812)\n1. Họp.\n")
    assert letter.attached == ()
    assert paths(letter)[-2:] == ["PL1", "PL1.1"]
    assert letter.clauses[-2].text.startswith("QUY CHẾ\nLàm việc của Tổ công tác")


def test_a_head_before_anybody_has_signed_begins_no_document() -> None:
    """A portal prints a head of its own over the real one; consolidated laws quote theirs."""
    assert document("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n" + PLAN).attached == ()


def test_prose_that_names_the_state_begins_no_document() -> None:
    prose = "“Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\nLuật số: 146/2025/QH15\n"
    assert document(PLAN + prose * 3 + "Bình Minh, ngày 1 tháng 4 năm 2025\n").attached == ()
