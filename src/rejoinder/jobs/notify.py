"""Tells followers and who is mentioned of a published comment, in parts: nobody's post waits for a thousand inboxes."""

from collections.abc import Callable
from datetime import datetime

from rejoinder.actions.notify import News, tell_followers, tell_mentioned
from rejoinder.store.database import Database
from rejoinder.store.jobs import Job


class NotifyRun:
    """Runs the job."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def __call__(self, job: Job) -> None:
        """Once or again: what was told stays told once."""
        now = self._clock()
        site_seq, comment_seq = job.site_seq or 0, job.payload["comment"]
        self._database.write(lambda w: tell_mentioned(w, News(site_seq, comment_seq), now=now)).result()
        after: int | None = 0
        while after is not None:
            part = News(site_seq, comment_seq, after)
            after = self._database.write(lambda w, part=part: tell_followers(w, part, now=now)).result()  # type: ignore[misc] # binds the loop's value
