"""Races on a comment and its thread."""

from uuid import UUID

from tests.actions.races.desk import SOON, Both, Desk, Race, either
from tests.makers import a_decision

from rejoinder.actions.edit_as_editor import EditorsEdit, edit_as_editor
from rejoinder.actions.lock_thread import lock_thread
from rejoinder.actions.move_reply import move_reply
from rejoinder.actions.pick_comment import pick_comment
from rejoinder.actions.print_consent import ask_consent
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.editing import Showing
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import AlreadyUndone, DecidedMeanwhile, NotPublished
from rejoinder.store import decisions
from rejoinder.store.database import Write

DECIDE = ("POST /{site}/desk/comments/{id}/decide", "POST /api/desk/comments/{comment_id}/decisions")
UNDO = ("POST /{site}/desk/decisions/{id}/undo", "POST /api/desk/decisions/{decision_id}/undo")
TEXT = ("POST /{site}/desk/comments/{id}/text",)
PICK = ("POST /{site}/desk/comments/{id}/pick",)
LOCK = ("POST /{site}/desk/comments/{id}/lock",)
MOVE = ("POST /{site}/desk/comments/{id}/move",)
CONSENT = ("POST /{site}/desk/comments/{id}/consent",)


class Card:
    """A comment as both editors have its card open: what they send says what was decided by then."""

    def __init__(self, desk: Desk, comment: Comment) -> None:
        record = desk.read(lambda r: decisions.of_comment(r, desk.site.seq, comment.seq))
        self.site_seq, self.comment, self.seen = desk.site.seq, comment, record[-1].seq if record else 0

    def decide(self, w: Write, by: Commenter, outcome: Outcome) -> object:
        reason = None if outcome is Outcome.APPROVE else "inappropriate"
        return a_decision(w, self.comment, by, outcome, reason=reason, seen_decision=self.seen, now=SOON)

    def reword(self, w: Write, by: Commenter) -> object:
        edit = EditorsEdit(
            site_seq=self.site_seq,
            comment_id=self.comment.id,
            by_seq=by.seq,
            text=f"Put by {by.name} in fewer words.",
            seen_revision=self.comment.revision,
            seen_decision=self.seen,
            reason="private-information",
            showing=Showing.TOLD,
        )
        return edit_as_editor(w, edit, now=SOON)

    def pick(self, w: Write, by: Commenter, *, back: bool = False, note: str = "") -> object:
        return pick_comment(w, self.site_seq, self.comment.id, by_seq=by.seq, back=back, note=note, now=SOON)

    def lock(self, w: Write, by: Commenter) -> object:
        return lock_thread(w, self.site_seq, self.comment.id, by_seq=by.seq, seen_decision=self.seen, now=SOON)

    def move(self, w: Write, by: Commenter, under: UUID) -> object:
        return move_reply(
            w, self.site_seq, self.comment.id, under=under, by_seq=by.seq, seen_decision=self.seen, now=SOON
        )


def decides(first: Outcome, second: Outcome) -> Race:
    """Two decisions on a comment that waits."""

    def begin(desk: Desk) -> Both:
        card = Card(desk, desk.post())
        return (lambda w: card.decide(w, desk.first, first)), (lambda w: card.decide(w, desk.second, second))

    name, written = f"{first} and {second}", (f"decision: {first} by the first",)
    return Race(name=name, routes=DECIDE, begin=begin, told=DecidedMeanwhile, named=True, written=written)


def undoing(desk: Desk) -> Both:
    decision = desk.earlier(desk.post(), Outcome.REJECT)
    return either(desk, lambda w, by: undo_decision(w, desk.site.seq, decision.id, by_seq=by.seq, now=SOON))


def undoing_and_deciding(desk: Desk) -> Both:
    comment = desk.post()
    decision = desk.earlier(comment, Outcome.REJECT)
    card = Card(desk, comment)
    return (
        lambda w: undo_decision(w, desk.site.seq, decision.id, by_seq=desk.first.seq, now=SOON),
        lambda w: card.decide(w, desk.second, Outcome.APPROVE),
    )


def deciding_and_undoing(desk: Desk) -> Both:
    comment = desk.post()
    decision = desk.earlier(comment, Outcome.REJECT)
    card = Card(desk, comment)
    return (
        lambda w: card.decide(w, desk.first, Outcome.APPROVE),
        lambda w: undo_decision(w, desk.site.seq, decision.id, by_seq=desk.second.seq, now=SOON),
    )


def rewording(desk: Desk) -> Both:
    return either(desk, Card(desk, desk.published()).reword)


def deciding_and_rewording(desk: Desk) -> Both:
    card = Card(desk, desk.published())
    return (lambda w: card.decide(w, desk.first, Outcome.REJECT)), (lambda w: card.reword(w, desk.second))


def rewording_and_deciding(desk: Desk) -> Both:
    card = Card(desk, desk.published())
    return (lambda w: card.reword(w, desk.first)), (lambda w: card.decide(w, desk.second, Outcome.REJECT))


