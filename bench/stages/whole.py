"""Everything that was said under a story, read by one client part after part on one connection."""

import gzip
import http.client
import time

from bench.context import Context, Place, say
from bench.measure import cpu_seconds
from bench.stories import Story

TITLE = "The whole of a discussion"
LONGEST = 60  # seconds, then it is given up


def run(context: Context) -> dict[str, object]:
    """Per size and server."""
    found: dict[str, object] = {}
    for story in context.read:
        say(f"  {story.comments:,} comments")
        some: dict[str, object] = {}
        for place in (context.ours(), *context.theirs()):
            some[place.server.name] = _read(place, story, 15 if context.quick else LONGEST)
            context.quiet()
        found[str(story.comments)] = some
    return found


def _read(place: Place, story: Story, longest: float) -> dict[str, object]:
    connection = http.client.HTTPConnection("127.0.0.1", place.running.port, timeout=longest)
    begun, used = time.perf_counter(), cpu_seconds(place.running.pid)
    count = parts = size = 0
    path = place.server.more(story, None)
    problem = ""
    try:
        while path and not problem:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:  # noqa: PLR2004 - OK
                problem = f"it answered {answer.status}"
                break
            size += len(body)
            page = gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body
            count += place.server.comments_in(page)
            parts += 1
            path = place.server.more(story, page)
            if path and time.perf_counter() - begun > longest:
                problem = f"given up after {longest} s"
    except (OSError, http.client.HTTPException, ValueError, KeyError) as failure:
        problem = f"{type(failure).__name__} after {time.perf_counter() - begun:.0f} s"
    connection.close()
    return {
        "comments": count,
        "requests": parts,
        "sent_bytes": size,
        "seconds": time.perf_counter() - begun,
        "cpu_seconds": cpu_seconds(place.running.pid) - used,
        "problem": problem,
    }
