"""Counts of two versions side by side."""

from __future__ import annotations

from pathlib import Path

from bench.evaluate import sample
from bench.evaluate.clauses import counted, table


def test_a_version_counts_in_its_own_folder(tmp_path: Path) -> None:
    """What it refuses counts as nothing."""
    plan = tmp_path / "ke-hoach.txt"
    plan.write_text(
        "KẾ HOẠCH\nVề rà soát\n\n1. Giao Sở Nội vụ rà soát.\n\n2. Giao Sở Y tế báo cáo.\n", encoding="utf-8"
    )
    empty = tmp_path / "rong.txt"
    empty.write_bytes(b"")
    found = counted(sample.ROOT, [plan, empty], tmp_path / "ocr")
    assert found["rong.txt"] is None
    assert found["ke-hoach.txt"] is not None
    assert found["ke-hoach.txt"][1] == 2


def test_files_that_differ_are_shown_and_all_are_summed() -> None:
    """A file that was refused before is shown with a dash."""
    before, now = {"a": (3, 1), "b": None, "c": (5, 0)}, {"a": (4, 1), "b": (2, 2), "c": (5, 0)}
    lines = [line.split() for line in table(before, now)]
    assert lines[1:] == [
        ["a", "3", "4", "1", "1"],
        ["b", "-", "2", "-", "2"],
        ["all", "3", "files", "8", "11", "1", "3"],
        ["read:", "2", "before,", "3", "now"],
    ]
