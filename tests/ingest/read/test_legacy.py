"""Vietnamese of the fonts before Unicode: decoded where it is proven, and Unicode left alone."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read import Unreadable, read
from ingest.read.legacy import TCVN3, VNI, Encoding, decode, from_viscii

SENTENCES = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Ủy ban nhân dân tỉnh yêu cầu Sở Tài chính khẩn trương thực hiện",
    "Giao Sở Nội vụ chủ trì, phối hợp với các sở, ngành tham mưu trước ngày 15/9/2003",
    "Những người được hưởng trợ cấp ưu đãi, kể cả quỹ bảo hiểm thuộc huyện lỵ",
    "Đẩy mạnh cải cách hành chính, nâng cao kỷ luật, kỷ cương ở cơ sở; kĩ thuật nghề mỹ nghệ",
    "khuya khoắt nguyễn thuở xuống đường lẫn lộn rổ rá ngã ngửa ý kiến ẵm bế quẳng gánh, lặng lẽ, chỗ ở",
)
SYLLABLES = sorted({word for sentence in SENTENCES for word in sentence.replace(",", "").replace(";", "").split()})
FOREIGN = (
    "the",
    "budget",
    "of",
    "Vietnam",
    "café",
    "10 µm",
    "±5 °C",
    "§ 3",
    "m²",
    "2×3",
    "№ 5",
    "«A»",
    "12.500",
    "São",
)


def encode(text: str, encoding: Encoding) -> str:
    """How a typist of the time wrote it. Capitals with a tone have no place in TCVN3: the small letter stands there."""
    signs = {meant: printed for printed, meant in reversed(encoding.letters.items())}
    return "".join(signs.get(c) or signs.get(c.lower(), c) for c in text)


@pytest.mark.parametrize("encoding", [TCVN3, VNI], ids=lambda encoding: encoding.name)
@given(words=st.lists(st.sampled_from([word for word in SYLLABLES if word.islower()]), min_size=8, max_size=40))
def test_what_was_encoded_comes_back(encoding: Encoding, words: list[str]) -> None:
    """Any words of Vietnamese, once enough of them differ."""
    anchor = "cộng hòa xã hội chủ nghĩa việt nam"
    text = f"{anchor} {' '.join(words)}"
    assert decode(encode(text, encoding)).text == text


@pytest.mark.parametrize("encoding", [TCVN3, VNI], ids=lambda encoding: encoding.name)
@pytest.mark.parametrize("text", SENTENCES[2:])
def test_sentences_come_back(encoding: Encoding, text: str) -> None:
    """Capitals that the tables have stay capitals."""
    assert decode(encode(text, encoding)).text == text


@given(
    st.lists(
        st.lists(st.sampled_from((*SYLLABLES, *FOREIGN)), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=8
    ).map("\n".join)
)
def test_unicode_is_never_touched(text: str) -> None:
    """Vietnamese, English, figures and signs in any mixture."""
    assert decode(text).text == text


@given(st.text())
def test_decoding_keeps_lines(text: str) -> None:
    """And what was decoded is not decoded again."""
    once = decode(text).text
    assert once.count("\n") == text.count("\n")
    if decode(text).encodings == ():
        assert once == text


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        # capital fonts draw small letters as capitals
        ("CñA CHñ TÞCH CHÝNH PHñ\nSè 9 NGµY 2 TH¸NG 9", "CỦA CHỦ TỊCH CHÍNH PHỦ\nSỐ 9 NGÀY 2 THÁNG 9"),
        ("Së Tµi chÝnh vµ Bé GTVT phèi hîp", "Sở Tài chính và Bộ GTVT phối hợp"),
        # ư is the soft hyphen
        ("Bé tr\xadëng Bé T\xad ph¸p ®\xad\xeec giao", "Bộ trưởng Bộ Tư pháp được giao"),
        # French within a Vietnamese paragraph, and a line of ASCII
        ("ViÔn §«ng B¸c cæ häc viÖn (Extr\xaame-Orient)\nABC", "Viễn Đông Bác cổ học viện (Extrême-Orient)\nABC"),
        ("ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
        # fonts that call themselves symbols; a bullet of Wingdings stays
        ("\uf0b7 C\uf0e9ng h\uf0dfa x\uf0b7 h\uf0e9i chñ nghÜa", "\uf0b7 Cộng hòa xã hội chủ nghĩa"),
        # a line that both readings explain goes with its neighbours
        ("Céng hßa x· héi chñ nghÜa\nkh«ng tá\ntá\nBé Néi vô", "Cộng hòa xã hội chủ nghĩa\nkhông tỏ\ntỏ\nBộ Nội vụ"),
    ],
)  # fmt: skip
def test_old_fonts(printed: str, text: str) -> None:
    """As they stand in files of the time."""
    assert decode(printed).text == text


def test_a_document_may_hold_both() -> None:
    """Each paragraph is decoded for itself; those in Unicode stay."""
    text = "Cộng hòa xã hội chủ nghĩa Việt Nam\nCéng hßa x· héi chñ nghÜa ViÖt Nam\nhoà, có gì\nỦy ban"
    found = decode(text)
    assert found.text == text.replace("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam")
    assert found.encodings == ("TCVN3 (ABC)",)


MIXED = (
    ("Căn cứ quyết định của ", "Bộ Tài chính và Bộ Nội vụ", " về việc được giao"),
    ("theo đề nghị của ", "Giám đốc Sở Tài nguyên và Môi trường", " có ý kiến gì"),
    ("Ủy ban ", "nhân dân thành phố", " đã có ý kiến; hoà, thuý"),
    ("", "Ban hành kèm theo Quyết định này", ", có hiệu lực từ ngày ký; được đăng"),
)


@pytest.mark.parametrize("encoding", [TCVN3, VNI], ids=lambda encoding: encoding.name)
@pytest.mark.parametrize(("before", "old", "after"), MIXED)
def test_a_line_may_hold_both(encoding: Encoding, before: str, old: str, after: str) -> None:
    """Only the words of the old font are decoded, and words that read both ways where they make a phrase with them."""
    found = decode(f"{before}{encode(old, encoding)}{after}")
    assert found.text == f"{before}{old}{after}"
    assert found.encodings == (encoding.name,)


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị tại São Paulo, Köln, Zürich và Besançon về “naïveté” đã có kết quả",
        "được phép: 10 µm × 5 µm, ±2 °C, §3, №5, «ưu tiên», 1½ kg",
        "có gì và là thì cùng các sở, ngành đã được giao",
        "của chÝnh quyền cấp xã",  # one word proves nothing
    ],
)
def test_unicode_beside_foreign_letters_stays(text: str) -> None:
    """Names and signs that are no syllables become none."""
    assert decode(text).text == text


def test_runs_of_old_fonts_in_word_and_on_pages() -> None:
    """The font is not asked: the words tell."""
    old = encode("Bộ Tài chính và Bộ Nội vụ", TCVN3)
    meant = "Căn cứ quyết định của Bộ Tài chính và Bộ Nội vụ về việc được giao"
    made = docx.Document()
    paragraph = made.add_paragraph()
    for text, font in (
        ("Căn cứ quyết định của ", "Times New Roman"),
        (old[:7], ".VnTime"),
        (old[7:], ".VnTime"),
        (" về việc được giao", "Arial"),
    ):  # fmt: skip
        paragraph.add_run(text).font.name = font
    written = io.BytesIO()
    made.save(written)
    assert read(written.getvalue(), "a.docx").text.strip() == meant
    page = f'<html><body><p>Căn cứ quyết định của <font face=".VnTime">{old}</font> về việc được giao</p></body></html>'
    assert read(page.encode(), "a.html").text.strip() == meant


@pytest.mark.parametrize("sign", ["10 µm", "a×b, n×m", "§ 3 ¸", "naïve café", "Kho¶n"])
def test_a_few_odd_words_prove_nothing(sign: str) -> None:
    """Units, products and one garbled word are chance."""
    assert decode(sign).text == sign


BODY = (
    "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành khẩn trương thực hiện những nhiệm vụ sau đây\n"
    "1. Sở Tài chính chủ trì, phối hợp tham mưu trước ngày 15/9/2003.\n"
)


@pytest.mark.parametrize(
    "data",
    [
        encode(BODY.replace("Ủ", "ủ"), TCVN3).encode("latin-1"),
        encode(BODY, VNI).encode("latin-1"),
        encode(BODY, VNI).encode("utf-8"),
    ],
    ids=["TCVN3", "VNI", "VNI in UTF-8"],
)
def test_text_files_say_what_they_were_typed_with(data: bytes) -> None:
    """And are read."""
    source = read(data, "cong-van.txt")
    assert source.text.lower() == BODY.lower()
    assert "đã chuyển sang Unicode" in source.warnings[0]


def test_viscii_files_are_read() -> None:
    """Every byte is a letter there."""
    letters = {from_viscii(bytes([byte])): byte for byte in range(0x80, 0x100)}
    data = b"".join(bytes([letters[c]]) if c in letters else c.encode("ascii") for c in BODY)
    assert read(data, "cong-van.txt").text == BODY


def test_bytes_of_no_table_are_refused() -> None:
    """Rather than guessed."""
    with pytest.raises(Unreadable, match="bảng mã"):
        read(bytes(range(0xA0, 0x100)) * 4, "a.txt")
