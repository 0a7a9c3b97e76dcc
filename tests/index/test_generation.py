"""Generations: built beside each other, and never changed once built."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from index import generation
from index.generation import Generation, Manifest
from index.model import EncoderMismatch, IndexFailure
from index.words import Indexed
from tests.index.conftest import Ask


def _build(folder: Path, *keys: int, base: Path | None = None, removed: tuple[int, ...] = ()) -> Manifest:
    return generation.build(
        folder,
        number=1,
        encoder="e",
        dimensions=4,
        base=base,
        removed=removed,
        words=[Indexed(passage=key, document=1, text=f"từ số {key}", context="") for key in keys],
        vectors=[(list(keys), np.eye(4, dtype=np.float32)[: len(keys)])],
    )


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.endswith(".lock")
    }


def test_a_generation_says_what_built_it(tmp_path: Path) -> None:
    """Encoder, dimensions, software, and how much is in it."""
    built = _build(tmp_path / "1", 1, 2)
    opened = Generation.open(tmp_path / "1")
    assert opened.manifest == built
    assert (built.encoder, built.dimensions, built.passages) == ("e", 4, 2)
    assert built.software
    assert len(opened.words) == len(opened.vectors) == 2


def test_the_next_generation_leaves_the_one_before_alone(tmp_path: Path, ask: Ask) -> None:
    """Not a byte of it changes, though they share their files."""
    _build(tmp_path / "1", 1, 2)
    before = _digests(tmp_path / "1")
    _build(tmp_path / "2", 3, base=tmp_path / "1", removed=(1,))
    assert _digests(tmp_path / "1") == before
    old, new = Generation.open(tmp_path / "1"), Generation.open(tmp_path / "2")
    assert {key for key, _ in old.words.search(ask("từ số"), limit=9)} == {1, 2}
    assert {key for key, _ in new.words.search(ask("từ số"), limit=9)} == {2, 3}
    assert {key for key, _ in new.vectors.search(np.ones(4, dtype=np.float32), limit=9)} == {2, 3}


def test_a_reader_outlives_its_folder(tmp_path: Path, ask: Ask) -> None:
    """What is open stays readable when its files are deleted."""
    _build(tmp_path / "generations" / "1", 1, 2)
    opened = Generation.open(tmp_path / "generations" / "1")
    generation.keep_only(tmp_path, {2, 3})
    assert not (tmp_path / "generations" / "1").exists()
    assert len(opened.words.search(ask("từ"), limit=9)) == 2


def test_another_encoder_is_told_how_to_mend_it() -> None:
    """Both names and the command."""
    generation.expect("e", built_by="e")
    with pytest.raises(EncoderMismatch, match=r"'e'.*'f'.*chidao ingest --reindex"):
        generation.expect("f", built_by="e")


def test_an_incomplete_generation_is_refused(tmp_path: Path) -> None:
    """With the command that builds another."""
    _build(tmp_path / "1", 1)
    (tmp_path / "1" / "generation.json").write_text("{}")
    with pytest.raises(IndexFailure, match="--reindex"):
        Generation.open(tmp_path / "1")
