"""What an action tells a site's hooks, and asks of them: noted in its transaction, called by jobs afterwards."""

from datetime import datetime
from typing import Any

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.hooks import Asked, Happening, asked_about, wanted
from rejoinder.discussion.stories import Story
from rejoinder.store import jobs
from rejoinder.store.database import Write
from rejoinder.store.jobs import Job
from rejoinder.store.values import micros

TELL_ALL, TELL, ASK = "hooks", "hook", "ask"


def tell_hooks(w: Write, story: Story, comment: Comment, event: Happening, *, now: datetime, **more: Any) -> None:
    """Notes that the site's webhooks are to be told, if one wants to be. `more` goes with it: JSON values."""
    if event not in wanted(story.hooks).tells:
        return
    moment = micros(now)
    payload = {"event": event.value, "comment": comment.seq, "at": moment, **more}
    told = f"{event.value}:{comment.id}:{moment}"
    jobs.add(w, TELL_ALL, site_seq=story.site_seq, event=told, recipient="hooks", payload=payload, now=now)


def tell_each(w: Write, job: Job, hook_seqs: list[int], *, now: datetime) -> None:
    """A job for each webhook of its own, so that one that does not answer holds up no other."""
    for seq in hook_seqs:
        payload = job.payload | {"hook": seq}
        jobs.add(w, TELL, site_seq=job.site_seq, event=job.event, recipient=f"hook:{seq}", payload=payload, now=now)


def ask_checks(w: Write, story: Story, comment: Comment, *, by_staff: bool, now: datetime) -> None:
    """Notes that the site's checks are to be asked about this text."""
    for check in asked_about(wanted(story.hooks), by_staff=by_staff):
        _ask(w, comment, check, now=now)


def _ask(w: Write, comment: Comment, check: Asked, *, now: datetime) -> None:
    jobs.add(
        w,
        ASK,
        site_seq=comment.site_seq,
        event=f"ask:{comment.id}:{comment.revision}",
        recipient=f"hook:{check.seq}",
        payload={"hook": check.seq, "comment": comment.seq, "revision": comment.revision},
        now=now,
    )
