"""A site's own wording: its invitation, its policy, its disclaimer, its closing notice."""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import asdict, replace

from rejoinder.actions.publish_policy import publish_policy
from rejoinder.actions.read_policy import policy_here
from rejoinder.discussion.refusals import Invalid
from rejoinder.discussion.sites import Site, Texts
from rejoinder.discussion.text import clean
from rejoinder.language import words
from rejoinder.store import sites
from rejoinder.store.database import Write

LONGEST = 50_000  # characters
POLICY = "policy"


def change_texts(w: Write, site_seq: int, changes: Mapping[str, str], *, now: datetime) -> Site:
    """The site with these texts; an empty one falls back to the catalogue's. Another policy is published as a version
    of it: its introduction, above the clauses that hold. Raises Invalid for a text that there is none of, or one beyond
    LONGEST; BadPolicy for a policy beyond what a version holds; UnknownSite.
    """
    site = sites.lock(w, site_seq)
    before = asdict(site.texts)
    for name, text in changes.items():
        if name not in before or len(text) > LONGEST:
            raise Invalid(field=name)
    plain = {name: clean(text) for name, text in changes.items() if name != POLICY}
    if plain:
        sites.set_texts(w, site, Texts(**before | plain))
    if POLICY in changes:
        _introduce(w, site, clean(changes[POLICY]), now=now)
    return sites.by_seq(w, site_seq)


def _introduce(w: Write, site: Site, text: str, *, now: datetime) -> None:
    """A version that begins with the text, in the site's language, unless the one that holds does."""
    content = policy_here(w, site, words(site.language).gettext).content
    introduction = {tag: said for tag, said in content.introduction.items() if tag != site.language}
    if text:
        introduction = {site.language: text} | introduction
    if introduction != content.introduction:
        publish_policy(w, site, replace(content, introduction=introduction), by_seq=None, now=now)
