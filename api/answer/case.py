"""One question on its way to an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.answer.coverage import Needs
from api.answer.question import Asked
from api.answer.sources import Search
from index.model import Filters, Query, Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question as it was understood, what it needs, and where to look.

    `documents` are the ids of those it names; empty when it names none.
    """

    search: Search
    question: str
    query: Query
    asked: Asked
    needs: Needs
    filters: Filters
    limit: int
    documents: frozenset[str]
    as_of: date | None

    def came_later(self, document: Summary) -> bool:
        """Whether a document was issued after the day that the question is about; one without a date never was."""
        return self.as_of is not None and document.date is not None and document.date > self.as_of
