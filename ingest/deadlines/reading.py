"""From the text of a clause to its deadlines: find a moment, a count or a recurrence; read its lead; judge it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ingest.deadlines import context, counts, judgement, leads, moments, printed, recurrences
from ingest.deadlines.leads import Lead
from ingest.deadlines.moments import Moment
from ingest.deadlines.view import View
from ingest.model import Bound, Deadline, Recurrence, Span

# A cited document: its number with its day. What lies in it is no deadline.
CITATION = r"""
    (?<!\w)(?: số[ ]?:?[ ]? | (?=\d{1,5}[ ]?/[ ]?(?:\d{4}[ ]?/[ ]?)?[a-zđ]{2}) )
    \d[\w./]{0,20} (?:[ ]?[-/][ ]?[\w.]{1,20}){0,4}                       # 189/KH-UBND, 66.15/2026/NQ-CP
    (?: ,?[ ](?:của[ ][^,;:.()\d]{1,60},?[ ])? ngày[ ]\d{1,2}             # của Thủ tướng Chính phủ ngày 31/3/2022
        (?: [ ]?[/.-][ ]?\d{1,2}(?:[ ]?[/.-][ ]?\d{2,4})?
          | [ ]tháng[ ]\d{1,2}(?:[ ]năm[ ]\d{4})? )? )?
"""
# "chậm nhất là", "trong thời hạn", "trong vòng không quá" before a count of days.
COUNT_LEAD = r"""
    (?<!\w)(?: (?: hoàn[ ]thành | xong | (?:chậm|muộn)[ ]nhất(?:[ ](?:là|sau))? | trong | vòng | thời[ ]hạn
        | thời[ ]gian | không[ ]quá | tối[ ]đa | khoảng | trước )[ ] ){1,5}$
"""
# "trước 19h00' hằng ngày", "vào thứ Sáu hằng tuần"
CLOCK_LEAD = rf"""
    (?<!\w)(?:(?:trước|chậm[ ]nhất|vào|lúc|đến)(?:[ ]ngày)?[ ]){{1,2}}
    (?: (?=\d){printed.CLOCK} | thứ[ ](?:hai|ba|tư|năm|sáu|bảy|[2-7])[ ] )$
