"""What pages show of comments: each with its writer's name and whom it answers, a page at a constant cost.

A page of threads is two queries, however many comments the story has: its roots by their place, and the first replies
below each by theirs.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Select, bindparam, case, func, literal, or_, select

from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.screening import Finding
from rejoinder.discussion.tree import Author, Entry, Mention
from rejoinder.discussion.trust import Level
from rejoinder.store.commenters import badges_in
from rejoinder.store.comments import COLUMNS, comment_from
from rejoinder.store.database import Read, Row, Statement, one_of
from rejoinder.store.tables import comments, memberships

ROOTS = 20  # threads on a page
LAST = 1 << 62  # after every place
REPLIES = 10  # replies shown below each before "show more"

LEVEL_SHOWN = case((memberships.c.leaves_ladder, Level.NEW.value), else_=memberships.c.level)
_parents = comments.alias("parents")
_parent_names = memberships.alias("parent_names")
_WIDTH = len(COLUMNS)
_SELECT: Select[tuple[object, ...]] = (
    select(
        *COLUMNS,
        memberships.c.seq,
        memberships.c.id,
        memberships.c.name,
        memberships.c.role,
        memberships.c.account_seq,
        _parents.c.id,
        _parent_names.c.name,
        comments.c.replies,
        comments.c.removal_reason,
        comments.c.mentions,
        comments.c.findings,
        LEVEL_SHOWN,
        memberships.c.badges,
        memberships.c.is_guest,
        memberships.c.erased_at,
        comments.c.recommended,
        comments.c.recommended_by_guests,
        comments.c.picked_at,
        comments.c.pick_note,
    )
    .select_from(comments)
    .join(
        memberships,
        (memberships.c.site_seq == comments.c.site_seq) & (memberships.c.seq == comments.c.commenter_seq),
    )
    .outerjoin(_parents, (_parents.c.site_seq == comments.c.site_seq) & (_parents.c.seq == comments.c.parent_seq))
    .outerjoin(
        _parent_names,
        (_parent_names.c.site_seq == comments.c.site_seq) & (_parent_names.c.seq == _parents.c.commenter_seq),
    )
)
_OF_SITE = comments.c.site_seq == bindparam("site_seq")
_OF_STORY = (_OF_SITE, comments.c.story_seq == bindparam("story_seq"))
_SHOWN = or_(comments.c.status == Status.PUBLISHED.value, comments.c.marker != Marker.NONE.value)
_SHOWN_ROOT = or_(_SHOWN, comments.c.replies > 0)
_AMONG_OTHERS = comments.c.lowered_at.is_(None)  # what is lowered stands after all others, on a page of its own
_ROOTS_AFTER = Statement(
    _SELECT.where(
        *_OF_STORY,
        comments.c.root_seq.is_(None),
        comments.c.publish_seq > bindparam("after"),
        _SHOWN_ROOT,
        _AMONG_OTHERS,
    )
    .order_by(comments.c.publish_seq)
    .limit(bindparam("most"))
)
_ROOTS_DOWN = Statement(
    _SELECT.where(
        *_OF_STORY,
        comments.c.root_seq.is_(None),
        comments.c.publish_seq < bindparam("before"),
        _SHOWN_ROOT,
        _AMONG_OTHERS,
    )
    .order_by(comments.c.publish_seq.desc())
    .limit(bindparam("most"))
)
_PICKED_AFTER = Statement(
    _SELECT.where(
        *_OF_STORY,
        comments.c.picked_at.is_not(None),
        comments.c.publish_seq > bindparam("after"),
        comments.c.status == Status.PUBLISHED.value,
        _AMONG_OTHERS,
    )
    .order_by(comments.c.publish_seq)
    .limit(bindparam("most"))
)
_FLAT_AFTER = Statement(
    _SELECT.where(*_OF_STORY, comments.c.publish_seq > bindparam("after"), _SHOWN, _AMONG_OTHERS)
    .order_by(comments.c.publish_seq)
    .limit(bindparam("most"))
)
_LOWERED_AFTER = Statement(
    _SELECT.where(
        *_OF_STORY,
        comments.c.lowered_at.is_not(None),
        comments.c.publish_seq > bindparam("after"),
        comments.c.status == Status.PUBLISHED.value,
    )
    .order_by(comments.c.publish_seq)
    .limit(bindparam("most"))
)
_ROOT_NAMES = tuple(f"root_{number}" for number in range(ROOTS))
_FIRST_REPLIES = Statement(
    _SELECT.where(
        _OF_SITE,
        comments.c.root_seq.in_([bindparam(name) for name in _ROOT_NAMES]),
        comments.c.reply_place <= bindparam("most"),
        _SHOWN,
        _AMONG_OTHERS,
    ).order_by(comments.c.publish_seq)
)
_THESE_ROOTS = Statement(
    _SELECT.where(_OF_SITE, comments.c.seq.in_([bindparam(name) for name in _ROOT_NAMES]), _SHOWN_ROOT, _AMONG_OTHERS)
)
_ROOTS_BEFORE = Statement(
    select(func.count()).select_from(
        select(literal(1))
        .where(
            *_OF_STORY,
            comments.c.root_seq.is_(None),
            comments.c.publish_seq < bindparam("before"),
            _SHOWN_ROOT,
            _AMONG_OTHERS,
        )
        .limit(ROOTS)
        .subquery("roots_before")
    )
)
_PLACE_OF = Statement(select(comments.c.publish_seq).where(_OF_SITE, comments.c.seq == bindparam("seq")))
_REPLIES_AFTER = Statement(
    _SELECT.where(
        _OF_SITE,
        comments.c.root_seq == bindparam("root_seq"),
        comments.c.reply_place > bindparam("after"),
        _SHOWN,
    )
    .order_by(comments.c.reply_place)
    .limit(bindparam("most"))
)
_ONE = Statement(_SELECT.where(_OF_SITE, comments.c.id == bindparam("id")))
_BY_SEQ = Statement(_SELECT.where(_OF_SITE, comments.c.seq == bindparam("seq")))
_BY_COMMENTER = Statement(
    _SELECT.where(_OF_SITE, comments.c.commenter_seq == bindparam("commenter_seq"))
    .order_by(comments.c.created_at.desc())
    .limit(bindparam("most"))
)
_BY_COMMENTER_IN = Statement(
    _SELECT.where(
        _OF_SITE,
        comments.c.commenter_seq == bindparam("commenter_seq"),
        comments.c.status == bindparam("status"),
    )
    .order_by(comments.c.created_at.desc())
    .limit(bindparam("most"))
)
_HELD_OF = Statement(
    _SELECT.where(
        *_OF_STORY,
        comments.c.commenter_seq == bindparam("commenter_seq"),
        comments.c.status == Status.PENDING.value,
    ).order_by(comments.c.seq)
)
_FEED = Statement(
    _SELECT.where(
        *_OF_STORY,
        comments.c.status == Status.PUBLISHED.value,
        comments.c.publish_seq > bindparam("after"),
        _AMONG_OTHERS,
    )
    .order_by(comments.c.publish_seq)
    .limit(bindparam("most"))
)
_NEWEST = Statement(
    _SELECT.where(
        *_OF_STORY, comments.c.status == Status.PUBLISHED.value, comments.c.publish_seq.is_not(None), _AMONG_OTHERS
    )
    .order_by(comments.c.publish_seq.desc())
    .limit(bindparam("most"))
)
_FINDINGS = msgspec.json.Decoder(tuple[Finding, ...])
_MENTIONS = msgspec.json.Decoder(tuple[Mention, ...])


def roots(r: Read, site_seq: int, story_seq: int, *, after: int = 0, most: int = ROOTS) -> list[Entry]:
    """Roots with a place after `after`, in the order of publication. A root that is gone stays while replies do."""
    return _entries(r.rows(_ROOTS_AFTER, site_seq=site_seq, story_seq=story_seq, after=after, most=most))


def newest_roots(r: Read, site_seq: int, story_seq: int, *, before: int | None, most: int = ROOTS) -> list[Entry]:
    """Roots with a place before that one (None: any), the newest first."""
    asked = {"site_seq": site_seq, "story_seq": story_seq, "before": LAST if before is None else before, "most": most}
    return _entries(r.rows(_ROOTS_DOWN, **asked))


def these_roots(r: Read, site_seq: int, seqs: Sequence[int]) -> list[Entry]:
    """Those of these roots (at most ROOTS) that are still shown, in the order of `seqs`."""
    padded = [*seqs, *[-1] * (ROOTS - len(seqs))]
    rows = r.rows(_THESE_ROOTS, site_seq=site_seq, **dict(zip(_ROOT_NAMES, padded, strict=True)))
    found = {entry.comment.seq: entry for entry in _entries(rows)}
    return [found[seq] for seq in seqs if seq in found]


def picked(r: Read, site_seq: int, story_seq: int, *, after: int = 0, most: int = 50) -> list[Entry]:
    """Comments that the editors picked, with a place after `after`, in the order of publication."""
    return _entries(r.rows(_PICKED_AFTER, site_seq=site_seq, story_seq=story_seq, after=after, most=most))


def lowered(r: Read, site_seq: int, story_seq: int, *, after: int = 0, most: int = ROOTS) -> list[Entry]:
    """Comments and replies that stand after all others, with a place after `after`, in the order of publication."""
    return _entries(r.rows(_LOWERED_AFTER, site_seq=site_seq, story_seq=story_seq, after=after, most=most))


def first_replies(r: Read, site_seq: int, of: Sequence[Entry], *, most: int = REPLIES) -> list[Entry]:
    """The first replies below each of these roots (at most ROOTS of them), in the order of publication."""
    with_replies = [entry.comment.seq for entry in of if entry.replies or entry.comment.status != Status.PUBLISHED]
    if not with_replies:
        return []
    seqs = with_replies + [-1] * (ROOTS - len(with_replies))
    return _entries(r.rows(_FIRST_REPLIES, site_seq=site_seq, most=most, **dict(zip(_ROOT_NAMES, seqs, strict=True))))


def is_on_first_page(r: Read, comment: Comment) -> bool:
    """Whether a published comment is among what the story's first page shows."""
    if comment.publish_seq is None or (comment.reply_place or 0) > REPLIES:
        return False
    root = comment.root_seq
    before = comment.publish_seq if root is None else r.value(_PLACE_OF, site_seq=comment.site_seq, seq=root)
    found = r.value(_ROOTS_BEFORE, site_seq=comment.site_seq, story_seq=comment.story_seq, before=before)
    return bool(found < ROOTS)


