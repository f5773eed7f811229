"""Notes for colleagues, and second opinions."""

import pytest
from tests.makers import Setting, a_commenter, after

from rejoinder.actions.ask_opinion import answer_opinion, ask_opinion
from rejoinder.actions.leave import Leaving, leave
from rejoinder.actions.note_comment import note_comment, note_commenter
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.desk_notes import DeskNote, NoteKind
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import Invalid, NotAllowed, OwnQuestion
from rejoinder.store import cases, claims, desk_notes
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database


class Asking(Setting):
    """A comment that waits, and a colleague to ask."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, newcomer_comments=1)
        self.waiting: Comment = self.post()
        self.colleague: Commenter = self.write(lambda w: a_commenter(w, self.site, "M. Lowen", role=Role.MODERATOR))

    def ask(self, *, to: Commenter | None = None) -> None:
        self.write(
            lambda w: ask_opinion(
                w,
                self.site.seq,
                self.waiting.id,
                "Is this still satire?",
                to=to.id if to else None,
                by_seq=self.editor.seq,
                now=after(hours=2),
            )
        )

    def answer(self, by: Commenter, words: str = "", *, agrees: bool = True) -> DeskNote:
        return self.write(
            lambda w: answer_opinion(
                w, self.site.seq, self.waiting.id, words, agrees=agrees, by_seq=by.seq, now=after(hours=3)
            )
        )

    def told(self) -> list[tuple[NoteKind, str, str]]:
        found = self.read(lambda r: desk_notes.about(r, self.site.seq, comment_seqs=[self.waiting.seq]))
        return [(note.kind, note.by_name, note.text) for note in found]

    def counts(self) -> dict[CaseKind, int]:
        return self.read(lambda r: cases.counts(r, self.site.seq))


@pytest.fixture
def asking(database: Database) -> Asking:
    return Asking(database)


def test_a_colleague_answers_and_the_comment_is_the_asker_s_again(asking: Asking) -> None:
    asking.ask(to=asking.colleague)
    assert asking.counts() == {CaseKind.HELD: 1, CaseKind.OPINION: 1}
    mine = asking.read(lambda r: claims.assigned_to(r, asking.site.seq, asking.colleague.seq, most=9))
    assert mine == [asking.waiting.seq]

    asking.answer(asking.colleague, "Yes, and a good one.", agrees=False)

    assert asking.counts() == {CaseKind.HELD: 1}
    assert asking.told() == [
        (NoteKind.ASKED, "R. Teague", "Is this still satire?"),
        (NoteKind.OTHERWISE, "M. Lowen", "Yes, and a good one."),
    ]
    mine = asking.read(lambda r: claims.assigned_to(r, asking.site.seq, asking.editor.seq, most=9))
    assert mine == [asking.waiting.seq]


def test_nobody_gives_themselves_a_second_opinion(asking: Asking) -> None:
    asking.ask()

    with pytest.raises(OwnQuestion):
        asking.answer(asking.editor)
    with pytest.raises(NotAllowed):
        asking.answer(asking.reader)


def test_who_sees_it_otherwise_says_why(asking: Asking) -> None:
    asking.ask()

    with pytest.raises(Invalid):
        asking.answer(asking.colleague, " ", agrees=False)


def test_a_decision_settles_the_question_too(asking: Asking) -> None:
    asking.ask()

    asking.decide(asking.waiting, Outcome.APPROVE)

    assert asking.counts() == {}


def test_notes_are_kept_in_order_and_go_with_the_account_they_are_about(asking: Asking) -> None:
    site, editor = asking.site.seq, asking.editor.seq
    for words in ("Third time this week.", "Wrote to her."):
        asking.write(
            lambda w, words=words: note_commenter(w, site, asking.reader.id, words, by_seq=editor, now=after(hours=2))  # type: ignore[misc] # binds the loop's value
        )
    asking.write(lambda w: note_comment(w, site, asking.waiting.id, "See the log.", by_seq=editor, now=after(hours=3)))
    found = asking.read(
        lambda r: desk_notes.about(r, site, comment_seqs=[asking.waiting.seq], commenter_seqs=[asking.reader.seq])
    )
    assert [note.text for note in found] == ["Third time this week.", "Wrote to her.", "See the log."]
    with pytest.raises(Invalid):
        asking.write(lambda w: note_comment(w, site, asking.waiting.id, " \n", by_seq=editor, now=after(hours=3)))

    assert asking.reader.account_seq is not None
    order = Leaving(account_seq=asking.reader.account_seq, erase=False, called={site: "Former reader"})
    asking.write(lambda w: leave(w, order, now=after(hours=4)))

    assert asking.read(lambda r: desk_notes.about(r, site, commenter_seqs=[asking.reader.seq])) == []
