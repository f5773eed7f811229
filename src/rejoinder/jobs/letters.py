"""Writes the letters that actions noted, from what is true now, and sends them. A letter that no longer fits (its
comment was decided again, its reader has no address) is not sent.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import structlog
from msgspec import Struct
from msgspec.structs import replace

from rejoinder.actions.hear_act_appeal import who_may_lift
from rejoinder.actions.notify import tell_of_letter
from rejoinder.actions.read_policy import clauses_of, clauses_told, rule_told
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.appeals import Appeal, Hearing, ends
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.moderation import Decision, standing_word
from rejoinder.discussion.person_acts import OnPerson, PersonAct
from rejoinder.discussion.policy import ADVICE, Named, reason_of
from rejoinder.discussion.preferences import Kind
from rejoinder.discussion.sites import Site
from rejoinder.discussion.stories import Story
from rejoinder.identity.tokens import CONSENT, LETTERS, act_key, decision_key, receipt_of, sign
from rejoinder.jobs import notice_letters
from rejoinder.language import words
from rejoinder.mail import decided, editors_letters, letters
from rejoinder.mail.layout import Cover
from rejoinder.mail.message import Letter
from rejoinder.mail.sender import CannotSend, Sender
from rejoinder.markup import excerpt
from rejoinder.store import (
    accounts,
    appeals,
    commenters,
    comments,
    decisions,
    flags,
    notifications,
    person_acts,
    picks,
    replies,
    sites,
    stories,
)
from rejoinder.store.database import Database, Read, Write
from rejoinder.store.flags import Reported
from rejoinder.store.jobs import Job
from rejoinder.store.notifications import Notification
from rejoinder.store.texts import texts_of

log = structlog.get_logger()
SUBSCRIBED = {
    "reply": "reply",
    "mention": "mention",
    "followed": "followed",
    "digest": "digest",
    "flag-resolved": "report",
}


def _now() -> datetime:
    return datetime.now(UTC)


class Post(Struct, frozen=True, kw_only=True):
    """What a letter is written from: where links lead, what signs receipts."""

    public_url: str
    secret: str


class LetterRun:
    """Runs a letter's job: reads, writes, sends. Nothing of it happens in a transaction."""

    def __init__(self, database: Database, sender: Sender, post: Post, clock: Callable[[], datetime] = _now) -> None:
        self._database = database
        self._sender = sender
        self._post = post
        self._clock = clock

    def __call__(self, job: Job) -> None:
        """Puts the job's news into the inbox and sends its letter, if there is still one to send and it is wanted.
        Raises CannotSend where another try may help.
        """
        now = self._clock()
        if not self._database.write(lambda w: self._note(w, job, now)).result():
            return
        told = self._database.read(lambda r: [each.seq for each in _in_digest(r, job)]).result()
        letter = self._database.read(lambda r: write(r, job, self._post)).result()
        if letter is not None:
            self._send(letter, job)
        if told:
            commenter_seq, mailed = job.payload["commenter"], notifications.mailed
            self._database.write(lambda w: mailed(w, job.site_seq or 0, commenter_seq, told, now=now)).result()

    def _note(self, w: Write, job: Job, now: datetime) -> bool:
        return tell_of_letter(w, job.site_seq or 0, job.payload, event=job.event, now=now)

    def _send(self, letter: Letter, job: Job) -> None:
        try:
            self._sender.send(letter)
        except CannotSend as problem:
            if not problem.lasting:
                raise
            log.warning("a letter was refused for good", job_event=job.event, problem=str(problem))


def write(r: Read, job: Job, post: Post) -> Letter | None:
    """The letter of this job, or None if there is none to send any more."""
    desk = _Desk(r, job, sites.by_seq(r, job.site_seq or 0), post)
    letter = _WRITERS[job.payload["letter"]](desk)
    if letter is None or not letter.to:  # who has left has no address
        return None
    return replace(letter, headers={**letter.headers, **desk.more_headers()})


