"""The overlap of regions, which says how well marks sit."""

from __future__ import annotations

import pytest

from bench.evaluate.regions import overlap
from ingest.model import Region

WHOLE = Region(page=1, left=0.1, top=0.2, right=0.5, bottom=0.4)
LEFT = Region(page=1, left=0.1, top=0.2, right=0.3, bottom=0.4)
RIGHT = Region(page=1, left=0.3, top=0.2, right=0.5, bottom=0.4)
OVERLEAF = Region(page=2, left=0.1, top=0.2, right=0.5, bottom=0.4)


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ([WHOLE], [WHOLE], 1.0),
        ([WHOLE], [LEFT], 0.5),
        ([LEFT], [RIGHT], 0.0),
        ([WHOLE], [LEFT, RIGHT], 1.0),
        ([WHOLE], [OVERLEAF], 0.0),  # another page
        ([WHOLE, OVERLEAF], [WHOLE], 0.5),
    ],
)
def test_what_both_cover_is_a_share_of_what_either_covers(
    first: list[Region], second: list[Region], share: float
) -> None:
    """However the blocks are cut."""
    assert overlap(first, second) == pytest.approx(share)
    assert overlap(second, first) == pytest.approx(share)
