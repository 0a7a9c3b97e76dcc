"""Where clauses stand on the pictures of their pages, compared with where their words were drawn."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import numpy as np
import pypdf
import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

from ingest.model import Document, Page, Region, Span, Unreadable
from ingest.pipeline import parse
from ingest.read import preview
from ingest.read.ocr import Ocr

from .conftest import MakePdf, lines_down
from .conftest import Page as Typed
from .test_ocr import BODY, FONT, HEADER, HEIGHT, SIZE, WIDTH, Calls, drawn, file, needs_tesseract, pdf

CLAUSE = BODY[2:]
ON_ITS_WAY = (180, 200, "và gửi về Ủy ban nhân dân tỉnh để tổng hợp.")


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Ocr:
    return Ocr(folder=tmp_path_factory.mktemp("ocr"))


def box(*words: tuple[int, int, str]) -> tuple[float, float, float, float]:
    """Where words were drawn, as shares of the page: left, top, right, bottom."""
    assert FONT is not None
    pen, font = ImageDraw.Draw(Image.new("L", (1, 1))), ImageFont.truetype(FONT, SIZE)
    boxes = [pen.textbbox((x, y), text, font=font) for x, y, text in words]
    left, top = min(one[0] for one in boxes), min(one[1] for one in boxes)
    right, bottom = max(one[2] for one in boxes), max(one[3] for one in boxes)
    return left / WIDTH, top / HEIGHT, right / WIDTH, bottom / HEIGHT


def regions(document: Document, path: str) -> Sequence[Region]:
    return next(clause.regions for clause in document.clauses if clause.path == path)


def lies_on(region: Region, words: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a region covers these words and reaches no half line beyond them."""
    left, top, right, bottom = box(*words)
    beyond_x, beyond_y = 0.5 * SIZE / WIDTH, 0.5 * SIZE / HEIGHT
    inside = 0.004  # of the page: a pixel or two of rounding and of ink
    return (
        left - beyond_x < region.left < left + inside
        and right - inside < region.right < right + beyond_x
        and top - beyond_y < region.top < top + inside
        and bottom - inside < region.bottom < bottom + beyond_y
    )


def shown(data: bytes, document: Document, number: int = 1) -> Image.Image:
    """A page as people see it."""
    source = document.source
    page = next(page for page in source.pages if page.number == number)
    return Image.open(io.BytesIO(preview.draw(data, source.name, source.kind, page, width=WIDTH))).convert("L")


def likeness(picture: Image.Image, original: Image.Image, region: Region) -> float:
    """How well the ink of a region, row by row, agrees with that of the page as it was drawn; 1 for the same."""
    profiles = []
    for page in (picture, original.convert("L")):
        page = page.resize((WIDTH, HEIGHT))
        around = (region.left * WIDTH, region.top * HEIGHT, region.right * WIDTH, region.bottom * HEIGHT)
        profiles.append((255.0 - np.asarray(page.crop(tuple(map(round, around))))).sum(axis=1))
    return float(np.corrcoef(*profiles)[0, 1])


@needs_tesseract
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("degrees", [0.0, -0.4, 2.0])
def test_the_region_of_a_clause_lies_on_its_lines(turn: int, degrees: float, settings: Ocr) -> None:
    """On the page as it is shown: upright and level, however the sheet went through the feeder."""
    straight = drawn(*HEADER, *BODY)
    crooked = straight.rotate(degrees, fillcolor="white", resample=Image.Resampling.BICUBIC)
    data = pdf(crooked.rotate(turn, expand=True))
    document = parse(data, "quet.pdf", settings)
    (region,) = regions(document, "1")
    assert region.page == 1
    assert lies_on(region, CLAUSE)
    assert not lies_on(region, BODY)
    assert likeness(shown(data, document), straight, region) > 0.8


@needs_tesseract
def test_a_clause_over_a_page_break_has_a_region_on_either_page(settings: Ocr) -> None:
    """And none of the page number between them."""
    (x, y, words), (_, _, end) = CLAUSE
    first = drawn(*HEADER, *BODY[:2], (x, y, words), (180, y + 60, end.replace(".", "")))
    second = drawn((810, 90, "2"), ON_ITS_WAY)
    document = parse(pdf(first, second), "quet.pdf", settings)
    here, there = regions(document, "1")
    assert (here.page, there.page) == (1, 2)
    assert lies_on(there, [ON_ITS_WAY])


@needs_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_image_files_show_their_pages(kind: str, settings: Ocr) -> None:
    """Also where the camera says that the picture is to be turned."""
    straight = drawn(*HEADER, *BODY)
    data = file(kind, straight)
    if kind == "JPEG":
        buffer, camera = io.BytesIO(), Image.Exif()
        camera[0x0112] = 3  # upside down
        straight.rotate(180).save(buffer, "JPEG", exif=camera, dpi=(200, 200))
        data = buffer.getvalue()
    document = parse(data, "anh", settings)
    (region,) = regions(document, "1")
    assert lies_on(region, CLAUSE)
    assert likeness(shown(data, document), straight, region) > 0.9


