"""Event loops for tests that need one, on a thread of their own: the browser's driver keeps one on the main thread."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run(begin: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What the coroutine gives, or raises."""
    found: list[T] = []
    problems: list[BaseException] = []

    def inside() -> None:
        try:
            found.append(asyncio.run(begin()))
        except BaseException as problem:  # noqa: BLE001 - raised again where it was asked for
            problems.append(problem)

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    if problems:
        raise problems[0]
    return found[0]
