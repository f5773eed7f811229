"""The moderation desk: its queue over few and over very many comments, and decisions taken at it."""

from bench import load
from bench.context import Context, say
from bench.servers.common import Running, new_folder
from bench.servers.rejoinder import Rejoinder
from bench.stories import Story
from bench.wire import prepared

TITLE = "The desk"
SIZES = (1000, 1_000_000)
QUICK_SIZES = (1000, 20_000)
WAITING_EVERY = 10  # for ten published comments, one more waits
CLIENTS = 4
DECIDING = (1, 16)


def run(context: Context) -> dict[str, object]:
    """The queue's first page by the number of comments, and decisions per second on the larger of the two."""
    sizes = QUICK_SIZES if context.quick else SIZES
    servers: dict[int, tuple[Rejoinder, Running]] = {}
    queues: dict[str, list[dict[str, float]]] = {str(size): [] for size in sizes}
    try:
        for size in sizes:
            say(f"  seeding {size:,} comments")
            server, folder = Rejoinder(), new_folder(f"desk-{size}")
            server.seed(folder, [Story("desk", size)], waiting_every=WAITING_EVERY)
            servers[size] = (server, server.start(folder))
        for _ in range(context.repetitions):
            for size, (server, running) in servers.items():
                requests = prepared(running.folder, [server.desk()])
                queues[str(size)].append(load.run(running, requests, clients=CLIENTS, seconds=context.seconds))
        server, running = servers[sizes[-1]]
        decisions = _decided(context, server, running, Story("desk", sizes[-1]))
    finally:
        for _, running in servers.values():
            running.stop()
            new_folder(running.folder.name)  # a million comments are a gigabyte
    return {"queue": {size: load.middle(some) for size, some in queues.items()}, "decisions": decisions}


def _decided(context: Context, server: Rejoinder, running: Running, story: Story) -> dict[str, dict[str, float]]:
    """Approvals, each of another waiting comment."""
    requests, found = server.decisions(running.folder, story), {}
    for clients in DECIDING:
        some = []
        for _ in range(context.repetitions):
            before = server.rows(running.folder, "decisions")
            result = load.run(running, prepared(running.folder, requests), clients=clients, seconds=context.seconds)
            stored = server.rows(running.folder, "decisions") - before
            result["lost"] = max(0, result["requests"] - result["refused"] - stored)
            requests = requests[int(result["requests"]) + 2 * clients :]  # some were on their way
            some.append(result)
        found[str(clients)] = load.middle(some)
    return found
