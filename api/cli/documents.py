"""`chidao documents`, `chidao show` and `chidao remove`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from api.cli.terminal import INDENT, Opening, asked, echo_json, opened, paragraph, shown_date, visible

if TYPE_CHECKING:
    from api.schemas import Assignment, Clause, ClauseDetail, Document

EVERYTHING = 1_000


@click.command()
@click.option("--warnings", is_flag=True, help="Only documents that somebody should look at, and why.")
@click.option("--json", "as_json", is_flag=True, help="Print the API's JSON.")
@click.pass_obj
def documents(opening: Opening | None, warnings: bool, as_json: bool) -> None:
    """List the documents, newest first."""
    from api import desk
    from api.schemas import DocumentsRequest

    with opened(opening) as library:
        found = desk.documents(library, asked(DocumentsRequest, warnings=warnings, limit=EVERYTHING))
        while len(found.documents) < found.total:
            more = asked(DocumentsRequest, warnings=warnings, limit=EVERYTHING, offset=len(found.documents))
            page = desk.documents(library, more).documents
            if not page:
                break
            found = found.model_copy(update={"documents": [*found.documents, *page]})
    if as_json:
        echo_json(found)
        return
    for one in found.documents:
        click.echo(f"{click.style(one.document_id, bold=True)}  {shown_date(one.document_date)}")
        click.echo(paragraph(" · ".join(filter(None, (one.document_number, one.document_title)))))
        for warning in one.warnings if warnings else ():
            click.echo(paragraph(f"! {warning}"))
    click.echo(f"{found.total} documents")


@click.command()
@click.argument("id")
@click.argument("clause", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the API's JSON.")
@click.pass_obj
def show(opening: Opening | None, id: str, clause: str | None, as_json: bool) -> None:
    """Show the document ID (its id or its number), or one CLAUSE of it, such as II.5.2."""
    from api import desk, shelf

    with opened(opening) as library:
        id = shelf.named(library, id)
        found = desk.document(library, id) if clause is None else desk.clause(library, id, clause)
    if as_json:
        echo_json(found)
    elif clause is None:
        _print_document(found)  # type: ignore[arg-type]  # without a clause, it is a document
    else:
        _print_clause(found)  # type: ignore[arg-type]  # with one, it is a clause


@click.command()
@click.argument("id")
def remove(id: str) -> None:
    """Remove the document ID from the store and the index; the file it was read from stays."""
    from api import settings
    from api.library import open_store
    from api.problems import Refusal
    from index import sync

    with open_store(settings.read()) as store:
        if store.document(id) is None:
            raise Refusal("unknown-document", document=id)
        sync.remove(store, id)
    click.echo(f"removed {id}")


def _print_document(found: Document) -> None:
    click.echo(click.style(visible(found.document_title), bold=True))
    facts = (found.document_number, found.type, shown_date(found.document_date), found.issuer, found.signer)
    click.echo(visible(" · ".join(filter(None, facts))))
    for warning in found.warnings:
        click.echo(f"! {visible(warning)}")
    _print_tree(found.clauses, "")


def _print_tree(clauses: Iterable[Clause], indent: str) -> None:
    for one in clauses:
        first, *rest = one.text.splitlines() or [""]
        click.echo(f"\n{indent}{click.style(one.path, bold=True)}")
        click.echo(paragraph("\n".join((first, *rest)), indent + INDENT))
        _print_tree(one.children, indent + INDENT)


def _print_clause(found: ClauseDetail) -> None:
    click.echo(click.style(visible(found.citation.label), bold=True))
    for heading in found.headings:
        click.echo(paragraph(heading))
    click.echo("\n" + paragraph(found.text))
    _print_tree(found.children, INDENT)
    for one in found.assignments:
        click.echo("\n" + paragraph(_assigned(one), ""))


def _assigned(one: Assignment) -> str:
    due = f", due {shown_date(one.due)}" if one.due else ""
    return f"→ {', '.join(one.agencies)} ({one.role}{due})"
