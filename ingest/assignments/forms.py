"""The forms in which a directive charges a body: orders, headings, partners, labelled lines.

Patterns over the words of a clause as printed; `NOT_COMMANDED`, `COMMANDS`, `GENERIC` and `TASKS_AHEAD` read folded
text.
"""

from __future__ import annotations

import re

from ingest.text import LOWER, UPPER

SENTENCE = re.compile(rf"[^\n]+?(?:(?<=[.;!?…])(?=\s+[“\"(]?[{UPPER}])|(?=\n)|$)")
ORDER = re.compile(r"\b(?P<verb>[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công|[Cc]hỉ đạo)\s+(?:cho\s+)?(?:đồng chí\s+)?")
ORDER_NOUN = re.compile(r"(?:được|theo|nhiệm vụ|kiến nghị|hồ sơ|văn bản|các|những|sự|nội dung|đáp ứng|bản|là)\s+$")
COORDINATE = re.compile(
    r"\b[Pp]hối hợp(?:,? (?:chặt chẽ|đồng bộ|thường xuyên|hỗ trợ))*"
    r"(?:,?\s+(?:với|cùng)(?: với)?)?\s+"
)
LABELLED = re.compile(
    r"""^[-+•\s]*(?:
        (?P<lead>      (?:(?:Cơ\ quan|Đơn\ vị|Bộ\ phận|Phân\ công|Trách\ nhiệm|Tổ\ chức)\s+)?
                       (?:chủ\ trì(?:,?\ (?:và\ )?(?:thực\ hiện|tham\ mưu|triển\ khai))?
                         |thực\ hiện|đầu\ mối|chịu\ trách\ nhiệm))
      | (?P<coordinate>(?:(?:Cơ\ quan|Đơn\ vị|Bộ\ phận)\s+)?(?:phối\ hợp|tham\ gia)(?:\ thực\ hiện)?)
      | (?P<time>      (?:Thời\ gian|Thời\ hạn|Tiến\ độ|Hạn)(?:\s+(?:thực\ hiện|hoàn\ thành|triển\ khai))?)
      )(?:\s*\([^)]*\))?\s*:\s*""",
    re.VERBOSE | re.IGNORECASE,
)
BETWEEN = re.compile(r"(?:[\s,;/]|\b(?:và|cùng|với|hoặc|của)\b|\(|\))*")
BEFORE_FIRST = re.compile(r"[\s,]*(?:các|tập thể|lãnh đạo|toàn thể)?\s*")
HEADING_LEAD = re.compile(
    r"^(?:(?:Giao|Đề nghị|Yêu cầu|Đối với|Về phía|Phân công|Trách nhiệm|Nhiệm vụ)"
    r"(?:\s+(?:của|cho|các(?=\s+các)))?\s+)+",
    re.IGNORECASE,
)
HEADING_TAIL = re.compile(r"\s*(?:,?\s*(?:có trách nhiệm|chịu trách nhiệm|chủ trì|thực hiện|chỉ đạo))*\s*[:.;]?\s*$")
NAMED_GROUP = re.compile(
    r"^(?:Đối với\s+)?(?P<group>(?:[Cc]ác|[Nn]hững|[Mm]ọi|[Nn]gười đứng đầu)\s+[^.;:\n]{3,160}?)\s*,?\s*"
    r"(?:có trách nhiệm|chịu trách nhiệm|phải|cần(?! thiết))\b"
)
# Partners without a name of their own: "với lực lượng quân đội, công an hỗ trợ …", "với ngành giáo dục để …"
PARTNERS = re.compile(
    r"""(?:(?:các|những)\s+)?
        (?:cơ\ quan|đơn\ vị|lực\ lượng|ngành|tổ\ chức|địa\ phương|doanh\ nghiệp|cấp\ ủy|chính\ quyền)\s
        [^.;:()\n]{2,90}?
        (?=\s+(?:để|nhằm|hỗ\ trợ|tổ\ chức|thực\ hiện|triển\ khai|xây\ dựng|rà\ soát|trong\ (?:việc|công)
        |kiểm\ tra|tuyên\ truyền|hướng\ dẫn|tham\ mưu|đề\ xuất|quản\ lý)\b|[.;:,]\s|$)""",
    re.VERBOSE,
)
# After its subject, an order has none of these: they tell what was, is, or who else orders.
TELLS = re.compile(
    r"""^[\s,]*(?:đã|đang|đều|vẫn|là|được|có\ \d|gồm|đạt|xếp|đứng|ghi\ nhận|đánh\ giá\ cao|biểu\ dương|thông\ báo
        |trân\ trọng|xin|kết\ luận|yêu\ cầu|giao|đề\ nghị|ban\ hành|phát\ biểu|khẳng\ định|nhấn\ mạnh
        |chủ\ trì\ (?:buổi|cuộc|hội)
        |vừa|cũng|còn|\(|[.;]|:\s*(?:$|\d|[Kk]hông\ quá)|$|có\ (?:liên\ quan|tên))""",
    re.VERBOSE,
)
ACTS = re.compile(
    r"""^[\s,]*(?:tiếp\ tục|tích\ cực|thường\ xuyên|kịp\ thời|khẩn\ trương|chủ\ động|căn\ cứ|theo)?[^.;]{0,60}?\s*
        (?:chủ\ trì|phối\ hợp|tham\ mưu|tổ\ chức|thực\ hiện|triển\ khai|xây\ dựng|rà\ soát|hướng\ dẫn|báo\ cáo|kiểm\ tra
        |theo\ dõi|bố\ trí|có\ trách\ nhiệm|chịu\ trách\ nhiệm|chủ\ động|đôn\ đốc|tổng\ hợp|tuyên\ truyền
        |chỉ\ đạo)\b""",
    re.VERBOSE,
)
MUST = re.compile(r"^[\s,]*(?:cần|phải|có trách nhiệm|chịu trách nhiệm|khẩn trương)\b")
OPENS = re.compile(r"^(?:(?:Đồng thời|Riêng|Trong đó|Bên cạnh đó|Ngoài ra)[,:]?\s*(?:thời gian tới,\s*)?|Đối với\s+)*")
NOT_COMMANDED = re.compile(
    r"\b(?:mat tran|doan the|ban dang|thanh uy|tinh uy|quan uy|huyen uy|dang uy|ban can su|ban tuyen giao|ban to chuc"
    r"|hoi dong nhan dan|hdnd|bao|dai|co quan bao|thong tan|toa an|vien kiem sat|doan dai bieu|lien doan|hoi"
    r"|doan thanh nien)\b"
)
COMMANDS = re.compile(r"\b(?:uy ban nhan dan|ubnd|chinh phu|thu tuong|bo|so|van phong|ban chi dao)\b")
# A province that the central government tells to do something, or visits and then tells.
PLACE = rf"(?:[Tt]ỉnh|[Tt]hành phố|TP\.?)(?: [{UPPER}][{LOWER}]+(?:[ -][{UPPER}][{LOWER}]+){{0,3}})"
LOCALITY = re.compile(PLACE)
VISITED = re.compile(
    rf"làm việc với (?:(?:lãnh đạo|Ban Thường vụ|Thường trực|tập thể)\s(?:Tỉnh ủy\s|Thành ủy\s)?)?(?P<place>{PLACE})"
)
TASKS_AHEAD = re.compile(r"\bnhiem vu\b|\bgiai phap\b|\bthoi gian toi\b")
TASK_OPENS = re.compile(r"(?:tham mưu|trình|báo cáo|phối hợp|hướng dẫn|kiểm tra|tổng hợp)\b", re.IGNORECASE)
DIRECTS = re.compile(r"[\W\d_]*[Cc]hỉ đạo\b")
GROUP_OPENS = re.compile(r"(?:Các|Những|Mọi)\s")
BREAKS_OFF = re.compile(r"phối hợp(?: với)?\s*:?$")
INTRODUCES = re.compile(r"^(?:Căn cứ|Trên cơ sở|Trên đây là|Theo|Trong quá trình|Quá trình|Nếu)\b")
COMMA = re.compile(r"[,;]\s+")
GENERIC = re.compile(
    r"^(?:cac )?(?:co quan|don vi|dia phuong|to chuc|thu truong)(?:, (?:co quan|don vi|dia phuong|to chuc|ca nhan))*"
    r"(?: (?:tren|neu tren|noi tren))?$"
)
ANNEX = re.compile(r"PL\d+")
