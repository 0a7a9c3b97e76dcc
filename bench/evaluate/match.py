"""When bodies found count as those that gold names. The holder of an office counts as the office."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.evaluate.match import bare

# Shorter names would be found inside half of the others ("Sở", "UBND").
_LEAST_PART = 6
_HOLDER = re.compile(
    r"""^(?:(?:dong\ chi|cac|tap\ the)\ )*                                 # đồng chí Giám đốc, các Giám đốc
        (?:pho\ chu\ tich|chu\ tich|tong\ giam\ doc|giam\ doc|thu\ truong|bo\ truong|chanh\ van\ phong
          |truong\ ban|lanh\ dao|nguoi\ dung\ dau|hieu\ truong)            # Chủ tịch, Thủ trưởng, Hiệu trưởng
        (?:\ cac)?\                                                        # Chủ tịch các, Thủ trưởng các
    """,
    re.VERBOSE,
)


def office(name: str) -> str:
    """The key of a body: "Chủ tịch UBND thành phố Huế" and "Ủy ban nhân dân TP Huế" have one."""
    key = bare(name).replace("uy ban nhan dan", "ubnd").replace("thanh pho", "tp")
    return _HOLDER.sub("", key)


def bodies_named(found: Sequence[str], wanted: Sequence[str]) -> float:
    """The share of the bodies wanted that are among those found, as a whole or one name within the other."""
    mine = [office(name) for name in found]
    theirs = [office(name) for name in wanted]
    return sum(any(_same_body(one, other) for one in mine) for other in theirs) / max(1, len(theirs))


def _same_body(found: str, wanted: str) -> bool:
    return found == wanted or (len(found) >= _LEAST_PART and (found in wanted or wanted in found))
