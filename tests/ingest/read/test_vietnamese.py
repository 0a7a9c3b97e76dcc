"""Syllables, numerals and raised figures."""

from __future__ import annotations

import pytest

from ingest.read.marks import raised
from ingest.read.numerals import Numeral, numeral
from ingest.read.vietnamese import is_syllable, measure


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyết",
        "giữa",
        "gì",
        "giếng",
        "khuỷu",
        "xoong",
        "đường",
        "yêu",
        "uỷ",
        "ủy",
        "hoà",
        "hòa",
        "ĐIỀU",
        "thuở",
        "khuya",
        "rượu",
        "ngoằn",
        "quốc",
    ],
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["cuu1", "xcuia", "BØ", "BỘKHOA", "đươcg", "urg", "nhiêc1m", "strategy", ""])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_an_ocr_layer_without_marks_is_not_vietnamese() -> None:
    assert not measure("CQNG HOA XA HQI CHU NGHIA VIVI NAM Doc lap Tu do Hanh phiic").vietnamese


def test_a_directive_with_names_and_abbreviations_is_vietnamese() -> None:
    counts = measure("Giao Sở TT&TT phối hợp Công ty FPT Software triển khai IOC, LGSP trước ngày 30/6/2025")
    assert counts.vietnamese
    assert not counts.garbled


def test_english_is_another_language_and_not_garbled() -> None:
    counts = measure("The Department of Finance is to report to the People's Committee by the end of the year")
    assert counts.other_language
    assert not counts.garbled


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        (3, "decimal", "3"),
        (1, "lower-letter", "a"),
        (26, "upper-letter", "Z"),
        (28, "lower-letter", "bb"),
        (4, "upper-roman", "IV"),
        (49, "lower-roman", "xlix"),
        (0, "upper-roman", "0"),
        (9999, "upper-roman", "9999"),
    ],
)
def test_numerals(value: int, style: Numeral, written: str) -> None:
    assert numeral(value, style) == written


@pytest.mark.parametrize(
    ("before", "figures", "written"),
    [
        ("diện tích 10m", "2", "2"),
        ("100 km", "2", "2"),
        ("Điều 5", "3", "[3]"),
        ("Thái Nguyên", "1", "[1]"),
        ("nông thôn [", "6", "6"),  # the brackets are printed already
        ("ngày 1", "st", "st"),
    ],
)
def test_raised_figures(before: str, figures: str, written: str) -> None:
    assert raised(figures, before) == written
