"""Whether writers let their comments be printed."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import bindparam, select, update

from rejoinder.discussion.comments import Comment
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import consents
from rejoinder.store.values import instant, instant_or_none, micros

_THIS = (consents.c.site_seq == bindparam("of_site"), consents.c.comment_seq == bindparam("of_comment"))
_ADD = Statement.insert(consents, "site_seq", "comment_seq", "asked_by", "asked_at", or_nothing=True)
_FIND = Statement(
    select(consents.c.asked_at, consents.c.is_given, consents.c.answered_at, consents.c.signed_as).where(*_THIS)
)
_ANSWER = Statement(
    update(consents)
    .where(*_THIS)
    .values(is_given=bindparam("yes"), answered_at=bindparam("moment"), signed_as=bindparam("name"))
)


class Consent(Struct, frozen=True, kw_only=True):
    """What was asked and answered; `is_given` None: not yet."""

    asked_at: datetime
    is_given: bool | None = None
    answered_at: datetime | None = None
    signed_as: str = ""


def ask(w: Write, comment: Comment, *, by_seq: int, now: datetime) -> bool:
    """Whether this is the first time that the writer is asked."""
    return w.run(_ADD, site_seq=comment.site_seq, comment_seq=comment.seq, asked_by=by_seq, asked_at=micros(now)) > 0


def of_comment(r: Read, comment: Comment) -> Consent | None:
    """The writer's word on this comment; None: they were never asked."""
    row = r.row(_FIND, of_site=comment.site_seq, of_comment=comment.seq)
    if row is None:
        return None
    return Consent(
        asked_at=instant(row[0]),
        is_given=None if row[1] is None else bool(row[1]),
        answered_at=instant_or_none(row[2]),
        signed_as=row[3],
    )


def answer(w: Write, comment: Comment, *, yes: bool, signed_as: str, now: datetime) -> None:
    """Keeps the writer's answer, in the place of an earlier one."""
    w.run(_ANSWER, of_site=comment.site_seq, of_comment=comment.seq, yes=yes, name=signed_as, moment=micros(now))
