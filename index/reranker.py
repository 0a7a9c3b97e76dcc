"""A cross-encoder that puts the best clauses in order: it reads question and clause together, which takes its time.

Off unless one is set. It decides the order of the best alone: the scores stay as the search gave them, because answers
are judged by how far a score is from the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.model import IndexFailure

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

MOST = 30
"""Clauses that are read."""


class RerankerUnavailable(IndexFailure):
    """The cross-encoder that is set cannot be loaded."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"cannot load the cross-encoder {name!r}: {reason}; set CHIDAO_RERANKER to the folder of a "
            "sentence-transformers cross-encoder or to its name on the hub, or unset it"
        )


class Reranker(Protocol):
    """Says how well texts answer a question."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """Shape (len(texts),), higher is better. Raises RerankerUnavailable."""
        ...


class CrossEncoderReranker:
    """Any cross-encoder of sentence-transformers with one score, loaded when it is first needed."""

    def __init__(self, name: str) -> None:
        """`name`: a folder, or a name on the hub, which is asked only for what the local cache has not."""
        self._name = name
        self._lock = Lock()

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        if not texts:
            return np.zeros(0)
        with self._lock:
            model = self._model
        scores = np.asarray(model.predict([(question, text) for text in texts], show_progress_bar=False), dtype=float)
        if scores.shape != (len(texts),):
            raise RerankerUnavailable(self._name, f"it gives {scores.shape[-1]} scores for a pair instead of one")
        return scores

    @cached_property
    def _model(self) -> CrossEncoder:
        # torch brings seconds of imports
        from sentence_transformers import CrossEncoder

        def loaded(*, local_files_only: bool) -> CrossEncoder:
            model: CrossEncoder = CrossEncoder(self._name, device="cpu", local_files_only=local_files_only)
            return model

        try:
            try:
                return loaded(local_files_only=True)
            except OSError:
                return loaded(local_files_only=False)
        except Exception as error:
            raise RerankerUnavailable(self._name, str(error).partition("\n")[0]) from error
