"""Races on a story, on the rules, the policy and the views of the desk."""

from collections.abc import Callable
from typing import Any

from tests.actions.races.desk import SOON, Act, Both, Desk, Race, either
from tests.actions.races.on_comments import DECIDE, LOCK, PICK, TEXT, UNDO, Card
from tests.makers import after

from rejoinder.actions.change_texts import change_texts
from rejoinder.actions.close_story import close_story, reopen_story, restore_story, withdraw_story
from rejoinder.actions.keep_view import keep_view, let_view_go
from rejoinder.actions.merge_stories import merge_stories, part_stories
from rejoinder.actions.publish_policy import publish_policy
from rejoinder.actions.set_rules import SetRules, place_of, set_rules, set_times
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.closing import open_for
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.merging import Merge
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.policy import Clause, Content, Wording
from rejoinder.discussion.refusals import (
    AlreadyMerged,
    MergeUndone,
    PolicyRewritten,
    RulesChanged,
    SameStory,
    Stale,
    TimesChanged,
    UnknownView,
)
from rejoinder.discussion.rule_places import times_mark
from rejoinder.store import decisions, sites
from rejoinder.store.database import Write

_STORY = "POST /{site}/desk/stories/{slug}"
CLOSE, REOPEN, WITHDRAW, RESTORE, TIMES, MERGE = (
    (f"{_STORY}/{last}",) for last in ("close", "reopen", "withdraw", "restore", "rules", "merge")
)
PART = ("POST /{site}/desk/merges/{id}/undo",)
POLICY = ("POST /{site}/desk/policy",)
SITE_TIMES = ("POST /{site}/desk/times",)
SECTION_TIMES = ("POST /{site}/desk/times/{section}",)
SITE_RULES = ("POST /{site}/desk/rules",)
SECTION_RULES = ("POST /{site}/desk/rules/sections/{key}",)
STORY_RULES = ("POST /{site}/desk/rules/stories/{slug}",)
VIEWS = ("POST /{site}/desk/views",)
LET_GO = ("POST /{site}/desk/views/{id}/let-go",)


def closing(desk: Desk) -> Both:
    return either(desk, lambda w, by: close_story(w, desk.site.seq, desk.story.seq, by_seq=by.seq, now=SOON))


def reopening(desk: Desk) -> Both:
    desk.write(lambda w: close_story(w, desk.site.seq, desk.story.seq, by_seq=desk.third.seq, now=after(hours=2)))
    seen = times_mark(desk.story_now().rules)

    def reopen(w: Write, by: Commenter) -> object:
        days = 2 if by is desk.first else 7
        return reopen_story(w, desk.site.seq, desk.story.seq, by_seq=by.seq, days=days, seen=seen, now=SOON)

    return either(desk, reopen)


def withdrawing(desk: Desk) -> Both:
    return either(desk, lambda w, by: withdraw_story(w, desk.site.seq, desk.story.seq, by_seq=by.seq, now=SOON))


def restoring(desk: Desk) -> Both:
    by_seq = desk.third.seq
    desk.write(lambda w: withdraw_story(w, desk.site.seq, desk.story.seq, by_seq=by_seq, now=after(hours=2)))
    return either(desk, lambda w, by: restore_story(w, desk.site.seq, desk.story.seq, by_seq=by.seq, now=SOON))


def merging(desk: Desk) -> Both:
    other, _ = desk.comment_elsewhere()
    return either(
        desk, lambda w, by: merge_stories(w, desk.site.seq, other.seq, desk.story.seq, by_seq=by.seq, now=SOON)
    )


def merging_each_the_other_way(desk: Desk) -> Both:
    other, _ = desk.comment_elsewhere()
    site, one, two = desk.site.seq, desk.story.seq, other.seq
    return (
        lambda w: merge_stories(w, site, one, two, by_seq=desk.first.seq, now=SOON),
        lambda w: merge_stories(w, site, two, one, by_seq=desk.second.seq, now=SOON),
    )


def parting(desk: Desk) -> Both:
    other, _ = desk.comment_elsewhere()
    site, by_seq = desk.site.seq, desk.third.seq
    merge = desk.write(lambda w: merge_stories(w, site, other.seq, desk.story.seq, by_seq=by_seq, now=after(hours=2)))
    return either(desk, lambda w, by: part_stories(w, site, merge.id, by_seq=by.seq, now=SOON))


