"""Whether a written sentence says no more than the clauses that it cites.

Looked at are the things by which a directive binds somebody: figures, days, numbers of documents, bodies and other
names. Each that the sentence has must stand in a cited clause, or be known of it: the number, date, title and issuer
of its document, the bodies and the due day of its assignments. A sentence whose words are mostly not those of the
clauses fails too. What cannot be seen here is a relation turned round, or a "not".
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from api.answer.citation import place
from api.answer.model import Citation, Task
from index import period
from index.lexicon import ENGLISH_STOP_WORDS, Lexicon
from index.model import Language
from index.period import Period
from ingest import deadlines, number
from ingest.agencies import Register
from ingest.header import TYPES
from ingest.model import Bound
from ingest.text import UPPER, fold, has_marks, nfc, syllables

WORDS_HELD = 0.5
"""The least share of a sentence's words that the cited clauses must have, themselves or translated."""

# Nothing that a clause says needs a link, an address or markup; a model that was talked into one would leak by it.
_MARKUP = re.compile(r"https?:|www\.|[<>`]|\]\(|!\[|@\w")
_FIGURE = re.compile(
    r"""
    (?<![\w.,]) (?P<figure> \d{1,3} (?:[.,]\d{3})+ (?!\d)    # 1.500   1,500,000
                          | \d+ (?:[.,]\d+)? )               # 95   95,5   04
    (?P<percent> \s?(?: % | phần\ trăm | per\s?cent\b ) )?
    """,
    re.VERBOSE,
)
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
_MONTHS = [name.lower() for name in month_name if name]
_MONTH = "|".join(_MONTHS)
_PARTIAL = re.compile(
    rf"""
    (?<![\w/])(?: (?P<day>\d{{1,2}}) \s?/\s? (?P<of>\d{{1,2}}) (?![\d/])                # 30/9
      | (?P<month>\d{{1,2}}) \s?/\s? (?P<year>\d{{4}}) (?![\d/])                        # 9/2022
      | ngay \s+ (?P<vday>\d{{1,2}}) \s+ thang \s+ (?P<vof>\d{{1,2}}) (?![\d/])         # ngày 30 tháng 9
      | thang \s+ (?P<vmonth>\d{{1,2}}) (?![\d/])                                       # tháng 9
      | quy \s+ (?P<quarter>iv|i{{1,3}}|[1-4]) \b                                       # quý III
      | (?P<eday>\d{{1,2}}) (?:st|nd|rd|th)? \s+ (?P<eof>{_MONTH}) \b                   # 30 September
      | (?P<amonth>{_MONTH}) \s+ (?P<aday>\d{{1,2}}) \b                                 # September 30
      | (?P<emonth>{_MONTH}) \b )                                                       # September
    """,
    re.VERBOSE,
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# Numbers in words; "một" and "năm" are left out, because they are "a" and "year" far more often.
_UNITS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_VIETNAMESE_NUMBER = re.compile(
    rf"(?<!thứ )\b(?:(?P<tens>{'|'.join(_UNITS)}|năm) mươi(?: (?P<ones>{'|'.join(_UNITS)}|mốt|lăm))?"
    rf"|mười(?: (?P<teens>{'|'.join(_UNITS)}|một|lăm))?|(?P<unit>{'|'.join(_UNITS)}))\b",
    re.IGNORECASE,
)
_ENGLISH_UNITS = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty
"""
_ENGLISH_TENS = "thirty forty fifty sixty seventy eighty ninety"
_ENGLISH_NUMBERS = {word: value for value, word in enumerate(_ENGLISH_UNITS.split(), 2)}
_ENGLISH_NUMBERS |= {word: 10 * value for value, word in enumerate(_ENGLISH_TENS.split(), 3)}
_ENGLISH_NUMBER = re.compile(rf"\b(?:{'|'.join(_ENGLISH_NUMBERS)})\b", re.IGNORECASE)
# "Hà Nội", "DDCI", "Trần Sỹ Thanh", "iPhone": words that begin with or are capitals, one after the other.
_NAME = re.compile(rf"(?<![\w-])[{UPPER}][\w&-]*(?: [{UPPER}][\w&-]*)*")
_WORD = re.compile(r"\w+")
_ENGLISH_WORD = re.compile(r"[^\W\d_]{2,}")
_CONNECTIONS = "the this these it its they their he she in on at by under for and or of to from with"
_OPENINGS = "theo tai trong ong ba cac ve de khi den truoc sau tu do nay"
_TASKING = "must shall should will submit report complete finish prepare task tasks deadline due"
_CONNECTING = frozenset(_CONNECTIONS.split())
_OPENING = frozenset(_OPENINGS.split()) | _CONNECTING  # before a name: "Theo Hà Nội", "In Hanoi"
_HONORIFICS = frozenset(["Mr", "Mrs", "Ms", "Dr", "Comrade"])
_TASKED = frozenset(_TASKING.split())

Key = tuple[object, ...]
Due = tuple[date, Bound | None]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A cited clause with what its document and the ledger say of it."""

    citation: Citation
    tasks: tuple[Task, ...] = ()

    @cached_property
    def known(self) -> str:
        """The clause and everything that names its document and those it charges."""
        cited = self.citation
        told = [name for task in self.tasks for name in task.agencies]
        parts = [cited.quote, _type(cited), cited.document_number, cited.document_title, cited.issuer, *told]
        return " ; ".join(nfc(part) for part in parts if part)


@dataclass(frozen=True, kw_only=True)
class Entailment:
    """Holds sentences against clauses."""

    register: Register
    lexicon: Lexicon

    def unsupported(self, sentence: str, sources: Sequence[Source], language: Language) -> list[str]:
        """What the sentence has and the clauses do not; empty for one that may be shown.

        The offsets of what was recognised are blanked step by step: the day of a date is no figure again.
        """
        said = nfc(sentence)
        for label in sorted({label for one in sources for label in _labels(one.citation)}, key=len, reverse=True):
            printed = re.compile(rf"(?<![\w.,/]){re.escape(label)}(?![\w/]|[.,]\d)")
            said = printed.sub(" " * len(label), said)
        known = " ; ".join(one.known for one in sources)
        wrong = [found[0] for found in _MARKUP.finditer(said)]

        numbers = list(number.find(said))
        held = {one.key for _, _, one in number.find(known)}
        wrong += [str(one) for _, _, one in numbers if one.key not in held]
        said = _blanked(said, [(start, end) for start, end, _ in numbers])

        wrong += self._deadlines(said, sources, language)
        spoken = list(_dates(said))
        days = _days(sources, known)
        wrong += [said[start:end] for key, start, end in spoken if key not in days]
        said = _blanked(said, [(start, end) for _, start, end in spoken])

        standing = _figured(_blanked(known, [(start, end) for _, start, end in _dates(known)]))
        figures = {*(value for value, _ in standing), *(str(key[1]) for key in days if key[0] == "year")}
        wrong += [shown for value, shown in _figured(said) if value not in figures]

        bodies = list(self._bodies(said, language))
        wrong += [name for name, _, _ in bodies if not self._charged(name, sources, known)]
        said = _blanked(said, [(start, end) for _, start, end in bodies])
        wrong += [name for name in _names(said, _terms(known)) if not self._named(name, known, language)]
        if self._share(nfc(sentence), known, language) < WORDS_HELD:
            wrong.append("words of its own")
        return wrong

    def _deadlines(self, said: str, sources: Sequence[Source], language: Language) -> Iterator[str]:
        """Deadlines that the clauses do not set: the day of the document, "đến hết 30/9" for "trước ngày 30/9"."""
        if language != "vi":
            return
        signed = next((one.citation.document_date for one in sources if one.citation.document_date), None)
        dues = set(_dues(sources))
        printed = {key for one in sources for key, _, _ in _dates(one.citation.quote)}
        for found in deadlines.find(said, signed=signed):
            if (due := found.due) is None:
                continue
            bounds = {bound for other, bound in dues if other == due}
            if bounds and found.bound not in bounds:
                yield found.text
            if not bounds and not printed & {("date", due.year, due.month, due.day), ("day", due.month, due.day)}:
                yield found.text

    def _bodies(self, said: str, language: Language) -> Iterator[tuple[str, int, int]]:
        """The bodies that a sentence names, in Vietnamese, and in an English one in English too."""
        found = list(self.register.find(said))
        if language == "en":
            plain = _WORD.sub(lambda word: " " * len(word[0]) if has_marks(word[0]) else word[0], said)
            found += self.register.find_in_question(plain)
        for one in found:
            first, _, rest = one.body.partition(" ")  # "to UBND" is no "Tổ UBND"
            name = rest if language == "en" and first in _CONNECTING else one.body
            yield name, one.span.start, one.span.end

    def _charged(self, name: str, sources: Sequence[Source], known: str) -> bool:
        if _holds(known, name):
            return True
        told = {body for one in sources for task in one.tasks for body in task.agencies}
        issuers = {one.citation.issuer for one in sources if one.citation.issuer}
        mentioned = {one.body for one in self.register.find(known)}
        return any(self.register.same_body(name, other) for other in told | issuers | mentioned)

    def _named(self, name: str, known: str, language: Language) -> bool:
        if _holds(known, name):
            return True
        if language != "en":
            return False
        first, _, rest = name.partition(" ")
        if first in _HONORIFICS and rest:
            return self._named(rest, known, language)
        if has_marks(name):
            return False
        agency = self.register.resolve(name)
        if agency is not None and self._charged(agency.name, (), known):
            return True
        terms = _terms(known)
        return all(self._rendered(word, terms) for word in _ENGLISH_WORD.findall(name))

    def _rendered(self, word: str, terms: frozenset[str]) -> bool:
        """Whether an English word, or a translation of it, is among the terms of the clauses."""
        word = word.lower()
        if word in ENGLISH_STOP_WORDS or word in _CONNECTING or fold(word) in terms:
            return True
        return any(term in terms or fold(term) in terms for term, _ in self.lexicon.lookup(word))

    def _share(self, said: str, known: str, language: Language) -> float:
        """The share of a sentence's words that the clauses have. 1 for one without words."""
        terms = _terms(known)
        if language == "vi":
            held = [word in terms for word in syllables(said) if not word.isdecimal()]
        else:
            words = [word.lower() for word in _ENGLISH_WORD.findall(said)]
            content = [word for word in words if word not in ENGLISH_STOP_WORDS and word not in _CONNECTING | _TASKED]
            held = [self._rendered(word, terms) for word in content]
        return sum(held) / len(held) if held else 1.0


def _type(cited: Citation) -> str | None:
    """What kind of document the symbol of its number stands for: 441/TB-VP is a "Thông báo"."""
    symbols = (one.symbol for _, _, one in number.find(cited.document_number or ""))
    return next((TYPES.get(re.split(r"[-/]", symbol)[0]) for symbol in symbols), None)


def _labels(cited: Citation) -> Iterator[str]:
    """How a clause may be named in a sentence without that being a figure of it."""
    yield cited.label
    yield place(cited.clause)
    if "." in cited.clause:  # a bare "1" may be a figure as well
        yield cited.clause


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _holds(known: str, name: str) -> bool:
    """Whether a name stands in the clauses as words, case and marks apart."""
    return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(known)) is not None


