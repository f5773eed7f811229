"""Several processes that serve one socket. One that dies is replaced; told to stop, all finish what is in hand."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from time import monotonic

import structlog
from prometheus_client import multiprocess

log = structlog.get_logger()

TOO_SOON = 2.0  # seconds after which a death is no longer one at birth
BIRTHS = 5  # deaths at birth in a row, after which we give up
LETTING_GO = 15.0  # seconds a process has to end when told to


class Workers:
    """So many processes, each of which runs `serve(number)`. They are forked, so that they share what is loaded."""

    def __init__(self, count: int, serve: Callable[[int], None]) -> None:
        self._serve = serve
        self._running: dict[int, ForkProcess] = {}
        self._born: dict[int, float] = {}
        self._numbers = range(count)
        self._died_young = 0
        self._stop = threading.Event()

    def run(self) -> bool:
        """Keeps them running until SIGINT or SIGTERM. False where they could not be kept alive."""
        for told in (signal.SIGINT, signal.SIGTERM):
            signal.signal(told, lambda *_: self._stop.set())
        for number in self._numbers:
            self._begin(number)
        while not self._stop.is_set() and self._died_young < BIRTHS:
            wait([process.sentinel for process in self._running.values()], timeout=0.5)
            self._replace_the_dead()
        self._end_all()
        return self._died_young < BIRTHS

    def _begin(self, number: int) -> None:
        process = multiprocessing.get_context("fork").Process(
            target=self._serve, args=(number,), name=f"serve-{number}"
        )
        process.start()
        self._running[number] = process
        self._born[number] = monotonic()

    def _replace_the_dead(self) -> None:
        for number, process in list(self._running.items()):
            if process.is_alive() or self._stop.is_set():
                continue
            lived = monotonic() - self._born[number]
            self._died_young = self._died_young + 1 if lived < TOO_SOON else 0
            log.error("a serving process has died and is replaced", number=number, exit=process.exitcode)
            if process.pid is not None and "PROMETHEUS_MULTIPROC_DIR" in os.environ:
                multiprocess.mark_process_dead(process.pid)  # type: ignore[no-untyped-call] # untyped in prometheus_client
            self._begin(number)

    def _end_all(self) -> None:
        for process in self._running.values():
            process.terminate()
        until = monotonic() + LETTING_GO
        for process in self._running.values():
            process.join(max(0.1, until - monotonic()))
            if process.is_alive():
                process.kill()
