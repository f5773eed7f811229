"""An editor keeps a commenter from writing: suspended for a time, or banned for good; here, or on every site of the
installation.
"""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from rejoinder.actions.act_on_person import Order, note_act, person_for
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.person_acts import OnPerson, PersonAct
from rejoinder.discussion.refusals import NotAllowed
from rejoinder.discussion.text import clean
from rejoinder.store import accounts, commenters, person_acts
from rejoinder.store.database import Write


def ban_commenter(w: Write, order: Order, *, now: datetime, everywhere: bool = False) -> OnPerson:
    """The act: a suspension where the order says until when, else a ban. They are told the rule, the editor's words,
    until when, and how to ask again. `everywhere`: on all sites of the installation, for an administrator. Staff are
    not banned but lose their role first. Raises the refusals of `person_for`.
    """
    act = PersonAct.BAN if order.until is None else PersonAct.SUSPEND
    if everywhere:
        lock_account(w, order.site_seq, order.commenter_id)
    about = person_for(w, order, act)
    others = memberships_elsewhere(w, about, by_seq=order.by_seq) if everywhere else []
    for each in (about, *others):
        commenters.set_ban(
            w,
            each,
            since=now,
            until=order.until,
            why=clean(order.text),
            code=order.reason,
            everywhere=everywhere,
        )
    done, *_ = [note_act(w, each, act, order, now=now) for each in (about, *others)]
    return done


def ban_follows(w: Write, commenter: Commenter) -> Commenter:
    """The commenter, who has just taken a name on a site, with the ban that their account has everywhere."""
    ban = person_acts.ban_everywhere(w, commenter.account_seq) if commenter.account_seq is not None else None
    if ban is None:
        return commenter
    commenters.set_ban(w, commenter, **ban, everywhere=True)
    return replace(commenter, banned_at=ban["since"], banned_until=ban["until"], is_banned_everywhere=True)


def lock_account(w: Write, site_seq: int, commenter_id: UUID) -> None:
    """Locks the account of a commenter before any of their memberships: who acts on several of them take turns."""
    account_seq = commenters.by_id(w, site_seq, commenter_id).account_seq
    if account_seq is not None:
        accounts.lock(w, account_seq)


def memberships_elsewhere(w: Write, about: Commenter, *, by_seq: int) -> list[Commenter]:
    """The person's memberships of other sites, locked, for an administrator of the installation; none of staff. Raises
    NotAllowed.
    """
    if not commenters.by_seq(w, about.site_seq, by_seq).is_administrator or about.account_seq is None:
        raise NotAllowed
    found = person_acts.elsewhere(w, about.account_seq, about.site_seq)
    others = [commenters.lock(w, site_seq, seq) for site_seq, seq in found]
    if any(each.is_staff for each in others):
        raise NotAllowed
    return others
