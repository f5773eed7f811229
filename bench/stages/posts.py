"""Comments posted through HTTP, by each of so many clients one after another, every step of moderation on, each post
committed to the disk before it is answered.
"""

from bench import load
from bench.context import Context, Place, say
from bench.measure import memory_mb
from bench.servers.common import new_folder
from bench.servers.postgres import Postgres
from bench.servers.rejoinder import Rejoinder
from bench.stories import WRITTEN, Story
from bench.tools import Absent

TITLE = "Posts"
CLIENTS = (1, 16, 64)
SLOW = 20  # seconds for a server that has not answered each client once


def run(context: Context) -> dict[str, object]:
    """By the number of clients and the server. What is stored is compared with what was answered."""
    places = [context.ours(), *context.theirs()]
    found: dict[str, object] = {}
    with_postgres, stop = _on_postgres(context)
    if with_postgres:
        places.append(with_postgres)
    try:
        for clients in CLIENTS:
            say(f"  {clients} clients")
            results: dict[str, list[dict[str, float]]] = {place.server.name: [] for place in places}
            for _ in range(context.repetitions):
                for place in places:
                    results[place.server.name].append(posted(context, place, WRITTEN, clients=clients))
            found[str(clients)] = {name: load.middle(some) for name, some in results.items()}
        found["loaded_mb"] = {place.server.name: memory_mb(place.running.pid) for place in places}
    finally:
        stop()
    return found


def posted(context: Context, place: Place, story: Story, *, clients: int) -> dict[str, float]:
    """One run of posts. `lost` is how many were answered and are not stored; it must be none."""
    before = _stored(place, story)
    requests = context.prepared(place, f"posts to {story.key}", place.server.posts(story))
    result = load.run(place.running, requests, clients=clients, seconds=context.seconds + 1)
    if result["requests"] < clients:  # too slow for so many: it gets more time
        result = load.run(place.running, requests, clients=clients, seconds=SLOW)
    after = _stored(place, story)
    if before is not None and after is not None:
        result["lost"] = max(0, result["requests"] - result["refused"] - (after - before))
    return result


def _stored(place: Place, story: Story) -> int | None:
    try:
        return place.server.stored(place.folder, story)
    except Absent:
        return None


def _on_postgres(context: Context):  # noqa: ANN202 - a place or none, and how to end it
    """Rejoinder on a PostgreSQL of our own, where there is one."""
    try:
        postgres = Postgres()
        server = Rejoinder(url=postgres.start())
    except Absent as problem:
        context.absent["Rejoinder, PostgreSQL"] = str(problem)
        return None, lambda: None
    folder = new_folder("rejoinder-on-postgresql")
    server.seed(folder, [WRITTEN])
    running = server.start(folder)

    def stop() -> None:
        running.stop()
        postgres.stop()

    return Place(server, folder, running, memory_mb(running.pid)), stop
