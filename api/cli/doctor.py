"""`chidao doctor`: what is in order, what is not, and the command that mends it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from api.settings import Settings
    from index.store import Store

LIBRARIES = ("sentence-transformers", "torch", "faiss-cpu", "tantivy", "fastapi", "uvicorn")
# Programs that reading some formats needs, and the Debian package that has each; nothing is broken without them.
PROGRAMS = {
    "soffice": ("libreoffice-writer", ".doc, .odt and whole .rtf"),
    "antiword": ("antiword", ".doc where LibreOffice is not installed"),
}
OLDEST_PYTHON = (3, 11)
LEAST_FREE = 1_000_000_000
"""Bytes: a generation is built beside the current one, so there must be room for both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `remedy` is null where nothing is wrong."""

    subject: str
    state: str
    remedy: str | None = None


@click.command()
def doctor() -> None:
    """Look at everything that an answer needs; exit 1 if something is broken."""
    from api import settings

    findings = list(_examined(settings.read()))
    for one in findings:
        mark = click.style("ok  ", fg="green") if one.remedy is None else click.style("bad ", fg="red")
        click.echo(f"{mark}{one.subject:<22}{one.state}" + (f": {one.remedy}" if one.remedy else ""))
    if any(one.remedy is not None for one in findings):
        sys.exit(1)


def _examined(chosen: Settings) -> Iterator[Finding]:
    from index.model import IndexFailure
    from index.store import Store

    yield from _software()
    yield from _programs()
    yield _scans(chosen)
    home = chosen.home.resolve()
    if not home.is_dir():
        yield Finding(
            subject="home", state=f"{home} does not exist yet", remedy="run `chidao ingest FOLDER` to make it"
        )
        yield from _encoder(chosen, None)
        return
    writable = os.access(home, os.W_OK | os.X_OK)
    remedy = None if writable else "give yourself the right to write there, or set CHIDAO_HOME"
    yield Finding(subject="home", state=str(home), remedy=remedy)
    free = shutil.disk_usage(home).free
    yield Finding(
        subject="disk",
        state=f"{free / 1e9:.1f} GB free",
        remedy=None if free >= LEAST_FREE else "make room: a new index is built beside the current one",
    )
    try:
        store = Store.open(home)
    except IndexFailure as failure:
        yield Finding(subject="store", state=str(failure), remedy="restore a backup, or ingest the files anew")
        yield from _encoder(chosen, None)
        return
    with store:
        counts = store.counts()
        listed = ", ".join(f"{counts[name]} {name}" for name in ("documents", "clauses", "assignments"))
        yield Finding(subject="store", state=f"{listed}; tables up to date")
        yield from _waiting(counts["waiting"])
        yield from _encoder(chosen, store)


def _software() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    old = sys.version_info < OLDEST_PYTHON
    yield Finding(
        subject="python",
        state=platform.python_version(),
        remedy="install Python 3.11 or newer" if old else None,
    )
    yield Finding(subject="chidao", state=version("chidao"))
    for library in LIBRARIES:
        try:
            yield Finding(subject=library, state=version(library))
        except PackageNotFoundError:
            yield Finding(subject=library, state="is not installed", remedy="run `make run`, which installs it")


def _programs() -> Iterator[Finding]:
    for program, (package, formats) in PROGRAMS.items():
        path = shutil.which(program)
        yield Finding(subject=program, state=path or f"not installed; `apt-get install {package}` to read {formats}")


def _scans(chosen: Settings) -> Finding:
    """Whether scans can be read. They need not be: without Tesseract they are refused, and all else is read."""
    from api.library import scans
    from ingest.read import tesseract
    from ingest.read.ocr import recognised

    ocr = scans(chosen)
    if ocr is None:
        return Finding(subject="scans", state="are refused, because CHIDAO_OCR is false")
    missing = tesseract.missing()
    if missing is not None:
        return Finding(subject="scans", state=f"are refused: {missing}")
    kept = recognised(ocr.folder)
    return Finding(
        subject="scans",
        state=f"Tesseract {tesseract.version()} with Vietnamese, {ocr.at_a_time} pages at a time; {kept} recognised",
    )


def _waiting(documents: int) -> Iterator[Finding]:
    if documents:
        yield Finding(
            subject="unpublished",
            state=f"{documents} documents were read but not indexed",
            remedy="run `chidao ingest` again; it takes up where it stopped",
        )


def _encoder(chosen: Settings, store: Store | None) -> Iterator[Finding]:
    """The encoder, and the generation that must have been built by it."""
    from api.library import encoder
    from index.model import IndexFailure

    try:
        loaded = encoder(chosen)
    except IndexFailure as failure:
        yield Finding(subject="encoder", state=chosen.encoder, remedy=str(failure))
        return
    yield Finding(subject="encoder", state=f"{loaded.name}, {loaded.dimensions} dimensions")
    if store is not None:
        yield _generation(store, loaded.name)


def _generation(store: Store, encoder: str) -> Finding:
    from index.generation import Manifest, folder_of, is_complete
    from index.model import IndexFailure

    number = store.generation()
    if number is None:
        return Finding(subject="generation", state="nothing is indexed yet", remedy="run `chidao ingest FOLDER`")
    folder = folder_of(store.home, number)
    if not is_complete(folder):
        return Finding(
            subject="generation",
            state=f"files of generation {number} are missing",
            remedy="run `chidao ingest --reindex`",
        )
    try:
        manifest = Manifest.read(folder)
        manifest.expect(encoder)
    except IndexFailure as failure:
        return Finding(subject="generation", state=f"{number}", remedy=str(failure))
    return Finding(subject="generation", state=f"{number}, {manifest.passages} passages")
