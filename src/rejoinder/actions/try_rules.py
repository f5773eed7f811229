"""Rules are tried on what was written before. Nothing is changed, and nothing is kept."""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from msgspec.structs import replace

from rejoinder.discussion import copies
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import AN_HOUR
from rejoinder.discussion.copies import Copy
from rejoinder.discussion.past_reports import would_hide
from rejoinder.discussion.rule_places import RulePlace
from rejoinder.discussion.sites import Rules, with_rules
from rejoinder.discussion.stories import Story
from rejoinder.discussion.trying import Fate, Judged, Past, Surroundings, Trial, judged, trial
from rejoinder.store import commenters, stories, trials
from rejoinder.store.database import Read
from rejoinder.store.trials import Moment, Shared, Stepped, Written

LONGEST_REPEAT = timedelta(days=31)  # further back the rule on repeating is not tried
_LOOKED_BACK = 200  # published comments of a story: the rule on flooding looks at 100 at most, and some may be refused


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

    refused: tuple[set[int], set[int]] = (set(), set())

    def judge(past: Past) -> tuple[Judged, Judged]:
        here = ruled[past.story_seq]
        before, after = (
            judged(past, story, known.around(past, gone)) for story, gone in zip(here, refused, strict=True)
        )
        for found, gone in zip((before, after), refused, strict=True):
            if found.fate is Fate.REFUSED:
                gone.add(past.seq)
        return known.with_reports(past, before, here[0]), known.with_reports(past, after, here[1])

    return trial(pasts, judge, since=since, is_cut=len(found) > trials.MOST)


class _Known:
    """What was known when each of these comments was written, loaded in a few queries."""

    def __init__(self, r: Read, site_seq: int, pasts: Sequence[Past], rules: Sequence[Rules]) -> None:
        writers = {past.commenter_seq for past in pasts}
        since = min((past.created_at for past in pasts), default=None)
        self._people = commenters.by_seqs(r, site_seq, writers)
        self._written: dict[int, list[Written]] = {}
        self._same: dict[tuple[int, bytes], list[Written]] = {}
        self._steps: dict[int, list[Stepped]] = {}
        self._published: dict[int, list[Moment]] = {}
        self._in_story: dict[int, list[Moment]] = {}
        self._shared: dict[tuple[int, int], list[Shared]] = {}  # by which of the two marks it is, and the mark
        self._reports = trials.reports_of(r, site_seq, [past.seq for past in pasts])
        reporters = {report.by for reports in self._reports.values() for report in reports}
        self._answers = trials.answers_to(r, site_seq, reporters)
        if since is None:
            return
        window = min(max(timedelta(seconds=each.repeat_window) for each in rules), LONGEST_REPEAT)
        self._written = trials.written_by(r, site_seq, writers, since=since - max(window, AN_HOUR))
        for writer, written in self._written.items():
            for each in written:
                self._same.setdefault((writer, each.earlier.fingerprint), []).append(each)
        self._steps = trials.steps_of(r, site_seq, writers, since=since)
        newcomers = max(0 if each.ladder.on else each.newcomer_comments for each in rules)
        self._published = trials.published_moments(r, site_seq, writers, most=newcomers)
        if among := max(each.flood_among if each.flood_most else 0 for each in rules):
            of = {past.story_seq for past in pasts}
            self._in_story = trials.published_in(r, site_seq, of, since=since, before=among)
        if hours := max(each.same_text_hours if each.same_text_people else 0 for each in rules):
            for shared in trials.shared_texts(r, site_seq, since=since - timedelta(hours=hours)):
                for mark in enumerate(shared.marks):
                    self._shared.setdefault(mark, []).append(shared)

    def around(self, past: Past, gone: Container[int]) -> Surroundings:
        """What was known when this one was written, had those that are gone been refused."""
        at = past.created_at
        written = _until(self._written.get(past.commenter_seq, []), past, gone, since=at - AN_HOUR)
        same = _until(self._same.get((past.commenter_seq, past.fingerprint), []), past, gone)
        in_story = self._in_story.get(past.story_seq, [])
        until = bisect_left(in_story, at, key=lambda each: each.at)
        return Surroundings(
            commenter=self._as_they_stood(past),
            approved_before=sum(
                each.at < at and each.seq not in gone for each in self._published.get(past.commenter_seq, [])
            ),
            earlier=[each.earlier for each in same],
            recent=[each.earlier.created_at for each in written],
            last_writers=[
                each.by for each in reversed(in_story[max(0, until - _LOOKED_BACK) : until]) if each.seq not in gone
            ],
            copies=self._copies(past, gone),
        )

    def _copies(self, past: Past, gone: Container[int]) -> list[Copy]:
        """What others had written under one of its marks, as many as a post looks at."""
        found: dict[int, Copy] = {}
        for mark in enumerate(past.marks or ()):
            before = (
                each
                for each in reversed(self._shared.get(mark, []))
                if (each.copy.created_at, each.seq) < (past.created_at, past.seq)
                and each.copy.commenter_seq != past.commenter_seq
                and each.seq not in gone
            )
            found.update((each.seq, each.copy) for each in islice(before, copies.MOST))
        return list(found.values())

    def with_reports(self, past: Past, found: Judged, story: Story) -> Judged:
        """The same, hidden by reports where those would have hidden it."""
        reports = self._reports.get(past.seq, ())
        if not reports or not found.published(past):
            return found
        return replace(found, hidden=would_hide(reports, self._answers, story.rules_here))

    def _as_they_stood(self, past: Past) -> Commenter:
        person = self._people[past.commenter_seq]
        later = [step for step in self._steps.get(person.seq, ()) if step.at >= past.created_at]
        if not later:
            return person
        return replace(person, level=later[0].before, points=person.points - sum(step.points for step in later))


def _until(
    written: Sequence[Written], past: Past, gone: Container[int], *, since: datetime | None = None
) -> list[Written]:
    """What was written before this comment, from after `since`, without what is gone."""
    end = bisect_left(written, (past.created_at, past.seq), key=lambda each: (each.earlier.created_at, each.seq))
    begin = bisect_right(written, since, key=lambda each: each.earlier.created_at) if since else 0
    return [each for each in written[begin:end] if each.seq not in gone]
