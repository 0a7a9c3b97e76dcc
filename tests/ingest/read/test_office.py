"""Formats of older programs: read through LibreOffice, or by what is at hand, or refused with the package's name."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from ingest.read import Unreadable, office, read
from ingest.read.legacy import TCVN3, VNI, Encoding

LINES = (
    "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành khẩn trương thực hiện những nhiệm vụ sau:",
    "1. Sở Tài chính chủ trì, phối hợp tham mưu trước ngày 15/9/2003.",
    "2. Sở Nội vụ kiểm tra việc thực hiện, báo cáo kết quả.",
)
Make = Callable[..., bytes]
SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
needs_antiword = pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")


def without(monkeypatch: pytest.MonkeyPatch, *programs: str) -> None:
    """As on a machine where these programs are not installed."""
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name in programs else which(name))


def rtf(*lines: str) -> bytes:
    """Escaped as Word does it, with a fallback sign after each letter."""
    escaped = "".join("".join(c if c.isascii() else f"\\u{ord(c)}?" for c in line) + "\\par\n" for line in lines)
    return rb"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0 Times New Roman;}}" + b"\n" + escaped.encode() + b"}"


def in_fonts(*pieces: tuple[int, bytes]) -> bytes:
    """Bytes in fonts of a character set (0 Western, 163 Vietnamese), while the file declares Western text."""
    fonts = "".join(f"{{\\f{charset}\\fcharset{charset} Times New Roman;}}" for charset, _ in pieces)
    runs = "".join(
        f"{{\\f{charset} " + "".join(chr(b) if b < 128 else f"\\'{b:02x}" for b in data) + "}"
        for charset, data in pieces
    )
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{fonts}}}{runs}\\par}}".encode("latin-1")


def opendocument(*lines: str) -> bytes:
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
            f"<office:text>{paragraphs}</office:text></office:body></office:document-content>",
        )
    return buffer.getvalue()


def wordml(*lines: str) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
        f"<w:body>{paragraphs}</w:body></w:wordDocument>"
    ).encode()


def word(folder: Path, *lines: str) -> bytes:
    """A Word 97 file, numbered by Word, with a header in a table."""
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "UBND TỈNH A\nSố: 5/CT-UBND"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    for line in lines:
        number, _, words = line.partition(". ")
        document.add_paragraph(words if number.isdigit() else line, style="List Number" if number.isdigit() else None)
    document.save(str(folder / "made.docx"))
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "doc",
         "--outdir", str(folder), str(folder / "made.docx")], check=True, capture_output=True,
    )  # fmt: skip
    return (folder / "made.doc").read_bytes()


@needs_office
@pytest.mark.parametrize("make", [rtf, opendocument, wordml])
def test_the_words_of_older_formats(make: Make) -> None:
    """Whatever the file is called."""
    source = read(make(*LINES), "chi-thi.doc")
    assert source.text.split("\n")[:3] == list(LINES)
    assert source.warnings == ()


@needs_office
def test_word_97_keeps_tables_and_numbering(tmp_path: Path) -> None:
    """Labels that Word counts by itself are printed; header cells are read one after the other."""
    source = read(word(tmp_path, *LINES), "chi-thi.doc")
    lines = source.text.split("\n")
    assert lines[:4] == ["UBND TỈNH A", "Số: 5/CT-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", lines[3]]
    assert set(LINES) <= set(lines)


@needs_office
@needs_antiword
def test_without_libreoffice_antiword_reads_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the reader is told what to install for the rest."""
    data = word(tmp_path, *[LINES[0]] * 60)  # antiword takes a small stream for a damaged one
    without(monkeypatch, "soffice", "libreoffice")
    source = read(data, "chi-thi.doc")
    assert LINES[0] in source.text
    assert "libreoffice-writer" in source.warnings[-1]


def test_without_libreoffice_rtf_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fallback signs are skipped."""
    without(monkeypatch, "soffice", "libreoffice")
    source = read(rtf(*LINES), "chi-thi.rtf")
    assert source.text.split("\n")[:3] == list(LINES)
    assert "libreoffice-writer" in source.warnings[-1]


@pytest.mark.parametrize("programs", [pytest.param((), marks=needs_office), ("soffice", "libreoffice")])
def test_rtf_bytes_are_letters_of_their_font(programs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the file declares: ă đ ơ ư come from Vietnamese fonts, the rest from Western ones."""
    without(monkeypatch, *programs)
    data = in_fonts((163, b"C\xe3n c\xfd\xec "), (0, "thông ".encode("cp1252")), (163, b"t\xfd \xf0\xe3ng"))
    assert read(data, "a.rtf").text.split("\n")[0] == "Căn cứ thông tư đăng"


@pytest.mark.parametrize("programs", [pytest.param((), marks=needs_office), ("soffice", "libreoffice")])
@pytest.mark.parametrize("charset", [0, 163, 238])
@pytest.mark.parametrize("encoding", [TCVN3, VNI], ids=lambda encoding: encoding.name)
def test_old_tables_in_fonts_that_declare_another(
    encoding: Encoding, charset: int, programs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """.VnTime marked as Vietnamese (163) or Central European (238): its bytes are read as letters that nobody typed."""
    without(monkeypatch, *programs)
    signs = {meant: printed for printed, meant in reversed(encoding.letters.items())}
    lines = [line.replace("Ủ", "ủ") for line in LINES]  # TCVN3 has no capitals with tones
    typed = "\n".join("".join(signs.get(c, c) for c in line) for line in lines).encode("latin-1")
    read_as = read(in_fonts((charset, typed)).replace(b"\n", b"\\par "), "a.rtf")
    assert read_as.text.rstrip("\n").split("\n") == lines
    assert encoding.name in read_as.warnings[0]


@pytest.mark.parametrize(
    ("make", "name"), [(opendocument, "a.odt"), (wordml, "a.xml")], ids=["OpenDocument", "Word 2003 XML"]
)
def test_without_libreoffice_the_package_is_named(make: Make, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that an official knows what to ask for."""
    without(monkeypatch, "soffice", "libreoffice")
    with pytest.raises(Unreadable, match="gói Debian libreoffice-writer"):
        read(make(*LINES), name)


def test_a_program_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With all that it started, and the file is refused."""
    started = tmp_path / "started"
    slow = tmp_path / "soffice"
    slow.write_text(f"#!/bin/sh\nsleep 1000 &\necho $! > {started}\nwait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "SECONDS", 1.0)
    monkeypatch.setattr(shutil, "which", lambda name: str(slow))
    with pytest.raises(Unreadable, match="quá 1 giây"):
        read(rtf(*LINES), "a.rtf")
    child = Path("/proc") / started.read_text().strip() / "stat"
    assert not child.exists() or child.read_text().split()[2] == "Z"


@needs_office
def test_a_damaged_file_is_refused() -> None:
    """When nothing comes out of the conversion."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(600, b"\0") + "WordDocument".encode("utf-16-le")
    with pytest.raises(Unreadable, match="hỏng"):
        read(data, "a.doc")


def test_a_page_saved_with_its_pictures() -> None:
    """The page is read as HTML in the character set that its part declares."""
    page = "<html><body><p>" + "</p><p>".join(LINES) + "</p></body></html>"
    head = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        "Content-Type: text/html; charset=utf-16-le\nContent-Transfer-Encoding: base64\n\n"
    )
    data = head.encode() + base64.encodebytes(page.encode("utf-16-le")) + b"\n--x--\n"
    assert read(data, "a.mht").text.split("\n")[:3] == list(LINES)
