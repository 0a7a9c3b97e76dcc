"""Indexing: parsed documents to a published generation of words and vectors, in one process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from api.library import encoder, open_store
from api.settings import Settings
from bench.speed.measure import Measure, timed
from index.model import Added, Outcome
from index.sync import sync
from ingest.chunk import passages
from ingest.model import Document

PART = "indexing"


def measure(folder: Path, settings: Settings, parsed: Mapping[str, Document]) -> Iterator[Measure]:
    """Index every file of a folder into the home that is set, then meet the same files again.

    `parsed` holds what the files read as, by name: reading is measured by itself.
    """
    outcomes, seconds = timed(lambda: _index(folder, settings, parsed))
    done = sum(one.passages for one in outcomes if isinstance(one, Added))
    name = f"{done:,} passages of {len(outcomes):,} documents"
    yield Measure(part=PART, name=name, value=done / seconds, unit="passages/s")
    _, again = timed(lambda: _index(folder, settings, {}))
    yield Measure(part=PART, name="the same files again", value=1e3 * again, unit="ms")


def _index(folder: Path, settings: Settings, parsed: Mapping[str, Document]) -> list[Outcome]:
    load = partial(encoder, settings)
    with open_store(settings) as store:
        return list(
            sync(
                [folder],
                store=store,
                encoder=load,
                parse=lambda data, name: parsed[name],
                passages=passages,
                workers=0,
            )
        )
