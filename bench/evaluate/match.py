"""When something found counts as what gold names: clauses, documents, bodies, strings.

A clause counts when it is the gold clause or lies beneath it; bullets count as the clause that they stand in,
and a label printed twice as the first of its kind. The holder of an office counts as the office.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from bench.evaluate.gold import Gold

# Shorter names would be found inside half of the others ("Sở", "UBND").
_LEAST_PART = 6
_LEAST_TITLE = 21
_BULLET = re.compile(r"[-+]\d+")
_AGAIN = re.compile(r"\(\d+\)$")
_HOLDER = re.compile(
    r"""^(?:(?:dong\ chi|cac|tap\ the)\ )*                                 # đồng chí Giám đốc, các Giám đốc
        (?:pho\ chu\ tich|chu\ tich|tong\ giam\ doc|giam\ doc|thu\ truong|bo\ truong|chanh\ van\ phong
          |truong\ ban|lanh\ dao|nguoi\ dung\ dau|hieu\ truong)            # Chủ tịch, Thủ trưởng, Hiệu trưởng
        (?:\ cac)?\                                                        # Chủ tịch các, Thủ trưởng các
    """,
    re.VERBOSE,
)


def flat(text: str) -> str:
    """Lower case, composed, one space for white space, no asterisks of Markdown."""
    return " ".join(unicodedata.normalize("NFC", text).replace("*", "").split()).lower()


def bare(text: str) -> str:
    """Letters without marks and digits, with one space for everything between: "TB-VP, số 3" → "tb vp so 3"."""
    letters = unicodedata.normalize("NFD", flat(text)).replace("đ", "d")
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


def labels(path: str) -> list[str]:
    """The labels of a clause path, without the count of repeated ones: "5(2).-1" → 5, -1."""
    return [_AGAIN.sub("", label) for label in path.split(".") if label]


def same_clause(found: str | None, wanted: str) -> bool:
    """Whether a clause is the one wanted or beneath it."""
    mine, theirs = _numbered(found or ""), _numbered(wanted)
    return mine[: len(theirs)] == theirs if len(mine) > len(theirs) else mine == theirs


def _numbered(path: str) -> list[str]:
    return [label for label in labels(path) if not _BULLET.fullmatch(label)]


def same_document(found: Mapping[str, Any], gold: Gold) -> bool:
    """Whether a citation or document of the API is this one: by file, by title where it has no number, by number."""
    stem = PurePath(found.get("source") or "").stem
    if stem and stem in (PurePath(gold.file).stem, gold.id):
        return True
    return same_title(found, gold) or (gold.number is not None and same_number(found, gold.number))


def same_title(found: Mapping[str, Any], gold: Gold) -> bool:
    """Whether a text without a number is this one under another file name."""
    mine, theirs = bare(found.get("document_title") or ""), bare(gold.title)
    if gold.number is not None or min(len(mine), len(theirs)) < _LEAST_TITLE:
        return False
    return mine in theirs or theirs in mine


def same_number(found: Mapping[str, Any], number: str) -> bool:
    return bare(found.get("document_number") or "") == bare(number)


def office(name: str) -> str:
    """The key of a body: "Chủ tịch UBND thành phố Huế" and "Ủy ban nhân dân TP Huế" have one."""
    key = bare(name).replace("uy ban nhan dan", "ubnd").replace("thanh pho", "tp")
    return _HOLDER.sub("", key)


def bodies_named(found: Sequence[str], wanted: Sequence[str]) -> float:
    """The share of the bodies wanted that are among those found, as a whole or one name within the other."""
    mine = [office(name) for name in found]
    theirs = [office(name) for name in wanted]
    return sum(any(_same_body(one, other) for one in mine) for other in theirs) / max(1, len(theirs))


def _same_body(found: str, wanted: str) -> bool:
    return found == wanted or (len(found) >= _LEAST_PART and (found in wanted or wanted in found))
