"""Whether work grows with what is sent, and not with its square: told by counting the lines of Python that are run on
two sizes. What happens inside a regular expression is not seen here; `bench/growth.py` measures that in seconds.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

LARGER = 8
ALLOWED = 1.5 * LARGER  # a quadratic step runs 64 times as many lines


def grows_linearly(work: Callable[[str], object], make: Callable[[int], str], *, small: int = 500) -> bool:
    """Whether `work` on make(8 × small) runs no more than 12 times as many lines as on make(small)."""
    return _lines(work, make(small * LARGER)) <= ALLOWED * _lines(work, make(small)) + small


def _lines(work: Callable[[str], object], text: str) -> int:
    run = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal run
        run += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work(text)
    finally:
        sys.settrace(before)
    return run
