"""What a reader's first look at a discussion costs, by the size of the discussion, beside nginx with the same bytes."""

import gzip
from http.client import HTTPException
from typing import NamedTuple

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


class Subject(NamedTuple):
    """Who is asked, where it runs now, and what."""

    name: str
    at: Place | Running
    request: bytes


def run(context: Context) -> dict[str, object]:
    """All servers in turn, again and again."""
    ours, peers = context.ours(), context.theirs()
    found: dict[str, object] = {}
    limit = _nginx(ours, context.read)
    try:
        for story in context.read:
            say(f"  {story.comments:,} comments")
            some = _measured(context, _subjects([ours, *peers], limit, story), small=story.comments <= UNTROUBLED)
            for place in (ours, *peers):
                _hold(place, story, some[place.server.name])
            if limit:
                some[nginx.NAME] |= {name: some[ours.server.name].get(name) for name in ("sent_bytes", "comments")}
            found[str(story.comments)] = some
        found["not compressed"] = _plain(context, ours, limit)
    finally:
        if limit:
            limit.stop()
    return found


def _subjects(places: list[Place], limit: Running | None, story: Story) -> list[Subject]:
    """Rejoinder, nginx, then the others."""
    found = [Subject(place.server.name, place, place.server.first_page(story)) for place in places]
    if limit:
        found.insert(1, Subject(nginx.NAME, limit, nginx.page(story.key)))
    return found


def _measured(context: Context, subjects: list[Subject], *, small: bool) -> dict[str, dict[str, object]]:
    """Each server's figures. One that fails loses only its own."""
    results: dict[str, list[dict[str, float]]] = {each.name: [] for each in subjects}
    failed: dict[str, str] = {}
    for _ in range(context.repetitions):
        for name, at, one in subjects:
            some = results[name]
            if name in failed or (some and some[-1]["seconds"] > TIRESOME):
                continue  # it is slow beyond doubt
            running = at.running if isinstance(at, Place) else at
            try:
                some.append(
                    load.steady(running, prepared(running.folder, [one]), one, clients=CLIENTS, seconds=context.seconds)
                )
            except (OSError, HTTPException) as problem:
                failed[name] = f"no answer within {load.LONGEST} s ({type(problem).__name__})"
            if not small:
                context.quiet()
    return {name: {"absent": failed[name]} if name in failed else {**load.middle(results[name])} for name in results}


def _hold(place: Place, story: Story, found: dict[str, object]) -> None:
    """Notes what the answer holds: its bytes as sent, and how many comments. Without any, the figures are worth
    nothing.
    """
    if "absent" in found:
        return
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
