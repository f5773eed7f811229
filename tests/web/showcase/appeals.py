"""Appeals of who was kept out, and of who gave notice: the person's page, the hearing, the queue."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from tests.web.showcase.desk import a_card, a_person, at_desk
from tests.web.showcase.makers import NOW, READER, a_chrome, ago, an_id

from rejoinder.discussion.appeals import Appellant, Hearing
from rejoinder.discussion.comments import Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.notices import LABELS, NoticeKind
from rejoinder.discussion.person_acts import PersonAct
from rejoinder.web.shown.appeals import ShownAppeal
from rejoinder.web.shown.desk import CardAppeal, DeskDecision, QueuePage
from rejoinder.web.shown.hearings import HeardNotice, HearingPage, PersonHearingPage
from rejoinder.web.shown.page import Page
from rejoinder.web.shown.person_acts import PersonActPage, ShownAct
from rejoinder.web.shown.queues import PlainCase, Queue, QueueCount

WHY = "It advertises something."
ASKED = "It is my sister’s shop, and somebody had asked where to buy the lamps."
ANSWER = "Three times in a day, under stories about something else, is advertising whoever’s shop it is."
UNTIL = NOW + timedelta(days=180)
COUNTS = (QueueCount(queue=Queue.ALL, count=3), QueueCount(queue=Queue.APPEALS, count=3))


def appeal_pages() -> Iterator[tuple[str, Page]]:
    yield from _persons()
    yield from _at_the_desk()


def an_act(act: PersonAct = PersonAct.BAN, **known: Any) -> ShownAct:
    values: dict[str, Any] = {"at": ago(hours=9), "reason": WHY, "text": "Three times the same shop.", "holds": True}
    return ShownAct(id=an_id(), act=act, **values | known)


def _persons() -> Iterator[tuple[str, Page]]:
    page: dict[str, Any] = {"chrome": a_chrome(), "key": "K" * 44}
    may = an_act(appeal_until=UNTIL)
    made = ShownAppeal(at=ago(seconds=5), text=ASKED, is_new=True)
    yield "act-banned", PersonActPage(act=may, **page)
    yield (
        "act-suspended",
        PersonActPage(
            act=an_act(PersonAct.SUSPEND, until=NOW + timedelta(days=6), appeal_until=UNTIL),
            by_another=False,
            text="x " * 60,
            problem="That is 2044 characters; 2000 are possible.",
            **page | {"chrome": a_chrome(READER)},
        ),
    )
    yield "act-appealed", PersonActPage(act=an_act(PersonAct.HOLD, appeal=made), **page)
    for outcome in (Hearing.GRANTED, Hearing.REFUSED):
        heard = replace(made, is_new=False, outcome=outcome, heard_at=ago(minutes=3), answer=ANSWER)
        act = an_act(appeal=heard, holds=outcome is Hearing.REFUSED, is_lifted=outcome is Hearing.GRANTED)
        yield f"act-appeal-{outcome}", PersonActPage(act=act, text="And another thing.", **page)
    ran_out = an_act(PersonAct.SUSPEND, until=ago(hours=2), holds=False, appeal_until=UNTIL)
    yield "act-ran-out", PersonActPage(act=ran_out, by_another=True, **page)
    yield "act-over", PersonActPage(act=an_act(PersonAct.OFF_LADDER, at=ago(days=200)), **page)


def _at_the_desk() -> Iterator[tuple[str, Page]]:
    act = an_act(by="R. Teague", reason="Advertises something")
    made = ShownAppeal(at=ago(hours=2), text=ASKED)
    page: dict[str, Any] = {
        "chrome": at_desk(),
        "id": an_id(),
        "appeal": made,
        "person": a_person("saltmarsh", is_banned=True),
        "act": act,
        "record": (act, an_act(PersonAct.WARN, by="M. Penrose", reason="Advertises something", holds=False)),
    }
    yield "desk-hearing-person", PersonHearingPage(**page)
    yield (
        "desk-hearing-person-fresh-look",
        PersonHearingPage(**page, is_fresh_look=True, problem="Please say why the decision stays as it is."),
    )
    yield (
        "desk-hearing-person-not-yours",
        PersonHearingPage(**page, why_not="You have taken part in this yourself, so a colleague hears the appeal."),
    )
    refused = replace(made, outcome=Hearing.REFUSED, heard_at=ago(seconds=9), answer=ANSWER)
    yield (
        "desk-hearing-person-refused",
        PersonHearingPage(**page | {"appeal": refused}, heard_by="M. Penrose", may_undo=True),
    )
    left = DeskDecision(id=an_id(), outcome=Outcome.APPROVE, at=ago(hours=3), by="R. Teague")
    insult = a_card("saltmarsh", "Bought and paid for, like the whole harbour office.", status=Status.PUBLISHED)
    notice = HeardNotice(
        id=an_id(),
        kind=LABELS[NoticeKind.DEFAMATION],
        why="It says that I took money. I did not; the audit of March says so.",
        name="Ida Marsh",
    )
    heard = HearingPage(
        chrome=at_desk(),
        id=an_id(),
        by=Appellant.NOTIFIER,
        appeal=made,
        decision=left,
        then=insult.pieces,
        card=insult,
        record=(left,),
        notice=notice,
    )
    yield "desk-hearing-notice", heard
    yield "desk-hearing-trusted", replace(heard, notice=replace(notice, trusted="The Helpline"))
    yield (
        "desk-queue-appeals",
        QueuePage(
            chrome=at_desk(),
            queue=Queue.APPEALS,
            counts=COUNTS,
            cards=(
                PlainCase(kind="appeal", address="#", name="northquay", since=ago(hours=2)),
                *(replace(insult, id=an_id(), appeal=CardAppeal(an_id(), by)) for by in Appellant if by != "person"),
            ),
        ),
    )
