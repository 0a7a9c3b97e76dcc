"""Archives (.zip) as folders: which documents they hold, and their bytes, within bounds.

An archive within an archive is opened, one within that is not. Names that lead out of the archive or hold control
characters are refused by name; what is packed a thousandfold is refused before it is unpacked.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ingest.text import nfc

SUFFIX = ".zip"

MOST = 5_000
"""Entries of one archive."""
LARGEST = 256 * 1024 * 1024
"""Bytes of one entry, unpacked."""
WHOLE = 2 * 1024**3
"""Bytes of all entries that are documents, unpacked."""
RATIO = 200
"""Unpacked size beside packed size, of entries over a megabyte: text packs tenfold, a bomb a thousandfold."""
_SMALL = 1024 * 1024
_DEEPEST = 2

# Word and OpenDocument files are archives of another kind.
_PACKAGES = ("[Content_Types].xml", "mimetype")

_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An entry of an archive. `name` is how a person knows it: "mau/phu-luc.doc", "trong.zip/quyet-dinh.docx".

    `refusal` says why it is not read, in Vietnamese; such a member has no bytes.
    """

    name: str
    refusal: str | None = None


def members(file: Path | BinaryIO, is_document: Callable[[str], bool]) -> list[Member] | None:
    """The documents of an archive in order of their names; None for a file that is no archive of documents.

    `is_document` tells by a file's name whether it is looked at.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            if any(package in archive.namelist() for package in _PACKAGES):
                return None
            found = sorted(
                _members(archive, is_document, 1, _Budget(bytes=WHOLE, entries=MOST)), key=lambda member: member.name
            )
    except _DAMAGED:
        return None
    return found or None


def read(file: Path | BinaryIO, name: str) -> bytes:
    """The bytes of a member. Raises OSError where it cannot be had any more."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _bytes(archive, name, 1)
    except OSError:
        raise
    except (*_DAMAGED, KeyError) as error:
        raise OSError(f"damaged or changed archive: {error}") from error


def still_there(path: str) -> bool:
    """Whether a file, or a member written as `<archive>/<name>`, exists."""
    file = Path(path)
    if file.exists():
        return True
    archive = next((above for above in file.parents if above.suffix.lower() == SUFFIX and above.is_file()), None)
    if archive is None:
        return False
    found = members(archive, lambda name: True) or []
    return file.relative_to(archive).as_posix() in {member.name for member in found}


@dataclass(slots=True, kw_only=True)
class _Budget:
    """What may still be unpacked of the whole archive."""

    bytes: int
    entries: int


def _members(
    archive: zipfile.ZipFile, is_document: Callable[[str], bool], depth: int, budget: _Budget
) -> Iterator[Member]:
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        budget.entries -= 1
        if budget.entries < 0:
            yield Member(name="…", refusal=f"tệp nén có hơn {MOST} tệp; hãy chia nhỏ tệp nén rồi nạp lại")
            return
        name = _name(entry)
        last = name.rpartition("/")[2]
        nested = last.lower().endswith(SUFFIX)
        if not nested and not is_document(last):
            continue
        refusal = _refusal(entry, name, budget)
        if refusal is not None:
            yield Member(name=_shown(name), refusal=refusal)
        elif nested and depth < _DEEPEST:
            with _inner(archive, entry) as inner:
                if inner is None:
                    yield Member(name=name, refusal="tệp nén bị hỏng; hãy nén lại rồi nạp lại")
                    continue
                for member in _members(inner, is_document, depth + 1, budget):
                    yield Member(name=f"{name}/{member.name}", refusal=member.refusal)
        elif nested:
            yield Member(name=name, refusal="tệp nén lồng nhau quá hai tầng; hãy giải nén rồi nạp lại")
        else:
            yield Member(name=name)


def _refusal(entry: zipfile.ZipInfo, name: str, budget: _Budget) -> str | None:
    if not _is_safe(name):
        return "tên tệp trong tệp nén không an toàn (“..”, đường dẫn tuyệt đối hoặc ký tự điều khiển); hãy đổi tên"
    if entry.flag_bits & 0x1:
        return "tệp nén được đặt mật khẩu; hãy giải nén rồi nạp lại"
    if entry.file_size > LARGEST:
        return f"giải nén ra lớn hơn {LARGEST // 2**20} MB; hãy tách tệp rồi nạp lại"
    if entry.file_size > _SMALL and entry.file_size > RATIO * max(entry.compress_size, 1):
        return "tỷ lệ nén bất thường (có thể là bom nén); hãy giải nén và kiểm tra trước khi nạp"
    budget.bytes -= entry.file_size
    if budget.bytes < 0:
        return f"tệp nén giải ra quá lớn (trên {WHOLE // 2**30} GB); hãy chia nhỏ tệp nén rồi nạp lại"
    return None


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    return name.isprintable() and ".." not in parts and "" not in parts and ":" not in parts[0]


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name in Unicode: many programs write UTF-8 and do not say so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return nfc(name.replace("\\", "/"))


@contextmanager
def _inner(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[zipfile.ZipFile | None]:
    try:
        inner = zipfile.ZipFile(io.BytesIO(_unpacked(archive, entry)))
    except _DAMAGED:
        yield None
        return
    with inner:
        yield inner


def _bytes(archive: zipfile.ZipFile, name: str, depth: int) -> bytes:
    for entry in archive.infolist():
        own = _name(entry)
        if own == name:
            return _unpacked(archive, entry)
        if depth < _DEEPEST and name.startswith(f"{own}/") and own.lower().endswith(SUFFIX):
            with zipfile.ZipFile(io.BytesIO(_unpacked(archive, entry))) as inner:
                return _bytes(inner, name[len(own) + 1 :], depth + 1)
    raise KeyError(name)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry's bytes, no more than its head announced."""
    with archive.open(entry) as opened:
        data = opened.read(min(entry.file_size, LARGEST) + 1)
    if len(data) > entry.file_size or len(data) > LARGEST:
        raise ValueError("larger than announced")
    return data
