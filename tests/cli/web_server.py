"""A small web server on loopback that answers what a test tells it to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from msgspec import Struct


class Page(Struct, frozen=True, kw_only=True):
    """An answer: its status, its headers, its body, and how often the body is sent."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = {}
    times: int = 1


@contextmanager
def serving(pages: dict[str, Page]) -> Iterator[str]:
    """The address of a server with these pages by path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path, Page(status=404))
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for _ in range(page.times):
                    self.wfile.write(page.body)
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, *_: object) -> None:
            """Keeps quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
