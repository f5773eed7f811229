"""Names: whose they are, whose they look like, and what somebody was called before."""

from datetime import datetime

from sqlalchemy import bindparam, or_, select, update

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.likeness import name_look
from rejoinder.discussion.names import name_key
from rejoinder.discussion.refusals import NameTaken
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import memberships, renames
from rejoinder.store.values import instant, micros

_OF_SITE = memberships.c.site_seq == bindparam("site_seq")
_TAKEN = Statement(
    select(memberships.c.seq)
    .where(
        _OF_SITE,
        memberships.c.seq != bindparam("own"),
        or_(memberships.c.name_key == bindparam("key"), memberships.c.name_look == bindparam("look")),
    )
    .limit(1)
)
_WAS_TAKEN = Statement(
    select(renames.c.seq)
    .where(
        renames.c.site_seq == bindparam("site_seq"),
        renames.c.look_before == bindparam("look"),
        renames.c.commenter_seq != bindparam("own"),
        renames.c.created_at > bindparam("since"),
    )
    .limit(1)
)
_LAST = Statement(
    select(renames.c.created_at)
    .where(renames.c.site_seq == bindparam("site_seq"), renames.c.commenter_seq == bindparam("commenter_seq"))
    .order_by(renames.c.seq.desc())
    .limit(1)
)
_TOOK = Statement(
    select(memberships.c.seq)
    .where(_OF_SITE, memberships.c.name_key == bindparam("key"), memberships.c.seq != bindparam("own"))
    .limit(1)
)
_RENAME = Statement(
    update(memberships)
    .where(memberships.c.site_seq == bindparam("of_site"), memberships.c.seq == bindparam("of_commenter"))
    .values(name=bindparam("new_name"), name_key=bindparam("new_key"), name_look=bindparam("new_look"))
)
_NOTE = Statement.insert(renames, "site_seq", "commenter_seq", "before", "after", "look_before", "created_at")


def looks_taken(r: Read, site_seq: int, *, key: str, look: str, own: int, since: datetime) -> bool:
    """Whether somebody else on the site has this name, or one that looks the same, or had it since that moment."""
    if r.value(_TAKEN, site_seq=site_seq, key=key, look=look, own=own) is not None:
        return True
    return r.value(_WAS_TAKEN, site_seq=site_seq, look=look, own=own, since=micros(since)) is not None


def last_of(r: Read, commenter: Commenter) -> datetime | None:
    """When they last changed their name."""
    moment = r.value(_LAST, site_seq=commenter.site_seq, commenter_seq=commenter.seq)
    return None if moment is None else instant(moment)


def rename(w: Write, commenter: Commenter, *, name: str, now: datetime) -> None:
    """Gives the commenter the name, and notes the one before. The site is locked. Raises NameTaken."""
    key = name_key(name)
    if w.value(_TOOK, site_seq=commenter.site_seq, key=key, own=commenter.seq) is not None:
        raise NameTaken
    w.run(
        _RENAME,
        of_site=commenter.site_seq,
        of_commenter=commenter.seq,
        new_name=name,
        new_key=key,
        new_look=name_look(name),
    )
    w.run(
        _NOTE,
        site_seq=commenter.site_seq,
        commenter_seq=commenter.seq,
        before=commenter.name,
        after=name,
        look_before=name_look(commenter.name),
        created_at=micros(now),
    )