def replies_after(r: Read, root: Comment, *, after: int = 0, most: int = 100) -> list[Entry]:
    """Replies below a root with a place after `after`."""
    return _entries(r.rows(_REPLIES_AFTER, site_seq=root.site_seq, root_seq=root.seq, after=after, most=most))


def flat(r: Read, site_seq: int, story_seq: int, *, after: int = 0, most: int = 50) -> list[Entry]:
    """Comments and replies alike with a place after `after`, in the order of publication."""
    return _entries(r.rows(_FLAT_AFTER, site_seq=site_seq, story_seq=story_seq, after=after, most=most))


def published_after(r: Read, site_seq: int, story_seq: int, *, after: int = 0, most: int = 50) -> list[Entry]:
    """As `flat`, without markers of what is gone."""
    return _entries(r.rows(_FEED, site_seq=site_seq, story_seq=story_seq, after=after, most=most))


def newest(r: Read, site_seq: int, story_seq: int, *, most: int) -> list[Entry]:
    """The published comments with the latest places, the newest first."""
    return _entries(r.rows(_NEWEST, site_seq=site_seq, story_seq=story_seq, most=most))


def one(r: Read, site_seq: int, comment_id: UUID) -> Entry | None:
    """The comment of this id in whatever status, or None."""
    row = r.row(_ONE, site_seq=site_seq, id=comment_id.bytes)
    return None if row is None else _entry(row)


