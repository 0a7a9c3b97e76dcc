"""The ledger as comma-separated values that Excel opens with a double click."""

from __future__ import annotations

import csv
import io
from datetime import date

from api.export.listing import COLUMNS, LINKS, Listing, Value

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection)."""


def written(listing: Listing) -> bytes:
    """UTF-8 with a byte order mark, without which Excel takes it for Windows-1252; lines end in CR LF (RFC 4180).

    Dates are ISO 8601: the only form that Excel reads alike under every regional setting.
    """
    lines = io.StringIO(newline="")
    rows = csv.writer(lines)
    columns = (*COLUMNS, *LINKS)
    rows.writerow(listing.say(f"column.{column.key}") for column in columns)
    for number, one in enumerate(listing.found.assignments, 1):
        rows.writerow(_cell(column.value(listing, number, one)) for column in columns)
    return lines.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str | int | None:
    """A cell as text; an apostrophe before what would be a formula."""
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
