"""The names that an @ can mean under a story, for a script that completes them."""

import msgspec

from rejoinder.discussion.names import name_key
from rejoinder.store import commenters, stories
from rejoinder.store.database import Read
from rejoinder.web.answers import Answer
from rejoinder.web.pages.framing import everybodys_edition, show_data
from rejoinder.web.visits import Visit

NAMES = 8  # in an answer
LATEST = 500  # comments whose writers are offered: what is looked at does not grow with the discussion


def names(r: Read, visit: Visit) -> Answer:
    """Of those who wrote the latest comments, the names that begin like this: who spoke last comes first. The same for
    everybody, and kept by browsers only: the front door would keep a copy for each beginning.
    """
    story = stories.by_slug(r, visit.site.seq, visit.asked.part("slug"))
    key = name_key(visit.asked.query.get("q", ""))

    def encode() -> bytes:
        is_read = story.withdrawn_at is None
        people = commenters.latest_in_story(r, story.site_seq, story.seq, among=LATEST) if is_read else []
        return msgspec.json.encode({"names": [name for name in people if name_key(name).startswith(key)][:NAMES]})

    return show_data(visit, everybodys_edition(visit, story), encode, asked_for=("names", key))
