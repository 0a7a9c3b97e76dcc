"""What the edge says, in two languages that say the same."""

from __future__ import annotations

from string import Formatter
from typing import get_args

import pytest

from api.messages import CATALOGUES, en, preferred, vi
from api.problems import FAULTS, STATUS, Kind


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_catalogues_hold_the_same_texts() -> None:
    """A key in one language is a key in the other, with the same placeholders."""
    assert vi.TEXTS.keys() == en.TEXTS.keys()
    assert {key: _placeholders(text) for key, text in vi.TEXTS.items()} == {
        key: _placeholders(text) for key, text in en.TEXTS.items()
    }


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_problem_and_fault_has_its_texts(language: str) -> None:
    """No refusal fails for want of words; `invalid-input` is described by its faults."""
    texts = CATALOGUES[language]  # type: ignore[index]
    assert set(STATUS) == set(get_args(Kind))
    for kind in STATUS:
        assert f"{kind}.title" in texts
        assert f"{kind}.detail" in texts or kind == "invalid-input"
    for fault in {*FAULTS.values(), "other"}:
        assert f"fault.{fault}" in texts
        assert f"fault.{fault}.remedy" in texts


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "vi"),
        ("", "vi"),
        ("vi-VN,vi;q=0.9", "vi"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("EN", "en"),
        ("vi;q=0.5, en;q=0.8", "en"),
        ("fr, de;q=0.9", "vi"),
        ("fr, en;q=0.1", "en"),
        ("*", "vi"),
        ("en;q=0", "vi"),
        ("en;q=loud, vi;q=0.1", "vi"),
        (";;;,,q=", "vi"),
    ],
)
def test_the_language_follows_the_header(header: str | None, language: str) -> None:
    """Vietnamese unless English is ranked first."""
    assert preferred(header) == language
