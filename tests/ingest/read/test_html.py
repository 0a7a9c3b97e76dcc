"""HTML: the document without its site, blocks as lines, lists with their numbers."""

from __future__ import annotations

import pytest

from ingest.read import Unreadable, read

PROSE = "Giao Sở Tài chính chủ trì, phối hợp với các sở, ban, ngành rà soát, tổng hợp và báo cáo. " * 12


def lines(body: str, head: str = "") -> list[str]:
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read(page.encode(), "a.html").text.rstrip("\n").split("\n")


def test_blocks_and_breaks_are_lines_and_source_line_ends_are_not() -> None:
    assert lines("<p>Điều\n   1. <b>Phạm\n vi</b></p><div>Điều 2<br>Đối tượng</div>Hết") == [
        "Điều 1. Phạm vi",
        "Điều 2",
        "Đối tượng",
        "Hết",
    ]


def test_empty_paragraphs_are_empty_lines() -> None:
    assert lines("<p>Một</p><p>&nbsp;</p><p>Hai</p>") == ["Một", "", "Hai"]


@pytest.mark.parametrize(
    ("markup", "labels"),
    [
        ("<ol><li>x<li>y</ol>", ["1.", "2."]),
        ("<ol start=4><li>x<li>y</ol>", ["4.", "5."]),
        ("<ol type=a><li>x<li value=5>y<li>z</ol>", ["a.", "e.", "f."]),
        ("<ol type=I><li>x<li>y</ol>", ["I.", "II."]),
        ("<ol style='list-style-type: lower-roman'><li>x<li>y</ol>", ["i.", "ii."]),
        ("<ul><li>x<li>y</ul>", ["-", "-"]),
    ],
)
def test_lists_keep_their_labels(markup: str, labels: list[str]) -> None:
    assert [line.split()[0] for line in lines(markup)] == labels


def test_a_list_within_a_list() -> None:
    assert lines("<ol><li><p>Một</p><ul><li>a</li></ul></li><li>Hai</li></ol>") == ["1. Một", "- a", "2. Hai"]


def test_a_header_table_is_read_cell_by_cell_and_a_data_table_row_by_row() -> None:
    body = """
    <table><tr><td>UBND TỈNH X<br>SỞ Y</td>
      <td><p>CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p></td></tr>
      <tr><td>Số: 5/KH-SY</td><td>X, ngày 3 tháng 4 năm 2025</td></tr></table>
    <table><caption>Bảng 1</caption><tr><th>TT</th><th>Nhiệm vụ</th></tr>
      <tr><td>1</td><td><p>Rà soát</p><p>văn bản</p></td></tr><tr><td></td><td>Tổng</td></tr></table>
    """
    assert lines(body) == [
        "UBND TỈNH X",
        "SỞ Y",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 5/KH-SY",
        "X, ngày 3 tháng 4 năm 2025",
        "Bảng 1",
        "TT | Nhiệm vụ",
        "1 | Rà soát văn bản",
        "Tổng",
    ]


def test_signature_tables_are_read_cell_by_cell() -> None:
    body = "<table><tr><td>Nơi nhận:<br>- Như trên;</td><td>TM. UBND<br>CHỦ TỊCH</td></tr></table>"
    assert lines(body) == ["Nơi nhận:", "- Như trên;", "TM. UBND", "CHỦ TỊCH"]


def test_the_site_around_the_document_is_dropped() -> None:
    body = f"""
    <form id=aspnetForm><nav><a href=/>Trang chủ</a></nav><header>Cổng thông tin</header>
    <div><ul><li><a href=#1>Điều 1</a></ul></div><div style="display: none">Ẩn</div><script>x()</script>
    <div><div class=bar>Ngày cập nhật: 01/02/2026</div>
      <div><p>Độc lập - Tự do - Hạnh phúc</p><p>Điều 1. {PROSE}</p></div></div>
    <footer>Bộ Tư pháp</footer></form>
    """
    assert lines(body) == ["Độc lập - Tự do - Hạnh phúc", f"Điều 1. {PROSE.strip()}"]


