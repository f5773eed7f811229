"""Somebody gives notice of comments that are against the law (Regulation (EU) 2022/2065, Article 16). No account is
needed; whatever the comment's status, an editor answers.
"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.actions.letters import letter_about_notice
from rejoinder.discussion import notices as rules
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.events import CommentFlagged
from rejoinder.discussion.notices import Claim, comments_at, due, urgency
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import NotOurComment, Refusal, UnknownFlagger
from rejoinder.store import cases, comments, jobs, log, notices, stories, trusted_flaggers
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write
from rejoinder.store.trusted_flaggers import Flagger

DUE_SOON = "notice-due"  # the job that writes to editors while there is still time


class FileNotice(Struct, frozen=True, kw_only=True):
    """What was sent. `filing` and `receipt` are made by an entrance that can make the one from the other again, for a
    letter. `key` is a trusted flagger's.
    """

    site_seq: int
    filing: UUID
    receipt: str
    kind: str
    why: str
    addresses: str
    name: str = ""
    email: str | None = None
    in_good_faith: bool = False
    threatens_life: bool = False
    key: str = ""
    reporter_seq: int | None = None


def file_notice(w: Write, sent: FileNotice, *, now: datetime) -> list[Comment]:
    """The comments of the new notices. Each adds to its comment's case, which comes before what was only reported; a
    receipt goes to the address that was left. Raises Invalid, ExplanationNeeded, WordsTooLong, NotOurComment,
    TooManyAddresses, NameNeeded, GoodFaithNeeded, UnknownFlagger.
    """
    flagger = _flagger(w, sent)
    claim = rules.checked(
        kind=sent.kind,
        why=sent.why,
        name=sent.name or (flagger.name if flagger else ""),
        email=sent.email,
        in_good_faith=sent.in_good_faith,
        threatens_life=sent.threatens_life,
    )
    named = comments_at(sent.addresses)
    found = [(_ours(w, sent.site_seq, comment_id, address), address) for comment_id, address in named.items()]
    found.sort(key=lambda each: (each[0].story_seq, each[0].seq))  # everybody locks in one order
    filed = [_file(w, sent, claim, comment, address=address, flagger=flagger, now=now) for comment, address in found]
    if sent.email:
        letter_about_notice(w, sent.site_seq, filed[0], "notice-received", event=f"notice:{sent.filing}", now=now)
    for comment, _address in found:
        w.tell(CommentFlagged(site_seq=comment.site_seq, story_seq=comment.story_seq, comment_id=comment.id))
    return [comment for comment, _address in found]


def _flagger(w: Write, sent: FileNotice) -> Flagger | None:
    if not sent.key:
        return None
    found = trusted_flaggers.by_key(w, sent.site_seq, sent.key)
    if found is None:
        raise UnknownFlagger
    return found


def _ours(w: Write, site_seq: int, comment_id: UUID, address: str) -> Comment:
    """The comment, if readers could ever see it: nobody is told of what was never published."""
    try:
        comment = comments.by_id(w, site_seq, comment_id)
    except Refusal:
        raise NotOurComment(address=address[:200]) from None
    if not comment.was_published:
        raise NotOurComment(address=address[:200])
    return comment


def _file(
    w: Write,
    sent: FileNotice,
    claim: Claim,
    found: Comment,
    *,
    address: str,
    flagger: Flagger | None,
    now: datetime,
) -> int:
    story = stories.lock(w, sent.site_seq, found.story_seq)
    comment = comments.lock(w, sent.site_seq, found.seq)
    due_at = due(claim.kind, now=now)
    seq = notices.add(
        w,
        comment,
        claim,
        filing=sent.filing,
        address=address,
        receipt=sent.receipt,
        email=sent.email,
        flagger_seq=flagger.seq if flagger else None,
        reporter_seq=sent.reporter_seq,
        due_at=notices.due_micros(due_at),
        now=now,
    )
    urgent, first_due = urgency(notices.open_of(w, comment))
    opened = cases.open_case(
        w,
        comment,
        CaseKind.NOTICE,
        section_seq=story.section_seq,
        subject_seq=seq,
        due_at=first_due,
        priority=urgent,
        now=now,
    )
    if not opened:
        cases.hasten(w, comment, CaseKind.NOTICE, due_at=first_due, priority=urgent)
    if due_at is not None:
        wait = rules.INTIMATE_WITHIN - rules.WARNED_BEFORE
        event, payload = f"notice-due:{seq}", {"notice": seq}
        jobs.add(
            w,
            DUE_SOON,
            site_seq=sent.site_seq,
            event=event,
            recipient="editors",
            payload=payload,
            now=now,
            after=wait,
        )
    _note(w, claim, comment, seq, flagger, now=now)
    return seq


def _note(w: Write, claim: Claim, comment: Comment, seq: int, flagger: Flagger | None, *, now: datetime) -> None:
    details = {
        "act": "received",
        "notice": seq,
        "comment": str(comment.id),
        "kind": claim.kind.value,
        "trusted": flagger.name if flagger else None,
        "danger": claim.threatens_life,
    }
    log.append(
        w,
        comment.site_seq,
        RecordKind.NOTICE,
        details,
        comment_seq=comment.seq,
        story_seq=comment.story_seq,
        now=now,
    )
