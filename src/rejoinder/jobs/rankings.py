"""The job that follows what readers recommend and answer."""

from collections.abc import Callable
from datetime import datetime

from rejoinder.actions.renew_ranking import renew_ranking
from rejoinder.store.database import Database
from rejoinder.store.jobs import Job


class RankingRun:
    """Reckons one story's orders anew, once for all that moved them within a few seconds."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def __call__(self, job: Job) -> None:
        """Ranks the story of the job."""
        assert job.site_seq is not None
        site_seq, story_seq = job.site_seq, int(job.payload["story"])
        self._database.write(lambda w: renew_ranking(w, site_seq, story_seq, now=self._clock())).result()
