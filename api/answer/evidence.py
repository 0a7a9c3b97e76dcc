"""Clauses that may answer, weighed: what the search found, what of the question they speak of, who and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.answer.coverage import Needs
from api.answer.question import Asked, Slot
from index import period
from index.model import Query, StoredAssignment, StoredClause, Summary
from ingest import deadlines, number
from ingest.agencies import Register
from ingest.model import Clause
from ingest.text import LOWER, UPPER, fold, syllables

# Weights of the evidence for a clause; found on the development questions (`make evaluate`).
SEARCH = 0.45
OWN_WORDS = 0.5
WITH_CONTEXT = 0.25
BODY = 0.15
SLOT = 0.1
OTHER_PLACE = -0.3
_NEAR_FIGURE = 0.25  # of what the best sentence of a clause says of the question, the sentence with the figure must say

_SENTENCE = re.compile(rf"[^\n]+?(?:(?<=[.;!?…])(?=\s+[“\"(]?[{UPPER}])|(?=\n)|$)")
# A count or a rank: "12 cơ quan", "22/26", "20%", "thứ 3"; not the number in a name ("Quận 1", "Đề án 06").
_FIGURE = re.compile(rf"(?<!\w)(?:\d[\d.,]*\s*(?:%|/\s*\d+|(?=\s[{LOWER}]))|(?<=thứ )\d+)")
_NAMED_NUMBER = re.compile(
    r"(?:Quận|Phường|Điều|khoản|điểm|Phụ lục|Mẫu|Đề án|mức độ|thông tin|nhiệm kỳ|khóa|Tổ|Nhóm) \d+(?: và \d+)?"
)
_MONEY = re.compile(r"\d(?:[\d.,]*\d)?\s*(?:tỷ(?! (?:lệ|trọng|suất))|triệu|nghìn|đồng|USD|VNĐ)\b")
_PERCENT = re.compile(r"\d[\d.,]*\s*%")
_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(
    rf"(?:giai đoạn|năm|nhiệm kỳ|khóa)\s*{_YEAR}(?:\s*[-–]\s*(?:năm )?{_YEAR})?|{_YEAR}\s*[-–]\s*{_YEAR}"
)
_CAUSE = re.compile(r"\b(?:vì|do|bởi|nguyên nhân|lý do)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A clause with its weight and the reasons for it.

    `own` and `around` are shares of the needs, 0 to 1; `below` are the clauses that a bare heading heads.
    """

    stored: StoredClause
    assignments: tuple[StoredAssignment, ...]
    score: float
    search: float
    own: float
    around: float
    bodies: frozenset[str]
    below: tuple[Clause, ...] = ()

    @property
    def clause(self) -> Clause:
        return self.stored.clause

    @property
    def text(self) -> str:
        """The words of the clause, and of those directly below when it is only their heading."""
        return "\n".join([self.clause.text, *(clause.text for clause in self.below)])


def described(document: Summary) -> str:
    """What a document says of itself: type, number, issuer, title, day and signer."""
    day = f"ngày {document.date:%d/%m/%Y} tháng {document.date.month}/{document.date.year}" if document.date else ""
    parts = (document.type, document.number, document.issuer, document.title, day, document.signer)
    return " ; ".join(part for part in parts if part)


def context(stored: StoredClause, assignments: Sequence[StoredAssignment]) -> str:
    """Everything a reader knows when reading the clause: document, headings, bodies charged."""
    names = [name for one in assignments for name in one.assignment.agencies]
    return " ; ".join(part for part in (described(stored.document), *stored.clause.headings, *names) if part)


