"""Documents that a clause cites: "Kế hoạch số 189/KH-UBND ngày 06/7/2022 của UBND Thành phố"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ingest import number
from ingest.header import TYPES
from ingest.model import Clause, Reference, Span

_TYPE = "|".join(
    re.escape(name) for name in sorted({*TYPES.values(), "Công văn", "Luật", "Pháp lệnh"}, key=len, reverse=True)
)
_BEFORE = re.compile(rf"(?P<type>{_TYPE})\s+(?:liên tịch\s+)?(?:s[ốôo]:?\s+)?$", re.IGNORECASE)
_AFTER = re.compile(
    r"""\s*,?\s*ngày\s+(?P<day>\d{1,2}) (?: \s*/\s* | \s+tháng\s+ ) (?P<month>\d{1,2}) (?: \s*/\s* | \s+năm\s+ )
        (?P<year>\d{4})""",
    re.VERBOSE,
)
_LOOK_BACK = 40  # characters that hold the longest type name and "số"


def find(clause: Clause) -> Iterator[Reference]:
    """Every numbered document that the clause's text cites, with its type and date where they are printed."""
    text = clause.text
    for start, end, cited in number.find(text):
        before = _BEFORE.search(text, max(0, start - _LOOK_BACK), start)
        after = _AFTER.match(text, end)
        first, last = before.start() if before else start, after.end() if after else end
        yield Reference(
            clause=clause.path,
            span=Span(start=first, end=last),
            text=text[first:last],
            number=str(cited),
            type=before["type"][:1].upper() + before["type"][1:] if before else TYPES.get(_symbol(cited)),
            date=_date(after) if after else None,
        )


def _symbol(cited: number.DocumentNumber) -> str:
    return re.split(r"[-/]", cited.symbol, maxsplit=1)[0]


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
