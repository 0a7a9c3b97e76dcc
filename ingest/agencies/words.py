"""The words that Vietnamese names of bodies are made of, by the part they play in a name.

Each list holds lower-case words in the key form of `ingest.text.old_tones`. Sources: Nghị định 30/2020/NĐ-CP,
Phụ lục II (how names of bodies are written), the names in Nghị định 45/2025/NĐ-CP and 150/2025/NĐ-CP, and
the names of provinces before and after 1 July 2025 (Nghị quyết 202/2025/QH15).
"""

from __future__ import annotations


def read_words(text: str) -> frozenset[str]:
    """The words of a list that semicolons divide."""
    return frozenset(" ".join(word.split()) for word in text.replace("\n", ";").split(";") if word.strip())


UBND = "ủy ban nhân dân"
HDND = "hội đồng nhân dân"
FRONT = "mặt trận tổ quốc"
CITY = "thành phố"

# What is written short everywhere; read as the long form, in names and in text alike.
SHORT_FORMS = {
    "ubnd": UBND,
    "ưbnd": UBND,  # OCR reads the capital U with a horn
    "hđnd": HDND,
    "hdnd": HDND,
    "mttq": FRONT,
    "mttqvn": FRONT + " việt nam",
    "ubmttq": "ủy ban " + FRONT,
    "ubmttqvn": "ủy ban " + FRONT + " việt nam",
    "tp": CITY,
    "vp": "văn phòng",
    "vpub": "văn phòng " + UBND,
    "vpubnd": "văn phòng " + UBND,
    "bcđ": "ban chỉ đạo",
    "bhxh": "bảo hiểm xã hội",
    "nhnn": "ngân hàng nhà nước",
    "kbnn": "kho bạc nhà nước",
    "cntt": "công nghệ thông tin",
    "cchc": "cải cách hành chính",
    "đbqh": "đại biểu quốc hội",
    "vksnd": "viện kiểm sát nhân dân",
    "tand": "tòa án nhân dân",
    "bch": "ban chấp hành",
    "chqs": "chỉ huy quân sự",
}

# Heads that are nothing else: capitalised, they name a body even before words the grammar does not know.
STRONG_HEADS = read_words(
    """
    trường đại học; trường cao đẳng; sở; văn phòng; trung tâm; viện; cục; chi cục; tổng cục; công an;
    liên đoàn; liên minh; ủy ban; hội đồng; ban chỉ đạo; ban quản lý; ban chỉ huy; ban tổ chức; ban bầu cử;
    tổ công tác; tổ giúp việc; công ty; tổng công ty; tập đoàn; ngân hàng; bảo hiểm xã hội; kho bạc;
    học viện; đại học; bệnh viện; tòa án; viện kiểm sát; bộ tư lệnh; bộ chỉ huy; đảng ủy; chi nhánh;
    thường trực; ban thường vụ; ban chấp hành; ban cán sự; kiểm toán; hiệp hội; câu lạc bộ; hợp tác xã;
    hạt kiểm lâm; đoàn đại biểu quốc hội; tạp chí; nhà xuất bản; tổng liên đoàn; bộ đội; phân viện;
    trạm y tế; chi đoàn; đảng bộ; đồn; đồn biên phòng; trạm; kho bạc nhà nước
    """
)
# Heads that are also everyday syllables ("báo cáo", "phòng, chống"): a capitalised word must follow.
WEAK_HEADS = read_words(
    """
    bộ; ban; phòng; vụ; báo; đài; hội; trường; tổ; quỹ; thuế; hải quan; thanh tra; thống kê; đoàn; đội; hạt;
    khoa; xí nghiệp; kiểm lâm; thi hành án; quốc hội; chính phủ; chi hội
    """
)
HEADS = STRONG_HEADS | WEAK_HEADS
# Heads whose rest is printed in letters: "Sở TT&TT".
SHORTENED_HEADS = read_words("sở; bộ; phòng; đài; ban; cục")
# The name is a field of government and nothing more: no lower-case words follow it.
CLOSED_HEADS = read_words("sở; bộ; công an; thuế; hải quan; thanh tra; thống kê; báo; đài")
# Heads that are also what such bodies do or collect: "Thống kê TTHC", "Thuế GTGT" name none.
ACTIVITY_HEADS = read_words("thuế; hải quan; thanh tra; thống kê; kiểm toán; công an")
# Long names of their purpose, with lists and "về" inside.
PURPOSE_HEADS = read_words(
    """
    ban chỉ đạo; tổ công tác; tổ giúp việc; hội đồng; ban tổ chức; ban chỉ huy; ban; tổ; ủy ban; đoàn;
    ban quản lý; viện; trung tâm; thường trực; cục; vụ; hội; quỹ
    """
)
# A body whose name may end in the name of the body it belongs to, without "của".
PART_HEADS = read_words(
    """
    văn phòng; thường trực; ban; ban thường vụ; ban chấp hành; ban cán sự; phòng; đội; chi nhánh; thanh tra;
    đảng ủy; đảng bộ; ban quản lý; cục; vụ; tổ giúp việc; trung tâm; ban tổ chức; đoàn; ban chỉ huy;
    đoàn đại biểu quốc hội
    """
)
PARENT_BODIES = read_words(
    """
    thành ủy; tỉnh ủy; quận ủy; huyện ủy; thị ủy; đảng ủy; chính phủ; quốc hội; trung ương đảng
    """
) | {
    UBND,
    HDND,
    FRONT,
}

