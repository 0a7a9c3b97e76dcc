"""The vector index: FAISS, exhaustive inner product. Exact, and fast enough for some hundred thousand passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.model import IndexFailure, Vectors


class VectorIndex(Protocol):
    """Unit vectors under the keys of their passages."""

    def __len__(self) -> int: ...

    def add(self, keys: Sequence[int], vectors: Vectors) -> None: ...

    def remove(self, keys: Sequence[int]) -> None:
        """Keys that are not there are no error."""
        ...

    def search(
        self, vector: Vectors, *, limit: int, passages: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """The nearest passages with their cosine, best first; among `passages` alone where given."""
        ...

    def cosines(self, vector: Vectors, passages: NDArray[np.int64]) -> NDArray[np.float64]:
        """The cosine of each of these passages, which must be there."""
        ...

    def write(self, file: Path) -> None: ...


class FlatVectors:
    """Every vector is compared. Searching is safe from several threads; changing is not."""

    def __init__(self, index: Any) -> None:  # FAISS has no types
        self._index = index

    @classmethod
    def empty(cls, dimensions: int) -> FlatVectors:
        import faiss

        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions)))

    @classmethod
    def read(cls, file: Path) -> FlatVectors:
        """Raises IndexFailure when the file is missing or damaged."""
        import faiss

        try:
            return cls(faiss.read_index(str(file)))
        except RuntimeError as error:
            raise IndexFailure(f"no vectors in {str(file)!r}: run `chidao ingest --reindex`") from error

    @property
    def dimensions(self) -> int:
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, keys: Sequence[int], vectors: Vectors) -> None:
        if keys:
            self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), np.asarray(keys, dtype=np.int64))

    def remove(self, keys: Sequence[int]) -> None:
        if keys:
            self._index.remove_ids(np.asarray(keys, dtype=np.int64))

    def search(
        self, vector: Vectors, *, limit: int, passages: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        import faiss

        # A text without tokens has no direction: nothing is near it.
        if not len(self) or not vector.any():
            return []
        # One core for a query: on a busy machine the threads of FAISS wait for each other longer than they work
        # (80,000 × 256: 5.6 ms on one, 13.3 ms on two). The setting belongs to the calling thread.
        faiss.omp_set_num_threads(1)
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        parameters = selector = None
        if passages is not None:
            # FAISS keeps no reference of its own: `selector` has to live until the search is over.
            selector = faiss.IDSelectorBatch(passages)
            parameters = faiss.SearchParameters()
            parameters.sel = selector
        scores, keys = self._index.search(query, min(limit, len(self)), params=parameters)
        return [(int(key), float(score)) for key, score in zip(keys[0], scores[0], strict=True) if key >= 0]

    def cosines(self, vector: Vectors, passages: NDArray[np.int64]) -> NDArray[np.float64]:
        if not len(passages):
            return np.zeros(0)
        return np.asarray(self._index.reconstruct_batch(passages) @ vector, dtype=np.float64)

    def write(self, file: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(file))
