"""From the store's threads back to the event loop. The writer answers many at once, and wakes the loop once for all."""

import asyncio
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from rejoinder.discussion.refusals import Busy

T = TypeVar("T")

PATIENCE = 0.5  # seconds that a write may wait for its turn before we rather say that it was not taken


async def answer_of(future: "Future[T]", *, patience: float | None = None) -> T:
    """The answer of what the store was asked. With patience, what has not begun by then never will and is refused; what
    has begun is waited for. Raises what the store raised, and Busy.
    """
    loop = asyncio.get_running_loop()
    waiter: asyncio.Future[T] = loop.create_future()
    landing = _landing(loop)
    future.add_done_callback(lambda done: landing.take(waiter, done))
    timer = loop.call_later(patience, future.cancel) if patience is not None else None
    try:
        return await waiter
    finally:
        if timer is not None:
            timer.cancel()
        if not waiter.done() or waiter.cancelled():
            future.cancel()  # nobody waits for it any more


class _Landing:
    """Where answers come in from other threads. Only the first of those that lie here together wakes the loop."""

    def __init__(self) -> None:
        self._here: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._is_woken = False

    def take(self, waiter: "asyncio.Future[Any]", done: "Future[Any]") -> None:
        """Called on any thread."""
        self._here.append((waiter, done))
        if not self._is_woken:  # set aside before anything is taken from the row, so that nothing lies here unseen
            self._is_woken = True
            with suppress(RuntimeError):  # the loop has ended, and nobody waits
                waiter.get_loop().call_soon_threadsafe(self._hand_out)

    def _hand_out(self) -> None:
        self._is_woken = False
        while self._here:
            waiter, done = self._here.popleft()
            if waiter.done():
                continue  # it was cancelled
            if done.cancelled():
                waiter.set_exception(Busy())
            elif (problem := done.exception()) is not None:
                waiter.set_exception(problem)
            else:
                waiter.set_result(done.result())


_LANDINGS: "WeakKeyDictionary[asyncio.AbstractEventLoop, _Landing]" = WeakKeyDictionary()


def _landing(loop: asyncio.AbstractEventLoop) -> _Landing:
    found = _LANDINGS.get(loop)
    if found is None:
        found = _LANDINGS[loop] = _Landing()
    return found
