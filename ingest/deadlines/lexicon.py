"""The words that can govern a date in a directive, and of what kind each is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["order", "finish", "passive", "paper", "matter", "past", "target", "figure"]


def _any(words: str) -> str:
    """The words, parted by commas, as the alternatives of a verbose pattern, longest first."""
    each = sorted((" ".join(word.split()) for word in words.split(",")), key=len, reverse=True)
    return "|".join(word.replace(" ", "[ ]") for word in each)


# "trình" alone, and not in "công trình", "quá trình", "trình độ".
SUBMIT = (
    r"(?<!công[ ])(?<!chương[ ])(?<!quá[ ])(?<!quy[ ])(?<!lộ[ ])(?<!tờ[ ])(?<!giải[ ])(?<!tiến[ ])"
    r"trình(?![ ](?:độ|tự|diễn|bày))"
)
# Acts that a directive orders; words of one syllable only where they are not part of another word.
ORDER = (
    _any(
        """
        báo cáo, gửi, nộp, tham mưu, đề xuất, kiến nghị, ban hành, phê duyệt, tổ chức, thực hiện,
        triển khai, xây dựng, rà soát, kiểm tra, thanh tra, giám sát, theo dõi, đôn đốc, tổng hợp, thống kê,
        đánh giá, xếp loại, bình xét, kiểm điểm, sơ kết, tổng kết, cập nhật, công bố, công khai, thông báo,
        cung cấp, phản ánh, đăng ký, giao ban, đối chiếu, số hóa, sao lưu, kê khai, chuẩn bị, khắc phục,
        xử lý, giải quyết, tháo gỡ, sắp xếp, bố trí, phân bổ, giải ngân, bàn giao, áp dụng, đưa vào, kết nối,
        tích hợp, hướng dẫn, tập huấn, quán triệt, tuyên truyền, phổ biến, khởi công, khánh thành,
        nghiệm thu, thẩm định, góp ý, tiếp thu, chỉ đạo, phối hợp, chủ trì, điều chỉnh, sửa đổi, bổ sung,
        thành lập, kiện toàn, ký kết, lấy ý kiến, khảo sát, điều tra, nghiên cứu, vận hành, thu hồi, chi trả,
        quyết toán, thanh toán, mua sắm, đấu thầu, tiến hành, duy trì, quan trắc, sát hạch, đo lường,
        phát động, làm việc, hoàn thiện
        """
    )
    + rf"|{SUBMIT}|"
    + r"(?<!công[ ])(?<!độc[ ])lập|(?<!cuộc[ ])(?<!buổi[ ])họp|chuyển(?![ ]đổi)|cử(?=[ ](?:cán|công|người))"
)
FINISH = _any("hoàn thành, hòan thành, hoàn tất, xong, dứt điểm, kết thúc")
# Papers and funds that a period names: "kế hoạch hằng năm".
PAPER = _any(
    """
    kế hoạch, dự toán, ngân sách, kinh phí, nguồn vốn, vốn, nghị quyết, chương trình, danh mục, hội nghị,
    hội thảo, tọa đàm, kỳ họp, phiên họp, trợ cấp, phụ cấp, quy hoạch, chiến lược, đề án, lộ trình,
    báo cáo tài chính, hợp đồng, học phí, lương
    """
)
# Matters that a period names: "các nhiệm vụ trọng tâm trong năm 2024".
MATTER = _any(
    """
    nhiệm vụ, chỉ tiêu, mục tiêu, chỉ số, công tác, kết quả đạt được, giai đoạn, thời kỳ, nhiệm kỳ, chủ đề,
    định hướng, tầm nhìn, phong trào, thi đua, khen thưởng, số liệu, tình hình, dự báo, hạn chế, tồn tại,
    khó khăn, chi thường xuyên
    """
)
PAST = _any("đã, vừa, từng, trước đây")
TARGET = (
    _any("phấn đấu đạt, tỷ lệ, tỉ lệ, tăng trưởng, ước")
    + r"|đạt(?=[ ](?:trên|tối|ít|khoảng|từ|được|và|mức|mục|chỉ|tỷ|tỉ|\d))"
    + r"|giảm(?=[ ](?:số|tỷ|tỉ|từ|ít|tối|bình|còn|\d))"
)
FIGURE = r"\d[ ]?%"
# "kết quả thực hiện Kế hoạch" is one thing that is reported, not a plan that a period names.
OUTCOME = rf"""
    (?:{_any("kết quả, tình hình, tiến độ")}) (?:[ ](?:{_any("triển khai, thực hiện, tổ chức")})){{1,3}}
    (?:[ ](?:các[ ])?(?:{PAPER}|{MATTER}))?
"""

_HEADS = re.compile(
    rf"""(?<!\w)(?: (?P<outcome>{OUTCOME}) | (?P<rated>hoàn[ ]thành[ ](?:xuất[ ]sắc|tốt)) | (?P<finish>{FINISH})
        | (?P<passive>được[ ](?:{ORDER})) | (?P<paper>(?:{PAPER})(?:[ ](?:{ORDER})){{0,3}}) | (?P<matter>{MATTER})
        | (?P<past>{PAST}) | (?P<target>{TARGET}) | (?P<figure>{FIGURE}) | (?P<order>{ORDER}) )(?!\w)""",
    re.VERBOSE,
)
_KINDS: dict[str, Kind] = {
    "outcome": "order",
    "finish": "finish",
    "rated": "matter",
    "passive": "passive",
    "paper": "paper",
    "matter": "matter",
    "past": "past",
    "target": "target",
    "figure": "figure",
    "order": "order",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A word that can govern a date, at `start` to `end` of the text in which it was found."""

    kind: Kind
    start: int
    end: int

    def moved(self, by: int) -> Head:
        return Head(kind=self.kind, start=self.start + by, end=self.end + by)


def heads(text: str) -> tuple[Head, ...]:
    """The governing words of a text in the form of a view, in their order."""
    return tuple(
        Head(kind=_KINDS[match.lastgroup or "order"], start=match.start(), end=match.end())
        for match in _HEADS.finditer(text)
    )
