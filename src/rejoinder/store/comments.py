"""Comments: adding, changing and placing them. What pages show of them is in `entries`."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, func, literal, select, union_all, update

from rejoinder.discussion.comments import Comment, Earlier, Marker, Status
from rejoinder.discussion.refusals import UnknownComment
from rejoinder.discussion.screening import Finding
from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Mention
from rejoinder.store import stories
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import comments, revisions
from rejoinder.store.values import instant, instant_or_none, micros, micros_or_none, new_id

COLUMNS = (
    comments.c.seq,
    comments.c.id,
    comments.c.site_seq,
    comments.c.story_seq,
    comments.c.commenter_seq,
    comments.c.status,
    comments.c.revision,
    comments.c.text,
    comments.c.html,
    comments.c.created_at,
    comments.c.parent_seq,
    comments.c.root_seq,
    comments.c.depth,
    comments.c.marker,
    comments.c.publish_seq,
    comments.c.reply_place,
    comments.c.published_at,
    comments.c.edited_at,
)
_OF_SITE = comments.c.site_seq == bindparam("site_seq")
_BY_ID = Statement(select(*COLUMNS).where(_OF_SITE, comments.c.id == bindparam("id")))
_LOCK = Statement(select(*COLUMNS).where(_OF_SITE, comments.c.seq == bindparam("seq")).with_for_update())
_BY_SEQ = Statement(select(*COLUMNS).where(_OF_SITE, comments.c.seq == bindparam("seq")))

_EARLIER = (
    comments.c.id,
    comments.c.story_seq,
    comments.c.parent_seq,
    comments.c.fingerprint,
    comments.c.created_at,
    comments.c.status,
)
_MINE = (_OF_SITE, comments.c.commenter_seq == bindparam("commenter_seq"))
_EARLIER_BY = Statement(
    union_all(
        select(
            select(*_EARLIER)
            .where(*_MINE, comments.c.created_at > bindparam("recent"))
            .order_by(comments.c.created_at.desc())
            .limit(10_000)
            .subquery("recent_ones")
        ),
        select(
            select(*_EARLIER)
            .where(*_MINE, comments.c.fingerprint == bindparam("fingerprint"))
            .order_by(comments.c.created_at.desc())
            .limit(20)
            .subquery("same_text")
        ),
    )
)
_PUBLISHED_BY = Statement(
    select(func.count()).select_from(
        select(literal(1))
        .where(*_MINE, comments.c.status == Status.PUBLISHED.value)
        .limit(bindparam("most"))
        .subquery("published_ones")
    )
)
_BY_IMPORT_KEY = Statement(
    select(*COLUMNS).where(
        _OF_SITE, comments.c.story_seq == bindparam("story_seq"), comments.c.import_key == bindparam("key")
    )
)
_HAS_ANSWER = Statement(
    select(literal(1))
    .where(
        _OF_SITE,
        comments.c.parent_seq == bindparam("seq"),
        (comments.c.status == Status.PUBLISHED.value) | (comments.c.marker != Marker.NONE.value),
    )
    .limit(1)
)
_ADD = Statement.insert(
    comments,
    "site_seq",
    "id",
    "story_seq",
    "commenter_seq",
    "parent_seq",
    "root_seq",
    "depth",
    "status",
    "text",
    "html",
    "html_version",
    "mentions",
    "fingerprint",
    "findings",
    "policy_version",
    "created_at",
    "import_seq",
    "import_key",
    returning="seq",
)
_REVISIONS = Statement(
    select(revisions.c.number, revisions.c.text, revisions.c.saved_at)
    .where(revisions.c.site_seq == bindparam("site_seq"), revisions.c.comment_seq == bindparam("seq"))
    .order_by(revisions.c.number)
)
_ADD_REVISION = Statement.insert(revisions, "site_seq", "comment_seq", "number", "text", "saved_at")
_THIS = (comments.c.site_seq == bindparam("of_site"), comments.c.seq == bindparam("of_comment"))
_PLACE = Statement(
    update(comments)
    .where(*_THIS)
    .values(
        publish_seq=bindparam("new_publish_seq"),
        reply_place=bindparam("new_reply_place"),
        published_at=bindparam("moment"),
    )
)
_ONE_REPLY_MORE = Statement(
    update(comments)
    .where(*_THIS)
    .values(reply_seq=comments.c.reply_seq + 1, replies=comments.c.replies + 1)
    .returning(comments.c.reply_seq)
)
_COUNT_REPLIES = Statement(update(comments).where(*_THIS).values(replies=comments.c.replies + bindparam("more")))
_SET_STATUS = Statement(
    update(comments)
    .where(*_THIS)
    .values(
        status=bindparam("new_status"),
        marker=bindparam("new_marker"),
        removal_reason=bindparam("new_reason"),
        reviewed_at=func.coalesce(bindparam("reviewed", type_=comments.c.reviewed_at.type), comments.c.reviewed_at),
    )
)
_SET_TEXT = Statement(
    update(comments)
    .where(*_THIS)
    .values(
        text=bindparam("new_text"),
        html=bindparam("new_html"),
        html_version=bindparam("new_html_version"),
        mentions=bindparam("new_mentions"),
        fingerprint=bindparam("new_fingerprint"),
        findings=bindparam("new_findings"),
        revision=comments.c.revision + 1,
        edited_at=bindparam("moment"),
    )
)


class NewComment(msgspec.Struct, frozen=True, kw_only=True):
    """A comment about to be stored: rendered and screened."""

    story_seq: int
    commenter_seq: int
    parent: Comment | None
    status: Status
    text: str
    html: str
    html_version: int
    fingerprint: bytes
    created_at: datetime
    policy_version: int
    mentions: tuple[Mention, ...] = ()
    findings: tuple[Finding, ...] = ()
    import_seq: int | None = None
    import_key: str | None = None


def by_id(r: Read, site_seq: int, comment_id: UUID) -> Comment:
    """The comment. Raises UnknownComment."""
    row = r.row(_BY_ID, site_seq=site_seq, id=comment_id.bytes)
    if row is None:
        raise UnknownComment
    return comment_from(row)


def by_id_or_none(r: Read, site_seq: int, comment_id: UUID) -> Comment | None:
    row = r.row(_BY_ID, site_seq=site_seq, id=comment_id.bytes)
    return None if row is None else comment_from(row)


def by_seqs(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, Comment]:
    """Several comments, by seq. One query, none for none."""
    wanted = sorted(set(seqs))
    if not wanted:
        return {}
    statement = Statement(select(*COLUMNS).where(_OF_SITE, one_of(comments.c.seq, wanted)))
    return {row[0]: comment_from(row) for row in r.rows(statement, site_seq=site_seq)}


def by_import_key(r: Read, site_seq: int, story_seq: int, key: str) -> Comment | None:
    """The comment that was imported under this key, or None."""
    row = r.row(_BY_IMPORT_KEY, site_seq=site_seq, story_seq=story_seq, key=key)
    return None if row is None else comment_from(row)


def by_seq(r: Read, site_seq: int, seq: int) -> Comment:
    """The comment. Raises UnknownComment."""
    row = r.row(_BY_SEQ, site_seq=site_seq, seq=seq)
    if row is None:
        raise UnknownComment
    return comment_from(row)


def lock(w: Write, site_seq: int, seq: int) -> Comment:
    """The comment, locked until the transaction ends. Lock its story and its writer first. Raises UnknownComment."""
    row = w.row(_LOCK, site_seq=site_seq, seq=seq)
    if row is None:
        raise UnknownComment
    return comment_from(row)


def earlier_by(r: Read, site_seq: int, commenter_seq: int, *, fingerprint: bytes, now: datetime) -> list[Earlier]:
    """What a commenter wrote in the last hour, and whenever they wrote this text. Index look-ups, one query."""
    rows = r.rows(
        _EARLIER_BY,
        site_seq=site_seq,
        commenter_seq=commenter_seq,
        fingerprint=fingerprint,
        recent=micros(now - timedelta(hours=1)),
    )
    found = {
        row[0]: Earlier(UUID(bytes=row[0]), row[1], row[2], row[3], instant(row[4]), Status(row[5])) for row in rows
    }
    return list(found.values())


def published_by(r: Read, site_seq: int, commenter_seq: int, *, most: int) -> int:
    """How many comments of theirs stand published, counted up to `most`."""
    return int(r.value(_PUBLISHED_BY, site_seq=site_seq, commenter_seq=commenter_seq, most=most))


def revisions_of(r: Read, comment: Comment) -> list[tuple[int, str, datetime]]:
    """Its earlier texts: number, text, and when each was written; the oldest first."""
    rows = r.rows(_REVISIONS, site_seq=comment.site_seq, seq=comment.seq)
    return [(row[0], row[1], instant(row[2])) for row in rows]


def counts_in(r: Read, site_seq: int, story_seqs: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many comments each of these stories has in each status. One query, none for none."""
    wanted = sorted(set(story_seqs))
    found: dict[int, dict[str, int]] = {seq: {} for seq in wanted}
    if wanted:
        statement = Statement(
            select(comments.c.story_seq, comments.c.status, func.count())
            .where(_OF_SITE, one_of(comments.c.story_seq, wanted))
            .group_by(comments.c.story_seq, comments.c.status)
        )
        for story_seq, status, count_ in r.rows(statement, site_seq=site_seq):
            found[story_seq][status] = count_
    return found


