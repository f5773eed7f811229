"""The installation gives somebody another role on a site, or makes them its administrator."""

from datetime import datetime

from rejoinder.actions.register_commenter import take_name
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import UnknownAccount
from rejoinder.store import accounts, commenters, log, sites
from rejoinder.store.database import Write


def change_role(
    w: Write, site_seq: int, email: str, role: Role, *, name: str | None = None, now: datetime
) -> Commenter:
    """The account's membership of the site, in its new role; one who was not of the site yet joins it as `name`. Every
    session of theirs ends, so that none keeps the old role. Raises UnknownAccount, BadName, NameTaken.
    """
    sites.lock(w, site_seq)
    account = _account(w, email)
    changed: dict[str, str] = {}
    commenter = commenters.by_account(w, site_seq, account.seq)
    if commenter is None:
        commenter = take_name(w, site_seq, account, name=name or email.partition("@")[0], role=role, now=now)
        changed = {"from": Role.READER.value, "to": role.value}
    elif commenter.role is not role:
        sites.changed(w, site_seq)  # the role stands beside the name on every page that has it
        commenters.set_role(w, commenters.lock(w, site_seq, commenter.seq), role)
        changed = {"from": commenter.role.value, "to": role.value}
    accounts.end_sessions(w, account.seq)
    if changed:
        log.append(w, site_seq, RecordKind.ROLE, changed, commenter_seq=commenter.seq, now=now)
    return commenters.by_seq(w, site_seq, commenter.seq)


def set_administrator(w: Write, email: str, *, yes: bool) -> Account:
    """The account, now an administrator of the installation or no longer. Its sessions end. Raises UnknownAccount."""
    account = _account(w, email)
    accounts.set_administrator(w, account.seq, yes=yes)
    accounts.end_sessions(w, account.seq)
    return accounts.by_seq(w, account.seq)


def _account(w: Write, email: str) -> Account:
    account = accounts.by_email(w, email)
    if account is None:
        raise UnknownAccount
    return accounts.lock(w, account.seq)