class Reader:
    """Reads clauses for one question; what it knows of a document it keeps for the next clause of it."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._documents: dict[str, tuple[set[str], Needs]] = {}

    def about(
        self,
        stored: StoredClause,
        assignments: Sequence[StoredAssignment],
        search: float,
        below: Sequence[Clause] = (),
    ) -> Evidence:
        """What the search and the words of a clause say, before bodies and slots are looked at.

        What the title of the document already meets is common to all its clauses: a clause is judged by the rest.
        """
        needs = self._needs
        known, rest = self._document(stored.document)
        text = "\n".join([stored.clause.text, *(clause.text for clause in below)])
        spoken = [needs.terms(one) for one in sentences(text) or [text]]
        headed = needs.terms(" ; ".join(stored.clause.headings))
        charged = needs.terms(" ; ".join(name for one in assignments for name in one.assignment.agencies))
        own = rest.nearby(spoken, headed) if rest.needs else needs.nearby(spoken)
        around = needs.share(known.union(headed, charged, *spoken))
        return Evidence(
            stored=stored,
            assignments=tuple(assignments),
            score=SEARCH * search + OWN_WORDS * own + WITH_CONTEXT * around,
            search=search,
            own=own,
            around=around,
            bodies=frozenset(),
            below=tuple(below),
        )

    def _document(self, document: Summary) -> tuple[set[str], Needs]:
        if document.id not in self._documents:
            beyond = self._needs.beyond(f"{document.title} ; {document.issuer or ''}")
            self._documents[document.id] = self._needs.terms(described(document)), beyond
        return self._documents[document.id]


def weigh(one: Evidence, *, query: Query, asked: Asked, needs: Needs, register: Register, elsewhere: bool) -> Evidence:
    """The same with its bodies, and the kind of thing asked for, weighed in.

    `elsewhere` says that its document belongs to another place than the question names.
    """
    bodies = frozenset(name for name in query.agencies if speaks_of(name, one.stored, one.assignments, register))
    score = one.score + SLOT * fills(asked, one.text, one.assignments, needs) + OTHER_PLACE * elsewhere
    score += BODY * len(bodies) / max(1, len(query.agencies))
    return replace(one, score=score, bodies=bodies)


def speaks_of(name: str, stored: StoredClause, assignments: Sequence[StoredAssignment], register: Register) -> bool:
    """Whether a body is charged in a clause, or named in its words, headings or issuer under any of its names."""
    if any(register.same_body(name, other) for one in assignments for other in one.assignment.agencies):
        return True
    if stored.document.issuer and register.same_body(name, stored.document.issuer):
        return True
    text = f" {' '.join(syllables(fold(' ; '.join([stored.clause.text, *stored.clause.headings]))))} "
    agency = register.resolve(name)
    names = (name, *((agency.name, *agency.abbreviations, *agency.aliases) if agency else ()))
    return any(f" {' '.join(syllables(fold(one)))} " in text for one in names)


def fills(asked: Asked, text: str, assignments: Sequence[StoredAssignment], needs: Needs | None = None) -> bool:
    """Whether a text holds the kind of thing that is asked for; true when nothing particular is.

    With `needs`, a figure counts where it stands: in a sentence that speaks of the question.
    """
    slots = asked.slots
    if asked.money and not _MONEY.search(text):
        return False
    if Slot.FIGURE in slots:
        spoken = sentences(text) or [text]
        least = _NEAR_FIGURE * max(map(needs.met, spoken)) if needs else 0.0
        if not any(has_figure(asked, one) and (needs is None or needs.met(one) >= least) for one in spoken):
            return False
    if Slot.DEADLINE in slots and Slot.DUTIES not in slots:
        timed = any(one.assignment.deadline for one in assignments)
        return timed or bool(deadlines.find(text, signed=None))
    if Slot.DAY in slots and not (list(period.find(text)) or any(a.assignment.deadline for a in assignments)):
        return False
    return not (Slot.REASON in slots and not _CAUSE.search(text))


def has_figure(asked: Asked, text: str) -> bool:
    """A number of the kind asked for: not a year, a date or the number of a document."""
    if asked.percent:
        return bool(_PERCENT.search(text))
    if asked.money:
        return bool(_MONEY.search(text))
    if asked.units and not re.search(
        rf"\d\s+(?:\w+\s+){{0,2}}(?:{'|'.join(map(re.escape, asked.units))})\b", fold(text)
    ):
        return False
    for first, last, _ in reversed(list(number.find(text))):
        text = text[:first] + text[last:]
    for found in reversed(list(period.find(text))):
        text = text[: found.start] + text[found.end :]
    return bool(_FIGURE.search(_NAMED_NUMBER.sub(" ", _YEARS.sub(" ", text))))


def states(
    day: period.Period,
    stored: StoredClause,
    assignments: Sequence[StoredAssignment],
    below: Sequence[Clause] = (),
) -> bool:
    """Whether a day or period of the question stands in a clause: as a due date, the document's date, or in words."""
    dates: list[date] = [
        one.assignment.deadline.due for one in assignments if one.assignment.deadline and one.assignment.deadline.due
    ]
    words = " ; ".join([stored.clause.text, *(clause.text for clause in below)])
    # "đến năm 2030": it speaks of another time than that of the document
    of_its_own = any(not named.exact for named in period.find(" ; ".join([words, *stored.clause.headings])))
    if stored.document.date and not of_its_own:
        dates.append(stored.document.date)
    if any(day.first <= one <= day.last for one in dates):
        return True
    text = f"{words} ; {stored.document.title}"
    return any(day.first <= named.first and named.last <= day.last for named in period.find(text)) or _year_in(
        day, text
    )


def names_date(day: int, month: int, one: Evidence) -> bool:
    """Whether a clause names a day of the year, in words or as a due date."""
    held = (found.assignment.deadline for found in one.assignments)
    if any(deadline and deadline.due and (deadline.due.day, deadline.due.month) == (day, month) for deadline in held):
        return True
    return bool(re.search(rf"\b0?{day}(?:\s*[/.-]\s*0?{month}\b|\s+tháng\s+0?{month}\b)", one.text))


def _year_in(day: period.Period, text: str) -> bool:
    """A whole year of the question is stated by any mention of it: "giai đoạn 2021 - 2025"."""
    whole = (day.first.month, day.first.day, day.last.month, day.last.day) == (1, 1, 12, 31)
    return whole and str(day.first.year) in text


def sentences(text: str) -> list[str]:
    """The sentences of a clause, verbatim."""
    return [found[0].strip() for found in _SENTENCE.finditer(text) if found[0].strip()]


def best_sentence(text: str, needs: Needs, asked: Asked) -> str:
    """The sentence that speaks most of what is asked and holds the kind of thing asked for, verbatim."""
    candidates = sentences(text)
    return max(candidates, key=lambda one: (needs.met(one) + 0.3 * fills(asked, one, ()), -len(one)), default=text)
