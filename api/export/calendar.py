"""The ledger as a calendar of due dates (iCalendar, RFC 5545) for Outlook, Google Calendar and the like."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from textwrap import shorten

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from api.export.listing import Listing, address, agencies, clean, term
from api.schemas import Assignment
from ingest.text import squeeze

ZONE = "Asia/Ho_Chi_Minh"
NAMED = 3
"""Agencies that a summary names."""

GLANCE = 90
"""Characters of the task that a summary shows."""

_OFFSET = timedelta(hours=7)
_DAILY = timedelta(days=1)


def written(listing: Listing) -> bytes:
    """One all-day event for each assignment that has a due date.

    The same assignment gives the same event, byte for byte, whenever it is asked for: a calendar that subscribes
    recognises it by its UID, and DTSTAMP is the date of the document.
    """
    body = listing.found.agency
    name = listing.say("calendar.name", agency=squeeze(clean(body.name)) if body else listing.say("calendar.all"))
    calendar = Calendar()
    calendar.add("prodid", f"-//chidao//ledger//{listing.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", _DAILY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    calendar.add_component(_zone())
    for one in listing.found.assignments:
        if one.due is not None:
            calendar.add_component(_event(listing, one, one.due))
    content: bytes = calendar.to_ical()
    return content


def _event(listing: Listing, one: Assignment, due: date) -> Event:
    event = Event()
    event.add("uid", f"{one.id}@chidao")
    event.add("dtstamp", datetime.combine(one.citation.document_date or due, time(), UTC))
    event.add("dtstart", due)
    event.add("dtend", due + _DAILY)
    event.add("summary", f"{_who(listing, one)}: {shorten(clean(one.task), GLANCE, placeholder='…')}")
    event.add("description", _described(listing, one, due))
    event.add("url", address(listing, one))
    event.add("categories", [listing.say(f"role.{one.role}")])
    event.add("transp", "TRANSPARENT")
    return event


def _who(listing: Listing, one: Assignment) -> str:
    names = [clean(name) for name in one.agencies]
    if len(names) <= NAMED:
        return ", ".join(names)
    return listing.say("ledger.more", first=", ".join(names[:NAMED]), count=len(names) - NAMED)


def _described(listing: Listing, one: Assignment, due: date) -> str:
    """The whole task, its deadline as the document words it, and the clause."""
    when = " – ".join(filter(None, (term(listing, one), listing.day(due), clean(one.deadline_text or ""))))
    facts = {
        "task": clean(one.task),
        "agencies": agencies(listing, one).replace("\n", "; "),
        "due": when,
        "clause": clean(f"{one.citation.label} – {one.citation.document_title}"),
        "address": address(listing, one),
    }
    return "\n".join(f"{listing.say(f'column.{key}')}: {words}" for key, words in facts.items())


def _zone() -> Timezone:
    """Vietnam's time. All-day dates do without, but a calendar must hold something even when nothing is due."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone
