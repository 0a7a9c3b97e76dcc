"""What the edge opens: a search that follows the store from generation to generation."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from api.library import Latest, scans
from api.settings import Settings
from index import sync
from index.model import NoGeneration, Query, Term, Vectors
from index.store import Store
from ingest.chunk import passages
from ingest.pipeline import parse

QUERY = Query(text="báo cáo", language="vi", exact=(Term(text="báo"), Term(text="cáo")), folded=())


class LengthEncoder:
    """Two dimensions: how long a text is, and 1."""

    dimensions = 2
    max_tokens = 100

    def __init__(self, name: str = "length") -> None:
        self.name = name

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        vector = np.array([len(text), 1], dtype=np.float32)
        return vector / np.float32(np.linalg.norm(vector))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def _write(folder: Path, number: int) -> None:
    folder.mkdir(exist_ok=True)
    text = f"Số: {number}/KH-UBND\n\nKẾ HOẠCH\nVề công tác năm\n\n1. Sở Tài chính báo cáo số {number}.\n"
    (folder / f"{number}.txt").write_text(text, encoding="utf-8")


def _ingest(store: Store, folder: Path) -> None:
    list(sync.sync([folder], store=store, encoder=LengthEncoder, parse=parse, passages=passages, workers=0))


def _found(latest: Latest) -> set[str]:
    return {hit.document_id for hit in latest.search(QUERY).hits}


def test_scans_are_kept_under_the_home_within_what_is_set(tmp_path: Path) -> None:
    """The reader with its settings goes to other processes; off is off."""
    chosen = Settings(home=tmp_path, ocr_pages=7, ocr_seconds=60, ocr_processes=3)
    ocr = pickle.loads(pickle.dumps(partial(parse, ocr=scans(chosen)))).keywords["ocr"]
    assert (ocr.folder, ocr.pages, ocr.seconds, ocr.at_a_time) == (tmp_path / "ocr", 7, 60, 3)
    assert scans(chosen.model_copy(update={"ocr": False})) is None


def test_nothing_is_found_before_something_is_published(store: Store) -> None:
    """Opening waits for the first search; without a generation it fails, and tries again the next time."""
    latest = Latest(store, LengthEncoder)
    for _ in range(2):
        with pytest.raises(NoGeneration):
            latest.search(QUERY)


def test_a_new_generation_is_taken_up(store: Store, tmp_path: Path) -> None:
    """What is ingested while the server runs is found without a restart."""
    latest = Latest(store, LengthEncoder)
    for number in (1, 2):
        _write(tmp_path / "in", number)
        _ingest(store, tmp_path / "in")
        assert _found(latest) == {f"{n}-KH-UBND" for n in range(1, number + 1)}


def test_another_encoders_generation_is_left_alone(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A server goes on with what it has, and says so once, until it is started with the other encoder."""
    latest = Latest(store, LengthEncoder)
    _write(tmp_path / "in", 1)
    _ingest(store, tmp_path / "in")
    before = _found(latest)
    list(sync.reindex(store, encoder=lambda: LengthEncoder("other"), passages=passages))
    with caplog.at_level(logging.WARNING, logger="chidao"):
        assert [_found(latest), _found(latest)] == [before, before]
    assert [record.getMessage().split(":")[0] for record in caplog.records] == ["still serving generation 1"]
