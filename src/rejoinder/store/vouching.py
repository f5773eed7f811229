"""What stands beside a commenter's name and what they may do, as their publisher says."""

import msgspec
from sqlalchemy import bindparam, or_, update

from rejoinder.discussion.commenters import Commenter
from rejoinder.store.database import Statement, Write
from rejoinder.store.tables import memberships

_SET = Statement(
    update(memberships)
    .where(
        memberships.c.site_seq == bindparam("of_site"),
        memberships.c.seq == bindparam("of_commenter"),
        or_(memberships.c.badges != bindparam("old_badges"), memberships.c.may_comment != bindparam("old_say")),
    )
    .values(badges=bindparam("new_badges"), may_comment=bindparam("new_say"))
)


def set_vouched(w: Write, commenter: Commenter, *, badges: tuple[str, ...], may_comment: bool) -> bool:
    """Whether that is another than it was."""
    said = msgspec.json.encode(badges).decode()
    changed = w.run(
        _SET,
        of_site=commenter.site_seq,
        of_commenter=commenter.seq,
        old_badges=said,
        old_say=may_comment,
        new_badges=said,
        new_say=may_comment,
    )
    return changed == 1
