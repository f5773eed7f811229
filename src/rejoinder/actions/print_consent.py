"""An editor asks a writer whether a comment may be printed; the writer answers, and may change their mind."""

from datetime import datetime
from uuid import UUID

from rejoinder.actions.letters import letter_to
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import Invalid, NoAddress, NotPublished, UnknownComment
from rejoinder.discussion.text import clean
from rejoinder.store import accounts, commenters, comments, consents, log, stories
from rejoinder.store.database import Write

LONGEST_NAME = 80  # characters of what a printed comment is signed with


def ask_consent(w: Write, site_seq: int, comment_id: UUID, *, by_seq: int, now: datetime) -> Comment:
    """The comment whose writer gets a letter, once however often they are asked. Raises UnknownComment, NotAllowed,
    NotPublished, NoAddress.
    """
    found = comments.by_id(w, site_seq, comment_id)
    stories.lock(w, site_seq, found.story_seq)
    editor = must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.PICK)
    comment = comments.lock(w, site_seq, found.seq)
    if comment.status is not Status.PUBLISHED:
        raise NotPublished
    writer = commenters.by_seq(w, site_seq, comment.commenter_seq)
    if writer.account_seq is None or not accounts.by_seq(w, writer.account_seq).address:
        raise NoAddress
    if consents.ask(w, comment, by_seq=editor.seq, now=now):
        letter_to(w, comment.commenter_seq, "consent", event=f"consent:{comment.id}", about=comment, now=now)
        details = {"act": "consent asked", "comment": str(comment.id)}
        log.append(w, site_seq, RecordKind.PICK, details, by_seq=editor.seq, comment_seq=comment.seq, now=now)
    return comment


def answer_consent(w: Write, site_seq: int, comment_id: UUID, *, yes: bool, signed_as: str, now: datetime) -> None:
    """Keeps what the writer said. Whoever has the letter's link is the writer. Raises UnknownComment where nobody
    asked, Invalid for a yes without a name, or with one that is too long.
    """
    comment = comments.lock(w, site_seq, comments.by_id(w, site_seq, comment_id).seq)
    if consents.of_comment(w, comment) is None:
        raise UnknownComment
    name = " ".join(clean(signed_as).split())
    if yes and not 0 < len(name) <= LONGEST_NAME:
        raise Invalid(field="signed_as")
    consents.answer(w, comment, yes=yes, signed_as=name if yes else "", now=now)
    details = {"act": "consent given" if yes else "consent refused", "comment": str(comment.id)}
    log.append(w, site_seq, RecordKind.PICK, details, comment_seq=comment.seq, now=now)
