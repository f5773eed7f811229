"""A site's own wording: its invitation, its policy, its disclaimer, its closing notice."""

from collections.abc import Mapping

from msgspec.structs import asdict

from rejoinder.discussion.refusals import Invalid
from rejoinder.discussion.sites import Site, Texts
from rejoinder.discussion.text import clean
from rejoinder.store import sites
from rejoinder.store.database import Write

LONGEST = 50_000  # characters


def change_texts(w: Write, site_seq: int, changes: Mapping[str, str]) -> Site:
    """The site with these texts; an empty one falls back to the catalogue's. Another policy is another version of it,
    which comments remember. Raises Invalid for a text that there is none of, or one beyond LONGEST; UnknownSite.
    """
    site = sites.lock(w, site_seq)
    before = asdict(site.texts)
    for name, text in changes.items():
        if name not in before or len(text) > LONGEST:
            raise Invalid(field=name)
    texts = Texts(**before | {name: clean(text) for name, text in changes.items()})
    sites.set_texts(w, site, texts, is_new_policy=texts.policy != site.texts.policy)
    return sites.by_seq(w, site_seq)
