"""Points and stretches of the calendar, read at a place of a view and resolved to their first and last day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta
from typing import Literal

from ingest.deadlines import printed
from ingest.deadlines.calendar import day, month_end, next_time
from ingest.model import Recurrence

Unit = Literal["day", "month", "quarter", "half-year", "year"]

_TO_LAST = re.compile(r"-|đến|tới")
_NUMBERS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "sáu": 6, "chín": 9}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A stretch of the calendar printed at `start` to `end` of a view.

    `first` and `last` are its days, null where the year is unknown, the day does not exist or the words are
    vague ("đầu tháng 12"). `dated` says whether a year is printed, `worded` whether a calendar word is
    (ngày, tháng, quý, năm). `every` is the recurrence it is printed with ("ngày 20 hằng tháng").
    """

    start: int
    end: int
    unit: Unit
    rule: str
    first: date | None = None
    last: date | None = None
    dated: bool = False
    worded: bool = True
    open: bool = False
    every: Recurrence | None = None


def read(text: str, place: int, signed: date | None) -> Moment | None:
    """The longest moment that is printed at the place, or None. `signed` supplies a year that is left out."""
    found = [moment for reader in _READERS if (moment := reader(text, place, signed)) is not None]
    if not found:
        return None
    moment = max(found, key=lambda one: one.end)
    if tail := printed.OPEN_END.match(text, moment.end):
        return replace(moment, end=tail.end(), last=None, open=True, rule="open-ended")
    return moment


def read_stretch(text: str, place: int, signed: date | None) -> Moment | None:
    """A moment, or two joined by a dash or "đến": the last day is that of the second."""
    first = read(text, place, signed)
    if first is None or first.open:
        return first
    join = printed.TO.match(text, first.end)
    if join is None:
        return first
    second = read(text, join.end(), signed)
    if second is None or (not second.worded and not second.dated):
        return first
    begin = first.first
    if begin is not None and second.first is not None and not first.dated and begin > second.first:
        begin = None  # the first has no year of its own: "từ ngày 17/11 đến ngày 20/1/2026"
    return replace(second, start=first.start, first=begin, rule="range")


def only_year(text: str) -> Moment | None:
    """The year that is all of a table cell: "2026"."""
    match = printed.ONLY_YEAR.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    return Moment(
        start=match.start("year"),
        end=match.end("year"),
        unit="year",
        rule="year",
        first=date(year, 1, 1),
        last=date(year, 12, 31),
        dated=True,
        worded=False,
    )


def _read_day(text: str, place: int, signed: date | None) -> Iterator[Moment]:
    if match := printed.DAYS.match(text, place):
        number, month = int(match["day"]), int(match["month"] or match["named"])
        figures = match["year"] or match["spelt"] or match["late"]
        year = int(figures) if figures else None
        if year is not None and year < 100:
            year += 2000
        due = _in_year(lambda y: day(y, month, number), year, match["other"], signed)
        stretch = _joins(match, "day")
        yield Moment(
            start=place,
            end=match.end(),
            unit="day",
            rule="range" if stretch else "day",
            first=None if stretch else due,
            last=due,
            dated=bool(year or match["other"]),
            worded=bool(match["word"] or match["named"]),
        )
    elif match := printed.DAY_OF_MONTH.match(text, place):
        yield Moment(start=place, end=match.end(), unit="day", rule="day-of-month")


def _read_month(text: str, place: int, signed: date | None) -> Iterator[Moment]:
    if match := printed.MONTHS.match(text, place):
        first = _period_start("month", match, signed)
        yield _period(match, first, "month")
    if match := printed.SHORT_MONTH.match(text, place):
        first = date(int(match["year"]), int(match["month"]), 1)
        yield Moment(
            start=place,
            end=match.end(),
            unit="month",
            rule="month",
            first=first,
            last=_end(first, "month"),
            dated=True,
            worded=False,
        )


def _read_quarter(text: str, place: int, signed: date | None) -> Iterator[Moment]:
    if match := printed.QUARTERS.match(text, place):
        first = _period_start("quarter", match, signed)
        yield _period(match, first, "quarter")


def _read_half(text: str, place: int, signed: date | None) -> Iterator[Moment]:
    if match := printed.HALVES.match(text, place):
        months = _number(match["count"]) if match["count"] else 6
        if not 1 <= months <= 11:
            return
        late = (match["side"] or match["halfside"]) != "đầu"
        start, end = (13 - months, 12) if late else (1, months)
        year = int(match["year"]) if match["year"] else None
        last = _in_year(lambda y: month_end(y, end), year, match["other"], signed)
        first = date(last.year, start, 1) if last else None
        yield Moment(
            start=place,
            end=match.end(),
            unit="half-year",
            rule="half-year",
            first=first,
            last=last,
            dated=bool(year or match["other"]),
        )


