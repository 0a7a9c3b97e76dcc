"""Time limits that are counted: "trong 10 ngày làm việc kể từ ngày ký", "chậm nhất 05 ngày sau khi ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.deadlines.calendar import after_days, after_months, after_working_days

Anchor = Literal["signing", "receipt", "event"]

WORDS = r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười[ ]lăm|hai[ ]mươi|ba[ ]mươi)"  # mười lăm ngày
COUNT = rf"(?:(?:\d{{1,3}}[ ]?(?:-|đến)[ ]?)?(?P<count>\d{{1,3}})|(?P<word>{WORDS}))"  # 10, 24-48, mười
IN_LETTERS = r"(?:[ ]\([^()]{1,30}\))?"  # 05 (năm) ngày
UNIT = r"(?P<unit>ngày|tuần|tháng|giờ)(?P<working>[ ]làm[ ]việc)?(?:[ ]đầu(?:[ ]tiên)?)?"  # ngày làm việc
DOCUMENT = r"(?:kế[ ]hoạch|chỉ[ ]thị|công[ ]văn|công[ ]điện|thông[ ]báo|quyết[ ]định|văn[ ]bản|chương[ ]trình)"
WHEN = r"(?:(?:ngày|khi|lúc|thời[ ]điểm)[ ])?"

FROM = rf"""
    ,?[ ](?:
        (?:kể[ ]|tính[ ])?(?:kể[ ])?từ[ ]                                        # kể từ, tính từ
        (?: {WHEN}(?P<signing>
              (?:ký(?:[ ]ban[ ]hành|,[ ]ban[ ]hành|[ ]và[ ]ban[ ]hành)?|ban[ ]hành|phát[ ]hành)
              (?:[ ]{DOCUMENT}[ ]này)?                                           # ngày ký Kế hoạch này
            | {DOCUMENT}[ ]này(?:[ ]được)?[ ](?:ký[ ]ban[ ]hành|ký|ban[ ]hành)   # ngày Kế hoạch này được ban hành
            | hôm[ ]nay
            ) (?=[ ]?[,.;:()]|[ ]?$|[ ](?:các|phải|để|và|ubnd|ủy[ ]ban|sở|bộ|báo[ ]cáo|hoàn[ ]thành)(?!\w))
          | {WHEN}(?P<receipt>(?:tiếp[ ])?nhận(?:[ ]được|[ ]đủ)?(?=[ ]{DOCUMENT}[ ]này(?!\w)|[ ]?[,.;:()]|[ ]?$))
          | {WHEN} )
      | (?P<beside>sau|trước)[ ](?:khi|ngày|thời[ ]điểm)[ ] )
"""
# What the count starts from, up to a mark of punctuation, to "này", or twelve words.
REST = r"[ ]?(?: [^,.;:()]{0,60}?[ ]này(?!\w) | [^ ,.;:()]{1,20}(?:[ ][^ ,.;:()]{1,20}){0,11} )?"

_LIMIT = re.compile(rf"{COUNT}{IN_LETTERS}[ ]{UNIT}{FROM}", re.VERBOSE)
_REST = re.compile(REST, re.VERBOSE)

STARTS = rf"""
    (?<![\w/.,-])(?:\d{{1,3}}(?:[ ]?(?:-|đến)[ ]?\d{{1,3}})?|{WORDS}){IN_LETTERS}[ ](?:ngày|tuần|tháng|giờ)(?!\w)
"""

_NUMBERS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười lăm": 15,
    "hai mươi": 20,
    "ba mươi": 30,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A counted limit printed at `start` to `end` of a view.

    `beside` is true for "sau khi ...", "trước ngày ...", which are limits only after a word such as "chậm
    nhất" or "trong". `due` is null unless the count starts from a day that is known.
    """

    start: int
    end: int
    rule: str
    anchor: Anchor
    beside: bool
    due: date | None


def read(text: str, place: int, signed: date | None, received: date | None) -> Limit | None:
    """The counted limit at the place. It is resolved from the signature or, if given, from the receipt."""
    match = _LIMIT.match(text, place)
    if match is None:
        return None
    anchor: Anchor = "event"
    if match["signing"]:
        anchor = "signing"
    elif match["receipt"]:
        anchor = "receipt"
    end = match.end()
    if anchor != "signing" and (rest := _REST.match(text, end)):
        end = rest.end()
    count = int(match["count"]) if match["count"] else _NUMBERS[match["word"]]
    from_day = {"signing": signed, "receipt": received, "event": None}[anchor]
    working = match["working"] is not None
    return Limit(
        start=place,
        end=end,
        rule=f"{'working days' if working else _RULES[match['unit']]} from {anchor}",
        anchor=anchor,
        beside=match["beside"] is not None,
        due=_count(from_day, count, match["unit"], working) if from_day else None,
    )


_RULES = {"ngày": "days", "tuần": "weeks", "tháng": "months", "giờ": "hours"}


def _count(start: date, count: int, unit: str, working: bool) -> date | None:
    if unit == "tháng":
        return after_months(start, count)
    if working:
        return after_working_days(start, -(-count // 24) if unit == "giờ" else count)
    return after_days(start, {"ngày": count, "tuần": 7 * count, "giờ": -(-count // 24)}[unit])
