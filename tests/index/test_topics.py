"""Everyday words, and the headings under which documents treat what they ask."""

from __future__ import annotations

import pytest

from index.topics import find


@pytest.mark.parametrize(
    ("question", "heading", "asking"),
    [
        ("Tiền giám sát Chương trình lấy từ đâu?", "kinh phí", ["Tiền", "lấy từ đâu"]),
        ("tien lam ke hoach lay tu nhung nguon nao?", "kinh phí", ["tien", "lay tu nhung nguon nao"]),
        ("Which sources of money pay for the plan?", "kinh phí", ["Which sources of money pay for"]),
        ("Đợt thi đua chạy từ bao giờ đến bao giờ?", "thời gian", ["chạy từ bao giờ", "đến bao giờ"]),
        ("Chiến dịch bắt đầu và kết thúc khi nào?", "thời gian", ["bắt đầu", "kết thúc khi nào"]),
        ("Doanh nghiệp được xét theo tiêu chí nào?", "tiêu chí", ["theo tiêu chí nào"]),
        ("Có những mức khen nào?", "hình thức khen thưởng", ["mức khen nào"]),
        ("Thành phần đoàn giám sát gồm những ai?", "thành phần", ["Thành phần", "gồm những ai"]),
        ("Giám sát theo các bước nào?", "quy trình", ["theo các bước nào"]),
    ],
)
def test_a_topic_is_found_by_the_words_that_ask(question: str, heading: str, asking: list[str]) -> None:
    """What stands between them is what the question is about."""
    (topic,) = find(question)
    assert topic.headings[0] == heading
    assert [question[first:last] for first, last in topic.spans] == asking


@pytest.mark.parametrize(
    "question",
    [
        "Sở Tài chính bố trí kinh phí khi nào?",
        "Tiêu chuẩn quốc gia được rà soát ra sao trong kế hoạch?",
        "Quy trình giải quyết thủ tục hành chính do ai rà soát?",
        "Sở Nội vụ được giao gì?",
        "",
    ],
)
def test_a_word_that_is_no_question_is_no_topic(question: str) -> None:
    """A directive about standards is not asked for its criteria."""
    assert not list(find(question))
