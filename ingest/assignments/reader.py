"""Who is told to do what: the orders and requests of a document, each tied to its clause.

What counts, and which role, follows the conventions for assignments. Four forms are read: a heading that names
a body and passes it to the clauses beneath ("2. Giao Sở Nội vụ:"); an order inside a sentence ("yêu cầu Sở Y tế
…"); a sentence whose subject is the body ("Sở Tài chính chủ trì, phối hợp với Sở Xây dựng …"); and labelled lines
that hold task, bodies and time apart ("Cơ quan chủ trì: …", "Thời gian thực hiện: …").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest import deadlines
from ingest.agencies import Mention, Register
from ingest.assignments import forms
from ingest.assignments.abbreviations import defined
from ingest.model import CLOSING, PREAMBLE, Assignment, Clause, Deadline, Role, Span
from ingest.tables import DITTO, Column, Row
from ingest.text import fold

_TASK_SHOWN = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class _Charge:
    """Bodies and their role, as a heading or a sentence names them.

    `weak`: a clause above gives them an order of its own; they are charged with what names nobody else.
    """

    agencies: tuple[str, ...]
    role: Role
    weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A part of a clause's text. `listed`: it stands after a semicolon, and may be one item of a list of nouns."""

    start: int
    text: str
    listed: bool


def find(
    clauses: Sequence[Clause],
    *,
    register: Register,
    signed: date | None,
    issuer: str | None = None,
    title: str = "",
    rows: Mapping[str, Row] | None = None,
) -> tuple[Assignment, ...]:
    """Every assignment of a document, in the order of its clauses.

    `title` tells whom a notice of conclusions addresses; `rows` are the cells of clauses that are rows of a table of
    tasks, by path.
    `signed` anchors deadlines; `issuer` tells a request to a body that the issuer does not command from an order.
    """
    return tuple(_Reader(clauses, register, signed, issuer, title, rows or {}).read())


