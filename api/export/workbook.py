"""The ledger as an Excel workbook that an official can filter and print."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from api.export.listing import COLUMNS, Listing, address
from api.status import Status

TITLE, SELECTION, HEADER = 1, 2, 3
"""Rows, counted from 1."""

LONGEST = 32_767
"""Characters that a cell of Excel holds."""

MOST_LINKS = 65_530
"""Hyperlinks that Excel takes on one sheet."""

DAY = "dd/mm/yyyy"
FACE = "Times New Roman"
MARKS: Mapping[Status, str] = {"overdue": "A4161A", "due_soon": "8A5A00"}
"""The colours of a status and its date; the words say the same."""


def written(listing: Listing) -> bytes:
    """One sheet: a title, what was selected, a header that stays in view, a row for each assignment."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new workbook has one
    sheet.title = listing.say("ledger.sheet")
    for style in _styles():
        book.add_named_style(style)
    _head(sheet, listing)
    for number, one in enumerate(listing.found.assignments, 1):
        for at, column in enumerate(COLUMNS, 1):
            cell = sheet.cell(HEADER + number, at)
            value = column.value(listing, number, one)
            if isinstance(value, str):
                _text(cell, value)
            else:
                cell.value = value
            if column.key == "clause" and number <= MOST_LINKS:
                cell.hyperlink = address(listing, one)
            cell.style = _style(column.key, one.status)
    _lay_out(sheet, listing)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _head(sheet: Worksheet, listing: Listing) -> None:
    # Not merged: a merged cell cannot be sorted or copied as people expect, and the words run on anyway.
    _text(sheet.cell(TITLE, 1), listing.say("ledger.title").upper())
    _text(sheet.cell(SELECTION, 1), listing.selected)
    sheet.cell(TITLE, 1).style = "ledger title"
    sheet.cell(SELECTION, 1).style = "ledger selection"
    for at, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(HEADER, at)
        _text(cell, listing.say(f"column.{column.key}"))
        cell.style = "ledger header"
        sheet.column_dimensions[get_column_letter(at)].width = column.width


def _styles() -> Iterator[NamedStyle]:
    """Styles by name: a cell that takes one is written in half the time of one that is given its parts."""
    line = Side(style="thin", color="999999")
    box = Border(left=line, right=line, top=line, bottom=line)
    yield NamedStyle("ledger title", font=Font(name=FACE, size=14, bold=True))
    yield NamedStyle("ledger selection", font=Font(name=FACE, size=11, italic=True))
    yield NamedStyle(
        "ledger header",
        font=Font(name=FACE, size=11, bold=True),
        fill=PatternFill("solid", fgColor="E7E2D8"),
        border=box,
        alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
    )
    fonts = {"": Font(name=FACE, size=11), " link": Font(name=FACE, size=11, color="1B4A8A", underline="single")}
    fonts |= {f" {status}": Font(name=FACE, size=11, bold=True, color=colour) for status, colour in MARKS.items()}
    wrapped = Alignment(vertical="top", wrap_text=True)
    for name, font in fonts.items():
        yield NamedStyle(f"ledger{name}", font=font, border=box, alignment=wrapped, number_format=DAY)


def _style(column: str, status: Status) -> str:
    if column == "clause":
        return "ledger link"
    return f"ledger {status}" if column in ("due", "status") and status in MARKS else "ledger"


def _text(cell: Cell, text: str) -> None:
    """Stored as a text, whatever it begins with: never a formula."""
    cell.value = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    cell.data_type = "s"


def _lay_out(sheet: Worksheet, listing: Listing) -> None:
    last = f"{get_column_letter(len(COLUMNS))}{max(sheet.max_row, HEADER)}"
    sheet.freeze_panes = f"A{HEADER + 1}"
    sheet.auto_filter.ref = f"A{HEADER}:{last}"
    sheet.print_area = f"A1:{last}"
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = listing.say("ledger.printed", page="&P", pages="&N")
