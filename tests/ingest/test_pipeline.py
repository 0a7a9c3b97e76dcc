"""A file becomes a document: laws that hold for any file, hostile texts, and real files where they are at hand."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.model import CLOSING, PREAMBLE, Document, Source, Unreadable
from ingest.pipeline import parse, register, structured

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
DIRECTIVES = sorted((DATA / "directives").glob("*.md"))
ORIGINALS = DATA / "originals"

PLAN = """ỦY BAN NHÂN DÂN
TỈNH PHÚ THỌ
Số: 5/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Phú Thọ, ngày 5 tháng 5 năm 2024

KẾ HOẠCH
Về bình đẳng giới

Căn cứ Kế hoạch số 189/KH-UBND ngày 06/7/2022, tỉnh Phú Thọ triển khai như sau:

I. MỤC ĐÍCH

Nâng cao nhận thức.

II. TỔ CHỨC THỰC HIỆN

1. Sở Nội vụ

a) Chủ trì, phối hợp với Sở Tài chính rà soát, hoàn thành trong tháng 9/2024.

b) Báo cáo kết quả.

2. Các sở, ban, ngành tỉnh xây dựng kế hoạch.

Trên đây là Kế hoạch của tỉnh, yêu cầu các đơn vị thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Bùi Văn Quang
"""


def test_a_plan_is_read_from_head_to_foot() -> None:
    """Every part of a document, in its place."""
    made = parse(PLAN.encode(), "ke-hoach.txt")
    assert (made.number, made.date, made.place) == ("5/KH-UBND", date(2024, 5, 5), "Phú Thọ")
    assert (made.type, made.title, made.issuer) == ("Kế hoạch", "Về bình đẳng giới", "UBND tỉnh Phú Thọ")
    assert (made.signer, made.recipients) == ("Bùi Văn Quang", ("Như trên", "Lưu: VT"))
    assert [one.path for one in made.clauses] == ["preamble", "I", "II", "II.1", "II.1.a", "II.1.b", "II.2", "closing"]
    assert [one.number for one in made.references] == ["189/KH-UBND"]
    assert [(one.clause, one.role, one.agencies) for one in made.assignments][:2] == [
        ("II.1.a", "lead", ("Sở Nội vụ",)),
        ("II.1.a", "coordinate", ("Sở Tài chính",)),
    ]
    assert made.warnings == ()


def without_spans(document: Document) -> tuple[object, ...]:
    """What a document says, wherever it stands."""
    return (
        document.number,
        document.date,
        document.type,
        document.title,
        document.issuer,
        document.signer,
        document.recipients,
        [(one.path, one.label, one.text, one.heading, one.parent, one.headings) for one in document.clauses],
        document.assignments,
        document.references,
    )


@pytest.mark.parametrize(
    "changed",
    [
        PLAN + "\n\n \n\n",
        "\n\n" + PLAN,
        PLAN.replace("\n", "\r\n"),
        PLAN.replace("\n", " \n"),
        unicodedata.normalize("NFD", PLAN),
        "\ufeff" + PLAN,
        PLAN.replace("\n\n", "\n\n\n\n"),
        PLAN.replace("Sở Nội vụ", "**Sở** **Nội vụ**"),
    ],
    ids=["blank end", "blank start", "CRLF", "spaces", "NFD", "mark", "wide gaps", "bold"],
)
def test_what_layout_and_encoding_do_changes_nothing(changed: str) -> None:
    """The same words are the same document."""
    assert without_spans(parse(changed.encode(), "ke-hoach.txt")) == without_spans(parse(PLAN.encode(), "ke-hoach.txt"))


@pytest.mark.parametrize(
    ("changed", "warning"),
    [
        (PLAN.replace("Số: 5/KH-UBND", "Số:     /KH-UBND"), "không tìm thấy số, ký hiệu của văn bản trong “k.txt”"),
        (PLAN.replace("ngày 5 tháng 5", "ngày    tháng 5"), "không tìm thấy ngày ban hành của văn bản trong “k.txt”"),
    ],
)
def test_a_missing_part_is_told(changed: str, warning: str) -> None:
    """Drafts leave number and day blank: null, and a sentence for the person who keeps the documents."""
    made = parse(changed.encode(), "k.txt")
    assert made.warnings == (warning,)
    assert made.title == "Về bình đẳng giới"
    assert len(made.clauses) == 8


TEXT = st.lists(
    st.sampled_from([*PLAN.splitlines(), "| a | b |", "PHỤ LỤC II", "Thứ hai, B", "\f", "Điều 3", "(", "“", "- ", "+"]),
    max_size=50,
).map("\n".join)


@given(st.one_of(TEXT, st.text(max_size=200)), st.sampled_from(["txt", "md", "docx", "html", "pdf"]))
@settings(max_examples=100, deadline=None)
def test_any_text_makes_one_document(text: str, kind: str) -> None:
    """Lines of directives in any order, or any characters: no exception, twice the same, and spans within the text."""
    source = Source(name="a", kind=kind, text=text + "\n")  # type: ignore[arg-type]  # drawn from the five kinds
    made = structured(source, sha256="", register=register())
    assert made == structured(source, sha256="", register=register())
    spans = [one.span for one in made.clauses]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(one.span.end <= len(source.text) for one in made.clauses)
    texts = {one.path: one.text for one in made.clauses}
    assert len(texts) == len(made.clauses)
    assert {one.clause for one in made.assignments} <= set(texts)
    assert all(texts[one.clause][one.span.start : one.span.end] == one.text for one in made.references)


# --- hostile texts ---

HEAD = PLAN[: PLAN.index("I. MỤC ĐÍCH")]


def one_line(size: int) -> str:
    return HEAD + "1. " + "giao Sở Nội vụ chủ trì (UBND), trước ngày 1/6/2024; " * (size // 50) + "\n"


def long_line(size: int) -> str:
    return HEAD + "1. " + "bảo đảm đúng tiến độ, chất lượng, tiết kiệm; " * (size // 45) + "\n"


def short_lines(size: int) -> str:
    return HEAD + "1. Rà soát.\n\n" + "\n".join(f"dòng {i}" for i in range(size)) + "\n"


def many_labels(size: int) -> str:
    return HEAD + "\n".join(f"{i % 400 + 1}. Rà soát." for i in range(size)) + "\n"


def deep_labels(size: int) -> str:
    return HEAD + "1. Một.\n\n" + "\n\n".join(label + " Hai." for label in ("-", "+", "a)", "(1)") * (size // 4)) + "\n"


def open_brackets(size: int) -> str:
    return HEAD + "1. " + "(“" * size + "\n" + "- Sở\n" * (size // 4)


def bars(size: int) -> str:
    return HEAD + "1. A.\n" + FOOT + "PHỤ LỤC\n" + "|\n" * size + "| a | b " * size + "\n"


def blanks(size: int) -> str:
    return HEAD + "1. Giao" + " " * size + "Sở Nội vụ\n" + "\n" * size + "ngày" + "\u00a0" * size + "tháng\n"


FOOT = PLAN[PLAN.index("Nơi nhận") :]
HOSTILE: list[tuple[Callable[[int], str], int]] = [
    (one_line, 1_500),
    (short_lines, 3_000),
    (many_labels, 600),
    (deep_labels, 600),
    (open_brackets, 1_000),
    (bars, 2_000),
    (blanks, 20_000),
]


def seconds(text: str) -> float:
    """Processor time of one parse, the best of three."""
    source = Source(name="a.txt", kind="txt", text=text)
    best = float("inf")
    for _ in range(3):
        start = process_time()
        structured(source, sha256="", register=register())
        best = min(best, process_time() - start)
    return best


@pytest.mark.parametrize(("made", "size"), HOSTILE, ids=lambda value: getattr(value, "__name__", str(value)))
def test_time_grows_with_the_text(made: Callable[[int], str], size: int) -> None:
    """Eight times the text takes about eight times as long; a square would take 64 times. Busy machines blur it."""
    assert seconds(made(8 * size)) < 32 * seconds(made(size)) + 0.05


@pytest.mark.parametrize(
    ("made_by", "size"),
    [(long_line, 1_000_000), (short_lines, 200_000), (many_labels, 30_000)],
    ids=["one line of a megabyte", "200,000 lines", "30,000 labels"],
)
def test_a_huge_text_is_read(made_by: Callable[[int], str], size: int) -> None:
    """No size makes the parser fail."""
    text = made_by(size)
    made = structured(Source(name="a.txt", kind="txt", text=text), sha256="", register=register())
    assert made.number == "5/KH-UBND"
    assert made.clauses[-1].span.end <= len(text)


# --- real files ---


def letters(text: str) -> str:
    """Letters and digits alone: borders of tables and rules lie between them."""
    return "".join(filter(str.isalnum, text))


@pytest.mark.skipif(not DIRECTIVES, reason="the real directives lie outside the repository")
@pytest.mark.parametrize("path", DIRECTIVES, ids=lambda path: path.stem)
def test_a_real_directive_is_whole(path: Path) -> None:
    """Number, day, issuer, title and signer are found; clauses do not overlap; the body keeps its words."""
    made = parse(path.read_bytes(), path.name)
    assert None not in (made.number, made.date, made.issuer, made.signer)
    assert made.type != made.title
    assert made.recipients
    spans = [one.span for one in made.clauses]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    numbered = [one for one in made.clauses if one.path not in (PREAMBLE, CLOSING)]
    assert len(numbered) >= 10
    for one in made.clauses:
        spanned = letters(made.source.text[one.span.start : one.span.end])
        assert all(letters(part) in spanned for part in one.text.split("\n"))


def rows() -> list[dict[str, object]]:
    listed = ORIGINALS / "gold.jsonl"
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    made = [json.loads(line) for line in lines]
    return [
        row for row in made if str(row["file"]).startswith(("txt_n", "txt_q", "txt_t", "txt_k", "docx_n", "docx_q"))
    ]


# What the head of a file does not print, or prints in an annex of another document.
WITHOUT_HEAD = frozenset(f"docx_nd30_2020_{annex}.docx" for annex in ("pl1", "pl3_tables", "pl5", "pl6"))


@pytest.mark.skipif(not rows(), reason="the original files lie outside the repository")
@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row["file"]))
def test_an_original_has_its_number_and_day(row: dict[str, object]) -> None:
    """Number, day and type of born-digital files are as a person read them."""
    path = ORIGINALS / str(row["file"])
    try:
        made = parse(path.read_bytes(), path.name)
    except Unreadable:
        pytest.skip("this original needs optical recognition")
    assert made.number == row["number"]
    assert (made.date.isoformat() if made.date else None) == row["date"]
    if row["file"] not in WITHOUT_HEAD:
        assert made.type == row["type"]
        assert made.signer == row["signer"]
