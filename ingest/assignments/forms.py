"""The forms in which a directive charges a body: orders, headings, partners, labelled lines.

Patterns over the words of a clause as printed; `ASKED`, `GENERIC`, `CRITERIA` and `TASKS_AHEAD` read folded text.
"""

from __future__ import annotations

import re

from ingest.agencies.words import VERBS
from ingest.text import LOWER, UPPER

SENTENCE = re.compile(rf"[^\n]+?(?:(?<=[.;!?…])(?=\s+[“\"(]?[{UPPER}])|(?=\n)|$)")
ORDER = re.compile(r"\b(?P<verb>[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công|[Cc]hỉ đạo)\s+(?:cho\s+)?(?:đồng chí\s+)?")
# An order of its own heads a sentence or one of its parts; elsewhere it is what the body of the heading does.
ORDER_BOUNDARY = re.compile(r"(?:^|[;:.]|\b[Đđ]ồng thời,?)\W*$")
ORDER_NOUN = re.compile(
    r"(?:được|theo|trình,|nhiệm vụ|kiến nghị|hồ sơ|văn bản|các|những|sự|nội dung|đáp ứng|bản|là)\s+$"
)
COORDINATE = re.compile(
    r"\b[Pp]hối hợp(?:,? (?:chặt chẽ|đồng bộ|thường xuyên|hỗ trợ))*"
    r"(?:,?\s+(?:với|cùng)(?: với)?)?\s+"
)
_UNIT = r"(?:cơ\ quan|đơn\ vị|bộ\ phận|địa\ phương|tổ\ chức|cấp|người)"
_UNITS = rf"(?:các\ )?{_UNIT}(?:(?:,|\ và)\ (?:các\ )?{_UNIT})*\s+(?:được\ giao\s+)?"
_LABEL = rf"""(?:
        (?P<lead>      (?:{_UNITS}|phân\ công\s+|trách\ nhiệm\s+)?
                       (?:chủ\ trì(?:,?\ (?:và\ )?(?:thực\ hiện|tham\ mưu|triển\ khai|soạn\ thảo|xây\ dựng))?
                         |(?:tổ\ chức\ |triển\ khai\ )?thực\ hiện|đầu\ mối|tham\ mưu|chịu\ trách\ nhiệm(?:\ chính)?))
      | (?P<coordinate>(?:{_UNITS})?(?:phối\ hợp|tham\ gia)(?:\ thực\ hiện)?)
      | (?P<time>      (?:thời\ gian|thời\ hạn|tiến\ độ|hạn|mốc\ thời\ gian)
                       (?:\s+(?:thực\ hiện|hoàn\ thành|triển\ khai|trình|báo\ cáo))?)
      )(?:\s*\([^)]*\))?\s*:\s*"""
