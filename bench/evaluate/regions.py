"""Where clauses stand on scanned pages, against where the letters of the same pages stand.

    python -m bench.evaluate.regions --data ../shared/data

Typed PDFs are made pictures of 200 dpi, straight and turned by a degree and a half as a feeder turns them, and
recognised. A clause that is read with the same beginning and end both times is compared: the overlap of its regions
with those of the typed page, as a share of what both cover together. Boxes of letters are a little looser than those
that are recognised, so that 1 is not reached.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import pypdfium2
from PIL import Image

from api.evaluate.figures import Row, table
from bench.evaluate import sample
from ingest.model import Clause, Region
from ingest.pipeline import parse
from ingest.read.ocr import Ocr

_PAGES = 6
_DPI = 200
_SLOPES = {"straight": 0.0, "turned by 1.5°": 1.5}
_NEAR = 0.8
_EDGE = 8  # characters at either end of a clause by which it is known


def measure(files: Sequence[Path], cache: Path, slope: float) -> Row:
    """The figures of all files at one slope."""
    shares = [share for file in files for share in _shares(file, Ocr(folder=cache), slope)]
    near = sum(share >= _NEAR for share in shares)
    return {"clauses": len(shares), "median overlap": median(shares), f"{_NEAR} and more": near / len(shares)}


def overlap(first: Sequence[Region], second: Sequence[Region]) -> float:
    """The area that both cover as a share of what either covers; the blocks of a clause do not cover each other."""
    both = sum(_common(one, other) for one in first for other in second)
    return both / (sum(map(_area, first)) + sum(map(_area, second)) - both)


def _shares(file: Path, ocr: Ocr, slope: float) -> Iterator[float]:
    data = file.read_bytes()
    scanned = {clause.path: clause for clause in parse(_scan(data, slope), f"{file.stem}-scan.pdf", ocr).clauses}
    for clause in parse(data, file.name).clauses:
        other = scanned.get(clause.path)
        on_them = clause.regions and all(region.page <= _PAGES for region in clause.regions)
        if on_them and other is not None and other.regions and _edges(other) == _edges(clause):
            yield overlap(clause.regions, other.regions)


def _scan(data: bytes, slope: float) -> bytes:
    document = pypdfium2.PdfDocument(data)
    pages: list[Image.Image] = []
    for page in list(document)[:_PAGES]:
        drawn = page.render(scale=_DPI / 72).to_pil().convert("L")
        pages.append(drawn.rotate(slope, Image.Resampling.BILINEAR, fillcolor=255).convert("1", dither=0))
    document.close()
    buffer = io.BytesIO()
    # as in `originals`: no time of making it, so that it is the same file every time
    pages[0].save(
        buffer, "PDF", save_all=True, append_images=pages[1:], resolution=_DPI, creationDate=None, modDate=None
    )
    return buffer.getvalue()


def _edges(clause: Clause) -> tuple[str, str]:
    return clause.text[:_EDGE].lower(), clause.text[-_EDGE:].lower()


def _common(one: Region, other: Region) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide * high if one.page == other.page and wide > 0 and high > 0 else 0.0


def _area(region: Region) -> float:
    return (region.right - region.left) * (region.bottom - region.top)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=sample.ROOT.parent / "shared" / "data")
    parser.add_argument("--cache", type=Path, default=Path("var") / "regions-ocr", help="where recognised pages stay")
    chosen = parser.parse_args()
    files = sorted((chosen.data / "originals").glob("txt_*.pdf"))
    print(table("regions", {name: measure(files, chosen.cache, slope) for name, slope in _SLOPES.items()}))


if __name__ == "__main__":
    main()
