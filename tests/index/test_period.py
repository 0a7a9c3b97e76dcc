"""Days, months, quarters and years in questions."""

from datetime import date

import pytest

from index.period import find


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("What is due in October 2022?", date(2022, 10, 1), date(2022, 10, 31)),
        ("by 15 October 2022", date(2022, 10, 15), date(2022, 10, 15)),
        ("October 15th, 2022", date(2022, 10, 15), date(2022, 10, 15)),
        ("2022-10-15", date(2022, 10, 15), date(2022, 10, 15)),
        ("trước ngày 15/10/2022", date(2022, 10, 15), date(2022, 10, 15)),
        ("ngày 18 tháng 8 năm 2022", date(2022, 8, 18), date(2022, 8, 18)),
        ("ngay 18 thang 8 nam 2022", date(2022, 8, 18), date(2022, 8, 18)),
        ("tháng 2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("quý III/2022", date(2022, 7, 1), date(2022, 9, 30)),
        ("Q3 2022", date(2022, 7, 1), date(2022, 9, 30)),
        ("the third quarter of 2022", date(2022, 7, 1), date(2022, 9, 30)),
        ("6 tháng cuối năm 2023", date(2023, 7, 1), date(2023, 12, 31)),
        ("năm 2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_is_read(text: str, first: date, last: date) -> None:
    """First and last day, inclusive."""
    assert [(one.first, one.last) for one in find(text)] == [(first, last)]


@pytest.mark.parametrize(
    "text", ["tháng 13/2022", "31/02/2022", "giai đoạn 2021-2025", "441/TB-VP", "22/26 đơn vị", ""]
)
def test_what_is_no_period_is_passed_over(text: str) -> None:
    """Impossible days, spans of years and numbers of documents."""
    assert list(find(text)) == []


@pytest.mark.parametrize(
    ("text", "until", "after"),
    [
        ("chậm nhất vào ngày 30/9/2022", True, False),
        ("trước 15/11/2024", True, False),
        ("no later than 15 October 2022", True, False),
        ("sau ngày 15/11/2024", False, True),
        ("after October 2022", False, True),
        ("trong tháng 10/2022", False, False),
    ],
)
def test_an_open_side_is_told(text: str, until: bool, after: bool) -> None:
    """ "trước" leaves the beginning open, "sau" the end."""
    (one,) = find(text)
    assert (one.until, one.after) == (until, after)
