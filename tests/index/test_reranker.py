"""A cross-encoder orders the best clauses and nothing else; one that cannot be loaded says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.model import IndexFailure
from index.reranker import CrossEncoderReranker
from index.search import open_search
from index.store import Store
from tests.index.conftest import Ask, HashingEncoder, Run, Write

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "sở", "tài", "chính", "giá")


@dataclass(frozen=True, kw_only=True)
class Shortest:
    """Prefers short texts, and remembers what it was asked."""

    asked: list[str] = field(default_factory=list)

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        self.asked.append(question)
        return np.array([-float(len(text)) for text in texts])


@pytest.fixture
def written(write: Write, run: Run) -> None:
    write("plan.txt", "1 | Sở Tài chính trình phương án giá đất", "2 | Phương án giá", "3 | Rà soát phương án giá đất")
    run()


@pytest.mark.usefixtures("written")
def test_the_best_clauses_are_put_in_order_and_the_scores_stay(store: Store, encoder: HashingEncoder, ask: Ask) -> None:
    plain = open_search(store, encoder).search(ask("Sở Tài chính trình phương án giá đất"))
    reranker = Shortest()
    found = open_search(store, encoder, reranker=reranker).search(ask("Sở Tài chính trình phương án giá đất"))
    assert plain.hits[0].clause == "1"
    assert [hit.clause for hit in found.hits] == ["2", "3", "1"]
    assert [hit.score for hit in found.hits] == [hit.score for hit in plain.hits]
    assert {(hit.clause, hit.words) for hit in found.hits} == {(hit.clause, hit.words) for hit in plain.hits}
    assert found.total == plain.total
    assert reranker.asked == ["Sở Tài chính trình phương án giá đất"]


@pytest.mark.usefixtures("written")
def test_a_search_over_a_new_generation_keeps_it(
    store: Store, encoder: HashingEncoder, ask: Ask, write: Write, run: Run
) -> None:
    search = open_search(store, encoder, reranker=Shortest())
    write("notice.txt", "1 | Giá")
    run()
    assert search.refresh().search(ask("phương án giá")).hits[0].document_id != "plan"


def test_a_local_cross_encoder_gives_a_score_a_text(tmp_path: Path) -> None:
    """The smallest there is, with weights as they fall for one seed: only the way to it is tested."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    (tmp_path / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizerFast(vocab=str(tmp_path / "vocab.txt"), strip_accents=False).save_pretrained(tmp_path)
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    torch.manual_seed(1)
    config = BertConfig(vocab_size=len(WORDS), num_labels=1, initializer_range=1.0, **sizes)
    BertForSequenceClassification(config).save_pretrained(tmp_path)
    reranker = CrossEncoderReranker(str(tmp_path))
    scores = reranker.scores("sở tài chính", ["giá", "sở tài chính", "giá"])
    assert scores.shape == (3,)
    assert scores[0] == pytest.approx(scores[2], abs=1e-5)
    assert abs(scores[0] - scores[1]) > 1e-3
    assert reranker.scores("sở", []).shape == (0,)


def test_one_that_is_not_there_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(IndexFailure, match=r"no-model.*CHIDAO_RERANKER"):
        CrossEncoderReranker(str(tmp_path / "no-model")).scores("giá", ["giá"])
