"""Comment: may this be posted, edited, deleted?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.closing import Standing
from rejoinder.discussion.commenters import Commenter, must_have_read, must_take_part
from rejoinder.discussion.refusals import (
    BlankText,
    EditWindowOver,
    NoGuests,
    NotEditable,
    NotYours,
    ParentElsewhere,
    PolicyChanged,
    RecognisedOnly,
    Refusal,
    Repeated,
    RepliesOnly,
    StaffOnly,
    Stale,
    StoryClosed,
    StoryRests,
    StoryWithdrawn,
    ThreadLocked,
    TooFast,
    TooLong,
    TooShort,
    UnknownParent,
)
from rejoinder.discussion.sites import Rules, Twice, Who
from rejoinder.discussion.text import is_blank, length
from rejoinder.discussion.trust import Level


class Status(StrEnum):
    PENDING = "pending"  # held; nobody but its writer and the desk sees it
    PUBLISHED = "published"
    REJECTED = "rejected"  # never published
    REMOVED = "removed"  # was published
    HIDDEN = "hidden"  # reported often, until an editor has seen it
    DELETED = "deleted"  # by its writer
    SPAM = "spam"


class Marker(StrEnum):
    """What a comment that is gone leaves in its place."""

    NONE = "none"
    PLAIN = "plain"
    REASON = "reason"


class Comment(Struct, frozen=True, kw_only=True):
    """What was written. A reply is a comment with a parent, not another type."""

    seq: int
    id: UUID
    site_seq: int
    story_seq: int
    commenter_seq: int
    status: Status
    revision: int
    text: str
    html: str
    created_at: datetime
    parent_seq: int | None = None
    root_seq: int | None = None  # None: it is a root
    depth: int = 0
    marker: Marker = Marker.NONE
    publish_seq: int | None = None  # its place; given at first publication, kept for good
    reply_place: int | None = None  # its place below its root, likewise
    published_at: datetime | None = None
    edited_at: datetime | None = None
    edited_by: int | None = None  # the editor who wrote its text as it is; None: its writer
    locked_by: int | None = None  # the comment at which its thread was locked: itself or one above it
    is_lowered: bool = False  # stands, but after all others

    @property
    def was_published(self) -> bool:
        return self.publish_seq is not None


class Earlier(Struct, frozen=True):
    """What must be known of a commenter's earlier comment with the same words to judge a new one."""

    id: UUID
    story_seq: int
    parent_seq: int | None
    fingerprint: bytes
    created_at: datetime
    status: Status


class Attempt(Struct, frozen=True, kw_only=True):
    """A text on its way to becoming a comment, cleaned, with what is known of its surroundings."""

    text: str
    fingerprint: bytes
    story_seq: int
    commenter: Commenter
    standing: Standing
    rules: Rules
    withdrawn: bool
    now: datetime
    replies: bool = False  # a parent was asked for
    parent: Comment | None = None
    earlier: Sequence[Earlier] = ()  # with the same words
    policy_material: int = 0  # the version of the policy that must have been agreed to
    recent: Sequence[datetime] = ()  # when they wrote in the last hour, as far back as the rules look


DOUBLE_SUBMIT = timedelta(minutes=10)  # the same text to the same place this soon is the same act, done twice
A_MINUTE = timedelta(minutes=1)
AN_HOUR = timedelta(hours=1)


def first_of_double(attempt: Attempt) -> Earlier | None:
    """The comment that this attempt only repeats: same commenter, story, parent and text, moments ago."""
    parent_seq = attempt.parent.seq if attempt.parent else None
    for earlier in attempt.earlier:
        same_place = (earlier.story_seq, earlier.parent_seq) == (attempt.story_seq, parent_seq)
        same_text = earlier.fingerprint == attempt.fingerprint
        is_alive = earlier.status is not Status.DELETED
        if same_place and same_text and is_alive and attempt.now - earlier.created_at < DOUBLE_SUBMIT:
            return earlier
    return None


def may_post(attempt: Attempt) -> None:
    """Silent if the attempt may become a comment; what then becomes of it is screening's question. Raises a Refusal
    that says why not.
    """
    _discussion_takes_it(attempt)
    must_take_part(attempt.commenter, now=attempt.now)
    must_have_read(attempt.commenter)
    if attempt.commenter.policy_agreed < attempt.policy_material and not attempt.commenter.is_staff:
        raise PolicyChanged(version=attempt.policy_material)
    must_be_among(attempt.commenter, attempt.rules)
    _parent_can_be_answered(attempt)
    fits(attempt.text, attempt.rules)
    _is_no_repeat(attempt)
    _is_not_too_fast(attempt)


