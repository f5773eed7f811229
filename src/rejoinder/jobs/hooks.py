"""Calls a site's hooks: tells webhooks what happened, asks checks about a comment. Nothing is called in a transaction,
and no text is kept for a call: each try sends what is true then.
"""

from collections.abc import Callable
from datetime import datetime

import msgspec
import structlog

from rejoinder.actions.call_hooks import ASK, TELL, TELL_ALL, tell_each
from rejoinder.actions.change_hooks import end_hook
from rejoinder.actions.record_check import Checked, record_check
from rejoinder.discussion.hooks import Asking, Hook, Reply, Telling
from rejoinder.hooks.calling import Call, CannotCall, call
from rejoinder.jobs.hook_bodies import Told, asked_body, told_body
from rejoinder.jobs.worker import Run
from rejoinder.store import hooks
from rejoinder.store.database import Database
from rejoinder.store.jobs import Job

log = structlog.get_logger()
ASK_TRIES = 3  # a comment waits for the answer; webhooks are tried as often as any job


class TellAllRun:
    """Makes a job for each webhook that wants to hear of an event."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def __call__(self, job: Job) -> None:
        """Does it once, however often it runs: jobs are known by event and recipient."""
        present = self._database.read(lambda r: hooks.of_site(r, job.site_seq or 0)).result()
        wanting = [hook.seq for hook in present if isinstance(hook.what, Telling) and _wants(hook.what, job)]
        self._database.write(lambda w: tell_each(w, job, wanting, now=self._clock())).result()


class TellRun:
    """Tells one webhook of one event."""

    def __init__(self, database: Database, public_url: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._public_url = public_url
        self._clock = clock

    def __call__(self, job: Job) -> str | None:
        """A note where nothing was to be told any more. Raises CannotCall where another try may help."""
        site_seq = job.site_seq or 0
        hook = self._database.read(lambda r: hooks.by_seq(r, site_seq, job.payload["hook"])).result()
        if hook.ended_at is not None:
            return "the hook has ended"
        told = Told(site_seq=site_seq, public_url=self._public_url, payload=job.payload)
        body = self._database.read(lambda r: told_body(r, told)).result()
        try:
            call(_call(hook, job, body), now=self._clock())
        except CannotCall as problem:
            if not problem.gone:
                raise
            log.warning("a webhook wants nothing more", address=hook.address)
            self._database.write(lambda w: end_hook(w, site_seq, hook.id, now=self._clock())).result()
            return "gone"
        return None


class AskRun:
    """Asks one check about one text, and records what it answers."""

    def __init__(self, database: Database, public_url: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._public_url = public_url
        self._clock = clock

    def __call__(self, job: Job) -> str | None:
        """What became of it, for the job's note. Raises CannotCall while another try may help."""
        site_seq, payload = job.site_seq or 0, job.payload
        hook = self._database.read(lambda r: hooks.by_seq(r, site_seq, payload["hook"])).result()
        if not isinstance(hook.what, Asking):
            return "no check"
        checked = Checked(
            site_seq=site_seq,
            comment_seq=payload["comment"],
            revision=payload["revision"],
            check=hook.what,
            reply=self._reply(hook, job, hook.what.seconds),
        )
        return self._database.write(lambda w: record_check(w, checked, now=self._clock())).result().value

    def _reply(self, hook: Hook, job: Job, seconds: float) -> Reply | None:
        """The check's answer; None where it has ended, has been asked often enough, or answers nonsense."""
        if hook.ended_at is not None:
            return None
        told = Told(site_seq=job.site_seq or 0, public_url=self._public_url, payload=job.payload)
        body = self._database.read(lambda r: asked_body(r, told)).result()
        try:
            answer = call(_call(hook, job, body, seconds=seconds), now=self._clock())
            return msgspec.json.decode(answer, type=Reply)
        except CannotCall as problem:
            if job.attempt < ASK_TRIES and not problem.gone:
                raise
            log.warning("a check does not answer", address=hook.address, problem=str(problem))
        except msgspec.MsgspecError as problem:
            log.warning("a check answers what it should not", address=hook.address, problem=str(problem))
        return None


def hook_runs(database: Database, public_url: str, clock: Callable[[], datetime]) -> dict[str, Run]:
    """What runs the jobs of hooks, by their kinds."""
    return {
        TELL_ALL: TellAllRun(database, clock),
        TELL: TellRun(database, public_url, clock),
        ASK: AskRun(database, public_url, clock),
    }


def _wants(what: Telling, job: Job) -> bool:
    return job.payload["event"] in {event.value for event in what.events}


def _call(hook: Hook, job: Job, body: bytes, *, seconds: float = 15.0) -> Call:
    return Call(
        address=hook.address, secret=hook.secret, message_id=f"{job.event}:{hook.id}", body=body, seconds=seconds
    )
