"""What goes into a file: assignments, what selected them, and how they are put for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.messages import say
from api.schemas import Assignment, Assignments, AssignmentsRequest
from index.model import Language

# XML 1.0 has no place for these, and iCalendar none either.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_FILTERS = ("agency", "document", "role", "status", "due_from", "due_to", "q")
_SPOKEN = {"role": "role", "status": "status"}
"""Filters whose values the catalogue puts into words."""

Value = str | int | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Assignments on their way into a file. `base` is where the pages are: `http://127.0.0.1:8000`."""

    found: Assignments
    request: AssignmentsRequest
    base: str
    language: Language

    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    def day(self, day: date) -> str:
        """30/09/2022 in Vietnamese, 2022-09-30 in English."""
        return f"{day:%d/%m/%Y}" if self.language == "vi" else day.isoformat()

    @property
    def selected(self) -> str:
        """One sentence: the filters, the day of the statuses, and how many assignments there are."""
        filters = self.request.model_dump(include=set(_FILTERS), exclude_none=True)
        if self.found.agency is not None:
            filters["agency"] = "; ".join((self.found.agency.name, *self.found.agency.predecessors))
        parts = [
            self.say("ledger.filter", name=self.say(f"ledger.filter.{name}"), value=self._filter(name, filters[name]))
            for name in _FILTERS
            if name in filters
        ]
        return self.say(
            "ledger.selection",
            selected=". ".join(parts) or self.say("ledger.all"),
            as_of=self.day(self.found.as_of),
            count=len(self.found.assignments),
        )

    def _filter(self, name: str, value: Any) -> str:
        if isinstance(value, date):
            return self.day(value)
        return self.say(f"{_SPOKEN[name]}.{value}") if name in _SPOKEN else clean(str(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its key in the catalogue (`column.KEY`), its width in characters, and what stands in it.

    `value` takes the listing, the number of the row from 1, and its assignment.
    """

    key: str
    width: int
    value: Callable[[Listing, int, Assignment], Value]


def clean(text: str) -> str:
    """Text without the control characters that no file format takes."""
    return _UNPRINTABLE.sub("", text)


def address(listing: Listing, one: Assignment) -> str:
    """The page of the clause: `http://127.0.0.1:8000/d/441-TB-VP.2022#II.5.2`."""
    return listing.base + one.citation.url


def agencies(listing: Listing, one: Assignment) -> str:
    """The agencies as printed, one a line, with who has succeeded them."""
    now = {made.agency: made.by for made in one.succeeded_by}
    return "\n".join(
        clean(listing.say("ledger.succeeded", agency=name, by=now[name]) if name in now else name)
        for name in one.agencies
    )


def term(listing: Listing, one: Assignment) -> str | None:
    """How the due date counts, or how often the task comes back."""
    if one.recurrence is not None:
        return listing.say(f"recurrence.{one.recurrence}")
    return listing.say(f"bound.{one.bound}") if one.bound is not None else None


COLUMNS = (
    Column(key="order", width=6, value=lambda _, number, one: number),
    Column(key="agencies", width=28, value=lambda listing, _, one: agencies(listing, one)),
    Column(key="role", width=11, value=lambda listing, _, one: listing.say(f"role.{one.role}")),
    Column(key="task", width=60, value=lambda _, number, one: clean(one.task)),
    Column(key="deadline", width=22, value=lambda _, number, one: clean(one.deadline_text or "") or None),
    Column(key="due", width=12, value=lambda _, number, one: one.due),
    Column(key="term", width=13, value=lambda listing, _, one: term(listing, one)),
    Column(key="status", width=13, value=lambda listing, _, one: listing.say(f"status.{one.status}")),
    Column(key="clause", width=22, value=lambda _, number, one: clean(one.citation.label)),
    Column(key="title", width=32, value=lambda _, number, one: clean(one.citation.document_title)),
    Column(key="date", width=12, value=lambda _, number, one: one.citation.document_date),
)
"""What an official reads, in the order of a printed follow-up sheet."""

LINKS = (
    Column(key="address", width=40, value=lambda listing, _, one: address(listing, one)),
    Column(key="id", width=20, value=lambda _, number, one: one.id),
)
"""What a file without hyperlinks holds besides."""
