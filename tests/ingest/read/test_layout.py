"""Letters on a page become lines in reading order."""

from __future__ import annotations

from ingest.read.characters import normalise
from ingest.read.layout import GUESSED_SPACE, LINE_END, Box, Glyph, Stamp, lines

SIZE = 10.0


def drawn(x: float, y: float, text: str, *, size: float = SIZE, apart: float = 0.0) -> list[Glyph]:
    """Letters half as wide as high from a point on, `apart` points between them."""
    glyphs: list[Glyph] = []
    for letter in text:
        if letter == " ":
            glyphs.append((" ", 0, 0, 0, 0))
            x += size / 2
        else:
            glyphs.append((letter, x, x + size / 2, y, y + size))
            x += size / 2 + apart
    return glyphs


def test_lines_follow_the_drawing_order_of_cells() -> None:
    page = [*drawn(50, 700, "ô một"), *drawn(50, 685, "dòng hai"), *drawn(300, 700, "ô hai")]
    assert lines(page) == ["ô một", "dòng hai", "ô hai"]


def test_a_line_ends_where_the_reader_says_so() -> None:
    """Columns that stand closer than words do: what reads them knows."""
    page = [*drawn(50, 700, "TỈNH"), (LINE_END, 0, 0, 0, 0), *drawn(72, 700, "Độc lập"), *drawn(50, 685, "dòng hai")]
    assert lines(page) == ["TỈNH Độc lập", "dòng hai"]
    motto = [*drawn(50, 700, "A"), (LINE_END, 0, 0, 0, 0), *drawn(60, 700, "CỘNG HOÀ XÃ HỌI CHU NGHĨA VIỆT NAM")]
    assert lines(motto) == ["A", "CỘNG HOÀ XÃ HỌI CHU NGHĨA VIỆT NAM"]


def test_a_header_drawn_after_the_body_is_read_first_left_column_before_right() -> None:
    page = [
        *drawn(50, 780, "CÔNG BÁO"),
        *drawn(300, 600, "NGHỊ ĐỊNH"),
        *drawn(50, 585, "Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025; theo đề nghị của Bộ trưởng"),
        *drawn(50, 700, "CHÍNH PHỦ"),
        *drawn(50, 670, "Số: 1/NĐ-CP"),
        *drawn(300, 700, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        *drawn(300, 670, "Hà Nội, ngày 7"),
    ]
    assert [line for line in lines(page) if line] == [
        "CÔNG BÁO",
        "CHÍNH PHỦ",
        "Số: 1/NĐ-CP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hà Nội, ngày 7",
        "NGHỊ ĐỊNH",
        "Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025; theo đề nghị của Bộ trưởng",
    ]


def test_the_header_of_a_letter_ends_where_it_is_addressed() -> None:
    page = [
        *drawn(50, 700, "SỞ Y"),
        *drawn(50, 685, "V/v báo cáo"),
        *drawn(300, 700, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        *drawn(150, 650, "Kính gửi:"),
        *drawn(60, 635, "- UBND tỉnh;"),
    ]
    assert [line for line in lines(page) if line] == [
        "SỞ Y",
        "V/v báo cáo",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Kính gửi:",
        "- UBND tỉnh;",
    ]


def test_a_header_typed_with_tabs_is_split_into_its_columns() -> None:
    page = [
        *drawn(50, 700, "UBND TỈNH X"),
        *drawn(300, 700, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        *drawn(50, 685, "SỞ Y"),
        *drawn(300, 685, "Độc lập - Tự do - Hạnh phúc"),
        *drawn(50, 670, "Số: 5/KH-SYTE của Sở"),
        *drawn(185, 670, "Hà Nội và các tỉnh, ngày 2 tháng 3"),
    ]
    assert [line for line in lines(page) if line] == [
        "UBND TỈNH X",
        "SỞ Y",
        "Số: 5/KH-SYTE của Sở",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội và các tỉnh, ngày 2 tháng 3",
    ]


def test_words_that_the_file_glued_are_parted_where_a_gap_shows() -> None:
    assert lines([*drawn(50, 700, "BỘ"), *drawn(61, 700, "KHOA HỌC")]) == ["BỘ KHOA HỌC"]


def test_words_that_the_file_broke_are_joined_where_no_gap_shows() -> None:
    broken = [*drawn(50, 700, "ĐIỀ"), (" ", 0, 0, 0, 0), *drawn(65, 700, "U"), *drawn(70, 700, " 3")]
    assert lines(broken) == ["ĐIỀU 3"]


def test_expanded_letters_stay_one_word() -> None:
    assert lines(drawn(50, 700, "THÔNG", apart=2)) == ["THÔNG"]


def test_marks_drawn_late_go_onto_their_letter() -> None:
    page = [
        *drawn(50, 700, "hoach s"),
        (GUESSED_SPACE, 0, 0, 0, 0),
        ("\u0323", 60, 65, 700, 710),
        (GUESSED_SPACE, 0, 0, 0, 0),
        *drawn(85, 700, "ử dụng"),
    ]
    assert [normalise(line) for line in lines(page)] == ["hoạch sử dụng\n"]


def test_raised_figures() -> None:
    page = [*drawn(50, 700, "Điều 5"), *drawn(80, 705, "3", size=6), *drawn(84, 700, "quy định")]
    assert lines(page) == ["Điều 5[3]quy định"]
    page = [*drawn(50, 700, "10m"), *drawn(65, 705, "2", size=6), *drawn(68, 700, ".")]
    assert lines(page) == ["10m2."]


def test_room_between_paragraphs_is_an_empty_line() -> None:
    page = [glyph for y in (700, 685, 670, 640, 625) for glyph in drawn(50, y, "dòng")]
    assert lines(page) == ["dòng", "dòng", "dòng", "", "dòng", "dòng"]


def test_a_figure_filled_in_goes_into_the_gap_that_it_covers() -> None:
    page = [*drawn(50, 700, "Số:"), *drawn(100, 700, " /TB-UBND, ngày"), *drawn(200, 700, " tháng 01")]
    number = Stamp(text="11", box=Box(left=64, right=180, bottom=695, top=720), filled=True)
    day = Stamp(text="08", box=Box(left=172, right=199, bottom=695, top=720), filled=True)
    assert lines(page, [number, day]) == ["Số: 11 /TB-UBND, ngày 08 tháng 01"]


def test_a_figure_without_a_gap_is_left_out_and_a_note_stands_in_its_place() -> None:
    page = [*drawn(50, 700, "một"), *drawn(50, 600, "hai")]
    box = Box(left=50, right=150, bottom=640, top=660)
    assert lines(page, [Stamp(text="11", box=box, filled=True)]) == ["một", "hai"]
    assert [line for line in lines(page, [Stamp(text="ghi chú", box=box, filled=False)]) if line] == [
        "một",
        "ghi chú",
        "hai",
    ]


def test_an_empty_page_has_no_lines() -> None:
    assert lines([]) == []


def test_figures_are_not_raised_where_boxes_fit_each_letter() -> None:
    """As LibreOffice writes fonts: a line with marks over and under is higher than its figures."""
    page = [
        *drawn(50, 700, "s"), ("ộ", 55, 60, 697, 714), (" ", 0, 0, 0, 0), *drawn(65, 700, "45/KH"),
    ]  # fmt: skip
    assert lines(page) == ["sộ 45/KH"]
