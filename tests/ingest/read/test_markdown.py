"""Markdown as rendered: (as crawled, as read)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read import read
from ingest.read.markdown import render


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        # bold splits words, spaces stand on the wrong side of markers
        ("**1**. **Mục đích**", "1. Mục đích"),
        ("ngân sách nhà nước *(NSNN) *năm 2025", "ngân sách nhà nước (NSNN) năm 2025"),
        ("**1. **100% đội ngũ cán bộ", "1. 100% đội ngũ cán bộ"),
        ("*Đơn vị chủ trì: *Các sở, *Đơn vị phối hợp: *UBND", "Đơn vị chủ trì: Các sở, Đơn vị phối hợp: UBND"),
        ("*Thời gian thực hiện*: Thường xuyên", "Thời gian thực hiện: Thường xuyên"),
        ("**II. MỤC TIÊU\nCHỦ YẾU**", "II. MỤC TIÊU\nCHỦ YẾU"),
        ("14.635 tỷ đồng***[3]**, chi trả lãi", "14.635 tỷ đồng[3], chi trả lãi"),
        ("*(trong đó: chi***[3]**)", "(trong đó: chi[3])"),
        # an emphasised line that begins with a star for a bullet
        ("** Lưu ý: *Ưu tiên khen thưởng", "- Lưu ý: Ưu tiên khen thưởng"),
        ("** **\n\nA", "\n\nA"),
        ("* *", ""),
        # no emphasis
        ("5 * 3 = 15", "5 * 3 = 15"),
        ("5*3 và 4*2", "5*3 và 4*2"),
        ("Tỷ lệ = b/a * 100%;\n- Điểm = Tỷ lệ * điểm chuẩn.", "Tỷ lệ = b/a * 100%;\n- Điểm = Tỷ lệ * điểm chuẩn."),
        ("giá bán (*) và lương (*)", "giá bán (*) và lương (*)"),
        ("ten_tep_van_ban và ______", "ten_tep_van_ban và ______"),
        ("__Sở Nội vụ__ và _Sở Y tế_", "Sở Nội vụ và Sở Y tế"),
        # blocks
        ("## 1. Mục đích ##", "1. Mục đích"),
        ("#hashtag", "#hashtag"),
        ("* một\n* hai\n- ba\n+ bốn", "- một\n- hai\n- ba\n+ bốn"),
        ("> trích dẫn", "trích dẫn"),
        ("```\nmã\n```", "mã"),
        ("---\ntitle: Kế hoạch\n---\nĐiều 1", "Điều 1"),
        # the broken header tables of crawled directives stay as lines
        ("|\n**UBND TỈNH**\n|\nSố: 1/KH\n|", "|\nUBND TỈNH\n|\nSố: 1/KH\n|"),
        ("-------\nA", "-------\nA"),
        # links, pictures, notes, tags, escapes
        ("theo [Luật 36](https://vbpl.vn/x(1).html \"xem\") này", "theo Luật 36 này"),
        ("![dấu](dau.png)Nơi nhận", "Nơi nhận"),
        ("theo Kế hoạch[1] và [[2]](#_ftn2)", "theo Kế hoạch[1] và [2]"),
        ("xem[^3]\n\n[^3]: Ghi chú", "xem[3]\n\n[3] Ghi chú"),
        ("Điều&nbsp;1<br>Điều <b>2</b> <!-- bỏ --> khi a < b", "Điều\u00a01\nĐiều 2  khi a < b"),
        (r"1\. Mục đích \- \*không đậm\*", "1. Mục đích - *không đậm*"),
        ("`mã` ~~gạch~~", "mã gạch"),
    ],
)  # fmt: skip
def test_markers_go_and_words_stay(markdown: str, text: str) -> None:
    assert render(markdown).rstrip("\n") == text.rstrip("\n")


def test_pipe_tables_are_rows_and_headers_are_cells() -> None:
    markdown = (
        "| UBND TỈNH X<br>SỞ Y | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>Độc lập - Tự do - Hạnh phúc |\n"
        "|---|---|\n"
        "| Số: 12/KH-SY | X, ngày 02 tháng 3 năm 2025 |\n\n"
        "| TT | Nhiệm vụ | Hạn |\n|:-:|---|--:|\n| 1 | Rà soát *văn bản* | 30/6 |\n"
    )
    assert render(markdown).split("\n") == [
        "UBND TỈNH X",
        "SỞ Y",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-SY",
        "X, ngày 02 tháng 3 năm 2025",
        "",
        "TT | Nhiệm vụ | Hạn",
        "1 | Rà soát văn bản | 30/6",
        "",
    ]


def test_source_of_a_markdown_file() -> None:
    source = read("**KẾ HOẠCH**\n\nĐiều 1\n".encode(), "ke-hoach.md")
    assert (source.kind, source.text, source.pages) == ("md", "KẾ HOẠCH\n\nĐiều 1\n", ())


@given(st.text(alphabet="*_`[]()!|#>-\\ \nab1<&", max_size=60))
def test_any_markers_leave_the_letters_in_order(markdown: str) -> None:
    plain = "".join(c for c in markdown if c in "ab")
    kept = iter(render(markdown))
    if "<" in markdown or "](" in markdown or "]:" in markdown or "---" in markdown:
        return  # tags, addresses and front matter hold letters that are not shown
    assert all(letter in kept for letter in plain)


@pytest.mark.parametrize(
    "piece", ["*a ", "**a ", "[a", "[a](", "_a ", "<a", "<!--", "![", "`", "| a ", "(*", "\\*", "<br"]
)
def test_long_runs_of_open_markers_come_to_an_end(piece: str) -> None:
    assert render(piece * 20_000 + "hết").endswith("hết\n")
