"""What a run of stages shares: how long and how often to measure, and the servers, each seeded and started once."""

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench import load, stories
from bench.measure import cpu_seconds, memory_mb
from bench.servers.comments_xtd import CommentsXtd
from bench.servers.common import Running, Server, new_folder
from bench.servers.isso import Isso
from bench.servers.rejoinder import Rejoinder
from bench.servers.waline import Waline
from bench.stories import Story, sized
from bench.tools import DATA, Absent
from bench.wire import prepared

WARMING = 1.5  # seconds of load before anything is measured, so that whatever compiles itself has done so
RESTING = 15  # fifths of a second
BUSY = 0.05  # processor seconds in a fifth of a second that is no rest


@dataclass
class Place:
    """A server with its data, running."""

    server: Server
    folder: Path
    running: Running
    idle_mb: float
    requests: dict[str, Path] = field(default_factory=dict)


class Context:
    """One run."""

    def __init__(self, *, quick: bool, seconds: float | None, peers: bool = True) -> None:
        self.quick = quick
        self.seconds = seconds or (1 if quick else 4)
        self.repetitions = 1 if quick else 3
        self.sizes = (10, 1000) if quick else (10, 1000, 20_000, 175_000)
        self.rejoinder = Rejoinder()
        self.peers: list[Server] = [Isso(), Waline(), CommentsXtd()] if peers else []
        self.absent: dict[str, str] = {}
        self._places: dict[str, Place] = {}

    @property
    def read(self) -> list[Story]:
        """The stories that are read, the smallest first."""
        return [sized(count) for count in self.sizes]

    def ours(self) -> Place:
        """Rejoinder, with everything the stages need. Raises Absent."""
        reported = Story(stories.REPORTED.key, 2000) if self.quick else stories.REPORTED
        seeds = [*self.read, sized(50), stories.WRITTEN, reported, stories.LIVE, *stories.MIXED, *stories.LINKED]
        return self._place(self.rejoinder, seeds)

    def theirs(self) -> list[Place]:
        """The peers that can run here. Why another cannot is noted."""
        found = []
        for server in self.peers:
            try:
                found.append(self._place(server, [*self.read, stories.WRITTEN, *stories.LINKED]))
            except Absent as problem:
                self.absent[server.name] = str(problem)
        return found

    def prepared(self, place: Place, name: str, requests: list[bytes]) -> Path:
        """The file of these requests, written once."""
        if name not in place.requests:
            place.requests[name] = prepared(place.folder, requests)
        return place.requests[name]

    def quiet(self) -> None:
        """Waits until no server works any more; one that goes on with what nobody waits for is started anew."""
        for place in self._places.values():
            for _ in range(RESTING):
                used = cpu_seconds(place.running.pid)
                time.sleep(0.2)
                if cpu_seconds(place.running.pid) - used < BUSY:
                    break
            else:
                say(f"  {place.server.name} is still busy: started anew")
                place.running.stop()
                place.running = place.server.start(place.folder)

    def stop(self) -> None:
        """Stops what runs and throws its data away."""
        for place in self._places.values():
            place.running.stop()
        self._places.clear()
        shutil.rmtree(DATA, ignore_errors=True)

    def _place(self, server: Server, seeds: list[Story]) -> Place:
        if server.name in self.absent:
            raise Absent(self.absent[server.name])
        if server.name not in self._places:
            say(f"  {server.name}: installing, seeding, starting …")
            server.install()
            folder = new_folder(server.name.partition(" ")[0].lower())
            server.seed(folder, seeds)
            running = server.start(folder)
            time.sleep(1)
            self._places[server.name] = place = Place(server, folder, running, memory_mb(running.pid))
            warming = self.prepared(place, "warming", [server.first_page(self.read[0])])
            load.run(running, warming, clients=4, seconds=WARMING)
        return self._places[server.name]


def say(text: str) -> None:
    print(text, flush=True)
