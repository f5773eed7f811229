"""What is taken out of the record when somebody leaves: the words in the entries about them. Their digests and links
stay, so the chain holds, and an entry of its own says which were emptied.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, select, update

from rejoinder.discussion.record import RecordKind, has_words
from rejoinder.store import log as record
from rejoinder.store.database import Statement, Write, one_of
from rejoinder.store.tables import decisions, log

_OF_SITE = log.c.site_seq == bindparam("site_seq")
_WHOLE = log.c.details.is_not(None)
_ABOUT_PERSON = Statement(
    select(log.c.number, log.c.details).where(_OF_SITE, log.c.commenter_seq == bindparam("commenter_seq"), _WHOLE)
)
_EMPTY = Statement(
    update(log)
    .where(log.c.site_seq == bindparam("of_site"), log.c.number == bindparam("entry"))
    .values(details=None, salt=None)
)
_FORGET_NOTE = Statement(
    update(decisions)
    .where(
        decisions.c.site_seq == bindparam("of_site"),
        decisions.c.comment_seq == bindparam("of_comment"),
        decisions.c.note != "",
    )
    .values(note="")
)


def empty_about_person(w: Write, site_seq: int, commenter_seq: int, *, now: datetime) -> list[int]:
    """The numbers of the entries about a commenter whose words were taken away. Call it after all other locks, as
    `log.append`.
    """
    rows = w.rows(_ABOUT_PERSON, site_seq=site_seq, commenter_seq=commenter_seq)
    return _empty(w, site_seq, rows, commenter_seq=commenter_seq, now=now)


def empty_about_comments(
    w: Write, site_seq: int, comment_seqs: Sequence[int], *, commenter_seq: int, now: datetime
) -> list[int]:
    """The same of the entries about these comments; editors' notes on decisions about them go, too."""
    if not comment_seqs:
        return []
    w.run_many(_FORGET_NOTE, [{"of_site": site_seq, "of_comment": seq} for seq in comment_seqs])
    about = one_of(log.c.comment_seq, comment_seqs)
    rows = w.rows(Statement(select(log.c.number, log.c.details).where(log.c.site_seq == site_seq, about, _WHOLE)))
    return _empty(w, site_seq, rows, commenter_seq=commenter_seq, now=now)


def _empty(w: Write, site_seq: int, rows: Sequence[Any], *, commenter_seq: int, now: datetime) -> list[int]:
    numbers = sorted(row[0] for row in rows if has_words(msgspec.json.decode(row[1], type=dict[str, Any])))
    if not numbers:
        return []
    w.run_many(_EMPTY, [{"of_site": site_seq, "entry": number} for number in numbers])
    record.append(w, site_seq, RecordKind.ERASURE, {"entries": numbers}, commenter_seq=commenter_seq, now=now)
    return numbers
