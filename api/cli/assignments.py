"""`chidao assignments`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from api.cli.terminal import Opening, as_json, asked, day, opened, shown_date, visible
from api.status import Status
from ingest.model import Role

if TYPE_CHECKING:
    from rich.console import Console

    from api.schemas import Assignment, Assignments, AssignmentsRequest

WIDE = 160

Form = Literal["table", "json", "csv", "xlsx", "ics"]
BINARY = "a workbook cannot be shown on a terminal; write it to a file with --output FILE, or pipe it on"


@click.command()
@click.option("--agency", metavar="NAME", help="Told to this agency, or to one that it succeeded.")
@click.option("--role", type=click.Choice(get_args(Role)), help="In this role.")
@click.option("--document", metavar="ID", help="In this document only (its id or its number).")
@click.option("--words", "q", metavar="WORDS", help="With all these words in the task, the deadline or the agencies.")
@click.option("--due-from", type=day, metavar="DATE", help="Due on this day or later.")
@click.option("--due-to", type=day, metavar="DATE", help="Due on this day or earlier.")
@click.option("--status", type=click.Choice(get_args(Status)), help="How it stands.")
@click.option("--as-of", type=day, metavar="DATE", help="The day that the status refers to.  [default: today]")
@click.option("--limit", type=int, help="At most so many, 1 to 1000.  [default: 100; all for a file]")
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Form)),
    help="What to print or write.  [default: as FILE ends, or table]",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write to this file.")
@click.pass_obj
def assignments(opening: Opening | None, /, form: Form | None, output: Path | None, **filters: Any) -> None:
    """List who is told to do what, by when; or write it as a file for Excel or a calendar."""
    from api import ledger
    from api.schemas import AssignmentsRequest

    form = form or _by_name(output)
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError(BINARY)
    wire = "json" if form == "table" else form
    request = asked(AssignmentsRequest, **filters, format=wire)
    with opened(opening) as library:
        found = ledger.assignments(library, request)
    if form == "table":
        _print_table(found, output)
    elif form == "json":
        _write(as_json(found).encode(), output)
    else:
        _write(_content(found, request, form), output)


def _by_name(output: Path | None) -> Form:
    """The format that the end of a file name stands for."""
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    return next((form for form in get_args(Form) if form == ending), "table")


def _content(found: Assignments, request: AssignmentsRequest, form: Literal["csv", "xlsx", "ics"]) -> bytes:
    from api import settings
    from api.export import file
    from api.export.listing import Listing

    base = settings.read().address
    return file.written(Listing(found=found, request=request, base=base, language=request.lang), form).content


def _write(content: bytes, output: Path | None) -> None:
    if output is not None:
        output.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()


def _print_table(found: Assignments, output: Path | None) -> None:
    from rich.console import Console

    if output is not None:
        with output.open("w", encoding="utf-8") as stream:
            _draw(found, Console(file=stream, width=WIDE))
        return
    console = Console()
    _draw(found, console if console.is_terminal else Console(width=WIDE))


def _draw(found: Assignments, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True)
    for column in ("Due", "Status", "Agencies", "Task", "Source"):
        table.add_column(column)
    for one in found.assignments:
        cells = (
            shown_date(one.due) or (one.deadline_text or ""),
            one.status,
            ", ".join(_named(one)),
            one.task,
            one.citation.label,
        )
        table.add_row(*(Text(visible(cell)) for cell in cells))
    console.print(table)
    console.print(f"{len(found.assignments)} of {found.total}", highlight=False)


def _named(one: Assignment) -> list[str]:
    """The agencies as printed, each with the body that has its work now."""
    now = {made.agency: made.by for made in one.succeeded_by}
    return [f"{name} (now {now[name]})" if name in now else name for name in one.agencies]
