"""Whose pages may open a story: the origins of a site's publisher, the first of them its own."""

from rejoinder.discussion.origins import origin_of
from rejoinder.discussion.refusals import UnknownOrigin
from rejoinder.discussion.sites import Site
from rejoinder.store import sites
from rejoinder.store.database import Write


def add_origin(w: Write, site_seq: int, given: str, *, is_private: bool = False) -> Site:
    """The site with one more origin, in its usual form; the same again changes at most whether it may lie inside our
    own network. Raises BadOrigin, UnknownSite.
    """
    site = sites.lock(w, site_seq)
    origin = origin_of(given)
    origins = tuple(dict.fromkeys((*site.origins, origin)))
    private = site.private_origins | {origin} if is_private else site.private_origins - {origin}
    if (origins, private) != (site.origins, site.private_origins):
        sites.set_origins(w, site, origins, private=private)
    return sites.by_seq(w, site_seq)


def remove_origin(w: Write, site_seq: int, given: str) -> Site:
    """The site without the origin; what was opened from its pages stays. Raises BadOrigin, UnknownOrigin,
    UnknownSite.
    """
    site = sites.lock(w, site_seq)
    origin = origin_of(given)
    kept = [each for each in site.origins if origin_of(each) != origin]
    if len(kept) == len(site.origins):
        raise UnknownOrigin(given=origin)
    sites.set_origins(w, site, kept, private=site.private_origins)
    return sites.by_seq(w, site_seq)
