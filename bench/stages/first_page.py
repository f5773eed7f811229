"""What a reader's first look at a discussion costs, by the size of the discussion, beside nginx with the same bytes."""

import gzip
from http.client import HTTPException

from bench import load
from bench.context import Context, Place, say
from bench.servers import nginx
from bench.servers.common import Running, new_folder
from bench.stories import Story, sized
from bench.tools import Absent
from bench.wire import prepared, request

TITLE = "The first page"
CLIENTS = 32
TIRESOME = 20  # seconds; what took so long is not repeated
UNTROUBLED = 1000  # comments beyond which a server may go on with what nobody waits for
PLAIN_SIZE = 1000  # of this story the page is also asked for without compression


def run(context: Context) -> dict[str, object]:
    """All servers in turn, again and again."""
    ours, peers = context.ours(), context.theirs()
    found: dict[str, object] = {}
    limit = _nginx(ours, context.read)
    try:
        for story in context.read:
            say(f"  {story.comments:,} comments")
            found[str(story.comments)] = _measured(context, ours, peers, limit, story)
        found["not compressed"] = _plain(context, ours, limit)
    finally:
        if limit:
            limit.stop()
    return found


def _measured(
    context: Context, ours: Place, peers: list[Place], limit: Running | None, story: Story
) -> dict[str, dict[str, object]]:
    """Each server's figures. One that fails loses only its own."""
    results: dict[str, list[dict[str, float]]] = {ours.server.name: []}
    if limit:
        results[nginx.NAME] = []
    results |= {place.server.name: [] for place in peers}
    failed: dict[str, str] = {}
    for _ in range(context.repetitions):
        _once(context, ours.running, ours.server.first_page(story), results[ours.server.name])
        if limit:
            _once(context, limit, nginx.page(story.key), results[nginx.NAME])
        for place in peers:
            some = results[place.server.name]
            if place.server.name in failed or (some and some[-1]["seconds"] > TIRESOME):
                continue  # it is slow beyond doubt
            try:
                _once(context, place.running, place.server.first_page(story), some)
            except (OSError, HTTPException) as problem:
                failed[place.server.name] = f"no answer within {load.LONGEST} s ({type(problem).__name__})"
            if story.comments > UNTROUBLED:
                context.quiet()
    found: dict[str, dict[str, object]] = {name: {**load.middle(some)} for name, some in results.items() if some}
    for place in (ours, *peers):
        if place.server.name not in failed:
            _hold(place, story, found[place.server.name])
    if limit:
        found[nginx.NAME] |= {name: found[ours.server.name].get(name) for name in ("sent_bytes", "comments")}
    return {name: found.get(name) or {"absent": failed[name]} for name in results}


def _once(context: Context, running: Running, one: bytes, results: list[dict[str, float]]) -> None:
    requests = prepared(running.folder, [one])
    results.append(load.steady(running, requests, one, clients=CLIENTS, seconds=context.seconds))


def _hold(place: Place, story: Story, found: dict[str, object]) -> None:
    """Notes what the answer holds: its bytes as sent, and how many comments. Without any, the figures are worth
    nothing.
    """
    status, headers, body = place.running.send(place.server.first_page(story), patience=load.LONGEST)
    page = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    count = place.server.shown_in(page) if status == 200 else 0  # noqa: PLR2004 - OK
    if not count:
        found.clear()
        found["absent"] = f"it showed no comments, and answered {status}"
        return
    found |= {"sent_bytes": len(body), "comments": count}


def _nginx(ours: Place, read: list[Story]) -> Running | None:
    """Nginx with the pages as Rejoinder sends them now, or None where there is no nginx."""
    pages = {}
    for story in read:
        path = ours.server.first_page(story).decode().split(" ", 2)[1]
        _, headers, body = ours.running.get(path, headers={"Accept-Encoding": "gzip"})
        pages[story.key] = (headers, body if headers.get("content-encoding") == "gzip" else gzip.compress(body))
    try:
        return nginx.serving(new_folder("nginx"), pages)
    except Absent as problem:
        say(f"  without nginx: {problem}")
        return None


def _plain(context: Context, ours: Place, limit: Running | None) -> dict[str, dict[str, float]]:
    story = sized(PLAIN_SIZE)
    path = ours.server.first_page(story).decode().split(" ", 2)[1]
    asked = [(ours.server.name, ours.running, context.prepared(ours, "plain", [request("GET", path)]))]
    if limit:
        asked.append((nginx.NAME, limit, prepared(limit.folder, [nginx.page(story.key, packed=False)])))
    results: dict[str, list[dict[str, float]]] = {name: [] for name, _, _ in asked}
    for _ in range(context.repetitions):
        for name, running, file in asked:
            results[name].append(load.run(running, file, clients=CLIENTS, seconds=context.seconds))
    return {name: load.middle(some) for name, some in results.items()}