PARTY_COMMITTEES = read_words("thành ủy; tỉnh ủy; quận ủy; huyện ủy; thị ủy; đảng ủy")

LEVELS = read_words("tỉnh; quận; huyện; thị xã; xã; phường; thị trấn; đặc khu") | {CITY}
COMMUNE_LEVELS = read_words("xã; phường; thị trấn; đặc khu")
DISTRICT_LEVELS = read_words("quận; huyện; thị xã")
TIERS = read_words("tỉnh; huyện; xã; phường; quận; trung ương; cơ sở; sở") | {CITY}

HOLDERS = read_words(
    """
    thủ trưởng; hiệu trưởng; phó hiệu trưởng; giám đốc; phó giám đốc; tổng giám đốc; phó tổng giám đốc;
    chủ tịch; phó chủ tịch; bộ trưởng; thứ trưởng; chánh; phó chánh; trưởng; phó trưởng; viện trưởng;
    cục trưởng; chi cục trưởng; vụ trưởng; tổng cục trưởng; chỉ huy trưởng; bí thư; phó bí thư;
    người đứng đầu; lãnh đạo; tập thể lãnh đạo; đại diện lãnh đạo; chánh án; thống đốc; tổng biên tập;
    chủ nhiệm; phó chủ nhiệm; tư lệnh; chính ủy; tổ trưởng; thủ tướng; phó thủ tướng; cấp trưởng;
    trưởng đoàn; kiểm toán trưởng; tổng
    """
)

QUANTIFIERS = read_words("các; những; tất cả các; toàn bộ các; mỗi; từng; một số")

# Nouns that make a named group when several bodies are meant at once.
GROUP_NOUNS = read_words(
    """
    cơ quan ngang bộ; cơ quan thuộc chính phủ; cơ quan trung ương; sở; ban; bộ; sở ngành; sở ban ngành;
    ban ngành; bộ ngành; đoàn thể; hội đoàn thể; cơ quan; đơn vị; địa phương; phòng; phòng ban;
    tổ chức đoàn thể; ban đảng; ban xây dựng đảng; đảng ủy; cơ quan báo; cơ quan báo chí; báo; đài; báo chí;
    chi cục; văn phòng; cục; tổng cục; tổ công tác; ban quản lý; hội đồng; chi nhánh; tập đoàn;
    tổng công ty; cấp ủy; cấp ủy đảng; tổ chức chính trị; chính quyền; tổ chức đảng; đảng bộ; trường học;
    nhà trường; chủ đầu tư; ban chỉ đạo; thành viên ban chỉ đạo; doanh nghiệp viễn thông; cơ sở giáo dục;
    cơ sở y tế; cơ quan đơn vị; huyện ủy; quận ủy; thị ủy; thành ủy; tỉnh ủy
    """
)
# With these first, a list of nouns is a group without "các": "Sở, ngành liên quan", "cơ quan, đơn vị".
BARE_NOUNS = read_words(
    """
    sở; ban; bộ; sở ngành; sở ban ngành; ban ngành; bộ ngành; cơ quan; đơn vị; địa phương; cấp ủy;
    cấp ủy đảng; chính quyền
    """
)
# Nouns that are people and businesses at large unless the text tells them to act.
LOOSE_NOUNS = read_words(
    """
    doanh nghiệp; tổ chức; ngành; cấp; hội; hiệp hội; trường; lực lượng; công ty; ngân hàng;
    ngân hàng thương mại; cơ sở; nhà mạng; bệnh viện; cơ sở đào tạo; trường đại học; đại học; cao đẳng;
    hợp tác xã; cơ sở cai nghiện; đoàn; đội; tổ; trung tâm; viện; ủy viên; thành viên
    """
)
# Nouns that only continue a list that began with one of the above.
LIST_NOUNS = read_words(
    """
    cá nhân; hộ gia đình; nhân dân; người dân; lĩnh vực; trung cấp; trung học; hội; đoàn;
    cơ quan tương đương sở; thị; tổ chức liên quan
    """
)