def _merged(desk: Desk) -> tuple[Merge, Comment]:
    """Two stories that are one, and a comment of the one that went, as its card shows it now."""
    other, comment = desk.comment_elsewhere()
    desk.earlier(comment, Outcome.APPROVE)
    site, by_seq = desk.site.seq, desk.third.seq
    merge = desk.write(lambda w: merge_stories(w, site, other.seq, desk.story.seq, by_seq=by_seq, now=after(hours=2)))
    return merge, desk.again(comment)


def parts_and(name: str, routes: tuple[str, ...], do: Callable[[Desk, Card], Act], line: str) -> Race:
    """The second does something about a comment that the first moves back under its own story."""

    def begin(desk: Desk) -> Both:
        merge, comment = _merged(desk)
        act = do(desk, Card(desk, comment))
        return (lambda w: part_stories(w, desk.site.seq, merge.id, by_seq=desk.first.seq, now=SOON)), act

    written = ("merge: part by the first",)
    return Race(
        name=f"part stories and {name}",
        routes=(*PART, *routes),
        begin=begin,
        told=Stale,
        written=written,
        in_turn=(*written, f"{line} by the second"),
    )


def _decides(outcome: Outcome) -> Callable[[Desk, Card], Act]:
    return lambda desk, card: lambda w: card.decide(w, desk.second, outcome)


def _undoes(desk: Desk, card: Card) -> Act:
    [approved] = desk.read(lambda r: decisions.of_comment(r, desk.site.seq, card.comment.seq))
    return lambda w: undo_decision(w, desk.site.seq, approved.id, by_seq=desk.second.seq, now=SOON)


def merging_and_deciding(desk: Desk) -> Both:
    other, comment = desk.comment_elsewhere()
    card, site = Card(desk, comment), desk.site.seq
    return (
        lambda w: merge_stories(w, site, other.seq, desk.story.seq, by_seq=desk.first.seq, now=SOON),
        lambda w: card.decide(w, desk.second, Outcome.APPROVE),
    )


def publishing(section: str | None) -> Callable[[Desk], Both]:
    """A version each, written from the same one."""

    def begin(desk: Desk) -> Both:
        desk.write(lambda w: sites.section_made(w, desk.site.seq, key="harbour", name="Harbour"))

        def publish(w: Write, by: Commenter) -> object:
            words = Wording(sentence=f"{by.name} asks for the harbour.")
            content = Content(clauses=(Clause(reasons=("irrelevant",), words={"en": words}),))
            seen = 0 if section else 1
            return publish_policy(w, desk.site, content, by_seq=by.seq, section=section, seen=seen, now=SOON)

        return either(desk, publish)

    return begin


def _sets_times(desk: Desk, by: Commenter, changes: dict[str, Any], **where: str) -> Act:
    seen = times_mark(desk.read(lambda r: place_of(r, desk.site.seq, **where)).own)
    order = SetRules(site_seq=desk.site.seq, by_seq=by.seq, changes=changes, seen=seen, **where)
    return lambda w: set_times(w, order, now=SOON)


def _sets_rules(desk: Desk, by: Commenter, changes: dict[str, Any], **where: str) -> Act:
    seen = desk.read(lambda r: place_of(r, desk.site.seq, **where)).mark
    order = SetRules(site_seq=desk.site.seq, by_seq=by.seq, changes=changes, seen=seen, **where)
    return lambda w: set_rules(w, order, now=SOON)


WHERE: dict[str, Callable[[Desk], dict[str, str]]] = {
    "the site": lambda _desk: {},
    "a section": lambda _desk: {"section": "harbour"},
    "a story": lambda desk: {"slug": desk.story.slug},
}


_TIMES = {"schedule": open_for(3)}, {"schedule": open_for(9), "closed_hours": ("22:00-06:00",)}
_RULES = {"links": 7}, {"longest": 500}


