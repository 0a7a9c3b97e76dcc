"""Abbreviations written out for the search, from a list that an official can edit."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from index.model import IndexFailure
from ingest.text import nfc

FILE = Path(str(files("index"))) / "abbreviations.tsv"


def load(path: Path = FILE) -> Mapping[str, str]:
    """Short form → what it stands for. Raises IndexFailure for a line that is not "short<TAB>long"."""
    found: dict[str, str] = {}
    for number, line in enumerate(nfc(path.read_text(encoding="utf-8")).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        short, tab, long = line.partition("\t")
        if not tab or not short.strip() or not long.strip():
            raise IndexFailure(f"{path.name}, line {number}: not an abbreviation, a tab and its meaning: {line!r}")
        found[short.strip()] = long.strip()
    return found
