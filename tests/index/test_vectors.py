"""The vector index: nearest first, inside a restriction, and the same after a trip to the disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import vectors as module
from index.model import IndexFailure
from index.vectors import BYTES_FROM, FaissVectors


@pytest.fixture
def vectors() -> FaissVectors:
    index = FaissVectors.empty(4)
    index.add([10, 20, 30], np.eye(4, dtype=np.float32)[:3])
    return index


def test_the_nearest_comes_first(vectors: FaissVectors) -> None:
    """Scores are cosines of unit vectors."""
    query = np.array([0.6, 0.8, 0, 0], dtype=np.float32)
    found = vectors.search(query, limit=2)
    assert [key for key, _ in found] == [20, 10]
    assert [score for _, score in found] == pytest.approx([0.8, 0.6])


def test_a_search_stays_among_the_given_passages(vectors: FaissVectors) -> None:
    """Keys that are not in the index are no harm."""
    query = np.array([0.6, 0.8, 0, 0], dtype=np.float32)
    found = vectors.search(query, limit=5, passages=np.array([10, 30, 99], dtype=np.int64))
    assert [key for key, _ in found] == [10, 30]


def test_removed_vectors_are_not_found(vectors: FaissVectors) -> None:
    """Removing what is not there changes nothing."""
    vectors.remove([20, 99])
    assert len(vectors) == 2
    assert {key for key, _ in vectors.search(np.ones(4, dtype=np.float32), limit=5)} == {10, 30}


def test_a_text_without_tokens_is_near_nothing(vectors: FaissVectors) -> None:
    """Its vector is zero."""
    assert vectors.search(np.zeros(4, dtype=np.float32), limit=5) == []


def test_vectors_survive_the_disk(vectors: FaissVectors, tmp_path: Path) -> None:
    """Keys, values and dimensions come back."""
    vectors.write(tmp_path / "vectors")
    again = FaissVectors.read(tmp_path / "vectors", mapped=True)
    assert again.dimensions == 4
    query = np.array([0, 0, 1, 0], dtype=np.float32)
    assert again.search(query, limit=1) == vectors.search(query, limit=1)


def test_the_cosine_of_given_passages_is_known(vectors: FaissVectors) -> None:
    """In the order that was asked for."""
    query = np.array([0.6, 0.8, 0, 0], dtype=np.float32)
    assert vectors.cosines(query, np.array([30, 10, 20])).tolist() == pytest.approx([0, 0.6, 0.8])
    assert vectors.cosines(query, np.array([], dtype=np.int64)).tolist() == []


def test_many_vectors_become_bytes_and_still_change(tmp_path: Path) -> None:
    """A quarter of the size; what is near stays near, inside a restriction too."""
    rows = np.random.default_rng(1).standard_normal((BYTES_FROM, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    keys = list(range(7, 7 + len(rows)))
    exact = FaissVectors.empty(16)
    exact.add(keys[:-1], rows[:-1])
    exact.write(tmp_path / "exact")
    exact.add(keys[-1:], rows[-1:])
    exact.write(tmp_path / "bytes")
    assert (tmp_path / "bytes").stat().st_size < (tmp_path / "exact").stat().st_size / 2

    small = FaissVectors.read(tmp_path / "bytes")
    assert [key for key, _ in small.search(rows[40], limit=1)] == [47]
    near = {key for key, _ in exact.search(rows[40], limit=100)}
    assert len(near & {key for key, _ in small.search(rows[40], limit=100)}) > 95
    only = np.array([50, 60], dtype=np.int64)
    assert {key for key, _ in small.search(rows[40], limit=9, passages=only)} == {50, 60}
    assert small.cosines(rows[40], only) == pytest.approx(exact.cosines(rows[40], only), abs=0.02)

    small.remove([47])
    small.add([3], rows[41:42])
    small.write(tmp_path / "again")
    again = FaissVectors.read(tmp_path / "again")
    assert len(again) == BYTES_FROM
    assert {key for key, _ in again.search(rows[41], limit=2)} == {3, 48}


def test_very_many_vectors_lie_in_cells_and_still_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is near is found in the nearest cells, and under a filter in as many as it takes."""
    monkeypatch.setattr(module, "CELLS_FROM", 4_000)
    monkeypatch.setattr(module, "_CELLS", 64)
    monkeypatch.setattr(module, "_PROBED", 16)
    rows = np.random.default_rng(1).standard_normal((4_000, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    exact = FaissVectors.empty(16)
    exact.add(list(range(7, 4_007)), rows)
    exact.write(tmp_path / "cells")

    cells = FaissVectors.read(tmp_path / "cells")
    near = {key for key, _ in exact.search(rows[40], limit=50)}
    found = {key for key, _ in cells.search(rows[40], limit=50)}
    assert len(near & found) > 30
    every = {key for key, _ in cells.search(rows[40], limit=50, passages=np.array(sorted(near)))}
    assert every == near
    assert cells.cosines(rows[40], np.array([50, 60])) == pytest.approx(
        exact.cosines(rows[40], np.array([50, 60])), abs=0.02
    )
    cells.remove([47])
    cells.add([3], rows[41:42])
    cells.write(tmp_path / "again")
    again = FaissVectors.read(tmp_path / "again", mapped=True)
    assert len(again) == 4_000
    assert {key for key, _ in again.search(rows[41], limit=2)} == {3, 48}


def test_a_search_among_no_passages_finds_none(vectors: FaissVectors) -> None:
    """Not all."""
    assert vectors.search(np.ones(4, dtype=np.float32), limit=5, passages=np.zeros(0, dtype=np.int64)) == []


def test_a_damaged_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    """The message names the command that mends it."""
    (tmp_path / "vectors").write_bytes(b"not an index")
    with pytest.raises(IndexFailure, match="--reindex"):
        FaissVectors.read(tmp_path / "vectors")
