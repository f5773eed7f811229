"""The desk."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.web.showcase.makers import CLOSED, EDITOR, NOW, OPEN, a_chrome, ago, an_id

from rejoinder.discussion.comments import Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.policy import REASONS
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.stories import PublishedAtSource
from rejoinder.web.pages.narrowing import WAITING
from rejoinder.web.pages.record import KINDS
from rejoinder.web.shown import desk, record
from rejoinder.web.shown.comments import Answered
from rejoinder.web.shown.page import Chrome, Page
from rejoinder.web.shown.queues import Queue, QueueCount

USUAL = desk.Times(days=14, replies=2, reactions=2, hours="22:00-06:00")


def at_desk(**known: Any) -> Chrome:
    return a_chrome(EDITOR, open_cases=38, canonical="", **known)


def a_card(name: str, text: str, *, weighed: tuple[tuple[int, int], ...] = (), **known: Any) -> desk.DeskCard:
    values: dict[str, Any] = {
        "revision": 1,
        "status": Status.PENDING,
        "written_at": ago(minutes=20),
        "pieces": desk.pieces(text, weighed),
        "person": a_person(name),
        "story": a_desk_story(),
        "waiting_since": ago(minutes=14),
    } | known
    return desk.DeskCard(id=an_id(), **values)


def a_person(name: str, **known: Any) -> desk.DeskPerson:
    values: dict[str, Any] = {
        "since": ago(days=6),
        "published": 7,
        "rejected": 4,
        "reports_made": 3,
        "recent": (True, True, False, True, True, False, True, False, True, True, False),
    } | known
    return desk.DeskPerson(id=an_id(), name=name, **values)


def a_desk_story(**known: Any) -> desk.DeskStory:
    values: dict[str, Any] = {
        "standing": OPEN,
        "comments": 214,
        "removed": 9,
        "waiting": 3,
        "published_at": ago(hours=6),
    } | known
    return desk.DeskStory(slug="ferry", headline="Ferry to run through the winter as council finds the money", **values)


def some_reports() -> tuple[desk.DeskReport, ...]:
    return (
        desk.DeskReport(
            name="Ruth E.",
            id=an_id(),
            reason=REASONS[1].label,
            note="Goes for the reporter, not for what she wrote.",
            at=ago(minutes=14),
            made=10,
            upheld=9,
        ),
        desk.DeskReport(reason=REASONS[1].label, at=ago(minutes=9)),
    )


def cards() -> tuple[desk.DeskCard, ...]:
    insult = "Of course she won’t answer. Bought and paid for, like the whole sorry lot of you people at that desk."
    return (
        a_card(
            "saltmarsh",
            insult,
            weighed=tuple(
                (insult.index(part), insult.index(part) + len(part)) for part in ("Bought and paid for", "you people")
            ),
            status=Status.PUBLISHED,
            whys=(
                desk.Why(
                    sentence="2 reports: inappropriate", is_report=True, where="weigh 2.7 of the 3 that hide a comment"
                ),
                desk.Why(
                    sentence="A word from the suspect list: bought and paid for",
                    where="rule “Suspect words”, set for the section “Opinion”",
                    address="/courier/desk/rules/sections/opinion#rule-suspect_words",
                ),
            ),
            answers=Answered(
                id=an_id(),
                name="northquay",
                excerpt="… The council’s own paper says twenty-two. Where is that number from?",
            ),
            reports=some_reports(),
        ),
        a_card(
            "J. Rowse",
            "My grandmother took that boat in 1958 and says the fare was a shilling.\n\n"
            "She would like the timetable in large print.",
            whys=(desk.Why(sentence="One of the writer’s first comments"),),
            person=a_person("J. Rowse", since=NOW, published=0, rejected=0, reports_made=0, recent=()),
            waiting_since=ago(minutes=3),
        ),
        a_card(
            "tyres_now",
            "Best winter tyres, free delivery to the islands, see https://tyres.example/" + "x" * 90,
            whys=(desk.Why(sentence="4 links, where 2 are usual"),),
            person=a_person(
                "tyres_now", is_banned=True, banned_until=NOW + timedelta(days=7), ban_reason="Advertising."
            ),
            waiting_since=ago(minutes=1),
        ),
        a_card(
            "ليلى حداد",
            "كل صباح أركب العبّارة من الجزيرة. لا بديل عنها في الشتاء.",
            whys=(desk.Why(sentence="1 report: irrelevant", is_report=True),),
            status=Status.HIDDEN,
            edited_at=ago(minutes=2),
        ),
    )


def desk_pages() -> Iterator[tuple[str, Page]]:
    counts = tuple(
        QueueCount(queue=queue, count=count) for queue, count in zip(WAITING, (38, 12, 19, 7, 2, 0, 1, 0), strict=True)
    )
    rejected = desk.DeskDecision(
        id=an_id(),
        outcome=Outcome.REJECT,
        at=NOW,
        by="R. Teague",
        reason="Attacks a person",
        note="Please argue with what she wrote.",
        may_undo=True,
    )
    done = desk.Done(decision=rejected, comment_id=an_id(), name="saltmarsh")
    yield "desk", desk.QueuePage(chrome=at_desk(), queue=Queue.ALL, counts=counts, cards=cards(), after="25")
    yield (
        "desk-done",
        desk.QueuePage(
            chrome=at_desk(),
            queue=Queue.REPORTED,
            counts=counts,
            cards=cards()[:1],
            done=done,
            is_first_page=False,
        ),
    )
    yield "desk-empty", desk.QueuePage(chrome=at_desk(), queue=Queue.HELD, counts=counts, cards=())
    decisions = (
        desk.DeskDecision(id=an_id(), outcome=Outcome.HIDE, at=ago(minutes=30), rule="flags:3"),
        desk.DeskDecision(id=an_id(), outcome=Outcome.APPROVE, at=ago(minutes=20), by="M. Lowen", is_undone=True),
        rejected,
    )
    revisions = (desk.Revision(number=1, text="Of course she won’t answer.", saved_at=ago(minutes=22)),)
    yield (
        "desk-card",
        desk.CardPage(chrome=at_desk(), queue=Queue.ALL, card=cards()[0], decisions=decisions, revisions=revisions),
    )
    reworded = desk.DeskDecision(
        id=an_id(),
        outcome=Outcome.EDIT,
        at=NOW,
        by="R. Teague",
        rule="told",
        reason="Private information about somebody",
    )
    yield (
        "desk-card-text",
        desk.CardPage(
            chrome=at_desk(),
            queue=Queue.ALL,
            card=cards()[1],
            decisions=(reworded,),
            revisions=(desk.Revision(number=1, text="Call 5550134.", saved_at=ago(minutes=22)),),
            may_change=True,
            typed="She would like the timetable in large print.",
            problem="The text is the same as before.",
        ),
    )
    yield (
        "desk-card-stale",
        desk.CardPage(
            chrome=at_desk(),
            queue=Queue.ALL,
            card=cards()[1],
            problem="The text has changed since you read it. Please read it again.",
        ),
    )
    stories = (
        a_desk_story(),
        a_desk_story(standing=CLOSED, waiting=0),
        a_desk_story(withdrawn=True, published_at=None),
    )
    yield "desk-stories", desk.DeskStoriesPage(chrome=at_desk(), stories=stories, after="3")
    yield (
        "desk-story",
        desk.DeskStoryPage(
            chrome=at_desk(),
            story=stories[0],
            times=desk.ShownTimes(own=desk.Times(), inherited=USUAL),
            tags=("Ferries", "Harbour council"),
            source=PublishedAtSource.PUBLISHER,
            notice="The discussion is open again.",
        ),
    )
    yield (
        "desk-story-closed",
        desk.DeskStoryPage(
            chrome=at_desk(),
            story=stories[1],
            tags=("suicide",),
            closed_by="tags",
            times=desk.ShownTimes(own=desk.Times(days=2.5, replies=2, hours="22:00-06:00, saturday"), inherited=USUAL),
        ),
    )
    yield (
        "desk-story-withdrawn",
        desk.DeskStoryPage(
            chrome=at_desk(), story=stories[2], times=desk.ShownTimes(own=desk.Times(), inherited=USUAL)
        ),
    )
    yield (
        "desk-times",
        desk.TimesPage(
            chrome=at_desk(),
            times=(
                desk.ShownTimes(name="The Harbour Courier", own=USUAL, inherited=desk.Times(days=14)),
                desk.ShownTimes(
                    key="opinion",
                    name="Opinion",
                    own=desk.Times(days=3, hours="-"),
                    inherited=USUAL,
                ),
            ),
            zone="Europe/London",
            notice="The times are set.",
        ),
    )
    usual = desk.ShownTimes(own=desk.Times(), inherited=USUAL)
    merge = desk.DeskMerge(id=an_id(), slug="winter", headline="Winter ferry decided", at=ago(hours=2), by="R. Teague")
    yield "desk-story-has-others", desk.DeskStoryPage(chrome=at_desk(), story=stories[0], times=usual, has=(merge,))
    yield (
        "desk-story-part-of-another",
        desk.DeskStoryPage(chrome=at_desk(), story=stories[0], times=usual, part_of=merge),
    )
    yield (
        "desk-merge",
        desk.MergePage(
            chrome=at_desk(),
            story=stories[0],
            into=stories[1],
            held=4,
            reports=1,
            addresses=("https://www.courier.example/winter", "https://amp.courier.example/winter"),
        ),
    )
    written = tuple(
        desk.PersonComment(
            id=an_id(),
            excerpt=f"Of course she won’t answer ({status}).",
            headline=stories[0].headline,
            written_at=ago(hours=1),
            status=status,
            reason="Attacks a person" if status is Status.REMOVED else "",
        )
        for status in Status
    )
    yield "desk-person", desk.PersonPage(chrome=at_desk(), person=a_person("saltmarsh"), comments=written)
    yield (
        "desk-person-banned",
        desk.PersonPage(chrome=at_desk(), person=a_person("tyres_now", is_banned=True, ban_reason="Advertising.")),
    )
    entries = tuple(
        record.LogEntry(
            number=number,
            kind=RecordKind.DECISION,
            at=each.at,
            decision=each,
            comment_id=an_id(),
            name="saltmarsh",
            excerpt="Of course she won’t answer. Bought and paid for, like the whole sorry lot…",
        )
        for number, each in enumerate(decisions, 20)
    )
    kinds = tuple(record.Choice(value=each.value, label=label) for each, label in KINDS.items())
    choices: dict[str, Any] = {"kinds": kinds, "editors": (record.Choice(value="1", label="Rosa Teague"),)}
    everything = (*_other_entries(), *entries)
    yield "desk-log", record.LogPage(chrome=at_desk(), entries=everything, after="9", **choices)
    yield "desk-log-none", record.LogPage(chrome=at_desk(), entries=(), kind="merge", **choices)


def _other_entries() -> Iterator[record.LogEntry]:
    """An entry of each kind that is no decision."""
    ferry = {"slug": "ferry", "headline": "Ferry to run through the winter as council finds the money"}
    words: tuple[tuple[RecordKind, str, dict[str, Any]], ...] = (
        (RecordKind.ROLE, "Gave another role: reader to moderator", {"name": "hale", "person_id": an_id(), "by": None}),
        (RecordKind.MERGE, "Made the discussion part of another", ferry),
        (RecordKind.STORY, "Took the discussion out of sight", ferry),
        (
            RecordKind.PICK,
            "Picked the comment",
            {"name": "saltmarsh", "comment_id": an_id(), "excerpt": "I work the boat."},
        ),
        (RecordKind.PERSON, "People: warn", {"name": "tyres_now", "person_id": an_id(), "is_erased": True}),
        (RecordKind.ERASURE, "Took the words out of 3 entries", {"by": None}),
    )
    longest = record.RuleChange(label="Longest comment", before=None, after="3,000 characters")
    banned = record.RuleChange(label="Banned words", before="scam", after="scam, tyres cheap tyres")
    changes = (longest, banned)
    yield record.LogEntry(
        number=40,
        kind=RecordKind.RULES,
        at=ago(minutes=3),
        words="Changed the rules",
        by="Rosa Teague",
        changes=changes,
    )
    for number, (kind, said, known) in enumerate(words, 30):
        about = {"by": "Rosa Teague"} | known
        yield record.LogEntry(number=number, kind=kind, at=ago(minutes=number), words=said, **about)