class _Reader:
    def __init__(
        self,
        clauses: Sequence[Clause],
        register: Register,
        signed: date | None,
        issuer: str | None,
        title: str,
        rows: Mapping[str, Row],
    ) -> None:
        self._clauses = clauses
        self._rows = rows
        self._by_path = {clause.path: clause for clause in clauses}
        self._register = register
        self._signed = signed
        self._asked = _asked_by(issuer)
        self._named: dict[str, tuple[Mention, ...]] = {}
        self._abbreviations = defined("\n".join(clause.text for clause in clauses))
        self._visited = _visited(title, issuer)
        self._parents = {clause.parent for clause in clauses}
        self._heads: dict[str, _Charge | None] = {}
        self._ordered: dict[str, _Charge | None] = {}
        self._beside: dict[str | None, list[Clause]] = {}
        for clause in clauses:
            if clause.path not in (PREAMBLE, CLOSING):
                self._beside.setdefault(clause.parent, []).append(clause)
        self._mostly_bodies: dict[str | None, bool] = {}

    def read(self) -> Iterator[Assignment]:
        blocks: dict[str, list[Clause]] = {}
        for clause in self._clauses:
            if clause.parent and forms.LABELLED.match(clause.text):
                blocks.setdefault(clause.parent, []).append(clause)
        for clause in self._clauses:
            if clause.path in self._rows:
                yield from self._row(clause, self._rows[clause.path])
            elif clause.path in blocks:
                yield from self._block(clause, blocks[clause.path])
            elif not (clause.parent in blocks and forms.LABELLED.match(clause.text)):
                yield from self._clause(clause)

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        """The bodies a text names; a sentence is asked for its bodies at every order in it, and as a heading."""
        if text not in self._named:
            self._named[text] = self._register.find(text, self._abbreviations)
        return self._named[text]

    # --- a clause of running words ---

    def _clause(self, clause: Clause) -> Iterator[Assignment]:
        paragraphs = clause.text.split("\n")
        lines = _lines(clause.text)
        if forms.LABELLED.match(lines[-1]) and len(lines) > 1:
            yield from self._block(clause, [])
            return
        head = self._head(clause)
        text = clause.text
        if head is not None:
            skipped = len(paragraphs[0]) + 1
            if len(paragraphs) == 1:
                return  # a bare heading passes its bodies on and is no assignment of its own
            text = " " * skipped + text[skipped:]
        elif clause.heading is not None and len(paragraphs) == 1 and self._announces(clause):
            return  # what it announces stands in the clauses beneath
        inherited = None if self._describes(clause) else self._inherited(clause)
        found = _deadlines(clause.text, self._signed)
        sentences = [
            _Sentence(start=m.start(), text=m[0], listed=text[: m.start()].endswith(";"))
            for m in forms.SENTENCE.finditer(text)
            if m[0].strip()
        ]
        if forms.ANNEX.fullmatch(clause.path):
            return  # the title of an annex, and the heading of its table
        if (forms.ANNOUNCES.search(text) and self._announces(clause)) or (
            clause.path == PREAMBLE and text.endswith(":")
        ):
            # a lead-in to the clauses below gives no order of its own
            sentences = [one for one in sentences[:-1] if one.text != clause.heading]
        if not sentences:
            return  # a bare label: all its words stand in the clauses beneath
        own = [(sentence, charge) for sentence in sentences for charge in self._charges(sentence, clause, inherited)]
        leads = [(s, c) for s, c in own if c.role != "coordinate"]
        named = leads and (leads[0][0] is sentences[0] or (inherited and inherited.weak))
        if inherited and not named:
            yield _assignment(clause, inherited, sentences[0], text, found, whole=not leads)
        for role in ("lead", "request"):
            for sentence, charge in _merged([(s, c) for s, c in leads if c.role == role]):
                yield _assignment(clause, charge, sentence, text, found, whole=len(leads) == 1 and not inherited)
        for sentence, charge in _merged(list(self._receivers(sentences)) if inherited or leads else []):
            if not any(set(charge.agencies) & set(c.agencies) for _, c in leads):
                yield _assignment(clause, charge, sentence, text, found, whole=False)
        partners = [(s, c) for s, c in own if c.role == "coordinate"]
        if partners:
            names = tuple(dict.fromkeys(name for _, c in partners for name in c.agencies))
            yield _assignment(
                clause, _Charge(agencies=names, role="coordinate"), partners[0][0], text, found, whole=False
            )

    def _announces(self, clause: Clause) -> bool:
        """Whether what a clause tells stands in the clauses beneath it; an order over a list of things is its own."""
        lists_things = forms.CONTENTS.search(clause.text) and self._opens_with_body(clause)
        return clause.path in self._parents and not lists_things

    def _inherited(self, clause: Clause) -> _Charge | None:
        """The bodies that head the clause, or the nearest heading above it that names some."""
        at: Clause | None = clause
        while at is not None:
            head = self._head(at) or (self._passed_on(at) if at is not clause else None)
            if head is not None:
                return head
            at = self._by_path.get(at.parent) if at.parent else None
        if clause.path in (PREAMBLE, CLOSING):
            return None
        return self._lead_in() or (self._visited if self._asks(clause) else None)

    def _asks(self, clause: Clause) -> bool:
        """Whether a clause stands under a heading that announces tasks."""
        return any(forms.TASKS_AHEAD.search(fold(heading)) for heading in clause.headings)

    def _passed_on(self, clause: Clause) -> _Charge | None:
        """The bodies that the last sentence of a clause charges, for the clauses beneath it that name none."""
        if clause.path not in self._ordered:
            self._ordered[clause.path] = None  # a clause above asks no clause beneath
            text = clause.text.rsplit("\n", 1)[-1]
            if not forms.CONTENTS.search(text):
                inherited = self._inherited(clause)
                last = next(reversed([m[0] for m in forms.SENTENCE.finditer(text) if m[0].strip()]), "")
                charges = self._charges(_Sentence(start=0, text=last, listed=False), clause, inherited)
                leads = [c for c in charges if c.role != "coordinate" and not _generic(c.agencies)]
                leads = leads or list(self._needed(last))
                self._ordered[clause.path] = replace(leads[-1], weak=True) if leads else None
        return self._ordered[clause.path]

    def _lead_in(self) -> _Charge | None:
        """Bodies that the last words before the first clause order to do what follows."""
        preamble = self._by_path.get(PREAMBLE)
        last = preamble.text.rsplit("\n", 1)[-1] if preamble else ""
        if not last.endswith(":"):
            return None
        charges = [c for c in self._orders(last[-600:], preamble) if c.role == "lead" and not _generic(c.agencies)]
        charges = charges or list(self._needed(last[-600:]))
        return charges[-1] if charges else None

    def _needed(self, sentence: str) -> Iterator[_Charge]:
        """Whoever "cần" or "phải" do what a sentence announces, wherever in it they stand."""
        if not forms.ANNOUNCES.search(sentence):
            return
        for place in forms.LOCALITY.finditer(sentence):
            if forms.MUST.match(sentence[place.end() :]):
                yield _Charge(agencies=(place[0],), role="lead")
        for mention in self._mentions(sentence):
            if forms.MUST.match(sentence[mention.span.end :]):
                yield _Charge(agencies=(mention.text,), role="lead")

    def _head(self, clause: Clause) -> _Charge | None:
        if clause.path not in self._heads:
            self._heads[clause.path] = self._read_head(clause) or self._head_among_heads(clause)
        return self._heads[clause.path]

    def _head_among_heads(self, clause: Clause) -> _Charge | None:
        """A group that no register knows, in a list whose other headings name bodies: "19. Các cơ sở đào tạo"."""
        first = clause.text.partition("\n")[0]
        if clause.heading != first or not forms.GROUP_OPENS.match(first) or not self._among_bodies(clause):
            return None
        return _Charge(agencies=(forms.FOOTING.split(first)[0].strip(" :"),), role="lead")

    def _among_bodies(self, clause: Clause) -> bool:
        """Whether most clauses beside this one open with a body."""
        if clause.parent not in self._mostly_bodies:
            beside = self._beside.get(clause.parent, [])
            named = sum(self._opens_with_body(one) for one in beside)
            self._mostly_bodies[clause.parent] = named * 2 > len(beside)
        return self._mostly_bodies[clause.parent]

    def _opens_with_body(self, clause: Clause) -> bool:
        first = clause.text.partition("\n")[0]
        lead = forms.HEADING_LEAD.match(first)
        return bool(self._listed(first, lead.end() if lead else 0)[0])

    def _read_head(self, clause: Clause) -> _Charge | None:
        first, _, rest = clause.text.partition("\n")
        if first.endswith(":") and clause.path in self._parents and (ordered := list(self._orders(first, clause))):
            return ordered[-1]
        if re.match(r"Về (?!phía)", first):
            return None  # a subject: "Về kiến nghị của tỉnh"
        if clause.path in (PREAMBLE, CLOSING) or not (rest or clause.path in self._parents) or len(first) > 400:
            return None
        lead = forms.HEADING_LEAD.match(first)
        tail = forms.HEADING_TAIL.search(first)
        bare = first[lead.end() if lead else 0 : tail.start() if tail else len(first)]
        mentions = self._mentions(bare)
        if forms.TASK_OPENS.match(bare):
            return None  # a task that names bodies on the way: "Tham mưu Ủy ban nhân dân tỉnh trình …:"
        uncovered = len(re.sub(r"[\W_]+|\b(?:và|cùng|các|chỉ đạo)\b", "", _without(bare, mentions)))
        names = tuple(m.text for m in mentions)
        if not mentions or uncovered > 0.3 * len(bare):
            duty = tail is not None and "trách nhiệm" in tail[0]
            if not (duty and re.match(r"(?:Các|Những|Mọi)\s", bare)):
                return None
            names = (bare.strip(),)
        requested = lead is not None and "đề nghị" in lead[0].lower()
        return _Charge(agencies=names, role=self._role(requested, names))

    def _role(self, requested: bool, names: Sequence[str], asker: str = "") -> Role:
        if not requested:
            return "lead"
        asked = self._asked
        if asked is None or re.search(r"\b(?:hdnd|hoi dong nhan dan|mat tran)\b", fold(asker)):
            return "request"
        return "request" if any(asked.search(fold(name)) for name in names) else "lead"

    # --- sentences ---

    def _charges(self, one: _Sentence, clause: Clause, inherited: _Charge | None) -> Iterator[_Charge]:
        sentence = one.text
        directs = forms.DIRECTS.match(sentence)
        # whoever is told to direct others is the assignee
        orders = [] if inherited and directs else list(self._orders(sentence, clause, inherited))
        subject = None if orders or directs else self._subject(sentence, clause, listed=one.listed)
        if subject is None and not orders and inherited is None:
            subject = self._introduced(sentence) or self._bracketed(sentence)
        if subject and inherited and one.start == 0 and self._partnered(clause):
            yield _Charge(agencies=subject.agencies, role="coordinate")
            subject = None
        cases = [] if inherited else list(self._in_cases(sentence))
        for charge in [*(orders or ([subject] if subject else [])), *cases]:
            if not (inherited and _generic(charge.agencies)):
                yield charge
        for found in forms.COORDINATE.finditer(sentence):
            names, _ = self._listed(sentence, found.end())
            unnamed = None if names else forms.PARTNERS.match(sentence, found.end())
            if unnamed:
                names = (unnamed[0].strip(" ,"),)
            if names and (clause.path != PREAMBLE or orders or subject):
                yield _Charge(agencies=names, role="coordinate")

    def _orders(self, sentence: str, clause: Clause | None, inherited: _Charge | None = None) -> Iterator[_Charge]:
        """Bodies that a verb of ordering names at once, and that are told something."""
        for found in forms.ORDER.finditer(sentence):
            before = sentence[: found.start()]
            if forms.ORDER_NOUN.search(before) or (found["verb"].lower() == "chỉ đạo" and before.strip()):
                continue
            if inherited and not inherited.weak and not forms.ORDER_BOUNDARY.search(before):
                continue
            names, end = self._listed(sentence, found.end())
            named = None if names else self._unlisted(sentence, found, before)
            if named:
                names, end = (named[0].strip(),), named.end()
            if names and not forms.TELLS.match(_told(sentence, end)):
                yield _Charge(agencies=names, role=self._role("nghị" in found["verb"], names, before[-160:]))

    def _unlisted(self, sentence: str, order: re.Match[str], before: str) -> re.Match[str] | None:
        """Whom an order names that the register does not have: a province, or a body at the head of a sentence."""
        place = forms.LOCALITY.match(sentence, order.end())
        return place or (None if re.search(r"\w", before) else forms.UNKNOWN_BODY.match(sentence, order.end()))

    def _subject(self, sentence: str, clause: Clause, *, listed: bool) -> _Charge | None:
        """The bodies that a sentence opens with, when it goes on to tell them something."""
        opens = forms.OPENS.match(sentence)
        start = opens.end() if opens else 0
        while start < len(sentence) and sentence[start] in " -+•":
            start += 1
        names, end = self._listed(sentence, start)
        told = _told(sentence, end)
        if listed and not forms.ACTS.match(told):
            return None
        needed = forms.MUST if clause.path == PREAMBLE else forms.MUST_OR_LEADS if self._describes(clause) else None
        if names and not forms.TELLS.match(told) and (needed is None or needed.match(told)):
            return _Charge(agencies=names, role="lead")
        label = forms.LABEL_BEFORE.match(sentence, start)
        if label and not names:
            names, end = self._listed(sentence, label.end())
            if names and forms.ACTS.match(sentence[end:]) and not forms.TELLS.match(sentence[end:]):
                return _Charge(agencies=names, role="lead")
        place = forms.LOCALITY.match(sentence, start)
        if place and forms.MUST.match(sentence[place.end() :]):
            return _Charge(agencies=(place[0],), role="lead")
        if self._visited and forms.LOCALITY_BARE.match(sentence, start):
            return self._visited
        group = forms.NAMED_GROUP.match(sentence) or (
            forms.GROUP_TOLD.match(sentence) if clause.path in self._by_path and self._among_bodies(clause) else None
        )
        if group and clause.path != PREAMBLE:
            return _Charge(agencies=(group["group"].strip(),), role="lead")
        return None

    def _describes(self, clause: Clause) -> bool:
        """Whether the nearest heading that says it speaks of criteria, which order nothing, and not of action."""
        for heading in map(fold, reversed(clause.headings)):
            if forms.ACTION_AHEAD.search(heading):
                return False
            if forms.CRITERIA.match(heading):
                return True
        return False

    def _receivers(self, sentences: Sequence[_Sentence]) -> Iterator[tuple[_Sentence, _Charge]]:
        """Bodies that are to work on what others send them."""
        for one in sentences:
            for found in forms.SENT.finditer(one.text):
                names, end = self._listed(one.text, found.end())
                if names and forms.WORKED_ON.match(one.text, end):
                    yield one, _Charge(agencies=names, role="lead")

    def _introduced(self, sentence: str) -> _Charge | None:
        """The subject that follows the grounds: "Căn cứ Kế hoạch này, các sở, ban, ngành xây dựng …"."""
        opening = forms.INTRODUCES.match(sentence)
        for comma in forms.COMMA.finditer(sentence) if opening else ():
            names, end = self._listed(sentence, comma.end())
            if names and forms.ACTS.match(sentence[end:]) and not forms.TELLS.match(sentence[end:]):
                return _Charge(agencies=names, role="lead")
        return None

    def _bracketed(self, sentence: str) -> _Charge | None:
        """The bodies that brackets behind a task name as those in charge."""
        for bracket in forms.IN_BRACKETS.finditer(sentence):
            names, end = self._listed(sentence, bracket.end())
            if names and forms.LEADS.match(sentence, end):
                return _Charge(agencies=names, role="lead")
        return None

    def _in_cases(self, sentence: str) -> Iterator[_Charge]:
        """Bodies that are to act where a case arises."""
        for case in forms.CASE.finditer(sentence):
            names, end = self._listed(sentence, case.end())
            if names and forms.ACTS.match(sentence[end:]) and not forms.TELLS.match(sentence[end:]):
                yield _Charge(agencies=names, role="lead")

    def _partnered(self, clause: Clause) -> bool:
        """Whether the heading above breaks off at "Chủ trì, phối hợp": its clauses then begin with the partners."""
        above = self._by_path.get(clause.parent) if clause.parent else None
        return above is not None and bool(forms.BREAKS_OFF.search(above.text))

    def _listed(self, text: str, start: int) -> tuple[tuple[str, ...], int]:
        """The bodies named one after the other from `start` on, and where the list ends."""
        names: list[str] = []
        end = start
        mentions = self._mentions(text)
        first = bisect_left(mentions, start, key=lambda mention: mention.span.start)
        for mention in mentions[first:]:
            between = forms.BETWEEN if names else forms.BEFORE_FIRST
            if not between.fullmatch(text, end, mention.span.start):
                unknown = forms.UNKNOWN_ITEM.match(text, end, mention.span.start) if names else None
                if unknown is None or not forms.BETWEEN.fullmatch(text, unknown.end(), mention.span.start):
                    break
                names.append(unknown["name"])
            names.append(mention.text)
            called = forms.CALLED.match(text, mention.span.end)
            end = called.end() if called else mention.span.end
        return tuple(dict.fromkeys(names)), end

    # --- labelled lines ---

    def _block(self, clause: Clause, siblings: Sequence[Clause]) -> Iterator[Assignment]:
        """Task, bodies and time in lines of their own: the assignment sits at the clause that holds them all."""
        texts = [line for one in siblings for line in _lines(one.text)] + _lines(clause.text)
        labelled = [(found, line[found.end() :]) for line in texts if (found := forms.LABELLED.match(line))]
        times = [line for found, line in labelled if found["time"]]
        deadline = next((d for line in times for d in _deadlines(line, self._signed)), None)
        if deadline is None:
            deadline = _best(_deadlines(clause.text, self._signed))
        task = _task(next((line for line in _lines(clause.text) if not forms.LABELLED.match(line)), clause.text))
        for found, line in labelled:
            if found["time"]:
                continue
            role: Role = "coordinate" if found["coordinate"] else "lead"
            for part in re.split(r";\s+(?=[^;]*\b(?:chủ trì|chủ động|phối hợp|tổ chức|thực hiện)\b)", line):
                names = tuple(dict.fromkeys(m.text for m in self._mentions(part)))
                partners = forms.COORDINATE.search(part)
                if partners and role == "lead":
                    inside, _ = self._listed(part, partners.end())
                    names = tuple(name for name in names if name not in inside)
                    if inside:
                        yield Assignment(
                            clause=clause.path, agencies=inside, role="coordinate", task=task, deadline=deadline
                        )
                if names:
                    yield Assignment(clause=clause.path, agencies=names, role=role, task=task, deadline=deadline)

    # --- rows of a table ---

    def _row(self, clause: Clause, row: Row) -> Iterator[Assignment]:
        """Task, bodies and time in the cells of a row."""
        time = row.under("time")
        deadline = self._cell_deadline(clause, time) if time else None
        task = _task(row.under("task"))
        columns: tuple[tuple[Column, Role], ...] = (("lead", "lead"), ("coordinate", "coordinate"))
        for column, role in columns:
            words = row.under(column)
            names = tuple(dict.fromkeys(m.text for m in self._mentions(words))) or ((words,) if words else ())
            if names and task:
                yield Assignment(clause=clause.path, agencies=names, role=role, task=task, deadline=deadline)

    def _cell_deadline(self, clause: Clause, time: str) -> Deadline | None:
        found = deadlines.parse(time, signed=self._signed)
        start = clause.text.find(time)
        if found is None:
            return None
        if start >= 0:
            return replace(found, span=Span(start=start + found.span.start, end=start + found.span.end))
        ditto = DITTO.search(clause.text)  # the day stands in the row above, "như trên" in this one
        return replace(found, text=ditto[0], span=Span(start=ditto.start(), end=ditto.end())) if ditto else None


