"""Scans: read page by page with Tesseract, once; what is doubtful in them stays unread."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.pipeline import parse
from ingest.read import Unreadable, ocr, picture, read, recognised, scan, tesseract
from ingest.read.ocr import Ocr, Scanned
from ingest.read.tesseract import Word

from .conftest import MakePdf, Page, lines_down

FONTS = (
    Path("/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf"),  # fonts-noto-core
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"),  # fonts-dejavu
)
FONT = next((font for font in FONTS if font.exists()), None)

needs_tesseract = pytest.mark.skipif(
    FONT is None or tesseract.missing() is not None,
    reason="needs Tesseract with its Vietnamese data (tesseract-ocr, tesseract-ocr-vie) and a font (fonts-noto-core)",
)

WIDTH, HEIGHT = 1654, 1300  # the upper part of an A4 page at 200 dpi
SIZE = 36

HEADER = (
    (200, 90, "ỦY BAN NHÂN DÂN"),
    (230, 150, "TỈNH BẮC GIANG"),
    (700, 90, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (840, 150, "Độc lập - Tự do - Hạnh phúc"),
    (200, 230, "Số: 25/CT-UBND"),
    (780, 230, "Bắc Giang, ngày 14 tháng 6 năm 2024"),
    (720, 330, "CHỈ THỊ"),
    (330, 390, "Về việc tăng cường quản lý tài sản công trên địa bàn tỉnh"),
)
BODY = (
    (260, 500, "Thực hiện nhiệm vụ được giao, Ủy ban nhân dân tỉnh yêu cầu các"),
    (180, 560, "sở, ban, ngành thực hiện nghiêm các nội dung sau:"),
    (260, 640, "1. Sở Tài chính chủ trì, phối hợp với các đơn vị rà soát tài sản,"),
    (180, 700, "báo cáo kết quả trước ngày 30 tháng 9 năm 2024."),
)
SECOND = (
    (260, 200, "2. Sở Nội vụ hướng dẫn các cơ quan, đơn vị kiểm tra việc thực hiện"),
    (180, 260, "và tổng hợp kết quả gửi Ủy ban nhân dân tỉnh."),
)


def drawn(*words: tuple[int, int, str], ink: str = "black", paper: Image.Image | None = None) -> Image.Image:
    """A page with words at their places, on white or over another page."""
    page = paper.copy() if paper else Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(page)
    assert FONT is not None
    font = ImageFont.truetype(FONT, SIZE)
    for x, y, text in words:
        pen.text((x, y), text, fill=ink, font=font)
    return page


def pdf(*pages: Image.Image) -> bytes:
    """A PDF of nothing but pictures."""
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return buffer.getvalue()


def file(kind: str, *pages: Image.Image) -> bytes:
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(buffer, kind, dpi=(200, 200), **more)
    return buffer.getvalue()


@pytest.fixture
def settings(tmp_path: Path) -> Ocr:
    return Ocr(folder=tmp_path / "ocr")


class Calls:
    """Counts what Tesseract is asked to read, and fails from a given page on, as if its time were up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, until: int | None = None) -> None:
        self.count = 0
        self._until = until
        self._words = tesseract.words
        monkeypatch.setattr(tesseract, "words", self.words)

    def words(self, image: bytes, *, resolution: int, seconds: float, line: bool = False) -> list[Word]:
        if self.count == self._until:
            raise tesseract.Failed("", timeout=True)
        self.count += not line
        return self._words(image, resolution=resolution, seconds=seconds, line=line)


@needs_tesseract
def test_a_scanned_directive_is_read_like_a_typed_one(settings: Ocr) -> None:
    """Header in two columns, clauses, sentences joined across lines, and the page of every clause."""
    document = parse(pdf(drawn(*HEADER, *BODY), drawn(*SECOND)), "quet.pdf", settings)
    assert (document.number, document.date, document.type) == ("25/CT-UBND", date(2024, 6, 14), "Chỉ thị")
    assert document.issuer == "UBND tỉnh Bắc Giang"
    assert document.title == "Về việc tăng cường quản lý tài sản công trên địa bàn tỉnh"
    clauses = {clause.path: clause for clause in document.clauses}
    assert (clauses["1"].page, clauses["2"].page) == (1, 2)
    assert clauses["1"].text == (
        "Sở Tài chính chủ trì, phối hợp với các đơn vị rà soát tài sản, báo cáo kết quả trước ngày 30 tháng 9 năm 2024."
    )
    assert document.warnings == ()


