"""Takes away, part by part, what is left of somebody who has gone. Each part is a transaction of its own, so that
nobody else's post waits for it, and a run that was cut off begins again without harm.
"""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from rejoinder.actions.leave import Rest, erase_part, rename_part
from rejoinder.store.database import Database, Write
from rejoinder.store.jobs import Job

Part = Callable[[Write, Rest], int | None]


class LeavingRun:
    """Runs the job of one commenter's leaving."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def __call__(self, job: Job) -> None:
        """Renames them in others' texts, then takes their own away if that was asked for."""
        rest = Rest(
            site_seq=job.site_seq or 0,
            commenter_seq=job.payload["commenter"],
            name=job.payload["name"],
            called=job.payload["called"],
            erase=job.payload["erase"],
        )
        self._all(rest, rename_part)
        if rest.erase:
            self._all(rest, lambda w, part: erase_part(w, part, now=self._clock()))

    def _all(self, rest: Rest, part: Part) -> None:
        after: int | None = 0
        while after is not None:
            at = replace(rest, after=after)
            after = self._database.write(lambda w, at=at: part(w, at)).result()  # type: ignore[misc] # binds the loop's value
