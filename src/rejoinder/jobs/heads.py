"""The heads of the records, once a week by mail: kept in a mailbox, they show what is cut off or rewritten later."""

from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from rejoinder.actions.export_heads import heads_of
from rejoinder.exporters.heads import HeadRecord, heads_text
from rejoinder.mail.message import Letter
from rejoinder.mail.sender import Sender
from rejoinder.store import jobs, sites
from rejoinder.store.database import Database, Read, Write
from rejoinder.store.jobs import Job

KIND = "heads"
HOW_TO = """These are the newest links of the records of what editors and the system did. Please keep this
letter: it shows later whether a record was cut off or written anew.

Save what is below as a file, and run:  rejoinder doctor --log --head FILE
"""


def note_heads(w: Write, to: Sequence[str], *, now: datetime) -> None:
    """Notes this week's letters (ISO 8601 weeks, UTC), one to each address; not twice."""
    year, week, _ = now.isocalendar()
    for address in to:
        jobs.add(w, KIND, site_seq=None, event=f"heads:{year}-W{week:02}", recipient=address, payload={}, now=now)


class HeadsRun:
    """Runs the job: reads the heads and sends them, in plain text."""

    def __init__(self, database: Database, sender: Sender, *, public_url: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._sender = sender
        self._host = urlsplit(public_url).hostname or "localhost"
        self._clock = clock

    def __call__(self, job: Job) -> None:
        """Raises CannotSend where another try may help."""

        def ask(r: Read) -> tuple[HeadRecord, ...]:
            return heads_of(r, sites.every(r), now=self._clock())

        self._sender.send(
            Letter(
                to=job.recipient,
                subject=f"The records of {self._host}, {job.event.removeprefix('heads:')}",
                text=f"{HOW_TO}\n{heads_text(self._database.read(ask).result())}",
                message_id=f"<job-{job.seq}@{self._host}>",
            )
        )
