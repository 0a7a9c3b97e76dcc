"""Whether a question and a document speak of the same place."""

from __future__ import annotations

import re

from index.model import Summary
from ingest.agencies.words import PROVINCES
from ingest.text import fold

_SAME = {
    "tphcm": "ho chi minh",
    "hcm": "ho chi minh",
    "hcmc": "ho chi minh",
    "sai gon": "ho chi minh",
    "hanoi": "ha noi",
}
_BY_FOLDED = {fold(" ".join(name) if isinstance(name, tuple) else name): None for name in PROVINCES}
_NUMBERED = re.compile(r"\b(?:quan|district|phuong|ward) (\d{1,2})\b")
_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, (*_BY_FOLDED, *_SAME)), key=len, reverse=True))})\b")


def named(text: str) -> frozenset[str]:
    """The provinces, and the districts and wards that have numbers for names, that a text names; folded."""
    spelled = fold(text).replace("tp.hcm", "tphcm").replace("tp. hcm", "tphcm").replace("tp hcm", "tphcm")
    numbered = (found[0].replace("district", "quan").replace("ward", "phuong") for found in _NUMBERED.finditer(spelled))
    return frozenset((*(_SAME.get(found[0], found[0]) for found in _NAMES.finditer(spelled)), *numbered))


def elsewhere(asked: frozenset[str], document: Summary) -> bool:
    """Whether a document's issuer or title names places, and none that the question asks about."""
    own = named(f"{document.issuer or ''} ; {document.title}")
    return bool(asked and own) and not asked & own
