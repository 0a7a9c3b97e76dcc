"""How an assignment stands on a given day."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Literal, Protocol

from ingest.model import Bound, Recurrence

Status = Literal["overdue", "due_soon", "upcoming", "undated", "recurring"]

SOON = 14
"""Days ahead that are "soon"."""


class Timed(Protocol):
    """What a deadline comes to."""

    @property
    def due(self) -> date | None: ...

    @property
    def bound(self) -> Bound | None: ...

    @property
    def recurrence(self) -> Recurrence | None: ...


_VIETNAM = timezone(timedelta(hours=7))


def today() -> date:
    """The date in Vietnam, wherever the server stands."""
    return datetime.now(_VIETNAM).date()


def status(deadline: Timed | None, as_of: date) -> Status:
    """What a deadline means on `as_of`.

    A recurrence stays `recurring` even with a first date. "trước ngày D" is overdue on D itself, because
    D is the first day that is too late; "đến ngày D" is overdue the day after.
    """
    if deadline is not None and deadline.recurrence is not None:
        return "recurring"
    if deadline is None or deadline.due is None:
        return "undated"
    days_left = (deadline.due - as_of).days - (deadline.bound == "before")
    if days_left < 0:
        return "overdue"
    return "due_soon" if days_left <= SOON else "upcoming"
