"""How readers sign in from a site's publisher, as it is kept beside the site."""

import msgspec
from sqlalchemy import bindparam, select, update

from rejoinder.discussion.sign_in import SignIn, read_sign_in
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import sites

_THIS = sites.c.seq == bindparam("site")
_GET = Statement(select(sites.c.sign_in).where(_THIS))
_SET = Statement(update(sites).where(_THIS).values(sign_in=bindparam("new")))


def of_site(r: Read, site_seq: int) -> SignIn:
    """The site's settings; empty ones where it has none."""
    return read_sign_in(r.value(_GET, site=site_seq) or "{}")


def keep(w: Write, site_seq: int, settings: SignIn) -> None:
    """Stores the site's settings."""
    w.run(_SET, site=site_seq, new=msgspec.json.encode(settings).decode())
