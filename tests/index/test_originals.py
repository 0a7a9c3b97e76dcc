"""The original files, and what was made of them."""

from __future__ import annotations

from pathlib import Path

from index.originals import Originals


def test_what_was_made_of_a_file_goes_with_it(tmp_path: Path) -> None:
    """Recognised pages of a removed scan do not stay behind; those of a file that was never kept do."""
    pages = tmp_path / "ocr"
    originals = Originals(tmp_path / "files", derived=pages)
    kept, removed = originals.keep(b"kept"), originals.keep(b"removed")
    for digest in (kept, removed, "refused"):
        (pages / digest).mkdir(parents=True)
        (pages / digest / "0001.json").write_text("{}")
    originals.keep_only({kept})
    assert sorted(folder.name for folder in pages.iterdir()) == sorted([kept, "refused"])
    assert originals.path(kept).read_bytes() == b"kept"
    assert not originals.path(removed).exists()
