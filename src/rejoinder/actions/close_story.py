"""An editor closes a discussion by hand, opens it again, withdraws it whole, or restores it."""

from datetime import datetime

from rejoinder.actions.change_rules import change_story_rules
from rejoinder.discussion.closing import Phase, Step, closed_at, days_long
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.stories import Story
from rejoinder.store import commenters, log, stories
from rejoinder.store.database import Write


def close_story(w: Write, site_seq: int, story_seq: int, *, by_seq: int | None, now: datetime) -> Story:
    """The story, its discussion read-only from now on. Raises NotAllowed, UnknownStory."""
    change_story_rules(w, site_seq, story_seq, {"schedule": closed_at(now)}, by_seq=by_seq, now=now)
    return stories.by_seq(w, site_seq, story_seq)


def reopen_story(
    w: Write, site_seq: int, story_seq: int, *, by_seq: int | None, now: datetime, days: float | None = None
) -> Story:
    """The story, open for so many days from now, or (None) as the section's schedule has it. Raises NotAllowed,
    UnknownStory, BadRules.
    """
    schedule = None if days is None else (Step(phase=Phase.OPEN, ends_at=now + days_long(days)),)
    change_story_rules(w, site_seq, story_seq, {"schedule": schedule}, by_seq=by_seq, now=now)
    return stories.by_seq(w, site_seq, story_seq)


def withdraw_story(w: Write, site_seq: int, story_seq: int, *, by_seq: int, now: datetime) -> Story:
    """The story with its whole discussion out of sight; nothing is lost. Raises NotAllowed, UnknownStory."""
    return _set_withdrawn(w, site_seq, story_seq, by_seq=by_seq, moment=now, now=now)


def restore_story(w: Write, site_seq: int, story_seq: int, *, by_seq: int, now: datetime) -> Story:
    """The story with its discussion as it was. Raises NotAllowed, UnknownStory."""
    return _set_withdrawn(w, site_seq, story_seq, by_seq=by_seq, moment=None, now=now)


def _set_withdrawn(
    w: Write, site_seq: int, story_seq: int, *, by_seq: int, moment: datetime | None, now: datetime
) -> Story:
    story = stories.lock(w, site_seq, story_seq)
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.CLOSE)
    stories.set_withdrawn(w, story, moment)
    act = {"act": "withdraw" if moment else "restore"}
    log.append(w, site_seq, RecordKind.STORY, act, by_seq=by_seq, story_seq=story.seq, now=now)
    return stories.by_seq(w, site_seq, story_seq)
