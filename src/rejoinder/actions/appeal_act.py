"""Somebody appeals what the editors did about them: that they were banned, suspended, held, or taken off the ladder. As
with comments it waits for a person, who decides it (Regulation (EU) 2022/2065, Article 20(1) and (6)).
"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.appeals import Appeal, Appellant, Hearing, fits_appeal, may_appeal_act
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import NotYours
from rejoinder.discussion.text import clean
from rejoinder.store import appeals, cases, commenters, log, person_acts
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write


class AppealAct(Struct, frozen=True, kw_only=True):
    """What was sent. `by_seq` is who is logged in; None: the act's key, from the letter, is the right to."""

    site_seq: int
    act_id: UUID
    text: str = ""
    by_seq: int | None = None


def appeal_act(w: Write, order: AppealAct, *, now: datetime) -> Appeal:
    """The appeal of the person, who is told when it was heard; sent twice, the first one. Raises UnknownPersonAct,
    NotYours, TooLong and the refusals of `appeals.may_appeal_act`.
    """
    text = clean(order.text)
    fits_appeal(text)
    act = person_acts.by_id(w, order.site_seq, order.act_id)
    if order.by_seq is not None and act.commenter_seq != order.by_seq:
        raise NotYours
    about = commenters.lock(w, order.site_seq, act.commenter_seq)
    earlier = appeals.about_act(w, order.site_seq, act.seq)
    if earlier is not None and earlier.text == text:
        return earlier
    may_appeal_act(act, person_acts.record_of(w, about), earlier=earlier, now=now)
    appeal = appeals.add(
        w, None, site_seq=order.site_seq, by=Appellant.PERSON, person_act_seq=act.seq, text=text, now=now
    )
    cases.open_about_person(w, order.site_seq, about.seq, CaseKind.APPEAL, subject_seq=appeal.seq, now=now)
    details = {"appeal": str(appeal.id), "act": "filed", "appellant": appeal.by.value, "person_act": str(act.id)}
    log.append(w, order.site_seq, RecordKind.APPEAL, details, commenter_seq=about.seq, now=now)
    return appeal


def withdraw_act_appeals(w: Write, commenter: Commenter, *, now: datetime) -> None:
    """What the commenter, who is locked and leaves, has appealed and nobody has heard needs no hearing any more."""
    record = person_acts.record_of(w, commenter)
    for appeal in appeals.about_acts(w, commenter.site_seq, (act.seq for act in record)).values():
        if appeal.outcome is None:
            appeals.heard(
                w,
                appeal,
                Hearing.WITHDRAWN,
                by_seq=None,
                answer="",
                result_seq=None,
                is_fresh_look=False,
                now=now,
            )
            cases.close_about(w, commenter.site_seq, CaseKind.APPEAL, appeal.seq, now=now)
