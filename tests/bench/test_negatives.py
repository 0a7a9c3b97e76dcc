"""Hard negatives: what shares the words and is not the answer."""

from __future__ import annotations

from random import Random

from bench.train.data import Pair
from bench.train.negatives import mined

PAIRS = [
    Pair(left="Cấp giấy phép lái xe", right="Hồ sơ cấp giấy phép lái xe gồm đơn, giấy khám sức khỏe và ảnh"),
    Pair(left="Thu hồi giấy phép", right="Giấy phép bị thu hồi khi người được cấp giấy phép không còn đủ điều kiện"),
    Pair(left="Nghỉ lễ", right="Người lao động được nghỉ làm việc hưởng nguyên lương trong những ngày lễ"),
    Pair(left="Thuế", right="Mức thu do Chính phủ quy định"),
]


def test_a_wrong_text_shares_words_with_the_left_one() -> None:
    """It is the right one of another pair; the order of the pairs is kept."""
    found = mined(PAIRS, Random(1))
    assert [(one.left, one.right) for one in found] == [(one.left, one.right) for one in PAIRS]
    assert found[0].wrong == PAIRS[1].right
    assert found[1].wrong == PAIRS[0].right


def test_where_no_other_text_shares_a_word_any_other_is_wrong() -> None:
    """Never its own."""
    for seed in range(20):
        rest = mined(PAIRS, Random(seed))[3]
        assert rest.wrong in {one.right for one in PAIRS[:3]}