@needs_tesseract
def test_pages_kept_before_slopes_were_are_measured_once(settings: Ocr, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without recognising them again."""
    data = pdf(drawn(*HEADER, *BODY).rotate(2.0, fillcolor="white", resample=Image.Resampling.BICUBIC))
    first = parse(data, "quet.pdf", settings)
    (kept,) = settings.folder.glob("*/*.json")
    held = json.loads(kept.read_text(encoding="utf-8"))
    assert held.pop("slope") == pytest.approx(-2.0, abs=0.1)
    kept.write_text(json.dumps(held), encoding="utf-8")
    calls = Calls(monkeypatch)
    assert parse(data, "quet.pdf", settings) == first
    assert calls.count == 0
    assert "slope" in json.loads(kept.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("rotation", "cropped", "expected"),
    [
        (0, None, (85 / 595, 1 - 780 / 842)),
        (0, (50, 50, 545, 832), (35 / 495, 1 - 730 / 782)),
        (90, None, (85 / 595, 1 - 780 / 842)),
        (180, None, (85 / 595, 1 - 780 / 842)),
        (270, None, (85 / 595, 1 - 780 / 842)),
    ],
)
def test_a_typed_page_has_regions_too(
    rotation: int, cropped: tuple[int, int, int, int] | None, expected: tuple[float, float], make_pdf: MakePdf
) -> None:
    """From the letters themselves: the clause's second line begins at (85, 780) points, however the page is turned."""
    typed = make_pdf(Typed(words=lines_down("1. Giao Sở Tài chính chủ trì rà soát", "và báo cáo kết quả.")))
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(typed))
    page = writer.pages[0]
    if rotation:
        page.rotate(-rotation)
        page.transfer_rotation_to_content()
        page.rotate(rotation)
    if cropped:
        page.cropbox = RectangleObject(cropped)
    buffer = io.BytesIO()
    writer.write(buffer)
    document = parse(buffer.getvalue(), "go.pdf")
    (region,) = regions(document, "1")
    x, y = expected
    assert region.left - 0.001 <= x <= region.right + 0.001
    assert region.top - 0.001 <= y <= region.bottom + 0.001
    picture = Image.open(
        io.BytesIO(
            preview.draw(buffer.getvalue(), "go.pdf", "pdf", Page(number=1, span=Span(start=0, end=0)), width=300)
        )
    )
    assert picture.width == pytest.approx(300, abs=1)


def test_what_was_filled_in_on_signing_is_shown() -> None:
    """The number of a signed document is a field of its signature; here it is a black bar on a white page."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(width=600, height=800)
    bar = StreamObject()
    bar.set_data(b"0 0 40 20 re f")
    bar.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
    bar[NameObject("/BBox")] = RectangleObject((0, 0, 40, 20))
    field = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget")})
    field[NameObject("/FT")] = NameObject("/Sig")
    field[NameObject("/T")] = TextStringObject("s")
    field[NameObject("/F")] = NumberObject(4)
    field[NameObject("/Rect")] = RectangleObject((100, 700, 140, 720))
    field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(bar)})
    held = writer._add_object(field)
    page[NameObject("/Annots")] = ArrayObject([held])
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([held])})
    buffer = io.BytesIO()
    writer.write(buffer)
    shown_page = Page(number=1, span=Span(start=0, end=0))
    data = preview.draw(buffer.getvalue(), "ky.pdf", "pdf", shown_page, width=600)
    with Image.open(io.BytesIO(data)) as picture:
        grey = picture.convert("L")
        assert grey.getpixel((120, 90)) < 40
        assert grey.getpixel((160, 90)) > 200


def test_a_page_that_cannot_be_drawn_is_refused(make_pdf: MakePdf) -> None:
    """With the reason: the page is not there, the file is no picture."""
    page = Page(number=7, span=Span(start=0, end=0))
    with pytest.raises(Unreadable, match="trang 7"):
        preview.draw(make_pdf(Typed()), "go.pdf", "pdf", page, width=300)
    with pytest.raises(Unreadable, match="trang 7"):
        preview.draw(file("PNG", Image.new("L", (9, 9))), "anh.png", "image", page, width=300)
    with pytest.raises(Unreadable, match="bị hỏng"):
        preview.draw(b"%PDF-1.4", "go.pdf", "pdf", page, width=300)
    with pytest.raises(Unreadable, match="trang 7"):
        preview.draw(b"no picture", "anh.png", "image", page, width=300)


def test_a_very_long_page_is_drawn_smaller(make_pdf: MakePdf) -> None:
    """However wide it is asked for."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=10, height=14_000)
    buffer = io.BytesIO()
    writer.write(buffer)
    page = Page(number=1, span=Span(start=0, end=0))
    for data, kind in ((buffer.getvalue(), "pdf"), (file("PNG", Image.new("L", (10, 14_000))), "image")):
        with Image.open(io.BytesIO(preview.draw(data, "dai", kind, page, width=2_400))) as picture:
            assert max(picture.size) == pytest.approx(10_000, abs=2)
