"""`chidao ingest`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.terminal import echo_json, visible

if TYPE_CHECKING:
    from api.schemas import Report
    from index.model import Outcome
    from index.sync import Progress
    from ingest.read.ocr import Ocr


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--watch", is_flag=True, help="Keep running and pick up new, changed and deleted files.")
@click.option("--prune", is_flag=True, help="Remove documents whose file has gone from the given folders.")
@click.option("--strict", is_flag=True, help="Exit 1 if anything was refused.")
@click.option("--reindex", is_flag=True, help="Build the whole index anew first, beside the current one.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def ingest(paths: tuple[Path, ...], watch: bool, prune: bool, strict: bool, reindex: bool, as_json: bool) -> None:
    """Read files and folders into the store, and publish an index of them.

    Unchanged files are not read again. What cannot be read is refused with its reason; the run goes on.
    """
    from api import settings
    from api.library import encoder, open_store, scans
    from index import sync
    from ingest import pipeline
    from ingest.chunk import passages

    if not paths and not reindex:
        raise click.UsageError("Missing argument 'PATH...'.", click.get_current_context())
    chosen = settings.read()
    load = cache(partial(encoder, chosen))
    recognition = scans(chosen)
    parse = partial(pipeline.parse, ocr=recognition)
    outcomes: list[Outcome] = []
    with open_store(chosen) as store:
        if reindex:
            with _progress("Reindexing", recognition) as progress:
                again = sync.reindex(store, encoder=load, passages=passages, parse=parse, progress=progress)
                outcomes += again
        if paths:
            with _progress("Reading", recognition) as progress:
                outcomes += sync.sync(
                    paths, store=store, encoder=load, parse=parse, passages=passages, prune=prune, progress=progress
                )
        report = _report(outcomes)
        if as_json:
            echo_json(report)
        else:
            _print(report)
        if watch:
            click.echo("watching; Ctrl-C ends it", err=True)
            for outcome in sync.watch(paths, store=store, encoder=load, parse=parse, passages=passages):
                _tell(outcome)
    if strict and report.refused:
        sys.exit(1)


@contextmanager
def _progress(title: str, ocr: Ocr | None) -> Iterator[Callable[[Progress], None] | None]:
    """On a terminal, a bar with documents, passages per second, scanned pages recognised and the time left."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    from ingest.read.ocr import recognised

    class Recognised(ProgressColumn):
        """Pages that Tesseract has read since the bar began, which may be many before a file is done."""

        max_refresh = 1.0
        before = recognised(ocr.folder) if ocr else 0

        def render(self, task: Task) -> Text:
            pages = recognised(ocr.folder) - self.before if ocr else 0
            return Text(f"{pages} pages recognised" if pages else "")

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]:.0f} passages/s"),
        Recognised(),
        TextColumn("time left"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, speed=0.0)

        def shown(progress: Progress) -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            speed = progress.passages / elapsed if elapsed else 0.0
            bar.update(task, completed=progress.done, total=progress.total, speed=speed)

        yield shown


def _report(outcomes: Iterable[Outcome]) -> Report:
    from api.schemas import RefusedFile, Report
    from index.model import Refused

    outcomes = list(outcomes)
    counts = Counter(type(outcome).__name__.lower() for outcome in outcomes)
    refused = [
        RefusedFile(file=outcome.name, reason=outcome.reason) for outcome in outcomes if isinstance(outcome, Refused)
    ]
    return Report(
        added=counts["added"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        removed=counts["removed"],
        refused=refused,
    )


def _print(report: Report) -> None:
    for one in report.refused:
        click.echo(click.style("refused ", fg="yellow") + visible(f"{one.file}: {one.reason}"))
    click.echo(
        f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.removed} removed, {len(report.refused)} refused"
    )


def _tell(outcome: Outcome) -> None:
    """One line for what a watcher saw."""
    from index.model import Refused

    said = outcome.reason if isinstance(outcome, Refused) else outcome.document_id
    click.echo(visible(f"{type(outcome).__name__.lower()} {outcome.name}: {said}"))
