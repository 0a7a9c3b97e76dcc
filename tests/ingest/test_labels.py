"""Labels at the start of a line."""

import pytest

from ingest.labels import Kind, match


@pytest.mark.parametrize(
    ("line", "kind", "name", "words"),
    [
        ("I. Các sở", Kind.ROMAN, "I", "Các sở"),
        ("II- ABC", Kind.ROMAN, "II", "ABC"),
        ("5. Giao Sở", Kind.NUMBER, "5", "Giao Sở"),
        ("1.Nhà nước", Kind.NUMBER, "1", "Nhà nước"),  # no space after the label
        ("1- Quán triệt", Kind.NUMBER, "1", "Quán triệt"),
        ("1) Rà soát", Kind.NUMBER, "1", "Rà soát"),
        ("5.2. Trình UBND", Kind.SUBNUMBER, "5.2", "Trình UBND"),
        ("Điều 5. Phạm vi", Kind.ARTICLE, "Điều 5", "Phạm vi"),
        ("Điều thứ nhất. Cử", Kind.ARTICLE, "Điều 1", "Cử"),
        ("đ) Bố trí", Kind.LETTER, "đ", "Bố trí"),
        ("\uf0d8 Tăng cường", Kind.DASH, "", "Tăng cường"),  # bullets of symbol fonts
        ("\uf02d\tTăng cường", Kind.DASH, "", "Tăng cường"),
        ("➢ Tăng cường", Kind.DASH, "", "Tăng cường"),
        ("- Tăng cường", Kind.DASH, "", "Tăng cường"),
        ("-Tăng cường", Kind.DASH, "", "Tăng cường"),
        ("+ Rà soát", Kind.PLUS, "", "Rà soát"),
        ("Thứ nhất, tiếp tục", Kind.ORDINAL, "1", "tiếp tục"),
        ("Khoản thứ hai: Cử ông", Kind.ORDINAL, "2", "Cử ông"),  # articles of the first decrees
        ("Chương II", Kind.CHAPTER, "Chương II", ""),
        ("PHỤ LỤC", Kind.ANNEX, "", ""),
        ("(2) Rà soát", Kind.PAREN, "2", "Rà soát"),
    ],
)
def test_a_label_is_read(line: str, kind: Kind, name: str, words: str) -> None:
    """Kind, name in paths, and where the words begin."""
    label = match(line)
    assert label is not None
    assert (label.kind, label.name, line[label.end :]) == (kind, name, words)


@pytest.mark.parametrize(
    "line",
    [
        "Điều 5 của Luật này",  # a reference, no heading
        "Mục 1 Chương II",
        "Phụ lục kèm theo",
        "15/11/2024 tại",
        "2025. Các đơn vị",  # the end of a date, wrapped
        "1.000 tỷ đồng",
        "III/2022. Tập trung",
        "8 giải pháp",
        "V/v thực hiện",
        "Vì vậy",
    ],
)
def test_what_only_looks_like_a_label_is_none(line: str) -> None:
    """Cross-references, dates and figures stand at the start of lines too."""
    assert match(line) is None


@pytest.mark.parametrize(("line", "ordinal"), [("đ) a", 5), ("IV. A", 4), ("XIX. A", 19), ("y) a", 23), ("B. A", 2)])
def test_ordinals_count_as_vietnamese_does(line: str, ordinal: int) -> None:
    """đ follows d; there is no f, j, w, z."""
    label = match(line)
    assert label is not None
    assert label.ordinal == ordinal
