"""How many clauses two versions of the reader find in the same files, and where they differ.

    python -m bench.evaluate.clauses FOLDER… [--beside CHECKOUT] [--cache FOLDER]

Prints a line for each file: clauses and assignments of the version in CHECKOUT (`git worktree add ../before COMMIT`)
and of this one. Each version runs in a process of its own, in its own folder; a file that is refused counts as "-".
Pages are recognised once and kept in the cache.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.evaluate import sample

Counts = Mapping[str, tuple[int, int] | None]

# Run in the folder of a version: what it makes of each file. Early versions know nothing of recognition.
_COUNT = """
import json, sys
from pathlib import Path
from ingest import pipeline
from ingest.model import Unreadable
extra = {}
try:
    from ingest.read.ocr import Ocr
    extra = {"ocr": Ocr(folder=Path(sys.argv[1]))}
except ImportError:
    pass
counts = {}
for name in json.load(sys.stdin):
    path = Path(name)
    try:
        found = pipeline.parse(path.read_bytes(), path.name, **extra)
        counts[path.name] = [len(found.clauses), len(found.assignments)]
    except Unreadable:
        counts[path.name] = None
print(json.dumps(counts))
"""


def main() -> int:
    """Prints the table and the sums."""
    parser = argparse.ArgumentParser(prog="python -m bench.evaluate.clauses", description="Count clauses and tasks.")
    parser.add_argument("folders", type=Path, nargs="+", help="folders of documents")
    parser.add_argument("--beside", type=Path, help="a checkout of another version")
    parser.add_argument("--cache", type=Path, required=True, help="where recognised pages are kept")
    given = parser.parse_args()
    files = [path.resolve() for folder in given.folders for path in sorted(folder.iterdir()) if path.is_file()]
    now = counted(sample.ROOT, files, given.cache.resolve())
    before = counted(given.beside.resolve(), files, given.cache.resolve()) if given.beside else now
    for line in table(before, now):
        print(line)
    return 0


def counted(version: Path, files: list[Path], cache: Path) -> Counts:
    """Clauses and assignments of each file, as the version in a folder finds them."""
    done = subprocess.run(
        [sys.executable, "-c", _COUNT, str(cache)],
        input=json.dumps([str(path) for path in files]),
        capture_output=True,
        text=True,
        cwd=version,
        check=True,
    )
    held = json.loads(done.stdout.splitlines()[-1])
    return {name: None if found is None else (found[0], found[1]) for name, found in held.items()}


def table(before: Counts, now: Counts) -> list[str]:
    """The files that differ, then the sums over all."""
    width = max((len(name) for name in now), default=0)
    lines = [f"{'file'.ljust(width)}  clauses before  now  tasks before  now"]
    for name, found in now.items():
        if before[name] != found:
            lines.append(f"{name.ljust(width)}  {_row(before[name], found)}")
    sums = [tuple(sum(found[i] for found in counts.values() if found) for i in (0, 1)) for counts in (before, now)]
    lines.append(f"{f'all {len(now)} files'.ljust(width)}  {_row((sums[0][0], sums[0][1]), (sums[1][0], sums[1][1]))}")
    read = [sum(found is not None for found in counts.values()) for counts in (before, now)]
    lines.append(f"read: {read[0]} before, {read[1]} now")
    return lines


def _row(before: tuple[int, int] | None, now: tuple[int, int] | None) -> str:
    cells = [(found[i] if found else "-") for i in (0, 1) for found in (before, now)]
    return f"{cells[0]!s:>14}  {cells[1]!s:>3}  {cells[2]!s:>12}  {cells[3]!s:>3}"


if __name__ == "__main__":
    sys.exit(main())
