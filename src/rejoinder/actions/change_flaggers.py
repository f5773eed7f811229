"""Who is a trusted flagger on a site (Regulation (EU) 2022/2065, Article 22): their notices come first."""

from datetime import datetime

from rejoinder.discussion.notices import LONGEST_NAME
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import FlaggerExists, Invalid, UnknownFlagger
from rejoinder.discussion.text import clean, is_blank
from rejoinder.store import log, sites, trusted_flaggers
from rejoinder.store.database import Write


def add_flagger(w: Write, site_seq: int, name: str, *, key: str, now: datetime) -> None:
    """From now on notices with this key are theirs. Raises Invalid, FlaggerExists, UnknownSite."""
    sites.lock(w, site_seq)
    called = " ".join(clean(name).split())
    if is_blank(called) or len(called) > LONGEST_NAME:
        raise Invalid(field="name")
    if trusted_flaggers.by_name(w, site_seq, called) is not None:
        raise FlaggerExists
    trusted_flaggers.add(w, site_seq, name=called, key=key, now=now)
    log.append(w, site_seq, RecordKind.NOTICE, {"act": "flagger added", "trusted": called}, now=now)


def end_flagger(w: Write, site_seq: int, name: str, *, now: datetime) -> None:
    """Their key holds no longer; what they sent stays. Raises UnknownFlagger, UnknownSite."""
    sites.lock(w, site_seq)
    found = trusted_flaggers.by_name(w, site_seq, " ".join(clean(name).split()))
    if found is None:
        raise UnknownFlagger
    trusted_flaggers.end(w, site_seq, found, now=now)
    log.append(w, site_seq, RecordKind.NOTICE, {"act": "flagger ended", "trusted": found.name}, now=now)
