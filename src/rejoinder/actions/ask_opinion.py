"""An editor asks colleagues what they think of a comment, and one of them answers."""

from datetime import datetime
from uuid import UUID

from rejoinder.actions.claim_case import colleague
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.desk_notes import DeskNote, NoteKind, may_answer, note_text, open_question
from rejoinder.discussion.refusals import NothingToDecide
from rejoinder.store import cases, claims, commenters, comments, desk_notes, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write


def ask_opinion(
    w: Write, site_seq: int, comment_id: UUID, question: str, *, by_seq: int, now: datetime, to: UUID | None = None
) -> None:
    """The question, and a case for it: for anybody, or for one colleague. The asker's claim ends. Raises NotAllowed,
    UnknownComment, NotAColleague, Invalid for a question that is empty or too long.
    """
    found = comments.by_id(w, site_seq, comment_id)
    editor = must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
    to_seq = None if to is None else colleague(w, site_seq, to).seq
    text = note_text(question)
    section_seq = stories.by_seq(w, site_seq, found.story_seq).section_seq
    comment = comments.lock(w, site_seq, found.seq)
    note_seq = desk_notes.add(w, site_seq, NoteKind.ASKED, text, by_seq=editor.seq, comment_seq=comment.seq, now=now)
    cases.open_case(w, comment, CaseKind.OPINION, section_seq=section_seq, subject_seq=note_seq, now=now)
    claims.assign(w, comment, to_seq=to_seq, kind=CaseKind.OPINION)
    claims.let_go(w, comment, by_seq=editor.seq)


def answer_opinion(
    w: Write, site_seq: int, comment_id: UUID, words: str, *, agrees: bool, by_seq: int, now: datetime
) -> DeskNote:
    """The question that this answers. Its case closes; what still waits about the comment is the asker's to decide.
    Raises NotAllowed, UnknownComment, NothingToDecide where no question is open, OwnQuestion, Invalid for words that
    are too long, or for none where the colleague sees it otherwise.
    """
    found = comments.by_id(w, site_seq, comment_id)
    editor = must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
    text = note_text(words, may_be_empty=agrees)
    comment = comments.lock(w, site_seq, found.seq)
    question = open_question(desk_notes.about(w, site_seq, comment_seqs=[comment.seq]))
    if question is None:
        raise NothingToDecide
    may_answer(question, by_seq=editor.seq)
    kind = NoteKind.AGREED if agrees else NoteKind.OTHERWISE
    desk_notes.add(w, site_seq, kind, text, by_seq=editor.seq, comment_seq=comment.seq, now=now)
    claims.close_kind(w, comment, CaseKind.OPINION, now=now)
    claims.assign(w, comment, to_seq=question.by_seq)
    return question
