"""What the writers of letters share: the job, and looking up what it is about."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msgspec import Struct

from rejoinder.actions.hear_act_appeal import who_may_lift
from rejoinder.actions.read_policy import clauses_of, clauses_told, rule_told
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.appeals import ends
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision
from rejoinder.discussion.person_acts import OnPerson
from rejoinder.discussion.policy import ADVICE, Named, reason_of
from rejoinder.discussion.sites import Site
from rejoinder.discussion.stories import Story
from rejoinder.identity.tokens import LETTERS, act_key, decision_key, receipt_of, sign
from rejoinder.language import words
from rejoinder.mail import decided
from rejoinder.mail.layout import Cover
from rejoinder.store import accounts, commenters, comments, decisions, flags, stories
from rejoinder.store.database import Read
from rejoinder.store.flags import Reported
from rejoinder.store.jobs import Job

SUBSCRIBED = {
    "reply": "reply",
    "mention": "mention",
    "followed": "followed",
    "digest": "digest",
    "flag-resolved": "report",
}


class Post(Struct, frozen=True, kw_only=True):
    """What a letter is written from: where links lead, what signs receipts."""

    public_url: str
    secret: str


class Desk:
    """What the writers share: the job, and looking up what it is about."""

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
