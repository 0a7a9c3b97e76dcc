"""Characters that every reader hands on: NFC, newlines only as "\\n", no control characters."""

from __future__ import annotations

import re

from ingest.text import nfc

_NEWLINE = re.compile("\r\n?|\x0b|\x85|\u2028|\u2029")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff\ufffe\uffff]")  # and marks of no width
_TRAILING = re.compile("(?<![ \t\u00a0])[ \t\u00a0]++(?=\n)")  # begins once in a run: linear


def normalise(text: str) -> str:
    """NFC text without control characters (tab, newline and form feed stay) and without trailing spaces.

    Text that is not empty ends with a newline.
    """
    text = _CONTROL.sub("", _NEWLINE.sub("\n", text))
    if text and not text.endswith("\n"):
        text += "\n"
    return nfc(_TRAILING.sub("", text))


def control_share(text: str) -> float:
    """The share of control characters: above a percent or so the bytes were no text."""
    return len(_CONTROL.findall(text)) / max(len(text), 1)
