"""Comments: adding, changing and placing them. What pages show of them is in `entries`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace
from sqlalchemy import bindparam, func, literal, select, update

from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.copies import Marks
from rejoinder.discussion.refusals import UnknownComment
from rejoinder.discussion.screening import Finding
from rejoinder.discussion.tree import Mention
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import comments, revisions, stories
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
    comments.c.edited_by,
    comments.c.locked_by,
    comments.c.lowered_at,
)
_OF_SITE = comments.c.site_seq == bindparam("site_seq")
_BY_ID = Statement(select(*COLUMNS).where(_OF_SITE, comments.c.id == bindparam("id")))
_LOCK = Statement(select(*COLUMNS).where(_OF_SITE, comments.c.seq == bindparam("seq")).with_for_update())
_BY_SEQ = Statement(select(*COLUMNS).where(_OF_SITE, comments.c.seq == bindparam("seq")))
_SLUG_OF = Statement(
    select(stories.c.slug)
    .select_from(
        comments.join(stories, (stories.c.site_seq == comments.c.site_seq) & (stories.c.seq == comments.c.story_seq))
    )
    .where(_OF_SITE, comments.c.id == bindparam("id"))
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
    "least_run",
    "greatest_run",
    "findings",
    "policy_version",
    "language",
    "reviewed_at",
    "created_at",
    "import_seq",
    "import_key",
    "publish_seq",
    "reply_place",
    "published_at",
    returning="seq",
)
_REVISIONS = Statement(
    select(revisions.c.number, revisions.c.text, revisions.c.saved_at, revisions.c.by_seq)
    .where(revisions.c.site_seq == bindparam("site_seq"), revisions.c.comment_seq == bindparam("seq"))
    .order_by(revisions.c.number)
)
_ADD_REVISION = Statement.insert(revisions, "site_seq", "comment_seq", "number", "text", "saved_at", "by_seq")
_THIS = (comments.c.site_seq == bindparam("of_site"), comments.c.seq == bindparam("of_comment"))
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
        least_run=bindparam("new_least_run"),
        greatest_run=bindparam("new_greatest_run"),
        findings=func.coalesce(bindparam("new_findings", type_=comments.c.findings.type), comments.c.findings),
        language=bindparam("new_language"),
        revision=comments.c.revision + 1,
        edited_at=bindparam("moment"),
        edited_by=bindparam("new_editor"),
    )
)
_FINDINGS = Statement(select(comments.c.findings).where(*_THIS))
_SET_FINDINGS = Statement(update(comments).where(*_THIS).values(findings=bindparam("new_findings")))


class Place(msgspec.Struct, frozen=True):
    """Where a comment stands from its publication on: among all of its story, and, a reply, below its root."""

    publish_seq: int
    reply_place: int | None
    since: datetime


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
    language: str  # as far as the text says, else its discussion's
    marks: Marks | None = None  # by which the same text by others finds it; None: it is too short, or imported
    mentions: tuple[Mention, ...] = ()
    findings: tuple[Finding, ...] = ()
    reviewed_at: datetime | None = None  # nobody need look at it unless it is reported
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


def slug_of(r: Read, site_seq: int, comment_id: UUID) -> str:
    """The address of the story it stands under. Raises UnknownComment."""
    found: str | None = r.value(_SLUG_OF, site_seq=site_seq, id=comment_id.bytes)
    if found is None:
        raise UnknownComment
    return found


def by_seqs(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, Comment]:
    """Several comments, by seq. One query, none for none."""
    wanted = sorted(set(seqs))
    if not wanted:
        return {}
    statement = Statement(select(*COLUMNS).where(_OF_SITE, one_of(comments.c.seq, wanted)))
    return {row[0]: comment_from(row) for row in r.rows(statement, site_seq=site_seq)}


def by_ids(r: Read, site_seq: int, comment_ids: Iterable[UUID]) -> list[Comment]:
    """Those of these comments that there are, in whatever status. One query, none for none."""
    wanted = sorted({each.bytes for each in comment_ids})
    if not wanted:
        return []
    statement = Statement(select(*COLUMNS).where(_OF_SITE, one_of(comments.c.id, wanted)))
    return [comment_from(row) for row in r.rows(statement, site_seq=site_seq)]


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


def revisions_of(r: Read, comment: Comment) -> list[tuple[int, str, datetime, bool]]:
    """Its earlier texts: number, text, when each was written, and whether by an editor; the oldest first."""
    rows = r.rows(_REVISIONS, site_seq=comment.site_seq, seq=comment.seq)
    return [(row[0], row[1], instant(row[2]), row[3] is not None) for row in rows]


def has_answer(r: Read, comment: Comment) -> bool:
    """Whether something that is shown, if only a marker, answers this one."""
    return r.value(_HAS_ANSWER, site_seq=comment.site_seq, seq=comment.seq) is not None


def add(
    w: Write, site_seq: int, new: NewComment, *, comment_id: UUID | None = None, place: Place | None = None
) -> Comment:
    """The stored comment: published where it was given its place, else without one until `places.publish`."""
    parent = new.parent
    least_run, greatest_run = new.marks or (None, None)
    made = Comment(
        seq=0,
        id=comment_id or new_id(),
        site_seq=site_seq,
        story_seq=new.story_seq,
        commenter_seq=new.commenter_seq,
        status=new.status,
        revision=1,
        text=new.text,
        html=new.html,
        created_at=new.created_at,
        parent_seq=parent.seq if parent else None,
        root_seq=root_of(parent),
        depth=parent.depth + 1 if parent else 0,
        publish_seq=place.publish_seq if place else None,
        reply_place=place.reply_place if place else None,
        published_at=place.since if place else None,
    )
    seq = w.value(
        _ADD,
        site_seq=site_seq,
        id=made.id.bytes,
        story_seq=made.story_seq,
        commenter_seq=made.commenter_seq,
        parent_seq=made.parent_seq,
        root_seq=made.root_seq,
        depth=made.depth,
        status=made.status.value,
        text=made.text,
        html=made.html,
        html_version=new.html_version,
        mentions=_json(new.mentions),
        fingerprint=new.fingerprint,
        least_run=least_run,
        greatest_run=greatest_run,
        findings=_json(new.findings),
        policy_version=new.policy_version,
        language=new.language,
        reviewed_at=micros_or_none(new.reviewed_at),
        created_at=micros(made.created_at),
        import_seq=new.import_seq,
        import_key=new.import_key,
        publish_seq=made.publish_seq,
        reply_place=made.reply_place,
        published_at=micros_or_none(made.published_at),
    )
    return replace(made, seq=seq)


def root_of(parent: Comment | None) -> int | None:
    """The root below which an answer to this comment stands."""
    return (parent.root_seq or parent.seq) if parent else None


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


def findings_of(r: Read, comment: Comment) -> tuple[Finding, ...]:
    """Why it was held, as it is known now."""
    stored = r.value(_FINDINGS, of_site=comment.site_seq, of_comment=comment.seq)
    return msgspec.json.decode(stored, type=tuple[Finding, ...])


def set_findings(w: Write, comment: Comment, findings: tuple[Finding, ...]) -> None:
    """Stores why it is held, or would be."""
    w.run(_SET_FINDINGS, of_site=comment.site_seq, of_comment=comment.seq, new_findings=_json(findings))


def set_text(w: Write, comment: Comment, new: NewComment, *, by_seq: int | None = None, now: datetime) -> None:
    """Stores an edited text and keeps the one before it as a revision. What still waits, waits for the reasons it was
    held for, unless the new text gives others. `by_seq` is the editor who wrote it, None its writer.
    """
    least_run, greatest_run = new.marks or (None, None)
    w.run(
        _ADD_REVISION,
        site_seq=comment.site_seq,
        comment_seq=comment.seq,
        number=comment.revision,
        text=comment.text,
        saved_at=micros(comment.edited_at or comment.created_at),
        by_seq=comment.edited_by,
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
        new_least_run=least_run,
        new_greatest_run=greatest_run,
        new_language=new.language,
        new_findings=_json(new.findings) if new.findings or comment.status is not Status.PENDING else None,
        moment=micros(now),
        new_editor=by_seq,
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
        edited_by=row[18],
        locked_by=row[19],
        is_lowered=row[20] is not None,
    )


def _json(values: Any) -> str:
    return msgspec.json.encode(values).decode() if values else "[]"
