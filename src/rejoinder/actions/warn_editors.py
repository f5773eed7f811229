"""Editors are told of a notice that must be answered soon."""

from datetime import datetime

from rejoinder.actions.letters import KIND, recipient
from rejoinder.discussion.commenters import Act, may
from rejoinder.store import commenters, jobs, notices
from rejoinder.store.database import Write


def warn_editors(w: Write, site_seq: int, notice_seq: int, *, now: datetime) -> int:
    """How many have a letter: everybody on the site who may answer it, if nobody has."""
    notice = notices.by_seq(w, site_seq, notice_seq)
    if notice.resolution is not None:
        return 0
    told = [person for person in commenters.staff(w, site_seq) if may(person, Act.DECIDE) and person.account_seq]
    for person in told:
        jobs.add(
            w,
            KIND,
            site_seq=site_seq,
            event=f"notice-due:{notice.id}",
            recipient=recipient(person.seq),
            payload={"letter": "notice-due", "commenter": person.seq, "notice": notice.seq},
            now=now,
        )
    return len(told)
