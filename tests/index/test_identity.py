"""Document ids: readable, stable, and never shared by two documents."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identity import candidates, slug
from ingest.model import Document, Source

TITLE = "Tiếp tục nêu gương trong đẩy mạnh CCHC và phát huy vai trò cơ quan thường trực"


def _document(
    *,
    number: str | None = None,
    day: date | None = None,
    title: str = "",
    issuer: str | None = None,
    name: str = "a.txt",
) -> Document:
    return Document(
        source=Source(name=name, kind="txt", text=""),
        sha256="",
        number=number,
        date=day,
        place=None,
        type="Kế hoạch",
        title=title,
        issuer=issuer,
        signer=None,
    )


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (_document(number="441/TB-VP", day=date(2022, 9, 9)), "441-TB-VP.2022"),
        (_document(number="12/QĐ-UBND", day=date(2024, 1, 2)), "12-QD-UBND.2024"),
        (_document(number="66.15/2026/NQ-CP", day=date(2026, 1, 2)), "66-15-2026-NQ-CP.2026"),
        (_document(number="5/CT-UBND"), "5-CT-UBND"),  # no date: no year
        (_document(title=TITLE, day=date(2023, 5, 24)), f"{slug(TITLE, length=60)}.2023"),
        (_document(title="BÁO CÁO"), "bao-cao"),
        (_document(name="công văn (1).docx"), "cong-van-1"),  # neither number nor title: the file
        (_document(name="???"), "van-ban"),
    ],
)
def test_an_id_says_what_the_document_is(document: Document, expected: str) -> None:
    """Number and year; or the title; or the name of the file."""
    assert next(candidates(document)) == expected


def test_others_with_the_same_number_get_their_issuer_and_then_a_counter() -> None:
    """Every province has a 12/KH-UBND."""
    document = _document(number="12/KH-UBND", day=date(2024, 1, 2), issuer="UBND tỉnh Hà Nam")
    assert list(islice(candidates(document), 4)) == [
        "12-KH-UBND.2024",
        "12-KH-UBND.2024.ubnd-tinh-ha-nam",
        "12-KH-UBND.2024.ubnd-tinh-ha-nam.2",
        "12-KH-UBND.2024.ubnd-tinh-ha-nam.3",
    ]


def test_a_long_title_is_cut_after_a_word() -> None:
    """At most 60 characters, and no half of a word."""
    cut = slug(TITLE, length=60)
    assert len(cut) <= 60
    assert slug(TITLE).startswith(f"{cut}-")


@given(st.text(), st.none() | st.text(), st.none() | st.dates(), st.none() | st.text(), st.text())
def test_ids_are_ascii_and_stable(
    title: str, number: str | None, day: date | None, issuer: str | None, name: str
) -> None:
    """Whatever a file holds, its ids fit into an address, and come out the same again."""
    document = _document(number=number, day=day, title=title, issuer=issuer, name=name)
    ids = list(islice(candidates(document), 5))
    assert ids == list(islice(candidates(document), 5))
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", id) for id in ids)


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    """Making an address of an address changes nothing."""
    assert slug(slug(text)) == slug(text)
