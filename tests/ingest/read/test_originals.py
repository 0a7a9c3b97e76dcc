"""Files as officials have them: which are read, which are refused, and where their first clause begins."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from ingest.read import Unreadable, read
from ingest.text import old_tones

ORIGINALS = Path(__file__).parents[4] / "shared" / "data" / "originals"
DIRECTIVES = ORIGINALS.parent / "directives"

pytestmark = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the collected originals are not at hand")

READ = (
    "docx_luat36_2013_vbpl.docx",
    "docx_luat57_2010_vbpl.docx",
    "docx_nd30_2020.docx",
    "docx_nd30_2020_pl1.docx",
    "docx_nd30_2020_pl3_tables.docx",
    "docx_nd30_2020_pl5.docx",
    "docx_nd30_2020_pl6.docx",
    "docx_qd5134_2010_hcmc.docx",
    "html_demuc_36_3_thanh_nien.html",
    "html_hienphap2013_vbpl_old.html",
    "html_nd370_2025_vbpl.html",
    "disg_html_so_van_ban_den.doc",
    "txt_kh102_2020_angiang.pdf",
    "txt_nd135_2026_header_order.pdf",
    "txt_nd162_2026_luong_huu.pdf",
    "txt_nq89_2025_ubtvqh.pdf",
    "txt_qd04_2025_camau_stamped_number.pdf",
    "txt_qd798_2026_ttg.pdf",
    "txt_tb11_2025_quangngai_stamped_number.pdf",
    "txt_tb565_2024_quangngai_stamped_number.pdf",
    "txt_tt01_2025_bldtbxh_table.pdf",
    "txt_tt27_2026_bkhcn_table.pdf",
    "txt_vbhn44_2026_land_law_227p.pdf",
)

OLD = (
    "disg_ole_luat27_2001_pccc.docx",
    "disg_rtf_phieu_xu_ly.doc",
    "doc_ct09_2009_binhduong.doc",
    "doc_ct13_2010_ktnn.doc",
    "doc_ct167_2014_bnn.doc",
    "doc_nd30_2020_pl2.doc",
    "doc_nd30_2020_pl4_tables.doc",
    "doc_sl4_1945_badcase_unicode.doc",
    "doc_tcvn3_sl65_1945.doc",
    "doc_tcvn3_sl68_1945.doc",
    "doc_tcvn3_sl6_1945_word6.doc",
    "doc_tcvn3_sl70_1945.doc",
    "doc_tcvn3_sl73_1945.doc",
    "rtf_made_luat17_1999.rtf",
    "rtf_tt02_2010_bkh_cp1258.rtf",
)

# (start of the file name, words of the reason)
REFUSED = (
    ("broken_dummy_18_bytes.docx", "đặt sai đuôi"),
    ("broken_truncated_2pct", "hỏng"),
    ("empty", "0 byte"),
    ("encrypted", "mật khẩu"),
    ("mixed_", "ảnh quét"),
    ("ocr_", "lớp chữ"),
    ("scan_", "ảnh quét"),
)


# what is left of it may be read, with a warning
CUT = "broken_truncated_30pct_repairable.pdf"
# pages that describe a document and do not show it
DESCRIBED = ("html_vbhn04_bnv_no_body.html", "html_vbhn31_vbpl_attributes.html")


def words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", old_tones(text).lower()))


def gold() -> dict[str, dict[str, str | None]]:
    rows = (ORIGINALS / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["file"]: row for row in map(json.loads, rows)}


@pytest.mark.parametrize("name", DESCRIBED)
def test_attributes_are_kept_with_a_warning(name: str) -> None:
    source = read((ORIGINALS / name).read_bytes(), name)
    assert f"Số: {gold()[name]['number']}\n" in source.text
    assert any("không có toàn văn" in warning for warning in source.warnings)


@pytest.mark.parametrize("name", READ)
def test_documents_are_read_with_number_and_first_clause(name: str) -> None:
    source = read((ORIGINALS / name).read_bytes(), name)
    row = gold()[name]
    text = words(source.text)
    assert source.warnings == ()
    if row["first_clause"]:
        path, _, start = row["first_clause"].partition(": ")
        label = path.rpartition(" > ")[2]
        # "Điều 1. Phạm vi ..." with its label before it, whatever stands between label and words
        assert re.search(rf"\b{words(label)} {words(start)}", text), (label, start)
    if row["number"]:
        assert row["number"] in re.sub(r"\s+", "", source.text)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice reads these and is not installed")
@pytest.mark.parametrize("name", OLD)
def test_old_formats_and_encodings_are_read(name: str) -> None:
    source = read((ORIGINALS / name).read_bytes(), name)
    row = gold()[name]
    text = words(source.text)
    assert ("TCVN3" in "".join(source.warnings)) == ("tcvn3" in name)
    if row["first_clause"]:
        path, _, start = row["first_clause"].partition(": ")
        assert re.search(rf"\b{words(path.rpartition(' > ')[2])} {words(start)}", text)
    if row.get("sample"):
        # after the sentence the sample names the article that it is from or before
        sentence = re.match(r".*[.:]", row["sample"])
        assert sentence is not None
        assert sentence[0] in re.sub(r"\s+", " ", source.text)


def test_pages_of_an_original_that_was_cut_are_read_with_a_warning() -> None:
    """Page 6 ends the circular; its fonts are lost, its words are not."""
    source = read((ORIGINALS / CUT).read_bytes(), CUT)
    assert re.match(r"tệp bị cắt cụt: chỉ đọc được \d+ trong 19 trang", source.warnings[0])
    page = next(page for page in source.pages if page.number == 6)
    assert "có vướng mắc đề nghị phản ánh" in source.text[page.span.start : page.span.end]


def test_every_other_original_is_refused_with_the_right_reason() -> None:
    others = [
        path
        for path in sorted(ORIGINALS.iterdir())
        if path.name not in (*READ, *OLD, *DESCRIBED, CUT, "README.md", "gold.jsonl")
    ]
    for path in others:
        expected = next(reason for start, reason in REFUSED if path.name.startswith(start))
        with pytest.raises(Unreadable) as refusal:
            read(path.read_bytes(), path.name)
        assert expected in refusal.value.reason, path.name


def test_figures_filled_in_on_signing_stand_in_the_header() -> None:
    for name, number, day in (
        ("txt_qd04_2025_camau_stamped_number.pdf", "Số: 04 /2025/QĐ-UBND", "ngày 13 tháng 02 năm 2025"),
        ("txt_tb11_2025_quangngai_stamped_number.pdf", "Số: 11 /TB-UBND", "ngày 08 tháng 01 năm 2025"),
        ("txt_tb565_2024_quangngai_stamped_number.pdf", "Số: 565 /TB-UBND", "ngày 15 tháng 11 năm 2024"),
    ):
        text = read((ORIGINALS / name).read_bytes(), name).text
        assert number in text
        assert day in text


def test_headers_are_read_left_column_first() -> None:
    name = "txt_nd135_2026_header_order.pdf"
    lines = read((ORIGINALS / name).read_bytes(), name).text.split("\n")
    order = ["CHÍNH PHỦ", "Số: 135/2026/NĐ-CP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "NGHỊ ĐỊNH", "Chương I"]
    places = [lines.index(line) for line in order]
    assert places == sorted(places)


def test_crawled_directives_lose_their_markers() -> None:
    for path in sorted(DIRECTIVES.glob("*.md")):
        text = read(path.read_bytes(), path.name).text
        assert "**" not in text, path.name
        # single stars that are left are signs of multiplication, or one marker without its partner
        left = [line for line in text.split("\n") if "*" in line and " * " not in line]
        assert len(left) <= 2, (path.name, left)
