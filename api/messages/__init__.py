"""What the edge says to people, in their language: one catalogue per language, the same keys in each."""

from __future__ import annotations

from collections.abc import Mapping

from api.messages import en, vi
from index.model import Language

DEFAULT: Language = "vi"
CATALOGUES: Mapping[Language, Mapping[str, str]] = {"vi": vi.TEXTS, "en": en.TEXTS}


def say(language: Language, key: str, **values: object) -> str:
    """The text behind `key` with its {placeholders} filled. Raises `KeyError` for an unknown key."""
    return CATALOGUES[language][key].format(**values)


def preferred(accept_language: str | None) -> Language:
    """The language that an Accept-Language header ranks first (RFC 9110, 12.5.4); Vietnamese when in doubt."""
    weights: dict[Language, float] = {}
    for item in (accept_language or "").split(","):
        tag, _, parameter = item.partition(";")
        weight = _weight(parameter)
        for language in CATALOGUES:
            if tag.strip().lower().split("-")[0] == language:
                weights[language] = max(weight, weights.get(language, 0.0))
    best = max(weights, key=lambda language: weights[language], default=DEFAULT)
    return best if weights.get(best, 0.0) > 0 else DEFAULT


def _weight(parameter: str) -> float:
    """`q=0.8` → 0.8; 1 without a weight, 0 for one that is no number."""
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