def has_answer(r: Read, comment: Comment) -> bool:
    """Whether something that is shown, if only a marker, answers this one."""
    return r.value(_HAS_ANSWER, site_seq=comment.site_seq, seq=comment.seq) is not None


def add(w: Write, site_seq: int, new: NewComment) -> Comment:
    """The stored comment, with no place yet: `publish` gives it one."""
    parent = new.parent
    comment_id = new_id()
    depth = parent.depth + 1 if parent else 0
    parent_seq = parent.seq if parent else None
    root_seq = (parent.root_seq or parent.seq) if parent else None
    seq = w.value(
        _ADD,
        site_seq=site_seq,
        id=comment_id.bytes,
        story_seq=new.story_seq,
        commenter_seq=new.commenter_seq,
        parent_seq=parent_seq,
        root_seq=root_seq,
        depth=depth,
        status=new.status.value,
        text=new.text,
        html=new.html,
        html_version=new.html_version,
        mentions=_json(new.mentions),
        fingerprint=new.fingerprint,
        findings=_json(new.findings),
        policy_version=new.policy_version,
        created_at=micros(new.created_at),
        import_seq=new.import_seq,
        import_key=new.import_key,
    )
    return Comment(
        seq=seq,
        id=comment_id,
        site_seq=site_seq,
        story_seq=new.story_seq,
        commenter_seq=new.commenter_seq,
        status=new.status,
        revision=1,
        text=new.text,
        html=new.html,
        created_at=new.created_at,
        parent_seq=parent_seq,
        root_seq=root_seq,
        depth=depth,
    )


