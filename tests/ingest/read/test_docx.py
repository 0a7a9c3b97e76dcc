"""Word documents made with python-docx, numbering written as Word writes it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.read import Unreadable, read


def text_of(document: Any) -> list[str]:
    buffer = io.BytesIO()
    document.save(buffer)
    return read(buffer.getvalue(), "a.docx").text.rstrip("\n").split("\n")


def define(document: Any, abstract: int, levels: list[tuple[str, str]], *numbers: tuple[int, int | None]) -> None:
    """Adds an abstract list with (format, text) of each level, and lists of it with a start of their own."""
    root = document.part.numbering_part.element
    written = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (style, text) in enumerate(levels)
    )
    # abstract lists stand before lists
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">{written}</w:abstractNum>'))
    for number, start in numbers:
        override = (
            "" if start is None else f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        )
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
            )
        )


def numbered(document: Any, text: str, number: int, level: int = 0) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def test_paragraphs_tabs_breaks_and_empty_lines() -> None:
    document = docx.Document()
    document.add_paragraph("Điều 1.\tPhạm vi")
    document.add_paragraph("")
    document.add_paragraph("dòng một\ndòng hai")
    assert text_of(document) == ["Điều 1.\tPhạm vi", "", "dòng một", "dòng hai"]


def test_automatic_labels_stand_in_the_text() -> None:
    document = docx.Document()
    define(document, 90, [("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)")], (90, None))
    define(document, 91, [("bullet", "\uf0b7")], (91, None))
    define(document, 92, [("upperRoman", "%1."), ("decimal", "%1.%2.")], (92, None))
    for text, number, level in (
        ("Phạm vi", 90, 0),
        ("khoản", 90, 1),
        ("điểm", 90, 2),
        ("điểm", 90, 2),
        ("khoản", 90, 1),
        ("điểm", 90, 2),  # restarts under a new khoản
        ("gạch", 91, 0),
        ("Đối tượng", 90, 0),
        ("khoản", 90, 1),
        ("Mục đích", 92, 0),
        ("Yêu cầu", 92, 1),
    ):
        numbered(document, text, number, level)
    assert text_of(document) == [
        "Điều 1. Phạm vi",
        "1. khoản",
        "a) điểm",
        "b) điểm",
        "2. khoản",
        "a) điểm",
        "- gạch",
        "Điều 2. Đối tượng",
        "1. khoản",
        "I. Mục đích",
        "I.1. Yêu cầu",
    ]


def test_lists_of_one_abstract_list_count_on_unless_they_set_a_start() -> None:
    document = docx.Document()
    define(document, 90, [("decimal", "%1.")], (90, None), (91, None), (92, 1))
    for number in (90, 90, 91, 92, 92):
        numbered(document, "x", number)
    assert text_of(document) == ["1. x", "2. x", "3. x", "1. x", "2. x"]


def test_numbering_through_a_style_and_taken_off_again() -> None:
    document = docx.Document()
    define(document, 90, [("decimal", "Điều %1.")], (90, None))
    style = document.styles["Heading 1"].element
    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>'))
    document.add_paragraph("Phạm vi", style="Heading 1")
    document.add_paragraph("Đối tượng", style="Heading 1")
    document.add_paragraph("Phụ lục", style="Heading 1")
    document.paragraphs[-1]._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>')
    )
    assert text_of(document) == ["Điều 1. Phạm vi", "Điều 2. Đối tượng", "Phụ lục"]


def test_tables() -> None:
    document = docx.Document()
    header = document.add_table(rows=2, cols=2)
    header.cell(0, 0).text = "UBND TỈNH X\nSỞ Y"
    header.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    header.cell(1, 0).text = "Số: 5/KH-SY"
    header.cell(1, 1).text = "X, ngày 3 tháng 4 năm 2025"
    document.add_paragraph("KẾ HOẠCH")
    data = document.add_table(rows=2, cols=3)
    for column, (above, below) in enumerate((("TT", "1"), ("Nhiệm vụ", "Rà soát\nvăn bản"), ("Hạn", "30/6"))):
        data.cell(0, column).text = above
        data.cell(1, column).text = below
    assert text_of(document) == [
        "UBND TỈNH X",
        "SỞ Y",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 5/KH-SY",
        "X, ngày 3 tháng 4 năm 2025",
        "KẾ HOẠCH",
        "TT | Nhiệm vụ | Hạn",
        "1 | Rà soát văn bản | 30/6",
    ]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>", "giữ thêm"),
        ("<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>", "giữ"),
        ("<w:moveFrom><w:r><w:t>dời</w:t></w:r></w:moveFrom>", "giữ"),
        ("<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>", "giữ liên kết"),
        ("<w:sdt><w:sdtContent><w:r><w:t>ô nhập</w:t></w:r></w:sdtContent></w:sdt>", "giữ ô nhập"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>", "giữ"),
        ("<w:r><w:rPr><w:caps/></w:rPr><w:t>điều</w:t></w:r>", "giữ ĐIỀU"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", "giữ"),
        ("<w:r><w:t>66</w:t><w:noBreakHyphen/><w:t>NQ/TW</w:t></w:r>", "giữ 66-NQ/TW"),
        ('<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>', "giữ [2]"),
        (
            "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>khung</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
            "giữ\nkhung",
        ),
    ],
)
def test_pieces_of_a_paragraph(xml: str, text: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("giữ ")
    paragraph._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))
    assert "\n".join(text_of(document)) == text


def with_parts(document: Any, **parts: str) -> bytes:
    """The document's file with further parts under word/."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer, "a") as archive:
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
    return buffer.getvalue()


