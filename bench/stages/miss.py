"""The page after a write: a comment is posted, then the page is asked for by somebody without a session."""

import http.client
import time
from statistics import median, quantiles

from bench.context import Context
from bench.discussion import PEOPLE, texts
from bench.servers.rejoinder import Rejoinder
from bench.stories import sized

TITLE = "The page after a write"
TIMES = 300


def run(context: Context) -> dict[str, object]:
    """The sizes in turn, so that a busy moment of the machine falls on all of them."""
    ours = context.ours()
    server = ours.server
    assert isinstance(server, Rejoinder)
    connection = http.client.HTTPConnection("127.0.0.1", ours.running.port, timeout=30)
    sizes = [size for size in context.sizes if size > 10]  # noqa: PLR2004 - a page that is full
    waited: dict[int, list[float]] = {size: [] for size in sizes}
    changed: dict[int, int] = dict.fromkeys(sizes, 0)
    told: dict[int, str] = {}
    for number in range(50 if context.quick else TIMES):
        for size in sizes:
            path = server.page(sized(size))
            _post(connection, server, path, f"{texts()[number]} {size} {number} {time.time_ns()}", number % PEOPLE)
            begun = time.perf_counter()
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            waited[size].append((time.perf_counter() - begun) * 1000)
            tag = answer.getheader("ETag", "")
            changed[size] += tag != told.get(size)
            told[size] = tag
    connection.close()
    return {
        str(size): {
            "times": len(some),
            "p50_ms": median(some),
            "p99_ms": quantiles(some, n=100, method="inclusive")[98],
            "new_pages": changed[size],
        }
        for size, some in waited.items()
    }


def _post(connection: http.client.HTTPConnection, server: Rejoinder, path: str, text: str, person: int) -> None:
    _, _, sent = server.form(f"{path}/comments", {"text": text}, person=person).partition(b"\r\n\r\n")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    connection.request("POST", f"{path}/comments", body=sent, headers=headers | server.cookie(person))
    answer = connection.getresponse()
    answer.read()
    if answer.status >= 400:  # noqa: PLR2004 - refused
        raise RuntimeError(f"a post was refused: {answer.status}")
