"""The one queue of work, written in the transaction that causes it: at least once, one job for each effect and
recipient, leased with a number that fences off a worker that was too slow.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, delete, select, update

from rejoinder.discussion.events import JobNoted
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import jobs
from rejoinder.store.values import micros

LEASE = timedelta(minutes=2)
TRIES = 8


class Job(Struct, frozen=True, kw_only=True):
    """Work to do. `attempt` is this lease's number."""

    seq: int
    site_seq: int | None
    kind: str
    event: str
    recipient: str
    payload: dict[str, Any]
    attempt: int


_ADD = Statement.insert(
    jobs,
    "site_seq",
    "kind",
    "event",
    "recipient",
    "payload",
    "available_at",
    "created_at",
    returning="seq",
    or_nothing=True,
)
_CANCEL = Statement(
    delete(jobs)
    .where(jobs.c.event == bindparam("event"), jobs.c.done_at.is_(None), jobs.c.leased_until.is_(None))
    .returning(jobs.c.recipient)
)
_WAITING = (
    jobs.c.done_at.is_(None),
    jobs.c.failed_at.is_(None),
    jobs.c.available_at <= bindparam("now"),
    (jobs.c.leased_until.is_(None)) | (jobs.c.leased_until < bindparam("now")),
)
_NEXT = Statement(
    select(jobs.c.seq, jobs.c.site_seq, jobs.c.kind, jobs.c.event, jobs.c.recipient, jobs.c.payload, jobs.c.attempts)
    .where(*_WAITING)
    .order_by(jobs.c.available_at, jobs.c.seq)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASE = Statement(
    update(jobs)
    .where(jobs.c.seq == bindparam("job"))
    .values(leased_until=bindparam("until"), attempts=jobs.c.attempts + 1)
)
_MINE = (jobs.c.seq == bindparam("job"), jobs.c.attempts == bindparam("attempt"))
_DONE = Statement(
    update(jobs).where(*_MINE).values(done_at=bindparam("moment"), leased_until=None, problem=bindparam("note"))
)
_RETRY = Statement(
    update(jobs).where(*_MINE).values(available_at=bindparam("later"), leased_until=None, problem=bindparam("why"))
)
_GIVE_UP = Statement(
    update(jobs).where(*_MINE).values(failed_at=bindparam("moment"), leased_until=None, problem=bindparam("why"))
)
_NOTE = Statement(
    select(jobs.c.problem).where(
        jobs.c.event == bindparam("event"), jobs.c.recipient == bindparam("recipient"), jobs.c.kind == bindparam("kind")
    )
)
_FAILED = Statement(
    select(jobs.c.kind, jobs.c.event, jobs.c.problem)
    .where(jobs.c.failed_at.is_not(None))
    .order_by(jobs.c.seq)
    .limit(20)
)


def add(
    w: Write,
    kind: str,
    *,
    site_seq: int | None,
    event: str,
    recipient: str,
    payload: dict[str, Any],
    now: datetime,
    after: timedelta = timedelta(),
) -> None:
    """Notes work, to be done after a while; not twice for one event, recipient and kind."""
    w.run(
        _ADD,
        site_seq=site_seq,
        kind=kind,
        event=event,
        recipient=recipient,
        payload=msgspec.json.encode(payload).decode(),
        available_at=micros(now + after),
        created_at=micros(now),
    )
    if not after:
        w.tell(JobNoted(site_seq=site_seq or 0))


def cancel(w: Write, event: str) -> set[str]:
    """Takes back the work of an event that nobody has begun. For which recipients."""
    return {row[0] for row in w.rows(_CANCEL, event=event)}


def claim(w: Write, *, now: datetime, most: int = 10) -> list[Job]:
    """Work that is due, leased to the caller for LEASE."""
    found = []
    for row in w.rows(_NEXT, now=micros(now), most=most):
        w.run(_LEASE, job=row[0], until=micros(now + LEASE))
        found.append(
            Job(
                seq=row[0],
                site_seq=row[1],
                kind=row[2],
                event=row[3],
                recipient=row[4],
                payload=msgspec.json.decode(row[5], type=dict[str, Any]),
                attempt=row[6] + 1,
            )
        )
    return found


def done(w: Write, job: Job, *, now: datetime, note: str = "") -> None:
    """Marks the job done, with a note on what came of it, unless its lease was lost to another worker."""
    w.run(_DONE, job=job.seq, attempt=job.attempt, moment=micros(now), note=note)


def note_of(r: Read, kind: str, *, event: str, recipient: str) -> str | None:
    """The note of a job, empty while it has none; None where there is no such job."""
    found: str | None = r.value(_NOTE, kind=kind, event=event, recipient=recipient)
    return found


def failed(w: Write, job: Job, problem: str, *, now: datetime) -> None:
    """Puts the job back, each time for twice as long; after TRIES it is given up and shown by doctor."""
    if job.attempt >= TRIES:
        w.run(_GIVE_UP, job=job.seq, attempt=job.attempt, moment=micros(now), why=problem[:500])
        return
    later = now + timedelta(seconds=5 * 2**job.attempt)
    w.run(_RETRY, job=job.seq, attempt=job.attempt, later=micros(later), why=problem[:500])


def given_up(r: Read) -> list[tuple[str, str, str]]:
    """Kind, event and problem of jobs that were given up, the oldest twenty."""
    return [(row[0], row[1], row[2]) for row in r.rows(_FAILED)]