# What may follow the nouns of a group and belongs to its name.
QUALIFIERS = read_words(
    """
    kinh doanh; sản xuất; hạ tầng; khu công nghiệp; xuất khẩu; nhập khẩu; xuất nhập khẩu; bảo hiểm;
    tín dụng; điện lực; vận tải; liên quan; có liên quan; hữu quan; khác; chức năng; chuyên môn;
    chuyên ngành; chuyên trách; báo chí; thông tấn; thông tấn báo chí; truyền thông; sự nghiệp; công lập;
    ngoài công lập; hành chính; hành chính nhà nước; nhà nước; quản lý; quản lý nhà nước; trung ương;
    ngành dọc; địa phương; chính trị; chính trị - xã hội; chính trị xã hội; xã hội; thành viên; nêu trên;
    nói trên; trên; này; đảng; trực thuộc; xã hội nghề nghiệp; nghề nghiệp; giáo dục; y tế; đào tạo;
    đại học; cao đẳng; phổ thông; mầm non; viễn thông; quân đội; tư pháp; tố tụng; nội chính; tham mưu;
    chủ trì; phối hợp; chủ quản; quản lý chuyên ngành; sử dụng lao động; thương mại; cơ sở; đoàn thể;
    cấp nước; du lịch; nghiên cứu; cung cấp dịch vụ; bưu chính; đứng chân; lực lượng vũ trang; dịch vụ;
    dạy nghề; truyền thông chủ lực; đầu mối; tương đương; tương đương sở; thuộc
    """
)
# A noun with one of these is a group even without "các".
MARKED_GROUP = read_words("liên quan; có liên quan; hữu quan; chức năng")

