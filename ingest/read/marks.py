"""Raised figures: a footnote mark becomes "[3]", an exponent stays with its unit ("10m2").

Without brackets "Điều 5" with footnote 3 would read "Điều 53".
"""

from __future__ import annotations

import re

# the word before the raised figure: "m2", "km2", "m3", "cm2"
_UNIT = re.compile(r"(?:^|[^\w])[\d.,]*(?:[kcdm]?m|ha|N)$")


def raised(figures: str, before: str) -> str:
    """How raised figures are written after the text `before`."""
    if not figures.isdigit() or before.endswith("[") or _UNIT.search(before):
        return figures
    return f"[{figures}]"