def picking(desk: Desk) -> Both:
    return either(desk, Card(desk, desk.published()).pick)


def picking_with_other_words(desk: Desk) -> Both:
    card = Card(desk, desk.published())
    return either(desk, lambda w, by: card.pick(w, by, note=f"{by.name} liked it."))


def taking_picks_back(desk: Desk) -> Both:
    card = Card(desk, desk.published())
    desk.write(lambda w: card.pick(w, desk.third))
    return either(desk, lambda w, by: card.pick(w, by, back=True))


def rejecting_and_picking(desk: Desk) -> Both:
    card = Card(desk, desk.published())
    return (lambda w: card.decide(w, desk.first, Outcome.REJECT)), (lambda w: card.pick(w, desk.second))


def locking(desk: Desk) -> Both:
    return either(desk, Card(desk, desk.published()).lock)


def unlocking(desk: Desk) -> Both:
    comment = desk.published()
    locked = desk.write(lambda w: lock_thread(w, desk.site.seq, comment.id, by_seq=desk.third.seq, now=SOON))
    return either(desk, lambda w, by: undo_decision(w, desk.site.seq, locked.id, by_seq=by.seq, now=SOON))


def moving(desk: Desk) -> Both:
    """Each to another place."""
    old, one, other = desk.published(), desk.published(), desk.published()
    card = Card(desk, desk.published(parent_id=old.id))
    return (lambda w: card.move(w, desk.first, one.id)), (lambda w: card.move(w, desk.second, other.id))


def moving_back(desk: Desk) -> Both:
    old, other = desk.published(), desk.published()
    card = Card(desk, desk.published(parent_id=old.id))
    desk.write(lambda w: card.move(w, desk.third, other.id))
    moved = desk.read(lambda r: decisions.of_comment(r, desk.site.seq, card.comment.seq))[-1]
    return either(desk, lambda w, by: undo_decision(w, desk.site.seq, moved.id, by_seq=by.seq, now=SOON))


def asking_for_consent(desk: Desk) -> Both:
    comment = desk.published()
    return either(desk, lambda w, by: ask_consent(w, desk.site.seq, comment.id, by_seq=by.seq, now=SOON))


_DECISIONS = (Outcome.APPROVE, Outcome.REJECT, Outcome.LOWER)
RACES: tuple[Race, ...] = (
    *(decides(first, second) for first in _DECISIONS for second in _DECISIONS),
    Race(name="undo", routes=UNDO, begin=undoing, told=AlreadyUndone, written=("decision: undo by the first",)),
    Race(
        name="undo and decide",
        routes=(*UNDO, *DECIDE),
        begin=undoing_and_deciding,
        told=DecidedMeanwhile,
        named=True,
        written=("decision: undo by the first",),
    ),
    Race(
        name="decide and undo",
        routes=(*UNDO, *DECIDE),
        begin=deciding_and_undoing,
        told=AlreadyUndone,
        written=("decision: approve by the first",),
    ),
    Race(
        name="change the text",
        routes=TEXT,
        begin=rewording,
        told=DecidedMeanwhile,
        named=True,
        written=("decision: edit by the first",),
    ),
    Race(
        name="reject and change the text",
        routes=(*TEXT, *DECIDE),
        begin=deciding_and_rewording,
        told=DecidedMeanwhile,
        named=True,
        written=("decision: reject by the first",),
    ),
    Race(
        name="change the text and reject",
        routes=(*TEXT, *DECIDE),
        begin=rewording_and_deciding,
        told=DecidedMeanwhile,
        named=True,
        written=("decision: edit by the first",),
    ),
    Race(name="pick", routes=PICK, begin=picking, written=("pick by the first",)),
    Race(
        name="pick, each with a word of their own",
        routes=PICK,
        begin=picking_with_other_words,
        told=DecidedMeanwhile,
        named=True,
        written=("pick by the first",),
    ),
    Race(name="take a pick back", routes=PICK, begin=taking_picks_back, written=("pick: back by the first",)),
    Race(
        name="reject and pick",
        routes=(*DECIDE, *PICK),
        begin=rejecting_and_picking,
        told=NotPublished,
        written=("decision: reject by the first",),
    ),
    Race(
        name="close a thread",
        routes=LOCK,
        begin=locking,
        told=DecidedMeanwhile,
        named=True,
        written=("decision: lock by the first",),
    ),
    Race(
        name="open a thread again",
        routes=UNDO,
        begin=unlocking,
        told=AlreadyUndone,
        written=("decision: undo by the first",),
    ),
    Race(
        name="move a reply",
        routes=MOVE,
        begin=moving,
        told=DecidedMeanwhile,
        named=True,
        written=("decision: move by the first",),
    ),
    Race(
        name="move a reply back",
        routes=UNDO,
        begin=moving_back,
        told=AlreadyUndone,
        written=("decision: undo by the first",),
    ),
    Race(
        name="ask whether it may be printed",
        routes=CONSENT,
        begin=asking_for_consent,
        written=("pick: consent asked by the first",),
    ),
)
