"""Days that a question counts from the day it is asked on: "tháng này", "tuần tới", "quá hạn", "the next 30 days"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from api.status import SOON
from index.period import Period
from ingest.text import fold, nfc

_FIRST_DAY = date(1945, 9, 2)  # no document is older

_RELATIVE = re.compile(
    r"""\b(?:
        (?P<today>hom\s+nay|today)
      | (?P<tomorrow>ngay\s+mai|tomorrow)
      | (?P<unit>tuan|thang|quy|nam)\s+(?P<which>nay|toi|sau)
      | (?P<en_which>this|next)\s+(?P<en_unit>week|month|quarter|year)
      | (?:trong\s+)?(?P<days>\d{1,3})\s+ngay\s+(?:toi|sap\s+toi)
      | (?:in\s+)?(?:the\s+)?next\s+(?P<en_days>\d{1,3})\s+days
      | (?P<rest>(?:tu\s+nay\s+den|den)\s+(?:cuoi|het)\s+nam(?:\s+nay)?(?!\s+\d)|by\s+the\s+end\s+of\s+the\s+year)
      | (?P<overdue>(?:da\s+|bi\s+)?qua\s+han|overdue|past\s+due)
      | (?P<soon>sap\s+(?:den|toi|het)\s+han|due\s+soon|upcoming)
    )\b""",
    re.VERBOSE,
)
_TASKS = re.compile(
    r"\b(?:nhiem vu|cong viec|viec (?:gi|nao)|nhung gi|don vi nao|co quan nao|ai|what|which|tasks?|who)\b"
)
_UNITS = {"tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def find(text: str, today: date) -> Iterator[Period]:
    """Every such period, counted from `today`. Offsets are those of NFC text."""
    composed = nfc(text)
    folded = fold(composed)
    for found in _RELATIVE.finditer(folded):
        if len(folded) == len(composed) and composed[found.start() : found.end()].lower().endswith("sáu"):
            continue  # "tháng sáu" is June
        first, last = _days(found, today)
        yield Period(first=first, last=last, start=found.start(), end=found.end(), until=found["overdue"] is not None)


def is_status(text: str) -> bool:
    """Whether a question asks which tasks, or whose, are overdue or soon due."""
    folded = fold(nfc(text))
    asked = any(found["overdue"] or found["soon"] for found in _RELATIVE.finditer(folded))
    return asked and bool(_TASKS.search(folded))


def _days(found: re.Match[str], today: date) -> tuple[date, date]:
    if found["today"]:
        return today, today
    if found["tomorrow"]:
        return today + timedelta(1), today + timedelta(1)
    if found["overdue"]:
        return _FIRST_DAY, today - timedelta(1)
    if found["soon"]:
        return today, today + timedelta(SOON)
    if found["rest"]:
        return today, date(today.year, 12, 31)
    if found["days"] or found["en_days"]:
        return today, today + timedelta(int(found["days"] or found["en_days"]))
    unit = _UNITS.get(found["unit"] or "", found["en_unit"] or "")
    following = (found["which"] or found["en_which"]) not in ("nay", "this")
    if unit == "week":
        monday = today - timedelta(today.weekday()) + timedelta(7 * following)
        return monday, monday + timedelta(6)
    length = _MONTHS[unit]
    start = (today.month - 1) // length * length + length * following
    year, month = today.year + start // 12, start % 12 + 1
    end = month + length - 1
    return date(year, month, 1), date(year, end, calendar.monthrange(year, end)[1])
