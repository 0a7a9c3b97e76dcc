"""The vector index: FAISS, inner product; exact for few passages, over bytes for many, in cells for very many."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.model import IndexFailure, Vectors

# From so many passages on, a coordinate is kept in a byte between the least and the greatest that there are. Measured
# on 100,000 vectors (python -m bench.speed.vectors): .998 of the nearest hundred, a quarter of the file, and a query
# in 1.5 ms instead of 6 to 56, as the memory of a shared machine allows.
BYTES_FROM = 50_000
# And from so many on, only the vectors of the nearest cells are compared (IVF), an eighth of them. Of the nearest fifty
# to questions over 96,482 articles that finds .96, and a thirty-second .93; on a million vectors that one took .9 ms,
# all of them 24. Cells are learned once, and anew by `chidao ingest --reindex`.
CELLS_FROM = 300_000
_CELLS = 1024
_PROBED = 128
_TRAINED_ON = 100_000
_ADDED_AT_ONCE = 100_000


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


class FaissVectors:
    """Searching is safe from several threads; changing is not. What was once written as bytes or in cells stays so."""

    def __init__(self, index: Any) -> None:  # FAISS has no types
        self._index = index

    @classmethod
    def empty(cls, dimensions: int) -> FaissVectors:
        import faiss

        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions)))

    @classmethod
    def read(cls, file: Path, *, mapped: bool = False) -> FaissVectors:
        """Raises IndexFailure when the file is missing or damaged.

        `mapped` leaves the vectors in the file until they are needed; such an index cannot be changed.
        """
        import faiss

        try:
            return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC if mapped else 0))
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
        if not len(self) or not vector.any() or (passages is not None and not len(passages)):
            return []
        # One core for a query: on a busy machine the threads of FAISS wait for each other longer than they work
        # (80,000 × 256: 5.6 ms on one, 13.3 ms on two). The setting belongs to the calling thread.
        faiss.omp_set_num_threads(1)
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        parameters = self._parameters(len(self) if passages is None else len(passages))
        bits = None
        if passages is not None:
            # A bit for each key is looked up in no time; IDSelectorBatch took twelve times as long as the search
            # without it. FAISS keeps no references: `selector` and `bits` have to live until the search is over.
            bits = _bits(passages)
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg]  # the wrapper counts them itself
            parameters.sel = selector
        scores, keys = self._index.search(query, min(limit, len(self)), params=parameters)
        return [(int(key), float(score)) for key, score in zip(keys[0], scores[0], strict=True) if key >= 0]

    def cosines(self, vector: Vectors, passages: NDArray[np.int64]) -> NDArray[np.float64]:
        if not len(passages):
            return np.zeros(0)
        return np.asarray(self._index.reconstruct_batch(passages) @ vector, dtype=np.float64)

    def write(self, file: Path) -> None:
        """As few bytes as so many passages are to have."""
        import faiss

        index = self._index
        if len(self) >= CELLS_FROM and not self._in_cells:
            index = self._filled(self._cells())
        elif len(self) >= BYTES_FROM and self._exact:
            index = self._filled(self._bytes())
        faiss.write_index(index, str(file))

    def _parameters(self, among: int) -> Any:
        """The fewer passages are allowed, the more cells are probed, so that as many vectors are compared."""
        import faiss

        if not self._in_cells:
            return faiss.SearchParameters()
        parameters = faiss.SearchParametersIVF()
        parameters.nprobe = min(self._index.nlist, _PROBED * len(self) // among)
        return parameters

    @property
    def _in_cells(self) -> bool:
        import faiss

        return isinstance(self._index, faiss.IndexIVF)

    @property
    def _exact(self) -> bool:
        import faiss

        return not self._in_cells and isinstance(faiss.downcast_index(self._index.index), faiss.IndexFlat)

    def _bytes(self) -> Any:
        import faiss

        return faiss.IndexIDMap2(
            faiss.IndexScalarQuantizer(self.dimensions, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
        )

    def _cells(self) -> Any:
        import faiss

        centres = faiss.IndexFlatIP(self.dimensions)
        index = faiss.IndexIVFScalarQuantizer(
            centres, self.dimensions, _CELLS, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        # Vectors are taken out and read by their keys.
        index.set_direct_map_type(faiss.DirectMap.Hashtable)  # type: ignore[attr-defined]
        return index

    def _filled(self, index: Any) -> Any:
        """An empty index with what is in this one."""
        import faiss

        keys = faiss.vector_to_array(self._index.id_map)
        index.train(self._index.reconstruct_batch(keys[:: max(1, len(keys) // _TRAINED_ON)]))
        for start in range(0, len(keys), _ADDED_AT_ONCE):
            some = keys[start : start + _ADDED_AT_ONCE]
            index.add_with_ids(self._index.reconstruct_batch(some), some)
        return index


def _bits(keys: NDArray[np.int64]) -> Any:
    """One bit for every key up to the highest, set for those that are given; eight to a byte, the lowest first."""
    held = np.zeros(int(keys.max(initial=0)) + 1, dtype=bool)
    held[keys] = True
    return np.packbits(held, bitorder="little")
