"""`chidao evaluate`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.terminal import Opening, day, echo_json, opened, visible

if TYPE_CHECKING:
    from api.evaluate.verdict import Verdict
    from api.schemas import Evaluation


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print figures and misses as JSON.")
@click.option("--as-of", type=day, metavar="DATE", help="The day on which the questions are asked.  [default: today]")
@click.option(
    "--floor", type=click.FloatRange(0, 1), metavar="SHARE", help="Exit 1 if a smaller share of answers is right."
)
@click.pass_obj
def evaluate(opening: Opening | None, file: Path, as_json: bool, as_of: date | None, floor: float | None) -> None:
    """Ask the questions of FILE and compare the answers with the clauses that it names.

    FILE is JSON: {"questions": [{"id", "lang", "kind", "q", "answerable", "cite": [[document, clause]], "due",
    "must_contain"}]}. An answer is right when one of its first three citations is among "cite" or beneath it, every
    string of "must_contain" is shown and the day "due" is given; without an answer in the documents, when it refuses.
    """
    from api.evaluate import gold, verdict

    golds = gold.questions(file)
    with opened(opening) as library:
        for name in verdict.unheld(library, golds):
            click.echo(f"chidao: questions cite {name!r}, which is no document here", err=True)
        verdicts = verdict.verdicts(library, golds, as_of=as_of)
    measured = _measured(verdicts)
    if as_json:
        echo_json(measured)
    else:
        _print(verdicts)
    if floor is not None and measured.figures["all"]["right"] < floor:
        sys.exit(1)


def _measured(verdicts: Sequence[Verdict]) -> Evaluation:
    from api.evaluate import verdict
    from api.schemas import Evaluation, Missed

    missed = [
        Missed(
            id=one.question.id,
            language=one.question.language,
            kind=one.question.kind,
            question=one.question.text,
            expected=one.expected,
            found=one.found,
            absent=list(one.absent),
        )
        for one in verdict.misses(verdicts)
    ]
    figures = {name: dict(row) for name, row in verdict.by_group("all", verdicts).items()}
    return Evaluation(figures=figures, misses=missed)


def _print(verdicts: Sequence[Verdict]) -> None:
    from api.evaluate import figures, verdict

    click.echo(figures.table("questions", verdict.by_group("all", verdicts)))
    for number, miss in enumerate(verdict.misses(verdicts)):
        click.echo(("\nmissed:\n" if number == 0 else "") + visible(str(miss)))