@needs_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_image_files_are_scans(kind: str, settings: Ocr) -> None:
    """One page for a picture."""
    source = read(file(kind, drawn(*SECOND)), "anh", settings)
    assert source.kind == "image"
    assert "Sở Nội vụ hướng dẫn" in source.text
    assert len(source.pages) == 1


@needs_tesseract
def test_every_frame_of_a_tif_is_a_page(settings: Ocr) -> None:
    """Fax servers and scanners write one file of many frames."""
    source = read(file("TIFF", drawn(*SECOND), drawn(*BODY)), "quet.tif", settings)
    first, second = (source.text[page.span.start : page.span.end] for page in source.pages)
    assert "Sở Nội vụ" in first
    assert "Sở Tài chính" in second


@needs_tesseract
def test_pages_with_text_keep_it_and_the_others_are_recognised(make_pdf: MakePdf, settings: Ocr) -> None:
    """Judged page by page; a layer of rubbish under a picture counts as none."""
    typed = make_pdf(Page(words=lines_down("Điều 1. Giao Sở Tài chính chủ trì rà soát", "trước ngày 30 tháng 6.")))
    rubbish = make_pdf(Page(words=lines_down(*["ceNG HoA xA ugr cuu xcuia VIVI NAM Doc lap"] * 4)))
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(typed))
    layered = writer.add_page(pypdf.PdfReader(io.BytesIO(pdf(drawn(*SECOND)))).pages[0])
    layered.merge_page(pypdf.PdfReader(io.BytesIO(rubbish)).pages[0], over=False)
    buffer = io.BytesIO()
    writer.write(buffer)
    text = read(buffer.getvalue(), "lan.pdf", settings).text
    assert text.startswith("Điều 1. Giao Sở Tài chính chủ trì rà soát\n")
    assert "Sở Nội vụ hướng dẫn" in text
    assert "ugr" not in text


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_turned(turn: int, settings: Ocr) -> None:
    """A sheet that went through the feeder the wrong way round."""
    page = drawn(*HEADER, *BODY).rotate(turn, expand=True)
    assert "Sở Tài chính chủ trì, phối hợp" in read(pdf(page), "nguoc.pdf", settings).text


@needs_tesseract
@pytest.mark.parametrize("degrees", [-2.0, -0.4, 0.4, 2.0])
def test_lines_of_a_crooked_page_stay_lines(degrees: float, settings: Ocr) -> None:
    """Over the width of a page half a degree is a third of a line."""
    page = drawn(*HEADER, *BODY).rotate(degrees, fillcolor="white", resample=Image.Resampling.BICUBIC)
    document = parse(pdf(page), "xien.pdf", settings)
    assert (document.number, document.issuer) == ("25/CT-UBND", "UBND tỉnh Bắc Giang")


@needs_tesseract
def test_words_under_a_red_stamp_are_read(settings: Ocr) -> None:
    """Red fades before recognition."""
    stamped = drawn(*[(x + 20, y + 12, "CÔNG VĂN ĐẾN SỐ 154") for x, y, _ in BODY], ink="#d02030")
    text = read(file("PNG", drawn(*BODY, paper=stamped)), "dau.png", settings).text
    assert "Sở Tài chính chủ trì, phối hợp với các đơn vị rà soát tài sản" in text
    assert "154" not in text


