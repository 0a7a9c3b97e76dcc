"""One score for a candidate, from its signs: a weighted sum whose weights were learned from answered questions.

The weights are `weights/fusion.json`, for each language a number by sign; `python -m bench.train.fusion` learns
them. They can be read: what raises a score has a positive weight.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from index.meaning import Column
from index.model import IndexFailure, Language
from index.signs import NAMES

FILE = "fusion.json"


class Fusion:
    """The learned weights. It holds no state of a query: safe to use from several threads."""

    def __init__(self, weights: Mapping[Language, Mapping[str, float]]) -> None:
        """Weights by language and sign. Raises ValueError unless each language has one for every sign."""
        for language in get_args(Language):
            if set(weights.get(language, {})) != set(NAMES):
                raise ValueError(f"not the weights of {', '.join(NAMES)}: {weights.get(language)!r}")
        self._weights = {language: np.array([held[name] for name in NAMES]) for language, held in weights.items()}

    @classmethod
    def load(cls, folder: Path | None = None) -> Fusion:
        """The weights in `folder`, by default those that ship. Raises IndexFailure."""
        folder = folder or Path(str(files("index"))) / "weights"
        try:
            return cls(json.loads((folder / FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, AttributeError) as error:
            raise IndexFailure(
                f"no weights of the fusion in {str(folder)!r}: install chidao again, or copy index/weights there"
            ) from error

    def scores(self, signs: NDArray[np.float64], language: Language) -> Column:
        """A score for each row of signs: 1 where all that speaks for a passage does so fully, and never below 0."""
        weights = self._weights[language]
        scores: Column = np.maximum(signs @ weights / max(weights[weights > 0].sum(), 1e-9), 0.0)
        return scores