def test_a_page_without_motto_loses_only_what_is_made_of_links() -> None:
    body = f"<div><a href=/>Trang chủ</a></div><h3>Đề mục Thanh niên</h3><div><p>{PROSE}</p></div>"
    assert lines(body) == ["Đề mục Thanh niên", PROSE.strip()]


def test_raised_figures_are_notes_or_exponents() -> None:
    assert lines("<p>Điều 5<sup>3</sup> diện tích 10 m<sup>2</sup> và<sup><a href=#n>[4]</a></sup></p>") == [
        "Điều 5[3] diện tích 10 m2 và[4]"
    ]


def test_title_of_the_page() -> None:
    assert read("<html><title>\n Kế hoạch\n 12 </title><p>Điều 1".encode(), "a.htm").title == "Kế hoạch 12"


@pytest.mark.parametrize("declared", ["windows-1258", "utf-8"])
def test_declared_encodings(declared: str) -> None:
    page = f"<html><meta charset={declared}><p>Điêu khoan cua Quôc hôi, Chinh phu và cac bô</p></html>"
    assert "Quôc hôi" in read(page.encode(declared), "a.html").text


@pytest.mark.parametrize(
    "shape",
    [
        "<p>{label}</p><p>{value}</p>",  # one below the other
        "<div><b>{label}</b>{value}</div>",  # one piece
        "<div>{label}: {value}</div>",
    ],
)
def test_a_page_of_attributes_keeps_the_head_of_its_document(shape: str) -> None:
    """Nothing else stands there, and the warning says so."""
    told = (
        ("Số hiệu", "12/KH-UBND"),
        ("Loại văn bản", "Kế hoạch"),
        ("Ngày ban hành", "07/12/2020"),
        ("Lĩnh vực", "--"),
        ("Cơ quan ban hành", "Ủy ban nhân dân tỉnh Phú Thọ"),
        ("Người ký", "Bùi Văn Quang"),
        ("Chức danh", "Chủ tịch"),
    )
    menu = "<p>Loại văn bản</p><p>Hiến pháp</p><p>Cơ quan ban hành</p><p>Các bộ</p>"
    page = (
        menu
        + "<h1>Kế hoạch 12/KH-UBND Cải cách hành chính</h1>"
        + "".join(shape.format(label=label, value=value) for label, value in told)
    )
    source = read(f"<html><body>{page}</body></html>".encode(), "a.html")
    assert source.text.split("\n") == [
        "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ",
        "Số: 12/KH-UBND",
        "Ngày 07 tháng 12 năm 2020",
        "KẾ HOẠCH",
        "Cải cách hành chính",
        "",
        "CHỦ TỊCH",
        "Bùi Văn Quang",
        "",
    ]
    assert [warning[:22] for warning in source.warnings] == ["trang chỉ có thuộc tín"]


def test_attributes_without_a_number_are_refused() -> None:
    body = "".join(f"<p>{label}</p><p>x</p>" for label in ("Số hiệu", "Loại văn bản", "Cơ quan ban hành", "Người ký"))
    with pytest.raises(Unreadable, match="chỉ có thuộc tính"):
        lines(body)


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(Unreadable, match="không có chữ"):
        lines("<script>if (a) b()</script>")


def test_deep_nesting_comes_to_an_end() -> None:
    assert "hết" in "".join(lines("<div>" * 60 + "<table><tr><td>" * 40 + "hết"))


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=windows-1252><p>Uû ban nh©n d©n tØnh giao Së Tµi chÝnh tr\xad\xedc ngµy 5/9".encode("latin-1"),
        b"<p>U&ucirc; ban nh&copy;n d&copy;n t&Oslash;nh giao S&euml; T&micro;i ch&Yacute;nh "
        b"tr&shy;&iacute;c ng&micro;y 5/9",
    ],
    ids=["bytes", "entities"],
)
def test_pages_typed_with_old_fonts(data: bytes) -> None:
    """TCVN3 letters, as bytes or as the names of the Western letters that they stand on."""
    source = read(b"<html>" + data, "a.html")
    assert source.text == "Uỷ ban nhân dân tỉnh giao Sở Tài chính trước ngày 5/9\n"
    assert "TCVN3" in source.warnings[0]
