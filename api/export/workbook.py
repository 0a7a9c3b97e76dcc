"""The ledger as an Excel workbook that an official can filter and print."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from api.export.listing import COLUMNS, Listing, Value, address
from api.status import Status

TITLE, SELECTION, HEADER = 1, 2, 3
"""Rows, counted from 1."""

LONGEST = 32_767
"""Characters that a cell of Excel holds."""

DAY = "dd/mm/yyyy"
FACE = "Times New Roman"

_LINE = Side(style="thin", color="999999")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="E7E2D8")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_MIDDLE = Alignment(vertical="center", horizontal="center", wrap_text=True)
_PLAIN = Font(name=FACE, size=11)
_LINKED = Font(name=FACE, size=11, color="1B4A8A", underline="single")
_MARKED: dict[Status, Font] = {
    "overdue": Font(name=FACE, size=11, bold=True, color="A4161A"),
    "due_soon": Font(name=FACE, size=11, bold=True, color="8A5A00"),
}
_MARKS = ("due", "status")


def written(listing: Listing) -> bytes:
    """One sheet: a title, what was selected, a header that stays in view, a row for each assignment."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new workbook has one
    sheet.title = listing.say("ledger.sheet")
    _head(sheet, listing)
    for number, one in enumerate(listing.found.assignments, 1):
        for at, column in enumerate(COLUMNS, 1):
            cell = sheet.cell(HEADER + number, at)
            _fill(cell, column.value(listing, number, one))
            cell.font = _PLAIN
            if column.key == "clause":
                cell.hyperlink = address(listing, one)
                cell.font = _LINKED
            elif column.key in _MARKS:
                cell.font = _MARKED.get(one.status, _PLAIN)
    _lay_out(sheet, listing)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _head(sheet: Worksheet, listing: Listing) -> None:
    # Not merged: a merged cell cannot be sorted or copied as people expect, and the words run on anyway.
    sheet.cell(TITLE, 1).set_explicit_value(listing.say("ledger.title").upper())
    sheet.cell(TITLE, 1).font = Font(name=FACE, size=14, bold=True)
    sheet.cell(SELECTION, 1).set_explicit_value(listing.selected)
    sheet.cell(SELECTION, 1).font = Font(name=FACE, size=11, italic=True)
    for at, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(HEADER, at)
        cell.set_explicit_value(listing.say(f"column.{column.key}"))
        cell.font, cell.fill, cell.border, cell.alignment = Font(name=FACE, size=11, bold=True), _HEAD, _BOX, _MIDDLE
        sheet.column_dimensions[get_column_letter(at)].width = column.width


def _fill(cell: Cell, value: Value) -> None:
    """A text is stored as a text, whatever it begins with; a date as a date."""
    cell.border, cell.alignment = _BOX, _WRAPPED
    if isinstance(value, str):
        cell.set_explicit_value(value if len(value) <= LONGEST else value[: LONGEST - 1] + "…")
    elif value is not None:
        cell.value = value
    if isinstance(value, date):
        cell.number_format = DAY


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