def _terms(text: str) -> frozenset[str]:
    """Syllables and pairs of them, as they are and without marks."""
    single = syllables(text)
    whole = {*single, *(f"{a}_{b}" for a, b in pairwise(single))}
    return frozenset(whole | set(map(fold, whole)))


# --- days ---


def _dates(text: str) -> Iterator[tuple[Key, int, int]]:
    """Every day, month, quarter and year that a text names, by its key, with where it stands."""
    taken: list[tuple[int, int]] = []
    for one in period.find(text):
        taken.append((one.start, one.end))
        yield _key(one), one.start, one.end
    for found in _PARTIAL.finditer(_blanked(fold(text), taken)):
        key = _partial(found)
        if key is not None and _is_month(text, found):
            yield key, found.start(), found.end()


def _key(one: Period) -> Key:
    first, last = one.first, one.last
    if one.exact:
        return "date", first.year, first.month, first.day
    if (first.year, first.month) == (last.year, last.month):
        return "month", first.year, first.month
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return "year", first.year
    return "span", first, last


def _is_month(text: str, found: re.Match[str]) -> bool:
    """Whether a month named in English is one: "May", not "may" and not "máy"."""
    for group in ("eof", "amonth", "emonth"):
        if found[group]:
            printed = text[found.start(group) : found.end(group)]
            return printed.isascii() and printed[0].isupper()
    return True


