"""A publication is set up."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from rejoinder.discussion.origins import origin_of
from rejoinder.discussion.refusals import Invalid
from rejoinder.discussion.sites import NO_RULES, Site, Texts, rules_here
from rejoinder.store import sites
from rejoinder.store.database import Write

RESERVED = frozenset(
    {
        "api",
        "docs",
        "static",
        "healthz",
        "readyz",
        "metrics",
        "include",
        "counts.js",
        "embed.js",
        "favicon.ico",
        "robots.txt",
    }
)


class NewSite(Struct, frozen=True, kw_only=True):
    """The key stands in addresses: small letters, digits and hyphens."""

    key: str
    name: str
    language: str = "en"
    zone: str = "UTC"
    origin: str = ""
    rules: str = NO_RULES
    texts: Texts = Texts()


def add_site(w: Write, new: NewSite, *, now: datetime) -> Site:
    """The new site. Raises BadRules, BadOrigin, and Invalid for a zone nobody knows or a key that is taken or cannot
    stand in an address.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", new.key) or new.key in RESERVED:
        raise Invalid(field="key")
    if any(site.key == new.key for site in sites.every(w)):
        raise Invalid(field="key")
    try:
        ZoneInfo(new.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Invalid(field="zone") from None
    rules_here(new.rules)
    origin = origin_of(new.origin) if new.origin else ""
    return sites.add(
        w,
        key=new.key,
        name=new.name,
        language=new.language,
        zone=new.zone,
        origin=origin,
        rules=new.rules,
        texts=new.texts,
        now=now,
    )