def _visited(title: str, issuer: str | None) -> _Charge | None:
    """The one province that a paper of the Government names in its title: whom its conclusions address."""
    places = set(forms.LOCALITY.findall(title)) if issuer and forms.GOVERNMENT.search(fold(issuer)) else set()
    return _Charge(agencies=(places.pop(),), role="lead") if len(places) == 1 else None


def _asked_by(issuer: str | None) -> re.Pattern[str] | None:
    """Which bodies an issuer asks and does not command; null for one that commands nobody."""
    folded = fold(issuer) if issuer else "uy ban nhan dan"
    return next((asked for known, asked in forms.ASKED if known.search(folded)), None)


def _merged(charges: Sequence[tuple[_Sentence, _Charge]]) -> Iterator[tuple[_Sentence, _Charge]]:
    """One entry for each set of bodies."""
    seen: set[frozenset[str]] = set()
    for sentence, charge in charges:
        key = frozenset(map(fold, charge.agencies))
        if key not in seen:
            seen.add(key)
            yield sentence, charge


def _assignment(
    clause: Clause, charge: _Charge, sentence: _Sentence, text: str, found: Sequence[Deadline], *, whole: bool
) -> Assignment:
    end = sentence.start + len(sentence.text)
    inside = [d for d in found if sentence.start <= d.span.start < end]
    task = text[sentence.start :].replace("\n", " ") if whole else sentence.text
    return Assignment(
        clause=clause.path,
        agencies=charge.agencies,
        role=charge.role,
        task=_task(task.strip()),
        deadline=_best(found if whole else inside or found),
    )