def _read_year(text: str, place: int, signed: date | None) -> Iterator[Moment]:
    if match := printed.YEARS.match(text, place):
        figures, other, part = match["year"] or match["wyear"], match["other"] or match["wother"], match["part"]
        year = int(figures) if figures else None
        last = _in_year(lambda y: date(y, 12, 31), year, other, signed)
        first = date(last.year, 1, 1) if last else None
        rule = "year"
        if part == "giữa":
            last = date(last.year, 6, 30) if last else None
            rule = "middle"
        elif part == "cuối":
            first = date(last.year, 10, 1) if last else None
            rule = "end"
        elif part == "đầu":
            last, rule = None, "beginning"
        elif match["this"]:
            rule = "this period"
        yield Moment(
            start=place,
            end=match.end(),
            unit="year",
            rule=rule,
            first=first,
            last=last,
            dated=bool(year or other),
        )
    if (match := printed.SPAN_OF_YEARS.match(text, place)) and match["from"] < match["year"]:
        yield Moment(
            start=place,
            end=match.end(),
            unit="year",
            rule="range",
            first=date(int(match["from"]), 1, 1),
            last=date(int(match["year"]), 12, 31),
            dated=True,
            worded=match["word"] is not None,
        )


def _first(reader: Callable[[str, int, date | None], Iterator[Moment]]) -> Callable[..., Moment | None]:
    def read_longest(text: str, place: int, signed: date | None) -> Moment | None:
        return max(reader(text, place, signed), key=lambda one: one.end, default=None)

    return read_longest


_READERS = tuple(_first(one) for one in (_read_day, _read_month, _read_quarter, _read_half, _read_year))


def _in_year(
    build: Callable[[int], date | None], year: int | None, other: str | None, signed: date | None
) -> date | None:
    if year is not None:
        return build(year)
    if signed is None:
        return None
    if other is not None:
        ahead = signed.year + (other in ("sau", "tới"))
        return build(ahead) if ahead <= MAXYEAR else None
    return next_time(build, signed)


def _period_start(unit: Unit, match: re.Match[str], signed: date | None) -> date | None:
    """The first day of the month or quarter that is printed."""
    near = match["near"]
    if near or match["this"] is not None:
        if signed is None:
            return None
        this = date(signed.year, signed.month if unit == "month" else (signed.month - 1) // 3 * 3 + 1, 1)
        return _end(this, unit) + timedelta(days=1) if near in ("sau", "tới") else this
    year = int(match["year"]) if match["year"] else None
    number = int(match["month"]) if unit == "month" else _quarter(match["quarter"]) * 3 - 2
    last = _in_year(lambda y: _end(date(y, number, 1), unit), year, match["other"], signed)
    return date(last.year, number, 1) if last else None


def _period(match: re.Match[str], first: date | None, unit: Unit) -> Moment:
    """The month or quarter, or the part of it that is named: its first week, its middle, its end."""
    whole = _end(first, unit) if first else None
    last, rule = whole, str(unit)
    if week := match["week"]:
        rule = "week"
        if not week.startswith("cuối"):
            number = 1 if week.startswith("đầu") else _number(week.removeprefix("thứ "))
            last = first + timedelta(days=7 * number - 1) if first else None
    elif ten := match["ten"]:
        rule = "ten days"
        if ten != "hạ":
            last = first + timedelta(days=9 if ten == "thượng" else 19) if first else None
    elif half := match["half"]:
        rule = "half"
        if half.endswith("đầu"):
            last = _middle(first, unit)
    elif part := match["part"]:
        rule = {"giữa": "middle", "đầu": "beginning", "cuối": "end", "hết": rule}[part]
        if part == "giữa":
            last = _middle(first, unit)
        elif part == "đầu":
            last = None
    if match["this"] is not None:
        rule = "this period"
    elif match[unit] and _joins(match, unit):
        first, rule = None, "range"
    return Moment(
        start=match.start(),
        end=match.end(),
        unit=unit,
        rule=rule,
        first=first,
        last=last,
        dated=bool(match["year"] or match["other"] or match["near"]),
    )


def _joins(match: re.Match[str], last: str) -> bool:
    """Whether something is joined to the last number by a dash or "đến": "ngày 08 đến ngày 10 tháng 12"."""
    return _TO_LAST.search(match.string, match.start(), match.start(last)) is not None


def _middle(first: date | None, unit: Unit) -> date | None:
    if first is None:
        return None
    return date(first.year, first.month + (unit == "quarter"), 15)


def _end(first: date, unit: Unit) -> date:
    return month_end(first.year, first.month + (2 if unit == "quarter" else 0))


def _quarter(figure: str) -> int:
    roman = figure.replace("l", "i").replace("1v", "iv")
    return _ROMAN[roman] if roman in _ROMAN else int(figure)


def _number(word: str) -> int:
    return _NUMBERS[word] if word in _NUMBERS else int(word)
