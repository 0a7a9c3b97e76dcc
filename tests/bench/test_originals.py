"""Files as they were found: what counts as read, as right and as wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bench.evaluate.originals import READABLE, SCANS, UNREADABLE, Reading, aligned, score, shown
from ingest.model import Document, Source


def _reading(
    *, number: str | None = "5/CT-UBND", text: str = "", warnings: tuple[str, ...] = (), **gold: Any
) -> Reading:
    document = Document(
        source=Source(name="a.pdf", kind="pdf", text=text),
        sha256="",
        number=number,
        date=date(2021, 5, 11),
        place=None,
        type="Chỉ thị",
        title="Về thi",
        issuer="UBND tỉnh Quảng Ngãi",
        signer=None,
        warnings=warnings,
    )
    return Reading(gold=_gold(**gold), document=document, reason=None)


def _gold(**more: Any) -> dict[str, Any]:
    given = {"file": "scan_a.pdf", "kind": "scan", "readable": True, "number": "5/CT-UBND", "date": "2021-05-11"}
    return given | {"type": "Chỉ thị", "issuer": "Chủ tịch Ủy ban nhân dân tỉnh Quảng Ngãi"} | more


def test_what_is_missing_and_what_is_wrong_are_told_apart() -> None:
    """A number left out is missed; another number is wrong too. The holder of an office is as good as the office."""
    figures = score([_reading(), _reading(number=None), _reading(number="6/CT-UBND"), _reading(number="5 /CT-UBND")])
    assert (figures["read"], figures["number"], figures["wrong number"]) == (1, 0.5, 1)
    assert (figures["date"], figures["type"], figures["issuer"]) == (1, 1, 1)


def test_a_refused_file_has_nothing_right() -> None:
    """Also where gold has no number."""
    refused = Reading(gold=_gold(number=None, type="other"), document=None, reason="tệp ảnh")
    assert score([refused]) == {
        "files": 1, "read": 0, "number": 0, "date": 0, "type": 0, "issuer": 0, "wrong number": 0, "wrong date": 0,
    }  # fmt: skip
    assert list(shown([refused])) == ["scan_a.pdf  refused: tệp ảnh"]


def test_unreadable_files_are_to_be_refused_or_read_with_a_warning() -> None:
    """A truncated file that can be mended counts with its warning only."""
    bad = {"readable": False, "kind": "broken"}
    refused = Reading(gold=_gold(**bad), document=None, reason="hỏng")
    assert score([refused, _reading(**bad), _reading(**bad, warnings=("tệp hỏng",))])["refused"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({}, SCANS),
        ({"kind": "mixed"}, SCANS),
        ({"kind": "text", "file": "ocr_bad_layer.pdf"}, SCANS),
        ({"kind": "text", "file": "a.docx"}, READABLE),
        ({"readable": False}, UNREADABLE),
    ],
)
def test_classes_of_files(more: dict[str, Any], kind: str) -> None:
    """A worthless layer of text makes a scan."""
    assert _reading(**more).kind == kind


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("trước đó. Sở Y tế rà soát, báo cáo. Sau", 7),
        ("SỞ Y TẾ RÀ SOÁT BÁO CÁO", 7),  # case and punctuation apart
        ("Sở Y tê rà soát báo cáo", 6),  # a mark lost
        ("Sở Y tế xx rà soát cáo", 5),  # one too many, one missing
        ("", 0),
    ],
)
def test_words_count_with_their_marks(text: str, right: int) -> None:
    """At the place of the text that is most like the sample."""
    assert aligned("Sở Y tế rà soát, báo cáo", text) == (right, 7)
