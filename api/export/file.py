"""A file to save: its bytes, what they are, and a name that every system takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from api.export.listing import Listing
from index.identity import slug

Form = Literal["csv", "xlsx", "ics"]

MEDIA_TYPES: Mapping[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}

NAME_LENGTH = 60
"""Characters of an agency's name that a file name holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """`name` is ASCII; `title` is the same for people, with marks and spaces, and without anything like a path."""

    name: str
    title: str
    media_type: str
    content: bytes

    def disposition(self, kind: Literal["attachment", "inline"]) -> str:
        """The Content-Disposition header (RFC 6266): the plain name, and the title for whoever reads `filename*`."""
        return f"{kind}; filename=\"{self.name}\"; filename*=UTF-8''{quote(self.title, safe='')}"


def written(listing: Listing, form: Form) -> File:
    """The listing in one of the formats."""
    agency, day = listing.found.agency, listing.found.as_of.isoformat()
    stem = [listing.say("ledger.file"), slug(agency.name, length=NAME_LENGTH) if agency else "", day]
    title = [listing.say("ledger.title"), _harmless(agency.name) if agency else "", day]
    return File(
        name=f"{'-'.join(filter(None, stem))}.{form}",
        title=f"{' – '.join(filter(None, title))}.{form}",
        media_type=MEDIA_TYPES[form],
        content=_content(listing, form),
    )


def _content(listing: Listing, form: Form) -> bytes:
    # Each format loads its own library, and only when it is asked for.
    if form == "csv":
        from api.export import table

        return table.written(listing)
    if form == "xlsx":
        from api.export import workbook

        return workbook.written(listing)
    from api.export import calendar

    return calendar.written(listing)


def _harmless(name: str) -> str:
    """Letters, digits, commas and hyphens; a space for everything else."""
    return " ".join("".join(c if c.isalnum() or c in ",-" else " " for c in name[:NAME_LENGTH]).split())
