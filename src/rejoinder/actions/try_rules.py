"""Rules are tried on what was written before. Nothing is changed, and nothing is kept."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import AN_HOUR, Earlier
from rejoinder.discussion.rule_places import RulePlace
from rejoinder.discussion.sites import Rules, with_rules
from rejoinder.discussion.trying import Judged, Past, Surroundings, Trial, judged, trial
from rejoinder.store import commenters, stories, trials
from rejoinder.store.database import Read
from rejoinder.store.trials import Stepped, Written

LONGEST_REPEAT = timedelta(days=31)  # further back the rule on repeating is not tried


def try_rules(r: Read, place: RulePlace, changes: Mapping[str, Any], *, days: int, now: datetime) -> Trial:
    """What these changes would have done in so many days up to `now`, beside what the rules do as they are. Each
    comment is judged by what was known when it was written, as if editors decided what is held at once. Raises
    BadRules.
    """
    since = now - timedelta(days=days)
    found = trials.newest(
        r,
        place.site.seq,
        since=since,
        section_seq=place.section.seq if place.section else None,
        story_seq=place.story.seq if place.story else None,
    )
    pasts = found[-trials.MOST :]
    about = stories.by_seqs(r, place.site.seq, {past.story_seq for past in pasts})
    own = with_rules(place.own, changes)
    ruled = {seq: (place.under(story, place.own), place.under(story, own)) for seq, story in about.items()}
    known = _Known(r, place.site.seq, pasts, [story.rules_here for both in ruled.values() for story in both])

    def judge(past: Past) -> tuple[Judged, Judged]:
        around = known.around(past)
        before, after = ruled[past.story_seq]
        return judged(past, before, around), judged(past, after, around)

    return trial(pasts, judge, since=since, is_cut=len(found) > trials.MOST)


class _Known:
    """What was known when each of these comments was written, loaded in a few queries."""

    def __init__(self, r: Read, site_seq: int, pasts: Sequence[Past], rules: Sequence[Rules]) -> None:
        writers = {past.commenter_seq for past in pasts}
        since = min((past.created_at for past in pasts), default=None)
        self._people = commenters.by_seqs(r, site_seq, writers)
        self._written: dict[int, list[Written]] = {}
        self._steps: dict[int, list[Stepped]] = {}
        self._published: dict[int, list[datetime]] = {}
        self._in_story: dict[int, list[tuple[datetime, int]]] = {}
        if since is None:
            return
        window = min(max(timedelta(seconds=each.repeat_window) for each in rules), LONGEST_REPEAT)
        self._written = trials.written_by(r, site_seq, writers, since=since - max(window, AN_HOUR))
        self._steps = trials.steps_of(r, site_seq, writers, since=since)
        newcomers = max(0 if each.ladder.on else each.newcomer_comments for each in rules)
        self._published = trials.published_moments(r, site_seq, writers, most=newcomers)
        among = max(each.flood_among if each.flood_most else 0 for each in rules)
        if among:
            of = {past.story_seq for past in pasts}
            self._in_story = trials.published_in(r, site_seq, of, since=since, before=among)

    def around(self, past: Past) -> Surroundings:
        """What was known when this one was written."""
        at = past.created_at
        before = self._before(past)
        in_story = self._in_story.get(past.story_seq, [])
        until = bisect_left(in_story, at, key=lambda each: each[0])
        return Surroundings(
            commenter=self._as_they_stood(past),
            approved_before=bisect_right(self._published.get(past.commenter_seq, []), at),
            earlier=[each for each in before if each.fingerprint == past.fingerprint],
            recent=[each.created_at for each in before if at - each.created_at < AN_HOUR],
            last_writers=[writer for _, writer in reversed(in_story[max(0, until - 100) : until])],
        )

    def _before(self, past: Past) -> list[Earlier]:
        written = self._written.get(past.commenter_seq, [])
        place = bisect_left(written, (past.created_at, past.seq), key=lambda each: (each.earlier.created_at, each.seq))
        return [each.earlier for each in written[:place]]

    def _as_they_stood(self, past: Past) -> Commenter:
        person = self._people[past.commenter_seq]
        later = [step for step in self._steps.get(person.seq, ()) if step.at > past.created_at]
        if not later:
            return person
        return replace(person, level=later[0].before, points=person.points - sum(step.points for step in later))
