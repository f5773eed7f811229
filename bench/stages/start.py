"""From the command to the first answer, on a database that is there; and memory when nobody asks anything."""

import time
from statistics import median

from bench.context import Context, Place
from bench.measure import memory_mb

TITLE = "Start and memory"
TIMES = 3
SETTLED = 1.0  # seconds after the first answer


def run(context: Context) -> dict[str, object]:
    """Starts of each server, beside the one that runs already."""
    places = [context.ours(), *context.theirs()]
    return {place.server.name: _starts(place, 1 if context.quick else TIMES) for place in places}


def _starts(place: Place, times: int) -> dict[str, float]:
    seconds, idle = [], []
    for _ in range(times):
        running = place.server.start(place.folder)
        seconds.append(running.started_in)
        time.sleep(SETTLED)
        idle.append(memory_mb(running.pid))
        running.stop()
    return {"seconds": median(seconds), "idle_mb": median(idle), "loaded_mb": memory_mb(place.running.pid)}
