"""Writes the letters that actions noted, from what is true now, and sends them. A letter that no longer fits (its
comment was decided again, its reader has no address) is not sent.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from msgspec.structs import replace

from rejoinder.actions.notify import tell_of_letter
from rejoinder.jobs import (
    account_letters,
    comment_letters,
    editors_letters,
    news_letters,
    notice_letters,
    report_letters,
)
from rejoinder.jobs.letter_desk import Desk, Post
from rejoinder.jobs.news_letters import in_digest
from rejoinder.mail.message import Letter
from rejoinder.mail.sender import CannotSend, Sender
from rejoinder.store import notifications, sites
from rejoinder.store.database import Database, Read, Write
from rejoinder.store.jobs import Job

log = structlog.get_logger()


def _now() -> datetime:
    return datetime.now(UTC)


class LetterRun:
    """Runs a letter's job: reads, writes, sends. Nothing of it happens in a transaction."""

    def __init__(self, database: Database, sender: Sender, post: Post, clock: Callable[[], datetime] = _now) -> None:
        self._database = database
        self._sender = sender
        self._post = post
        self._clock = clock

    def __call__(self, job: Job) -> None:
        """Puts the job's news into the inbox and sends its letter, if there is still one to send and it is wanted.
        Raises CannotSend where another try may help.
        """
        now = self._clock()
        if not self._database.write(lambda w: self._note(w, job, now)).result():
            return
        told = self._database.read(lambda r: [each.seq for each in in_digest(r, job)]).result()
        letter = self._database.read(lambda r: write(r, job, self._post)).result()
        if letter is not None:
            self._send(letter, job)
        if told:
            commenter_seq, mailed = job.payload["commenter"], notifications.mailed
            self._database.write(lambda w: mailed(w, job.site_seq or 0, commenter_seq, told, now=now)).result()

    def _note(self, w: Write, job: Job, now: datetime) -> bool:
        return tell_of_letter(w, job.site_seq or 0, job.payload, event=job.event, now=now)

    def _send(self, letter: Letter, job: Job) -> None:
        try:
            self._sender.send(letter)
        except CannotSend as problem:
            if not problem.lasting:
                raise
            log.warning("a letter was refused for good", job_event=job.event, problem=str(problem))


def write(r: Read, job: Job, post: Post) -> Letter | None:
    """The letter of this job, or None if there is none to send any more."""
    desk = Desk(r, job, sites.by_seq(r, job.site_seq or 0), post)
    letter = _WRITERS[job.payload["letter"]](desk)
    if letter is None or not letter.to:  # who has left has no address
        return None
    return replace(letter, headers={**letter.headers, **desk.more_headers()})


_WRITERS: dict[str, Callable[[Desk], Letter | None]] = (
    account_letters.WRITERS
    | news_letters.WRITERS
    | comment_letters.WRITERS
    | report_letters.WRITERS
    | editors_letters.WRITERS
    | notice_letters.WRITERS
)
