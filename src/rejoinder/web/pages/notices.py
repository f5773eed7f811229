"""Giving notice of comments that are against the law: the form, the act, the receipt. Open to everybody."""

from uuid import UUID

from rejoinder.actions.appeal import AppealNotice, appeal_notice
from rejoinder.actions.file_notice import FileNotice, file_notice
from rejoinder.discussion.notices import LABELS, Notice, NoticeKind, Outcome
from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.refusals import Refusal, UnknownNotice
from rejoinder.identity.addresses import clean_email
from rejoinder.store import appeals, attempts, comments, decisions, entries, notices, stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.addressing import limit_key
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.decided import notice_until, shown_appeal
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.comment_forms import asked_for
from rejoinder.web.pages.drawing import drawing
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.shown.notices import NoticedComment, NoticePage, NoticeReceiptPage
from rejoinder.web.visits import Visit


def notice_form(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The form, with the comment's address in it where it was begun at a comment; after a refusal, what was sent.
    Raises UnknownComment.
    """
    form = visit.asked.form
    shown, address = None, visit.asked.query.get("url", "")
    if "id" in visit.asked.parts:
        entry, story = asked_for(r, visit)
        shown = drawing(r, visit, story, [entry]).comment(entry)
        address = visit.options.public_url + addresses.comment(visit.site.key, entry.comment.id)
    page = NoticePage(
        chrome=chrome(r, visit),
        comment=shown,
        kind=form.text("kind"),
        why=form.text("why"),
        addresses=form.text("addresses") or address,
        name=form.text("name") or (visit.viewer.name if visit.viewer and not refusal else ""),
        email=form.text("email"),
        good_faith=bool(form.text("good_faith")),
        danger=bool(form.text("danger")),
        key=form.text("key"),
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


async def file(doing: Doing) -> Answer:
    """The notice; then its receipt. Raises TooFast, BadAddress and the refusals of `file_notice`."""
    visit = doing.visit
    form, limits, now = visit.asked.form, visit.options.limits, visit.asked.now
    who = limit_key(visit.asked.address)
    await doing.write(lambda w: attempts.note(w, "notice", who, limit=limits.reports, seconds=limits.window, now=now))
    filing, receipt_ = visit.new_receipt()
    sent = FileNotice(
        site_seq=visit.site.seq,
        filing=filing,
        receipt=receipt_,
        kind=form.text("kind"),
        why=form.text("why"),
        addresses=form.text("addresses"),
        name=form.text("name"),
        email=clean_email(form.text("email")) if form.text("email").strip() else None,
        in_good_faith=bool(form.text("good_faith")),
        threatens_life=bool(form.text("danger")),
        key=form.text("key").strip(),
        reporter_seq=visit.viewer.seq if visit.viewer else None,
    )
    await doing.write(lambda w: file_notice(w, sent, now=now))
    return see_other(addresses.notice_receipt(visit.site.key, receipt_))


def receipt(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """What became of a notice, for whoever has its receipt; after a refusal, the words of the appeal that was sent.
    Raises UnknownReceipt.
    """
    given, form = visit.asked.part("receipt"), visit.asked.form
    sent = notices.by_receipt(r, visit.site.seq, given)
    first = sent[0]
    page = NoticeReceiptPage(
        chrome=chrome(r, visit),
        kind=LABELS[NoticeKind(first.kind)],
        sent_at=first.created_at,
        why=first.why,
        name=first.name,
        email=first.email or "",
        trusted=first.flagger_name or "",
        due_at=first.due_at,
        is_new=(visit.asked.now - first.created_at).total_seconds() < 60,  # noqa: PLR2004 - a minute
        comments=tuple(_noticed(r, visit, notice) for notice in sent),
        receipt=given,
        redress=visit.site.texts.redress,
        asked=form.text("notice"),
        text=form.text("text"),
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


async def appeal(doing: Doing) -> Answer:
    """An appeal by whoever has the receipt of a notice that was refused; then the receipt again. Raises UnknownReceipt,
    UnknownNotice and the refusals of `appeal_notice`.
    """
    visit = doing.visit
    form = visit.asked.form
    try:
        notice_id = UUID(form.text("notice"))
    except ValueError:
        raise UnknownNotice from None
    order = AppealNotice(
        site_seq=visit.site.seq, receipt=visit.asked.part("receipt"), notice_id=notice_id, text=form.text("text")
    )
    await doing.write(lambda w: appeal_notice(w, order, now=visit.asked.now))
    return see_other(addresses.notice_receipt(visit.site.key, order.receipt))


def _noticed(r: Read, visit: Visit, notice: Notice) -> NoticedComment:
    comment = comments.by_seq(r, visit.site.seq, notice.comment_seq)
    entry = entries.one(r, visit.site.seq, comment.id)
    assert entry is not None  # its comment is there, and so is its writer
    story = stories.by_seq(r, visit.site.seq, comment.story_seq)
    made = appeals.about_notice(r, visit.site.seq, notice.seq) if notice.resolution else None
    return NoticedComment(
        id=notice.id,
        address=addresses.comment(visit.site.key, comment.id),
        comment=drawing(r, visit, story, [entry]).comment(entry),
        headline=story.content.headline,
        outcome=notice.resolution,
        answered_at=notice.resolved_at,
        reason=_reason(r, visit, notice),
        answer=notice.answer,
        until=notice_until(notice, comment, made, now=visit.asked.now),
        appeal=shown_appeal(made, now=visit.asked.now),
    )


def _reason(r: Read, visit: Visit, notice: Notice) -> str:
    if notice.decision_seq is None or notice.resolution not in (Outcome.ILLEGAL, Outcome.POLICY):
        return ""
    decision = decisions.by_seq(r, visit.site.seq, notice.decision_seq)
    return reason_of(decision.reason).told if decision.reason else ""
