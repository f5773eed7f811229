"""Draws a site's pages again after levels have changed: once for all that changed within a minute. Not in the
decision's own transaction, which has a story locked and must not wait for its site.
"""

from rejoinder.store import sites
from rejoinder.store.database import Database
from rejoinder.store.jobs import Job


class LevelsRun:
    """Runs the job."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __call__(self, job: Job) -> None:
        """Raises the site's epoch."""
        self._database.write(lambda w: sites.changed(w, job.site_seq or 0)).result()
