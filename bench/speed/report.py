"""The figures as one JSON file: on which machine, over which texts, and each measure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from bench.speed.machine import Machine
from bench.speed.measure import Measure

_TEXTS = "{articles:,} articles of law, those that answer the questions first; what goes beyond them is made up"
_MADE_UP = "all made up of the words of corpus/"


def write(out: Path, machine: Machine, measures: Sequence[Measure], *, articles: int) -> None:
    """`articles` says how many texts of the collection are not made up."""
    held = {
        "taken": date.today().isoformat(),
        "machine": asdict(machine),
        "texts": _TEXTS.format(articles=articles) if articles else _MADE_UP,
        "measures": [asdict(one) for one in measures],
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(held, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")
