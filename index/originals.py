"""The original files, kept by what is in them: `<folder>/<sha256>`, so that a copy is stored once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

RECOGNISED = "ocr"
"""The folder of a home under which pages recognised in a file are kept, by the digest of the file."""


class Originals:
    """Files under a folder, named by the SHA-256 of their bytes. A file appears whole or not at all.

    `derived` holds a folder for each digest with what was made of the file; it goes when the file goes.
    """

    def __init__(self, folder: Path, *, derived: Path) -> None:
        self._folder = folder
        self._derived = derived

    def keep(self, data: bytes) -> str:
        """Store the bytes, on the disk when this returns; gives their digest."""
        digest = sha256(data).hexdigest()
        target = self.path(digest)
        if target.exists():
            return digest
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{digest}.{os.getpid()}")
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
        return digest

    def path(self, digest: str) -> Path:
        return self._folder / digest

    def keep_only(self, digests: Collection[str]) -> None:
        """Delete every file whose digest is not among these, and what a crash left behind."""
        if self._folder.is_dir():
            for file in self._folder.iterdir():
                if file.name not in digests:
                    file.unlink()
                    shutil.rmtree(self._derived / file.name, ignore_errors=True)
