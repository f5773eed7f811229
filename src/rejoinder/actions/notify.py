"""What happened is told to whom it concerns: in their inbox, and by a letter where they want one at once. All of it
runs after the fact, by a job, and telling again changes nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from rejoinder.actions.letters import letter_to
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.preferences import Kind, Mail
from rejoinder.store import comments, entries, flags, follows, jobs, mutes, notices, notifications
from rejoinder.store.database import Write

KIND = "notify"
PART = 100  # followers in one transaction
ABOUT = {  # which letter tells what
    "reply": Kind.REPLY,
    "mention": Kind.MENTION,
    "followed": Kind.FOLLOWED,
    "approved": Kind.APPROVED,
    "rejected": Kind.REMOVED,
    "reply-removed": Kind.REMOVED,
    "reply-restored": Kind.APPROVED,
    "reconsidered": Kind.RECONSIDERED,
    "lowered": Kind.LOWERED,
    "picked": Kind.PICKED,
    "from-editors": Kind.EDITORS,
    "act-appeal-heard": Kind.EDITORS,
    "flag-resolved": Kind.REPORT,
    "hidden": Kind.HIDDEN,
    "appeal-heard": Kind.APPEAL,
}
BY_OTHERS = (Kind.REPLY, Kind.MENTION, Kind.FOLLOWED)  # what a muted writer causes is not told


class News(Struct, frozen=True):
    """A published comment that followers are told of, from after a follow's seq."""

    site_seq: int
    comment_seq: int
    after: int = 0


def note_news(w: Write, comment: Comment, *, followers: int, is_mentioning: bool, now: datetime, **when: Any) -> None:
    """Notes the job that tells followers and who is mentioned; none where there is nobody to tell."""
    if followers or is_mentioning:
        jobs.add(
            w,
            KIND,
            site_seq=comment.site_seq,
            event=f"published:{comment.id}",
            recipient="followers",
            payload={"comment": comment.seq},
            now=now,
            **when,
        )


def tell_mentioned(w: Write, news: News, *, now: datetime) -> None:
    """Tells whom the comment mentions, but for its writer, whom it answers (told already) and who muted them."""
    entry = entries.one_by_seq(w, news.site_seq, news.comment_seq)
    if entry is None or entry.comment.status is not Status.PUBLISHED:
        return
    comment = entry.comment
    parent = comments.by_seq(w, news.site_seq, comment.parent_seq) if comment.parent_seq else None
    left_out = {comment.commenter_seq, parent.commenter_seq if parent else 0}
    left_out |= mutes.by_whom(w, news.site_seq, comment.commenter_seq)
    for seq in {mention.commenter_seq for mention in entry.mentions} - left_out:
        event = f"mention:{comment.id}"
        mail = notifications.preferences(w, news.site_seq, seq).mention
        _tell(w, seq, Kind.MENTION, event=event, about=comment, mail=mail, now=now)
        if mail is Mail.AT_ONCE:
            letter_to(w, seq, "mention", event=event, about=comment, now=now)


def tell_followers(w: Write, news: News, *, now: datetime) -> int | None:
    """Tells the next followers. After which follow to go on; None: all are told."""
    comment = comments.by_seq(w, news.site_seq, news.comment_seq)
    if comment.status is not Status.PUBLISHED or comment.publish_seq is None:
        return None
    found = follows.followers(
        w,
        news.site_seq,
        comment.story_seq,
        root_seq=comment.root_seq or comment.seq,
        after=news.after,
        most=PART,
    )
    left_out = {comment.commenter_seq} | mutes.by_whom(w, news.site_seq, comment.commenter_seq)
    for seq in {commenter_seq for _, commenter_seq in found} - left_out:
        mail = notifications.preferences(w, news.site_seq, seq).followed
        notifications.add_followed(
            w,
            news.site_seq,
            seq,
            story_seq=comment.story_seq,
            comment_seq=comment.seq,
            place=comment.publish_seq,
            mail=mail,
            now=now,
        )
        if mail is Mail.AT_ONCE:
            letter_to(w, seq, "followed", event=f"followed:{comment.id}", about=comment, now=now)
    return found[-1][0] if len(found) == PART else None


def tell_of_letter(w: Write, site_seq: int, payload: Mapping[str, Any], *, event: str, now: datetime) -> bool:
    """Puts what a letter is about into the inbox of whom it is for. Whether the letter itself goes, by their wishes."""
    kind = ABOUT.get(payload["letter"])
    if kind is None:
        return True
    seq = _for_whom(w, site_seq, payload)
    if seq is None:
        return True
    if kind is Kind.EDITORS:
        notifications.add(w, site_seq, seq, kind, event=event, mail=Mail.AT_ONCE, now=now)
        return True
    comment = comments.by_seq(w, site_seq, payload["comment"])
    if kind in BY_OTHERS and seq in mutes.by_whom(w, site_seq, comment.commenter_seq):
        return False
    if kind is Kind.HIDDEN and comment.status is not Status.HIDDEN:  # an editor was quicker
        return False
    mail = notifications.preferences(w, site_seq, seq).of(kind)
    if kind is not Kind.FOLLOWED and (kind not in BY_OTHERS or comment.status is Status.PUBLISHED):
        _tell(w, seq, kind, event=event, about=comment, mail=mail, now=now)
    return mail is Mail.AT_ONCE


def _for_whom(w: Write, site_seq: int, payload: Mapping[str, Any]) -> int | None:
    """The commenter a letter is for; None where whoever reported or gave notice has no name here."""
    if "flag" in payload:
        return flags.by_seq(w, site_seq, payload["flag"]).flag.reporter_seq
    if "notice" in payload:
        return notices.by_seq(w, site_seq, payload["notice"]).reporter_seq
    seq: int = payload["commenter"]
    return seq


def _tell(w: Write, commenter_seq: int, kind: Kind, *, event: str, about: Comment, mail: Mail, now: datetime) -> None:
    notifications.add(
        w,
        about.site_seq,
        commenter_seq,
        kind,
        event=event,
        story_seq=about.story_seq,
        comment_seq=about.seq,
        mail=mail,
        now=now,
    )
