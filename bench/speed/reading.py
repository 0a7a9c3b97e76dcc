"""Parsing: files to documents, in one process."""

from __future__ import annotations

from collections.abc import Iterator

from bench.speed import material
from bench.speed.material import PAGE_CHARACTERS, Words
from bench.speed.measure import Measure, timed
from ingest.pipeline import parse

PART = "reading"


def measure(words: Words, *, pages: int) -> Iterator[Measure]:
    """The files of corpus/ again and again, and one plan, of about so many pages each."""
    files = material.corpus()
    length = sum(len(data.decode()) for _, data in files)
    repeated = files * max(1, round(pages * PAGE_CHARACTERS / length))
    yield from _speed("corpus/ repeated", repeated)
    clause = len(material.plan(1, clauses=100, words=words)) / 100
    plan = material.plan(1, clauses=round(pages * PAGE_CHARACTERS / clause), words=words)
    yield from _speed("one long plan", [("plan.txt", plan.encode())])


def _speed(name: str, files: list[tuple[str, bytes]]) -> Iterator[Measure]:
    parse(*files[0][::-1])  # the register is read once in a process
    _, seconds = timed(lambda: [parse(data, file) for file, data in files])
    pages = sum(len(data.decode()) for _, data in files) / PAGE_CHARACTERS
    yield Measure(
        part=PART,
        name=f"{name}, {pages:,.0f} pages of {PAGE_CHARACTERS:,} characters",
        value=pages / seconds,
        unit="pages/s",
    )
