"""Plain text: encodings, control characters, pages."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read import Unreadable, read

TEXT = "Điều 1. Giao Sở Tài chính chủ trì, phối hợp với các sở, ban, ngành.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_unicode_encodings_give_the_same_text(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    assert read((mark + TEXT).encode(encoding), "a.txt").text == TEXT


def test_windows_1258_is_read_where_it_gives_vietnamese() -> None:
    assert read(_in_windows_1258(TEXT).encode("cp1258"), "a.txt").text == TEXT


def _in_windows_1258(text: str) -> str:
    """Spells letters as the code page has them: a base with its hat or horn, then the tone."""
    spelled = ""
    for letter in text:
        try:
            letter.encode("cp1258")
            spelled += letter
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
            spelled += base + "".join(tones)
    return spelled


def test_letters_of_no_table_are_refused_with_the_remedy() -> None:
    # an OCR layer whose letters were lost
    text = "Cëng hçp xå hêi chü ñghía Vïet Ñam Ðéc lâp Tü dö Hãnh phúç Ûy bän ñhán dän tïnh"
    with pytest.raises(Unreadable, match="chuyển mã sang Unicode"):
        read(text.encode(), "a.txt")


def test_text_is_composed_and_ends_with_a_newline() -> None:
    assert read(unicodedata.normalize("NFD", "Điều 1").encode(), "a.txt").text == "Điều 1\n"


def test_line_ends_and_control_characters() -> None:
    assert read(b"a b  \r\n\r\nc\x00\td\re" + b" f" * 200, "a.txt").text.startswith("a b\n\nc\td\ne f")


def test_marks_without_width_are_no_text() -> None:
    """Web pages break long words with them."""
    assert read(f"{'Sở Tài chính phải báo cáo. ' * 9}Sở\u200b Tài ch\u200bính".encode(), "a.txt").text.endswith(
        ". Sở Tài chính\n"
    )


def test_form_feeds_are_page_breaks() -> None:
    source = read("Trang một\n\fTrang hai\n\f\fTrang bốn".encode(), "a.txt")
    assert [page.number for page in source.pages] == [1, 2, 3, 4]
    assert [source.text[page.span.start : page.span.end] for page in source.pages] == [
        "Trang một\n",
        "Trang hai\n",
        "",
        "Trang bốn\n",
    ]


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(Unreadable, match="không có chữ"):
        read(b" \n--- 12 ---\n", "a.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        source = read(data, "a.txt")
    except Unreadable:
        return
    assert unicodedata.is_normalized("NFC", source.text)
    assert source.text.endswith("\n")
