"""Answers and refusals in their final form: the catalogue's words around what the clauses say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from api.answer import evidence as weighing
from api.answer import wording
from api.answer.case import Case
from api.answer.citation import cite, grouped
from api.answer.evidence import Evidence
from api.answer.model import Answer, Citation, Interpretation, Reason, Statement, Task
from api.answer.question import Slot
from index.model import StoredAssignment
from ingest.agencies import Register
from ingest.model import Clause
from ingest.text import fold, squeeze

BELOW = 4  # clauses under a bare heading that are quoted for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Puts answers into words. The register gives bodies typed without marks their names."""

    register: Register

    def tasks(
        self,
        case: Case,
        held: Sequence[StoredAssignment],
        *,
        name: str | None = None,
        succeeded: Sequence[str] = (),
    ) -> Answer:
        """An answer that lists assignments, each with its clause."""
        language = case.query.language
        days = {one.document.id: one.document.date for one in held}
        newest_first = name is not None and case.asked.general and len(days) > 1 and all(days.values())
        if newest_first:  # where documents disagree, the later one holds
            held = sorted(held, key=lambda one: one.document.date or date.min, reverse=True)
        if Slot.DEADLINE in case.asked.slots and len(held) > case.limit:  # who asks for days sees those first
            held = sorted(held, key=lambda one: one.assignment.deadline is None)
        total = len(held)
        held = held[: case.limit]
        citations: list[Citation] = []
        at: dict[tuple[str, str], int] = {}
        for one in held:
            key = (one.document.id, one.clause.path)
            if key not in at:
                at[key] = len(citations)
                citations.append(cite(one.document, one.clause))
        tasks = tuple(_task(one, at[one.document.id, one.clause.path]) for one in held)
        places_cited = grouped(citations)
        timed = sum(task.due is not None or task.recurrence is not None for task in tasks)
        lines = [
            wording.duties(name, len(tasks), total, timed, places_cited, language)
            if name
            else wording.tasks(len(tasks), total, places_cited, language)
        ]
        if newest_first and held[0].document.date:
            latest = held[0].document
            lines.append(wording.newest(latest.number or latest.title, held[0].document.date, language))
        if name and succeeded:
            lines.append(wording.succeeded(name, succeeded, language))
        for task in tasks:
            when = wording.due(task.due, task.bound, task.recurrence, language)
            who = "" if name else f"{', '.join(task.agencies)}; "
            if when:
                lines.append(f"{citations[task.citation].label}: {who}{when}.")
        return Answer(
            question=case.question,
            language=language,
            answerable=True,
            answer="\n".join(dict.fromkeys(lines)),
            statements=stated((task.task, task.citation) for task in tasks),
            assignments=tasks,
            citations=tuple(citations),
            interpreted=self.interpreted(case),
        )

    def clauses(self, case: Case, kept: Sequence[Evidence]) -> Answer:
        """An answer that quotes the clauses kept, with what they order when that is asked."""
        slots = case.asked.slots
        once: dict[tuple[str, str], tuple[Evidence, Clause]] = {}
        for one in kept:
            for clause in _spoken(case, one):
                once.setdefault((one.stored.document.id, clause.path), (one, clause))
        quoted = list(once.values())[: case.limit]
        citations = tuple(cite(one.stored.document, clause) for one, clause in quoted)
        spoken = [weighing.best_sentence(clause.text, case.needs, case.asked) for _, clause in quoted]
        statements = stated((said, i) for i, said in enumerate(spoken))
        wants = slots & {Slot.WHO, Slot.DEADLINE, Slot.DUTIES, Slot.TASKS, Slot.DAY}
        tasks = tuple(
            _task(held, i)
            for i, (one, clause) in enumerate(quoted)
            for held in one.assignments
            if wants and squeeze(held.assignment.task) in squeeze(clause.text)
        )
        lines = [wording.found(grouped(citations), case.query.language), *(one.text for one in statements)]
        for task in tasks[:3]:
            when = wording.due(task.due, task.bound, task.recurrence, case.query.language)
            if when or Slot.WHO in slots:
                lines.append(f"{', '.join(task.agencies)}" + (f" ({when})" if when else ""))
        return Answer(
            question=case.question,
            language=case.query.language,
            answerable=True,
            answer="\n".join(dict.fromkeys(lines)),
            statements=statements,
            assignments=tasks,
            citations=citations,
            interpreted=self.interpreted(case),
        )

    def interpreted(self, case: Case) -> Interpretation:
        """How the question was read; days are a period of due dates only where duties or deadlines are asked for.

        A body typed without its marks is shown with them.
        """
        query = case.query
        due = case.asked.slots & {Slot.DEADLINE, Slot.TASKS, Slot.DUTIES}
        days = case.asked.days if case.asked.counted else ()
        known = [(name, self.register.resolve(name)) for name in query.agencies]
        return Interpretation(
            agencies=tuple(one.name if one and fold(one.name) == fold(name) else name for name, one in known),
            document_numbers=query.document_numbers,
            due_from=(None if days and days[0].until else days[0].first if days else query.due_from) if due else None,
            due_to=(days[0].last if days else query.due_to) if due else None,
            restored=query.restored,
        )

    def refusal(
        self,
        case: Case,
        reason: Reason,
        found: Sequence[Evidence],
        *,
        names: str = "",
        numbers: str = "",
        premise: str = "",
    ) -> Answer:
        language = case.query.language
        return Answer(
            question=case.question,
            language=language,
            answerable=False,
            reason=reason,
            answer=wording.refused(reason, language, names=names, numbers=numbers, premise=premise),
            interpreted=self.interpreted(case),
            nearest=tuple(cite(one.stored.document, one.clause) for one in found[:3]),
        )


def _spoken(case: Case, one: Evidence) -> Sequence[Clause]:
    """The clauses to quote: itself, or for a bare heading those below it that speak most of what is asked."""
    if not one.below:
        return [one.clause]
    if len(one.below) <= BELOW or case.asked.topics:
        return one.below
    met = {clause.path: case.needs.met(clause.text) for clause in one.below}
    best = sorted(one.below, key=lambda clause: -met[clause.path])[:BELOW]
    return [clause for clause in one.below if clause in best]


def stated(said: Iterable[tuple[str, int]]) -> tuple[Statement, ...]:
    """Statements in order; what several clauses say in the same words is one statement with all their citations."""
    cited: dict[str, tuple[str, list[int]]] = {}
    for text, citation in said:
        cited.setdefault(fold(squeeze(text)).strip(" .;"), (text, []))[1].append(citation)
    return tuple(Statement(text=text, citations=tuple(dict.fromkeys(places))) for text, places in cited.values())


def _task(one: StoredAssignment, citation: int) -> Task:
    deadline = one.assignment.deadline
    return Task(
        agencies=one.assignment.agencies,
        role=one.assignment.role,
        task=one.assignment.task,
        deadline_text=deadline.text if deadline else None,
        due=deadline.due if deadline else None,
        bound=deadline.bound if deadline else None,
        recurrence=deadline.recurrence if deadline else None,
        citation=citation,
    )