def test_footnotes_stand_at_the_end_in_the_order_of_their_marks() -> None:
    document = docx.Document()
    for text, note in (("Một", 7), ("Hai", 3)):
        paragraph = document.add_paragraph(text)
        paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="{note}"/></w:r>'))
    notes = "".join(
        f'<w:footnote w:id="{note}"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> {text}</w:t></w:r></w:p>'
        "</w:footnote>"
        for note, text in ((0, "kẻ"), (3, "chú hai"), (7, "chú một"))
    )
    data = with_parts(document, footnotes=f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>")
    assert read(data, "a.docx").text == "Một[1]\nHai[2]\n[1] chú một\n[2] chú hai\n"


def test_title_among_the_properties() -> None:
    document = docx.Document()
    document.core_properties.title = "Kế hoạch & chỉ thị"
    document.add_paragraph("Điều 1")
    buffer = io.BytesIO()
    document.save(buffer)
    assert read(buffer.getvalue(), "a.docx").title == "Kế hoạch & chỉ thị"


def archive_of(document_xml: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", document_xml)
    return buffer.getvalue()


def test_an_archive_that_unpacks_too_large_is_refused() -> None:
    with pytest.raises(Unreadable, match="quá lớn"):
        read(archive_of(b" " * (201 * 1024 * 1024)), "bom.docx")


def test_entities_are_not_resolved() -> None:
    xml = (
        f'<!DOCTYPE x [<!ENTITY a "nở"><!ENTITY f SYSTEM "file:///etc/hostname">]><w:document {nsdecls("w")}>'
        "<w:body><w:p><w:r><w:t>Điều 1 &a;&f;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read(archive_of(xml.encode()), "a.docx").text == "Điều 1\n"


def test_xml_that_is_cut_is_refused() -> None:
    with pytest.raises(Unreadable, match="hỏng"):
        read(archive_of(b"<w:document"), "a.docx")


def test_old_fonts_are_decoded() -> None:
    """Capital fonts draw small letters as capitals, ư comes as a soft hyphen, other soft hyphens go."""
    document = docx.Document()
    run = document.add_paragraph().add_run("Uû ban nh©n d©n tØnh")
    run.font.name = ".VnTimeH"
    document.add_paragraph("Së Tµi chÝnh chñ tr×, phèi hîp víi c¸c së, ngµnh tr\u00ad\u00edc ngµy 5/9")
    paragraph = document.add_paragraph("Điều 1. Thực hiện chương trình ")
    paragraph.add_run()._r.append(parse_xml(f"<w:softHyphen {nsdecls('w')}/>"))
    assert text_of(document) == [
        "UỶ BAN NHÂN DÂN TỈNH",
        "Sở Tài chính chủ trì, phối hợp với các sở, ngành trước ngày 5/9",
        "Điều 1. Thực hiện chương trình",
    ]


def test_two_columns_set_with_tabs() -> None:
    """Head and signature are read column by column; a tab within a paragraph stays."""
    document = docx.Document()
    for line in (
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỈNH A\tĐộc lập - Tự do - Hạnh phúc",
        "",
        "Số: 9/CT-UBND\tThị xã B, ngày 5 tháng 4 năm 2009",
        "CHỈ THỊ",
        "1.\tGiao Sở Nội vụ tổng hợp.",
        "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN",
        "- Như trên;\tCHỦ TỊCH",
        "- Lưu: VT.",
        "\tNguyễn Văn C",
    ):
        document.add_paragraph(line)
    assert text_of(document) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH A",
        "Số: 9/CT-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Thị xã B, ngày 5 tháng 4 năm 2009",
        "CHỈ THỊ",
        "1.\tGiao Sở Nội vụ tổng hợp.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn C",
    ]