def sets(where: str, routes: tuple[str, ...], *, times: bool = False) -> Race:
    """A form each, of the rules or of the times, drawn before either was sent."""
    do, (first, second) = (_sets_times, _TIMES) if times else (_sets_rules, _RULES)

    def begin(desk: Desk) -> Both:
        desk.write(lambda w: sites.section_made(w, desk.site.seq, key="harbour", name="Harbour"))
        named = WHERE[where](desk)
        return do(desk, desk.first, first, **named), do(desk, desk.second, second, **named)

    name, told = f"{'times' if times else 'rules'} of {where}", TimesChanged if times else RulesChanged
    return Race(name=name, routes=routes, begin=begin, told=told, written=("rules by the first",))


def _keeps(desk: Desk, by: Commenter) -> Act:
    site, query = desk.site.seq, {"queue": "reported"}
    return lambda w: keep_view(w, site, by_seq=by.seq, name="Reported", query=query, for_everybody=True, now=SOON)


def keeping(desk: Desk) -> Both:
    return _keeps(desk, desk.first), _keeps(desk, desk.second)


def letting_go(desk: Desk) -> Both:
    site, query = desk.site.seq, {"queue": "reported"}
    kept = desk.write(
        lambda w: keep_view(
            w, site, by_seq=desk.third.seq, name="Reported", query=query, for_everybody=True, now=after(hours=2)
        )
    )
    return either(desk, lambda w, by: let_view_go(w, site, kept.id, by_seq=by.seq))


def wording(desk: Desk) -> Both:
    return (
        lambda w: change_texts(w, desk.site.seq, {"invitation": "What did you see?"}, now=SOON),
        lambda w: change_texts(w, desk.site.seq, {"closed": "The boat has left."}, now=SOON),
    )


RACES: tuple[Race, ...] = (
    Race(name="close a story", routes=CLOSE, begin=closing, written=("rules by the first",)),
    Race(name="open a story again", routes=REOPEN, begin=reopening, told=TimesChanged, written=("rules by the first",)),
    Race(name="withdraw a story", routes=WITHDRAW, begin=withdrawing, written=("story: withdraw by the first",)),
    Race(name="restore a story", routes=RESTORE, begin=restoring, written=("story: restore by the first",)),
    Race(name="merge stories", routes=MERGE, begin=merging, told=AlreadyMerged, written=("merge: merge by the first",)),
    Race(
        name="merge stories, each the other way",
        routes=MERGE,
        begin=merging_each_the_other_way,
        told=SameStory,
        written=("merge: merge by the first",),
    ),
    Race(name="part stories", routes=PART, begin=parting, told=MergeUndone, written=("merge: part by the first",)),
    Race(
        name="merge stories and decide",
        routes=(*MERGE, *DECIDE),
        begin=merging_and_deciding,
        written=("merge: merge by the first", "decision: approve by the second"),
    ),
    parts_and("reject", DECIDE, _decides(Outcome.REJECT), "decision: reject"),
    parts_and("put last", DECIDE, _decides(Outcome.LOWER), "decision: lower"),
    parts_and("undo", UNDO, _undoes, "decision: undo"),
    parts_and("pick", PICK, lambda desk, card: lambda w: card.pick(w, desk.second), "pick"),
    parts_and("close a thread", LOCK, lambda desk, card: lambda w: card.lock(w, desk.second), "decision: lock"),
    parts_and("change a text", TEXT, lambda desk, card: lambda w: card.reword(w, desk.second), "decision: edit"),
    Race(
        name="publish the policy",
        routes=POLICY,
        begin=publishing(None),
        told=PolicyRewritten,
        written=("policy by the first",),
    ),
    Race(
        name="publish what a section adds",
        routes=POLICY,
        begin=publishing("harbour"),
        told=PolicyRewritten,
        written=("policy by the first",),
    ),
    sets("the site", SITE_TIMES, times=True),
    sets("a section", SECTION_TIMES, times=True),
    sets("a story", TIMES, times=True),
    sets("the site", SITE_RULES),
    sets("a section", SECTION_RULES),
    sets("a story", STORY_RULES),
    Race(name="keep a view", routes=VIEWS, begin=keeping, written=("view Reported",)),
    Race(name="let a view go", routes=LET_GO, begin=letting_go, told=UnknownView),
    Race(name="word the site", routes=(), begin=wording, written=("text invitation", "text closed")),
)
