"""Whose story a channel follows: it knows the story alone."""

from sqlalchemy import bindparam, select

from rejoinder.discussion.refusals import UnknownStory
from rejoinder.store.database import Read, Statement
from rejoinder.store.tables import stories

_SITE_OF = Statement(select(stories.c.site_seq).where(stories.c.seq == bindparam("seq")))


def site_of(r: Read, story_seq: int) -> int:
    """The site that the story belongs to. Raises UnknownStory."""
    site_seq = r.value(_SITE_OF, seq=story_seq)
    if site_seq is None:
        raise UnknownStory
    return int(site_seq)
