"""Deadlines: which words are one, to which day they resolve, and which dates are none."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.deadlines import find, parse
from ingest.model import Deadline

NOVEMBER = date(2025, 11, 18)  # a Tuesday
SEPTEMBER = date(2022, 9, 9)
SEEDS = Path(__file__).parents[3] / "shared"

Row = tuple[str, str | None, str | None, str | None]


def seen(deadline: Deadline) -> tuple[str, str | None, str | None, str | None]:
    due = deadline.due.isoformat() if deadline.due else None
    return deadline.text, due, deadline.bound, deadline.recurrence


# text with its phrase marked, due, bound, recurrence; signed on 18 November 2025
DUE: list[Row] = [
    # a day with its year, in the separators that occur
    ("báo cáo kết quả ⟦trước ngày 15/12/2025⟧.", "2025-12-15", "before", None),
    ("gửi về Sở Nội vụ ⟦trước 15-12-2025⟧", "2025-12-15", "before", None),
    ("nộp ⟦hạn cuối ngày 15.12.2025⟧", "2025-12-15", "by", None),
    # a full stop and a figure right after the year
    ("báo cáo ⟦trước ngày 15/12/2025⟧. 02 đơn vị chưa gửi", "2025-12-15", "before", None),
    # a day in words, as Nghị định 30/2020 prints it
    ("gửi ⟦trước ngày 15 tháng 12 năm 2025⟧", "2025-12-15", "before", None),
    # scans put spaces around the slashes
    ("⟦hoàn thành trước ngày 15 /12/ 2025⟧", "2025-12-15", "before", None),
    # the year left out: this year
    ("gửi báo cáo ⟦trước ngày 15/12⟧ để tổng hợp", "2025-12-15", "before", None),
    # the year left out and the day passed at signing: the next year
    ("gửi báo cáo ⟦trước ngày 15/10⟧ để tổng hợp", "2026-10-15", "before", None),
    ("⟦hoàn thành trước 30 tháng 11⟧", "2025-11-30", "before", None),
    ("gửi ⟦trước ngày 15 tháng 12 năm nay⟧", "2025-12-15", "before", None),
    # an hour before the day
    ("gửi ⟦trước 16 giờ 00 phút ngày 20/11/2025⟧", "2025-11-20", "before", None),
    ("⟦chậm nhất là 17h00 ngày 20/11⟧", "2025-11-20", "by", None),
    # words that mean by
    ("gửi ⟦chậm nhất là ngày 30/11/2025⟧", "2025-11-30", "by", None),
    ("⟦chậm nhất đến hết ngày 30 tháng 11 năm 2025⟧", "2025-11-30", "by", None),
    ("nộp ⟦không muộn hơn ngày 20/12/2025⟧", "2025-12-20", "by", None),
    ("⟦Thời hạn báo cáo là ngày 25/11/2025⟧", "2025-11-25", "by", None),
    ("⟦đến ngày 30/11/2025⟧ phải hoàn thành", "2025-11-30", "by", None),
    ("khởi công ⟦vào ngày 19/12/2025⟧", "2025-12-19", "by", None),
    ("thực hiện ⟦trong ngày 20/11/2025⟧", "2025-11-20", "by", None),
    # "trước" inside another lead still means before
    ("hoàn thành ⟦xong trước ngày 05/12/2025⟧", "2025-12-05", "before", None),
    # months
    ("cơ sở dữ liệu, ⟦hoàn thành trong tháng 12/2025⟧.", "2025-12-31", "by", None),
    ("trình UBND tỉnh ⟦trong tháng 2 năm 2028⟧", "2028-02-29", "by", None),
    ("báo cáo ⟦trong tháng 11, 12 năm 2025⟧", "2025-12-31", "by", None),
    ("⟦hoàn thành trong tháng 10⟧", "2026-10-31", "by", None),
    ("⟦hoàn thành trong tháng này⟧", "2025-11-30", "by", None),
    # before a month: before its first day
    ("bàn giao mặt bằng ⟦trước tháng 12/2025⟧", "2025-12-01", "before", None),
    # quarters in Roman and Arabic figures; the scan's l for I; the spelling quí
    ("⟦hoàn thành trong quý IV/2025⟧", "2025-12-31", "by", None),
    ("⟦hoàn thành trong quý 1 năm 2026⟧", "2026-03-31", "by", None),
    ("⟦hoàn thành trong quí lV-2025⟧", "2025-12-31", "by", None),
    ("⟦hoàn thành trong quý III⟧", "2026-09-30", "by", None),
    ("⟦hoàn thành trong quý I, II/2026⟧", "2026-06-30", "by", None),
    ("⟦hoàn thành trong quý⟧.", "2025-12-31", "by", None),
    # half-years and years
    ("⟦hoàn thành trong 6 tháng đầu năm 2026⟧", "2026-06-30", "by", None),
    ("⟦hoàn thành trong nửa đầu năm 2026⟧", "2026-06-30", "by", None),
    ("⟦hoàn thành trong năm 2026⟧", "2026-12-31", "by", None),
    ("⟦hoàn thành trong năm⟧.", "2025-12-31", "by", None),
    ("⟦Đến năm 2026⟧, hoàn thành việc xây dựng", "2026-12-31", "by", None),
    ("trình ban hành Kế hoạch phát triển đô thị ⟦trong năm 2026⟧.", "2026-12-31", "by", None),
    # parts of a month or a year
    ("⟦hoàn thành vào cuối năm 2025⟧", "2025-12-31", "by", None),
    ("⟦hoàn thành giữa tháng 12/2025⟧", "2025-12-15", "by", None),
    ("⟦hoàn thành trong tuần đầu tháng 12⟧", "2025-12-07", "by", None),
    ("báo cáo ⟦trong tuần 3 tháng 12/2025⟧", "2025-12-21", "by", None),
    ("⟦xong trong hạ tuần tháng 12⟧", "2025-12-31", "by", None),
    # "the beginning of December" has no last day
    ("⟦hoàn thành đầu tháng 12/2025⟧", None, None, None),
    # stretches are due on their last day
    ("⟦từ nay đến hết năm 2025⟧, các đơn vị rà soát", "2025-12-31", "by", None),
    ("Thực hiện ⟦từ ngày 01/12/2025 đến hết ngày 31/12/2025⟧", "2025-12-31", "by", None),
    ("thực hiện (⟦từ ngày 08 đến ngày 10 tháng 12 năm 2025⟧)", "2025-12-10", "by", None),
    ("Tổ chức kiểm tra ⟦từ tháng 10 đến tháng 12/2025⟧", "2025-12-31", "by", None),
    # fields of a plan: the name of the field is not part of the phrase
    ("Thời gian thực hiện: ⟦quý IV năm 2025⟧", "2025-12-31", "by", None),
    ("Thời gian hoàn thành: ⟦tháng 12/2025⟧", "2025-12-31", "by", None),
    ("Thời hạn hoàn thành: ⟦31/12/2025⟧.", "2025-12-31", "by", None),
    ("Thời gian thực hiện: ⟦Năm 2026⟧.", "2026-12-31", "by", None),
    ("Thời gian thực hiện: ⟦Từ năm 2026 - 2030⟧.", "2030-12-31", "by", None),
    ("Thời gian thực hiện: ⟦Quý IV/2026 đến hết Quý II/2027⟧.", "2027-06-30", "by", None),
    ("Tiến độ: ⟦Hoàn thành trong tháng 12/2025⟧.", "2025-12-31", "by", None),
    # an open end has no last day
    ("Thời gian thực hiện: ⟦Năm 2025 và các năm tiếp theo⟧.", None, None, None),
    ("Thời gian thực hiện: ⟦Từ năm 2026⟧.", None, None, None),
    ("Thời gian thực hiện: ⟦Từ tháng 10/2025 đến khi kết thúc Đại hội⟧.", None, None, None),
    # a cell of a table that is nothing but the phrase
    ("⟦Quý III Năm 2026⟧", "2026-09-30", "by", None),
    ("⟦Quý IV/2025- Quý II/2026⟧", "2026-06-30", "by", None),
    # without a lead: in brackets after an order, or at the head of a line of a timetable
    ("xây dựng Kế hoạch triển khai (⟦quý I/2026⟧);", "2026-03-31", "by", None),
    ("⟦Tháng 12/2025⟧: Tổng kết phong trào", "2025-12-31", "by", None),
    # 15 days and 5 working days after signing
    ("⟦trong 15 ngày kể từ ngày ký Kế hoạch này⟧", "2025-12-03", "by", None),
    ("⟦trong vòng 05 (năm) ngày làm việc, kể từ ngày ban hành Chỉ thị này⟧, các sở", "2025-11-25", "by", None),
    # 1 January 2026 is a holiday: the 31st working day is moved by it
    ("⟦trong 33 ngày làm việc kể từ ngày ký⟧.", "2026-01-05", "by", None),
    ("⟦trong 03 tháng kể từ ngày ký ban hành⟧.", "2026-02-18", "by", None),
    # counts from days that the document does not know
    ("⟦trong thời hạn 10 ngày kể từ ngày nhận Kế hoạch này⟧.", None, None, None),
    ("⟦trong 05 ngày làm việc kể từ ngày ký hợp đồng⟧", None, None, None),
    ("Xử lý nước tù đọng ⟦trong 24-48 giờ sau khi nước rút⟧.", None, None, None),
    ("gửi ⟦chậm nhất 10 ngày trước ngày khai mạc kỳ họp⟧", None, None, None),
    # a day that does not exist is not mended
    ("⟦hoàn thành trước ngày 31/9/2026⟧", None, None, None),
    # recurrences
    ("Thực hiện đánh giá ⟦hàng tháng⟧ đối với trách nhiệm", None, None, "monthly"),
    ("⟦Định kỳ hằng năm⟧, báo cáo UBND tỉnh", None, None, "yearly"),
    ("báo cáo ⟦định kỳ hằng quý⟧", None, None, "quarterly"),
    ("⟦Định kỳ 06 tháng⟧ các cơ quan báo cáo", None, None, "half-yearly"),
    ("giám sát tuyến xã và báo cáo ⟦hằng ngày⟧.", None, None, "daily"),
    ("họp giao ban ⟦01 lần/tuần⟧", None, None, "weekly"),
    ("báo cáo ⟦06 tháng một lần⟧", None, None, "half-yearly"),
    ("⟦định kỳ (hằng năm)⟧ đánh giá tiến độ", None, None, "yearly"),
    # of several periods the shortest
    ("báo cáo ⟦định kỳ hằng tháng, quý, 6 tháng và năm⟧", None, None, "monthly"),
    # a font that maps ỳ to another letter
    ("⟦Định kǶ hằng năm⟧ báo cáo kết quả", None, None, "yearly"),
    # a day that returns has no due day
    ("báo cáo ⟦trước ngày 20 hằng tháng⟧", None, None, "monthly"),
    ("báo cáo ⟦trước ngày 30/11 hằng năm⟧.", None, None, "yearly"),
    ("công bố ⟦chậm nhất trong tháng 1 hàng năm⟧ để các đơn vị", None, None, "yearly"),
    ("gửi ⟦trước ngày 25 của tháng cuối quý⟧", None, None, "quarterly"),
    ("báo cáo UBND tỉnh ⟦trước 19h00’ hằng ngày⟧", None, None, "daily"),
    ("⟦Định kỳ hằng năm (trước ngày 15 tháng 12)⟧ báo cáo", None, None, "yearly"),
    ("⟦Hằng tháng, trước ngày 20⟧, báo cáo kết quả", None, None, "monthly"),
    ("⟦định kỳ trước ngày 01/6 và 15/11 hằng năm⟧ báo cáo", None, None, "yearly"),
    # "định kỳ" without a period and a day without a year: once a year
    ("định kỳ báo cáo kết quả ⟦trước ngày 20/11⟧ về Sở", None, None, "yearly"),
    ("Thời gian thực hiện: ⟦Từ tháng 3 đến tháng 11 hàng năm⟧", None, None, "yearly"),
]

# Dates and periods that are no deadline; signed on 18 November 2025
NONE = [
    # cited documents
    "Thực hiện Kế hoạch số 189/KH-UBND ngày 06/7/2022 của UBND Thành phố",
    "Quyết định số 411/QĐ-TTg của Thủ tướng Chính phủ ngày 31/3/2026 phê duyệt Chiến lược",
    "hoàn thành Kế hoạch số 189/KH-UBND ngày 06 tháng 7 năm 2026",
    "Luật Thi đua, khen thưởng ngày 15/6/2022 và Luật Đất đai năm 2024",
    # periods, terms, plans and subjects named by a year
    "chuyển sang tự chủ giai đoạn 2022-2025, nhiệm kỳ 2026 - 2031",
    "xây dựng Kế hoạch cải cách hành chính năm 2026, dự toán năm 2026",
    "hoàn thành nhiệm vụ năm 2025 được giao",
    "cải thiện các chỉ số và các nhiệm vụ trọng tâm trong năm 2025",
    "kế hoạch tài chính - ngân sách 03 năm 2026 - 2028",
    "Chương trình mục tiêu quốc gia phòng, chống ma túy đến năm 2030",
    "công tác cải cách hành chính từ nay đến cuối năm 2025 trên địa bàn",
    "đề xuất kế hoạch thực hiện cổ phần hóa trong năm 2025 đảm bảo khả thi",
    # targets of an indicator
    "chỉ tiêu đến năm 2026 chuyển tối thiểu 20% đơn vị sự nghiệp sang tự chủ",
    "phấn đấu đạt trên 80% trong năm 2025",
    "phấn đấu đến năm 2030 đạt ít nhất 50% số xã",
    "Đến năm 2030, hệ thống quan trắc được hoàn thiện, hoạt động hiệu quả",
    "đạt mức phát thải ròng bằng 0 vào năm 2050",
    # the past
    "Ngày 18/8/2025, tại Trụ sở UBND Thành phố, Chủ tịch đã chủ trì Hội nghị",
    "nhiệm vụ của cơ quan đã được Thành phố phê duyệt trong 6 tháng đầu năm 2025",
    "Trong 10 tháng đầu năm 2025, mặc dù có nhiều biến động lớn",
    "Trong 9 tháng đầu năm, các đơn vị triển khai nhiều giải pháp",
    "từ ngày 17 đến ngày 20 tháng 11 năm 2025 tỉnh đang phải hứng chịu đợt mưa lớn",
    "giải ngân tính đến hết ngày 31 tháng 12 năm 2025 đạt 72,4%",
    "các văn bản được ban hành trước ngày 01/7/2026",
    "các nhiệm vụ chưa hoàn thành trước ngày 30/11/2025",
    # taking effect
    "Quyết định này có hiệu lực từ ngày 01/01/2026",
    "có hiệu lực sau 10 ngày kể từ ngày ký ban hành",
    # no time at all
    "thực hiện thường xuyên, kịp thời, giải quyết ngay trong ngày",
    "nhận trẻ em từ 06 tháng đến 36 tháng tuổi",
    "hoàn thành 10/12 chỉ tiêu và trước 1/3 số đại biểu",
    # recurrence words that only describe
    "làm cơ sở bình xét thi đua, khen thưởng hàng năm",
    "gắn với việc đánh giá, xếp loại hàng tháng của Thủ trưởng các sở, ngành",
    "để đánh giá, xếp loại cán bộ hằng năm",
    "xây dựng kế hoạch hằng năm; cân đối ngân sách hằng năm; hội nghị hằng năm",
    "lộ trình thực hiện hàng năm",
    "chi trả trợ cấp hưu trí xã hội hàng tháng",
    "vốn ngân sách nhà nước được phân bổ hằng năm cho các cơ quan",
    "Hằng năm, Sở Nội vụ đều ban hành Kế hoạch kiểm tra",
    "không để xảy ra trễ hạn kéo dài trong mỗi quý",
    "Tỷ lệ hộ nghèo giảm hàng năm 1%-1,5%",
]


def marked(text: str) -> tuple[str, str]:
    """The text without its marks, and what stands between them."""
    start, phrase, end = re.split("[⟦⟧]", text)
    return start + phrase + end, phrase


@pytest.mark.parametrize(("text", "due", "bound", "recurrence"), DUE)
def test_a_deadline_is_found_with_its_phrase_and_resolved(
    text: str, due: str | None, bound: str | None, recurrence: str | None
) -> None:
    """The phrase as printed, the day, whether it is before or by, and the recurrence."""
    plain, phrase = marked(text)
    assert [seen(one) for one in find(plain, signed=NOVEMBER)] == [(phrase, due, bound, recurrence)]


@pytest.mark.parametrize("text", NONE)
def test_other_dates_are_no_deadlines(text: str) -> None:
    """Citations, periods, targets and the past are left alone."""
    assert [seen(one) for one in find(text, signed=NOVEMBER)] == []


def test_several_deadlines_in_one_clause_come_in_order() -> None:
    """Each keeps its own phrase and day."""
    text = "Hoàn thành việc thống kê trước ngày 30 tháng 6 năm 2026, báo cáo tổng hợp trong tháng 7/2026"
    assert [(one.text, one.due) for one in find(text, signed=NOVEMBER)] == [
        ("trước ngày 30 tháng 6 năm 2026", date(2026, 6, 30)),
        ("trong tháng 7/2026", date(2026, 7, 31)),
    ]


def test_each_report_of_a_year_keeps_its_own_period() -> None:
    """The name in front of the bracket decides, not the first recurrence of the sentence."""
    text = "báo cáo hằng quý (trước ngày 20 tháng cuối quý), 6 tháng (trước ngày 20/6), năm (trước ngày 15/12)"
    assert [one.recurrence for one in find(text, signed=NOVEMBER)] == ["quarterly", "half-yearly", "yearly"]


def test_a_passed_day_is_due_only_where_something_is_to_be_sent() -> None:
    """A letter signed late still orders the report of yesterday."""
    (late,) = find("Báo cáo kết quả về Sở Nội vụ trước ngày 15/11/2025.", signed=NOVEMBER)
    assert late.due == date(2025, 11, 15)
    assert find("Đối với công trình khởi công trước ngày 15/11/2025", signed=NOVEMBER) == ()


def test_without_a_signature_only_printed_years_resolve() -> None:
    """What lacks its year keeps the phrase and no day."""
    with_year, without = find("nộp trước ngày 15/12/2025; gửi trước ngày 20/12", signed=None)
    assert (with_year.due, without.text, without.due) == (date(2025, 12, 15), "trước ngày 20/12", None)
    (count,) = find("trong 15 ngày kể từ ngày ký.", signed=None)
    assert count.due is None


def test_the_day_of_receipt_starts_a_count_when_it_is_known() -> None:
    """Mail room data resolves what the document alone cannot."""
    (one,) = find("trong 10 ngày kể từ ngày nhận được Công văn này", signed=NOVEMBER, received=date(2025, 11, 20))
    assert one.due == date(2025, 11, 30)


def test_working_days_skip_tet() -> None:
    """13 February 2026 is the Friday before the week of Tết (16 to 20 February)."""
    (one,) = find("trong 01 ngày làm việc kể từ ngày ký.", signed=date(2026, 2, 13))
    assert one.due == date(2026, 2, 23)


@pytest.mark.parametrize(
    ("cell", "due", "recurrence"),
    [
        ("2026", date(2026, 12, 31), None),  # the year that is all of a cell
        ("2026 - 2030", date(2030, 12, 31), None),
        ("12/2025", date(2025, 12, 31), None),
        ("31/12/2025", date(2025, 12, 31), None),
        ("Tháng 12", date(2025, 12, 31), None),
        ("Trước 15/12", date(2025, 12, 15), None),
        ("Hàng năm", None, "yearly"),
        ("Thường xuyên, hằng năm", None, "yearly"),
    ],
)
def test_a_phrase_alone_needs_no_lead(cell: str, due: date | None, recurrence: str | None) -> None:
    """Cells under "Thời gian" print bare periods."""
    deadline = parse(cell, signed=NOVEMBER)
    assert deadline is not None
    assert (deadline.due, deadline.recurrence) == (due, recurrence)


@pytest.mark.parametrize("cell", ["Thường xuyên", "", "Sở Tài chính", "01"])
def test_a_cell_without_a_time_is_no_deadline(cell: str) -> None:
    """Nothing is guessed."""
    assert parse(cell, signed=NOVEMBER) is None


FORMS: list[Callable[[date], str]] = [
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d} /{day:%m}/ {day.year}",
    lambda day: f"ngày {day.day}/{day.month}/{day.year}",
    lambda day: f"ngày {day:%d} tháng {day:%m} năm {day.year}",
    lambda day: f"ngày {day.day} tháng {day.month}/{day.year}",
    lambda day: f"17h00 ngày {day:%d/%m/%Y}",
    lambda day: f"thứ Hai, ngày {day:%d/%m/%Y}",
]
LEADS = [("trước", "before"), ("chậm nhất", "by"), ("hoàn thành trước", "before"), ("chậm nhất là", "by")]
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


@given(day=DAYS, form=st.sampled_from(FORMS), lead=st.sampled_from(LEADS))
def test_a_printed_day_is_read_back(day: date, form: Callable[[date], str], lead: tuple[str, str]) -> None:
    """Every form of a date after every lead resolves to the date."""
    words, bound = lead
    printed = f"{words} {form(day)}"
    (found,) = find(f"báo cáo kết quả {printed}, gửi Sở Nội vụ", signed=day - timedelta(days=3))
    assert (found.text, found.due, found.bound) == (printed, day, bound)


@given(day=DAYS, lead=st.sampled_from(LEADS))
def test_a_day_without_its_year_is_the_next_one(day: date, lead: tuple[str, str]) -> None:
    """Signed on any day of the year before, the printed day and month come back in their year."""
    signed = day - timedelta(days=180)
    (found,) = find(f"báo cáo {lead[0]} ngày {day.day}/{day.month}", signed=signed)
    assert found.due == day


NORMAL_FORMS: list[Literal["NFC", "NFD"]] = ["NFC", "NFD"]


@given(row=st.sampled_from(DUE), form=st.sampled_from(NORMAL_FORMS), width=st.integers(min_value=8, max_value=40))
def test_normal_form_case_and_line_breaks_change_nothing(row: Row, form: Literal["NFC", "NFD"], width: int) -> None:
    """NFD, capitals and re-wrapped lines resolve alike, and spans stay true to the text."""
    text, _ = marked(row[0])
    wrapped = re.sub(rf"(.{{{width}}}\S*) ", r"\1 \n", text)
    for changed in (text.upper(), wrapped, text.replace(" ", "  ")):
        as_typed = unicodedata.normalize(form, changed)
        found = find(as_typed, signed=NOVEMBER)
        assert [seen(one)[1:] for one in found] == [row[1:]]
        assert all(as_typed[one.span.start : one.span.end] == one.text for one in found)


@given(text=st.text(alphabet="ngàythángăm quýhời gian:.,;/-0123456789()IVX\nđếtrước\u0301", max_size=120))
def test_any_text_has_ordered_spans_inside_it(text: str) -> None:
    """Whatever is fed in, deadlines lie in the text, in order, without overlap."""
    end = 0
    for deadline in find(text, signed=NOVEMBER):
        assert end <= deadline.span.start < deadline.span.end <= len(text)
        assert text[deadline.span.start : deadline.span.end] == deadline.text
        end = deadline.span.end


@given(
    number=st.from_regex(r"[1-9]\d{0,3}/(?:KH-UBND|QĐ-TTg|TB-VP|2024/NĐ-CP)", fullmatch=True),
    day=DAYS,
    form=st.sampled_from(FORMS[5:8]),
    lead=st.sampled_from(["hoàn thành", "thực hiện", "trước khi có", "trong", "đến", "báo cáo"]),
)
def test_a_deadline_never_overlaps_a_cited_document(
    number: str, day: date, form: Callable[[date], str], lead: str
) -> None:
    """The number and day of a citation are not taken, whatever stands before it."""
    citation = f"Kế hoạch số {number} {form(day)}"
    text = f"{lead} {citation} của UBND tỉnh, hoàn thành trước ngày 31/12/2099"
    start = text.index(citation)
    found = find(text, signed=NOVEMBER)
    assert all(one.span.start >= start + len(citation) or one.span.end <= start for one in found)
    assert [one.due for one in found] == [date(2099, 12, 31)]


HOSTILE = [
    "trước ngày 15/11/",
    "1/1/1/",
    "số 1/1-",
    "17h00 '",
    "tháng 9, 10, ",
    "ngày 1 đến ngày 2 ",
    "(hằng năm (",
    "trong 10 ngày làm việc kể từ ngày ",
    "thời gian thực hiện ",
    "quý i - ",
    " ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_costs_linear_time(piece: str) -> None:
    """Four times the text takes less than eight times the processor's time, measured within one run."""
    texts = [(piece * (length // len(piece) + 1))[:length] for length in (20_000, 80_000)]

    def cost(text: str) -> float:
        start = time.process_time()
        find(text, signed=NOVEMBER)
        return time.process_time() - start

    short, long = (min(cost(text) for _ in range(3)) for text in texts)
    assert long < 8 * max(short, 0.005)


@pytest.mark.skipif(not (SEEDS / "data/dev/gold").is_dir(), reason="the seed documents lie beside the repository")
def test_every_deadline_of_the_first_seed_is_found_and_no_other() -> None:
    """441/TB-VP: fourteen assignments with a deadline, one of them monthly."""
    gold = json.loads((SEEDS / "data/dev/gold/s000.json").read_text(encoding="utf-8"))
    text = (SEEDS / "seeds" / gold["file"]).read_text(encoding="utf-8")
    keys = ("deadline_text", "due", "bound", "recurrence")
    wanted = [tuple(one[key] for key in keys) for one in gold["assignments"] if one["deadline_text"]]
    found = [seen(one) for one in find(text, signed=SEPTEMBER)]
    assert [(" ".join(one[0].split()), *one[1:]) for one in found] == wanted


def test_a_line_that_is_only_a_deadline_needs_no_order() -> None:
    """ "Từ nay đến hết năm 2025." stands under a heading "Thời gian thực hiện"; a target of the same form is none."""
    text = "Nội dung\nTừ nay đến hết năm 2025.\ntừ nay đến năm 2030 đạt 20%"
    (one,) = find(text, signed=NOVEMBER)
    assert (one.text, one.due) == ("Từ nay đến hết năm 2025", date(2025, 12, 31))
    assert text[one.span.start : one.span.end] == one.text
