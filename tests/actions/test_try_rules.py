"""Rules tried on history: the counts are those that the real post path gives once the rules are switched on."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from tests.makers import Setting, a_comment, a_commenter, a_decision, a_flag, a_site, a_story, after, an_editor

from rejoinder.actions.change_rules import change_site_rules, change_story_rules
from rejoinder.actions.try_rules import try_rules
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import BadRules, Refusal
from rejoinder.discussion.rule_places import RulePlace
from rejoinder.discussion.sites import Site
from rejoinder.discussion.stories import Story
from rejoinder.discussion.trying import Fate, Trial
from rejoinder.store import sites, stories, trials
from rejoinder.store.database import Database, Write

PRE = {"mode": "pre-moderated", "repeat_window": 0, "links": 9}
WRITERS = ("northquay", "Ada Byrne", "tidewatcher", "Sol")
TEXTS = (
    "The early boat was full again.",
    "What a keel that ferry has!",
    "See https://a.example and https://b.example and https://c.example for the figures.",
    "THE COUNCIL HAS NEVER LISTENED TO THE HARBOUR",
    "Die Fähre war heute nicht voll, und das ist auch für die Werft gut.",
    "Ok.",
    "I counted nine on Monday, which is more than they said of the boat and of the winter.",
    "K e e l, they say; the keel is sound.",
)


def written() -> Iterator[tuple[int, int, str, datetime]]:
    """Eighty comments over a day: who, under which of two stories, what, when. Some texts come twice."""
    for number in range(80):
        text = TEXTS[number % len(TEXTS)]
        if number % 5:
            text = f"{text} And {number} more."
        yield (number * 7 // 5) % len(WRITERS), (number // 3) % 2, text, after(hours=1, minutes=number * 17)


class Replayed:
    """A site on which everything written was sent, and what was held was decided at once: approved, unless a text has
    the word that editors reject.
    """

    def __init__(self, setting: Setting, *, key: str, rules: dict[str, Any], rejects: str = "") -> None:
        self.setting, self.rejects, self.fates = setting, rejects, Counter[Fate]()
        self.site, self.stories, self.people, self.editor = setting.write(lambda w: self._begin(w, key, rules))
        for who, where, text, now in written():
            self.fates[self._send(self.people[who], self.stories[where], text, now)] += 1

    def _begin(self, w: Write, key: str, rules: dict[str, Any]) -> tuple[Site, list[Story], list[Commenter], Commenter]:
        site = a_site(w, key=key, **rules)
        under = [a_story(w, site, headline="The ferry"), a_story(w, site, headline="The winter", section="Weather")]
        return site, under, [a_commenter(w, site, name) for name in WRITERS], an_editor(w, site, "R. Teague")

    def _send(self, by: Commenter, story: Story, text: str, now: datetime) -> Fate:
        try:
            posted = self.setting.write(lambda w: a_comment(w, story, by, text, now=now)).comment
        except Refusal:
            return Fate.REFUSED
        if posted.status is Status.PUBLISHED:
            return Fate.PUBLISHED
        outcome = Outcome.REJECT if self.rejects and self.rejects in text else Outcome.APPROVE
        self.setting.write(lambda w: a_decision(w, posted, self.editor, outcome, now=now))
        return Fate.HELD

    def trial(self, changes: dict[str, Any], *, days: int = 7, now: datetime | None = None) -> Trial:
        return tried(self.setting, self.site, changes, days=days, now=now)


def tried(
    setting: Setting, site: Site, changes: dict[str, Any], *, days: int = 7, now: datetime | None = None
) -> Trial:
    """The changes tried on the site, two days after NOON unless told otherwise."""
    place = RulePlace(site=setting.read(lambda r: sites.by_seq(r, site.seq)))
    return setting.read(lambda r: try_rules(r, place, changes, days=days, now=now or after(days=2)))


@pytest.mark.parametrize(
    "changes",
    [
        {"suspect_words": ["keel"]},
        {"banned_words": ["winter"], "suspect_words": ["nine"]},
        {"links": 0},
        {"capitals": 50},
        {"languages": ["en"]},
        {"mode": "pre-moderated"},
        {"mode": "closed"},
        {"who": "staff"},
        {"who": "recognised"},
        {"shortest": 10},
        {"longest": 60},
        {"newcomer_comments": 3},
        {"flood_most": 2, "flood_among": 5},
        {"same_text_people": 1, "same_text_hours": 1},
        {"same_text_people": 2, "same_text_hours": 168},
        {"same_text_people": 1, "posts_per_hour": 1},
        {"same_elsewhere": "refused", "repeat_window": 172_800},
        {"same_elsewhere": "held", "repeat_window": 172_800},
        {"posts_per_hour": 1},
        {"schedule": [{"phase": "open", "lasts": "PT9H"}]},
        {"closed_hours": ["14:00-16:00"]},
        {"tags": ["courts"], "for_tags": [{"tag": "Courts", "rules": {"mode": "pre-moderated"}}]},
    ],
    ids=" ".join,
)
def test_rules_tried_and_then_switched_on_give_the_counts_they_promised(
    database: Database, changes: dict[str, Any]
) -> None:
    setting = Setting(database)
    lax = {"repeat_window": 0, "suspect_words": []}
    history = Replayed(setting, key="before", rules=lax)
    assert history.fates[Fate.REFUSED] == 0

    promised = history.trial(changes)
    came = Replayed(setting, key="after", rules=lax | changes).fates

    assert (promised.looked_at, promised.held.count, promised.refused.count) == (
        80,
        came[Fate.HELD],
        came[Fate.REFUSED],
    )
    assert came[Fate.HELD] + came[Fate.REFUSED] > 0
    assert (promised.held_today, promised.refused_today) == (history.fates[Fate.HELD], 0)


def test_it_says_what_editors_made_of_what_would_be_held(database: Database) -> None:
    history = Replayed(Setting(database), key="before", rules=PRE, rejects="keel")

    found = history.trial({"mode": "post-moderated", "suspect_words": ["keel", "nine"]})

    assert (found.held.count, found.held.approved, found.held.rejected, found.held.unread) == (30, 10, 20, 0)
    assert (found.held_today, found.freed) == (80, 50)
    assert found.reasons == (("suspect-words", 30),)


def test_trying_changes_nothing_and_shows_the_newest_that_would_fare_otherwise(database: Database) -> None:
    history = Replayed(Setting(database), key="before", rules={"repeat_window": 0})
    before = history.setting.read(lambda r: sites.by_seq(r, history.site.seq))

    found = history.trial({"suspect_words": ["keel"]})

    assert history.setting.read(lambda r: sites.by_seq(r, history.site.seq)) == before
    assert len(found.examples) == 10
    assert [example.past.seq for example in found.examples] == sorted(
        (example.past.seq for example in found.examples), reverse=True
    )
    assert {example.after.findings[0].data["words"] for example in found.examples} == {"keel"}


def test_a_section_and_a_story_are_tried_on_their_own_comments_and_keep_their_own_rules(database: Database) -> None:
    setting = Setting(database)
    history = Replayed(setting, key="before", rules={"repeat_window": 0})
    ferry, winter = history.stories
    setting.write(lambda w: change_story_rules(w, ferry.site_seq, ferry.seq, {"links": 9}, by_seq=None, now=after()))
    site = setting.read(lambda r: sites.by_seq(r, history.site.seq))
    section = setting.read(lambda r: sites.section(r, site.seq, "weather"))
    story = setting.read(lambda r: stories.by_seq(r, site.seq, ferry.seq))

    def found(place: RulePlace) -> tuple[int, int]:
        result = setting.read(lambda r: try_rules(r, place, {"links": 0}, days=7, now=after(days=2)))
        return result.looked_at, result.held.count

    whole = found(RulePlace(site=site))
    in_section = found(RulePlace(site=site, section=section))
    in_story = found(RulePlace(site=site, story=story))
    assert whole[0] == in_section[0] + in_story[0] == 80
    assert whole[1] == in_section[1]  # the story's own rule on links wins over the site's
    assert in_story[1] > 0
    assert winter.section_seq == section.seq


def test_only_the_days_asked_for_and_the_newest_are_looked_at(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = Replayed(Setting(database), key="before", rules={"repeat_window": 0})

    lately = history.trial({"links": 0}, days=1, now=after(hours=36))
    monkeypatch.setattr(trials, "MOST", 20)
    newest = history.trial({"links": 0})

    assert 0 < lately.looked_at < 80
    assert (newest.looked_at, newest.is_cut, lately.is_cut) == (20, True, False)


def test_levels_are_those_of_the_time(database: Database) -> None:
    ladder = {"on": True, "recognised_at": 2, "new_below": 1}
    setting = Setting(database, ladder=ladder)
    comments: list[Comment] = []
    for number in range(4):
        now = after(hours=number + 1)
        posted = setting.post(f"Boat {number}.", now=now)
        if posted.status is Status.PENDING:
            setting.decide(posted, Outcome.APPROVE, now=now)
        comments.append(posted)

    found = tried(setting, setting.site, {"suspect_words": ["boat"], "ladder": ladder | {"experts_skip_lists": True}})

    assert [comment.status for comment in comments] == [Status.PENDING] * 2 + [Status.PUBLISHED] * 2
    assert (found.held_today, found.held.count) == (2, 4)
    assert dict(found.reasons) == {"suspect-words": 4, "newcomer": 2}


def test_staff_and_imports_are_not_held(database: Database) -> None:
    setting = Setting(database)
    desk = setting.write(lambda w: a_commenter(w, setting.site, "desk hand", role=Role.MODERATOR))
    setting.post("Keel.", by=desk)

    assert tried(setting, setting.site, {"suspect_words": ["keel"]}).held.count == 0


def test_an_empty_place_and_bad_rules(either_database: Database) -> None:
    setting = Setting(either_database)

    assert tried(setting, setting.site, {"links": 0}).looked_at == 0
    with pytest.raises(BadRules):
        tried(setting, setting.site, {"links": "many"})


def test_both_databases_look_back_alike(either_database: Database) -> None:
    setting = Setting(either_database)
    setting.write(lambda w: change_site_rules(w, setting.site.seq, {"mode": "pre-moderated"}, by_seq=None, now=after()))
    for text in ("Keel one.", "Boat two.", "Keel three."):
        comment = setting.post(text)
        setting.decide(comment, Outcome.APPROVE if "one" in text else Outcome.REJECT)

    found = tried(
        setting,
        setting.site,
        {"mode": "post-moderated", "suspect_words": ["keel"], "flood_most": 5, "newcomer_comments": 1},
    )

    assert (found.looked_at, found.held.count, found.held.approved, found.held.rejected) == (3, 3, 1, 2)
    assert dict(found.reasons) == {"suspect-words": 2, "newcomer": 3}


class Reported:
    """A site where people reported ten comments, and an editor answered most of them: "right" is upheld, "wrong" is
    not.
    """

    def __init__(self, setting: Setting, *, key: str, rules: dict[str, Any]) -> None:
        self.setting = setting
        self.site = setting.write(lambda w: a_site(w, key=key, **rules))
        self.story = setting.write(lambda w: a_story(w, self.site))
        names = ("writer", "right", "wrong", "third")
        self.people = {name: setting.write(lambda w, n=name: a_commenter(w, self.site, n)) for name in names}  # type: ignore[misc] # the default binds the loop's value
        self.editor = setting.write(lambda w: an_editor(w, self.site, "R. Teague"))
        self.hidden = sum(self._reported(number) for number in range(10))

    def _reported(self, number: int) -> bool:
        now = after(hours=number + 1)
        writer = self.people["writer"]
        text = f"{'Keel' if number == 8 else 'Boat'} {number}."
        comment = self.setting.write(lambda w: a_comment(w, self.story, writer, text, now=now)).comment
        if comment.status is Status.PENDING:
            self._decide(comment, Outcome.APPROVE, now=now)
        who = ("right", "wrong", "third")[: number % 3 + 1] if number % 2 else ("wrong", "third")
        for place, name in enumerate(who):
            self._flag(comment, now=after(hours=number + 1, minutes=place + 1), by=self.people[name])
        self._flag(comment, now=after(hours=number + 1, minutes=9), device=number % 2)
        hidden = self.setting.again(comment).status is Status.HIDDEN
        if number != 5:
            outcome = Outcome.REJECT if "right" in who else Outcome.APPROVE
            self._decide(comment, outcome, now=after(hours=number + 1, minutes=30))
        return hidden

    def _flag(self, comment: Comment, **known: Any) -> None:
        self.setting.write(lambda w: a_flag(w, comment, **known))

    def _decide(self, comment: Comment, outcome: Outcome, *, now: datetime) -> None:
        self.setting.write(lambda w: a_decision(w, comment, self.editor, outcome, now=now))


@pytest.mark.parametrize(
    "changes",
    [
        {"flags_to_hide": 1},
        {"flags_to_hide": 2},
        {"flags_to_hide": 3},
        {"flags_to_hide": 3, "weigh_reports": False},
        {"flags_to_hide": 2, "suspect_words": ["keel"]},
    ],
)
def test_reports_tried_and_then_switched_on_hide_what_was_promised(
    either_database: Database, changes: dict[str, Any]
) -> None:
    setting = Setting(either_database)
    history = Reported(setting, key="before", rules={"flags_to_hide": 0})

    promised = tried(setting, history.site, changes)
    came = Reported(setting, key="after", rules=changes)

    assert history.hidden == promised.hidden_today == 0
    assert promised.hidden.count == came.hidden > 0
    assert promised.hidden.approved + promised.hidden.rejected + promised.hidden.unread == came.hidden
