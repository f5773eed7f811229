"""Who asks, on which site: all that is known of a request's sender, in one query."""

from datetime import datetime

from sqlalchemy import and_, bindparam, select

from rejoinder.discussion.accounts import Session
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.sites import Site
from rejoinder.store import commenters, sessions, sites
from rejoinder.store.database import Read, Statement
from rejoinder.store.tables import accounts, memberships
from rejoinder.store.tables import sessions as session_table
from rejoinder.store.tables import sites as site_table
from rejoinder.store.values import hashed, micros

_SITE, _SESSION = len(sites.COLUMNS), len(sessions.COLUMNS)
_FIND = Statement(
    select(*sites.COLUMNS, *sessions.COLUMNS, *commenters.COLUMNS)
    .select_from(
        site_table.outerjoin(
            session_table,
            and_(session_table.c.token_hash == bindparam("token_hash"), session_table.c.expires_at > bindparam("now")),
        )
        .outerjoin(
            accounts,
            and_(
                accounts.c.seq == session_table.c.account_seq, accounts.c.session_epoch == session_table.c.epoch
            ),
        )
        .outerjoin(
            memberships,
            and_(memberships.c.site_seq == site_table.c.seq, memberships.c.account_seq == accounts.c.seq),
        )
    )
    .where(site_table.c.key == bindparam("key"))
)  # fmt: skip


def find(
    r: Read, site_key: str, token: str | None, *, now: datetime
) -> tuple[Site, Session | None, Commenter | None]:  # fmt: skip
    """The site, the session of this token if it holds, and how the site knows its holder. Raises UnknownSite."""
    if token is None:
        return sites.by_key(r, site_key), None, None
    row = r.row(_FIND, key=site_key, token_hash=hashed(token), now=micros(now))
    site = sites.site_from(row)
    assert row is not None  # or there was no site
    account_seq, member_seq = row[_SITE], row[_SITE + _SESSION]
    return (
        site,
        sessions.session_from(row[_SITE:]) if account_seq is not None else None,
        commenters.commenter_from(row[_SITE + _SESSION :]) if member_seq is not None else None,
    )
