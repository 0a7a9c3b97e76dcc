"""Learning the weights of the fusion, and measuring by them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bench.evaluate.retrieval import ENGLISH, UNREAD
from bench.train import data as corpus
from bench.train.fusion import ENGLISH as TRANSLATED
from bench.train.fusion import Studied, learn, share_found
from index.signs import NAMES

TELLING = NAMES.index("pairs held")


def _studied(right: int | None, *, seed: int) -> Studied:
    """Ten passages with signs at random, of which one sign is high for the right one."""
    table = np.random.default_rng(seed).random((10, len(NAMES)))
    answers = np.zeros(10, dtype=bool)
    if right is not None:
        answers[right] = True
        table[right, TELLING] += 1
    return Studied(signs=table, right=answers)


def test_a_sign_that_tells_right_from_wrong_gets_the_weight() -> None:
    """The more, the less it is restrained; and the same data give the same weights."""
    studied = [_studied(seed % 10, seed=seed) for seed in range(60)]
    free, restrained = learn(studied, restraint=0.001), learn(studied, restraint=1.0)
    assert max(free, key=lambda name: free[name]) == NAMES[TELLING]
    assert free[NAMES[TELLING]] > restrained[NAMES[TELLING]] > 0
    assert learn(studied, restraint=0.001) == free


def test_questions_without_a_right_passage_teach_nothing() -> None:
    """They are counted as not found."""
    studied = [_studied(seed % 10, seed=seed) for seed in range(20)]
    lost = [_studied(None, seed=99)]
    assert learn(studied + lost, restraint=0.01) == learn(studied, restraint=0.01)
    assert share_found(studied + lost) == pytest.approx(20 / 21)


def test_without_weights_every_passage_is_alike() -> None:
    """What is measured as `engines`."""
    assert UNREAD.scores(np.ones((3, len(NAMES))), "vi").tolist() == [0, 0, 0]


def test_translated_questions_keep_their_articles(tmp_path: Path) -> None:
    """By the id of the question."""
    (tmp_path / "dev").mkdir()
    rows = [{"id": "a", "question": "Phí là gì?", "relevant": ["1+2"]}, {"id": "b", "question": "?", "relevant": []}]
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "dev" / "statute_questions.dev.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "en.jsonl").write_text('{"id": "a", "question": "What is a fee?"}\n', encoding="utf-8")
    assert corpus.translated(tmp_path, "dev", tmp_path / "en.jsonl") == [
        corpus.Question(text="What is a fee?", relevant=("1+2",))
    ]


def test_the_questions_learned_from_and_measured_with_are_apart() -> None:
    """None is in both files, and none twice in one."""
    learned, measured = (
        [json.loads(line)["id"] for line in file.read_text(encoding="utf-8").splitlines()]
        for file in (TRANSLATED, ENGLISH)
    )
    assert len(set(learned) | set(measured)) == len(learned) + len(measured) == 727
