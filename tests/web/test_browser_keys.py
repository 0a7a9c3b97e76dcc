"""The pages of a server that wants a key: the browser asks for it as a password."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

import pytest
import uvicorn

from api.app import create_app
from api.keys import Keyring
from api.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra `browser`)")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A real server over an empty home."""
    with closing(socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(create_app(Settings(home=tmp_path)), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("given", [True, False])
def test_a_browser_takes_the_key_as_a_password(browser: Browser, address: str, tmp_path: Path, given: bool) -> None:
    """It understands the challenge, and the page reads what the API answers; without the key it does not."""
    token = Keyring(tmp_path).add("anna", "read")
    context = browser.new_context(http_credentials={"username": "anna", "password": token if given else "wrong"})
    page = context.new_page()
    page.goto(f"{address}/")
    status = page.evaluate("fetch('/api/v1/documents').then((answer) => answer.status)")
    assert status == (200 if given else 401)
    context.close()
