"""Which FAISS index suits how many vectors: time of a query, recall against exhaustive search, size, time to build.

    python -m bench.speed.vectors --count 100000

The vectors are made up: 256 dimensions, around 1,000 centres as texts lie around their subjects. One thread, as
in `index.vectors`; `filtered` restricts the search to a tenth of the passages.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 256
CENTRES = 1_000
# About as far from their centre as statute articles from the mean of their neighbours.
SPREAD = 1.0
QUERIES = 100
TOP = 100
SEED = 20261121


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--count", type=int, default=100_000, help="how many vectors")
    options.add_argument("--kinds", nargs="+", choices=tuple(KINDS), default=list(KINDS), help="which indexes")
    given = options.parse_args()

    faiss.omp_set_num_threads(1)
    rng = np.random.default_rng(SEED)
    centres = rng.standard_normal((CENTRES, DIMENSIONS), dtype=np.float32)
    vectors, queries = _around(centres, given.count, rng), _around(centres, QUERIES, rng)
    flat = faiss.IndexFlatIP(DIMENSIONS)
    flat.add(vectors)
    nearest = flat.search(queries, TOP)[1]
    allowed = np.packbits(rng.random(given.count) < 0.1, bitorder="little")
    print(f"{given.count:,} vectors  build s    MB  query p50 ms  recall@{TOP}  filtered p50 ms  opened by mmap ms")
    for kind in given.kinds:
        started = time.perf_counter()
        index = KINDS[kind](vectors)
        build = time.perf_counter() - started
        found, seconds = _ask(index, queries)
        _, filtered = _ask(index, queries, allowed)
        size, opened = _on_disk(index)
        recall = np.mean([len(set(a) & set(b)) / TOP for a, b in zip(found, nearest, strict=True)])
        print(
            f"{kind:16} {build:10.1f} {size:5.0f} {1e3 * seconds:13.2f} {recall:11.3f} {1e3 * filtered:16.2f} "
            f"{1e3 * opened:18.2f}",
            flush=True,
        )


def _around(centres: NDArray[np.float32], count: int, rng: np.random.Generator) -> NDArray[np.float32]:
    vectors = centres[rng.integers(len(centres), size=count)]
    vectors += SPREAD * rng.standard_normal(vectors.shape, dtype=np.float32)
    faiss.normalize_L2(vectors)
    return vectors


def _ask(index: Any, queries: NDArray[np.float32], allowed: NDArray[np.uint8] | None = None) -> tuple[list[Any], float]:
    """What each query finds, and the median of the times."""
    found, seconds = [], []
    for query in queries:
        # FAISS keeps no reference of its own to the selector.
        selector = None if allowed is None else faiss.IDSelectorBitmap(allowed)
        parameters = _parameters(index, selector)
        started = time.perf_counter()
        found.append(index.search(query[None], TOP, params=parameters)[1][0])
        seconds.append(time.perf_counter() - started)
    return found, float(np.median(seconds))


def _parameters(index: Any, selector: Any) -> Any:
    if isinstance(index, faiss.IndexHNSW):
        return faiss.SearchParametersHNSW(efSearch=200, sel=selector)
    if isinstance(index, faiss.IndexIVF):
        return faiss.SearchParametersIVF(nprobe=32, sel=selector)
    return None if selector is None else faiss.SearchParameters(sel=selector)


def _on_disk(index: Any) -> tuple[float, float]:
    """Megabytes of the file, and the time to open it without reading it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "vectors.faiss"
        faiss.write_index(index, str(file))
        started = time.perf_counter()
        faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
        return file.stat().st_size / 1e6, time.perf_counter() - started


def _filled(index: Any, vectors: NDArray[np.float32]) -> Any:
    if not index.is_trained:
        index.train(vectors[:: max(1, len(vectors) // 50_000)])
    index.add(vectors)
    return index


def _flat(quantizer: int | None) -> Callable[[NDArray[np.float32]], Any]:
    def build(vectors: NDArray[np.float32]) -> Any:
        empty = (
            faiss.IndexFlatIP(DIMENSIONS)
            if quantizer is None
            else faiss.IndexScalarQuantizer(DIMENSIONS, quantizer, faiss.METRIC_INNER_PRODUCT)
        )
        return _filled(empty, vectors)

    return build


def _hnsw(vectors: NDArray[np.float32]) -> Any:
    return _filled(faiss.IndexHNSWFlat(DIMENSIONS, 32, faiss.METRIC_INNER_PRODUCT), vectors)


def _ivf(vectors: NDArray[np.float32]) -> Any:
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(DIMENSIONS),
        DIMENSIONS,
        1024,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    return _filled(index, vectors)


KINDS: dict[str, Callable[[NDArray[np.float32]], Any]] = {
    "flat": _flat(None),
    "flat fp16": _flat(faiss.ScalarQuantizer.QT_fp16),
    "flat SQ8": _flat(faiss.ScalarQuantizer.QT_8bit),
    "IVF1024 SQ8": _ivf,
    "HNSW32": _hnsw,
}


if __name__ == "__main__":
    main()