def must_keep_rules(attempt: Attempt) -> None:
    """What `may_post` asks of the place's rules alone, whatever is known of the person and the parent by now: silent,
    or raises a Refusal.
    """
    _discussion_takes_it(attempt)
    must_be_among(attempt.commenter, attempt.rules)
    fits(attempt.text, attempt.rules)
    _is_no_repeat(attempt)
    _is_not_too_fast(attempt)


def must_be_among(commenter: Commenter, rules: Rules) -> None:
    """Silent if the commenter is one of those who may comment here. Raises NoGuests, RecognisedOnly, StaffOnly."""
    if commenter.is_guest and not rules.takes_guests:
        raise NoGuests
    if rules.who is Who.EVERYBODY or commenter.is_staff:
        return
    if rules.who is Who.STAFF:
        raise StaffOnly
    if commenter.level is Level.NEW:
        raise RecognisedOnly


def fits(text: str, rules: Rules) -> None:
    """Silent if the text has a length the rules allow. Raises BlankText, TooShort or TooLong."""
    size = length(text)
    if is_blank(text) or not size:
        raise BlankText
    if size < rules.shortest:
        raise TooShort(limit=rules.shortest)
    if size > rules.longest:
        raise TooLong(limit=rules.longest, length=size)


def _discussion_takes_it(attempt: Attempt) -> None:
    if attempt.withdrawn:
        raise StoryWithdrawn
    if attempt.replies and attempt.standing.takes_replies:
        return
    if attempt.standing.takes_comments:
        return
    if attempt.standing.takes_replies:
        raise RepliesOnly
    raise closed(attempt.standing)


def closed(standing: Standing) -> Refusal:
    """Why nothing can be written under this standing: for good, or only now."""
    if standing.rests and standing.until is not None:
        return StoryRests(until=standing.until.isoformat())
    return StoryClosed()


def _parent_can_be_answered(attempt: Attempt) -> None:
    if not attempt.replies:
        return
    if attempt.parent is None:
        raise UnknownParent
    if attempt.parent.story_seq != attempt.story_seq:
        raise ParentElsewhere
    if attempt.parent.status is not Status.PUBLISHED:
        raise UnknownParent
    if attempt.parent.locked_by is not None:
        raise ThreadLocked


def is_repeat(attempt: Attempt) -> Earlier | None:
    """An earlier comment with the same words within the repeat window, which still stands or waits; one under the same
    story before all others.
    """
    since = attempt.now - timedelta(seconds=attempt.rules.repeat_window)
    same = [
        earlier
        for earlier in attempt.earlier
        if earlier.fingerprint == attempt.fingerprint
        and earlier.created_at > since
        and earlier.status is not Status.DELETED
    ]
    return min(same, key=lambda earlier: earlier.story_seq != attempt.story_seq, default=None)


def _is_no_repeat(attempt: Attempt) -> None:
    earlier = is_repeat(attempt)
    if earlier is None:
        return
    if earlier.story_seq == attempt.story_seq or attempt.rules.same_elsewhere is Twice.REFUSED:
        raise Repeated


def _is_not_too_fast(attempt: Attempt) -> None:
    for span, limit in ((A_MINUTE, attempt.rules.posts_per_minute), (AN_HOUR, attempt.rules.posts_per_hour)):
        recent = sorted(moment for moment in attempt.recent if attempt.now - moment < span)
        if len(recent) >= limit:
            wait = recent[-limit] + span - attempt.now
            raise TooFast(seconds=max(1, round(wait.total_seconds())))


def may_edit(
    comment: Comment, *, by: Commenter, seen_revision: int, rules: Rules, standing: Standing, now: datetime
) -> None:
    """Silent if `by` may change the text of `comment` now, which no editor has changed. Raises NotYours, NotEditable,
    EditWindowOver, StoryClosed, Stale, Banned, WarningUnread.
    """
    if comment.commenter_seq != by.seq:
        raise NotYours
    must_take_part(by, now=now)
    must_have_read(by)
    if comment.status not in (Status.PUBLISHED, Status.PENDING) or comment.edited_by is not None:
        raise NotEditable
    if not standing.takes_replies:
        raise closed(standing)
    if now - comment.created_at >= timedelta(seconds=rules.edit_window):
        raise EditWindowOver(minutes=rules.edit_window // 60)
    if comment.revision != seen_revision:
        raise Stale


def may_delete(comment: Comment, *, by: Commenter) -> None:
    """Silent if `by` may delete `comment`: always one's own, however old. Raises NotYours or NotEditable."""
    if comment.commenter_seq != by.seq:
        raise NotYours
    if comment.status is Status.DELETED:
        raise NotEditable