def _in_digest(r: Read, job: Job) -> list[Notification]:
    """The news that this letter has in it; none in one that is no digest."""
    if job.payload["letter"] != "digest":
        return []
    kinds = [Kind(each) for each in job.payload["kinds"]]
    return notifications.unmailed(r, job.site_seq or 0, job.payload["commenter"], kinds)


class _Desk:
    """What the writers below share: the job, and looking up what it is about."""

    def __init__(self, r: Read, job: Job, site: Site, post: Post) -> None:
        self.r = r
        self.site = site
        self.payload: dict[str, Any] = job.payload
        self.job = job
        self._post = post

    def cover(self, to: str) -> Cover:
        """A Message-ID that is the same at every try, so that a second copy can be told from a second letter."""
        host = urlsplit(self._post.public_url).hostname or "localhost"
        return Cover(
            to=to, site_name=self.site.name, message_id=f"<job-{self.job.seq}@{host}>", words=words(self.site.language)
        )

    def link(self, path: str) -> str:
        return f"{self._post.public_url}/{self.site.key}{path}"

    def receipt_link(self, flag_id: Any) -> str:
        return self.link(f"/reports/{self.receipt_of(flag_id)}")

    def receipt_of(self, report_id: Any) -> str:
        return receipt_of(report_id, self._post.secret)

    def signed(self, value: str, purpose: str) -> str:
        """The value as a link's last part that only we can have made."""
        return sign(value, self._post.secret, purpose)

    def comment(self) -> Comment:
        return comments.by_seq(self.r, self.site.seq, self.payload["comment"])

    def story(self, comment: Comment) -> Story:
        return stories.by_seq(self.r, self.site.seq, comment.story_seq)

    def reader(self) -> tuple[Commenter, str] | None:
        """The commenter the letter is for and their address, if they have a confirmed one."""
        commenter = commenters.by_seq(self.r, self.site.seq, self.payload["commenter"])
        if commenter.account_seq is None or not commenter.confirmed:
            return None
        return commenter, accounts.by_seq(self.r, commenter.account_seq).address

    def more_headers(self) -> dict[str, str]:
        """How a mail program unsubscribes with one press (RFC 8058, 3), and which letters belong together."""
        about = SUBSCRIBED.get(self.payload["letter"])
        commenter_seq = self.payload.get("commenter") or self.reporter_seq()
        if about is None or commenter_seq is None:
            return {}
        link = self.link(f"/letters/{sign(f'{commenter_seq}:{about}', self._post.secret, LETTERS)}")
        headers = {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        if "comment" in self.payload:
            host = urlsplit(self._post.public_url).hostname or "localhost"
            headers["References"] = f"<story-{self.story(self.comment()).id}@{host}>"
        return headers

    def reporter_seq(self) -> int | None:
        """Whose report the letter is about, if they have a name here."""
        flag_seq = self.payload.get("flag")
        return flags.by_seq(self.r, self.site.seq, flag_seq).flag.reporter_seq if flag_seq else None

    def redress(self, decision: Decision) -> decided.Redress:
        """What the comment's writer can do about the decision."""
        cause = decisions.by_seq(self.r, self.site.seq, decision.caused_by) if decision.caused_by else decision
        return decided.Redress(
            link=self.link(f"/decisions/{decision_key(decision.id, self._post.secret)}"),
            until=self.last_day(decision.created_at),
            by_another=bool(commenters.deciders(self.r, self.site.seq) - {cause.by_seq}),
            further=self.site.texts.redress,
        )

    def redress_of(self, act: OnPerson, about: Commenter) -> decided.Redress:
        """What the person can do about an act of the editors."""
        return decided.Redress(
            link=self.link(f"/acts/{act_key(act.id, self._post.secret)}"),
            until=self.last_day(act.created_at),
            by_another=bool(who_may_lift(self.r, act, about) - {act.by_seq}),
            further=self.site.texts.redress,
        )

    def last_day(self, told_at: datetime) -> str:
        """The last day of an appeal against what was told then, in words."""
        return words(self.site.language).format_day(ends(told_at) - timedelta(days=1), ZoneInfo(self.site.zone))

    def reporters_address(self, reported: Reported) -> str | None:
        """Where somebody who reported wants to hear of it: at their account's address, or the one they left."""
        if reported.flag.reporter_seq is not None:
            reporter = commenters.by_seq(self.r, self.site.seq, reported.flag.reporter_seq)
            if reporter.account_seq is not None and reporter.confirmed:
                return accounts.by_seq(self.r, reporter.account_seq).address
        return reported.email

    def account(self) -> Account:
        return accounts.by_seq(self.r, self.payload["account"])

    def clauses(self, decision: Decision) -> tuple[Named, ...]:
        """The clauses that the decision names, as they were."""
        say = words(self.site.language).gettext
        return clauses_of(self.r, self.site, decision, say)

    def reason(self, decision: Decision) -> str:
        """Why, and by which clauses: "It attacks a person … Clause 1 of our policy: Argue with …"."""
        told = " ".join(self.sentence(reason_of(code).told) for code in decision.codes)
        said = clauses_told(self.r, self.site, decision, self.sentence)
        return f"{told} {said}".strip()

    def advice(self, decision: Decision) -> str:
        """What the clause, or else the reason's theme, tells a writer who wants to do better."""
        own = " ".join(clause.letter for clause in self.clauses(decision) if clause.letter)
        advice = ADVICE[reason_of(decision.reason or "").theme]
        return own or (self.sentence(advice) if advice else "")

    def sentence(self, message: str) -> str:
        return words(self.site.language).gettext(message)

    def rule(self, code: str | None) -> str:
        """What the policy says for a reason, with its clause; empty for none."""
        return rule_told(self.r, self.site, code, words(self.site.language).gettext)

    def moment(self, at: datetime | None) -> str:
        """A moment by the site's clocks, in its language; empty for none."""
        return words(self.site.language).format_moment(at, ZoneInfo(self.site.zone)) if at else ""


def _confirm(desk: _Desk) -> Letter:
    account = desk.account()
    member = commenters.by_account(desk.r, desk.site.seq, account.seq)
    link = desk.link(f"/confirm/{desk.payload['token']}")
    return letters.confirm_address(desk.cover(account.address), name=member.name if member else "", link=link, days=3)


def _reset(desk: _Desk) -> Letter:
    link = desk.link(f"/reset/{desk.payload['token']}")
    return letters.reset_password(desk.cover(desk.account().address), link=link, hours=2)


def _account_exists(desk: _Desk) -> Letter:
    return letters.account_exists(
        desk.cover(desk.account().address), log_in_link=desk.link("/log-in"), reset_link=desk.link("/forgot")
    )


def _password_changed(desk: _Desk) -> Letter:
    return letters.password_changed(desk.cover(desk.account().address), reset_link=desk.link("/forgot"))


def _change_email(desk: _Desk) -> Letter:
    link = desk.link(f"/new-address/{desk.payload['token']}")
    return letters.change_email(desk.cover(desk.payload["to"]), link=link)


def _email_changed(desk: _Desk) -> Letter:
    return letters.email_changed(desk.cover(desk.payload["to"]), log_in_link=desk.link("/log-in"))


def _way_added(desk: _Desk) -> Letter:
    return letters.way_added(
        desk.cover(desk.account().address), account_link=desk.link("/account"), reset_link=desk.link("/forgot")
    )


def _guest(desk: _Desk) -> Letter:
    story = stories.by_seq(desk.r, desk.site.seq, desk.payload["story"])
    link = desk.link(f"/guest/{desk.payload['token']}")
    return letters.guest_comment(desk.cover(desk.payload["to"]), headline=story.content.headline, link=link, days=3)


def _left(desk: _Desk) -> Letter:
    return letters.account_closed(desk.cover(desk.payload["to"]), front_link=desk.link(""))


def _reply(desk: _Desk) -> Letter | None:
    return _by_somebody(desk, letters.reply_received)


def _mention(desk: _Desk) -> Letter | None:
    return _by_somebody(desk, letters.mentioned)


def _followed(desk: _Desk) -> Letter | None:
    return _by_somebody(desk, letters.followed)


def _digest(desk: _Desk) -> Letter | None:
    reader = desk.reader()
    if reader is None:
        return None
    found = _in_digest(desk.r, desk.job)
    if not found:
        return None
    items = tuple(
        letters.Item(
            kind=each.kind,
            name=each.name,
            headline=each.headline,
            count=each.count,
            text=excerpt(each.text, 200) if each.status == "published" else "",
            link=desk.link(f"/comments/{each.comment_id}"),
        )
        for each in found
    )
    return letters.digest(
        desk.cover(reader[1]),
        name=reader[0].name,
        items=items,
        inbox_link=desk.link("/notifications"),
        preferences_link=desk.link("/account/letters"),
    )


def _by_somebody(desk: _Desk, letter: Callable[..., Letter]) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    if reader is None or comment.status != "published":
        return None
    story = desk.story(comment)
    writer = commenters.by_seq(desk.r, desk.site.seq, comment.commenter_seq)
    return letter(
        desk.cover(reader[1]),
        name=reader[0].name,
        answered_by=writer.name,
        headline=story.content.headline,
        text=comment.text,
        link=desk.link(f"/comments/{comment.id}"),
    )


def _approved(desk: _Desk) -> Letter | None:
    return _good_news(desk, letters.comment_approved)


def _reconsidered(desk: _Desk) -> Letter | None:
    return _good_news(desk, letters.comment_reconsidered)


def _good_news(desk: _Desk, letter: Callable[..., Letter]) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    if reader is None:
        return None
    return letter(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        link=desk.link(f"/comments/{comment.id}"),
    )


def _rejected(desk: _Desk) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    decision = decisions.by_seq(desk.r, desk.site.seq, desk.payload["decision"])
    if reader is None or decision.reversed_by is not None or decision.reason is None:
        return None
    return letters.comment_rejected(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        reason=desk.reason(decision),
        advice=desk.advice(decision),
        note=decision.note,
        was_published=comment.was_published,
        policy_link=desk.link("/policy"),
        redress=desk.redress(decision),
    )


def _reply_removed(desk: _Desk) -> Letter | None:
    reader, reply = desk.reader(), desk.comment()
    cause = decisions.by_seq(desk.r, desk.site.seq, desk.payload["decision"])
    if reader is None or cause.reason is None or reply.status is not Status.REMOVED:
        return None
    count = replies.taken_from(desk.r, desk.site.seq, cause.seq, reply.commenter_seq)
    return letters.reply_removed(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(reply).content.headline,
        text=reply.text,
        more=max(0, count - 1),
        reason=desk.reason(cause),
        policy_link=desk.link("/policy"),
        redress=desk.redress(standing_word(decisions.of_comment(desk.r, desk.site.seq, reply.seq)) or cause),
    )


def _reply_restored(desk: _Desk) -> Letter | None:
    return _good_news(desk, letters.reply_restored) if desk.comment().status is Status.PUBLISHED else None


def _changed(desk: _Desk) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    decision = decisions.by_seq(desk.r, desk.site.seq, desk.payload["decision"])
    texts = {text.number: text.text for text in texts_of(desk.r, comment)}
    before, after = texts.get(decision.revision), texts.get(decision.revision + 1)
    if reader is None or before is None or after is None or comment.status is Status.DELETED:
        return None
    return letters.comment_changed(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        before=before,
        after=after,
        reason=desk.sentence(reason_of(decision.reason or "").told),
        note=decision.note,
        policy_link=desk.link("/policy"),
        comment_link=desk.link(f"/comments/{comment.id}"),
        redress=desk.redress(decision),
    )


def _hidden(desk: _Desk) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    holds = standing_word(decisions.of_comment(desk.r, desk.site.seq, comment.seq))
    if reader is None or holds is None or holds.seq != desk.payload["decision"] or comment.status is not Status.HIDDEN:
        return None  # an editor was quicker
    return decided.comment_hidden(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        policy_link=desk.link("/policy"),
        redress=desk.redress(holds),
        by_check=holds.is_by_check,
    )


def _appeal_heard(desk: _Desk) -> Letter | None:
    appeal = appeals.by_seq(desk.r, desk.site.seq, desk.payload["appeal"])
    if appeal.outcome not in (Hearing.GRANTED, Hearing.REFUSED):
        return None
    if appeal.flag_seq is not None:
        return _report_heard(desk, appeal)
    if appeal.notice_seq is not None:
        return notice_letters.heard(desk, appeal)
    reader, comment = desk.reader(), desk.comment()
    if reader is None:
        return None
    told: dict[str, Any] = {
        "name": reader[0].name,
        "headline": desk.story(comment).content.headline,
        "text": comment.text,
        "answer": appeal.answer,
        "is_fresh_look": appeal.is_fresh_look,
    }
    if appeal.outcome is Hearing.GRANTED:
        return decided.appeal_granted(desk.cover(reader[1]), link=desk.link(f"/comments/{comment.id}"), **told)
    decision = decisions.by_seq(desk.r, desk.site.seq, appeal.decision_seq)
    redress = replace(desk.redress(decision), until="")
    return decided.appeal_refused(desk.cover(reader[1]), redress=redress, **told)


def _report_heard(desk: _Desk, appeal: Appeal) -> Letter | None:
    reported = flags.by_seq(desk.r, desk.site.seq, desk.payload["flag"])
    email = desk.reporters_address(reported)
    if email is None:
        return None
    return decided.report_heard(
        desk.cover(email),
        headline=desk.story(desk.comment()).content.headline,
        granted=appeal.outcome is Hearing.GRANTED,
        answer=appeal.answer,
        is_fresh_look=appeal.is_fresh_look,
        receipt_link=desk.receipt_link(reported.flag.id),
        further=desk.site.texts.redress,
    )


def _consent(desk: _Desk) -> Letter | None:
    comment = desk.comment()
    writer = commenters.by_seq(desk.r, desk.site.seq, comment.commenter_seq)
    if writer.account_seq is None or comment.status is not Status.PUBLISHED:
        return None
    return letters.may_we_print(
        desk.cover(accounts.by_seq(desk.r, writer.account_seq).address),
        name=writer.name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        link=desk.link(f"/consent/{desk.signed(str(comment.id), CONSENT)}"),
    )


def _flag_resolved(desk: _Desk) -> Letter | None:
    reported = flags.by_seq(desk.r, desk.site.seq, desk.payload["flag"])
    flag = reported.flag
    if flag.resolution is None:
        return None
    email = desk.reporters_address(reported)
    if email is None:
        return None
    by = decisions.by_seq(desk.r, desk.site.seq, reported.decision_seq) if reported.decision_seq else None
    is_refusal = flag.resolution is Resolution.DECLINED and appeals.about_flag(desk.r, desk.site.seq, flag.seq) is None
    return letters.flag_resolved(
        desk.cover(email),
        headline=desk.story(desk.comment()).content.headline,
        upheld=flag.resolution is Resolution.UPHELD,
        gone=flag.resolution is Resolution.GONE,
        receipt_link=desk.receipt_link(flag.id),
        again=by is not None and by.reverses is not None,
        until=desk.last_day(flag.resolved_at) if is_refusal and flag.resolved_at else "",
    )


def _from_editors(desk: _Desk) -> Letter | None:
    """What the editors did about somebody, unless it was taken back before the letter went."""
    reader = desk.reader()
    act = person_acts.by_seq(desk.r, desk.site.seq, desk.payload["act"])
    if reader is None or act.reversed_by is not None:
        return None
    cover, link = desk.cover(reader[1]), desk.link("/account/editors")
    told: dict[str, Any] = {"name": reader[0].name, "link": link}
    if act.act is PersonAct.LIFT:
        return editors_letters.lifted(cover, **told, what=(act.lifted or PersonAct.BAN).value)
    told["words"] = act.text
    if act.act is PersonAct.MESSAGE:
        return editors_letters.written_to(cover, **told)
    told |= {"policy_link": desk.link("/policy"), "reason": desk.rule(act.reason)}
    if act.act is PersonAct.WARN:
        return editors_letters.warned(cover, **told)
    del told["link"]
    return _restricted(desk, act, reader[0], cover, told)


def _restricted(desk: _Desk, act: OnPerson, about: Commenter, cover: Cover, told: dict[str, Any]) -> Letter:
    """To somebody who can appeal what was done."""
    told["redress"] = desk.redress_of(act, about)
    if act.act is PersonAct.OFF_LADDER:
        return editors_letters.off_ladder(cover, **told)
    told["until"] = desk.moment(act.until)
    if act.act is PersonAct.HOLD:
        return editors_letters.held(cover, **told)
    return editors_letters.kept_out(cover, **told, everywhere=about.is_banned_everywhere)


def _act_appeal_heard(desk: _Desk) -> Letter | None:
    reader = desk.reader()
    act = person_acts.by_seq(desk.r, desk.site.seq, desk.payload["act"])
    appeal = appeals.about_act(desk.r, desk.site.seq, act.seq)
    if reader is None or appeal is None or appeal.outcome not in (Hearing.GRANTED, Hearing.REFUSED):
        return None
    return editors_letters.act_appeal_heard(
        desk.cover(reader[1]),
        name=reader[0].name,
        granted=appeal.outcome is Hearing.GRANTED,
        answer=appeal.answer,
        is_fresh_look=appeal.is_fresh_look,
        redress=replace(desk.redress_of(act, reader[0]), until=""),
    )


def _lowered(desk: _Desk) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    decision = decisions.by_seq(desk.r, desk.site.seq, desk.payload["decision"])
    if reader is None or decision.reversed_by is not None or not comment.is_lowered:
        return None
    return editors_letters.comment_lowered(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        reason=desk.reason(decision),
        words=decision.note,
        comment_link=desk.link(f"/comments/{comment.id}"),
        policy_link=desk.link("/policy"),
    )


def _picked(desk: _Desk) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    if reader is None or not picks.is_picked(desk.r, comment):
        return None
    return editors_letters.comment_picked(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        words=picks.note_on(desk.r, comment),
        link=desk.link(f"/comments/{comment.id}"),
    )


_WRITERS: dict[str, Callable[[_Desk], Letter | None]] = {
    "confirm": _confirm,
    "reset": _reset,
    "account-exists": _account_exists,
    "password-changed": _password_changed,
    "change-email": _change_email,
    "email-changed": _email_changed,
    "guest": _guest,
    "way-added": _way_added,
    "left": _left,
    "reply": _reply,
    "mention": _mention,
    "followed": _followed,
    "digest": _digest,
    "approved": _approved,
    "reconsidered": _reconsidered,
    "rejected": _rejected,
    "changed": _changed,
    "reply-removed": _reply_removed,
    "reply-restored": _reply_restored,
    "hidden": _hidden,
    "appeal-heard": _appeal_heard,
    "flag-resolved": _flag_resolved,
    "from-editors": _from_editors,
    "act-appeal-heard": _act_appeal_heard,
    "lowered": _lowered,
    "picked": _picked,
    "consent": _consent,
    **notice_letters.WRITERS,
}
