"""Editing one's own comment: for a while, screened again, never over somebody's newer text."""

from concurrent.futures import wait
from datetime import datetime

import pytest
from tests.makers import Setting, a_commenter, after

from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import (
    BlankText,
    EditWindowOver,
    NotEditable,
    NotYours,
    Stale,
    StoryClosed,
    TooLong,
    UnknownComment,
)
from rejoinder.store import cases, comments, entries
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database

SOON = after(hours=1, minutes=2)


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database, banned_words=["bilge"], links=0)


def changed(setting: Setting, comment: Comment, text: str, *, seen: int = 1, now: datetime = SOON) -> Comment:
    edit = Edit(
        site_seq=comment.site_seq,
        comment_id=comment.id,
        commenter_seq=comment.commenter_seq,
        text=text,
        seen_revision=seen,
    )
    return setting.write(lambda w: edit_comment(w, edit, now=now))


def test_the_new_text_is_shown_and_the_old_one_kept(setting: Setting) -> None:
    comment = setting.post("The early boat was full.")

    after_edit = changed(setting, comment, "The **late** boat was full.")

    assert (after_edit.text, after_edit.revision, after_edit.edited_at) == ("The **late** boat was full.", 2, SOON)
    assert "<strong>late</strong>" in after_edit.html
    kept = setting.read(lambda r: comments.revisions_of(r, comment))
    assert kept == [(1, "The early boat was full.", after(hours=1), False)]


def test_an_edit_keeps_the_place_and_raises_the_version(setting: Setting) -> None:
    comment = setting.post()
    before = setting.story_now()

    changed(setting, comment, "Other words.")

    assert setting.again(comment).publish_seq == 1
    assert setting.story_now().version == before.version + 1
    assert setting.story_now().published_count == 1


def test_the_same_text_changes_nothing(setting: Setting) -> None:
    comment = setting.post("The early boat was full.")
    before = setting.story_now()

    assert changed(setting, comment, "The early boat was full.\n\n") == setting.again(comment)
    assert setting.story_now() == before


def test_a_published_text_that_wants_a_look_is_hidden_until_it_had_one(setting: Setting) -> None:
    comment = setting.post()

    after_edit = changed(setting, comment, "What bilge.")

    assert (after_edit.status, after_edit.marker) == (Status.HIDDEN, Marker.PLAIN)
    assert setting.story_now().published_count == 0
    (case,) = setting.read(lambda r: cases.queue(r, setting.site.seq))
    assert (case.kind, [finding.check for finding in case.findings]) == (CaseKind.HELD, ["banned-words"])


def test_what_is_edited_into_the_text_that_others_posted_is_hidden_until_it_had_a_look(database: Database) -> None:
    setting = Setting(database, same_text_people=1)
    pasted = "The harbour board must publish its figures before it takes the early boat away from those who need it."
    setting.post(pasted, by=setting.write(lambda w: a_commenter(w, setting.site, "tidewatcher")))
    comment = setting.post()

    after_edit = changed(setting, comment, pasted)

    assert after_edit.status is Status.HIDDEN
    (case,) = setting.read(lambda r: cases.queue(r, setting.site.seq))
    assert [finding.check for finding in case.findings] == ["same-text"]


def test_after_its_look_it_stands_in_its_old_place(setting: Setting) -> None:
    comment, _later = setting.post(), setting.post()
    changed(setting, comment, "What bilge.")

    setting.decide(comment, Outcome.APPROVE)

    shown = setting.read(lambda r: entries.flat(r, setting.site.seq, setting.story.seq))
    assert shown[0].comment.text == "What bilge."
    assert setting.story_now().published_count == 2


def test_a_held_comment_stays_held_whatever_it_says_now(setting: Setting) -> None:
    comment = setting.post("What bilge.")

    after_edit = changed(setting, comment, "What a day.")

    assert after_edit.status is Status.PENDING
    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {CaseKind.HELD: 1}


def test_an_edit_after_it_was_read_makes_the_decision_stale(setting: Setting) -> None:
    comment = setting.post()
    changed(setting, comment, "Other words.")

    with pytest.raises(Stale):
        setting.decide(comment, Outcome.REJECT, seen_revision=1)


def test_a_stale_edit_is_refused(setting: Setting) -> None:
    comment = setting.post()
    changed(setting, comment, "From the telephone.")

    with pytest.raises(Stale):
        changed(setting, comment, "From the desk.", seen=1)

    assert setting.again(comment).text == "From the telephone."


def test_the_window_ends_after_five_minutes(setting: Setting) -> None:
    comment = setting.post()
    changed(setting, comment, "In time.", now=after(hours=1, minutes=4, seconds=59))

    with pytest.raises(EditWindowOver) as refused:
        changed(setting, comment, "Too late.", seen=2, now=after(hours=1, minutes=5))

    assert refused.value.data == {"minutes": 5}


def test_nothing_is_edited_after_closing(setting: Setting) -> None:
    comment = setting.post(now=after(days=14, seconds=-1))

    with pytest.raises(StoryClosed):
        changed(setting, comment, "Too late.", now=after(days=14))


def test_what_was_removed_is_not_edited(setting: Setting) -> None:
    comment = setting.post()
    setting.decide(comment, Outcome.REJECT)

    with pytest.raises(NotEditable):
        changed(setting, comment, "Never said it.")


@pytest.mark.parametrize(("text", "refusal"), [(" \u200b", BlankText), ("x" * 5001, TooLong)])
def test_an_edit_is_measured_like_a_new_comment(
    setting: Setting, text: str, refusal: type[BlankText] | type[TooLong]
) -> None:
    comment = setting.post()

    with pytest.raises(refusal):
        changed(setting, comment, text)


def test_somebody_elses_comment_is_not_edited(setting: Setting) -> None:
    comment = setting.post()
    other = setting.write(lambda w: a_commenter(w, setting.site, "mewanbaker"))
    edit = Edit(site_seq=1, comment_id=comment.id, commenter_seq=other.seq, text="Mine.", seen_revision=1)

    with pytest.raises(NotYours):
        setting.write(lambda w: edit_comment(w, edit, now=SOON))


def test_an_unknown_comment_is_told_so(setting: Setting) -> None:
    comment = setting.post()
    edit = Edit(site_seq=1, comment_id=setting.story.id, commenter_seq=comment.seq, text="Mine.", seen_revision=1)

    with pytest.raises(UnknownComment):
        setting.write(lambda w: edit_comment(w, edit, now=SOON))


def test_sixteen_edits_of_one_revision_leave_one(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post()

    edits = [
        Edit(site_seq=1, comment_id=comment.id, commenter_seq=setting.reader.seq, text=f"Text {n}.", seen_revision=1)
        for n in range(16)
    ]
    futures = [either_database.write(lambda w, e=each: edit_comment(w, e, now=SOON)) for each in edits]  # type: ignore[misc] # the default binds the loop's value
    wait(futures, timeout=30)

    assert sum(isinstance(future.exception(), Stale) for future in futures) == 15
    assert setting.again(comment).revision == 2


def test_what_is_held_and_edited_is_still_held_for_its_reason(setting: Setting) -> None:
    held = setting.post("It is all here: https://a.example")

    changed(setting, held, "No links at all.")

    entry = setting.read(lambda r: entries.one(r, setting.site.seq, held.id))
    assert entry is not None
    assert (entry.comment.status, [finding.check for finding in entry.findings]) == (Status.PENDING, ["links"])
