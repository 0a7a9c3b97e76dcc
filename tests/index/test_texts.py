"""The syllables of passages: kept in order, changed and read back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.model import IndexFailure
from index.texts import BREAK, Notes, Texts, number
from index.words import Indexed


def _passage(key: int, text: str, context: str = "") -> Indexed:
    return Indexed(passage=key, document=1, text=text, context=context)


def _texts(*passages: Indexed, base: Texts | None = None) -> Texts:
    notes = Notes(base or Texts.empty())
    assert list(notes.of(passages)) == list(passages)
    return notes.texts()


def _read(texts: Texts, *keys: int) -> list[list[int]]:
    excerpt = texts.excerpt(np.array(keys, dtype=np.int64))
    return [excerpt.syllables[a:b].tolist() for a, b in zip(excerpt.starts[:-1], excerpt.starts[1:], strict=True)]


def _numbers(*words: str) -> list[int]:
    return [number(word) if word else BREAK for word in words]


def test_a_passage_is_its_syllables_with_the_ends_of_its_lines() -> None:
    """The context first; empty lines and punctuation leave nothing."""
    texts = _texts(_passage(3, "Hồ sơ, thủ tục\n\n1. Nộp", context="Nghị định"))
    assert _read(texts, 3) == [_numbers("nghị", "định", "", "hồ", "sơ", "thủ", "tục", "", "1", "nộp", "")]
    assert texts.excerpt(np.array([3])).bodies.tolist() == [3]


def test_an_excerpt_keeps_the_order_that_was_asked_for() -> None:
    """Each passage starts where the one before ends."""
    texts = _texts(_passage(1, "một"), _passage(2, ""), _passage(5, "năm sáu", context="bảy"))
    assert _read(texts, 5, 2, 1) == [_numbers("bảy", "", "năm", "sáu", ""), [], _numbers("một", "")]
    excerpt = texts.excerpt(np.array([5, 2, 1]))
    assert excerpt.starts.tolist() == [0, 5, 5, 7]
    assert excerpt.bodies.tolist() == [2, 5, 5]


def test_texts_change_by_what_goes_and_what_comes() -> None:
    """Keys come in any order and are kept in theirs."""
    base = _texts(_passage(4, "bốn"), _passage(2, "hai"))
    texts = _texts(_passage(7, "bảy"), _passage(3, "ba", context="mười"), base=base.without([4, 99]))
    assert len(texts) == 3
    assert _read(texts, 2, 3, 7) == [_numbers("hai", ""), _numbers("mười", "", "ba", ""), _numbers("bảy", "")]
    assert texts.mean_length == pytest.approx(8 / 3)
    assert len(base) == 2


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """And what is not there is refused with the command that mends it."""
    _texts(_passage(1, "một hai", context="ba")).write(tmp_path / "texts")
    assert _read(Texts.read(tmp_path / "texts"), 1) == [_numbers("ba", "", "một", "hai", "")]
    with pytest.raises(IndexFailure, match="chidao ingest --reindex"):
        Texts.read(tmp_path / "none")


def test_no_syllable_looks_like_the_end_of_a_line() -> None:
    """Whatever it hashes to."""
    assert BREAK not in {number(f"{at}") for at in range(200_000)}
