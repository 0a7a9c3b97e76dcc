"""PDF: pages, stamps, scans, locked and damaged files."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from ingest.read import Unreadable, read, repair

from .conftest import MakePdf, Note, Page, Words, lines_down

BODY = (
    "Điều 1. Giao Sở Tài chính chủ trì, phối hợp với các sở",
    "rà soát, tổng hợp, báo cáo Ủy ban nhân dân tỉnh",
    "trước ngày 30 tháng 6 năm 2025.",
)


def test_pages_and_their_spans(make_pdf: MakePdf) -> None:
    source = read(make_pdf(Page(words=lines_down(*BODY)), Page(), Page(words=lines_down("Điều 2"))), "a.pdf")
    assert source.kind == "pdf"
    assert source.text == "\n".join((*BODY, "Điều 2", ""))
    assert [source.text[page.span.start : page.span.end].count("\n") for page in source.pages] == [3, 0, 1]
    assert source.warnings == ()


def test_figures_filled_in_on_signing_are_read_and_the_seal_is_not(make_pdf: MakePdf) -> None:
    page = Page(
        words=[Words(x=85, y=790, text="Số:        /TB-UBND"), *lines_down(*BODY, top=700)],
        notes=[
            Note(rect=(106, 780, 130, 810), text="11"),
            Note(rect=(300, 100, 500, 160), text="Ký bởi: Ủy ban nhân dân tỉnh\nNgày ký: 03-03-2020"),
        ],
    )
    text = read(make_pdf(page), "a.pdf").text
    assert text.startswith("Số: 11 /TB-UBND\n")
    assert "Ký bởi" not in text


def test_notes_are_read_where_they_stand(make_pdf: MakePdf) -> None:
    page = Page(words=lines_down(*BODY), notes=[Note(rect=(85, 600, 300, 620), text="Đã thu hồi", kind="note")])
    assert read(make_pdf(page), "a.pdf").text.rstrip().endswith("Đã thu hồi")


def test_the_title_is_a_hint_only_when_it_is_vietnamese(make_pdf: MakePdf) -> None:
    page = Page(words=lines_down(*BODY))
    assert read(make_pdf(page, title="Kế hoạch năm 2025"), "a.pdf").title == "Kế hoạch năm 2025"
    assert read(make_pdf(page, title="ñy ban nh©n d©n"), "a.pdf").title is None


def test_scans_are_refused(make_pdf: MakePdf) -> None:
    seal = Note(rect=(300, 780, 560, 830), text="Trung tâm Công báo\n21.03.2018 16:41")
    with pytest.raises(Unreadable, match="ảnh quét"):
        read(make_pdf(Page(scan=True, notes=[seal]), Page(scan=True)), "a.pdf")
    with pytest.raises(Unreadable, match="ảnh quét"):  # a watermark on every page is no text
        read(make_pdf(Page(scan=True, words=lines_down("Công báo điện tử"))), "a.pdf")


def test_pages_that_are_scans_are_named(make_pdf: MakePdf) -> None:
    text = Page(words=lines_down(*BODY))
    source = read(make_pdf(text, Page(scan=True), text, Page(scan=True)), "a.pdf")
    assert len(source.pages) == 4
    assert "trang 2, 4 chỉ có ảnh quét" in source.warnings[0]


def test_a_page_without_words_is_refused(make_pdf: MakePdf) -> None:
    with pytest.raises(Unreadable, match="không có chữ"):
        read(make_pdf(Page()), "a.pdf")


def test_a_worthless_text_layer_is_refused(make_pdf: MakePdf) -> None:
    page = Page(
        scan=True,
        words=lines_down(*["ceNG HoA xA ugr cuu xcuia VIVI NAM Doc lap Tu do Hanh phuc nguoi ky"] * 4),
    )
    with pytest.raises(Unreadable, match="lớp chữ"):
        read(make_pdf(page), "a.pdf")


def test_an_english_text_is_read(make_pdf: MakePdf) -> None:
    page = Page(
        words=lines_down(
            "The Department of Finance is to report to the Committee",
            "by the end of the year and to submit the plan for review",
            "in accordance with the law of the land",
        )
    )
    assert "Department of Finance" in read(make_pdf(page), "a.pdf").text


def encrypted(data: bytes, user: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user_password=user, owner_password="owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_password_is_refused_and_a_lock_against_changes_is_not(make_pdf: MakePdf) -> None:
    page = Page(
        words=[Words(x=85, y=790, text="Số:        /TB-UBND"), *lines_down(*BODY, top=700)],
        notes=[Note(rect=(106, 780, 130, 810), text="11")],
    )
    data = make_pdf(page)
    with pytest.raises(Unreadable, match="mật khẩu"):
        read(encrypted(data, "bí mật"), "a.pdf")
    assert read(encrypted(data, ""), "a.pdf").text == read(data, "a.pdf").text


def test_a_file_that_was_cut_is_refused_or_read_with_a_warning(make_pdf: MakePdf) -> None:
    data = make_pdf(*[Page(words=lines_down(*BODY)) for _ in range(5)])
    with pytest.raises(Unreadable, match="bị hỏng"):
        read(data[: len(data) // 20], "a.pdf")
    cut = read(data[: data.rindex(b"startxref")], "a.pdf")
    assert "tệp bị cắt cụt: đọc được cả 5 trang" in cut.warnings[0]


def test_of_a_file_that_was_cut_the_pages_before_the_cut_are_read(make_pdf: MakePdf) -> None:
    """The tree of pages still counts five."""
    data = make_pdf(*[Page(words=lines_down(*BODY, f"Trang {number}")) for number in range(1, 6)])
    third = [found.start() for found in re.finditer(b"/Contents", data)][2]
    cut = read(data[:third], "a.pdf")
    assert [line for line in cut.text.split("\n") if line.startswith("Trang")] == ["Trang 1", "Trang 2"]
    assert cut.warnings == ("tệp bị cắt cụt: chỉ đọc được 2 trong 5 trang (trang 1–2); hãy tải lại tệp gốc",)


def test_pages_are_found_where_the_tree_of_pages_is_lost(make_pdf: MakePdf) -> None:
    """As in files whose catalogue stands at the end, and in those laid out for the web."""
    data = make_pdf(*[Page(words=lines_down(*BODY, f"Trang {number}")) for number in range(1, 4)])
    tree = data.index(b"2 0 obj")
    lost = data[:tree] + data[data.index(b"3 0 obj") : data.rindex(b"xref\n0")].replace(b"/Parent 2 0 R ", b"")
    assert [line for line in read(lost, "a.pdf").text.split("\n") if line.startswith("Trang")] == [
        "Trang 1", "Trang 2", "Trang 3",
    ]  # fmt: skip


def test_a_page_whose_letters_or_pictures_are_lost_is_not_whole(make_pdf: MakePdf) -> None:
    whole = make_pdf(Page(words=lines_down(*BODY)), Page(words=lines_down(*BODY), scan=True))
    cut = whole[: whole.rindex(b"startxref")]
    assert repair.mend(cut).whole == {1, 2}  # type: ignore[union-attr]
    with pytest.raises(Unreadable, match="không đọc được trang nào"):
        read(cut.replace(b"/ToUnicode", b"/Forgotten"), "a.pdf")
    assert repair.mend(cut.replace(b"/XObject << /Im1", b"/XObject << /Im2")).whole == {1}  # type: ignore[union-attr]


def test_pages_without_their_fonts_are_read_where_their_words_are_words(make_pdf: MakePdf) -> None:
    """The name says that the file held a part of the font; it is not there, the table of letters is."""
    whole = make_pdf(Page(words=lines_down(*BODY)), Page(words=lines_down("x7f qzk vgb wwp", "ktr dfg hjk lmn")))
    cut = whole[: whole.rindex(b"startxref")].replace(b"/BaseFont /Times", b"/BaseFont /ABCDEF+Times")
    source = read(cut, "a.pdf")
    assert source.text.split("\n")[:3] == list(BODY)
    assert "x7f" not in source.text
    assert source.warnings == (
        "tệp bị cắt cụt: chỉ đọc được 1 trong 2 trang (trang 1), trang 1 mất phông chữ nên có thể sai chữ; "
        "hãy tải lại tệp gốc",
    )


@pytest.mark.parametrize(
    ("data", "cut"),
    [
        (b"%PDF-1.7\nstartxref\n9\n%%EOF\n", False),
        (b"%PDF-1.7\nstartxref\n9\n", True),
        (b"%PDF-1.7\nstartxref\n9\n%%EOF\n7 0 obj\n<</Type/Annot", True),  # within what signing added
        (b"%PDF-1.7\nstartxref\n90000\n%%EOF\n", True),  # the table would stand beyond the end
        (b"%PDF-1.7\n1 0 obj <</Linearized 1/L 90000/H [ 9 9 ]>>\nstartxref\n0\n%%EOF\n", True),  # laid out for the web
        (b"%PDF-1.7\n1 0 obj <</Linearized 1/L 50/H [ 9 9 ]>>\nstartxref\n0\n%%EOF\n", False),
    ],
)
def test_a_missing_end_is_noticed(data: bytes, cut: bool) -> None:
    assert repair.is_cut(data) is cut


def test_a_rotated_page_is_read_as_it_is_shown(make_pdf: MakePdf) -> None:
    # letters drawn upright on a page that is shown turned stand on their side: PDFium's lines are kept
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(Page(words=lines_down(*BODY)))))
    writer.pages[0].rotate(180)
    buffer = io.BytesIO()
    writer.write(buffer)
    words = read(buffer.getvalue(), "a.pdf").text.split()
    assert sorted(words) == sorted(" ".join(BODY).split())


def test_fonts_before_unicode_are_decoded(make_pdf: MakePdf) -> None:
    """TCVN3 letters, with ư as the soft hyphen."""
    page = Page(
        words=lines_down("Uû ban nh©n d©n tØnh giao Së Tµi chÝnh", "chñ tr× x©y dùng, tr\xad\xedc ngµy 5/9/2003")
    )
    text = read(make_pdf(page), "a.pdf").text
    assert text == "Uỷ ban nhân dân tỉnh giao Sở Tài chính\nchủ trì xây dựng, trước ngày 5/9/2003\n"
