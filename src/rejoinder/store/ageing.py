"""What is forgotten with time: jobs that are done, links that have run out, and the marks by which a person without an
account was told from another. What was decided and counted stays.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, exists, or_, select, update

from rejoinder.store.database import Statement, Write
from rejoinder.store.tables import (
    appeals,
    corrections,
    flags,
    guest_drafts,
    jobs,
    notices,
    recommendations,
    spent,
    tokens,
)
from rejoinder.store.values import micros

AT_ONCE = 1000  # rows in one go, so that nobody's post waits long

_JOBS = Statement(
    delete(jobs).where(jobs.c.seq.in_(select(jobs.c.seq).where(jobs.c.done_at < bindparam("before")).limit(AT_ONCE)))
)
_TOKENS = Statement(delete(tokens).where(tokens.c.expires_at < bindparam("now")))
_SPENT = Statement(delete(spent).where(spent.c.expires_at < bindparam("now")))
_DRAFTS = Statement(delete(guest_drafts).where(guest_drafts.c.expires_at < bindparam("now")))
_FLAGS = Statement(
    update(flags)
    .where(
        flags.c.seq.in_(
            select(flags.c.seq)
            .where(
                flags.c.resolved_at < bindparam("before"),
                or_(flags.c.device_hash.is_not(None), flags.c.email.is_not(None)),
                ~exists().where(  # whose reporter is to be told what becomes of it
                    appeals.c.site_seq == flags.c.site_seq,
                    appeals.c.flag_seq == flags.c.seq,
                    appeals.c.outcome.is_(None),
                ),
            )
            .limit(AT_ONCE)
        )
    )
    .values(device_hash=None, email=None)
)
_NOTICES = Statement(
    update(notices)
    .where(
        notices.c.seq.in_(
            select(notices.c.seq)
            .where(
                notices.c.resolved_at < bindparam("before"),
                or_(notices.c.name != "", notices.c.email.is_not(None)),
                ~exists().where(
                    appeals.c.site_seq == notices.c.site_seq,
                    appeals.c.notice_seq == notices.c.seq,
                    appeals.c.outcome.is_(None),
                ),
            )
            .limit(AT_ONCE)
        )
    )
    .values(name="", email=None)
)
_CORRECTIONS = Statement(
    update(corrections)
    .where(
        corrections.c.seq.in_(
            select(corrections.c.seq)
            .where(corrections.c.resolved_at < bindparam("before"), corrections.c.email.is_not(None))
            .limit(AT_ONCE)
        )
    )
    .values(email=None)
)
_VOTES = Statement(
    update(recommendations)
    .where(
        recommendations.c.seq.in_(
            select(recommendations.c.seq)
            .where(recommendations.c.created_at < bindparam("before"), recommendations.c.device_hash.is_not(None))
            .limit(AT_ONCE)
        )
    )
    .values(device_hash=None)
)


def forget_jobs(w: Write, *, before: datetime) -> int:
    """The number of jobs, done before that moment, that were taken away: at most AT_ONCE."""
    return w.run(_JOBS, before=micros(before))


def forget_links(w: Write, *, now: datetime) -> int:
    """The number of mailed links, used-up keys and guests' texts that have run out and are forgotten."""
    return sum(w.run(each, now=micros(now)) for each in (_TOKENS, _SPENT, _DRAFTS))


def forget_marks(w: Write, *, before: datetime) -> int:
    """How many answered reports, notices and corrections, and old recommendations, no longer say from which person,
    browser or address they came.
    """
    return sum(w.run(each, before=micros(before)) for each in (_FLAGS, _NOTICES, _CORRECTIONS, _VOTES))
