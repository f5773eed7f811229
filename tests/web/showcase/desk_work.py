"""Working at the desk: claims, notes, second opinions, batches, what says almost the same."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace
from tests.web.showcase.desk import a_card, a_desk_story, at_desk, cards
from tests.web.showcase.makers import NOW, ago, an_id

from rejoinder.discussion.desk_notes import NoteKind
from rejoinder.discussion.differences import differences
from rejoinder.discussion.moderation import Outcome
from rejoinder.web.shown import desk, desk_lists
from rejoinder.web.shown.desk_work import CardWork, Care, Checked, Colleague, ShownNote
from rejoinder.web.shown.page import Page
from rejoinder.web.shown.queues import Queue, QueueCount

LEAD = "The council pays for four sailings a day until March. Whether that is enough is another question."
ASKED = ShownNote(kind=NoteKind.ASKED, text="Is this still satire?", by="M. Lowen", at=ago(minutes=6))
NOTES = (
    ShownNote(
        kind=NoteKind.NOTE,
        text="Third time this week that somebody goes for her; see the log.",
        by="S. Pell",
        at=ago(hours=3),
        is_about_person=True,
    ),
    ASKED,
)
ANSWERED = ShownNote(kind=NoteKind.OTHERWISE, text="No: it names her.", by="S. Pell", at=ago(minutes=2))
CHECKS = (
    Checked(sentence="May insult someone", score=0.81),
    Checked(sentence="A word from the suspect list: bought and paid for"),
)
TYRES = "Best winter tyres for the islands, free delivery before noon, ask for number {0}."


def worked(card: desk.DeskCard, **known: Any) -> desk.DeskCard:
    return replace(card, work=CardWork(has_cases=True, **known), story=a_desk_story(lead=LEAD))


def decided(name: str, outcome: Outcome, reason: str = "") -> desk.Done:
    decision = desk.DeskDecision(
        id=an_id(), outcome=outcome, at=NOW, by="R. Teague", reason=reason, may_undo=outcome is not Outcome.UNDO
    )
    return desk.Done(decision=decision, comment_id=an_id(), name=name)


def desk_work_pages() -> Iterator[tuple[str, Page]]:
    insult, boat, tyres, arabic = cards()
    some = (
        worked(insult, notes=NOTES, question=ASKED, may_answer=True, checks=CHECKS),
        worked(boat, claimed_by="M. Lowen"),
        worked(tyres, alike=4, assigned_to="S. Pell"),
        worked(arabic, is_blurred=True),
    )
    counts = tuple(QueueCount(queue=queue, count=4) for queue in Queue)
    yield "desk-work", desk.QueuePage(chrome=at_desk(), queue=Queue.ALL, counts=counts, cards=some)
    alike = tuple(worked(a_card(f"tyres {n}", TYRES.format(n)), alike=2) for n in (7, 8, 812))
    yield (
        "desk-alike",
        desk_lists.CardsPage(chrome=at_desk(), kind="alike", queue=Queue.ALL, counts=(), cards=alike, chosen=True),
    )
    yield (
        "desk-mine",
        desk_lists.CardsPage(chrome=at_desk(), kind="mine", queue=Queue.ALL, counts=(), cards=some[:1]),
    )
    yield (
        "desk-mine-empty",
        desk_lists.CardsPage(
            chrome=at_desk(), kind="mine", queue=Queue.ALL, counts=(), cards=(), care=Care(blur=False, mix=True)
        ),
    )
    people = tuple(Colleague(an_id(), name) for name in ("M. Lowen", "R. Teague", "S. Pell"))
    yield (
        "desk-card-asked",
        desk.CardPage(chrome=at_desk(), queue=Queue.ALL, card=some[0], colleagues=people),
    )
    yield (
        "desk-card-mine",
        desk.CardPage(
            chrome=at_desk(),
            queue=Queue.ALL,
            card=worked(insult, notes=(*NOTES, ANSWERED), is_mine=True, assigned_to="R. Teague"),
            colleagues=people,
        ),
    )
    yield (
        "desk-card-changed",
        desk.CardPage(
            chrome=at_desk(),
            queue=Queue.ALL,
            card=worked(boat, claimed_by="M. Lowen"),
            colleagues=people,
            difference=differences(
                "My grandmother took that boat in 1958 and says the fare was two shillings.",
                "My grandmother took that boat in 1958 and says the fare was a shilling.",
            ),
            problem="The text has changed since you read it. Please read it again.",
        ),
    )
    yield (
        "desk-decided",
        desk_lists.DecidedPage(chrome=at_desk(), queue=Queue.ALL, done=decided("saltmarsh", Outcome.APPROVE)),
    )
    lines = tuple(
        desk_lists.BatchLine(
            comment_id=an_id(),
            name=f"tyres {number}",
            excerpt=TYRES.format(number),
            done=decided(f"tyres {number}", Outcome.REJECT, "Advertising or spam"),
        )
        for number in (7, 812)
    )
    failed = desk_lists.BatchLine(
        comment_id=an_id(),
        name="J. Rowse",
        excerpt="My grandmother took that boat in 1958 and says the fare was a shilling.",
        problem="A colleague decided on this comment while you read it: M. Lowen. Please look at what was decided.",
    )
    yield "desk-batch", desk_lists.BatchPage(chrome=at_desk(), queue=Queue.ALL, lines=(*lines, failed))
    back = tuple(replace(line, done=decided(line.name, Outcome.UNDO)) for line in lines)
    yield "desk-batch-undone", desk_lists.BatchPage(chrome=at_desk(), queue=Queue.ALL, lines=back, is_undo=True)
