"""Which letters an action causes. Only noted here, in the action's transaction; a job writes and sends them."""

from datetime import datetime, timedelta
from typing import Any

from rejoinder.discussion.accounts import Account
from rejoinder.discussion.appeals import Appeal
from rejoinder.discussion.commenters import Commenter
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


def letter_about_appeal(
    w: Write, appeal: Appeal, *, event: str, about: Comment, now: datetime, after: timedelta
) -> None:
    """Notes a letter about what became of an appeal to whoever made it."""
    if appeal.flag_seq is not None:
        to, who = f"flag:{appeal.flag_seq}", {"flag": appeal.flag_seq}
    elif appeal.notice_seq is not None:
        to, who = f"notice:{appeal.notice_seq}", {"notice": appeal.notice_seq}
    else:
        to, who = recipient(about.commenter_seq), {"commenter": about.commenter_seq}
    jobs.add(
        w,
        KIND,
        site_seq=about.site_seq,
        event=event,
        recipient=to,
        payload={"letter": "appeal-heard", "appeal": appeal.seq, "comment": about.seq, **who},
        now=now,
        after=after,
    )


def letter_to_person(
    w: Write, commenter: Commenter, letter: str, *, event: str, act: int, now: datetime, after: timedelta
) -> None:
    """Notes a letter to a commenter about an act of the editors, which is about no comment."""
    jobs.add(
        w,
        KIND,
        site_seq=commenter.site_seq,
        event=event,
        recipient=recipient(commenter.seq),
        payload={"letter": letter, "commenter": commenter.seq, "act": act},
        now=now,
        after=after,
    )


def letter_about_act_appeal(w: Write, commenter: Commenter, appeal: Appeal, *, now: datetime, after: timedelta) -> None:
    """Notes a letter about what became of an appeal against an act of the editors to the person it was about."""
    assert appeal.person_act_seq is not None  # that is what it is against
    letter_to_person(
        w, commenter, "act-appeal-heard", event=appeal.event, act=appeal.person_act_seq, now=now, after=after
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
