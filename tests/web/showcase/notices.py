"""Legal notices and corrections: forms, receipts, and the desk's pages of them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from tests.web.showcase.desk import a_card, at_desk
from tests.web.showcase.discussions import conversation
from tests.web.showcase.makers import NOW, READER, a_chrome, ago, an_id
from tests.web.showcase.stories import ferry

from rejoinder.discussion.appeals import Hearing
from rejoinder.discussion.comments import Status
from rejoinder.discussion.corrections import Outcome as Corrected
from rejoinder.discussion.moderation import Outcome as Decided
from rejoinder.discussion.notices import LABELS, NoticeKind, Outcome
from rejoinder.discussion.policy import reason_of
from rejoinder.web.pages.desk_notices import DANGER
from rejoinder.web.shown import notices
from rejoinder.web.shown.appeals import ShownAppeal
from rejoinder.web.shown.comments import Gone
from rejoinder.web.shown.desk import CardNotice, DeskDecision, QueuePage, Why
from rejoinder.web.shown.desk_notices import DeskCorrectionPage, DeskNotice, DeskNoticePage, StoryText
from rejoinder.web.shown.page import Page
from rejoinder.web.shown.queues import PlainCase, Queue, QueueCount

WHY = (
    "“Bought and paid for” says that I took money. I did not: the audit of March, which the paper reported, found "
    "every penny accounted for."
)
QUOTE = "The ferry will sail four times a day from December."
WRONG = "Three times. The four o’clock boat takes freight only; it says so on the timetable."


def notice_pages() -> Iterator[tuple[str, Page]]:
    yield from _public()
    yield from _at_the_desk()
    yield from _corrections()


def _public() -> Iterator[tuple[str, Page]]:
    comment = conversation()[0].root
    address = f"https://talk.courier.example/courier/comments/{comment.id}"
    yield "notice", notices.NoticePage(chrome=a_chrome(), comment=comment, addresses=address)
    yield "notice-empty", notices.NoticePage(chrome=a_chrome(READER), name="northquay")
    yield (
        "notice-problem",
        notices.NoticePage(
            chrome=a_chrome(),
            kind="defamation",
            why=WHY,
            addresses=address + "\nhttps://elsewhere.example/" + "long" * 30,
            name="Ida Marsh",
            email="ida@mail.example",
            key="a key",
            danger=True,
            problem="This is not the address of a comment here: “https://elsewhere.example/”. It is behind the time "
            "above the comment.",
        ),
    )
    about: dict[str, Any] = {"id": an_id(), "address": "/courier/comments/1", "headline": ferry().content.headline}
    sent: dict[str, Any] = {
        "kind": LABELS[NoticeKind.DEFAMATION],
        "sent_at": ago(minutes=1),
        "why": WHY,
        "name": "Ida Marsh",
        "email": "ida@mail.example",
        "receipt": "R" * 43,
    }
    waiting = notices.NoticedComment(comment=comment, **about)
    yield "notice-new", notices.NoticeReceiptPage(chrome=a_chrome(), comments=(waiting,), is_new=True, **sent)
    yield (
        "notice-due",
        notices.NoticeReceiptPage(
            chrome=a_chrome(),
            comments=(waiting, waiting),
            due_at=NOW + timedelta(hours=47),
            trusted="The Helpline",
            **sent | {"kind": LABELS[NoticeKind.INTIMATE], "email": ""},
        ),
    )
    gone = replace(comment, gone=Gone.REMOVED, gone_reason=reason_of("defamation").told)
    for outcome in Outcome:
        shown = comment if outcome is Outcome.LEFT else gone
        told = reason_of("defamation").told if outcome is Outcome.ILLEGAL else ""
        done = notices.NoticedComment(
            comment=shown,
            outcome=outcome,
            answered_at=ago(minutes=9),
            reason=told,
            answer="Thank you for the audit.\n\nWe had missed it.",
            **about,
        )
        if outcome is Outcome.LEFT:
            done = replace(done, until=NOW + timedelta(days=182))
            yield from _appealed(done, sent)
        yield f"notice-{outcome}", notices.NoticeReceiptPage(chrome=a_chrome(), comments=(done,), **sent)


def _appealed(left: notices.NoticedComment, sent: dict[str, Any]) -> Iterator[tuple[str, Page]]:
    """Who gave notice does not agree: refused at once, waiting, and heard either way."""
    two = (left, replace(left, id=an_id()))
    yield (
        "notice-appeal-problem",
        notices.NoticeReceiptPage(
            chrome=a_chrome(),
            comments=two,
            asked=str(left.id),
            text="The audit was of another year.",
            problem="That is 2044 characters; 2000 are possible.",
            **sent,
        ),
    )
    made = ShownAppeal(at=ago(seconds=4), text="The audit was of another year.", is_new=True)
    yield (
        "notice-appealed",
        notices.NoticeReceiptPage(chrome=a_chrome(), comments=(replace(left, until=None, appeal=made), two[1]), **sent),
    )
    for hearing in (Hearing.GRANTED, Hearing.REFUSED):
        heard = replace(made, is_new=False, outcome=hearing, heard_at=ago(minutes=2), answer="The year is the same.")
        done = replace(left, until=None, appeal=heard)
        if hearing is Hearing.GRANTED:
            done = replace(done, outcome=Outcome.POLICY, reason=reason_of("defamation").told)
        yield (
            f"notice-appeal-{hearing}",
            notices.NoticeReceiptPage(
                chrome=a_chrome(), comments=(done,), redress="You can also go to the Quay Street ombudsman.", **sent
            ),
        )


def _at_the_desk() -> Iterator[tuple[str, Page]]:
    card = a_card("saltmarsh", "Bought and paid for, like the whole harbour office.", status=Status.PUBLISHED)
    one = DeskNotice(
        id=an_id(),
        kind=LABELS[NoticeKind.DEFAMATION],
        why=WHY,
        address="https://talk.courier.example/courier/comments/01a2-" + "0" * 60,
        name="Ida Marsh",
        email="ida@mail.example",
        sent_at=ago(hours=2),
        is_this=True,
    )
    urgent = replace(
        one,
        kind=LABELS[NoticeKind.INTIMATE],
        why="It links to a picture of me that was taken and put there without my knowledge.",
        trusted="The Helpline",
        is_danger=True,
        is_stale=True,
        due_at=NOW + timedelta(hours=11),
    )
    page: dict[str, Any] = {"chrome": at_desk(), "card": card, "danger": DANGER}
    yield "desk-notice", DeskNoticePage(notices=(one,), reason="defamation", **page)
    yield (
        "desk-notice-urgent",
        DeskNoticePage(
            notices=(urgent, one),
            outcome="left",
            problem="Please choose one of the reasons.",
            answer="We see none.",
            **page,
        ),
    )
    marked = replace(
        card,
        notices=(
            CardNotice(an_id(), LABELS[NoticeKind.INTIMATE], NOW + timedelta(hours=11)),
            CardNotice(an_id(), LABELS[NoticeKind.DEFAMATION]),
        ),
        whys=(Why(sentence="2 reports: inappropriate", is_report=True),),
    )
    remark = PlainCase(
        kind="correction",
        address="/courier/desk/corrections/1",
        headline=ferry().content.headline,
        name="northquay",
        quote=QUOTE,
        text=WRONG,
        since=ago(hours=1),
    )
    counts = (QueueCount(queue=Queue.ALL, count=2), QueueCount(queue=Queue.NOTICES, count=1))
    yield (
        "desk-queue-notices",
        QueuePage(chrome=at_desk(), queue=Queue.ALL, counts=counts, cards=(marked, remark)),
    )
    late = replace(urgent, is_danger=False, due_at=ago(hours=2), trusted="", name="", email="")
    yield "desk-notice-late", DeskNoticePage(notices=(late,), outcome="policy", **page)
    removed = replace(card, status=Status.REMOVED)
    yield "desk-notice-gone", DeskNoticePage(notices=(one,), can_be_read=False, **page | {"card": removed})
    decision = DeskDecision(
        id=an_id(),
        outcome=Decided.REJECT,
        at=ago(minutes=1),
        by="R. Teague",
        reason=reason_of("defamation").label,
        note="Defamation Act, section 1: it states a crime as a fact, and there is none.",
        may_undo=True,
    )
    done = replace(one, outcome=Outcome.ILLEGAL, answered_at=ago(minutes=1), answer="Thank you for the audit.")
    yield "desk-notice-done", DeskNoticePage(notices=(done,), decisions=(decision,), **page | {"card": removed})


def _corrections() -> Iterator[tuple[str, Page]]:
    about: dict[str, Any] = {"story_slug": "ferry", "headline": ferry().content.headline}
    sent: dict[str, Any] = about | {"quote": QUOTE, "text": WRONG, "source": "", "sent_at": ago(hours=1)}
    yield "correct", notices.CorrectPage(chrome=a_chrome(), **about)
    yield (
        "correct-problem",
        notices.CorrectPage(
            chrome=a_chrome(READER), quote=QUOTE, problem="Please say in your own words what is wrong.", **about
        ),
    )
    yield "correction-new", notices.CorrectionReceiptPage(chrome=a_chrome(READER), is_new=True, **sent)
    for outcome in Corrected:
        yield (
            f"correction-{outcome}",
            notices.CorrectionReceiptPage(
                chrome=a_chrome(), outcome=outcome, answered_at=ago(minutes=5), answer="It is put right.", **sent
            ),
        )
    known: dict[str, Any] = {
        "chrome": at_desk(),
        "id": an_id(),
        "canonical_url": "https://courier.example/ferry",
    } | sent
    yield "desk-correction", DeskCorrectionPage(is_quoted=True, name="northquay", receipt="b2Ypc2sT8q0aVnZ4", **known)
    yield (
        "desk-correction-version",
        DeskCorrectionPage(
            email="ida@mail.example",
            versions=(StoryText(3, ago(minutes=5)), StoryText(2, ago(minutes=30))),
            outcome=Corrected.PASSED_ON,
            answered_at=ago(minutes=20),
            answered_by="R. Teague",
            problem="Something in the form is missing or cannot be read. Please look at it again.",
            **known | {"source": "https://harbour.example/timetable.pdf"},
        ),
    )
    yield (
        "desk-correction-done",
        DeskCorrectionPage(
            outcome=Corrected.CORRECTED,
            answered_at=ago(minutes=5),
            answered_by="R. Teague",
            answer="Thank you; it is put right.",
            **known,
        ),
    )
