"""The answer's own words, one catalogue a language; everything else in an answer is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from api.answer.model import Reason
from index.model import Language
from ingest.model import Bound, Recurrence, Relation

_DATES = {"vi": "%d/%m/%Y", "en": "%-d %B %Y"}
_AND = {"vi": " và ", "en": " and "}
_RECURS: dict[Language, dict[str, str]] = {
    "vi": {
        "daily": "hằng ngày", "weekly": "hằng tuần", "monthly": "hằng tháng", "quarterly": "hằng quý",
        "half-yearly": "6 tháng một lần", "yearly": "hằng năm",
    },
    "en": {
        "daily": "every day", "weekly": "every week", "monthly": "every month", "quarterly": "every quarter",
        "half-yearly": "every six months", "yearly": "every year",
    },
}  # fmt: skip
_CHANGED: dict[Language, dict[Relation, str]] = {
    "vi": {"replaces": "thay thế", "repeals": "bãi bỏ", "amends": "sửa đổi, bổ sung", "corrects": "đính chính"},
    "en": {"replaces": "replaced", "repeals": "repealed", "amends": "amended", "corrects": "corrected"},
}
_REFUSED: dict[Language, dict[Reason, str]] = {
    "vi": {
        "no_support": "Các văn bản hiện có không nêu nội dung này.",
        "unknown_agency": "Không văn bản nào hiện có giao nhiệm vụ cho {names}.",
        "unknown_document": "Không có văn bản số {numbers} trong kho văn bản.",
        "false_premise": "Các văn bản hiện có không nêu {premise} như trong câu hỏi.",
        "out_of_scope": "Câu hỏi nằm ngoài phạm vi các văn bản hiện có.",
    },
    "en": {
        "no_support": "The documents at hand do not say this.",
        "unknown_agency": "No document at hand assigns anything to {names}.",
        "unknown_document": "Document {numbers} is not in the knowledge base.",
        "false_premise": "The documents at hand do not state {premise} as the question has it.",
        "out_of_scope": "The question is outside what the documents at hand cover.",
    },
}


def nothing_due(names: str, language: Language) -> str:
    """That no task, of the bodies named if any, is due in the period asked about."""
    if language == "vi":
        return f"Không nhiệm vụ nào{' của ' * bool(names)}{names} có hạn trong thời gian được hỏi."
    return f"No task{' of ' * bool(names)}{names} is due in the period asked about."


def day(value: date, language: Language) -> str:
    """dd/mm/yyyy in Vietnamese, "30 September 2022" in English."""
    return value.strftime(_DATES[language])


def due(value: date | None, bound: Bound | None, recurrence: Recurrence | None, language: Language) -> str:
    """When, in words; empty where there is no deadline."""
    if value is not None:
        before = {"vi": "trước ngày ", "en": "before "}[language] if bound == "before" else ""
        by = {"vi": "hạn ", "en": "due "}[language]
        return f"{by}{before}{day(value, language)}"
    return _RECURS[language][recurrence] if recurrence else ""


def joined(names: Sequence[str], language: Language) -> str:
    """ "A, B và C"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + _AND[language] + names[-1]


def refused(reason: Reason, language: Language, *, names: str = "", numbers: str = "", premise: str = "") -> str:
    """One sentence that says why there is no answer."""
    return _REFUSED[language][reason].format(names=names, numbers=numbers, premise=premise)


def duties(name: str, shown: int, total: int, deadlines: int, labels: Sequence[str], language: Language) -> str:
    """The sentence over a list of duties; `total` counts those that are not shown too."""
    where = joined(labels, language)
    if language == "vi":
        timed = f", {deadlines} nhiệm vụ có thời hạn" if deadlines else ""
        here = f" tại {where}" if shown == total else f"; {shown} nhiệm vụ nêu ở đây nằm tại {where}"
        return f"{name} được giao {total} nhiệm vụ{here}{timed}."
    timed = f", {deadlines} with a deadline" if deadlines else ""
    here = f" in {where}" if shown == total else f"; the {shown} shown here stand in {where}"
    return f"{name} is assigned {total} task{'s' if total > 1 else ''}{here}{timed}."


def succeeded(name: str, former: Sequence[str], language: Language) -> str:
    """That the tasks were given to bodies whose work this one took over."""
    bodies = joined(former, language)
    if language == "vi":
        return f"Nhiệm vụ được giao cho {bodies}, nay do {name} tiếp nhận."
    return f"The tasks were given to {bodies}, whose work {name} has taken over."


def tasks(shown: int, total: int, labels: Sequence[str], language: Language) -> str:
    """The sentence over tasks of several bodies; `total` counts those that are not shown too."""
    where = joined(labels, language)
    if language == "vi":
        here = f" tại {where}" if shown == total else f"; {shown} nhiệm vụ nêu ở đây nằm tại {where}"
        return f"Có {total} nhiệm vụ{here}."
    here = f" in {where}" if shown == total else f"; the {shown} shown here stand in {where}"
    return f"{total} task{'s' if total > 1 else ''}{here}."


def found(labels: Sequence[str], language: Language) -> str:
    """The sentence over clauses that speak of something."""
    where = joined(labels, language)
    return f"Nội dung này có tại {where}." if language == "vi" else f"This stands in {where}."


def changed(number: str, relation: Relation, by: str, on: date | None, language: Language) -> str:
    """That a later document changed one that is cited."""
    done = _CHANGED[language][relation]
    if language == "vi":
        return f"Lưu ý: {number} đã được {by}{f' ngày {day(on, language)}' if on else ''} {done}."
    return f"Note: {number} was {done} by {by}{f' of {day(on, language)}' if on else ''}."


def newest(number: str, on: date, language: Language) -> str:
    """That tasks of several documents are listed from the newest on."""
    if language == "vi":
        return f"Nhiệm vụ nằm ở nhiều văn bản, xếp từ văn bản mới nhất ({number}, ngày {day(on, language)})."
    return f"The tasks stand in several documents, listed from the newest ({number} of {day(on, language)})."


def premise(value: str, language: Language) -> str:
    """What of the question the documents do not state."""
    return f"“{value}”" if language == "vi" else f'"{value}"'
