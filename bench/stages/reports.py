"""Reports of comments, by readers without an account, each of another comment."""

from bench import load
from bench.context import Context
from bench.servers.rejoinder import Rejoinder
from bench.stories import REPORTED
from bench.wire import prepared

TITLE = "Reports"
CLIENTS = (1, 16, 64)


def run(context: Context) -> dict[str, object]:
    """Of the peers, two have no reports, and one takes them from accounts only."""
    ours = context.ours()
    assert isinstance(ours.server, Rejoinder)
    requests, found = ours.server.reports(ours.folder, REPORTED), {}
    for clients in CLIENTS:
        some = []
        for _ in range(context.repetitions):
            before = ours.server.rows(ours.folder, "flags")
            result = load.run(ours.running, prepared(ours.folder, requests), clients=clients, seconds=context.seconds)
            stored = ours.server.rows(ours.folder, "flags") - before
            result["lost"] = max(0, result["requests"] - result["refused"] - stored)
            turned = int(result["requests"]) % len(requests)  # the next run reports other comments
            requests = requests[turned:] + requests[:turned]
            some.append(result)
        found[str(clients)] = {ours.server.name: load.middle(some)}
    return found
