"""The numbers of comments for a page of a hundred links, asked for at once."""

from bench import load
from bench.context import Context, Place
from bench.stories import LINKED
from bench.tools import Absent

TITLE = "Counts of a hundred links"
CLIENTS = 16


def run(context: Context) -> dict[str, object]:
    """What is not there is said."""
    asked: list[tuple[Place, bytes]] = []
    found: dict[str, object] = {}
    for place in (context.ours(), *context.theirs()):
        try:
            request = place.server.counts(LINKED)
            _must_answer(place, request)
            asked.append((place, request))
        except Absent as problem:
            found[place.server.name] = {"absent": str(problem)}
    results: dict[str, list[dict[str, float]]] = {place.server.name: [] for place, _ in asked}
    for _ in range(context.repetitions):
        for place, request in asked:
            requests = context.prepared(place, "counts", [request])
            results[place.server.name].append(
                load.run(place.running, requests, clients=CLIENTS, seconds=context.seconds)
            )
    return {name: load.middle(some) for name, some in results.items()} | found


def _must_answer(place: Place, request: bytes) -> None:
    if request.startswith(b"GET"):
        status, _, _ = place.running.get(request.split(b" ", 2)[1].decode())
        if status != 200:  # noqa: PLR2004 - OK
            raise Absent(f"not there: it answers {status}")