def _task(text: str) -> str:
    """The words of the clause, cut at the end of a sentence or phrase where they are long."""
    if len(text) <= _TASK_SHOWN:
        return text
    cut = text[:_TASK_SHOWN]
    end = max(cut.rfind(". "), cut.rfind("; "))
    return cut[: end + 1] if end > _TASK_SHOWN // 3 else cut.rsplit(" ", 1)[0]


def _best(found: Sequence[Deadline]) -> Deadline | None:
    """The first that resolves to a day, else the first that recurs, else the first."""
    return next((d for d in found if d.due), next((d for d in found if d.recurrence), found[0] if found else None))


def _deadlines(text: str, signed: date | None) -> tuple[Deadline, ...]:
    return deadlines.find(text, signed=signed)


def _lines(text: str) -> list[str]:
    """The lines of a text, and the labelled items within a line."""
    return [part for line in text.split("\n") for part in forms.LABEL_AHEAD.split(line)]


def _told(sentence: str, end: int) -> str:
    """What is said of the bodies that end here; an aside that explains them is skipped."""
    aside = forms.ASIDE.match(sentence, end)
    return sentence[aside.end() if aside else end :]


def _generic(names: Sequence[str]) -> bool:
    """ "các cơ quan, đơn vị, địa phương" under a heading means the bodies of the heading."""
    return all(forms.GENERIC.match(fold(name)) for name in names)


def _without(text: str, mentions: Sequence[Mention]) -> str:
    pieces, last = [], 0
    for mention in mentions:
        pieces.append(text[last : mention.span.start])
        last = mention.span.end
    return " ".join([*pieces, text[last:]])
