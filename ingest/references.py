"""Documents that a clause cites: "Kế hoạch số 189/KH-UBND ngày 06/7/2022 của UBND Thành phố"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ingest import number
from ingest.header import TYPES
from ingest.model import Clause, Reference, Relation, Span

_TYPE = "|".join(
    re.escape(name) for name in sorted({*TYPES.values(), "Công văn", "Luật", "Pháp lệnh"}, key=len, reverse=True)
)
_BEFORE = re.compile(rf"(?P<type>{_TYPE})\s+(?:liên tịch\s+)?(?:s[ốôo]:?\s+)?$", re.IGNORECASE)
_AFTER = re.compile(
    r"""\s*,?\s*ngày\s+(?P<day>\d{1,2}) (?: \s*/\s* | \s+tháng\s+ ) (?P<month>\d{1,2}) (?: \s*/\s* | \s+năm\s+ )
        (?P<year>\d{4})""",
    re.VERBOSE,
)
# What is said of the documents that follow, up to the end of the sentence; the last word said counts.
_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("amends", re.compile(r"\bsửa đổi(?:,? bổ sung)?|\bbổ sung một số điều", re.IGNORECASE)),
    ("replaces", re.compile(r"\bthay thế\b", re.IGNORECASE)),
    ("repeals", re.compile(r"\bbãi bỏ\b|\bhết hiệu lực\b", re.IGNORECASE)),
    ("corrects", re.compile(r"\bđính chính\b", re.IGNORECASE)),
    (
        "implements",
        re.compile(r"\b(?:thực hiện|triển khai|thi hành|theo)\s+(?:(?:các|nội dung|đúng)\s+)?$", re.IGNORECASE),
    ),
    ("grounds", re.compile(r"^\W*căn cứ\b", re.IGNORECASE)),
)
_SENTENCE_END = re.compile(r"[.;\n]\s+")
_LOOK_BACK = 40  # characters that hold the longest type name and "số"
_SENTENCE = 400  # characters before a document in which the sentence that cites it begins


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
            relation=_relation(text[max(0, first - _SENTENCE) : first]),
        )


def _relation(before: str) -> Relation | None:
    """What the words before a document, in the same sentence, say of it: the nearest to it counts."""
    ends = [found.end() for found in _SENTENCE_END.finditer(before)]
    said = before[ends[-1] :] if ends else before
    found = [(hit.end(), name) for name, pattern in _RELATIONS for hit in pattern.finditer(said)]
    return max(found)[1] if found else None


def _symbol(cited: number.DocumentNumber) -> str:
    return re.split(r"[-/]", cited.symbol, maxsplit=1)[0]


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
