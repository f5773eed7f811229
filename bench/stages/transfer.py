"""What a reader's browser fetches for a story page with fifty comments, compressed."""

import gzip
import re

from bench.context import Context
from bench.stories import sized

TITLE = "What is transferred"
_FETCHED = re.compile(rb"""<(?:link[^>]+rel="?(?:stylesheet|icon)[^>]+href|script[^>]+src|img[^>]+src)="?([^"\s>]+)""")


def run(context: Context) -> dict[str, object]:
    """The page itself, and what it has the browser fetch from the same server."""
    ours = context.ours()
    path = ours.server.first_page(sized(50)).decode().split(" ", 2)[1] + "?view=flat"
    _, headers, body = ours.running.get(path, headers={"Accept-Encoding": "gzip"})
    page = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    found = sorted({each.decode() for each in _FETCHED.findall(page) if each.startswith(b"/")})
    sizes = {each: len(ours.running.get(each, headers={"Accept-Encoding": "gzip"})[2]) for each in found}
    return {
        "page_bytes": len(body),
        "page_bytes_plain": len(page),
        "comments": ours.server.shown_in(page),
        "html_requests": 1,
        "besides": sizes,
        "all_bytes": len(body) + sum(sizes.values()),
    }
