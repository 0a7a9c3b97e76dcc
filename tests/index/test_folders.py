"""Which files a run looks at."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.folders import MissingPath, walk

SUFFIXES = (".txt", ".pdf")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.PDF",
        "notes.xyz",
        "manifest.toml",
        ".hidden.txt",
        "~$a.txt",
        "sub/c.txt",
        ".git/d.txt",
        "var/e.txt",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return tmp_path


def test_documents_of_a_folder_are_found_by_their_suffix(tree: Path) -> None:
    """In order; hidden files, lock files, the manifest and the home of the store are passed over."""
    found = walk([tree], suffixes=SUFFIXES, without=tree / "var")
    assert [file.name for file in found.files] == ["a.PDF", "b.txt", "sub/c.txt"]
    assert all(file.path.is_absolute() for file in found.files)


def test_a_file_that_is_named_is_taken_whatever_its_suffix(tree: Path) -> None:
    """The reader says what is wrong with it."""
    found = walk([tree / "notes.xyz"], suffixes=SUFFIXES, without=tree / "var")
    assert [file.name for file in found.files] == ["notes.xyz"]


def test_a_file_named_twice_is_read_once(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By itself and by its folder, absolute and relative."""
    monkeypatch.chdir(tree)
    found = walk([tree / "sub", Path("sub/c.txt"), Path("sub/../sub")], suffixes=SUFFIXES, without=tree / "var")
    assert [file.path for file in found.files] == [tree / "sub/c.txt"]


def test_a_missing_path_is_named(tree: Path) -> None:
    """As it was given."""
    with pytest.raises(MissingPath, match=r"no such file or folder: 'nowhere/x\.txt'"):
        walk([tree, Path("nowhere/x.txt")], suffixes=SUFFIXES, without=tree / "var")


def test_a_walk_covers_its_folders_only(tree: Path) -> None:
    """A folder whose name only begins the same is another one."""
    found = walk([tree / "sub"], suffixes=SUFFIXES, without=tree / "var")
    assert found.covers(str(tree / "sub" / "gone.txt"))
    assert not found.covers(str(tree / "subway" / "gone.txt"))
    assert not found.covers("upload:12-KH-UBND.2024")


def test_a_name_that_is_no_utf8_is_still_a_name(tree: Path) -> None:
    """Files of old systems carry names in TCVN3."""
    (tree / b"c\xabng.txt".decode("utf-8", "surrogateescape")).write_text("x")
    found = walk([tree], suffixes=SUFFIXES, without=tree / "var")
    odd = next(file for file in found.files if file.name.startswith("c"))
    assert odd.name == "c\\xabng.txt"
    odd.key.encode("utf-8")
