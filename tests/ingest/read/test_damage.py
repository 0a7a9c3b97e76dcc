"""Files that were cut or changed on the way are read or refused; no other error leaves the reader."""

from __future__ import annotations

import io
import random

import docx
import pytest

from ingest.read import Unreadable, read

from .conftest import MakePdf, Note, Page, lines_down

TEXT = "Điều 1. Giao Sở Tài chính chủ trì, phối hợp với các sở, ban, ngành"


def word_file() -> bytes:
    document = docx.Document()
    for number in range(5):
        document.add_paragraph(TEXT, style="List Number" if number % 2 else None)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = TEXT
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def survives(data: bytes, name: str) -> None:
    """Reads or refuses; any other error fails the test."""
    try:
        source = read(data, name)
    except Unreadable:
        return
    assert source.text.endswith("\n")
    assert all(page.span.end <= len(source.text) for page in source.pages)


def damaged(data: bytes, dice: random.Random) -> bytes:
    if dice.random() < 0.5:
        return data[: dice.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(dice.choice((1, 3, 20))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def test_damaged_word_files() -> None:
    data, dice = word_file(), random.Random(1)
    for _ in range(200):
        survives(damaged(data, dice), "a.docx")


def test_damaged_pdf_files(make_pdf: MakePdf) -> None:
    data = make_pdf(
        Page(words=lines_down(TEXT, TEXT), notes=[Note(rect=(106, 780, 130, 810), text="11")]),
        Page(words=lines_down(TEXT), scan=True),
        title="Kế hoạch",
    )
    dice = random.Random(2)
    for _ in range(200):
        survives(damaged(data, dice), "a.pdf")


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt"])
def test_damaged_text_files(name: str) -> None:
    data = f"<html><table><tr><td>{TEXT}<ol start=x><li value=y>**{TEXT}**".encode()
    dice = random.Random(3)
    for _ in range(100):
        survives(damaged(data, dice), name)


@pytest.mark.parametrize(
    ("name", "once", "times"),
    [
        ("spaces.txt", " ", 100_000),
        ("bars.md", "|", 100_000),
        ("nested.html", "<div>", 20_000),
        ("brackets.md", "[", 100_000),
    ],
)
def test_one_sign_over_and_over_is_read_in_a_pass(name: str, once: str, times: int) -> None:
    """A quadratic step would take minutes here."""
    survives(f"Điều 1{once * times}x".encode(), name)
