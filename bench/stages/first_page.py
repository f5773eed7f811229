"""What a reader's first look at a discussion costs, by the size of the discussion, beside nginx with the same bytes."""

import gzip

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
) -> dict[str, dict[str, float]]:
    asked = [
        (place.server.name, place.running, context.prepared(place, story.key, [one]), one)
        for place in (ours, *peers)
        for one in [place.server.first_page(story)]
    ]
    if limit:
        one = nginx.page(story.key)
        asked.insert(1, (nginx.NAME, limit, prepared(limit.folder, [one]), one))
    results: dict[str, list[dict[str, float]]] = {name: [] for name, *_ in asked}
    for number in range(context.repetitions):
        for name, running, path, one in asked:
            if number and results[name][-1]["seconds"] > TIRESOME:
                continue  # it is slow beyond doubt
            try:
                result = load.steady(running, path, one, clients=CLIENTS, seconds=context.seconds)
            except OSError:
                result = {"problem": load.LONGEST, "seconds": load.LONGEST}
            results[name].append(result)
    held = {place.server.name: _held(place, story) for place in (ours, *peers)}
    held[nginx.NAME] = held[ours.server.name]
    return {
        name: {"absent": f"no answer within {load.LONGEST} s"}
        if "problem" in some[-1]
        else load.middle(some) | held.get(name, {})
        for name, some in results.items()
    }


def _held(place: Place, story: Story) -> dict[str, float]:
    """What the answer holds: its bytes as sent, and how many comments; it must hold some. Raises Absent. Empty where
    nothing comes back.
    """
    try:
        status, headers, body = place.running.send(place.server.first_page(story), patience=load.LONGEST)
    except OSError:
        return {}
    page = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    count = place.server.shown_in(page)
    if status != 200 or not count:  # noqa: PLR2004 - OK
        raise Absent(f"{place.server.name} showed no comments: {status}")
    return {"sent_bytes": len(body), "comments": count}


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