# Verbs that open what a body is told to do: a name ends before them.
VERBS = read_words(
    """
    chủ trì; phối hợp; tham mưu; tổ chức; rà soát; triển khai; báo cáo; có; chịu; chịu trách nhiệm;
    có trách nhiệm; căn cứ; thực hiện; hướng dẫn; theo dõi; tiếp tục; tăng cường; xây dựng; đề xuất;
    khẩn trương; chủ động; kịp thời; chỉ đạo; đẩy mạnh; nghiêm túc; tập trung; tổng hợp; trình; cần; phải;
    đã; đang; sẽ; được; bị; do; là; thường xuyên; bố trí; cân đối; thẩm định; kiểm tra; giám sát; đôn đốc;
    quán triệt; tuyên truyền; phổ biến; vận động; ban hành; phê duyệt; xem xét; quyết định; yêu cầu;
    đề nghị; giao; gửi; cập nhật; cung cấp; nghiên cứu; nâng cao; bảo đảm; đảm bảo; đăng ký; lập; lồng ghép;
    huy động; hỗ trợ; tạo; tham gia; nắm; phân công; kiện toàn; hoàn thành; hoàn thiện; tiếp nhận; xử lý;
    giải quyết; công bố; công khai; vận hành; khai thác; sử dụng; đánh giá; quản lý; phát huy; phát động;
    thành lập; duy trì; mở rộng; thông báo; làm; đưa; để; khi; nếu; theo; trên cơ sở; trong; tại; ở; từ; đến;
    với; về; cho; bằng; như; nhằm; và; hoặc; ngày; trước; sau; không; chưa; cũng; đều; hoàn tất; kết hợp;
    đồng thời; ưu tiên; quan tâm; tiếp thu; lãnh đạo; bám sát; nêu cao; thống nhất; trao đổi; ký; ký kết;
    tặng; khen thưởng; trích; chi; phân bổ; hằng; hàng; định kỳ; trực tiếp; đầu tư; đào tạo; phân tích;
    dự báo; tích cực; chuẩn bị; kiểm soát; điều tra; thống kê; khuyến khích; thu; cử; mời; vào; qua;
    thông qua; lấy; đề ra; quy định; ủy quyền; phân cấp; giúp; tiến hành; truyền thông; nhất là; xác định;
    phát biểu; kết luận; khẳng định
    """
)
# Verbs that also stand inside names ("Trung tâm Kiểm soát bệnh tật"): they end a name where no concept follows.
NAME_VERBS = read_words(
    """
    quản lý; nghiên cứu; kiểm soát; phát triển; phục vụ; hỗ trợ; xây dựng; đào tạo; điều hành; giám sát;
    đánh giá; cải thiện; nâng cao; bảo vệ; bảo tồn; phòng chống; xúc tiến; dịch vụ; đầu tư; tư vấn;
    ứng dụng; thống kê; khai thác; giải quyết; xử lý; phối hợp; tổ chức; thông tin; truyền thông; chỉ đạo;
    chỉ huy; đăng ký; điều phối; bầu cử; kiểm tra; thi đua; khen thưởng; thực hiện; triển khai; vận động;
    giải phóng; bảo trợ; cung ứng; tuyên truyền; phổ biến; sử dụng; giáo dục; xác định; thẩm định
    """
)
# Lower-case words that a name goes on with.
CONCEPTS = read_words(
    """
    người tiêu dùng; thị trường; quản lý thị trường; công trình giao thông; đại học; cao đẳng; trung cấp;
    cổ phần; cấp nước; miền núi; tài chính; kế hoạch; tài nguyên; môi trường; khoa học; công nghệ;
    công nghệ số; công nghệ cao; kỹ thuật; thông tin; truyền thông; phát thanh; truyền hình; nông nghiệp;
    nông thôn; nông thôn mới; phát triển nông thôn; giao thông; vận tải; giao thông vận tải; lao động;
    thương binh; xã hội; kinh tế; văn hóa; thể thao; du lịch; công thương; công nghiệp; thương mại; nội vụ;
    ngoại vụ; tư pháp; dân tộc; tôn giáo; quy hoạch; kiến trúc; an toàn; thực phẩm; an toàn thực phẩm;
    đô thị; hạ tầng; y tế; bệnh tật; dự phòng; hành chính; hành chính công; phục vụ hành chính công;
    cải cách hành chính; thủ tục hành chính; một cửa; quân sự; quốc phòng; an ninh; an toàn giao thông;
    an ninh trật tự; biên phòng; dân quân; nhà nước; nhân dân; tối cao; quốc gia; trung ương; chính phủ;
    việt nam; chuyển đổi số; đổi mới sáng tạo; đổi mới; sáng tạo; khởi nghiệp; số; công; đất đai;
    khu công nghiệp; khu kinh tế; khu chế xuất; cụm công nghiệp; các khu công nghiệp; dự án; đầu tư;
    đầu tư công; đầu tư xây dựng; xây dựng; công trình; dân dụng; giáo dục; mầm non; tiểu học; trung học;
    trung học cơ sở; trung học phổ thông; phổ thông; nghề; dạy nghề; thường xuyên; việc làm; dịch vụ;
    dịch vụ việc làm; dịch vụ công; người có công; bảo trợ; trẻ em; phụ nữ; thanh niên; thiếu niên;
    nhi đồng; cựu chiến binh; nông dân; công đoàn; chữ thập đỏ; khuyến học; người cao tuổi; lưu trữ;
    lịch sử; bảo tàng; thư viện; di tích; di sản; nghệ thuật; kiểm lâm; lâm nghiệp; thủy sản; thủy lợi;
    chăn nuôi; thú y; trồng trọt; bảo vệ thực vật; khuyến nông; nước sạch; vệ sinh; khí tượng; thủy văn;
    biển; đảo; hải đảo; biển đảo; rừng; phòng hộ; đặc dụng; vườn quốc gia; dân số; kế hoạch hóa gia đình;
    giám định; pháp y; máu; cấp cứu; 115; sức khỏe; sinh sản; dược phẩm; mỹ phẩm; kiểm nghiệm;
    bệnh nghề nghiệp; da liễu; tâm thần; lao; phổi; nhi; sản; đa khoa; khu vực; lĩnh vực; chính sách xã hội;
    chính sách; pháp luật; pháp chế; hộ tịch; trợ giúp pháp lý; đấu giá; tài sản; công chứng; thi hành án;
    dân sự; tổ chức; cán bộ; nội chính; tuyên giáo; dân vận; kiểm tra; đối ngoại; tổng hợp; thi đua;
    khen thưởng; thi đua khen thưởng; thanh tra; giải quyết; điện lực; điện; nước; thoát nước;
    môi trường đô thị; viễn thông; bưu chính; bưu điện; internet; dữ liệu; tích hợp; điện tử; tin học;
    công báo; cổng; chính quyền; nghiệp vụ; thuế; hải quan; kho bạc; thống kê; bảo hiểm; ngân hàng;
    tín dụng; vốn; bảo lãnh; doanh nghiệp; doanh nghiệp nhỏ và vừa; hợp tác xã; quỹ đất;
    giải phóng mặt bằng; tái định cư; nhà ở; nhà đất; bất động sản; chỉ số; sáng kiến; bầu cử; tội phạm;
    ma túy; tệ nạn; tệ nạn xã hội; tham nhũng; lãng phí; tiêu cực; thiên tai; tìm kiếm; cứu nạn;
    tìm kiếm cứu nạn; cứu hộ; phòng thủ dân sự; dịch bệnh; covid; phòng chống thiên tai; hội nhập; quốc tế;
    hội nhập quốc tế; hợp tác; hữu nghị; luật; luật gia; luật sư; nhà báo; văn học; kiến thiết; xổ số;
    chương trình mục tiêu quốc gia; chương trình; mục tiêu; giảm nghèo; giảm nghèo bền vững; bền vững;
    đề án; đề án 06; phong trào; toàn dân; đoàn kết; bảo vệ an ninh tổ quốc; cộng đồng;
    công nghệ số cộng đồng; cộng sản; chính trị; chuyên nghiệp; công tác xã hội; sinh thái; đặc biệt; cao;
    cấp cao; phía nam; phía bắc; miền trung; năng lượng; dầu khí; khí; than; khoáng sản; địa chất; bản đồ;
    đo đạc; viễn thám; tần số; tiêu chuẩn; đo lường; chất lượng; sở hữu trí tuệ; hạt nhân; bức xạ;
    phòng cháy; chữa cháy; cứu thương; cứu trợ; người khuyết tật; người mù; nạn nhân; chất độc da cam;
    thương nhân; làng nghề; nghề nghiệp; liên ngành; công nghiệp hóa; hiện đại hóa; thủ đô; vùng; đường sắt;
    đường bộ; đường thủy; hàng hải; hàng không; cảng; cảng vụ; đăng kiểm; vận tải hành khách; cây xanh;
    công viên; chiếu sáng; rác thải; chất thải; văn thư; giáo dục nghề nghiệp; giáo dục thường xuyên;
    hướng nghiệp; ngoại ngữ; tổ chức bộ máy; biên chế; đền ơn đáp nghĩa; đáp nghĩa; cha mẹ học sinh;
    cuộc bầu cử
    """
)
# Types of documents: "… Bộ Công an và Kế hoạch này" is no name of a body.
DOCUMENTS = read_words(
    """
    kế hoạch; chương trình; đề án; luật; dự án; nghị quyết; quyết định; chỉ thị; công văn; thông tư;
    nghị định; kết luận; công điện; quy chế
    """
)
# Words that join two parts of a long name.
JOINTS = read_words("các; về; cho; của; vì; với; và")
RELATIVE_VERBS = read_words(
    """
    giao; phân công; kiểm tra; thanh tra; kiểm toán; giám sát; hỗ trợ; ủy quyền; phân cấp; mời; chỉ định;
    phê duyệt; cấp phép; thụ hưởng
    """
)
ORDERS = read_words("đề nghị; yêu cầu; giao; phân công; phối hợp; với; cùng; chỉ đạo")
PLACE_PREPOSITIONS = read_words("tại; ở; trên địa bàn; địa bàn; trong; từ; vùng; khu vực; giữa")

