"""Numbers of official documents parse and print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.number import DocumentNumber, find


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("441/TB-VP", "441/TB-VP"),
        ("3815 /UBND-NV", "3815/UBND-NV"),  # a space that the typist left
        ("163/2024/QH15", "163/2024/QH15"),  # a law: the year is part of the number
        ("45/2017/NĐ-CP", "45/2017/NĐ-CP"),
        ("106/2025/NĐ-\nCP", "106/2025/NĐ-CP"),  # broken over lines
        ("14-KH/TU", "14-KH/TU"),  # the Party writes the type before the stroke
        ("10- CTr/TU", "10-CTr/TU"),
        ("66.15/2026/NQ-CP", "66.15/2026/NQ-CP"),
        ("0044/QĐ-BCT", "0044/QĐ-BCT"),
        ("996/KH-TCTLNTW-C04", "996/KH-TCTLNTW-C04"),
        ("1925 /STC- HTDN", "1925/STC-HTDN"),
        ("74/CC", "74/CC"),
    ],
)
def test_a_number_is_read_as_printed(printed: str, expected: str) -> None:
    """Inner spaces go, everything else stays."""
    assert str(DocumentNumber.parse(printed)) == expected


@pytest.mark.parametrize("text", ["", "22/26", "15/11/2024", "06/7/2022", "1/22 sở", "20%/năm", "441/TB-VP và"])
def test_dates_and_shares_are_no_numbers(text: str) -> None:
    """What is no number is refused by name."""
    with pytest.raises(ValueError, match="not a document number"):
        DocumentNumber.parse(text)


@pytest.mark.parametrize("text", ["22/26 đơn vị", "ngày 15/11/2024", "năm 2022 xếp thứ 2/22"])
def test_no_number_is_found_where_there_is_none(text: str) -> None:
    """Ranks and dates stand in clauses all the time."""
    assert list(find(text)) == []


@given(
    st.integers(1, 99999),
    st.sampled_from(["TB", "KH", "QĐ", "CTr", "UBND"]),
    st.sampled_from(["", "-VP", "-UBND", "-BNN-TTr"]),
    st.one_of(st.none(), st.integers(1945, 2099)),
)
def test_parsing_and_printing_are_inverse(serial: int, kind: str, body: str, year: int | None) -> None:
    """str(parse(s)) == s for every well-formed number."""
    text = f"{serial}/{year}/{kind}{body}" if year else f"{serial}/{kind}{body}"
    assert str(DocumentNumber.parse(text)) == text
    assert [str(found) for _, _, found in find(f"Theo Kế hoạch số {text} của UBND")] == [text]


def test_leading_zeros_and_marks_do_not_part_two_numbers() -> None:
    """0044/QĐ-BCT and 44/qd-bct are one document to whoever asks for it."""
    assert DocumentNumber.parse("0044/QĐ-BCT").key == DocumentNumber.parse("44/QD-BCT").key
