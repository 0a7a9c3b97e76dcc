"""Marks come back where they were left out, and nothing else changes."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.model import IndexFailure
from index.restore import FILE, Restorer, Table, pieces
from ingest.text import fold, old_tones

GOLD = Path(__file__).parent.parent / "gold"
WORD = re.compile(r"[^\W\d_]+")
_BARE = str.maketrans("đĐ", "dD")


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.load()


def stripped(text: str) -> str:
    """As people type it who type no marks; capitals stay."""
    apart = unicodedata.normalize("NFD", text.translate(_BARE))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def asked() -> list[str]:
    """The Vietnamese questions of the gold in this repository; the model has not seen them."""
    return [
        unicodedata.normalize("NFC", question["q"])
        for file in sorted(GOLD.glob("*.json"))
        for question in json.loads(file.read_text(encoding="utf-8"))["questions"]
        if question["lang"] == "vi"
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("so tai chinh duoc giao gi va han khi nao", "sở tài chính được giao gì và hạn khi nào"),
        ("uy ban nhan dan quan 1", "ủy ban nhân dân quận 1"),
        ("so noi vu phai lam gi truoc ngay 30/9", "sở nội vụ phải làm gì trước ngày 30/9"),
        ("cai cach hanh chinh", "cải cách hành chính"),
        ("giai phong mat bang", "giải phóng mặt bằng"),
        ("dich vu cong truc tuyen toan trinh", "dịch vụ công trực tuyến toàn trình"),
        ("dang ky ket hon can giay to gi", "đăng ký kết hôn cần giấy tờ gì"),
        ("khoan 2 dieu 5 luat dat dai", "khoản 2 điều 5 luật đất đai"),
        ("y te co so", "y tế cơ sở"),
        ("so/ban/nganh", "sở/ban/ngành"),
    ],
)
def test_a_question_without_marks_gets_them_back(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.restore(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ha Noi", "Hà Nội"),
        ("Thu tuong Pham Minh Chinh", "Thủ tướng Phạm Minh Chính"),
        ("UBND thanh pho Ho Chi Minh", "UBND thành phố Hồ Chí Minh"),
        ("ke hoach cua UBND tinh Dak Lak", "kế hoạch của UBND tỉnh Đắk Lắk"),
        ("vi sao Lai Chau", "vì sao Lai Châu"),  # "lại" needs no capital here
        ("SO TAI CHINH DUOC GIAO GI", "SỞ TÀI CHÍNH ĐƯỢC GIAO GÌ"),
        ("BAO CAO CCHC", "BÁO CÁO CCHC"),
        ("So Tai chinh", "Sở Tài chính"),
    ],
)
def test_names_keep_their_capitals(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.restore(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Sở tai chính được giao gì", "Sở tài chính được giao gì"),
        ("quyết dinh so 15 cua thu tuong", "quyết định số 15 của thủ tướng"),
        ("Dịch vụ công tren dia ban thanh pho", "Dịch vụ công trên địa bàn thành phố"),
        ("Uỷ ban nhan dan", "Uỷ ban nhân dân"),  # the tone stays where it was typed
        ("hòa giai o cơ so", "hòa giải ở cơ sở"),
    ],
)
def test_marks_that_were_typed_stay_and_guide_the_others(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.restore(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "441/TB-VP",
        "30/2020/nd-cp, 14-NQ/TW",
        "CCHC UBND TP HCM tphcm",
        "AN",  # alone in capitals it is an abbreviation, not "ăn"
        "vanthu@hanoi.gov.vn chinhphu.vn https://dichvucong.gov.vn/so-tai-chinh",
        "Par index, Sipas, Google, website",
        "2025 - 2030: 15,5 %",
        "Phan Văn Khải, Công ty TNHH Hoa Sen",
        "Văn phòng Quốc hội ban hành quy chế chi tiêu cho ban quan trọng",
    ],
)
def test_what_needs_no_marks_stays(restorer: Restorer, text: str) -> None:
    assert restorer.restore(text) == text


def test_questions_of_the_gold_come_back(restorer: Restorer) -> None:
    """Measured .97 of the words; the model knows nothing of these documents."""
    right = total = 0
    for question in asked():
        words = WORD.findall(old_tones(question))
        found = WORD.findall(old_tones(restorer.restore(stripped(question))))
        right += sum(a == b for a, b in zip(words, found, strict=True))
        total += len(words)
    assert right / total > 0.95


def test_questions_with_all_their_marks_do_not_change(restorer: Restorer) -> None:
    assert [question for question in asked() if restorer.restore(question) != question] == []


def test_restoring_twice_is_restoring_once(restorer: Restorer) -> None:
    once = [restorer.restore(stripped(question)) for question in asked()]
    assert [restorer.restore(text) for text in once] == once


_SOME_TEXT = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                "so",
                "tai",
                "chinh",
                "Sở",
                "Tài",
                "chính",
                "CCHC",
                "441/TB-VP",
                "15",
                ",",
                ".",
                "?",
                "ban",
                "DAO",
                "nguoi",
                "Ủy",
                "đ",
                "a",
                "o",
                "y",
                "x̣",
                "ﬁ",
            ]
        )
    ).map(" ".join),
)


@given(_SOME_TEXT)
@settings(deadline=None)
def test_only_marks_are_added(restorer: Restorer, text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    restored = restorer.restore(text)
    assert len(restored) == len(composed)
    assert fold(restored) == fold(composed)
    assert unicodedata.normalize("NFC", restored) == restored


@given(_SOME_TEXT)
@settings(deadline=None)
def test_decomposed_text_is_read_like_composed_text(restorer: Restorer, text: str) -> None:
    apart, composed = (unicodedata.normalize(form, text) for form in ("NFD", "NFC"))
    assert restorer.restore(apart) == restorer.restore(composed)


@given(_SOME_TEXT)
@settings(deadline=None)
def test_words_with_marks_are_never_touched(restorer: Restorer, text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    restored = restorer.restore(text)
    for kind, start, end in pieces(composed):
        word = composed[start:end]
        if kind != "word" or stripped(word) != word:
            assert restored[start:end] == word


@pytest.mark.parametrize("unit", ["a ", "a", "o do ", "TAI ", "1/", "a.", "ở do "])
def test_ten_times_the_text_takes_about_ten_times_as_long(restorer: Restorer, unit: str) -> None:
    def cost(length: int) -> float:
        text = (unit * length)[:length]
        spent = []
        for _ in range(3):
            start = time.process_time()
            restorer.restore(text)
            spent.append(time.process_time() - start)
        return min(spent)

    assert cost(10_000) < 40 * cost(1_000) + 0.01


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Sở Tài chímh chủ trì việc gì", "Sở Tài chính chủ trì việc gì"),  # the next key
        ("ai đuợc giao giải ngân vốn đầu tư công", "ai được giao giải ngân vốn đầu tư công"),  # half a mark
        ("doanh nghịệp nhỏ và vừa", "doanh nghiệp nhỏ và vừa"),  # a mark twice
        ("thời hạn hoàn thàhn báo cáo", "thời hạn hoàn thành báo cáo"),  # two swapped
        ("cải cáchh hành chính", "cải cách hành chính"),  # one too many
        ("cai cach hanh chnih", "cai cach hanh chinh"),  # without marks
    ],
)
def test_a_slip_is_read_as_it_was_meant(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.respell(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "thủ tục đăng ký email và website của cơ quan",  # words that Vietnamese has borrowed
        "xã Đắk Krôngg và ông Nguyễn Văn Hoaa",  # names
        "Kế hoạch 214/KH-UBND, CCHCC, khoản 2",  # codes
        "frobnicate zzzz xyzzy",  # far from all
        "",
    ],
)
def test_what_may_be_meant_as_it_stands_stays(restorer: Restorer, text: str) -> None:
    assert restorer.respell(text) == text


def test_questions_of_the_gold_are_not_respelled(restorer: Restorer) -> None:
    changed = [text for text in asked() if restorer.respell(text) != text]
    assert not changed


def test_a_missing_table_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(IndexFailure, match="copy index/weights there"):
        Restorer.load(tmp_path)


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a table")
    with pytest.raises(IndexFailure, match="no table of marks"):
        Restorer.load(tmp_path)


def test_a_table_reads_back_as_it_was_written(tmp_path: Path) -> None:
    """Row 3 → words 4, 5; row 4 → word 5; the differences wrap round between rows."""
    bytes_ = {
        name: np.array([1, 2, 3, 4, 5, 6], dtype=np.uint8) for name in ("word_costs", "word_backs", "capital_costs")
    }
    table = Table(
        words=["", "", "", "sở", "tài", "chính"],
        **bytes_,
        pair_counts=np.array([0, 0, 0, 2, 1, 0], dtype=np.uint16),
        pairs=np.array([4, 5, 5], dtype=np.uint16),
        pair_costs=np.array([7, 8, 9], dtype=np.uint8),
        pair_backs=np.array([1, 1, 1], dtype=np.uint8),
        triple_counts=np.array([2, 0, 0], dtype=np.uint16),
        triples=np.array([5, 4], dtype=np.uint16),
        triple_costs=np.array([3, 4], dtype=np.uint8),
    )
    table.write(tmp_path / FILE)
    first = (tmp_path / FILE).read_bytes()
    read = Table.read(tmp_path / FILE)
    assert read.words == table.words
    assert read.pairs.tolist() == [4, 5, 5]
    assert read.triples.tolist() == [5, 4]
    table.write(tmp_path / FILE)
    assert (tmp_path / FILE).read_bytes() == first


def test_the_shipped_table_is_small() -> None:
    import index

    assert (Path(index.__file__).parent / "weights" / FILE).stat().st_size < 6_000_000
