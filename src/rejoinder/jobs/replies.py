"""Does what is left of a decision on a long thread, where replies go and come back with the comment they answer."""

from collections.abc import Callable
from datetime import datetime

from rejoinder.actions.remove_replies import Rest, go_on
from rejoinder.store.database import Database
from rejoinder.store.jobs import Job


class RepliesRun:
    """Runs the job. Each part is a transaction of its own; a run that was cut off begins again without harm."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def __call__(self, job: Job) -> None:
        """Goes on until nothing is left or the decision no longer holds."""
        rest: Rest | None = Rest(
            site_seq=job.site_seq or 0,
            decision_seq=job.payload["decision"],
            after=job.payload["after"],
            told_not=tuple(job.payload["told_not"]),
        )
        while rest is not None:
            rest = self._database.write(lambda w, rest=rest: go_on(w, rest, now=self._clock())).result()  # type: ignore[misc] # binds the loop's value