"""
UNTIL_EVENT = r"[ ]đến[ ]khi[ ][^.;:()]{1,120}"  # Từ tháng 10/2025 đến khi tổ chức thành công Đại hội

_STARTS = re.compile(rf"{printed.STARTS}|{recurrences.STARTS}|{counts.STARTS}", re.VERBOSE)
_CITATION = re.compile(CITATION, re.VERBOSE)
_COUNT_LEAD = re.compile(COUNT_LEAD, re.VERBOSE)
_CLOCK_LEAD = re.compile(CLOCK_LEAD, re.VERBOSE)
_UNTIL_EVENT = re.compile(UNTIL_EVENT, re.VERBOSE)
_TAKES_EFFECT = re.compile(r"(?<!\w)(?:sau|hiệu lực|thi hành)(?: \w+){0,2} $")
_FIXED = re.compile(r"(?<!\w)định k\w{1,2}(?!\w)")
_LINE = re.compile(r"[^\n]+")
_FROM_NOW = re.compile(r"\W*từ (?:nay|giờ|bây giờ) (?:cho )?(?:đến|tới)\b", re.IGNORECASE)
_GAP = re.compile(r"[ ,(:]{1,3}(?:và )?")
_EDGE = 20  # characters of punctuation around a phrase that is all of its text
_CLOSED = ' .;,:)(*-+"”“'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """A deadline in the view, before it is tied to the source.

    `yearless`: a day or month without a year, which returns if its sentence speaks of a recurrence.
    """

    start: int
    end: int
    rule: str
    due: date | None = None
    before: bool = False
    recurrence: Recurrence | None = None
    yearless: bool = False


def find(text: str, *, signed: date | None, received: date | None = None) -> tuple[Deadline, ...]:
    """The deadlines of a clause in the order of the text, each with its span in `text`.

    `signed` is the day of the document: it supplies years that are left out, and starts "kể từ ngày ký".
    `received` starts "kể từ ngày nhận được" when the day of receipt is known; otherwise that stays without
    a day. Spans do not overlap each other nor the number and date of a cited document.
    """
    found = list(_read(text, signed, received, alone=False))
    for line in _LINE.finditer(text):
        if _FROM_NOW.match(line[0]) and not any(line.start() <= one.span.start < line.end() for one in found):
            found += _whole(line[0], line.start(), signed, received)
    return tuple(sorted(found, key=lambda one: one.span.start))


def _whole(line: str, start: int, signed: date | None, received: date | None) -> Iterator[Deadline]:
    """The deadline that a line is and nothing else: "Từ nay đến hết năm 2025." under "Thời gian thực hiện"."""
    found = parse(line, signed=signed, received=received)
    if found and len(line.strip(_CLOSED)) == len(found.text):
        yield replace(found, span=Span(start=start + found.span.start, end=start + found.span.end))


def parse(phrase: str, *, signed: date | None, received: date | None = None) -> Deadline | None:
    """The deadline that the phrase is, as a table cell under "Thời gian" prints it; None if it is none.

    Unlike `find` it needs no lead and no order: "Quý III Năm 2026", "2026 - 2030", "Hằng năm".
    """
    return next(_read(phrase, signed, received, alone=True), None)


def _read(text: str, signed: date | None, received: date | None, *, alone: bool) -> Iterator[Deadline]:
    view = View.of(text)
    phrases = list(_phrases(view.text, signed, received, alone=alone))
    if alone and (year := moments.only_year(view.text)):
        phrases = [_dated(year, Lead(start=year.start))]
    for phrase in _returning(view.text, _merge(view.text, phrases)):
        span = view.span(phrase.start, phrase.end)
        bound: Bound | None = None
        if phrase.due is not None:
            bound = "before" if phrase.before else "by"
        yield Deadline(
            text=text[span.start : span.end],
            span=span,
            rule=phrase.rule,
            due=phrase.due,
            bound=bound,
            recurrence=phrase.recurrence,
        )


def _phrases(text: str, signed: date | None, received: date | None, *, alone: bool) -> Iterator[_Phrase]:
    cited: list[tuple[int, int]] | None = None
    floor = 0
    for start in _STARTS.finditer(text):
        place = start.start()
        if place < floor:
            continue
        if cited is None:
            cited = [match.span() for match in _CITATION.finditer(text)][::-1]
        while cited and cited[-1][1] <= place:
            floor = max(floor, cited.pop()[1])
        if cited and cited[-1][0] <= place:
            continue
        phrase = _count(text, place, floor, signed, received, alone=alone)
        if phrase is None:
            phrase, floor = _moment(text, place, floor, signed, alone=alone)
        if phrase is None:
            phrase = _every(text, place, floor, alone=alone)
        if phrase is not None:
            yield phrase
            floor = phrase.end


def _count(
    text: str, place: int, floor: int, signed: date | None, received: date | None, *, alone: bool
) -> _Phrase | None:
    """A counted limit, unless it says when something takes effect: "có hiệu lực sau 45 ngày kể từ ngày ký"."""
    limit = counts.read(text, place, signed, received)
    if limit is None:
        return None
    lead = _COUNT_LEAD.search(text, max(floor, place - leads.REACH), place)
    start = lead.start() if lead else place
    if limit.beside and lead is None and not alone:
        return None
    if _TAKES_EFFECT.search(text, max(0, start - 30), start):
        return None
    return _Phrase(start=start, end=limit.end, rule=limit.rule, due=limit.due)


def _moment(text: str, place: int, floor: int, signed: date | None, *, alone: bool) -> tuple[_Phrase | None, int]:
    """A moment that is due, and the place from which to read on."""
    moment = moments.read_stretch(text, place, signed)
    if moment is None:
        return None, floor
    tail = None if moment.dated else recurrences.read_tail(text, moment.end)
    lead = leads.read(text, place, floor)
    end = tail.end if tail else moment.end
    whole = alone or _is_whole(text, lead.start, end, moment)
    if not (judgement.is_due(text, moment, tail, lead, signed, whole=whole) or alone):
        return None, moment.end if moment.rule == "range" else floor
    if tail is not None:
        return _Phrase(start=lead.start, end=end, rule="recurring day", recurrence=tail.recurrence), floor
    if lead.words.strip() in ("từ", "kể từ") and moment.rule != "range":
        event = _UNTIL_EVENT.match(text, end)
        stop = event.end() if event else end
        return _Phrase(start=lead.start, end=stop, rule="open-ended"), floor
    return _dated(moment, lead), floor


def _dated(moment: Moment, lead: Lead) -> _Phrase:
    due = moment.last
    if lead.before and due is not None and moment.rule in ("month", "quarter", "year"):
        due = moment.first  # "trước tháng 12": before the month begins
    known = due is not None or moment.open
    return _Phrase(
        start=lead.start,
        end=moment.end,
        rule=moment.rule if known else f"unresolved {moment.rule}",
        due=due,
        before=lead.before,
        yearless=not moment.dated,
    )


def _is_whole(text: str, start: int, end: int, moment: Moment) -> bool:
    """Whether the phrase is all of the text, as in a table cell: "Quý III Năm 2026". A bare year is not."""
    if not moment.worded or moment.unit == "year" or start > _EDGE or len(text) - end > _EDGE:
        return False
    return not text[:start].strip(_CLOSED) and not text[end:].strip(_CLOSED)


def _every(text: str, place: int, floor: int, *, alone: bool) -> _Phrase | None:
    every = recurrences.read(text, place)
    if every is None:
        return None
    clock = _CLOCK_LEAD.search(text, max(floor, place - 40), place)
    if not (alone or clock or judgement.recurs(text, every)):
        return None
    start = clock.start() if clock else place
    return _Phrase(start=start, end=every.end, rule="recurrence", recurrence=every.recurrence)


def _merge(text: str, phrases: list[_Phrase]) -> list[_Phrase]:
    """Join a recurrence and the day beside it: "Định kỳ hằng năm (trước ngày 15 tháng 12)"."""
    merged: list[_Phrase] = []
    for phrase in phrases:
        last = merged[-1] if merged else None
        gap = text[last.end : phrase.start] if last else ""
        if last is None or not _GAP.fullmatch(gap) or not _belong(last, phrase):
            merged.append(phrase)
            continue
        end = phrase.end
        if "(" in gap and text[end : end + 1] == ")":
            end += 1
        merged[-1] = replace(last, end=end, rule="recurring day")
    return merged


def _belong(one: _Phrase, other: _Phrase) -> bool:
    if one.rule != "recurrence":
        return False
    return other.yearless or other.rule == "recurring day"


def _returning(text: str, phrases: list[_Phrase]) -> Iterator[_Phrase]:
    """Give a day without a year the recurrence of its sentence: "định kỳ báo cáo ... trước ngày 20/11"."""
    for index, phrase in enumerate(phrases):
        recurrence = _sentence_recurrence(text, phrases, index) if phrase.yearless else None
        if recurrence is None:
            yield phrase
        else:
            yield replace(phrase, rule="recurring day", due=None, recurrence=recurrence)


def _sentence_recurrence(text: str, phrases: list[_Phrase], index: int) -> Recurrence | None:
    phrase = phrases[index]
    if label := recurrences.read_label(text, phrase.start):
        return label
    sentence = context.before(text, phrase.start)
    floor = phrase.start - len(sentence)
    ceiling = phrase.end + len(context.after(text, phrase.end))
    for near in phrases[max(0, index - 3) : index + 4]:
        if near.recurrence and floor <= near.start < ceiling:
            return near.recurrence
    return "yearly" if _FIXED.search(sentence) and phrase.due is not None else None
