"""Words of recurrence: "hằng tháng", "định kỳ 6 tháng", "02 lần/năm", "ngày 20 của tháng cuối quý"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.model import Recurrence

UNIT = r"(?:ngày|tuần|tháng|quý|quí|năm)(?![ ]?\d)(?!\w)(?![ ](?:i{1,3}|iv)(?!\w))"  # not "quý III", "ngày 20"
EACH = r"h[àằ]ng[ ]"  # hàng năm, hằng năm
MONTHS = r"(?:0?1|0?3|ba|0?6|sáu|12)[ ]tháng"  # 6 tháng, 03 tháng
ONCE = r"(?:[ ]?/[ ]?|[ ])(?:một[ ]|0?1[ ]?)?lần"  # /lần, " một lần"

# ", quý, 6 tháng và năm"
LIST = rf"(?: ,?[ ](?:và[ ]|hoặc[ ])?(?:{EACH}|cả[ ]|một[ ]|0?1[ ])?(?:{MONTHS}|{UNIT}) ){{0,4}}"

PHRASE = rf"""
    (?P<fixed> định[ ]k\w{{1,2}} [ ]?[,(:]?[ ]? )?                   # định kỳ; one map of a font gives kǶ
    (?: {EACH}{UNIT}{LIST}                                          # hằng tháng, quý
      | (?:mỗi|một)[ ]{UNIT}[ ](?:một|\d{{1,2}})[ ]lần              # mỗi quý một lần
      | (?:{MONTHS}|{UNIT}){ONCE}                                   # 6 tháng/lần, 06 tháng một lần
      | (?:một|\d{{1,2}})[ ]lần(?:[ ]?/[ ]?|[ ](?:mỗi[ ]|một[ ]|trong[ ]một[ ])){UNIT}   # 02 lần/năm
      | (?(fixed) (?:theo[ ]|mỗi[ ]|từng[ ])?(?:{MONTHS}|{UNIT}){LIST} | (?!))           # định kỳ 6 tháng
    )
"""

# After a day, month or quarter without a year: "ngày 20 hằng tháng", "tháng 1 hàng năm".
TAIL = rf"""
    [ ]?,?[ ](?:của[ ])? (?:{EACH}|mỗi[ ]) (?P<unit>{UNIT}) {LIST}
  | [ ](?:của[ ])?tháng[ ](?P<month>đầu|cuối|cuối[ ]cùng|thứ[ ](?:ba|3))(?:[ ]của)?[ ](?:mỗi[ ])?qu[ýí](?![ ]?\d)
      (?:[ ](?:sau|tiếp[ ]theo|kế[ ]tiếp))?                                              # tháng cuối quý
  | [ ](?:của[ ])?tháng(?:[ ](?:sau|tiếp[ ]theo|kế[ ]tiếp|liền[ ]kề|báo[ ]cáo))?(?![ ]?\w)   # của tháng
"""

_PHRASE = re.compile(PHRASE, re.VERBOSE)
_TAIL = re.compile(TAIL, re.VERBOSE)
_TIMES = re.compile(rf"(?P<times>một|\d{{1,2}})[ ]lần\D{{1,12}}?(?P<unit>{UNIT})", re.VERBOSE)
_PERIOD = re.compile(rf"{MONTHS}|ngày|tuần|tháng|quý|quí|năm", re.VERBOSE)

_LABEL = re.compile(rf"(?<!\w)(?P<period>{MONTHS}|tuần|tháng|quý|năm)[ ]?\([ ]?$", re.VERBOSE)

STARTS = rf"""
    (?<!\w)(?: định[ ]k\w{{1,2}} | {EACH} | mỗi[ ]{UNIT} | (?:một|\d{{1,2}})[ ]lần
              | (?:một[ ]{UNIT}|{MONTHS}|{UNIT}) (?={ONCE}) )
"""

_OF_PERIOD: dict[str, Recurrence] = {
    "ngày": "daily",
    "tuần": "weekly",
    "tháng": "monthly",
    "1 tháng": "monthly",
    "quý": "quarterly",
    "quí": "quarterly",
    "3 tháng": "quarterly",
    "ba tháng": "quarterly",
    "6 tháng": "half-yearly",
    "sáu tháng": "half-yearly",
    "năm": "yearly",
    "12 tháng": "yearly",
}
_ORDER: tuple[Recurrence, ...] = ("daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly")
_TIMES_A_YEAR: dict[int, Recurrence] = {1: "yearly", 2: "half-yearly", 4: "quarterly", 12: "monthly"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """A recurrence printed at `start` to `end` of a view; `fixed` with the word "định kỳ" in front."""

    start: int
    end: int
    recurrence: Recurrence
    fixed: bool


def read(text: str, place: int) -> Every | None:
    """The recurrence printed at the place; of several periods ("hằng tháng, quý, năm") the shortest."""
    match = _PHRASE.match(text, place)
    if match is None:
        return None
    recurrence = _recurrence(match[0])
    if recurrence is None:
        return None
    end = match.end()
    if "(" in match[0] and text[end : end + 1] == ")":
        end += 1
    return Every(start=place, end=end, recurrence=recurrence, fixed=match["fixed"] is not None)


def read_tail(text: str, place: int) -> Every | None:
    """The recurrence printed right after a day or month: "hằng tháng", "của tháng cuối quý"."""
    match = _TAIL.match(text, place)
    if match is None:
        return None
    of_quarter: Recurrence = "quarterly" if match["month"] else "monthly"
    recurrence = _recurrence(match[0]) if match["unit"] else of_quarter
    if recurrence is None:
        return None
    return Every(start=place, end=match.end(), recurrence=recurrence, fixed=False)


def read_label(text: str, place: int) -> Recurrence | None:
    """The period that names the report before a day: "6 tháng (trước ngày 20/6), năm (trước ngày 15/12)"."""
    match = _LABEL.search(text, max(0, place - 14), place)
    return _OF_PERIOD.get(match["period"].lstrip("0")) if match else None


def _recurrence(phrase: str) -> Recurrence | None:
    if times := _TIMES.search(phrase):
        count = 1 if times["times"] == "một" else int(times["times"])
        if times["unit"] == "năm":
            return _TIMES_A_YEAR.get(count)
        return _OF_PERIOD[times["unit"]] if count == 1 else None
    periods = [_OF_PERIOD.get(period[0].lstrip("0")) for period in _PERIOD.finditer(phrase)]
    known = [period for period in periods if period is not None]
    return min(known, key=_ORDER.index) if known else None
