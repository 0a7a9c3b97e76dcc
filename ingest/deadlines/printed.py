"""How Vietnamese documents print days, months, quarters and years.

The patterns run over a view of the text: lower case, NFC, single spaces. Each is bounded, so that reading at
one place takes constant time.
"""

from __future__ import annotations

import re

DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"  # 5, 05, 31
MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"  # 9, 09, 12
QUARTER = r"(?:[il1]v|[il]{1,3}|0?[1-4])(?!\w)"  # III, IV, 3, 03; scans read I as l
YEAR = r"(?:19|20|21)\d\d(?!\d)"  # 2022
SLASH = r"(?:[ ]?[/-][ ]?|\.)"  # 15/10, "15 /10/ 2022", 15-11-2024, 15.11.2024
AND = r"[ ]?(?:-|,|và|hoặc|đến[ ]hết|đến|tới)[ ]?"  # tháng 9, 10; quý III - IV; ngày 20 đến 25

OF_YEAR = rf"""
    (?: (?:{SLASH}|,?[ ]?(?:của[ ])?năm[ ]?) (?P<year>{YEAR})   # /2022, -2022, năm 2022, ", năm 2022"
      | ,?[ ](?:của[ ])?năm[ ](?P<other>nay|này|sau|tới)(?!\w)  # năm nay, năm sau
    )?
"""

CLOCK = r"""
    (?: (?:lúc[ ]|hồi[ ])? \d{1,2} [ ]? (?:h|g|giờ|:)(?![^\W\d]) [ ]?   # 17h, 17 giờ, "hồi 8:"
        (?: \d{1,2} (?!\d) [ ]? (?:phút|p(?!\w)|'{1,2})? )?             # 30, 00 phút, 00'
        '? ,? [ ]? (?:sáng|chiều|tối)? ,? [ ]?
    )?
"""

WEEKDAY = r"(?:(?:thứ[ ](?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ[ ]nhật)[ ,(]{1,3})?"  # "thứ Sáu, ngày"

DAYS = re.compile(
    rf"""
    {CLOCK} {WEEKDAY} (?P<word>(?:các[ ])?ngày[ ]?)? {WEEKDAY}
    (?: {DAY} (?:{SLASH}{MONTH})? {AND} (?:ngày[ ])? (?={DAY}[ ]?[/.t-]) )?  # 20-25/11; "08 đến ngày" 10/12
    (?P<day>{DAY})
    (?: {SLASH} (?P<month>{MONTH}) (?: {SLASH} (?P<year>{YEAR}|\d\d(?!\d)) | [ ]năm[ ](?P<spelt>{YEAR}) )?
      | [ ]?tháng[ ]?(?P<named>{MONTH})
        (?: (?:{SLASH}|,?[ ]?(?:của[ ])?năm[ ]?) (?P<late>{YEAR})
          | ,?[ ](?:của[ ])?năm[ ](?P<other>nay|này|sau|tới)(?!\w) )?
    )
    (?! [/.-]\d | [ ]?/[ ]?\d )  # not the start of a longer number
""",
    re.VERBOSE,
)

STOP = r"(?=[ ]?[.,;)]|[ ]?$)"  # a bare "trong năm", "trong quý": the one of the signature

WEEK = r"""
    (?: tuần[ ](?:lễ[ ])?(?P<week>đầu(?:[ ]tiên)?|(?:thứ[ ])?(?:nhất|hai|ba|tư|[1-4])|cuối(?:[ ]cùng)?)  # tuần đầu
      | (?P<ten>thượng|trung|hạ)[ ]tuần                                                          # hạ tuần
      | (?P<half>nửa[ ]đầu|nửa[ ]cuối|nửa[ ]sau)
      | (?P<part>đầu|giữa|cuối|hết)                                                              # cuối tháng
    ) [ ](?:của[ ])?
"""

MONTHS = re.compile(
    rf"""
    (?:{WEEK})? tháng[ ]?
    (?: (?:{MONTH}{AND}(?:tháng[ ])?){{0,11}} (?P<month>{MONTH}) (?![ ]?%) {OF_YEAR}  # tháng 9/2022; tháng 9, 10
      | (?P<near>này|nay|sau|tới)(?!\w) | (?P<this>{STOP}) )                                    # trong tháng
""",
    re.VERBOSE,
)

