"""An editor closes a discussion by hand, opens it again, withdraws it whole, or restores it."""

from datetime import datetime

from rejoinder.actions.change_rules import change_story_rules
from rejoinder.discussion.closing import Phase, Step, closed_at, days_long
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.rule_places import must_be_those_times
from rejoinder.discussion.stories import Story
from rejoinder.store import commenters, log, stories
from rejoinder.store.database import Write


def close_story(w: Write, site_seq: int, story_seq: int, *, by_seq: int | None, now: datetime) -> Story:
    """The story, its discussion read-only from now on; one that was closed by hand stays so. Raises NotAllowed,
    UnknownStory.
    """
    story = stories.lock(w, site_seq, story_seq)
    if by_seq is not None:
        must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.CLOSE)
    if story.own_schedule_is_over(now):
        return story
    change_story_rules(w, site_seq, story_seq, {"schedule": closed_at(now)}, by_seq=by_seq, now=now)
    return stories.by_seq(w, site_seq, story_seq)


def reopen_story(
    w: Write,
    site_seq: int,
    story_seq: int,
    *,
    by_seq: int | None,
    now: datetime,
    days: float | None = None,
    seen: str | None = None,
) -> Story:
    """The story, open for so many days from now, or (None) as the section's schedule has it. `seen` is the mark of the
    times that were seen. Raises NotAllowed, UnknownStory, BadRules, TimesChanged.
    """
    must_be_those_times(stories.lock(w, site_seq, story_seq).rules, seen=seen)
    schedule = None if days is None else (Step(phase=Phase.OPEN, ends_at=now + days_long(days)),)
    change_story_rules(w, site_seq, story_seq, {"schedule": schedule}, by_seq=by_seq, now=now)
    return stories.by_seq(w, site_seq, story_seq)


def withdraw_story(w: Write, site_seq: int, story_seq: int, *, by_seq: int, now: datetime) -> Story:
    """The story with its whole discussion out of sight, since who did it first; nothing is lost. Raises NotAllowed,
    UnknownStory.
    """
    return _set_withdrawn(w, site_seq, story_seq, by_seq=by_seq, moment=now, now=now)


def restore_story(w: Write, site_seq: int, story_seq: int, *, by_seq: int, now: datetime) -> Story:
    """The story with its discussion as it was. Raises NotAllowed, UnknownStory."""
    return _set_withdrawn(w, site_seq, story_seq, by_seq=by_seq, moment=None, now=now)


def _set_withdrawn(
    w: Write, site_seq: int, story_seq: int, *, by_seq: int, moment: datetime | None, now: datetime
) -> Story:
    story = stories.lock(w, site_seq, story_seq)
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.CLOSE)
    if (story.withdrawn_at is None) is (moment is None):
        return story
    stories.set_withdrawn(w, story, moment)
    act = {"act": "withdraw" if moment else "restore"}
    log.append(w, site_seq, RecordKind.STORY, act, by_seq=by_seq, story_seq=story.seq, now=now)
    return stories.by_seq(w, site_seq, story_seq)