def one_by_seq(r: Read, site_seq: int, seq: int) -> Entry | None:
    row = r.row(_BY_SEQ, site_seq=site_seq, seq=seq)
    return None if row is None else _entry(row)


def by_seqs(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, Entry]:
    """Several comments in whatever status, by seq. One query, none for none."""
    wanted = sorted(set(seqs))
    if not wanted:
        return {}
    statement = Statement(_SELECT.where(_OF_SITE, one_of(comments.c.seq, wanted)))
    return {entry.comment.seq: entry for entry in _entries(r.rows(statement, site_seq=site_seq))}


def by_commenter(
    r: Read, site_seq: int, commenter_seq: int, *, most: int = 50, status: Status | None = None
) -> list[Entry]:
    """A commenter's latest comments in whatever status, or in this one; the newest first."""
    asked = {"site_seq": site_seq, "commenter_seq": commenter_seq, "most": most}
    if status is None:
        return _entries(r.rows(_BY_COMMENTER, **asked))
    return _entries(r.rows(_BY_COMMENTER_IN, **asked, status=status.value))


def held_of(r: Read, site_seq: int, story_seq: int, commenter_seq: int) -> list[Entry]:
    """A commenter's own comments that wait under this story."""
    rows = r.rows(_HELD_OF, site_seq=site_seq, story_seq=story_seq, commenter_seq=commenter_seq)
    return _entries(rows)


def mentioned_names(r: Read, site_seq: int, of: Iterable[Entry]) -> dict[int, str]:
    """The names, as they are now, of everyone mentioned in these comments, by commenter. No query where none is."""
    wanted = sorted({mention.commenter_seq for entry in of for mention in entry.mentions})
    if not wanted:
        return {}
    statement = Statement(
        select(memberships.c.seq, memberships.c.name).where(
            memberships.c.site_seq == bindparam("site_seq"), one_of(memberships.c.seq, wanted)
        )
    )
    return {row[0]: row[1] for row in r.rows(statement, site_seq=site_seq)}


def _entries(rows: Iterable[Row]) -> list[Entry]:
    return [_entry(row) for row in rows]


def _entry(row: Row) -> Entry:
    seq, author_id, name, role, account_seq, to_id, to_name, replies, reason, mentions, findings, *marks = row[_WIDTH:]
    level, badges, is_guest, left, recommended, by_guests, picked_at, pick_note = marks
    return Entry(
        comment=comment_from(row),
        author=Author(
            seq,
            UUID(bytes=author_id),
            name,
            Role(role),
            has_account=account_seq is not None,
            level=Level(level),
            badges=badges_in(badges),
            is_guest=bool(is_guest),
            has_left=left is not None,
        ),
        to_id=UUID(bytes=to_id) if to_id else None,
        to_name=to_name,
        replies=replies,
        removal_reason=reason,
        mentions=_MENTIONS.decode(mentions) if mentions != "[]" else (),
        findings=_FINDINGS.decode(findings) if findings != "[]" else (),
        recommended=recommended,
        recommended_by_guests=by_guests,
        is_picked=picked_at is not None,
        pick_note=pick_note,
    )
