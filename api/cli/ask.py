"""`chidao ask` and `chidao search`."""

from __future__ import annotations

import html
from textwrap import shorten
from typing import TYPE_CHECKING

import click

from api.cli.terminal import Opening, asked, echo_json, opened, paragraph, shown_date, visible

if TYPE_CHECKING:
    from api.schemas import Answer, Citation, Found

GLANCE = 300
"""Characters of a clause that is only near the question."""


@click.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="Print the API's JSON.")
@click.option("--limit", type=int, default=8, show_default=True, help="At most so many citations, 1 to 50.")
@click.pass_obj
def ask(opening: Opening | None, question: str, as_json: bool, limit: int) -> None:
    """Answer QUESTION, in Vietnamese or English, from the documents, with citations."""
    from api import desk
    from api.schemas import AskRequest

    request = asked(AskRequest, question=question, limit=limit)
    with opened(opening) as library:
        answer = desk.ask(library, request)
    if as_json:
        echo_json(answer)
    else:
        _print_answer(answer)


@click.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print the API's JSON.")
@click.option("--limit", type=int, default=10, show_default=True, help="At most so many clauses, 1 to 100.")
@click.option("--document", metavar="ID", help="Search in this document only (its id or its number).")
@click.pass_obj
def search(opening: Opening | None, query: str, as_json: bool, limit: int, document: str | None) -> None:
    """Find the clauses that match QUERY, best first."""
    from api import desk, shelf
    from api.schemas import SearchRequest

    request = asked(SearchRequest, q=query, limit=limit, document=document)
    with opened(opening) as library:
        if request.document is not None:
            request = request.model_copy(update={"document": shelf.named(library, request.document)})
        found = desk.search(library, request)
    if as_json:
        echo_json(found)
    else:
        _print_found(found)


def _print_answer(answer: Answer) -> None:
    """The answer's own sentence, those that a model wrote, then the clauses; what is quoted of them is not repeated."""
    from api.messages import say

    said = answer.answer.partition("\n")[0] if answer.citations else answer.answer
    click.echo(paragraph(said, indent=""))
    for sentence in answer.written.sentences if answer.written else ():
        click.echo(paragraph(sentence.text + "".join(f" [{one + 1}]" for one in sentence.citations), indent=""))
    for index, citation in enumerate(answer.citations):
        _print_citation(index + 1, citation, citation.quote)
        for task in answer.assignments:
            if task.citation == index and task.due is not None:
                agencies, due = ", ".join(task.agencies), shown_date(task.due)
                click.echo(paragraph(say(answer.language, "cli.due", agencies=agencies, due=due)))
    if answer.nearest:
        click.echo("\n" + say(answer.language, "cli.nearest"))
        for number, citation in enumerate(answer.nearest, 1):
            _print_citation(number, citation, shorten(citation.quote, GLANCE, placeholder="…"))


def _print_citation(number: int, citation: Citation, quote: str) -> None:
    click.echo(f"\n[{number}] " + click.style(visible(citation.label), bold=True))
    click.echo(paragraph(f"“{quote}”"))


def _print_found(found: Found) -> None:
    if not found.hits:
        click.echo("Nothing found.")
    for number, hit in enumerate(found.hits, 1):
        click.echo(f"{number:>2}. " + click.style(visible(hit.label), bold=True))
        for line in visible(hit.snippet).splitlines():
            click.echo("    " + _marked(line))


def _marked(snippet: str) -> str:
    """A snippet for a terminal: matches in bold instead of <mark>."""
    first, *rest = snippet.split("<mark>")
    parts = [html.unescape(first)]
    for piece in rest:
        match, _, after = piece.partition("</mark>")
        parts += [click.style(html.unescape(match), bold=True), html.unescape(after)]
    return "".join(parts)
