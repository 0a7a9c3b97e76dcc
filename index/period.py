"""Days, months, quarters and years that a question names, in Vietnamese (marks or none) or English."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.text import fold, nfc

_MONTHS = [name.lower() for name in calendar.month_name]
_MONTH = "|".join(name for name in _MONTHS if name)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_PERIOD = re.compile(
    rf"""
    \b(?:
        (?P<iy>\d{{4}})-(?P<im>\d{{2}})-(?P<id>\d{{2}})  # 2022-10-15
      | (?P<d>\d{{1,2}})\s*[/.-]\s*(?P<m>\d{{1,2}})\s*[/.-]\s*(?P<y>\d{{4}})  # 15/10/2022
      | ngay\s+(?P<vd>\d{{1,2}})\s+thang\s+(?P<vm>\d{{1,2}})\s+nam\s+(?P<vy>\d{{4}})  # ngay 15 thang 10 nam 2022
      | (?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<em>{_MONTH}),?\s+(?P<ey>\d{{4}})  # 15 October 2022
      | (?P<am>{_MONTH})\s+(?P<ad>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<ay>\d{{4}})  # October 15, 2022
      | (?P<nm>{_MONTH}),?\s+(?P<ny>\d{{4}})  # October 2022
      | thang\s+(?P<tm>\d{{1,2}})(?:\s*/\s*|\s+nam\s+)(?P<ty>\d{{4}})  # thang 10/2022
      | quy\s+(?P<vq>iv|i{{1,3}}|[1-4])(?:\s*/\s*|\s+nam\s+|\s+)(?P<vqy>\d{{4}})  # quy III/2022
      | (?:q(?P<q>[1-4])|(?P<qn>first|second|third|fourth)\s+quarter)(?:\s+of)?\s*/?\s*(?P<qy>\d{{4}})  # Q3 2022
      | (?P<hf>6\s+thang\s+(?:dau|cuoi)|(?:first|second)\s+half(?:\s+of)?)\s+
        (?:nam\s+)?(?P<hy>\d{{4}})  # 6 thang cuoi nam 2023
      | (?:nam\s+|in\s+|year\s+|of\s+)(?P<yy>(?:19|20)\d\d)(?![-/–]\d)  # nam 2022
    )\b
    """,
    re.VERBOSE,
)
_UNTIL = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|khong qua|khong muon hon|den het|by|before|until|no later than)\b[\w\s]{0,14}$"
)
_AFTER = re.compile(r"\b(?:sau|ke tu|tu|after|since|from)\s+(?:ngay\s+|thang\s+)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The first and last day of a period as named, where it stands in the question, and which side is open."""

    first: date
    last: date
    start: int
    end: int
    until: bool = False
    after: bool = False

    @property
    def exact(self) -> bool:
        """Whether a single day is named."""
        return self.first == self.last


def find(text: str) -> Iterator[Period]:
    """Every period that a question names; an impossible date is passed over. Offsets are those of NFC text."""
    folded = fold(nfc(text))
    for found in _PERIOD.finditer(folded):
        try:
            first, last = _days(found)
        except ValueError:
            continue
        before = folded[: found.start()]
        yield Period(
            first=first,
            last=last,
            start=found.start(),
            end=found.end(),
            until=bool(_UNTIL.search(before)),
            after=bool(_AFTER.search(before)),
        )


def _days(found: re.Match[str]) -> tuple[date, date]:
    for day, month, year in (
        ("id", "im", "iy"),
        ("d", "m", "y"),
        ("vd", "vm", "vy"),
        ("ed", "em", "ey"),
        ("ad", "am", "ay"),
    ):
        if found[year]:
            one = date(int(found[year]), _month(found[month]), int(found[day]))
            return one, one
    if found["ny"] or found["ty"]:
        return _months(int(found["ny"] or found["ty"]), _month(found["nm"] or found["tm"]), 1)
    if found["vqy"] or found["qy"]:
        named = found["vq"] or found["q"] or found["qn"]
        quarter = _QUARTERS.get(named) or int(named)
        return _months(int(found["vqy"] or found["qy"]), 3 * quarter - 2, 3)
    if found["hy"]:
        second = "cuoi" in found["hf"] or "second" in found["hf"]
        return _months(int(found["hy"]), 7 if second else 1, 6)
    return _months(int(found["yy"]), 1, 12)


def _month(named: str) -> int:
    return int(named) if named.isdigit() else _MONTHS.index(named)


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    if not 1 <= first <= 12:
        raise ValueError(f"not a month: {first}")
    last = first + count - 1
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
