"""Marks that recognition lost in the names of issuers."""

from __future__ import annotations

import pytest

from ingest.issuers import marked


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("UY BAN NHÁN DÂN TINH QUANG NGÃI", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"),
        ("TÍNH BÌNH DUƠNG", "TỈNH BÌNH DƯƠNG"),
        ("HỌI ĐÔNG NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"),
        ("THU TƯỚNG CHÍNH PHU", "THỦ TƯỚNG CHÍNH PHỦ"),
        ("UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH", "UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH"),  # right, with the tone elsewhere
        ("TỈNH ĐĂK LĂK", "TỈNH ĐĂK LĂK"),  # written in several ways
        ("SỞ CÔNG THƯƠNG", "SỞ CÔNG THƯƠNG"),
        ("HUYỆN QUANG BINH", "HUYỆN QUANG BINH"),  # not the province
    ],
)
def test_marks_come_back_where_one_name_is_meant(line: str, name: str) -> None:
    """And nothing else changes."""
    assert marked(line) == name
