"""Builds an index in a process of its own, so that its memory can be told from that of others.

    CHIDAO_HOME=HOME python -m bench.speed.building FOLDER OUT

FOLDER holds files that `bench.evaluate.retrieval.parse` reads: reading documents is measured by itself. OUT becomes
what was built, as JSON.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from api import settings
from api.library import encoder, open_store
from bench.evaluate.retrieval import parse
from bench.speed.measure import timed
from index.model import Added, Outcome
from index.sync import sync
from ingest.chunk import passages


def main() -> None:
    folder, out = map(Path, sys.argv[1:])
    outcomes, seconds = timed(lambda: _build(folder))
    done = sum(one.passages for one in outcomes if isinstance(one, Added))
    out.write_text(json.dumps({"seconds": seconds, "passages": done}), encoding="utf-8")


def _build(folder: Path) -> list[Outcome]:
    chosen = settings.read()
    with open_store(chosen) as store:
        load = partial(encoder, chosen)
        return list(sync([folder], store=store, encoder=load, parse=parse, passages=passages, workers=0))


if __name__ == "__main__":
    main()
