"""Meaning: a text may answer without a word of the question."""

from __future__ import annotations

import numpy as np
import pytest

from index.encoder import shipped
from index.meaning import Meaning
from index.ragged import Ragged
from ingest.text import syllables


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning(shipped())


def _passages(*texts: tuple[str, str]) -> Ragged:
    """Passages of a heading and what stands below it."""
    rows, fronts = [], []
    for heading, below in texts:
        front = dict.fromkeys(shipped().tokens.of(syllables(heading)))
        rows.append(np.array([*(front | dict.fromkeys(shipped().tokens.of(syllables(below))))], dtype=np.uint16))
        fronts.append(len(front))
    return Ragged.of(rows, fronts)


def test_the_same_words_are_as_near_as_can_be(meaning: Meaning) -> None:
    """Wherever they stand; in the heading they also count for it."""
    held, meant = meaning.nearness(
        "giấy phép lái xe", _passages(("Giấy phép lái xe", "Nghỉ lễ"), ("", "lái xe giấy phép"))
    )
    assert held == pytest.approx([1, 1], abs=1e-5)
    assert meant == pytest.approx([1, 0], abs=1e-5)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("How much is the fine for drunk driving?", "Mức phạt lái xe say rượu", "Hồ sơ đăng ký kết hôn"),
        ("Which documents to register a marriage?", "Hồ sơ đăng ký kết hôn", "Mức phạt lái xe say rượu"),
        ("xe mô tô chạy quá nhanh", "Tốc độ xe máy", "Lệ phí trước bạ"),
    ],
)
def test_words_of_one_meaning_are_near_without_being_the_same(
    meaning: Meaning, question: str, near: str, far: str
) -> None:
    """In one language and across two, in the text and in the heading."""
    for sign in meaning.nearness(question, _passages((near, ""), (far, ""))):
        assert sign[0] > sign[1] + 0.03


def test_what_has_no_words_is_near_nothing(meaning: Meaning) -> None:
    """Neither a question nor a passage nor none."""
    passages = _passages(("", ""), ("hồ sơ", ""))
    assert [sign.tolist() for sign in meaning.nearness("?!", passages)] == [[0, 0], [0, 0]]
    held, meant = meaning.nearness("hồ sơ", passages)
    assert (held[0], meant[0]) == (0, 0)
    assert [len(sign) for sign in meaning.nearness("hồ sơ", _passages())] == [0, 0]
