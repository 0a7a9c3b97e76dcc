"""What a file is: decided by content, refused by name with the remedy."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest

from ingest.read import REFUSED, SUPPORTED, Unreadable, read
from ingest.read.kind import detect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def locked_word() -> bytes:
    """A Word file whose head says that a password locks it."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return head + (b"\xec\xa5" + bytes(8) + b"\x00\x01").ljust(512, b"\0") + "WordDocument".encode("utf-16-le")


def zipped(*members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(member, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.4 ...", "ke-hoach.txt", "pdf"),
        (b"\n\n%PDF-1.4 ...", "ke-hoach.pdf", "pdf"),  # mail gateways put lines before the mark
        (zipped("[Content_Types].xml", "word/document.xml"), "chi-thi.doc", "docx"),
        ("<!DOCTYPE html><html><body>Điều 1</body></html>".encode(), "chi-thi.doc", "html"),
        ("\ufeff<html><p>Điều 1</p></html>".encode(), "a", "html"),
        ("<html><p>Điều 1</p></html>".encode("utf-16"), "a.htm", "html"),
        # what officials call .doc and .docx
        (OLE + "WordDocument".encode("utf-16-le"), "luat.docx", "doc"),
        (rb"{\rtf1\ansi Lu\u7853?t}", "phieu.doc", "rtf"),
        (zipped("mimetype", "content.xml"), "ke-hoach.docx", "odt"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x">', "luat.doc", "wordml"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "luat.doc", "mht"),
        ("<h3>Đề mục</h3><div>Điều 1</div>".encode(), "de-muc.html", "html"),
        ("Điều 1. x < y".encode(), "a.txt", "txt"),
        ("Điều 1".encode(), "a.md", "md"),
        ("Điều 1".encode(), "README", "txt"),
        (b"\xff\xd8\xff\xe0", "quet.pdf", "image"),
        (b"\x89PNG\r\n\x1a\n", "quet.png", "image"),
        (b"II*\x00", "quet.tif", "image"),
        (b"MM\x00*", "quet", "image"),
        # a Markdown file named .txt opens its lines with markers ...
        ("**KẾ HOẠCH**\n\n**I. MỤC ĐÍCH**\n\n**1. Yêu cầu**\n".encode(), "a.txt", "md"),
        # ... bold words inside a paragraph are how some plain texts are typed
        ("đạt mức **Hoàn thành tốt**, **trở lên** và **đúng hạn**\n".encode(), "a.txt", "txt"),
    ],
)
def test_content_decides_the_kind(data: bytes, name: str, kind: str) -> None:
    assert detect(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "trong.pdf", "tệp rỗng (0 byte)"),
        (OLE, "luat.doc", "không có nội dung Word"),
        (locked_word(), "luat.docx", "mật khẩu"),
        (OLE + "Workbook".encode("utf-16-le"), "so.xls", "Excel 97–2003"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mat.docx", "mật khẩu"),
        (b"GIF89a", "quet.gif", "lưu lại ở dạng .png"),
        (zipped("a.docx", "b.docx"), "ho-so.zip", "giải nén"),
        (zipped("xl/workbook.xml"), "bang.xlsx", "bảng tính"),
        (zipped("[Content_Types].xml"), "a.docx", "không có phần nội dung"),
        (b"PK\x03\x04 cut off", "a.docx", "hỏng"),
        (b"Rar!\x1a\x07\x00", "a.rar", "giải nén"),
        (b"Dummy Word content", "a.docx", "đặt sai đuôi"),
        (b"abc", "a.pdf", "đặt sai đuôi"),
        (b"anything", "~$chi-thi.docx", "tệp khóa tạm của Word"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", "a.mht", "không có trang web nào"),
        (bytes(range(256)) * 8, "a.bin", "bảng mã"),
        (b"\x00\x01\x02\x03" * 200, "a", "nhị phân"),
    ],
)
def test_what_is_not_read_is_refused_with_a_reason(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(data, name)
    assert refusal.value.name == name
    assert reason in refusal.value.reason


def test_suffixes_are_lower_case_and_disjoint() -> None:
    assert set(SUPPORTED).isdisjoint(REFUSED)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in (*SUPPORTED, *REFUSED))


def test_plain_text_loads_no_library_of_other_formats() -> None:
    code = (
        "import sys; from ingest.read import read; read('Điều 1. Phạm vi'.encode(), 'a.txt'); "
        "print([name for name in ('bs4', 'lxml', 'pypdf', 'pypdfium2', 'docx', 'PIL') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
