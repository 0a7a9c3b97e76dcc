"""The learned weights: complete, readable, and worth their place."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index.fusion import FILE, Fusion
from index.model import IndexFailure
from index.signs import NAMES


def _weights(**held: float) -> dict[str, dict[str, float]]:
    table = dict.fromkeys(NAMES, 0.0) | held
    return {"vi": table, "en": table}


def test_a_score_is_the_weighted_sum_and_at_most_1() -> None:
    """In the unit in which all that speaks for a passage does so fully; never negative."""
    fusion = Fusion(_weights(words=3, vector=1, length=-2))  # type: ignore[arg-type]
    table = np.zeros((3, len(NAMES)))
    table[0, [NAMES.index("words"), NAMES.index("vector")]] = 1
    table[1, NAMES.index("vector")] = 1
    table[2, NAMES.index("length")] = 1
    assert fusion.scores(table, "vi").tolist() == [1, 0.25, 0]


def test_weights_for_other_signs_are_refused(tmp_path: Path) -> None:
    """A file of another version would weigh the wrong columns."""
    with pytest.raises(ValueError, match="not the weights"):
        Fusion({"vi": {"words": 1.0}, "en": {"words": 1.0}})
    for held in ("", "[]", json.dumps({"vi": {}})):
        (tmp_path / FILE).write_text(held, encoding="utf-8")
        with pytest.raises(IndexFailure, match="index/weights"):
            Fusion.load(tmp_path)


def test_what_ships_values_what_a_reader_would() -> None:
    """More of the question, its pairs in their order and a heading that says nothing else.

    A run of translated words says nothing of the order of the question.
    """
    fusion = Fusion.load()
    for language in ("vi", "en"):
        for name in ("vector", "pairs held", "heading said", *(("run",) if language == "vi" else ())):
            table = np.zeros((1, len(NAMES)))
            table[0, NAMES.index(name)] = 1
            assert fusion.scores(table, language)[0] > 0, (language, name)
