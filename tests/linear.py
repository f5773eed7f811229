"""Whether work grows with what is sent, and not with its square: told by processor time on two sizes, never by a limit
in seconds. A quadratic step gives a ratio near 64 here, a linear one near 8.
"""

from collections.abc import Callable
from time import thread_time

LARGER = 8
ALLOWED = 3 * LARGER
NOISE = 0.004  # seconds


def grows_linearly(work: Callable[[str], object], make: Callable[[int], str], *, small: int = 8_000) -> bool:
    """Whether `work` on make(8 × small) costs no more than 24 times as much as on make(small)."""
    return _cost(work, make(small * LARGER)) <= ALLOWED * _cost(work, make(small)) + NOISE


def _cost(work: Callable[[str], object], text: str) -> float:
    return min(_once(work, text) for _ in range(3))


def _once(work: Callable[[str], object], text: str) -> float:
    begun = thread_time()
    work(text)
    return thread_time() - begun
