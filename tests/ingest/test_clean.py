"""Lines and paragraphs: what layout did to the words is undone, and every piece keeps its span."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import Line, lines, paragraphs
from ingest.labels import Kind
from ingest.model import Page, Source, Span
from ingest.text import squeeze


def source(text: str) -> Source:
    return Source(name="van-ban.txt", kind="txt", text=text)


def paged(*pages: str) -> Source:
    """A source whose pages are given one by one."""
    spans: list[Page] = []
    start = 0
    for number, page in enumerate(pages, 1):
        spans.append(Page(number=number, span=Span(start=start, end=start + len(page))))
        start += len(page)
    return Source(name="van-ban.pdf", kind="pdf", text="".join(pages), pages=tuple(spans))


def joined(text: str, *, whole: bool = False) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(lines(source(text)), joined=whole)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Một\n\nHai\n", ["Một", "Hai"]),
        ("| Một | Hai\n", ["| Một | Hai"]),  # a row that has words is a line
        ("|\nMột\n| --- |\nHai\n", ["Một", "Hai"]),  # a border has none
        ("Một\n-------\nHai\n", ["Một", "Hai"]),  # the rule under a heading
        ("Một\n……………\nHai\n", ["Một", "Hai"]),  # a dotted line to write on
        ("**Điều 1.** Phạm vi\n", ["Điều 1. Phạm vi"]),  # emphasis of the crawled form
        ("Kế __hoạch__\n", ["Kế hoạch"]),
        ("tri\u00adển khai\n", ["triển khai"]),  # soft hyphen
        ("Một\nẢnh minh họa\nChia sẻ\nHai\n", ["Một", "Hai"]),  # what a portal prints around the words
        ("Ảnh hưởng của bão\n", ["Ảnh hưởng của bão"]),
        ("thực hiện./. Nguồn: hanoi.gov.vn\n", ["thực hiện./."]),
        ("", []),
    ],
)
def test_lines_hold_words_only(text: str, expected: list[str]) -> None:
    """Borders, rules, emphasis and buttons are layout."""
    assert [line.text for line in lines(source(text))] == expected


def test_a_gap_is_remembered() -> None:
    """Blank space stands above the line that follows it; the border of a table is blank space too."""
    found = lines(source("Một\nHai\n\nBa\n|\nBốn\n"))
    assert [(line.text, line.gap) for line in found] == [("Một", False), ("Hai", False), ("Ba", True), ("Bốn", True)]


def test_numbers_of_pages_go_and_years_stay() -> None:
    """At the edge of a page a lone number is the page's; in the middle it is the text's."""
    found = lines(paged("Một\n1\n", "2\nHai\n2025\nBa\n", "Bốn\n- 3 -\n"))
    assert [line.text for line in found] == ["Một", "Hai", "2025", "Ba", "Bốn"]
    assert [line.page for line in found] == [1, 2, 2, 2, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Một\n2\nHai\n3\nBa\n", ["Một", "Hai", "Ba"]),  # counted through a text without pages
        ("Một\nTrang 2\nHai\nTrang 3\nBa\n", ["Một", "Hai", "Ba"]),
        ("Một\n2025\nHai\n2030\nBa\n", ["Một", "2025", "Hai", "2030", "Ba"]),
        ("Một\n5\nHai\n", ["Một", "5", "Hai"]),  # one number counts nothing
    ],
)
def test_lone_numbers_that_count_are_page_numbers(text: str, expected: list[str]) -> None:
    """Without pages only a run of numbers says that they number pages."""
    assert [line.text for line in lines(source(text))] == expected


def test_running_heads_go_on_left_and_right_pages() -> None:
    """A gazette prints its name with the page number on either side."""
    text = paged(
        "2 | CÔNG BÁO/Số 1053/Ngày 10-8-2025\nMột\n",
        "CÔNG BÁO/Số 1053/Ngày 10-8-2025 | 3\nHai\n",
        "4 | CÔNG BÁO/Số 1053/Ngày 10-8-2025\nBa\n",
    )
    assert [line.text for line in lines(text)] == ["Một", "Hai", "Ba"]


DENSE = (  # a page as its text layer gives it: full lines, no gaps
    "I. MỤC ĐÍCH, YÊU CẦU\n"
    "1. Mục đích\n"
    "- Triển khai học tập và làm theo tư tưởng, đạo đức, phong cách của Người trong cán\n"
    "bộ, công chức, viên chức, người lao động của các cơ quan trên địa bàn tỉnh từ năm 2021\n"
    "- 2030 và những năm tiếp theo, theo đúng tinh thần, nội dung của Kế hoạch hành động số\n"
    "57/KH-UBND ngày 22/12/2024 của Ủy ban nhân dân tỉnh và Chỉ thị số 12/CT-TTg ngày 15 tháng\n"
    "7. năm 2022 của Thủ tướng Chính phủ.\n"
    "2. Yêu cầu\n"
    "Thực hiện nghiêm túc chỉ đạo, hướng dẫn của cấp trên, đồng thời phát huy tốt vai trò theo\n"
    "Điều 5 của Luật này.\n"
)


def test_wrapped_lines_of_a_page_are_joined() -> None:
    """A year after a dash, a document number and "Điều 5 của" at the start of a line open nothing."""
    found = joined(DENSE)
    assert [text.split(" ", 2)[:2] for text in found] == [
        ["I.", "MỤC"],
        ["1.", "Mục"],
        ["-", "Triển"],
        ["2.", "Yêu"],
        ["Thực", "hiện"],
    ]
    assert "từ năm 2021 - 2030 và" in found[2]
    assert "hành động số 57/KH-UBND ngày 22/12/2024" in found[2]
    assert "tháng 7. năm 2022 của Thủ tướng Chính phủ." in found[2]
    assert found[4].endswith("theo Điều 5 của Luật này.")


BLOCKS = (  # a crawled page: blocks parted by blank lines, wrapped inside
    "1. Giao Sở Y tế chủ trì, phối hợp với các đơn vị, ưu tiên các địa bàn ở cấp độ\n"
    "1. Cấp ngay nước uống, thuốc men thiết yếu cho người dân tại các điểm nguy cơ\n"
    "cao, bị cô lập.\n\n"
    "2.\nPhương án tổ chức cấp phát\n\n"
    "- Các đơn vị (ngoại trừ các điểm phát sóng tại Núi Cấm, Núi Chứa Chan, Núi Bà\n"
    "- Đồng Nai, Núi Bà Đen - Tây Ninh) có trách nhiệm phát sóng.\n\n"
    "Tỷ lệ người dân ở đô thị được cung cấp nước sạch qua hệ thống cấp nước đến năm\n"
    "2030. đạt 80%.\n"
)


def test_wrapped_blocks_are_joined() -> None:
    """A number that ends a sentence, a label alone on its line, a dash inside brackets, a year."""
    found = joined(BLOCKS)
    assert len(found) == 4
    assert "ở cấp độ 1. Cấp ngay nước uống" in found[0]
    assert found[1] == "2. Phương án tổ chức cấp phát"
    assert "Núi Bà - Đồng Nai" in found[2]
    assert found[3].endswith("đến năm 2030. đạt 80%.")


def test_a_sentence_goes_on_over_a_page_break() -> None:
    """The break of a page, and the number printed there, part no sentence."""
    text = paged(
        "1. Giao Sở Tài chính chủ trì rà soát, tham mưu\n",
        "2\nỦy ban nhân dân tỉnh bố trí kinh phí; hoàn thành trong\ntháng 9/2022.\n",
        "3\n2. Giao Sở Nội vụ tổng hợp kết quả thực hiện.\n",
    )
    found = paragraphs(lines(text), joined=False)
    assert [(p.text, p.page) for p in found][-1] == ("2. Giao Sở Nội vụ tổng hợp kết quả thực hiện.", 3)
    assert "trong tháng 9/2022." in " ".join(p.text for p in found)
    assert [p.label.name for p in found if p.label] == ["1", "2"]


def test_paragraphs_of_word_files_stay_apart() -> None:
    """Where the format has a paragraph on each line, nothing that ended is joined."""
    text = "Điều 1. Phạm vi\nQuyết định này quy định về đất.\nĐiều 2. Đối tượng\nCá nhân.\n"
    assert joined(text, whole=True) == [
        "Điều 1. Phạm vi",
        "Quyết định này quy định về đất.",
        "Điều 2. Đối tượng",
        "Cá nhân.",
    ]


def test_an_article_is_expected_after_a_chapter() -> None:
    """Điều count on through the chapters, also below a heading that does not end."""
    text = (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 8. Cơ chế, chính sách ưu tiên\n1. Đơn vị được ưu tiên.\n"
        "Chương II\nTỔ CHỨC THỰC HIỆN\nĐiều 9. Trách nhiệm của Bộ Công Thương\n1. Kiểm tra, giám sát.\n"
    )
    found = paragraphs(lines(source(text)), joined=False)
    assert [p.label.name for p in found if p.label and p.label.kind is Kind.ARTICLE] == ["Điều 8", "Điều 9"]


PIECES = st.lists(
    st.sampled_from(
        [
            "Giao Sở Y tế",
            "1. Mục đích",
            "",
            "|",
            "----",
            "- Tăng cường",
            "trong tháng 9.",
            "2",
            "a) Rà soát;",
            "II. ABC",
        ]
    ),
    max_size=40,
)


@given(PIECES, st.booleans())
def test_every_line_is_cut_from_the_source_once(pieces: list[str], whole: bool) -> None:
    """Spans of lines ascend, hold the words of the line, and paragraphs keep them all in order."""
    text = source("\n".join(pieces) + "\n")
    found = lines(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(squeeze(text.text[line.span.start : line.span.end]) == line.text for line in found)
    made = paragraphs(found, joined=whole)
    assert " ".join(p.text for p in made) == " ".join(line.text for line in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(made))


def test_no_lines_make_no_paragraphs() -> None:
    """An empty part of a document is empty."""
    nothing: list[Line] = []
    assert paragraphs(nothing, joined=False) == []
