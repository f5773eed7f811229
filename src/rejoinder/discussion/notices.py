"""Notice: somebody's claim that comments are against the law, with what the law asks of it (Regulation (EU) 2022/2065,
Article 16): why, where, who, and that they believe it. A second door beside the report, with an answer and its reasons.
"""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.policy import REASONS
from rejoinder.discussion.refusals import (
    AnsweredAlready,
    ExplanationNeeded,
    GoodFaithNeeded,
    Invalid,
    NameNeeded,
    NotOurComment,
    TooManyAddresses,
    WordsTooLong,
    _,
)
from rejoinder.discussion.restrictions import Source
from rejoinder.discussion.text import clean, is_blank

LONGEST_WHY = 10_000  # characters
LONGEST_NAME = 200
LONGEST_ANSWER = 5000
LONGEST_GROUND = 500  # as the transparency database takes it
MOST_ADDRESSES = 20  # in one notice
INTIMATE_WITHIN = timedelta(hours=48)  # United States, TAKE IT DOWN Act, section 3(a)(3)
WARNED_BEFORE = timedelta(hours=12)  # of that, when editors have a letter

_COMMENT_IN = re.compile(
    r"(?:/comments/|#c-)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9a-f-])", re.IGNORECASE
)


class NoticeKind(StrEnum):
    """What is said to be against the law."""

    HATE = "hate"
    THREAT = "threat"
    DEFAMATION = "defamation"
    PRIVACY = "private-information"
    COURT = "contempt"
    COPYRIGHT = "copyright"
    INTIMATE = "intimate-image"
    CHILD_SAFETY = "child-safety"
    OTHER = "other"


LABELS: dict[NoticeKind, str] = {
    NoticeKind.HATE: _("Hatred of a group, or a call for it"),
    NoticeKind.THREAT: _("A threat, or a call for violence"),
    NoticeKind.DEFAMATION: _("A false claim that damages somebody"),
    NoticeKind.PRIVACY: _("Private information about somebody"),
    NoticeKind.COURT: _("It could harm a fair trial"),
    NoticeKind.COPYRIGHT: _("Somebody else’s work"),
    NoticeKind.INTIMATE: _("An intimate image of somebody who has not agreed, or a way to one"),
    NoticeKind.CHILD_SAFETY: _("Sexual abuse of children"),
    NoticeKind.OTHER: _("Something else that is against the law"),
}


class Outcome(StrEnum):
    """What became of a notice."""

    ILLEGAL = "illegal"  # removed, as against the law
    POLICY = "policy"  # removed, as against the policy
    LEFT = "left"  # an editor looked, and it stands
    GONE = "gone"  # it could not be read any more when the notice was answered


class Notice(Struct, frozen=True, kw_only=True):
    """A notice of one comment. What was sent about several together has one `filing`, and one receipt."""

    seq: int
    id: UUID
    filing: UUID
    site_seq: int
    comment_seq: int
    revision: int
    kind: NoticeKind
    why: str
    address: str
    name: str
    email: str | None
    threatens_life: bool
    created_at: datetime
    flagger_seq: int | None = None
    flagger_name: str | None = None
    reporter_seq: int | None = None
    due_at: datetime | None = None
    resolution: Outcome | None = None
    answer: str = ""
    resolved_at: datetime | None = None
    decision_seq: int | None = None


class Claim(Struct, frozen=True, kw_only=True):
    """What somebody sent, cleaned and found complete."""

    kind: NoticeKind
    why: str
    name: str
    threatens_life: bool = False


def checked(
    *, kind: str, why: str, name: str, email: str | None, in_good_faith: bool, threatens_life: bool = False
) -> Claim:
    """The claim. A name and an address are not needed for child abuse (Article 16(2)(c)). Raises Invalid,
    ExplanationNeeded, WordsTooLong, NameNeeded, GoodFaithNeeded.
    """
    if kind not in LABELS:
        raise Invalid(field="kind")
    chosen = NoticeKind(kind)
    said = words(why, limit=LONGEST_WHY)
    if is_blank(said):
        raise ExplanationNeeded
    called = " ".join(words(name, limit=LONGEST_NAME).split())
    if chosen is not NoticeKind.CHILD_SAFETY and (is_blank(called) or not email):
        raise NameNeeded
    if not in_good_faith:
        raise GoodFaithNeeded
    return Claim(kind=chosen, why=said, name=called, threatens_life=threatens_life)


def words(text: str, *, limit: int) -> str:
    """The text, cleaned. Raises WordsTooLong."""
    said = clean(text)
    if len(said) > limit:
        raise WordsTooLong(limit=limit, length=len(said))
    return said


def comments_at(addresses: str) -> dict[UUID, str]:
    """The comments that these addresses name (one a line), each with its address as it was typed. An address is that of
    a comment's own page, or of any page at the comment's place. Whether they are ours is the store's to say. Raises
    NotOurComment, TooManyAddresses.
    """
    found: dict[UUID, str] = {}
    for address in clean(addresses).split():
        named = _COMMENT_IN.search(address)
        if named is None:
            raise NotOurComment(address=address[:200])
        found.setdefault(UUID(named[1]), address[:2000])
    if not found:
        raise NotOurComment(address="")
    if len(found) > MOST_ADDRESSES:
        raise TooManyAddresses(limit=MOST_ADDRESSES)
    return found


def due(kind: NoticeKind, *, now: datetime) -> datetime | None:
    """Until when it must be answered, where there is such a time."""
    return now + INTIMATE_WITHIN if kind is NoticeKind.INTIMATE else None


def priority(notice: Notice) -> int:
    """Its place at the desk before what was reported: danger to life, then trusted flaggers (Article 22(1)), then what
    harms most while it stands.
    """
    urgent = notice.kind in (NoticeKind.INTIMATE, NoticeKind.CHILD_SAFETY)
    return 10 + 100 * notice.threatens_life + 50 * (notice.flagger_seq is not None) + 30 * urgent


def urgency(open_notices: Sequence[Notice]) -> tuple[int, datetime | None]:
    """The priority of the case of these notices, and when the first of them must be answered."""
    dues = [notice.due_at for notice in open_notices if notice.due_at is not None]
    return max(map(priority, open_notices), default=0), min(dues, default=None)


def outcome_of(reason: str | None, *, illegal: Collection[str]) -> Outcome:
    """What a decision on the comment means for the notices of it. `reason` None: it stands."""
    if reason is None:
        return Outcome.LEFT
    return Outcome.ILLEGAL if reason in illegal else Outcome.POLICY


def came_by(noticed: Sequence[Notice], open_flags: int) -> Source:
    """What led to a decision: a trusted flagger's notice, another's, a report, or nothing from outside."""
    if any(notice.flagger_seq is not None for notice in noticed):
        return Source.TRUSTED
    if noticed:
        return Source.NOTICE
    return Source.REPORT if open_flags else Source.OWN


def suggested(kind: NoticeKind) -> str:
    """The reason under which a comment of this kind is removed as against the law, unless an editor knows better."""
    return kind.value if kind.value in ILLEGAL else "illegal"


def must_be_open(notice: Notice) -> None:
    """Silent if nobody has answered it yet. Raises AnsweredAlready."""
    if notice.resolution is not None:
        raise AnsweredAlready


def can_be_read(comment: Comment) -> bool:
    """Whether anybody but the desk reads it now, or may again."""
    return comment.status in (Status.PUBLISHED, Status.HIDDEN, Status.PENDING)


ILLEGAL = tuple(reason.code for reason in REASONS if reason.illegal)