QUARTERS = re.compile(
    rf"""
    (?:{WEEK})? qu[ýí][ ]?
    (?: (?:{QUARTER}{AND}(?:qu[ýí][ ])?){{0,3}} (?P<quarter>{QUARTER}) {OF_YEAR}      # quý III/2022, quý 3
      | (?P<near>này|nay|sau|tới)(?!\w) | (?P<this>{STOP}) )                           # trong quý
""",
    re.VERBOSE,
)

HALVES = re.compile(
    rf"""
    (?: (?P<count>\d{{1,2}}|ba|sáu|chín)[ ]tháng[ ](?P<side>đầu|cuối)(?:[ ]của)?      # 6 tháng đầu năm 2022
      | nửa[ ](?P<halfside>đầu|cuối|sau)(?:[ ]của)? )                                 # nửa cuối năm
    [ ]?(?:năm)? (?: [ ](?P<year>{YEAR}) | [ ](?P<other>nay|này|sau|tới)(?!\w) | (?<=năm)(?!\w) )
""",
    re.VERBOSE,
)

YEARS = re.compile(
    rf"""
    (?: (?P<part>đầu|giữa|cuối|hết)[ ]
        năm (?: [ ](?P<year>{YEAR}) | [ ](?P<other>nay|này|sau|tới)(?!\w) | (?![ ]?\w*\d|[ ]học) )  # cuối năm
      | (?P<whole>(?:cả[ ])?năm[ ]) (?: (?P<wyear>{YEAR}) | (?P<wother>nay|này|sau|tới)(?!\w) )   # năm 2022
      | (?P<this>năm)(?={STOP}) )                                                       # trong năm
""",
    re.VERBOSE,
)

# 12/2025
SHORT_MONTH = re.compile(rf"(?P<month>{MONTH}){SLASH}(?P<year>{YEAR})(?![ ]?[/-][ ]?\w)")

# 2026 - 2030
SPAN_OF_YEARS = re.compile(rf"(?P<word>năm[ ])?(?P<from>{YEAR})[ ]?-[ ]?(?:năm[ ])?(?P<year>{YEAR})")

DAY_OF_MONTH = re.compile(
    rf"""
    {CLOCK} {WEEKDAY} ngày[ ](?P<day>{DAY}) (?![ ]?[/.-][ ]?\d|[ ]?tháng[ ]?\d|[ ](?:làm|công)[ ])  # ngày 20
""",
    re.VERBOSE,
)

ONLY_YEAR = re.compile(rf"\W{{0,5}}(?P<year>{YEAR})\W{{0,5}}")  # 2026

TO = re.compile(r"[ ]?(?:-|đến[ ]hết|đến|tới)[ ]?(?:hết[ ]|trước[ ])?")
OPEN_END = re.compile(
    r"[ ]?(?:,[ ]?)?(?:trở[ ]đi|(?:và[ ])?(?:các|những)[ ]năm[ ](?:tiếp[ ]theo|kế[ ]tiếp|sau|tới|còn[ ]lại))"
)

# Where a moment can begin; words first, then a bare number.
STARTS = r"""
    (?<![\w/.,-])(?:
        (?:các[ ])?ngày(?!\w) | tháng(?!\w) | qu[ýí](?!\w) | (?:cả[ ])?năm(?!\w)
      | (?:đầu|giữa|cuối|hết)[ ](?:tháng|qu[ýí]|năm)(?!\w)
      | tuần[ ](?:lễ[ ])?(?:đầu|thứ|cuối|[1-4]) | (?:thượng|trung|hạ)[ ]tuần | nửa[ ](?:đầu|cuối|sau)
      | thứ[ ](?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])(?!\w) | chủ[ ]nhật
      | (?:lúc|hồi)[ ]\d | (?:ba|sáu|chín)[ ]tháng | \d{1,4}(?=[ ]?[-/.:hg]|[ ](?:giờ|tháng)) )
"""
