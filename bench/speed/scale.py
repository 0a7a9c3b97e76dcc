"""How an index grows: time and memory to build it, room on the disk, and the stages of a search in it.

What goes in are texts as clauses of parsed documents, so this is indexing and searching without reading files.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.evaluate.retrieval import uploads
from bench.speed import process
from bench.speed.material import Collection
from bench.speed.measure import Measure, spread
from bench.speed.stages import CLOCKS, STAGES

PART = "scale"
SEARCH = "stages of a search"


def measure(collection: Collection, size: int, home: Path, questions: Sequence[str]) -> Iterator[Measure]:
    """Build an index of so many texts in `home`, and ask it each of the questions once."""
    made_up = max(0, size - len(collection.articles))
    name = f"{size:,} texts" + (f" ({made_up:,} made up)" if made_up else "")
    built, grown = _build(collection, size, home)
    parts = {
        "passages": (float(built["passages"]), "passages"),
        "build": (built["seconds"], "s"),
        "build, processor": (grown.processor, "s"),
        "build rate": (built["passages"] / built["seconds"], "passages/s"),
        "build, peak memory": (grown.peak, "MiB"),
        "generation on the disk": (_mebibytes(home / "generations"), "MiB"),
        "home on the disk": (_mebibytes(home), "MiB"),
    }
    for what, (value, unit) in parts.items():
        yield _row(name, what, value, unit, size)

    out = home.with_suffix(".stages.json")
    asked = home.with_suffix(".questions.json")
    asked.write_text(json.dumps(questions), encoding="utf-8")
    searched = process.module(home, "bench.speed.stages", str(asked), str(out))
    yield _row(name, "search, peak memory", searched.peak, "MiB", size)
    milliseconds = json.loads(out.read_text(encoding="utf-8"))
    for stage in STAGES:
        for clock in CLOCKS:
            spent = milliseconds[stage][clock]
            yield from spread(SEARCH, f"{name}: {stage}, {clock}", spent, size=size, stage=stage, clock=clock)


def _build(collection: Collection, size: int, home: Path) -> tuple[dict[str, float], process.Run]:
    """What the child says it built, and what it took; the files that it read are gone afterwards."""
    files, out = home.with_suffix(".files"), home.with_suffix(".built.json")
    files.mkdir(parents=True)
    for name, data in uploads(collection.first(size)):
        (files / name).with_suffix(".txt").write_bytes(data)
    grown = process.module(home, "bench.speed.building", str(files), str(out))
    shutil.rmtree(files)
    return json.loads(out.read_text(encoding="utf-8")), grown


def _row(name: str, what: str, value: float, unit: str, size: int) -> Measure:
    return Measure(part=PART, name=f"{name}: {what}", value=value, unit=unit, labels={"size": size, "what": what})


def _mebibytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20
