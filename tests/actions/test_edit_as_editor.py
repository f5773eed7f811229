"""An editor changes a comment's text: on the record, told to its writer, and no word on whether the comment stands."""

from concurrent.futures import wait
from typing import Any

import pytest
from sqlalchemy import select
from tests.makers import Setting, a_flag, after

from rejoinder.actions.edit_as_editor import EditorsEdit, edit_as_editor
from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.editing import Showing
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import (
    BlankText,
    NotAllowed,
    NotEditable,
    NothingToDecide,
    ReasonNeeded,
    Refusal,
    Stale,
    Unchanged,
    UnknownReason,
)
from rejoinder.store import comments, decisions, flags
from rejoinder.store.database import Database, Statement
from rejoinder.store.tables import comments as comment_rows
from rejoinder.store.texts import texts_of

NUMBER = "Call me at 5550134."


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def an_edit(setting: Setting, comment: Comment, text: str = "Call me.", **known: Any) -> EditorsEdit:
    values: dict[str, Any] = {
        "by_seq": setting.editor.seq,
        "seen_revision": 1,
        "reason": "private-information",
        "showing": Showing.TOLD,
    } | known
    return EditorsEdit(site_seq=setting.site.seq, comment_id=comment.id, text=text, **values)


def edited(setting: Setting, comment: Comment, text: str = "Call me.", **known: Any) -> Decision:
    edit = an_edit(setting, comment, text, **known)
    return setting.write(lambda w: edit_as_editor(w, edit, now=after(hours=2)))


def test_the_new_text_stands_in_the_old_place_and_the_old_one_is_kept(setting: Setting) -> None:
    comment, before = setting.post(NUMBER), setting.story_now()

    decision = edited(setting, comment, "Call **me**.", showing=Showing.SHOWN)

    now = setting.again(comment)
    assert (now.text, now.status, now.publish_seq, now.edited_by) == (
        "Call **me**.",
        Status.PUBLISHED,
        1,
        setting.editor.seq,
    )
    assert "<strong>me</strong>" in now.html
    assert (decision.outcome, decision.reason, decision.rule) == (Outcome.EDIT, "private-information", "shown")
    assert (setting.story_now().version, setting.story_now().published_count) == (before.version + 1, 1)
    first, second = setting.read(lambda r: texts_of(r, now))
    assert (first.text, first.by_editor, second.text, second.by_editor, second.shown) == (
        NUMBER,
        False,
        "Call **me**.",
        True,
        True,
    )


def test_its_language_is_looked_at_again(setting: Setting) -> None:
    comment = setting.post("The early boat was full again, and that is not what they said.")

    edited(setting, comment, "Die Fähre war heute nicht voll, und das ist auch für die Werft gut.")

    language = Statement(select(comment_rows.c.language))
    assert setting.read(lambda r: r.value(language)) == "de"


def test_the_writer_is_told_once(setting: Setting) -> None:
    edited(setting, setting.post(NUMBER))

    assert setting.letters(at=after(hours=2)) == [("changed", f"commenter:{setting.reader.seq}")]


@pytest.mark.parametrize(
    ("refusal", "known"),
    [
        (Stale, {"seen_revision": 2}),
        (ReasonNeeded, {"reason": None}),
        (UnknownReason, {"reason": "dislike"}),
        (Unchanged, {"text": NUMBER + "  "}),
        (BlankText, {"text": " "}),
    ],
)
def test_a_bad_change_is_refused_and_changes_nothing(
    setting: Setting, refusal: type[Refusal], known: dict[str, Any]
) -> None:
    comment = setting.post(NUMBER)

    with pytest.raises(refusal):
        edited(setting, comment, **known)

    assert setting.again(comment) == comment


def test_a_reader_changes_nobodys_text(setting: Setting) -> None:
    with pytest.raises(NotAllowed):
        edited(setting, setting.post(NUMBER), by_seq=setting.reader.seq)


def test_what_is_removed_is_not_changed(setting: Setting) -> None:
    comment = setting.post(NUMBER)
    setting.decide(comment, Outcome.REJECT)

    with pytest.raises(NotEditable):
        edited(setting, comment)


def test_its_writer_cannot_put_back_what_was_taken_out(setting: Setting) -> None:
    comment = setting.post(NUMBER)
    edited(setting, comment)
    again = Edit(
        site_seq=setting.site.seq,
        comment_id=comment.id,
        commenter_seq=setting.reader.seq,
        text=NUMBER,
        seen_revision=2,
    )

    with pytest.raises(NotEditable):
        setting.write(lambda w: edit_comment(w, again, now=after(hours=1, minutes=1)))


def test_it_answers_no_report_and_leaves_the_decision_that_holds(setting: Setting) -> None:
    comment = setting.post(NUMBER)
    setting.write(lambda w: a_flag(w, comment))
    removal = setting.decide(comment, Outcome.REJECT)
    setting.write(
        lambda w: undo_decision(w, setting.site.seq, removal.id, by_seq=setting.editor.seq, now=after(hours=3))
    )
    approval = setting.decide(comment, Outcome.APPROVE)
    setting.write(lambda w: a_flag(w, comment, device=2))
    edit = edited(setting, comment)

    assert setting.read(lambda r: flags.open_count(r, comment)) == 1
    with pytest.raises(NothingToDecide):
        setting.write(
            lambda w: undo_decision(w, setting.site.seq, edit.id, by_seq=setting.editor.seq, now=after(hours=4))
        )
    setting.write(
        lambda w: undo_decision(w, setting.site.seq, approval.id, by_seq=setting.editor.seq, now=after(hours=4))
    )
    assert setting.again(comment).text == "Call me."


def test_eight_changes_at_once_are_one(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post(NUMBER)

    orders = [an_edit(setting, comment, f"Call me on day {number}.") for number in range(8)]
    futures = [
        either_database.write(lambda w, order=order: edit_as_editor(w, order, now=after(hours=2)))  # type: ignore[misc] # binds the loop's value
        for order in orders
    ]
    wait(futures, timeout=30)

    assert sum(isinstance(future.exception(), Stale) for future in futures) == 7
    assert len(setting.read(lambda r: comments.revisions_of(r, comment))) == 1
    assert len(setting.read(lambda r: decisions.of_comment(r, setting.site.seq, comment.seq))) == 1
