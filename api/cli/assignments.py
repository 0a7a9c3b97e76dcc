"""`chidao assignments`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, get_args

import click

from api.cli.terminal import Opening, asked, day, echo_json, opened, shown_date, visible
from api.status import Status

if TYPE_CHECKING:
    from api.schemas import Assignments

WIDE = 160


@click.command()
@click.option("--agency", metavar="NAME", help="Told to this agency.")
@click.option("--due-from", type=day, metavar="DATE", help="Due on this day or later.")
@click.option("--due-to", type=day, metavar="DATE", help="Due on this day or earlier.")
@click.option("--status", type=click.Choice(get_args(Status)), help="How it stands today.")
@click.option("--limit", type=int, default=100, show_default=True, help="At most so many, 1 to 1000.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def assignments(
    opening: Opening | None,
    agency: str | None,
    due_from: date | None,
    due_to: date | None,
    status: str | None,
    limit: int,
    form: str,
) -> None:
    """List who is told to do what, by when."""
    from api import desk
    from api.schemas import AssignmentsRequest

    request = asked(AssignmentsRequest, agency=agency, due_from=due_from, due_to=due_to, status=status, limit=limit)
    with opened(opening) as library:
        found = desk.assignments(library, request)
    if form == "json":
        echo_json(found)
    else:
        _print_table(found)


def _print_table(found: Assignments) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True)
    for column in ("Due", "Status", "Agencies", "Task", "Source"):
        table.add_column(column)
    for one in found.assignments:
        cells = (
            shown_date(one.due) or (one.deadline_text or ""),
            one.status,
            ", ".join(one.agencies),
            one.task,
            one.citation.label,
        )
        table.add_row(*(Text(visible(cell)) for cell in cells))
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    console.print(table)
    console.print(f"{len(found.assignments)} of {found.total}", highlight=False)
