"""An event loop for a test that needs one, on a thread of its own: a browser's driver keeps one on the main thread."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run(
    begin: Callable[[], Coroutine[Any, Any, T]],
    *,
    loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop,
) -> T:
    """What the coroutine gives, or raises."""

    def inside() -> T:
        with asyncio.Runner(loop_factory=loop) as runner:
            return runner.run(begin())

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(inside).result()
