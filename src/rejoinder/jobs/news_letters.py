"""Writes the letters with news, from what can still be read when they go."""

from collections.abc import Callable

from rejoinder.discussion.preferences import Kind
from rejoinder.jobs.letter_desk import Desk
from rejoinder.mail import news_letters
from rejoinder.mail.message import Letter
from rejoinder.markup import excerpt
from rejoinder.store import commenters, notifications
from rejoinder.store.database import Read
from rejoinder.store.jobs import Job
from rejoinder.store.notifications import Notification


def in_digest(r: Read, job: Job) -> list[Notification]:
    """The news that this letter has in it; none in one that is no digest."""
    if job.payload["letter"] != "digest":
        return []
    kinds = [Kind(each) for each in job.payload["kinds"]]
    return notifications.unmailed(r, job.site_seq or 0, job.payload["commenter"], kinds)


def _reply(desk: Desk) -> Letter | None:
    return _by_somebody(desk, news_letters.reply_received)


def _mention(desk: Desk) -> Letter | None:
    return _by_somebody(desk, news_letters.mentioned)


def _followed(desk: Desk) -> Letter | None:
    return _by_somebody(desk, news_letters.followed)


def _digest(desk: Desk) -> Letter | None:
    reader = desk.reader()
    if reader is None:
        return None
    found = in_digest(desk.r, desk.job)
    if not found:
        return None
    items = tuple(
        news_letters.Item(
            kind=each.kind,
            name=each.name,
            headline=each.headline,
            count=each.count,
            text=excerpt(each.text, 200) if each.status == "published" else "",
            link=desk.link(f"/comments/{each.comment_id}"),
        )
        for each in found
    )
    return news_letters.digest(
        desk.cover(reader[1]),
        name=reader[0].name,
        items=items,
        inbox_link=desk.link("/notifications"),
        preferences_link=desk.link("/account/letters"),
    )


def _by_somebody(desk: Desk, letter: Callable[..., Letter]) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    if reader is None or comment.status != "published":
        return None
    story = desk.story(comment)
    writer = commenters.by_seq(desk.r, desk.site.seq, comment.commenter_seq)
    return letter(
        desk.cover(reader[1]),
        name=reader[0].name,
        answered_by=writer.name,
        headline=story.content.headline,
        text=comment.text,
        link=desk.link(f"/comments/{comment.id}"),
    )


WRITERS: dict[str, Callable[[Desk], Letter | None]] = {
    "reply": _reply,
    "mention": _mention,
    "followed": _followed,
    "digest": _digest,
}
