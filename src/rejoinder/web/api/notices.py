"""Giving notice of what is against the law, correcting a story, and asking what became of either."""

from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from rejoinder.actions import appeal as appealing
from rejoinder.actions import file_notice as filing
from rejoinder.actions import send_correction as sending
from rejoinder.discussion.notices import Notice
from rejoinder.identity.addresses import clean_email
from rejoinder.store import appeals, attempts, comments, corrections, decisions, notices, stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.addressing import limit_key
from rejoinder.web.api import notice_schemas as schemas
from rejoinder.web.api.appeals import shown
from rejoinder.web.api.calls import Call
from rejoinder.web.api.schemas import Appeal
from rejoinder.web.decided import notice_until
from rejoinder.web.visits import Visit

FlaggerKey = Annotated[
    str | None,
    HeaderParameter(name="Trusted-Flagger", description="The key of a trusted flagger, whose notices come first."),
]


async def file_notice(
    call: NamedDependency[Call], data: JSONBody[schemas.FileNotice], key: FlaggerKey = None
) -> schemas.NoticeReceipt:
    """Gives notice of comments that are against the law. No account is needed."""
    visit = await call.visit()
    filing_id, receipt = visit.new_receipt()
    sent = filing.FileNotice(
        site_seq=visit.site.seq,
        filing=filing_id,
        receipt=receipt,
        kind=data.kind,
        why=data.why,
        addresses="\n".join(data.addresses),
        name=data.name,
        email=clean_email(data.email) if data.email else None,
        in_good_faith=data.good_faith,
        threatens_life=data.danger,
        key=key or "",
        reporter_seq=visit.viewer.seq if visit.viewer else None,
    )
    await _count(call, "notice")
    await call.write(lambda w: filing.file_notice(w, sent, now=call.asked.now))
    return await call.read(lambda r, visit: _receipt(r, visit, receipt))


async def get_notice(call: NamedDependency[Call], receipt: FromPath[str]) -> schemas.NoticeReceipt:
    """What became of a notice. Whoever has the receipt may ask."""
    return await call.read(lambda r, visit: _receipt(r, visit, receipt))


async def appeal_notice(
    call: NamedDependency[Call], receipt: FromPath[str], data: JSONBody[schemas.AppealNotice]
) -> Appeal:
    """Appeals because a comment was left standing after a notice, once, within six months. The same again gives the
    first.
    """
    visit = await call.visit()
    order = appealing.AppealNotice(site_seq=visit.site.seq, receipt=receipt, notice_id=data.notice, text=data.text)
    return shown(await call.write(lambda w: appealing.appeal_notice(w, order, now=call.asked.now)))


async def send_correction(
    call: NamedDependency[Call], slug: FromPath[str], data: JSONBody[schemas.SendCorrection]
) -> schemas.Correction:
    """Says what is wrong in a story, to its editors. No account is needed."""
    visit = await call.visit()
    correction_id, receipt = visit.new_receipt()
    sent = sending.SendCorrection(
        id=correction_id,
        receipt=receipt,
        site_seq=visit.site.seq,
        slug=slug,
        quote=data.quote,
        text=data.text,
        source=data.source,
        email=clean_email(data.email) if data.email and visit.viewer is None else None,
        commenter_seq=visit.viewer.seq if visit.viewer else None,
    )
    await _count(call, "correction")
    await call.write(lambda w: sending.send_correction(w, sent, now=call.asked.now))
    return await call.read(lambda r, visit: _correction(r, visit, receipt))


async def get_correction(call: NamedDependency[Call], receipt: FromPath[str]) -> schemas.Correction:
    """What came of a correction. Whoever has the receipt may ask."""
    return await call.read(lambda r, visit: _correction(r, visit, receipt))


async def _count(call: Call, what: str) -> None:
    """Counts the attempt, in a transaction of its own so that a refusal does not forget it. Raises TooFast."""
    limits = call.options.limits
    who = limit_key(call.asked.address)
    await call.write(
        lambda w: attempts.note(w, what, who, limit=limits.reports, seconds=limits.window, now=call.asked.now)
    )


def _receipt(r: Read, visit: Visit, receipt: str) -> schemas.NoticeReceipt:
    sent = notices.by_receipt(r, visit.site.seq, receipt)
    first = sent[0]
    return schemas.NoticeReceipt(
        receipt=receipt,
        kind=first.kind,
        why=first.why,
        created_at=first.created_at,
        due_at=first.due_at,
        trusted_flagger=first.flagger_name,
        automated=False,
        comments=tuple(_noticed(r, visit, each) for each in sent),
        page=visit.options.public_url + addresses.notice_receipt(visit.site.key, receipt),
    )


def _noticed(r: Read, visit: Visit, notice: Notice) -> schemas.NoticedComment:
    site = visit.site.seq
    comment = comments.by_seq(r, site, notice.comment_seq)
    made = appeals.about_notice(r, site, notice.seq) if notice.resolution else None
    return schemas.NoticedComment(
        id=notice.id,
        comment=comment.id,
        outcome=notice.resolution,
        reason=decisions.by_seq(r, site, notice.decision_seq).reason if notice.decision_seq else None,
        answer=notice.answer,
        answered_at=notice.resolved_at,
        appeal_until=notice_until(notice, comment, made, now=visit.asked.now),
        appeal=shown(made) if made else None,
    )


def _correction(r: Read, visit: Visit, receipt: str) -> schemas.Correction:
    found = corrections.by_receipt(r, visit.site.seq, receipt)
    return schemas.Correction(
        receipt=receipt,
        story=stories.by_seq(r, visit.site.seq, found.story_seq).slug,
        quote=found.quote,
        text=found.text,
        source=found.source,
        created_at=found.created_at,
        outcome=found.resolution,
        answer=found.answer,
        answered_at=found.resolved_at,
        page=visit.options.public_url + addresses.correction_receipt(visit.site.key, receipt),
    )
