"""Takes all comments of a spammer away, or brings them back, part by part."""

from collections.abc import Callable
from datetime import datetime

from rejoinder.actions.erase_spammer import Rest, erase_part
from rejoinder.store.database import Database
from rejoinder.store.jobs import Job


class SpammerRun:
    """Runs the job. Each part is a transaction of its own; a run that was cut off begins again without harm."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def __call__(self, job: Job) -> None:
        """Goes on until nothing is left, or the act is lifted."""
        rest: Rest | None = Rest(
            site_seq=job.site_seq or 0, act_seq=job.payload["act"], back=bool(job.payload.get("back"))
        )
        while rest is not None:
            rest = self._database.write(lambda w, rest=rest: erase_part(w, rest, now=self._clock())).result()  # type: ignore[misc] # binds the loop's value
