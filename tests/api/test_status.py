"""How an assignment stands, day by day."""

from __future__ import annotations

from datetime import date

import pytest

from api.status import status
from ingest.model import Bound, Deadline, Recurrence, Span

DUE = date(2022, 9, 30)


def _deadline(due: date | None = DUE, bound: Bound | None = "by", recurrence: Recurrence | None = None) -> Deadline:
    return Deadline(text="…", span=Span(start=0, end=1), rule="test", due=due, bound=bound, recurrence=recurrence)


@pytest.mark.parametrize(
    ("deadline", "as_of", "expected"),
    [
        (_deadline(), date(2022, 10, 1), "overdue"),
        (_deadline(), date(2022, 9, 30), "due_soon"),  # "đến ngày 30": the 30th is still in time
        (_deadline(bound="before"), date(2022, 9, 30), "overdue"),  # "trước ngày 30": the 29th was the last
        (_deadline(bound="before"), date(2022, 9, 29), "due_soon"),
        (_deadline(), date(2022, 9, 16), "due_soon"),  # 14 days ahead
        (_deadline(), date(2022, 9, 15), "upcoming"),
        (_deadline(due=None, bound=None), DUE, "undated"),  # a phrase that does not resolve
        (None, DUE, "undated"),
        (_deadline(due=None, bound=None, recurrence="monthly"), DUE, "recurring"),
        (_deadline(recurrence="yearly"), date(2030, 1, 1), "recurring"),  # its first date is long past
        (_deadline(), date.max, "overdue"),
        (_deadline(), date.min, "upcoming"),
    ],
)
def test_status_follows_from_the_deadline_and_the_day(deadline: Deadline | None, as_of: date, expected: str) -> None:
    """The last day in time decides; recurrences never fall overdue."""
    assert status(deadline, as_of) == expected
