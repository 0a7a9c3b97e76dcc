"""Words torn apart: joined where they make phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pipeline import parse
from ingest.spacing import joined

TORN = [
    "ĐIỀ U KHO ẢN THI HÀNH",
    "Căn c ứ Luật Tổ chức chính quyền đ ịa phương",
    "th ực hi ện nhiệm v ụ được giao; doanh nghi ệ p trên địa bàn",
]
WHOLE = [
    "ĐIỀU KHOẢN THI HÀNH",
    "Căn cứ Luật Tổ chức chính quyền địa phương",
    "thực hiện nhiệm vụ được giao; doanh nghiệp trên địa bàn",
]


def test_torn_words_are_joined() -> None:
    """Also in three parts, and beside others."""
    right = joined(TORN)
    assert [right.get(i, line) for i, line in enumerate(TORN)] == WHOLE


@pytest.mark.parametrize(
    "line",
    [
        "tại điểm c ứng với khoản 1", "nhóm A ở cấp tỉnh", "điểm a và c áp dụng", "mức 5 m ét dây", "Ông K ính thưa",
        "loại b ảnh màu", "khoản 2 điểm đ ổn định",
    ],
)  # fmt: skip
def test_letters_that_name_something_stay(line: str) -> None:
    """Beside words that begin like others."""
    assert joined([line]) == {}


@given(st.lists(st.sampled_from(WHOLE), max_size=8))
def test_whole_text_stays(lines: list[str]) -> None:
    """Whatever follows what."""
    assert joined(lines) == {}


def test_a_torn_document_is_read() -> None:
    """The source keeps its spaces; clauses have whole words."""
    lines = ["KẾ HOẠCH", "Về rà soát", "", *(f"{n}. {line}." for n, line in enumerate(TORN[1:], 1))]
    found = parse("\n".join(lines).encode(), "ke-hoach.txt")
    clause = found.clauses[-1]
    assert clause.text == f"{WHOLE[2]}."
    assert found.source.text[clause.span.start : clause.span.end] == lines[-1]
