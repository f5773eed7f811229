"""Work that legal notices and reports leave for later: the letter to editors before a notice is due, and the look at a
reporter's record.
"""

from collections.abc import Callable
from datetime import datetime

from rejoinder.actions.slow_reporter import slow_reporter
from rejoinder.actions.warn_editors import warn_editors
from rejoinder.store.database import Database
from rejoinder.store.jobs import Job


class NoticeDueRun:
    """Runs the job of one notice that must be answered in time."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def __call__(self, job: Job) -> str:
        """How many editors have a letter."""
        seq = job.payload["notice"]
        told = self._database.write(lambda w: warn_editors(w, job.site_seq or 0, seq, now=self._clock())).result()
        return str(told)


class SlowingRun:
    """Runs the job of one reporter."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def __call__(self, job: Job) -> str:
        """What was done."""
        seq = job.payload["commenter"]
        return self._database.write(lambda w: slow_reporter(w, job.site_seq or 0, seq, now=self._clock())).result()
