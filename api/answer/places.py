"""Whether a question and a document speak of the same province."""

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
_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, (*_BY_FOLDED, *_SAME)), key=len, reverse=True))})\b")


def named(text: str) -> frozenset[str]:
    """The provinces a text names, folded, each under one name."""
    spelled = fold(text).replace("tp.hcm", "tphcm").replace("tp. hcm", "tphcm").replace("tp hcm", "tphcm")
    return frozenset(_SAME.get(found[0], found[0]) for found in _NAMES.finditer(spelled))


def elsewhere(asked: frozenset[str], document: Summary) -> bool:
    """Whether a document's issuer or title names provinces, and none that the question asks about."""
    own = named(f"{document.issuer or ''} ; {document.title}")
    return bool(asked and own) and not asked & own
