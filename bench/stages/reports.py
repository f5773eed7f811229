"""Reports of comments, by readers without an account, each of another comment."""

from bench import load
from bench.context import Context
from bench.servers.rejoinder import Rejoinder
from bench.stories import REPORTED

TITLE = "Reports"
CLIENTS = (1, 16, 64)


def run(context: Context) -> dict[str, object]:
    """Of the peers, two have no reports, and one takes them from accounts only."""
    ours = context.ours()
    assert isinstance(ours.server, Rejoinder)
    requests = context.prepared(ours, "reports", ours.server.reports(ours.folder, REPORTED))
    return {
        str(clients): {
            ours.server.name: load.middle(
                [
                    load.run(ours.running, requests, clients=clients, seconds=context.seconds)
                    for _ in range(context.repetitions)
                ]
            )
        }
        for clients in CLIENTS
    }
