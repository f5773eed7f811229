"""The orders of a discussion that move are reckoned anew."""

from datetime import datetime

from rejoinder.store import rankings, stories
from rejoinder.store.database import Write


def renew_ranking(w: Write, site_seq: int, story_seq: int, *, now: datetime) -> None:
    """One new ranking of each kind, and one new version of the story. Raises UnknownStory."""
    story = stories.lock(w, site_seq, story_seq)
    rankings.renew(w, story, now=now)
