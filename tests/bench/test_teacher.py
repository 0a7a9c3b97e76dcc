"""The teacher: short texts, and a loss that is nothing where the pupil sees what the teacher sees."""

from __future__ import annotations

from random import Random

import pytest
import torch
from torch import Tensor, nn

from bench.train.data import Pair
from bench.train.teacher import MOST_CHARACTERS, SHARPNESS, TaughtLoss, lessons


class _Pupil(nn.Module):
    """Its texts are vectors already."""

    def forward(self, features: dict[str, Tensor]) -> dict[str, Tensor]:
        return {"sentence_embedding": features["vectors"]}


def _loss(taught: Tensor, english: Tensor, vietnamese: Tensor) -> float:
    loss = TaughtLoss(_Pupil(), taught, scale=SHARPNESS)
    return float(loss([{"vectors": english}, {"vectors": vietnamese}], torch.arange(len(taught))))


def test_the_loss_is_what_the_pupil_sees_otherwise() -> None:
    """In English and across the languages."""
    taught = torch.nn.functional.normalize(torch.tensor([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0]]), dim=1)
    assert _loss(taught, taught, taught) == pytest.approx(0, abs=1e-6)
    turned = taught @ torch.tensor([[0.0, 1.0], [-1.0, 0.0]])
    assert _loss(taught, turned, turned) == pytest.approx(0, abs=1e-6)  # similarities count, not directions
    assert _loss(taught, taught, taught.flip(0)) > 1
    assert _loss(taught, taught.flip(0)[[1, 0, 2]], taught) > 1


def test_lessons_are_short() -> None:
    """Drawn the same way each time."""
    pairs = [Pair(left="x" * length, right="y") for length in range(2 * MOST_CHARACTERS)]
    found = lessons(pairs, Random(1))
    assert {len(one.left) for one in found} == set(range(MOST_CHARACTERS + 1))
    assert found == lessons(pairs, Random(1))
