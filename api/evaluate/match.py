"""When something found counts as what gold names: clauses, documents, strings.

A clause counts when it is the gold clause or lies beneath it; bullets count as the clause that they stand in,
and a label printed twice as the first of its kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from api.evaluate.gold import Gold

# Shorter titles would be found inside many others.
_LEAST_TITLE = 21
_BULLET = re.compile(r"[-+]\d+")
_AGAIN = re.compile(r"\(\d+\)$")


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
    """Whether a citation or document of the API has this number."""
    return bare(found.get("document_number") or "") == bare(number)
