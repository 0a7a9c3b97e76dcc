"""Numerals of automatic lists: 3 → "3", "c", "C", "iii", "III"."""

from __future__ import annotations

from typing import Literal

Numeral = Literal["decimal", "lower-letter", "upper-letter", "lower-roman", "upper-roman"]

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LARGEST_ROMAN = 3999


def numeral(value: int, style: Numeral) -> str:
    """A number in a style; what the style cannot write (0, negative, huge) is written in digits.

    Letters past z repeat as in Word: 27 → "aa", 28 → "bb".
    """
    if style == "decimal" or value < 1:
        return str(value)
    if style in ("lower-roman", "upper-roman"):
        if value > _LARGEST_ROMAN:
            return str(value)
        written = _roman(value)
    else:
        repeats, index = divmod(value - 1, 26)
        if repeats > 9:
            return str(value)
        written = chr(ord("a") + index) * (repeats + 1)
    return written.upper() if style.startswith("upper") else written


def _roman(value: int) -> str:
    written = []
    for amount, letters in _ROMAN:
        count, value = divmod(value, amount)
        written.append(letters * count)
    return "".join(written)
