"""The other side of a decision: its page, the appeal, the hearing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.web.showcase.desk import a_card, at_desk, some_reports
from tests.web.showcase.discussions import conversation
from tests.web.showcase.makers import NOW, READER, a_chrome, ago, an_id
from tests.web.showcase.stories import ferry

from rejoinder.discussion.appeals import Appellant, Hearing
from rejoinder.discussion.comments import Status
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.policy import REASONS, WITH_PARENT, Named, reason_of
from rejoinder.web.shown.acts import ReceiptPage
from rejoinder.web.shown.appeals import ShownAppeal
from rejoinder.web.shown.decisions import DecisionLine, DecisionPage, DecisionsPage, Holds
from rejoinder.web.shown.desk import DeskDecision, pieces
from rejoinder.web.shown.hearings import AppealsPage, HearingPage, WaitingAppeal
from rejoinder.web.shown.page import Page

INSULT = "Of course she won’t answer. Bought and paid for, like the whole sorry lot of you people at that desk."
PLEA = "I meant the harbour board, not your reporter.\n\nThe sentence before says so."
ANSWER = "The sentence before does say so. It reads as a word about the board, which is fair comment."
UNTIL = NOW + timedelta(days=181)


def an_appeal(**known: Any) -> ShownAppeal:
    values: dict[str, Any] = {"at": ago(minutes=3), "text": PLEA} | known
    return ShownAppeal(**values)


def a_decision(**known: Any) -> DecisionPage:
    values: dict[str, Any] = {
        "key": "k" * 46,
        "comment_id": an_id(),
        "story_slug": "ferry",
        "headline": ferry().content.headline,
        "outcome": Outcome.REJECT,
        "at": ago(hours=3),
        "pieces": pieces(INSULT, [(28, 43)]),
        "was_published": True,
        "is_automatic": False,
        "after_reports": True,
        "holds": Holds.YES,
        "reason": REASONS[2].told,
        "until": UNTIL,
    } | known
    return DecisionPage(chrome=values.pop("chrome", a_chrome(canonical="")), **values)


def decision_pages() -> Iterator[tuple[str, Page]]:
    yield "decision", a_decision(note="The first two sentences were fine.")
    yield "decision-one-editor", a_decision(by_another=False, chrome=a_chrome(READER, canonical=""))
    yield "decision-problem", a_decision(text=PLEA, problem="A comment here has at most 2,000 characters.")
    clauses = (
        Named(number=2, sentence="Cheer nobody down.", section="sport", section_name="Sport"),
        Named(number=1, sentence="Argue with what people say; do not attack who they are."),
        Named(number=7, sentence="No advertising, and no campaigns."),
    )
    yield (
        "decision-clauses",
        a_decision(also=(reason_of("advertising").told,), clauses=clauses, policy="/courier/policy/3"),
    )
    yield "decision-hidden", a_decision(outcome=Outcome.HIDE, is_automatic=True, reason="")
    checked: dict[str, Any] = {"outcome": Outcome.HIDE, "is_automatic": True, "by_check": True, "after_reports": False}
    yield "decision-checked", a_decision(**checked, reason="")
    told: dict[str, Any] = {
        "reason": WITH_PARENT.told,
        "cause": REASONS[2].told,
        "is_automatic": True,
        "after_reports": False,
    }
    yield "decision-with-parent", a_decision(**told)
    yield (
        "decision-edited",
        a_decision(
            outcome=Outcome.EDIT,
            pieces=pieces("Call me on 01632 960123 about the boat.", []),
            changed_to="Call me about the boat.",
            after_reports=False,
        ),
    )
    yield "decision-over", a_decision(until=None)
    yield "decision-deleted", a_decision(until=None, holds=Holds.DELETED, pieces=())
    yield "decision-appealed", a_decision(until=None, appeal=an_appeal(is_new=True))
    yield (
        "decision-granted",
        a_decision(
            until=None,
            holds=Holds.TAKEN_BACK,
            appeal=an_appeal(outcome=Hearing.GRANTED, heard_at=NOW, answer=ANSWER),
        ),
    )
    yield (
        "decision-refused",
        a_decision(
            until=None,
            text="One more word.",
            problem="There was an appeal against this decision already. It can be appealed once.",
            appeal=an_appeal(outcome=Hearing.REFUSED, heard_at=NOW, answer="It stays one.", is_fresh_look=True),
            further="Disputes go to the Harbour Court, or to the Press Settlement Office.",
        ),
    )
    yield from _lists()
    yield from _receipts()
    yield from _hearings()


def _lists() -> Iterator[tuple[str, Page]]:
    line: dict[str, Any] = {"headline": ferry().content.headline, "excerpt": INSULT, "was_published": True}
    lines = (
        DecisionLine(id=an_id(), at=ago(hours=3), outcome=Outcome.REJECT, reason=REASONS[2].told, **line),
        DecisionLine(id=an_id(), at=ago(hours=9), outcome=Outcome.HIDE, appeal=an_appeal(), **line),
        DecisionLine(
            id=an_id(),
            at=ago(days=9),
            outcome=Outcome.REJECT,
            reason=REASONS[0].told,
            appeal=an_appeal(outcome=Hearing.GRANTED),
            **line | {"was_published": False},
        ),
    )
    yield "decisions", DecisionsPage(chrome=a_chrome(READER, canonical=""), decisions=lines, after="3")
    yield "decisions-none", DecisionsPage(chrome=a_chrome(READER, canonical=""), decisions=())


def _receipts() -> Iterator[tuple[str, Page]]:
    receipt: dict[str, Any] = {
        "chrome": a_chrome(canonical=""),
        "reason": REASONS[1].label,
        "reported_at": ago(hours=9),
        "comment": conversation()[0].root,
        "story_slug": "ferry",
        "headline": ferry().content.headline,
        "resolved_at": ago(hours=3),
        "receipt": "r" * 24,
    }
    yield "receipt-may-appeal", ReceiptPage(resolution=Resolution.DECLINED, until=UNTIL, **receipt)
    clauses = (Named(number=7, sentence="No advertising, and no campaigns."),)
    told = reason_of("advertising").told
    yield "receipt-upheld", ReceiptPage(resolution=Resolution.UPHELD, told=told, clauses=clauses, **receipt)
    yield "receipt-appealed", ReceiptPage(resolution=Resolution.DECLINED, appeal=an_appeal(is_new=True), **receipt)
    yield (
        "receipt-refused",
        ReceiptPage(
            resolution=Resolution.DECLINED,
            appeal=an_appeal(outcome=Hearing.REFUSED, heard_at=NOW, answer="It is harsh, and about what was done."),
            **receipt,
        ),
    )


def _hearings() -> Iterator[tuple[str, Page]]:
    record = (
        DeskDecision(id=an_id(), outcome=Outcome.HIDE, at=ago(hours=4), rule="flags:3"),
        DeskDecision(
            id=an_id(),
            outcome=Outcome.REJECT,
            at=ago(hours=3),
            by="R. Teague",
            reason=REASONS[2].label,
            note="The first two sentences were fine.",
        ),
    )
    card = a_card("saltmarsh", INSULT, status=Status.REMOVED, reports=some_reports(), waiting_since=None)
    values: dict[str, Any] = {
        "chrome": at_desk(),
        "id": an_id(),
        "by": Appellant.WRITER,
        "appeal": an_appeal(),
        "decision": record[1],
        "then": pieces(INSULT, [(28, 43)]),
        "card": card,
        "record": record,
    }
    yield "desk-hearing", HearingPage(**values)
    yield (
        "desk-hearing-fresh-look",
        HearingPage(**values | {"is_fresh_look": True, "problem": "Please say why the decision stays as it is."}),
    )
    yield (
        "desk-hearing-not-yours",
        HearingPage(
            **values | {"why_not": "You have taken part in this yourself, so a colleague hears the appeal."},
        ),
    )
    heard = an_appeal(outcome=Hearing.GRANTED, heard_at=NOW, answer=ANSWER)
    yield "desk-hearing-granted", HearingPage(**values | {"appeal": heard, "heard_by": "M. Penrose", "may_undo": True})
    approved = DeskDecision(id=an_id(), outcome=Outcome.APPROVE, at=ago(hours=3), by="R. Teague")
    published = a_card("saltmarsh", INSULT, status=Status.PUBLISHED, reports=some_reports(), waiting_since=None)
    of_reporter = {
        "by": Appellant.REPORTER,
        "decision": approved,
        "record": (approved,),
        "card": published,
        "appeal": an_appeal(text=""),
        "reported_for": REASONS[1].label,
        "reporters_note": "Goes for the reporter, not for what she wrote.",
        "is_changed": True,
        "then": pieces(INSULT + " All of you.", []),
    }
    yield "desk-hearing-reporters", HearingPage(**values | of_reporter)
    lines = (
        WaitingAppeal(
            id=an_id(),
            by=Appellant.WRITER,
            at=ago(days=2),
            name="saltmarsh",
            excerpt=INSULT,
            headline=ferry().content.headline,
        ),
        WaitingAppeal(
            id=an_id(),
            by=Appellant.REPORTER,
            at=ago(hours=2),
            name="ليلى حداد",
            excerpt="",
            headline=ferry().content.headline,
        ),
        WaitingAppeal(id=an_id(), by=Appellant.PERSON, at=ago(hours=1), name="northquay"),
    )
    yield "desk-appeals", AppealsPage(chrome=at_desk(), appeals=lines, after="9")
    yield "desk-appeals-none", AppealsPage(chrome=at_desk(), appeals=())
