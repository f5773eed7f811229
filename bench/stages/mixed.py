"""Readers and writers at once: of a hundred requests 95 read a page, four report a comment (there are no votes yet) and
one posts. First as fast as it goes, then at half of that, each request leaving on time whatever came of earlier ones.
"""

import itertools
import json
import random
import subprocess
import sys

from bench import load
from bench.context import Context, say
from bench.discussion import PEOPLE, texts
from bench.servers.rejoinder import Rejoinder
from bench.stories import MIXED, REPORTED
from bench.wire import WORD

TITLE = "Mixed load"
CLIENTS = 32
SECONDS = 60
ROUNDS = 1000  # of a hundred requests, before they begin again
READ, REPORT = 95, 4  # of a hundred; the rest posts


def run(context: Context) -> dict[str, object]:
    """The capacity, and what half of it is like."""
    ours = context.ours()
    assert isinstance(ours.server, Rejoinder)
    requests = context.prepared(ours, "mixed", _mix(ours.server, ours.server.ids(ours.folder, REPORTED)))
    capacity = load.middle(
        [
            load.run(ours.running, requests, clients=CLIENTS, seconds=context.seconds * 2)
            for _ in range(context.repetitions)
        ]
    )
    rate = capacity["per_second"] / 2
    seconds = 10 if context.quick else SECONDS
    say(f"  capacity {rate * 2:,.0f}/s; {seconds} s at half of it")
    done = subprocess.run(
        [sys.executable, "-m", "bench.pace", str(ours.running.port), str(requests), str(rate), str(seconds), "follow"],
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=True,
    )
    return {"capacity": capacity, "half": json.loads(done.stdout)}


def _mix(server: Rejoinder, reported: list[object]) -> list[bytes]:
    """Requests in the right proportions, shuffled within each hundred. Ten stories are read and written."""
    dice = random.Random(95)
    dice.shuffle(reported)
    targets = itertools.cycle(reported)
    found: list[bytes] = []
    for number in range(ROUNDS):
        some = [server.first_page(dice.choice(MIXED)) for _ in range(READ)]
        for _ in range(REPORT):
            fields = {"reason": "irrelevant", "note": f"Not about this story. {WORD}"}
            some.append(server.form(f"/courier/comments/{next(targets)}/report", fields))
        person = number % PEOPLE
        path = f"{server.page(dice.choice(MIXED))}/comments"
        some.append(server.form(path, {"text": f"{texts()[-person - 1]} {WORD}"}, person=person))
        dice.shuffle(some)
        found += some
    return found
