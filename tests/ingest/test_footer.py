"""The end of a document: who signed it and who receives it."""

from __future__ import annotations

import pytest

from ingest import footer
from ingest.clean import lines
from ingest.footer import Footer
from ingest.model import Source

BODY = "1. Giao Sở Nội vụ tổng hợp.\n2. Giao Sở Tài chính bố trí kinh phí./.\n"


def foot(text: str) -> tuple[Footer, list[str]]:
    """The foot, and the lines of the body that it leaves."""
    found = lines(Source(name="van-ban.txt", kind="txt", text=BODY + text))
    made = footer.parse(found, 0)
    return made, [line.text for line in found[: made.start]]


LISTED = "Nơi nhận:\n- Như trên;\n- Sở Nội vụ (để báo\ncáo);\n- Lưu: VT, NC.\n"
SIGNED = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTống Thanh Hải\n"


@pytest.mark.parametrize("text", [LISTED + SIGNED, SIGNED + LISTED, f"|\n{LISTED}|\n{SIGNED}|\n"])
def test_signature_and_recipients_come_in_either_order(text: str) -> None:
    """Left and right cell, or one below the other."""
    made, body = foot(text)
    assert made.signer == "Tống Thanh Hải"
    assert made.recipients == ("Như trên", "Sở Nội vụ (để báo cáo)", "Lưu: VT, NC")
    assert body == BODY.splitlines()


@pytest.mark.parametrize(
    ("printed", "signer"),
    [
        ("CHỦ TỊCH\nTrần Sỹ Thanh\n", "Trần Sỹ Thanh"),
        ("Chủ tịch Quốc hội\n(Đã ký)\nNguyễn Văn A\n", "Nguyễn Văn A"),  # a copy, with the office in small letters
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n(Đã ký)\nTrương Việt Dũng\n", "Trương Việt Dũng"),  # signed over the name
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nThượng tướng Lê Quốc Hùng\n", "Lê Quốc Hùng"),  # a rank is no part of the name
        ("GIÁM ĐỐC\nĐại tá Nguyễn Văn An\n", "Nguyễn Văn An"),
        ("GIÁM ĐỐC\nTS. Phạm Thị Hoa\n", "Phạm Thị Hoa"),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNGUYỄN THỊ BÉ MƯỜI\n", "Nguyễn Thị Bé Mười"),  # a name in capitals
        ("TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\nBùi Thanh Sơn\n", "Bùi Thanh Sơn"),
        ("TM. ỦY BAN NHÂN\nDÂN\nCHỦ TỊCH\nVõ Tấn Đức\n", "Võ Tấn Đức"),  # the authority broken over lines
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n", None),  # not signed yet
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TICH\n", None),  # a scan that lost a mark
        ("", None),
    ],
)
def test_the_signer(printed: str, signer: str | None) -> None:
    """The name below the last office, bare."""
    assert foot(printed)[0].signer == signer


def test_an_office_in_the_body_signs_nothing() -> None:
    """ "Chủ tịch" inside a sentence, or a heading in capitals without a name below it, is no signature."""
    text = "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH YÊU CẦU:\n3. Chủ tịch Hội đồng báo cáo kết quả thực hiện trong quý IV.\n"
    made, body = foot(text)
    assert made.signer is None
    assert body[-1].startswith("3. Chủ tịch Hội đồng")


@pytest.mark.parametrize("opening", ["PHỤ LỤC I\nDANH MỤC NHIỆM VỤ\n", "Chương I\nQUY ĐỊNH CHUNG\n"])
def test_annexes_begin_below_the_signature(opening: str) -> None:
    """What is attached stands after the foot and is no recipient."""
    found = lines(Source(name="a", kind="txt", text=BODY + LISTED + SIGNED + opening + "1. Rà soát.\n"))
    made = footer.parse(found, 0)
    assert found[made.end].text == opening.splitlines()[0]
    assert made.recipients[-1] == "Lưu: VT, NC"


def test_recipients_end_at_the_cell() -> None:
    """The signature in the next cell is not the end of "Lưu: VT"."""
    made, _ = foot("|\nNơi nhận:\n- Như trên;\n- Lưu: VT\n|\nCHỦ TỊCH\nTrần Sỹ Thanh\n|\n")
    assert made.recipients == ("Như trên", "Lưu: VT")
    assert made.signer == "Trần Sỹ Thanh"