def publish(w: Write, story: Story, comment: Comment, *, now: datetime) -> tuple[int, Comment]:
    """Gives a comment that was never published its place, under the story's lock, and counts it. The story's new
    version, and the comment in its place: that of its publication, so a late approval is new to every cursor, feed and
    stream.
    """
    version, place = stories.one_published(w, story)
    reply_place = None
    if comment.root_seq is not None:
        reply_place = w.value(_ONE_REPLY_MORE, of_site=story.site_seq, of_comment=comment.root_seq)
    w.run(
        _PLACE,
        of_site=story.site_seq,
        of_comment=comment.seq,
        new_publish_seq=place,
        new_reply_place=reply_place,
        moment=micros(now),
    )
    placed = msgspec.structs.replace(comment, publish_seq=place, reply_place=reply_place, published_at=now)
    return version, placed


def count(w: Write, story: Story, comment: Comment, *, more: int) -> int:
    """Counts a placed comment in (+1) or out (-1), for its story and its root. The story's new version."""
    if comment.root_seq is not None:
        w.run(_COUNT_REPLIES, of_site=story.site_seq, of_comment=comment.root_seq, more=more)
    return stories.changed(w, story, published=more)


def set_status(
    w: Write,
    comment: Comment,
    status: Status,
    *,
    marker: Marker,
    reason: str | None = None,
    reviewed_at: datetime | None = None,
) -> None:
    """Stores the status alone; counting and placing are `publish`'s and `count`'s."""
    w.run(
        _SET_STATUS,
        of_site=comment.site_seq,
        of_comment=comment.seq,
        new_status=status.value,
        new_marker=marker.value,
        new_reason=reason,
        reviewed=micros_or_none(reviewed_at),
    )


def set_text(w: Write, comment: Comment, new: NewComment, *, now: datetime) -> None:
    """Stores an edited text and keeps the one before it as a revision."""
    w.run(
        _ADD_REVISION,
        site_seq=comment.site_seq,
        comment_seq=comment.seq,
        number=comment.revision,
        text=comment.text,
        saved_at=micros(comment.edited_at or comment.created_at),
    )
    w.run(
        _SET_TEXT,
        of_site=comment.site_seq,
        of_comment=comment.seq,
        new_text=new.text,
        new_html=new.html,
        new_html_version=new.html_version,
        new_mentions=_json(new.mentions),
        new_fingerprint=new.fingerprint,
        new_findings=_json(new.findings),
        moment=micros(now),
    )


def comment_from(row: Row) -> Comment:
    """The comment of a row that begins with COLUMNS."""
    return Comment(
        seq=row[0],
        id=UUID(bytes=row[1]),
        site_seq=row[2],
        story_seq=row[3],
        commenter_seq=row[4],
        status=Status(row[5]),
        revision=row[6],
        text=row[7],
        html=row[8],
        created_at=instant(row[9]),
        parent_seq=row[10],
        root_seq=row[11],
        depth=row[12],
        marker=Marker(row[13]),
        publish_seq=row[14],
        reply_place=row[15],
        published_at=instant_or_none(row[16]),
        edited_at=instant_or_none(row[17]),
    )


def _json(values: Any) -> str:
    return msgspec.json.encode(values).decode()
