"""Damaged files: `python -m bench.fuzz [COUNT] [--seed N] [--data FOLDER]`.

Takes files in turn, damages each (cut off, bits flipped, blocks zeroed or repeated, a part of a package changed, a
wrong suffix) and reads it as `chidao ingest` would. A damaged file must become a document or be refused for a reason
that its reader gives; an error of a parser, a crash, or too much time or memory is a failure. Exits 1 on any.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index.model import Refused
from index.reading import Job, Limits, read_all
from ingest.pipeline import parse
from ingest.read import SUPPORTED

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data" / "originals"
LIMITS = Limits(seconds=60.0)
_LARGEST = 2_000_000
_FAILURES = ("lỗi khi đọc tệp", "chương trình đọc tệp dừng", "đọc tệp cần quá nhiều", "đọc tệp quá lâu")

Damage = Callable[[bytes, random.Random], bytes]


def cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(1, max(len(data), 2))]


def flip(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 4, 32, 256))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def zero(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data))
    size = min(dice.choice((1, 64, 4096)), len(data) - start)
    return data[:start] + bytes(size) + data[start + size :]


def repeat(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data))
    block = data[start : start + dice.choice((16, 512, 8192))]
    return data[:start] + block * dice.choice((2, 20)) + data[start:]


def inside(data: bytes, dice: random.Random) -> bytes:
    """Damage to one part of a package whose checksums are right again."""
    if not data.startswith(b"PK\x03\x04"):
        return flip(data, dice)
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        names = [name for name in package.namelist() if not name.endswith("/")]
        hit = dice.choice([name for name in names if name.endswith(".xml")] or names)
        for name in names:
            part = package.read(name)
            made.writestr(name, dice.choice((cut, flip, repeat))(part, dice) if name == hit and part else part)
    return written.getvalue()


def keep(data: bytes, dice: random.Random) -> bytes:
    """Only the suffix is wrong."""
    return data


DAMAGES: Sequence[Damage] = (cut, flip, zero, repeat, inside, keep)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("count", nargs="?", type=int, default=200, help="damaged files to read")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--data", type=Path, default=DATA, help="folder of files to damage, beside corpus/")
    given = arguments.parse_args()
    files = [
        path
        for folder in (ROOT / "corpus", given.data)
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in SUPPORTED and 0 < path.stat().st_size <= _LARGEST
    ]
    done: Counter[str] = Counter()
    failures: list[str] = []
    slowest = (0.0, "")
    started = before = time.perf_counter()
    for result in read_all(_jobs(files, given.count, given.seed), parse, workers=1, limits=LIMITS):
        name = result.name if isinstance(result, Refused) else result.source.name
        took, before = time.perf_counter() - before, time.perf_counter()
        slowest = max(slowest, (took, name))
        done["refused" if isinstance(result, Refused) else "read"] += 1
        if isinstance(result, Refused) and result.reason.startswith(_FAILURES):
            failures.append(f"{name}: {result.reason}")
    print(
        f"{len(files)} files, {given.count} damaged (seed {given.seed}): "
        f"{done['read']} read, {done['refused']} refused,"
    )
    print(f"{len(failures)} failures, {time.perf_counter() - started:.0f} s, slowest {slowest[0]:.1f} s ({slowest[1]})")
    for failure in failures:
        print(f"  {failure}")
    return 1 if failures else 0


def _jobs(files: Sequence[Path], count: int, seed: int) -> Iterator[Job]:
    for number in range(count):
        path = files[number % len(files)]
        dice = random.Random(seed * 1_000_003 + number)
        damage = dice.choice(DAMAGES)
        suffix = dice.choice(SUPPORTED) if damage is keep or dice.random() < 0.1 else path.suffix
        yield Job(name=f"{number}-{damage.__name__}-{path.stem}{suffix}", data=damage(path.read_bytes(), dice))


if __name__ == "__main__":
    sys.exit(main())