# Everyday words that hold a head or a group noun as a syllable, and are none.
INERT = read_words(
    """
    đối với; so với; văn bản; chỉ số; hồ sơ; con số; số hóa; số liệu; mã số; tỷ số; cơ sở dữ liệu;
    cơ sở vật chất; cơ sở hạ tầng; trên cơ sở; cơ sở kinh doanh; cán bộ; trụ sở; nội bộ; toàn bộ; đồng bộ;
    tiến bộ; bộ phận; bộ máy; bộ tiêu chí; bộ chỉ số; bộ luật; bộ công cụ; bộ dữ liệu; bộ thủ tục; bộ môn;
    hội nghị; hội thảo; hội thi; hội viên; hội họp; hội chợ; hội nhập; xã hội; xã hội hóa; cơ hội; đại hội;
    lễ hội; tổ quốc; tổ dân phố; tổ hợp; tổ hợp tác; ban hành; ban bố; ban đầu; ban ngành; báo cáo;
    thông báo; cảnh báo; dự báo; họp báo; công báo; tình báo; báo hiệu; báo động; bảo đảm; đảm bảo;
    phòng ngừa; phòng chống; phòng học; phòng họp; phòng bệnh; phòng thủ; phòng cháy; quốc phòng; dự phòng;
    đề phòng; tiêm phòng; phòng thí nghiệm; trường hợp; thị trường; môi trường; hiện trường; công trường;
    nông trường; lập trường; trường sơn; trường sa; vụ việc; vụ án; nhiệm vụ; dịch vụ; nghiệp vụ; phục vụ;
    công vụ; chức vụ; vụ mùa; cục bộ; bố cục; quỹ đất; thuế suất; thuế thu nhập; đoàn kết; đoàn viên;
    đoàn công tác; đoàn kiểm tra; đoàn giám sát; quân đội; tập đoàn; giai đoạn; đội ngũ; viện trợ;
    bệnh viện; thư viện; viện dẫn; ủy quyền; ủy thác; ủy viên; nhà nước; nhà trường; nhà ở; nhà đầu tư;
    nhà thầu; nhà máy; nhân dân; nhà khoa học; quan hệ; liên quan; cơ quan hệ; cấp thẩm quyền; cấp phép;
    cấp giấy; cung cấp; nâng cấp; trung cấp; khẩn cấp; sơ cấp; cấp bách; cấp nước; cấp phát; trợ cấp;
    công tác; công ty; tổ chức thực hiện; chuyên ngành; ngành nghề; liên ngành; ngành hàng;
    ngành công nghiệp; ngành kinh tế; ngành dịch vụ; thống kê; hải quan; cơ quan; huyện đảo;
    thành phố thông minh; đài truyền thanh; tổ công nghệ; trong thời gian; khoa học; thủ tướng chính phủ
    """
) - {
    "thủ tướng chính phủ",
    "trên cơ sở",
    "hải quan",
    "cơ quan",
    "thống kê",
    "công ty",
    "bệnh viện",
    "tập đoàn",
    "ban ngành",
    "nhà trường",
}

