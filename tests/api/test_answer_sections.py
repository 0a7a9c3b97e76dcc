"""The section of a document that treats what is asked."""

from __future__ import annotations

from api.answer import sections
from api.answer.coverage import Need, Needs
from index.topics import find
from ingest.model import Clause, Span

PLAN = (
    ("I", None, "NHIỆM VỤ"),
    ("I.1", "I", "Bố trí kinh phí cho cơ sở."),
    ("II", None, "THỜI GIAN VÀ TRÁCH NHIỆM"),
    ("II.1", "II", "Thời gian thực hiện\nTừ tháng 3 đến tháng 5."),
    ("II.2", "II", "Trách nhiệm"),
    ("II.2.a", "II.2", "Sở Nội vụ chủ trì."),
    ("III", None, "KINH PHÍ THỰC HIỆN"),
    ("III.1", "III", "Nguồn kinh phí"),
    ("III.1.a", "III.1", "Ngân sách tỉnh."),
    ("III.1.b", "III.1", "Xã hội hóa."),
    ("IV", None, "TIÊU CHÍ THI ĐUA"),
    ("IV.1", "IV", "Đối với các sở"),
    ("IV.1.a", "IV.1", "Đoàn kết."),
    ("IV.2", "IV", "Đối với doanh nghiệp"),
    ("IV.2.a", "IV.2", "Nộp thuế."),
)
ANY = Needs(needs=(), folded=False)


def clauses() -> list[Clause]:
    headings = {path: text for path, _, text in PLAN}
    return [
        Clause(
            path=path,
            parent=parent,
            label="",
            heading=text if "\n" not in text and not text.endswith(".") else None,
            headings=(headings[parent],) if parent else (),
            text=text,
            span=Span(start=0, end=len(text)),
            page=None,
        )
        for path, parent, text in PLAN
    ]


def spoken(question: str, needs: Needs = ANY) -> list[str]:
    section = sections.find(clauses(), list(find(question)), needs)
    return [clause.path for clause in section.spoken] if section else []


def test_the_heading_that_names_the_topic_most_exactly_is_chosen() -> None:
    """Before one that names it among other things, and before a task that mentions it."""
    assert spoken("Đợt thi đua chạy từ bao giờ đến bao giờ?") == ["II.1"]
    assert spoken("Tiền lấy từ đâu?") == ["III.1.a", "III.1.b"]


def test_the_part_that_the_question_singles_out_is_spoken() -> None:
    """Of criteria for several groups, those of the group asked about."""
    businesses = Needs(needs=(Need(renderings=(("doanh_nghiệp", 1.0),), weight=1.0),), folded=False)
    assert spoken("Doanh nghiệp được xét theo tiêu chí nào?", businesses) == ["IV.2.a"]
    assert spoken("Xét theo tiêu chí nào?") == ["IV.1.a", "IV.2.a"]


def test_a_document_without_such_a_heading_has_no_section() -> None:
    assert spoken("Giám sát theo các bước nào?") == []
