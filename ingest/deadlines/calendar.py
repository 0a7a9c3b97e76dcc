"""Last days of months, quarters and years, and counting days from a signature.

Working days skip Saturdays, Sundays and the public holidays of Vietnam (Bộ luật Lao động 2019, Điều 112),
which the `holidays` library knows, with the days off that the Government moves each year.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, date, timedelta

_LONGEST = 3660  # days; a longer count from a signature is a misreading, not a deadline


def day(year: int, month: int, number: int) -> date | None:
    """The day, or None when the month has no such day ("31/9")."""
    if not 1 <= month <= 12 or not 1 <= number <= monthrange(year, month)[1]:
        return None
    return date(year, month, number)


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def next_time(in_year: Callable[[int], date | None], signed: date) -> date | None:
    """The day in the year of the signature, or in the next one if it has passed when the document is signed."""
    this = in_year(signed.year)
    if this is not None and this >= signed:
        return this
    return in_year(signed.year + 1) if signed.year < MAXYEAR else None


def after_days(signed: date, count: int) -> date | None:
    return signed + timedelta(days=count) if count <= _LONGEST else None


def after_months(signed: date, count: int) -> date | None:
    """The same day `count` months later, or the last day of that month when it is shorter."""
    if count > _LONGEST // 30:
        return None
    year, month = divmod(signed.year * 12 + signed.month - 1 + count, 12)
    return date(year, month + 1, min(signed.day, monthrange(year, month + 1)[1]))


def after_working_days(signed: date, count: int) -> date | None:
    """The `count`-th working day after the signature; the day of the signature is not counted."""
    if count > _LONGEST:
        return None
    import holidays  # loaded here: few documents count working days

    off = holidays.country_holidays("VN")
    current = signed
    while count > 0:
        current += timedelta(days=1)
        if current.weekday() < 5 and current not in off:
            count -= 1
    return current
