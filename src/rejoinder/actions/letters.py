"""Which letters an action causes. Only noted here, in the action's transaction; a job writes and sends them."""

from datetime import datetime, timedelta
from typing import Any

from rejoinder.discussion.accounts import Account
from rejoinder.discussion.comments import Comment
from rejoinder.store import jobs
from rejoinder.store.database import Write

KIND = "letter"


def letter_to(
    w: Write,
    commenter_seq: int,
    letter: str,
    *,
    event: str,
    about: Comment,
    now: datetime,
    after: timedelta = timedelta(),
    **more: Any,
) -> None:
    """Notes a letter about a comment to a commenter; whether they have an address is the job's question."""
    jobs.add(
        w,
        KIND,
        site_seq=about.site_seq,
        event=event,
        recipient=recipient(commenter_seq),
        payload={"letter": letter, "commenter": commenter_seq, "comment": about.seq, **more},
        now=now,
        after=after,
    )


def recipient(commenter_seq: int) -> str:
    """How jobs name a commenter."""
    return f"commenter:{commenter_seq}"


def letter_about_flag(w: Write, flag_seq: int, *, event: str, about: Comment, now: datetime, after: timedelta) -> None:
    """Notes a letter about the outcome of a report to whoever made it."""
    jobs.add(
        w,
        KIND,
        site_seq=about.site_seq,
        event=event,
        recipient=f"flag:{flag_seq}",
        payload={"letter": "flag-resolved", "flag": flag_seq, "comment": about.seq},
        now=now,
        after=after,
    )


def letter_about_notice(
    w: Write, site_seq: int, notice_seq: int, letter: str, *, event: str, now: datetime, after: timedelta = timedelta()
) -> None:
    """Notes a letter about a notice of illegal content to whoever sent it."""
    payload = {"letter": letter, "notice": notice_seq}
    recipient_ = f"notice:{notice_seq}"
    jobs.add(w, KIND, site_seq=site_seq, event=event, recipient=recipient_, payload=payload, now=now, after=after)


def letter_about_correction(
    w: Write, site_seq: int, correction_seq: int, *, event: str, now: datetime, after: timedelta = timedelta()
) -> None:
    """Notes a letter about what came of a correction to whoever sent it."""
    payload = {"letter": "correction-answered", "correction": correction_seq}
    recipient_ = f"correction:{correction_seq}"
    jobs.add(w, KIND, site_seq=site_seq, event=event, recipient=recipient_, payload=payload, now=now, after=after)


def letter_to_account(
    w: Write, account: Account, letter: str, *, site_seq: int, event: str, now: datetime, **more: Any
) -> None:
    """Notes a letter about an account itself: a confirmation, a reset."""
    jobs.add(
        w,
        KIND,
        site_seq=site_seq,
        event=event,
        recipient=f"account:{account.seq}",
        payload={"letter": letter, "account": account.seq, **more},
        now=now,
    )
