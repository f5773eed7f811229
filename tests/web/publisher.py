"""A publisher's own pages, on another port and as strict as a page can be: what a discussion stands in."""

import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError

STYLE = """
:root { --rejoinder-accent: #7a1f5c; --rejoinder-ink: #20303a; --rejoinder-radius: 0; color-scheme: light dark }
@media (prefers-color-scheme: dark) { :root { --rejoinder-accent: #f0a8d8; --rejoinder-ink: #e8edf0 } }
html { background: Canvas }
body { font: 18px/1.6 Georgia, serif; color: var(--rejoinder-ink); margin: 0; padding: 1rem }
main { max-width: 44rem; margin: auto }
h1 { font-size: 2rem; line-height: 1.2 }
a { color: #0645ad }
.more, .note, .mark, .thread { background: gold; border: 4px dashed red }
footer { border-top: 1px solid; margin-top: 2rem }
"""
STORY = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ferry to run through the winter</title><link rel="stylesheet" href="/page.css"></head>
<body><main><h1>Ferry to run through the winter</h1><p>The ferry will sail four times a day.</p>
{piece}
<footer><p>The Harbour Courier</p></footer></main></body></html>"""
TEASERS = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The Harbour Courier</title><link rel="stylesheet" href="/page.css">
<script type="module" src="{rejoinder}/counts.js"></script></head>
<body><main><h1>Today</h1>{links}</main></body></html>"""


class Publisher:
    """The publisher's server: `/story` has the discussion in it, `/` links to stories with their counts."""

    def __init__(self, rejoinder: str, query: str, links: str = "") -> None:
        self.rejoinder = rejoinder
        self.query = query
        self.links = links
        self.url = ""

    @property
    def policy(self) -> str:
        """The strictest policy, with what our docs say to add."""
        ours = self.rejoinder
        return (
            f"default-src 'self'; style-src 'self' {ours}; script-src 'self' {ours}; connect-src {ours}; "
            "require-trusted-types-for 'script'"
        )

    def page(self, path: str) -> tuple[str, str] | None:
        """Media type and text."""
        if path == "/favicon.ico":
            return "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"
        if path == "/page.css":
            return "text/css", STYLE
        if path == "/":
            return "text/html; charset=utf-8", TEASERS.format(rejoinder=self.rejoinder, links=self.links)
        if path == "/story":
            return "text/html; charset=utf-8", STORY.format(piece=self.piece())
        return None

    def piece(self) -> str:
        """The discussion, fetched as a template does it."""
        try:
            with urllib.request.urlopen(f"{self.rejoinder}/include?{self.query}", timeout=5) as answer:
                return str(answer.read().decode())
        except HTTPError as refused:
            return refused.read().decode()


@contextmanager
def publishing(publisher: Publisher) -> Iterator[str]:
    """The address of the publisher's server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = publisher.page(self.path)
            self.send_response(200 if found else 404)
            kind, text = found or ("text/plain", "")
            body = text.encode()
            for name, value in (
                ("Content-Type", kind),
                ("Content-Length", str(len(body))),
                ("Content-Security-Policy", publisher.policy),
            ):
                self.send_header(name, value)
            with suppress(ConnectionError):  # a page was left before it was read
                self.end_headers()
                self.wfile.write(body)

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
