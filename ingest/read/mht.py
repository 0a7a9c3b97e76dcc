"""Web pages saved as one file (.mht, "Word saved as web archive"): the page among its pictures, read as HTML."""

from __future__ import annotations

import email
import email.policy

from ingest.model import Source, Unreadable
from ingest.read import html


def read(data: bytes, name: str) -> Source:
    """The text of the first HTML part. Raises `Unreadable` for an archive without one."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page:
                return html.read(_in_utf8(page, part.get_content_charset()), name)
    raise Unreadable(name, "tệp .mht không có trang web nào bên trong (tệp hỏng); hãy lưu lại thành .html hoặc .docx")


def _in_utf8(page: bytes, charset: str | None) -> bytes:
    """The part's header names its character set; the page itself often does not."""
    try:
        return page.decode(charset or "utf-8").encode()
    except (LookupError, UnicodeError):
        return page
