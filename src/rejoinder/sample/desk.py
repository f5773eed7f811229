"""What lies before the sample's editors, done in the order of its time by the actions that people use."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import singledispatchmethod
from uuid import uuid4

from rejoinder.actions.act_on_person import Order, event_of
from rejoinder.actions.appeal import AppealDecision, appeal_decision
from rejoinder.actions.ask_opinion import ask_opinion
from rejoinder.actions.change_rules import change_section_rules
from rejoinder.actions.claim_case import claim_case
from rejoinder.actions.decide import Decide, decide
from rejoinder.actions.file_notice import FileNotice, file_notice
from rejoinder.actions.flag_comment import FlagComment, flag_comment
from rejoinder.actions.note_comment import note_comment, note_commenter
from rejoinder.actions.post_comment import Post, post_comment
from rejoinder.actions.publish_policy import publish_policy
from rejoinder.actions.send_correction import SendCorrection, send_correction
from rejoinder.actions.warn_commenter import warn_commenter
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.sites import Site
from rejoinder.discussion.stories import Story
from rejoinder.identity.tokens import new_token
from rejoinder.sample.desk_entries import (
    Act,
    AppealAct,
    ClaimAct,
    CommentAct,
    CorrectionAct,
    NoteAct,
    NoticeAct,
    QuestionAct,
    RulesAct,
    WarningAct,
    desk,
)
from rejoinder.sample.reading import DecisionEntry
from rejoinder.store import comments, decisions, jobs, notices
from rejoinder.store.database import Write
from rejoinder.store.flags import Reporter

REPORTED_AFTER = timedelta(minutes=1)  # so soon, each after the one before
DECIDED_AFTER = timedelta(minutes=5)


def publish_own_policy(w: Write, site: Site, editor: Commenter, *, now: datetime) -> None:
    """The paper's own policy in the place of ours."""
    told = desk().policy
    publish_policy(w, site, told.content, by_seq=editor.seq, note=told.note, now=now)


class BeforeEditors:
    """Does all of it in one transaction. People are known by their names, stories by the publisher's ids. The letters
    about it are taken back: nobody of the sample waits for one.
    """

    def __init__(self, w: Write, site: Site, people: Mapping[str, Commenter], stories: Mapping[str, Story]) -> None:
        self._w = w
        self._site = site
        self._people = people
        self._stories = stories
        self._comments: dict[str, Comment] = {}

    def lay(self, *, now: datetime) -> None:
        """Does it, the earliest first."""
        for act in desk().acts:
            self._do(act, now - timedelta(minutes=act.minutes_ago))

    @singledispatchmethod
    def _do(self, act: Act, at: datetime) -> None:
        raise NotImplementedError(act)

    @_do.register
    def _(self, act: RulesAct, at: datetime) -> None:
        change_section_rules(self._w, self._site.seq, act.section, act.rules, by_seq=self._seq(act.by), now=at)

    @_do.register
    def _(self, act: CommentAct, at: datetime) -> None:
        order = Post(
            site_seq=self._site.seq,
            story_seq=self._stories[act.under].seq,
            commenter_seq=self._seq(act.by),
            text=act.text,
        )
        comment = post_comment(self._w, order, now=at).comment
        if act.approved_by:
            self._decide(comment, DecisionEntry(outcome=Outcome.APPROVE), by=act.approved_by, now=at)
        for number, flag in enumerate(act.flags, 1):
            by = Reporter(commenter_seq=self._seq(flag.by)) if flag.by else Reporter()
            report = FlagComment(
                site_seq=self._site.seq, comment_id=comment.id, reason=flag.reason, note=flag.note, by=by
            )
            flag_comment(self._w, report, now=at + REPORTED_AFTER * number)
        if act.decision is not None:
            self._decide(comment, act.decision, by=act.decided_by, now=at + DECIDED_AFTER)
        jobs.cancel(self._w, f"published:{comment.id}")
        for decision in decisions.of_comment(self._w, self._site.seq, comment.seq):
            jobs.cancel(self._w, f"decision:{decision.id}")
        self._comments[act.key] = comments.by_seq(self._w, self._site.seq, comment.seq)

    def _decide(self, comment: Comment, entry: DecisionEntry, *, by: str, now: datetime) -> None:
        order = Decide(
            site_seq=self._site.seq,
            comment_id=comment.id,
            by_seq=self._seq(by),
            outcome=entry.outcome,
            seen_revision=comment.revision,
            reason=entry.reason,
            note=entry.note,
        )
        decide(self._w, order, now=now)

    @_do.register
    def _(self, act: NoteAct, at: datetime) -> None:
        site, by = self._site.seq, self._seq(act.by)
        if act.person:
            note_commenter(self._w, site, self._people[act.person].id, act.text, by_seq=by, now=at)
        else:
            note_comment(self._w, site, self._comments[act.comment].id, act.text, by_seq=by, now=at)

    @_do.register
    def _(self, act: QuestionAct, at: datetime) -> None:
        about, to = self._comments[act.comment].id, self._people[act.to].id
        ask_opinion(self._w, self._site.seq, about, act.text, by_seq=self._seq(act.by), to=to, now=at)

    @_do.register
    def _(self, act: WarningAct, at: datetime) -> None:
        order = Order(
            site_seq=self._site.seq,
            commenter_id=self._people[act.person].id,
            by_seq=self._seq(act.by),
            reason=act.reason,
            text=act.text,
        )
        jobs.cancel(self._w, event_of(warn_commenter(self._w, order, now=at)))

    @_do.register
    def _(self, act: AppealAct, at: datetime) -> None:
        comment = self._comments[act.comment]
        decided = decisions.of_comment(self._w, self._site.seq, comment.seq)[-1]
        order = AppealDecision(
            site_seq=self._site.seq, decision_id=decided.id, text=act.text, by_seq=comment.commenter_seq
        )
        appeal_decision(self._w, order, now=at)

    @_do.register
    def _(self, act: NoticeAct, at: datetime) -> None:
        about = self._comments[act.comment]
        filing = uuid4()
        sent = FileNotice(
            site_seq=self._site.seq,
            filing=filing,
            receipt=new_token(),
            kind=act.kind,
            why=act.why,
            addresses=f"/{self._site.key}/comments/{about.id}",
            name=act.name,
            email=act.email,
            in_good_faith=True,
        )
        file_notice(self._w, sent, now=at)
        jobs.cancel(self._w, f"notice:{filing}")
        for each in notices.open_of(self._w, about):
            jobs.cancel(self._w, f"notice-due:{each.seq}")

    @_do.register
    def _(self, act: CorrectionAct, at: datetime) -> None:
        sent = SendCorrection(
            site_seq=self._site.seq,
            slug=self._stories[act.under].slug,
            text=act.text,
            quote=act.quote,
            source=act.source,
            commenter_seq=self._seq(act.by),
            id=uuid4(),
            receipt=new_token(),
        )
        send_correction(self._w, sent, now=at)

    @_do.register
    def _(self, act: ClaimAct, at: datetime) -> None:
        claim_case(self._w, self._site.seq, self._comments[act.comment].id, by_seq=self._seq(act.by), now=at)

    def _seq(self, name: str | None) -> int:
        assert name is not None
        return self._people[name].seq
