"""Names and titles in capitals, in the case an official writes (Nghị định 30/2020/NĐ-CP, Phụ lục II)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.casing import is_body, official, seen_capitals, sentence_case


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI", "VĂN PHÒNG"], "Văn phòng UBND thành phố Hà Nội"),
        (["UBND TỈNH PHÚ THỌ", "SỞ NỘI VỤ"], "Sở Nội vụ tỉnh Phú Thọ"),
        (["UBND THÀNH PHỐ CẦN THƠ", "SỞ GIÁO DỤC VÀ", "ĐÀO TẠO"], "Sở Giáo dục và Đào tạo thành phố Cần Thơ"),
        (["UỶ BAN", "NHÂN DÂN", "TỈNH ĐẮK LẮK"], "UBND tỉnh Đắk Lắk"),  # broken inside the name
        (["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH"], "UBND Thành phố Hồ Chí Minh"),  # the kind is in the name
        (["UBND QUẬN 1"], "UBND Quận 1"),  # a place named by a number
        (["ỦY BAN NHÂN DÂN QUẬN 1", "VĂN PHÒNG"], "Văn phòng UBND Quận 1"),
        (["ỦY BAN NHÂN DÂN", "XÃ TÂN PHÚ ĐÔNG"], "UBND xã Tân Phú Đông"),
        (["VĂN PHÒNG", "CHÍNH PHỦ"], "Văn phòng Chính phủ"),
        (["BỘ TÀI NGUYÊN VÀ MÔI TRƯỜNG"], "Bộ Tài nguyên và Môi trường"),
        (["BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH"], "Bộ Văn hóa, Thể thao và Du lịch"),
        (
            ["BỘ CÔNG AN", "CỤC CẢNH SÁT GIAO THÔNG"],
            "Cục Cảnh sát giao thông",
        ),  # the body that issues, not its ministry
        (["HỘI ĐỒNG NHÂN DÂN", "TỈNH CÀ MAU"], "Hội đồng nhân dân tỉnh Cà Mau"),
        (["THỦ TƯỚNG CHÍNH PHỦ"], "Thủ tướng Chính phủ"),
        (["CHÍNH PHỦ"], "Chính phủ"),
        (["QUỐC HỘI"], "Quốc hội"),
    ],
)
def test_a_name_in_capitals_is_written_as_officials_do(printed: list[str], expected: str) -> None:
    """The lines of a header, the superior body first."""
    assert official(printed) == expected


BODY = (
    "Theo Kế hoạch của Ủy ban nhân dân Thành phố Hồ Chí Minh về chuyển đổi số và Nghị quyết số 57-NQ/TW, các sở "
    "triển khai thi hành Luật Việc làm; tại Hà Nội và Bắc Ninh."
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "TRIỂN KHAI THI HÀNH LUẬT VIỆC LÀM TRÊN ĐỊA BÀN THÀNH PHỐ HỒ CHÍ MINH",
            "Triển khai thi hành Luật Việc làm trên địa bàn Thành phố Hồ Chí Minh",
        ),
        ("VỀ CHUYỂN ĐỔI SỐ TẠI HÀ NỘI", "Về chuyển đổi số tại Hà Nội"),
        ("THỰC HIỆN NGHỊ QUYẾT SỐ 57-NQ/TW", "Thực hiện Nghị quyết số 57-NQ/TW"),  # the number as the body prints it
        ("Về việc PCCC", "Về việc PCCC"),  # a title in mixed case is left alone
        ("V/v tăng cường PCCC", "V/v tăng cường PCCC"),
        ("123 / 4", "123 / 4"),
        ("", ""),
    ],
)
def test_a_title_takes_the_case_of_the_body(title: str, expected: str) -> None:
    """Names keep their capitals because the body prints them so."""
    assert sentence_case(title, BODY) == expected


@given(st.text(alphabet="ABCĐ ỦÀaăbcđủà.,“”/-012\n", max_size=60), st.text(alphabet="aăbcđ ABĐỦ.\n", max_size=120))
def test_only_the_case_of_a_title_changes(title: str, body: str) -> None:
    """Every letter, mark and space of the title stays, whatever the body is."""
    assert sentence_case(title, body).casefold() == title.casefold()


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("SắC LệNH", "SẮC LỆNH"),
        ("CủA CHủ TịCH CHíNH PHủ Số 4", "CỦA CHỦ TỊCH CHÍNH PHỦ SỐ 4"),
        ("Căn cứ SắC LệNH", "Căn cứ SẮC LỆNH"),  # within a line, only the words that lost their capitals
        ("Số: 12/KH-UBND", "Số: 12/KH-UBND"),
        ("Sở Tài chính, UBND", "Sở Tài chính, UBND"),
        ("Ủy ban", "Ủy ban"),
    ],
)
def test_capitals_that_a_font_lost(line: str, seen: str) -> None:
    """Small marked letters among capitals were seen as capitals."""
    assert seen_capitals(line) == seen


def test_a_line_that_names_a_body() -> None:
    """And one that is a title."""
    assert is_body("SỞ TÀI CHÍNH")
    assert not is_body("SỔ VĂN BẢN ĐẾN")
    assert not is_body("Sở Tài chính")