@needs_tesseract
def test_a_page_is_recognised_once(settings: Ocr, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept is used again under any name of the file; what was damaged is made anew."""
    data = pdf(drawn(*BODY), drawn(*SECOND))
    calls = Calls(monkeypatch)
    first = read(data, "quet.pdf", settings)
    assert (calls.count, ocr.recognised(settings.folder)) == (2, 2)
    assert read(data, "ban-sao.pdf", settings).text == first.text
    assert calls.count == 2
    kept = sorted(settings.folder.glob("*/*.json"))
    kept[0].write_text("{", encoding="utf-8")
    assert read(data, "quet.pdf", settings).text == first.text
    assert calls.count == 3


@needs_tesseract
def test_a_file_that_takes_too_long_is_refused_and_taken_up_again(
    settings: Ocr, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is read by halves; the pages that were done need not be done again."""
    data = pdf(drawn(*BODY), drawn(*SECOND))
    with monkeypatch.context() as slow:
        Calls(slow, until=1)
        with pytest.raises(Unreadable, match=r"1/2 trang đã nhận dạng .* tăng CHIDAO_OCR_SECONDS"):
            read(data, "quet.pdf", replace(settings, processes=1))
    calls = Calls(monkeypatch)
    assert "Sở Nội vụ" in read(data, "quet.pdf", settings).text
    assert calls.count == 1


@needs_tesseract
def test_too_many_pages_are_refused_before_any_work(settings: Ocr, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the limit and its variable."""
    calls = Calls(monkeypatch)
    with pytest.raises(Unreadable, match=r"2 trang quét, quá giới hạn 1 trang .* CHIDAO_OCR_PAGES"):
        read(pdf(drawn(*BODY), drawn(*SECOND)), "quet.pdf", replace(settings, pages=1))
    assert calls.count == 0


@needs_tesseract
def test_tesseract_is_stopped_when_its_time_is_up() -> None:
    """The process is killed; a page of a poster does not hold a run."""
    with pytest.raises(tesseract.Failed) as failure:
        tesseract.words(picture.raw(picture.grey(drawn(*BODY))), resolution=300, seconds=0.0)
    assert failure.value.timeout


@needs_tesseract
def test_a_picture_without_words_is_refused(settings: Ocr) -> None:
    """And so is one that Tesseract cannot open."""
    with pytest.raises(Unreadable, match="không nhận dạng được"):
        read(pdf(Image.new("RGB", (WIDTH, HEIGHT), "white")), "trang.pdf", settings)
    with pytest.raises(Unreadable, match="tệp ảnh bị hỏng"):
        read(b"\x89PNG\r\n\x1a\n" + bytes(100), "hong.png", settings)


def test_without_tesseract_scans_are_refused_and_texts_are_read(
    make_pdf: MakePdf, settings: Ocr, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason names the packages; pages that are scans among others are named as before."""
    monkeypatch.setenv("PATH", "")
    text = Page(words=lines_down("Điều 1. Giao Sở Tài chính chủ trì, phối hợp với các sở"))
    for data in (make_pdf(Page(scan=True)), b"\x89PNG\r\n\x1a\n", b"II*\x00"):
        with pytest.raises(Unreadable, match="cài các gói Debian tesseract-ocr tesseract-ocr-vie"):
            read(data, "quet", settings)
    assert read(make_pdf(text), "a.pdf", settings).warnings == ()
    (warning,) = read(make_pdf(text, Page(scan=True)), "a.pdf", settings).warnings
    assert "trang 2 chỉ có ảnh quét" in warning
    assert "tesseract-ocr-vie" in warning


def test_recognition_can_be_off(make_pdf: MakePdf) -> None:
    """Then the remedy is the setting."""
    with pytest.raises(Unreadable, match="CHIDAO_OCR=true"):
        read(make_pdf(Page(scan=True)), "quet.pdf")


def words(*lines: str, confidence: float = 96.0, left: int = 300, top: int = 100) -> list[Word]:
    """Words of lines one below the other, as Tesseract gives them; "[62]" after a word is its confidence."""
    found: list[Word] = []
    for number, line in enumerate(lines):
        x = left
        for part in line.split(" "):
            text, _, given = part.removesuffix("]").partition("[")
            if not text:  # two spaces are the gap between columns
                x += 700
                continue
            found.append(
                Word(
                    text=text,
                    left=x,
                    right=x + 22 * len(text),
                    top=top + 66 * number,
                    bottom=top + 66 * number + 44,
                    confidence=float(given or confidence),
                    line=number + top,
                )
            )
            x += 22 * len(text) + 16
    return found


def page(*found: Sequence[Word]) -> Scanned:
    together = tuple(word for part in found for word in part)
    return Scanned(width=2480, height=3508, resolution=300.0, turned=0, words=together)


def shown(*found: Sequence[Word]) -> str:
    return scan.text(page(*found), scan.Beside())


BODY_LINE = "Căn cứ nhiệm vụ được giao, các sở, ban, ngành và địa phương thực hiện nghiêm túc Chỉ thị này."
MOTTO = "ỦY BAN NHÂN DÂN  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Số: 25[96] /CT-UBND", "Số: 25 /CT-UBND"),
        ("Số: 25/CT-UBND[83]", "Số: 25/CT-UBND"),
        ("Số: 04[88] /NQ-CP", "Số: … /NQ-CP"),  # 01, written by hand
        ("Số: ØL[33] /2013/CT-UBND", "Số: … /2013/CT-UBND"),
        ("Số: oo¿¿[95] /QĐ-BCT", "Số: … /QĐ-BCT"),  # no figures, however sure
        ("Sô:⁄11[51] /CT-UBND", "Sô:… /CT-UBND"),
        ("Số: /CT-UBND", "Số: /CT-UBND"),  # blank
    ],
)
def test_a_number_in_doubt_is_not_read(printed: str, number: str) -> None:
    """Handwriting looks like figures that it is not; a number that was guessed is worse than none."""
    assert number in shown(words(MOTTO, printed)).split("\n")