SURNAMES = read_words(
    """
    nguyễn; trần; lê; phạm; hoàng; huỳnh; phan; vũ; võ; đặng; bùi; đỗ; hồ; ngô; dương; lý; đinh; trương;
    lâm; mai; tô; hà; cao; đoàn; thái; tạ; lương; đào; trịnh; phùng; kiều; châu; chu; quách; nghiêm; vương;
    tống; nông; triệu; lò; ma; từ; tăng; thạch; y; h; phó
    """
)

PROVINCES = read_words(
    """
    hà nội; hồ chí minh; hải phòng; đà nẵng; cần thơ; huế; thừa thiên huế; thừa thiên - huế; an giang;
    bà rịa vũng tàu; bà rịa - vũng tàu; bạc liêu; bắc giang; bắc kạn; bắc ninh; bến tre; bình dương;
    bình định; bình phước; bình thuận; cà mau; cao bằng; đắk lắk; đắc lắc; đăk lăk; đắk nông; đăk nông;
    điện biên; đồng nai; đồng tháp; gia lai; hà giang; hà nam; hà tĩnh; hải dương; hậu giang; hòa bình;
    hưng yên; khánh hòa; kiên giang; kon tum; lai châu; lạng sơn; lào cai; lâm đồng; long an; nam định;
    nghệ an; ninh bình; ninh thuận; phú thọ; phú yên; quảng bình; quảng nam; quảng ngãi; quảng ninh;
    quảng trị; sóc trăng; sơn la; tây ninh; thái bình; thái nguyên; thanh hóa; tiền giang; trà vinh;
    tuyên quang; vĩnh long; vĩnh phúc; yên bái; tphcm; hcm; tp hcm; thủ đức; sài gòn
    """
)

# The only lower-case words with which a mention begins in a document.
LOWER_BEGINNINGS = (
    HEADS
    | QUANTIFIERS
    | GROUP_NOUNS
    | LOOSE_NOUNS
    | HOLDERS
    | LEVELS
    | PARENT_BODIES
    | read_words("cấp; đại diện")
    | frozenset(SHORT_FORMS)
)
