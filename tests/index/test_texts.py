"""The syllables of passages: kept in order, changed and read back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from index.model import IndexFailure
from index.ragged import Ragged
from index.texts import BREAK, Notes, Texts, number
from index.words import Indexed


def _passage(key: int, text: str, context: str = "") -> Indexed:
    return Indexed(passage=key, document=1, text=text, context=context)


def _tokenize(words: Sequence[str]) -> list[int]:
    """The length of each word."""
    return [len(word) for word in words]


def _texts(*passages: Indexed, base: Texts | None = None) -> Texts:
    notes = Notes(base or Texts.empty(), _tokenize)
    assert list(notes.of(passages)) == list(passages)
    return notes.texts()


def _read(texts: Texts, *keys: int) -> list[list[int]]:
    return _rows(texts.excerpt(np.array(keys, dtype=np.int64)).syllables)


def _rows(held: Ragged) -> list[list[int]]:
    return [held.values[a:b].tolist() for a, b in pairwise(held.starts.tolist())]


def _numbers(*words: str) -> list[int]:
    return [number(word) if word else BREAK for word in words]


def test_a_passage_is_its_syllables_with_the_ends_of_its_lines() -> None:
    """The context first; empty lines and punctuation leave nothing."""
    texts = _texts(_passage(3, "Hồ sơ, thủ tục\n\n1. Nộp", context="Nghị định"))
    assert _read(texts, 3) == [_numbers("nghị", "định", "", "hồ", "sơ", "thủ", "tục", "", "1", "nộp", "")]
    assert texts.excerpt(np.array([3])).syllables.fronts.tolist() == [3]


def test_a_passage_has_every_token_once_with_those_of_its_heading_in_front() -> None:
    """The line above it counts, what is above that does not."""
    texts = _texts(_passage(3, "Hồ sơ\nnghiêng hồ", context="a\nNghị định"), _passage(4, ""))
    held = texts.excerpt(np.array([4, 3])).tokens
    assert _rows(held) == [[], [2, 4, 7]]
    assert held.fronts.tolist() == [0, 1]


def test_an_excerpt_keeps_the_order_that_was_asked_for() -> None:
    """Each passage starts where the one before ends."""
    texts = _texts(_passage(1, "một"), _passage(2, ""), _passage(5, "năm sáu", context="bảy"))
    assert _read(texts, 5, 2, 1) == [_numbers("bảy", "", "năm", "sáu", ""), [], _numbers("một", "")]
    syllables = texts.excerpt(np.array([5, 2, 1])).syllables
    assert syllables.starts.tolist() == [0, 5, 5, 7]
    assert syllables.fronts.tolist() == [2, 0, 0]


def test_texts_change_by_what_goes_and_what_comes() -> None:
    """Keys come in any order and are kept in theirs."""
    base = _texts(_passage(4, "bốn"), _passage(2, "hai"))
    texts = _texts(_passage(7, "bảy"), _passage(3, "ba", context="mười"), base=base.without([4, 99]))
    assert len(texts) == 3
    assert _rows(texts.excerpt(np.array([7, 2])).tokens) == [[3], [3]]
    assert _read(texts, 2, 3, 7) == [_numbers("hai", ""), _numbers("mười", "", "ba", ""), _numbers("bảy", "")]
    assert texts.mean_length == pytest.approx(8 / 3)
    assert len(base) == 2


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """And what is not there is refused with the command that mends it."""
    _texts(_passage(1, "một hai", context="bảy")).write(tmp_path / "texts")
    texts = Texts.read(tmp_path / "texts")
    assert _read(texts, 1) == [_numbers("bảy", "", "một", "hai", "")]
    assert _rows(texts.excerpt(np.array([1])).tokens) == [[3]]
    with pytest.raises(IndexFailure, match="chidao ingest --reindex"):
        Texts.read(tmp_path / "none")


def test_no_syllable_looks_like_the_end_of_a_line() -> None:
    """Whatever it hashes to."""
    assert BREAK not in {number(f"{at}") for at in range(200_000)}
