"""A generation: words and vectors of one state of the documents, in a folder that never changes once published.

    <home>/generations/12/generation.json   what built it
    <home>/generations/12/words/            Tantivy
    <home>/generations/12/vectors.faiss     FAISS
    <home>/generations/12/texts/            the syllables and tokens of the passages

A new one is built beside the current one from its files and the changes; it counts from the moment the store
says so (`Staging.publish`). The previous one stays for readers that still hold it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from index.encoder import shipped
from index.model import EncoderMismatch, IndexFailure, Vectors
from index.texts import Notes, Texts
from index.vectors import FaissVectors, VectorIndex
from index.words import Indexed, Words, write

_MANIFEST = "generation.json"
_WORDS = "words"
_VECTORS = "vectors.faiss"
_TEXTS = "texts"
# Tantivy replaces these in place of the old ones; every other file of it is written once.
_REWRITTEN = {"meta.json", ".managed.json"}
_LOCKS = {".tantivy-writer.lock", ".tantivy-meta.lock"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What built a generation and what is in it."""

    number: int
    encoder: str
    tokens: str
    """The encoder whose tokens stand in the texts."""
    dimensions: int
    passages: int
    software: str

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Raises IndexFailure when the folder holds no generation."""
        try:
            return cls(**json.loads((folder / _MANIFEST).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexFailure(f"no generation in {str(folder)!r}: run `chidao ingest --reindex`") from error

    def expect(self, encoder: str) -> None:
        """Raises EncoderMismatch unless this encoder built it, and this version of the software."""
        expect(encoder, built_by=self.encoder)
        if not self.is_current:
            raise EncoderMismatch("the index was built by another version of chidao: run `chidao ingest --reindex`")

    @property
    def is_current(self) -> bool:
        """Whether the tokens in its texts are those of the encoder that ships."""
        return self.tokens == shipped().name


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """The engines of one generation, open for reading."""

    manifest: Manifest
    words: Words
    vectors: VectorIndex
    texts: Texts

    @classmethod
    def open(cls, folder: Path) -> Generation:
        """Raises IndexFailure when the folder holds no complete generation."""
        return cls(
            manifest=Manifest.read(folder),
            words=Words.open(folder / _WORDS),
            vectors=FaissVectors.read(folder / _VECTORS, mapped=True),
            texts=Texts.read(folder / _TEXTS),
        )


def expect(encoder: str, *, built_by: str) -> None:
    """Raises EncoderMismatch when an index was built by another encoder than this one."""
    if built_by != encoder:
        raise EncoderMismatch(
            f"the index was built by encoder {built_by!r}, not {encoder!r}: "
            "run `chidao ingest --reindex`, or set CHIDAO_ENCODER back"
        )


def folder_of(home: Path, number: int) -> Path:
    return home / "generations" / str(number)


def is_complete(folder: Path) -> bool:
    return all((folder / name).exists() for name in (_MANIFEST, _WORDS, _VECTORS, _TEXTS))


def build(
    folder: Path,
    *,
    number: int,
    encoder: str,
    dimensions: int,
    base: Path | None,
    removed: Sequence[int],
    words: Iterable[Indexed],
    vectors: Iterable[tuple[Sequence[int], Vectors]],
) -> Manifest:
    """Write a generation into a folder: that of `base` without `removed` (passage keys) and with what is added.

    Without `base` it starts empty. The files are on the disk when this returns; what the folder held is lost.
    """
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    if base is not None:
        _link(base / _WORDS, folder / _WORDS)
    ours = shipped()
    notes = Notes(Texts.empty() if base is None else Texts.read(base / _TEXTS).without(removed), ours.tokens.of)
    write(folder / _WORDS, added=notes.of(words), removed=removed)
    notes.texts().write(folder / _TEXTS)
    held = FaissVectors.empty(dimensions) if base is None else FaissVectors.read(base / _VECTORS)
    held.remove(removed)
    for keys, rows in vectors:
        held.add(keys, rows)
    held.write(folder / _VECTORS)
    manifest = Manifest(
        number=number,
        encoder=encoder,
        tokens=ours.name,
        dimensions=dimensions,
        passages=len(held),
        software=version("chidao"),
    )
    (folder / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
    _to_disk(folder)
    return manifest


def keep_only(home: Path, numbers: Collection[int]) -> None:
    """Delete the folders of all other generations, and what a crash left unfinished."""
    generations = home / "generations"
    if generations.is_dir():
        for folder in generations.iterdir():
            if folder.name not in {str(number) for number in numbers}:
                shutil.rmtree(folder)


def _link(source: Path, target: Path) -> None:
    """The same files in another folder, without copying what is never written again."""
    target.mkdir()
    for file in source.iterdir():
        if file.name in _LOCKS:
            continue
        if file.name in _REWRITTEN:
            shutil.copyfile(file, target / file.name)
        else:
            _link_or_copy(file, target / file.name)


def _link_or_copy(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(file, target)


def _to_disk(folder: Path) -> None:
    """Flush every file and folder below, and the entry of the folder itself."""
    for root, _, files in os.walk(folder):
        for name in (*files, "."):
            _flush(Path(root, name))
    _flush(folder.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
