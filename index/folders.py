"""Which files there are to read under the paths that a person names."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from index import archives
from index.model import IndexFailure
from ingest.text import nfc

SKIPPED_NAMES = frozenset({"manifest.toml"})
# Names of files that belong to a program that has a document open, or to the system.
_SKIPPED_STARTS = (".", "~$")


class MissingPath(IndexFailure, FileNotFoundError):
    """A path that was named does not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file. `path` is absolute; `name` is how a person knows it: relative to the folder that was named.

    A `member` of an archive is a file of its own, as if the archive were a folder; `refusal` says why it cannot be.
    """

    path: Path
    name: str
    member: str | None = None
    refusal: str | None = None

    @property
    def key(self) -> str:
        """The path as text; bytes that are no UTF-8 are replaced."""
        path = self.path if self.member is None else self.path / self.member
        return os.fsencode(path).decode("utf-8", errors="backslashreplace")

    @property
    def called(self) -> str:
        """The file's own name, without folders: "ke-hoach.docx", "ho-so.zip/ke-hoach.docx"."""
        return PurePath(self.name).name if self.member is None else f"{self.path.name}/{self.member}"

    def read(self) -> bytes:
        """Its bytes. Raises OSError."""
        return self.path.read_bytes() if self.member is None else archives.read(self.path, self.member)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Files in order of their names, and the folders among the paths that were named."""

    files: tuple[Found, ...]
    folders: tuple[Path, ...]

    def covers(self, path: str) -> bool:
        """Whether a file of this path would lie in one of the folders."""
        return any(Path(path).is_relative_to(folder) for folder in self.folders)


def walk(paths: Sequence[Path], *, suffixes: Collection[str], without: Path) -> Walk:
    """All files of these suffixes (lower case, with their dot) in the folders, and every file named itself; an
    archive stands for the documents in it.

    Hidden files, lock files of Word, manifest.toml and the folder `without` are passed over; folders behind
    symbolic links are not entered. Raises MissingPath before anything is read.
    """
    absolute = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - resolve() follows links
    for given, path in zip(paths, absolute, strict=True):
        if not path.exists():
            raise MissingPath(f"no such file or folder: {str(given)!r}")
    found: dict[Path, Found] = {}
    for path in absolute:
        if path.is_dir():
            for file in _below(path, suffixes, without.absolute()):
                found.setdefault(file, Found(path=file, name=_name(file.relative_to(path))))
        else:
            found.setdefault(path, Found(path=path, name=_name(Path(path.name))))
    files = tuple(file for listed in found.values() for file in _opened(listed, suffixes))
    return Walk(files=files, folders=tuple(path for path in absolute if path.is_dir()))


def _opened(file: Found, suffixes: Collection[str]) -> list[Found]:
    """The documents of an archive, or the file itself."""
    if file.path.suffix.lower() != archives.SUFFIX:
        return [file]
    inside = archives.members(file.path, lambda name: is_document(name, suffixes))
    if inside is None:
        return [file]
    return [
        Found(path=file.path, name=f"{file.name}/{member.name}", member=member.name, refusal=member.refusal)
        for member in inside
    ]


def is_document(name: str, suffixes: Collection[str]) -> bool:
    """Whether a file of this name is looked at in a folder."""
    return not name.startswith(_SKIPPED_STARTS) and name not in SKIPPED_NAMES and Path(name).suffix.lower() in suffixes


def _below(folder: Path, suffixes: Collection[str], without: Path) -> list[Path]:
    found: list[Path] = []
    for root, folders, names in os.walk(folder):
        inside = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and inside / name != without)
        found += [inside / name for name in sorted(names) if is_document(name, suffixes)]
    return found


def _name(path: Path) -> str:
    return nfc(os.fsencode(path).decode("utf-8", errors="backslashreplace"))