LABELLED = re.compile(rf"^[-+*•\s]*{_LABEL}", re.VERBOSE | re.IGNORECASE)
# One labelled item behind another, or behind the task, in one line: "…; cơ quan phối hợp: Sở Nội vụ. Thời gian: …".
LABEL_AHEAD = re.compile(rf"(?<=[.;,])\s+(?={re.sub(r'[?]P<[a-z]+>', '?:', _LABEL)})", re.VERBOSE | re.IGNORECASE)
BETWEEN = re.compile(r"(?:[\s,;/]|\b(?:và|cùng|với|hoặc|của)\b|\(|\))*")
BEFORE_FIRST = re.compile(r"[\s,]*(?:các|tập thể|lãnh đạo|toàn thể)?\s*")
HEADING_LEAD = re.compile(
    r"^(?:(?:Giao|Đề nghị|Yêu cầu|Đối với|Về phía|Phân công|Trách nhiệm|Nhiệm vụ)"
    r"(?:\s+(?:của|cho|các(?=\s+các)))?:?\s+)+",
    re.IGNORECASE,
)
HEADING_TAIL = re.compile(r"\s*(?:,?\s*(?:có trách nhiệm|chịu trách nhiệm|chủ trì|thực hiện|chỉ đạo))*\s*[:.;]?\s*$")
# Who can be told something; "Các văn bản phải …" orders nobody.
_ACTORS = (
    r"cơ quan|đơn vị|tổ chức(?= (?:chính|xã|đảng|đoàn|hội|liên quan|có liên quan|quốc tế|phi)\b|[,;])|cá nhân"
    r"|doanh nghiệp|công ty|ngân hàng|sở(?! hữu)|ban(?! hành)|bộ|ngành|cấp(?! phát| giấy| phép)|địa phương|lực lượng"
    r"|cán bộ|công chức"
    r"|viên chức|đảng viên|thành viên|ủy viên|đồng chí|trường|nhà|cơ sở|chủ|hộ|hội|đoàn|tập thể|thủ trưởng|bộ phận"
    r"|phòng(?!,? chống)|ủy ban|xã(?! hội)|phường|thôn|tỉnh|thành phố|quận|huyện|bên|người|giáo viên|bệnh viện"
    r"|trung tâm|tổ(?! chức)|đội|công an|quân đội|bộ đội|hải quan|biên phòng|chính quyền|mặt trận"
)
NAMED_GROUP = re.compile(
    rf"^(?:Đối với\s+)?(?P<group>(?:(?:[Cc]ác|[Nn]hững|[Mm]ọi|[Tt]ất cả(?: các)?)\s+(?:{_ACTORS})|[Nn]gười đứng đầu)\b"
    r"[^.;:\n]{0,160}?)\s*,?\s*(?:có trách nhiệm|chịu trách nhiệm|phải|cần(?! thiết))\b",
    re.IGNORECASE,
)
# Partners without a name of their own: "với lực lượng quân đội, công an hỗ trợ …", "với ngành giáo dục để …"
_TOLD = "|".join(sorted(verb for verb in VERBS if " " in verb))
_SHORT_VERBS = "|".join(sorted(VERBS - {verb for verb in VERBS if " " in verb} - {"và", "hoặc", "tại", "từ"}))
PARTNERS = re.compile(
    rf"(?:(?:các|những)\s+)?(?:{_ACTORS})\b(?: chủ trì| chủ quản)?[^.;:()\n]{{0,90}}?"
    rf"(?=\s+(?:để|nhằm|trong (?:việc|công)|{_TOLD})\b|,\s+(?:{_SHORT_VERBS})\b|[.;:]\s|$)",
    re.IGNORECASE,
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
    r"""^(?![\s,]*trong\ (?:việc|quá\ trình|công\ tác)\b)
        [\s,]*(?:tiếp\ tục|tích\ cực|thường\ xuyên|kịp\ thời|khẩn\ trương|chủ\ động|căn\ cứ|theo)?[^.;]{0,60}?\s*
        (?:chủ\ trì|phối\ hợp|tham\ mưu|tổ\ chức|thực\ hiện|triển\ khai|xây\ dựng|rà\ soát|hướng\ dẫn|báo\ cáo|kiểm\ tra
        |theo\ dõi|bố\ trí|có\ trách\ nhiệm|chịu\ trách\ nhiệm|chủ\ động|đôn\ đốc|tổng\ hợp|tuyên\ truyền
        |chỉ\ đạo)\b""",
    re.VERBOSE,
)
MUST = re.compile(r"^[\s,]*(?:cần|phải|có trách nhiệm|chịu trách nhiệm|khẩn trương)\b")
MUST_OR_LEADS = re.compile(rf"{MUST.pattern}|^[\s,]*(?:chủ trì|phối hợp|chủ động|hướng dẫn|căn cứ)\b")
OPENS = re.compile(
    r"^(?:(?:Đồng thời|Riêng|Trong đó|Bên cạnh đó|Ngoài ra|Vì vậy|Do đó|(?:Trong )?[Tt]hời gian tới)[,:]?\s*"
    r"|Đối với\s+|(?:Để|Nhằm)\s[^.;:\n,]{5,160},\s*)*"
)
# Whom an issuer asks and does not command (Luật Tổ chức chính quyền địa phương; Luật Tổ chức Chính phủ): bodies of the
# Party, of the assemblies, of the courts, of the people's organisations, the press and companies; and for one that
# is no more than a part of the administration, what stands above it or beside it.
_OUTSIDE = (
    r"\b(?:mat tran|doan the|ban dang|thanh uy|tinh uy|quan uy|huyen uy|dang uy|cap uy|ban can su|ban tuyen giao"
    r"|ban to chuc|hoi dong nhan dan|hdnd|toa an|vien kiem sat|doan dai bieu|lien doan|doan thanh nien|co quan bao)\b"
    r"|^(?:cac )?(?:to chuc chinh tri|hoi(?! dong)|hiep hoi|bao(?! hiem)|dai|thong tan|cong ty|tong cong ty|tap doan"
    r"|doanh nghiep|ngan hang)\b"
)
_ABOVE_PROVINCES = r"^(?:cac )?bo (?!chi huy|tu lenh|phan)|^(?:chinh phu|thu tuong|quoc hoi)\b"
_BESIDE_DEPARTMENTS = r"^(?:cac )?so\b|\b(?:uy ban nhan dan|ubnd)\b"
GOVERNMENT = re.compile(r"^(?:chinh phu|thu tuong|van phong chinh phu)\b")
_DEPARTMENT = r"^(?:so|bo)\b"
_ADMINISTRATION = r"\b(?:uy ban nhan dan|ubnd|van phong|ban chi dao)\b"
ASKED = tuple(
    (re.compile(issuer), re.compile("|".join(asked)))
    for issuer, asked in (
        (GOVERNMENT.pattern, [_OUTSIDE]),
        (_DEPARTMENT, [_OUTSIDE, _ABOVE_PROVINCES, _BESIDE_DEPARTMENTS]),
        (_ADMINISTRATION, [_OUTSIDE, _ABOVE_PROVINCES]),
    )
)
"""By whom issued, which bodies a request ("Đề nghị …") goes to; for every other issuer it goes to all."""
# A province that the central government tells to do something, or visits and then tells.
PLACE = rf"(?:[Tt]ỉnh|[Tt]hành phố|TP\.?)(?: [{UPPER}][{LOWER}]+(?:[ -][{UPPER}][{LOWER}]+){{0,3}})"
LOCALITY = re.compile(PLACE)
# The province that a notice of conclusions is about, without its name: "Tỉnh cần tập trung …".
LOCALITY_BARE = re.compile(r"(?:[Tt]ỉnh|[Tt]hành phố)(?=,?\s+(?:cần|phải)\b)")
# A body that no register knows, ordered by name: "Đề nghị Báo tỉnh tuyên truyền", "Giao Văn phòng Điều phối tham mưu".
UNKNOWN_BODY = re.compile(rf"(?P<name>[{UPPER}][^.;:,()\n]{{2,80}}?)(?=\s*:\s+[{UPPER}]|,?\s+(?:{_TOLD})\b)")
TASKS_AHEAD = re.compile(r"\bnhiem vu\b|\bgiai phap\b|\bthoi gian toi\b")
TASK_OPENS = re.compile(r"(?:tham mưu|trình|báo cáo|phối hợp|hướng dẫn|kiểm tra|tổng hợp)\b", re.IGNORECASE)
DIRECTS = re.compile(r"[\W\d_]*[Cc]hỉ đạo\b")
GROUP_OPENS = re.compile(r"(?:Các|Những|Mọi|Tất cả|Doanh nghiệp|Tổ chức|Cộng đồng|Người dân)\b")
GROUP_TOLD = re.compile(rf"(?P<group>(?:{GROUP_OPENS.pattern})[^.;:\n]{{0,120}}):\s+(?=[{UPPER}])")
# The last words before a list of tasks: they announce it and order nothing by themselves.
ANNOUNCES = re.compile(r"\b(?:sau|sau đây|dưới đây|như sau)\s*:$")
# A heading over what is rewarded, measured or covered: what stands beneath describes and orders nothing.
ACTION_AHEAD = re.compile(r"\b(?:nhiem vu|giai phap|noi dung|phuong an|to chuc thuc hien|phan cong|trach nhiem)\b")
CRITERIA = re.compile(
    r"(?:doi tuong|so luong|tieu chi|tieu chuan|pham vi|muc tieu|hinh thuc|thanh phan|co cau|dieu kien)\b"
)
# A body to which results go and that makes something of them: "gửi Sở Xây dựng tổng hợp, báo cáo UBND". With "để" it
# merely receives them.
SENT = re.compile(r"\b(?:gửi|về|cho|qua)\s+(?:cho\s+|về\s+)?(?=[^.;]{4,120}\btổng hợp)")
WORKED_ON = re.compile(r"(?:\s*\([^()]{0,120}\))?[\s,]*(?:theo dõi,?\s+(?:và\s+)?)?tổng hợp\b")
# What a body does where a case arises: "trường hợp vượt thẩm quyền, Sở Y tế báo cáo …".
CASE = re.compile(r"(?:^|;\s*)[Tt]rường hợp\s[^,;.]{3,120},\s*")
# An abbreviation given to the bodies of a list: "(sau đây gọi tắt là các đơn vị)".
CALLED = re.compile(r"\s*\((?:sau đây\s+)?(?:gọi|viết)\s+(?:tắt|chung)[^()]{0,80}\)")
# A body in a list that no register knows, between two that it knows.
UNKNOWN_ITEM = re.compile(
    rf"[\s,;]*(?:và\s+)?(?P<name>(?:các\s+)?(?:{_ACTORS})\b[^,.;:()\n]{{0,60}}?)(?=[,;]\s|\s+và\s)", re.IGNORECASE
)
# A label before the subject: "Khen thưởng cấp tỉnh: Sở Nội vụ phối hợp với …".
LABEL_BEFORE = re.compile(rf"[{UPPER}][^.;:,()\n]{{3,60}}:\s+")
# A task with its body in brackets: "Tập huấn (Sở Nội vụ chủ trì, phối hợp với Sở Tài chính)".
IN_BRACKETS = re.compile(r"\(\s*(?:giao\s+)?", re.IGNORECASE)
LEADS = re.compile(r",?\s*(?:chủ trì|thực hiện|chịu trách nhiệm|là cơ quan chủ trì)\b")
# Behind the bodies, what explains them: "các doanh nghiệp viễn thông (VNPT, Viettel):".
ASIDE = re.compile(r"\s*\([^()]{1,160}\)(?=\s*(?::|,?\s*(?:chủ trì|phối hợp|có trách nhiệm)\b))")
# Words behind which a list of things stands, not of tasks.
CONTENTS = re.compile(
    r"\b(?:gồm|bao gồm|gồm có|thành phần|sau đây gọi|trường hợp|điều kiện|nguyên tắc|tiêu chí|giấy tờ|khi)\b"
    r"[^.;:]{0,60}:$"
)
# Behind a group of bodies in a heading, on what footing they act.
FOOTING = re.compile(r",?\s+(?:căn cứ|theo|trên cơ sở|trong phạm vi|có trách nhiệm)\b")
BREAKS_OFF = re.compile(r"phối hợp(?: với)?\s*:?$")
INTRODUCES = re.compile(r"^\s*(?:Để|Nhằm|Căn cứ|Trên cơ sở|Trên đây là|Theo|Trong quá trình|Quá trình|Nếu)\b")
COMMA = re.compile(r"[,;]\s+")
GENERIC = re.compile(
    r"^(?:cac )?(?:co quan|don vi|dia phuong|to chuc|thu truong)(?:, (?:co quan|don vi|dia phuong|to chuc|ca nhan))*"
    r"(?: (?:tren|neu tren|noi tren))?$"
)
ANNEX = re.compile(r"PL\d+")