@pytest.mark.parametrize(
    ("page_says", "look_says", "number"),
    [
        ("Số: 59/QĐ-TTg[72]", "Số: 59/QĐ-TTg", "Số: 59/QĐ-TTg"),  # printed: every size reads the same
        ("Số: 59/QĐ-TTg[92]", "Số: 89/QĐ-TTg", "Số: … /QĐ-TTg"),  # however sure it seemed
        ("Hà Nội, ngày 10 tháng 01[81] năm 2025", "ngày 10 tháng 01 năm 2025", "Hà Nội, ngày 10 tháng 01 năm 2025"),
        ("Hà Nội, ngày 10 tháng 01[81] năm 2025", "ngày 10 tháng 07 năm 2025", "Hà Nội, ngày 10 tháng … năm 2025"),
        ("Hà Nội, ngày 10 tháng 01[20] năm 2025", "ngày 10 tháng 01 năm 2025", "Hà Nội, ngày 10 tháng … năm 2025"),
    ],
)
def test_figures_are_looked_at_again(
    page_says: str, look_says: str, number: str, settings: Ocr, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In two other sizes; what they do not find again is in doubt."""

    def said(image: bytes, *, resolution: int, seconds: float, line: bool = False) -> list[Word]:
        return (
            words(look_says)
            if line
            else [*words(MOTTO), *words(page_says, left=1300, top=300), *words(BODY_LINE, top=600)]
        )

    monkeypatch.setattr(tesseract, "words", said)
    monkeypatch.setattr(tesseract, "missing", lambda: None)
    assert number in read(file("PNG", Image.new("L", (2480, 3508), "white")), "quet.png", settings).text.split("\n")


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Hà Nội, ngày 13 tháng 01 năm 2010", "Hà Nội, ngày 13 tháng 01 năm 2010"),
        ("Hà Nội, ngày 44[81] tháng 01[52] năm 2010", "Hà Nội, ngày … tháng … năm 2010"),
        ("Căn cứ Luật A ngày 25[60] tháng 12 năm 2001;", "Căn cứ Luật A ngày 25 tháng 12 năm 2001;"),
    ],
)
def test_a_day_in_doubt_is_not_read(printed: str, day: str) -> None:
    """Only in the line of place and day: what a directive cites is quoted as it was recognised."""
    assert day in shown(words(MOTTO, printed)).split("\n")


def test_the_issuer_is_read_before_the_motto() -> None:
    """Tesseract reads across the two columns of a header."""
    text = shown(words(MOTTO, "TỈNH BẮC GIANG  Độc lập - Tự do - Hạnh phúc", "Số: 25 /CT-UBND  Bắc Giang, ngày 3"))
    assert text.split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH BẮC GIANG",
        "Số: 25 /CT-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bắc Giang, ngày 3",
    ]


def test_a_stamp_of_arrival_in_the_margin_is_left_out() -> None:
    """Its number is not the document's; where it covers the beginning of a line, that is shown."""
    body = ["Căn cứ nhiệm vụ được giao, các sở, ban, ngành và địa phương thực hiện nghiêm túc"] * 12
    stamp = words("CÔNG VĂN ĐẾN[60]", "Số: 154[20]", "Ngày: 3/[30]", left=60, top=500)
    under = replace(words("nhiệm[30]", left=330, top=566)[0], line=stamp[-2].line)
    rest = [
        replace(word, line=under.line)
        for word in words("vụ được giao, các sở, ban, ngành và địa phương thực hiện nghiêm túc", left=520, top=566)
    ]
    lines = [words(line, top=700 + 66 * number) for number, line in enumerate(body)]
    text = shown(words(MOTTO, "Số: 25 /CT-UBND"), stamp[:-2], [*stamp[-2:-1], under, *rest], *lines)
    assert "154" not in text
    assert "ĐẾN" not in text
    assert "Số: 25 /CT-UBND" in text


def test_rules_and_specks_are_left_out() -> None:
    """What frames, folds and dust are read as."""
    assert shown(words("|[60] Điều 1. ——[40] Phạm vi ~ áp dụng", "'¬ ŸÐ[9] xị[20]", "- Sở Y tế")).split("\n") == [
        "Điều 1. Phạm vi áp dụng",
        "- Sở Y tế",
    ]


def test_recipients_come_before_the_signature() -> None:
    """They stand side by side, and Tesseract reads across them."""
    text = shown(words("Nơi nhận:  TM. ỦY BAN NHÂN DÂN", "- Như trên;  CHỦ TỊCH", "- Lưu: VT.", left=300, top=2000))
    assert text.split("\n") == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


def test_pages_read_badly_are_told() -> None:
    """By number, with the confidence of the worst."""
    good = page(words("Điều 1. Phạm vi áp dụng"))
    poor = page(words("Điều 2. Trách nhiệm thi hành", confidence=61.0))
    (warning,) = scan.warnings({1: good, 2: poor, 3: poor, 5: poor})
    assert "trang 2–3, 5 nhận dạng kém (độ tin cậy từ 61 %)" in warning
    assert scan.warnings({1: good, 2: page()}) == []


def test_the_number_filled_in_on_signing_is_read_on_a_scan() -> None:
    """A signature widget on a scanned page holds the figures, as on a typed one."""
    from ingest.read.layout import Box, Stamp

    line = words("Số:  /CT-UBND")  # the gap is 700 pixels, from x 366
    high = 3508 - line[0].top
    box = Box(left=400 * 0.24, right=700 * 0.24, bottom=(high - 60) * 0.24, top=(high + 20) * 0.24)
    beside = scan.Beside(stamps=(Stamp(text="37", box=box, filled=True),))
    assert scan.text(page(line), beside) == "Số: 37 /CT-UBND"


def test_letters_stand_where_their_words_do() -> None:
    """In points, from the lower left corner."""
    letters = [glyph for glyph in recognised.glyphs(page(words("Điều 1."))) if glyph[0].strip()]
    assert "".join(glyph[0] for glyph in letters) == "Điều1."
    assert letters[0][1] == pytest.approx(300 * 0.24)
    assert letters[0][4] == pytest.approx((3508 - 100) * 0.24, abs=3)


@pytest.mark.parametrize(
    ("scanned", "read_at"),
    [(200, 200), (300, 300), (97, 300), (600, 300), (None, 300)],
)
def test_a_page_is_read_at_the_resolution_it_was_scanned_at(scanned: float | None, read_at: float) -> None:
    """Unless there are too few dots to read, or more than help."""
    assert picture.scale(595, 842, scanned) * 72 == pytest.approx(read_at)
    assert picture.scale(20_000, 20_000, scanned) * 20_000 < 10_000  # a poster


def test_red_fades_and_black_stays() -> None:
    """In every mode that a scanner writes."""
    strip = Image.new("RGB", (3, 1))
    for x, colour in enumerate(("#d02030", "black", "white")):
        strip.putpixel((x, 0), tuple(bytes.fromhex({"black": "000000", "white": "ffffff"}.get(colour, colour[1:]))))
    red, black, white = picture.grey(strip).tobytes()
    assert red > 200
    assert (black, white) == (0, 255)
    for mode in ("1", "L", "P", "RGBA", "CMYK"):
        values = picture.grey(strip.convert(mode)).tobytes()
        assert values[1] < 60, mode
        assert values[2] > 200, mode
