"""Care for who reads all this: which comments are hard to read, and an order in which hard ones do not follow each
other without a pause.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from rejoinder.discussion.screening import Finding

T = TypeVar("T")

HARSH_CHECKS = frozenset({"banned-words"})
HARSH_REASONS = frozenset({"hate", "threat", "obscenity", "child-safety", "intimate-images"})
IN_A_ROW = 2  # hard texts before an easier one
READ = 100  # harsh texts after which a pause is suggested, once a day


def is_harsh(findings: Iterable[Finding], reasons: Iterable[str]) -> bool:
    """Whether a comment is likely to be hard to read, by what a check found in it and what it was reported for."""
    return any(finding.check in HARSH_CHECKS for finding in findings) or not HARSH_REASONS.isdisjoint(reasons)


def mixed(items: Sequence[T], is_hard: Callable[[T], bool]) -> tuple[T, ...]:
    """The same items: after IN_A_ROW hard ones the next easy one is drawn forward, as long as there are any. Among the
    hard, and among the easy, the order stays.
    """
    waiting = [item for item in items if not is_hard(item)]
    waiting.reverse()
    found: list[T] = []
    drawn, row = 0, 0
    for item in items:
        if is_hard(item):
            if row == IN_A_ROW and waiting:
                found.append(waiting.pop())
                drawn, row = drawn + 1, 0
            found.append(item)
            row += 1
        elif drawn:
            drawn -= 1  # it, or one before it, came forward
        else:
            found.append(waiting.pop())
            row = 0
    return tuple(found)
