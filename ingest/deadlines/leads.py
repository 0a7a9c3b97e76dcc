"""The words right before a date: "hoàn thành trong", "chậm nhất là", "từ nay đến", "Thời gian thực hiện:"."""

from __future__ import annotations

import re
from dataclasses import dataclass

REACH = 90  # characters before a date in which its lead stands

# These alone make a date a deadline.
HEAD = r"""
    (?: (?P<finish> ho(?:àn|òan)[ ]thành | hoàn[ ]tất | (?:thực[ ]hiện[ ])?xong )      # hoàn thành trong tháng 9
      | (?P<latest> (?:chậm|muộn|trễ)[ ]nhất(?:[ ]là)?                                 # chậm nhất là ngày
                  | không[ ](?:quá|muộn[ ]hơn|chậm[ ]hơn)                              # không muộn hơn ngày
                  | (?:thời[ ])?hạn
                    (?:[ ](?:chót|cuối(?:[ ]cùng)?|hoàn[ ]thành|gửi|nộp|báo[ ]cáo|thực[ ]hiện)){0,2}
                    (?:[ ]là)? )                                                       # thời hạn hoàn thành là
    ) [ ]?,?[ ]?
"""
PREPOSITION = r"""
    (?P<now> từ[ ](?:nay|giờ|bây[ ]giờ)[ ](?:cho[ ])?(?:đến|tới)(?:[ ]hết|[ ]trước)? )   # từ nay đến
  | (?:cho[ ])?(?:đến|tới)(?:[ ]hết|[ ]trước|[ ]khoảng)?                                # đến hết ngày
  | (?:ngay[ ])?trong(?:[ ](?:cả|vòng|khoảng|thời[ ]gian))?(?:[ ]từ)?                  # ngay trong năm
  | (?:dự[ ]kiến[ ])?vào(?:[ ](?:khoảng|lúc|hồi))?                                     # vào quý III
  | (?:tính[ ]|kể[ ])?từ | hết | trước(?:[ ](?:và|hoặc)[ ]trong)? | lúc | dự[ ]kiến
"""
LEAD = rf"""
    (?<!\w)(?P<fixed>định[ ]k\w{{1,2}}[ ]?[,(]?[ ]?)? (?:{HEAD})?
    (?P<prepositions>(?:(?:{PREPOSITION})[ ]){{0,3}})$
"""
# The name of a field, as in "Thời gian thực hiện:", "Tiến độ hoàn thành:", "Thời hạn gửi báo cáo là".
FIELD = r"""
    (?<!\w)(?:thời[ ](?:gian|hạn|điểm)|tiến[ ]độ|hạn|hoàn[ ]thành) (?:[ ][^\W\d]{1,10}){0,8} [ ]?:[ ]?
      (?:(?:dự[ ]kiến|khoảng|xong|hoàn[ ]thành)[ ])?$
  | (?<!\w)(?:thời[ ](?:gian|hạn)|tiến[ ]độ)[ ](?:thực[ ]hiện|hoàn[ ]thành|triển[ ]khai|báo[ ]cáo|gửi|nộp|tổ[ ]chức)
      (?:[ ][^\W\d]{1,10}){0,4}[ ](?:là|dự[ ]kiến)[ ]$
  | (?<!\w)(?:thời[ ](?:gian|hạn)|tiến[ ]độ)[ ](?:thực[ ]hiện|hoàn[ ]thành)[ ]$
"""
# What a lead can end with; any other word before a date spares the search.
_LAST = re.compile(
    r"""(?:^|\W)(?:thành|tất|xong|nhất|là|quá|hơn|hạn|chót|cuối|cùng|gửi|nộp|cáo|hiện|đến|tới|hết|trước|khoảng|trong|cả
        |vòng|gian|từ|vào|lúc|hồi|kiến|định[ ]k\w{1,2})[ ]?[,:(]?[ ]?$ | [:][ ]?$""",
    re.VERBOSE,
)
_LEAD = re.compile(LEAD, re.VERBOSE)
_FIELD = re.compile(FIELD, re.VERBOSE)
_WITHIN = re.compile(r"trước (?:và|hoặc) trong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The lead of a date from `start` on. `strong` makes the date a deadline; `words` are its prepositions.

    `finish` for "hoàn thành", `fixed` for "định kỳ", `field` after the name of a time field, `now` for
    "từ nay đến", `before` for "trước".
    """

    start: int
    words: str = ""
    strong: bool = False
    finish: bool = False
    fixed: bool = False
    field: bool = False
    now: bool = False
    before: bool = False

    @property
    def bare(self) -> bool:
        return not (self.words or self.strong or self.fixed)

    @property
    def until(self) -> bool:
        return self.words.startswith(("đến", "tới", "hết", "từ", "cho"))


def read(text: str, place: int, floor: int) -> Lead:
    """The lead of what is printed at the place, not reaching back over `floor`; bare when there is none."""
    base = max(floor, place - REACH)
    if _LAST.search(text, max(base, place - 12), place) is None:
        return Lead(start=place)
    match = _LEAD.search(text, base, place)
    start = match.start() if match else place
    field = _FIELD.search(text, base, start) is not None
    if match is None:
        return Lead(start=place, field=field)
    words = match["prepositions"]
    return Lead(
        start=start,
        words=words,
        strong=bool(match["finish"] or match["latest"]),
        finish=match["finish"] is not None,
        fixed=match["fixed"] is not None,
        field=field,
        now=match["now"] is not None,
        before="trước" in words and _WITHIN.search(words) is None,
    )


def in_field(text: str, place: int) -> bool:
    """Whether the name of a time field stands right before the place."""
    return _FIELD.search(text, max(0, place - REACH), place) is not None
