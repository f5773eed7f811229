"""A real Chromium for the tests that need one, and a small server that shows it pages as strictly as the real one."""

import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from rejoinder.web.answers import HARDENED
from rejoinder.web.assets import served
from tests.missing import lacks

_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def chromium_path() -> str | None:
    """Where Chromium is on this machine, or None."""
    usual = Path("/usr/bin/chromium")
    return str(usual) if usual.exists() else shutil.which("chromium")


def launch(playwright: Playwright) -> Browser:
    """Chromium, started. Skips (or in CI fails) the test on a machine without one."""
    path = chromium_path()
    if path is None:
        lacks("Chromium", "Debian: apt install chromium")
    return playwright.chromium.launch(executable_path=path, args=_OPTIONS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, started once for the run."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@contextmanager
def serving(pages: Mapping[str, str]) -> Iterator[str]:
    """The address of a server that has these pages, by name, and our static files, with the headers of the real one."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].strip("/")
            if (asset := served(name.removeprefix("static/"))) is not None:
                self._answer(200, asset.body, asset.media_type)
            elif name in pages:
                self._answer(200, pages[name].encode(), "text/html; charset=utf-8")
            else:
                self._answer(404, b"", "text/plain")

        def _answer(self, status: int, body: bytes, media_type: str) -> None:
            self.send_response(status)
            for header, value in {**HARDENED, "Content-Type": media_type, "Content-Length": str(len(body))}.items():
                self.send_header(header, value)
            with suppress(ConnectionError):  # a page was left before it was read
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing: what matters is what the browser says."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
