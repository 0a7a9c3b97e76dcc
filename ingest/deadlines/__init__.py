"""Deadlines: the phrases by which a directive says until when, and the days they resolve to.

`find` reads a clause, `parse` one phrase alone (a table cell under "Thời gian"). The rules are those of the
conventions for deadlines: a month, quarter, half-year or year is due on its last day; "trước" means before,
everything else by; a recurrence has no due day; what cannot be resolved keeps its phrase and no day.
"""

from ingest.deadlines.reading import find, parse

__all__ = ["find", "parse"]
