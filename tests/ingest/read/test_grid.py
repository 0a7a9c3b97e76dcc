"""Ruled tables on the pages of PDFs: cells whatever drew their borders, rows over page breaks, and what is no table."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from ingest.pipeline import parse
from ingest.read import read

from .conftest import MakePdf, Page, Words, lines_down

COLUMNS = (60, 90, 290, 400, 500)
HEADING = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn")


def ruled(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Every border as one line over the whole table, as LibreOffice draws them."""
    across = [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys]
    return " ".join([*across, *(f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs)])


def boxed(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Every side of every cell as a thin filled rectangle, as Word draws them."""
    return " ".join(
        f"{left} {top} {right - left} .5 re f {left} {bottom} .5 {top - bottom} re f "
        f"{left} {bottom} {right - left} .5 re f {right} {bottom} .5 {top - bottom} re f"
        for top, bottom in itertools.pairwise(ys)
        for left, right in itertools.pairwise(xs)
    )


def outlined(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Every cell as a rectangle with an outline."""
    return " ".join(
        f"{left} {bottom} {right - left} {top - bottom} re S"
        for top, bottom in itertools.pairwise(ys)
        for left, right in itertools.pairwise(xs)
    )


def one_path(xs: Sequence[float], ys: Sequence[float]) -> str:
    """All borders as one path, on a page whose units are half a point."""
    return "q 2 0 0 2 0 0 cm " + ruled([x / 2 for x in xs], [y / 2 for y in ys]).replace(" S", "") + " S Q"


def cells(rows: Sequence[Sequence[str]], ys: Sequence[float], xs: Sequence[float] = COLUMNS) -> list[Words]:
    """Words of cells, lines of a cell 12 points apart, drawn column by column."""
    return [
        Words(x=xs[column] + 3, y=ys[number] - 12 - 12 * line, text=text, size=10)
        for column in range(len(xs) - 1)
        for number, row in enumerate(rows)
        if column < len(row)
        for line, text in enumerate(row[column].split("\n"))
    ]


ROWS = (
    HEADING,
    ("1", "Xây dựng đề án số hóa\nhồ sơ lưu trữ của tỉnh", "Sở Nội vụ", "Tháng 6/2025"),
    ("2", "Rà soát thủ tục", "Sở Tư pháp,\nSở Tài chính", "Quý II/2025"),
)
WRITTEN = [
    "TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn",
    "1 | Xây dựng đề án số hóa hồ sơ lưu trữ của tỉnh | Sở Nội vụ | Tháng 6/2025",
    "2 | Rà soát thủ tục | Sở Tư pháp, Sở Tài chính | Quý II/2025",
]
YS = (700, 680, 650, 620)


@pytest.mark.parametrize("draw", [ruled, boxed, outlined, one_path])
def test_rows_are_lines_whatever_draws_the_borders(make_pdf: MakePdf, draw: object) -> None:
    assert callable(draw)
    page = Page(
        words=[*lines_down("Danh mục nhiệm vụ", top=740), *cells(ROWS, YS), *lines_down("Ghi chú chung", top=590)],
        drawn=draw(COLUMNS, YS),
    )
    assert read(make_pdf(page), "a.pdf").text.split("\n") == ["Danh mục nhiệm vụ", *WRITTEN, "Ghi chú chung", ""]


def test_open_sides_are_closed(make_pdf: MakePdf) -> None:
    """Many tables have no border on the left and the right."""
    inner = ruled((60, 500), YS).split(" S ")[: len(YS)]
    drawn = " S ".join([*inner, *(f"{x} {YS[0]} m {x} {YS[-1]} l" for x in COLUMNS[1:-1])]) + " S"
    assert read(make_pdf(Page(words=cells(ROWS, YS), drawn=drawn)), "a.pdf").text.split("\n")[:-1] == WRITTEN


def test_merged_cells(make_pdf: MakePdf) -> None:
    """A heading over all columns is a line; what is merged over rows stands in each of them."""
    ys = (700, 680, 650, 620)
    xs = COLUMNS
    drawn = " ".join((
        *(f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in (700, 680, 620)),
        f"{xs[0]} 650 m {xs[2]} 650 l S {xs[3]} 650 m {xs[4]} 650 l S",  # not under the third column
        f"{xs[0]} 700 m {xs[0]} 620 l S {xs[4]} 700 m {xs[4]} 620 l S",
        *(f"{x} 680 m {x} 620 l S" for x in xs[1:-1]),  # not through the heading
    ))  # fmt: skip
    rows = (("I. Về thể chế",), ("1", "Xây dựng đề án", "Sở Nội vụ", "Quý I"), ("2", "Rà soát", "", "Quý II"))
    text = read(make_pdf(Page(words=cells(rows, ys), drawn=drawn)), "a.pdf").text
    assert text.split("\n")[:-1] == [
        "I. Về thể chế", "1 | Xây dựng đề án | Sở Nội vụ | Quý I", "2 | Rà soát | Sở Nội vụ | Quý II",
    ]  # fmt: skip


@pytest.mark.parametrize("repeated", [(), (HEADING,)])
def test_a_row_over_a_page_break_is_whole_and_the_heading_is_not_repeated(
    make_pdf: MakePdf, repeated: tuple[tuple[str, ...], ...]
) -> None:
    rest = (("", "hồ sơ lưu trữ của tỉnh", "", ""), ROWS[2])
    second = (*repeated, *rest)
    tops = (700, 680, 650, 620)[: len(second) + 1]
    first = Page(
        words=cells((HEADING, ("1", "Xây dựng đề án số hóa", "Sở Nội vụ", "Tháng 6/2025")), (120, 100)),
        drawn=ruled(COLUMNS, (120, 100, 70)),
    )
    next_page = Page(
        words=[Words(x=290, y=800, text="2"), *cells(second, tops)],
        drawn=ruled([x + 20 for x in COLUMNS], tops),
    )
    moved = [Words(x=w.x + 20, y=w.y, text=w.text, size=w.size) for w in next_page.words]
    source = read(make_pdf(first, Page(words=moved, drawn=next_page.drawn)), "a.pdf")
    assert [line for line in source.text.split("\n") if line] == [*WRITTEN[:2], "2", WRITTEN[2]]


def test_a_table_of_another_shape_does_not_go_on(make_pdf: MakePdf) -> None:
    first = Page(words=cells(ROWS, YS), drawn=ruled(COLUMNS, YS))
    xs = (60, 200, 350, 500)
    second = Page(words=cells((("", "một", "hai"), ("ba", "bốn", "năm")), YS, xs), drawn=ruled(xs, YS[:3]))
    assert " | một | hai" in read(make_pdf(first, second), "a.pdf").text


@pytest.mark.parametrize(
    "drawn",
    [
        "80 700 300 60 re S",  # a frame around words
        "80 795 m 300 795 l S 80 775 m 300 775 l S",  # underlined words
        "80 700 300 20 re S 80 720 300 20 re S",  # boxes one above the other
        "0.9 g 80 700 300 60 re f 0 g",  # a coloured ground
    ],
)
def test_lines_that_are_no_table_change_nothing(make_pdf: MakePdf, drawn: str) -> None:
    words = lines_down("Điều 1. Giao Sở Tài chính", "rà soát, báo cáo", "trước ngày 30/6/2025", top=745)
    plain = read(make_pdf(Page(words=words)), "a.pdf").text
    assert read(make_pdf(Page(words=words, drawn=drawn)), "a.pdf").text == plain


def test_the_tasks_of_a_ruled_annex_reach_the_ledger(make_pdf: MakePdf) -> None:
    letter = Page(
        words=lines_down(
            "ỦY BAN NHÂN DÂN TỈNH BÌNH MINH", "Số: 45/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc", "Bình Minh, ngày 12 tháng 3 năm 2025", "KẾ HOẠCH", "Chuyển đổi số năm 2025",
            "I. MỤC ĐÍCH", "1. Nâng cao chất lượng phục vụ người dân.", "II. TỔ CHỨC THỰC HIỆN",
            "1. Thực hiện các nhiệm vụ tại Phụ lục.", "Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
            "Nguyễn Văn An",
        )
    )  # fmt: skip
    last = ("3", "Báo cáo kết quả", "Sở Y tế")  # its cell for the time is empty
    ys = (*YS, 600)
    annex = Page(words=[*lines_down("PHỤ LỤC", top=740), *cells((*ROWS, last), ys)], drawn=ruled(COLUMNS, ys))
    document = parse(make_pdf(letter, annex), "ke-hoach.pdf")
    tasks = [
        (task.clause, task.agencies, str(task.deadline.due) if task.deadline else None)
        for task in document.assignments
        if task.clause.startswith("PL")
    ]
    assert tasks == [
        ("PL1.1", ("Sở Nội vụ",), "2025-06-30"),
        ("PL1.2", ("Sở Tư pháp", "Sở Tài chính"), "2025-06-30"),
        ("PL1.3", ("Sở Y tế",), None),
    ]