def _partial(found: re.Match[str]) -> Key | None:
    """A day or month without its year, or a month with it; None for what is no date, as in "1/22"."""
    named = found["eof"] or found["amonth"] or found["emonth"]
    day = found["day"] or found["vday"] or found["eday"] or found["aday"]
    month = found["of"] or found["vof"] or found["month"] or found["vmonth"]
    if found["quarter"]:
        return "quarter", _QUARTERS.get(found["quarter"]) or int(found["quarter"])
    number = _MONTHS.index(named) + 1 if named else int(month)
    if not 1 <= number <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    if found["year"]:
        return "month", int(found["year"]), number
    return ("day", number, int(day)) if day else ("month", number)


def _days(sources: Sequence[Source], known: str) -> set[Key]:
    """What may be said of days: those named, those that the ledger resolved, and every part of them."""
    keys = {key for key, _, _ in _dates(known)}
    exact = [one.citation.document_date for one in sources if one.citation.document_date]
    exact += [due for due, _ in _dues(sources)]
    keys |= {("date", one.year, one.month, one.day) for one in exact}
    for key in tuple(keys):
        match key:
            case ("date", int(year), int(month), int(day)):
                keys |= {("day", month, day), ("month", month), ("month", year, month), ("year", year)}
            case ("month", int(year), int(month)):
                keys |= {("month", month), ("year", year)}
            case ("day", int(month), int()):
                keys.add(("month", month))
            case ("span", date() as first, date() as last):
                keys.add(("year", first.year))
                if last.month - first.month == 2:
                    keys.add(("quarter", last.month // 3))
    return keys


def _dues(sources: Sequence[Source]) -> Iterator[Due]:
    for one in sources:
        yield from ((task.due, task.bound) for task in one.tasks if task.due is not None)
        for found in deadlines.find(one.citation.quote, signed=one.citation.document_date):
            if found.due is not None:
                yield found.due, found.bound


# --- figures ---


def _figured(text: str) -> Iterator[tuple[str, str]]:
    """Every figure in one form (1.500 and 1,500 are 1500, 95,5 % is 95.5%), with how it is written."""
    for found in _FIGURE.finditer(text):
        yield _plain(found["figure"]) + "%" * bool(found["percent"]), found[0]
    for found in _VIETNAMESE_NUMBER.finditer(text):
        yield str(_spelled(found)), found[0]
    for found in _ENGLISH_NUMBER.finditer(text):
        yield str(_ENGLISH_NUMBERS[found[0].lower()]), found[0]


def _plain(figure: str) -> str:
    if not figure.startswith("0"):
        figure = _THOUSANDS.sub("", figure)
    whole, _, decimals = figure.replace(",", ".").partition(".")
    return (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "")


def _spelled(found: re.Match[str]) -> int:
    values = _UNITS | {"một": 1, "mốt": 1, "năm": 5, "lăm": 5}
    if found["unit"]:
        return values[found["unit"].lower()]
    if found["tens"]:
        return 10 * values[found["tens"].lower()] + values.get((found["ones"] or "").lower(), 0)
    return 10 + values.get((found["teens"] or "").lower(), 0)


# --- names ---


def _names(text: str, terms: frozenset[str]) -> Iterator[str]:
    """Capitalised names. The first word of a sentence is capital anyway: it counts where a name goes on from it."""
    opening = re.search(r"\w", text)
    for found in _NAME.finditer(text):
        name = found[0].rstrip("-&")
        first, _, rest = name.partition(" ")
        opens = opening is not None and found.start() == opening.start() and not first.isupper()
        if opens and (not rest or fold(first) in _OPENING or fold(first) in terms):
            name = rest
        if name:
            yield name
