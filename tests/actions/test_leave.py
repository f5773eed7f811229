"""Somebody leaves: at once by name, then in their words and in other people's."""

from functools import partial

import pytest
from tests.makers import NOON, Setting, a_commenter, after

from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.actions.leave import PART, Leaving, leave
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Marker, Status
from rejoinder.discussion.copies import marks_of
from rejoinder.discussion.refusals import StaffCannotLeave
from rejoinder.jobs.leaving import LeavingRun
from rejoinder.jobs.worker import Run, Worker
from rejoinder.store import accounts, commenters, comments, entries, history, own_data
from rejoinder.store.database import Database
from rejoinder.store.jobs import Job

NOW = after(hours=3)


@pytest.fixture
def setting(either_database: Database) -> Setting:
    return Setting(either_database)


def go(setting: Setting, who: Commenter, *, erase: bool) -> None:
    """Leaves, and does the work that is left."""
    assert who.account_seq is not None
    order = Leaving(account_seq=who.account_seq, erase=erase, called={setting.site.seq: "Former reader"})
    setting.write(lambda w: leave(w, order, now=NOW))
    letters: list[object] = []
    runs: dict[str, Run] = {"leaving": LeavingRun(setting.database, lambda: NOW), "letter": letters.append}
    Worker(setting.database, runs, clock=lambda: NOW).run_due()


def known(setting: Setting, who: Commenter) -> Commenter:
    return setting.read(lambda r: commenters.by_seq(r, who.site_seq, who.seq))


def test_who_leaves_their_texts_leaves_without_a_name(setting: Setting) -> None:
    comment = setting.post("Nine on Monday.")
    go(setting, setting.reader, erase=False)

    left = known(setting, setting.reader)
    assert left.account_seq is None
    assert left.name == f"Former reader {left.id.hex[-4:]}"
    stands = setting.again(comment)
    assert (stands.status, stands.text) == (Status.PUBLISHED, "Nine on Monday.")
    assert setting.story_now().published_count == 1


def test_their_account_is_forgotten(setting: Setting) -> None:
    account_seq = setting.reader.account_seq
    assert account_seq is not None
    before = setting.read(lambda r: accounts.by_seq(r, account_seq))
    go(setting, setting.reader, erase=False)

    now = setting.read(lambda r: accounts.by_seq(r, account_seq))
    assert (now.email, now.confirmed_at) == ("", None)
    assert now.session_epoch > before.session_epoch
    assert setting.read(lambda r: accounts.by_email(r, before.email)) is None
    assert setting.read(lambda r: accounts.proofs(r, account_seq)) == ()


def test_who_takes_their_texts_along_leaves_the_threads_their_shape(setting: Setting) -> None:
    other = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    root = setting.post("Nine on Monday.")
    reply = setting.post("Eleven on Tuesday.", by=other, parent_id=root.id)
    alone = setting.post("Nobody answers this.")
    go(setting, setting.reader, erase=True)

    gone, unanswered = setting.again(root), setting.again(alone)
    assert (gone.status, gone.text, gone.html, gone.marker) == (Status.DELETED, "", "", Marker.PLAIN)
    assert (unanswered.status, unanswered.text, unanswered.marker) == (Status.DELETED, "", Marker.NONE)
    assert setting.again(reply).text == "Eleven on Tuesday."
    assert setting.story_now().published_count == 1
    shown = setting.read(lambda r: entries.roots(r, setting.site.seq, setting.story.seq))
    assert [entry.comment.id for entry in shown] == [root.id]


def test_earlier_texts_go_too(setting: Setting) -> None:
    comment = setting.post("A text with a telephone number.")
    edit = Edit(
        site_seq=setting.site.seq,
        comment_id=comment.id,
        commenter_seq=setting.reader.seq,
        text="A text without.",
        seen_revision=1,
    )
    setting.write(lambda w: edit_comment(w, edit, now=after(minutes=1)))
    go(setting, setting.reader, erase=True)

    assert setting.read(lambda r: comments.revisions_of(r, comment)) == []


def test_nothing_is_found_any_more_by_what_they_said(setting: Setting) -> None:
    text = "The harbour board must publish its figures before it takes the early boat away from those who need it."
    setting.post(text)
    marks = marks_of(text)
    assert marks is not None

    def found() -> int:
        by = setting.editor.seq
        return len(setting.read(lambda r: history.like(r, setting.site.seq, marks, not_by=by, since=NOON)))

    before = found()
    go(setting, setting.reader, erase=True)

    assert (before, found()) == (1, 0)


@pytest.mark.parametrize("erase", [True, False])
def test_their_name_goes_from_what_others_wrote(setting: Setting, *, erase: bool) -> None:
    other = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    setting.post("Nine on Monday.")
    answer = setting.post("@northquay: and on Tuesday? I asked @nobody, and northquay knows.", by=other)
    go(setting, setting.reader, erase=erase)

    name = known(setting, setting.reader).name
    assert setting.again(answer).text == f"@{name}: and on Tuesday? I asked @nobody, and northquay knows."
    entry = setting.read(lambda r: entries.one(r, setting.site.seq, answer.id))
    assert entry is not None
    assert setting.read(lambda r: entries.mentioned_names(r, setting.site.seq, [entry])) == {setting.reader.seq: name}


def test_more_than_one_part_is_done_to_the_end(setting: Setting) -> None:
    for number in range(PART + 3):
        setting.post(f"Number {number}.", now=after(hours=number))
    go(setting, setting.reader, erase=True)

    of = partial(own_data.comments_of, site_seq=setting.site.seq, commenter_seq=setting.reader.seq)
    assert {comment.text for comment in setting.read(lambda r: list(of(r)))} == {""}
    assert setting.story_now().published_count == 0


def test_running_it_again_changes_nothing(setting: Setting) -> None:
    setting.post("Nine on Monday.")
    go(setting, setting.reader, erase=True)
    version = setting.story_now().version
    job = {"commenter": setting.reader.seq, "name": "northquay", "called": "Former reader", "erase": True}
    run = LeavingRun(setting.database, lambda: NOW)
    run(Job(seq=1, site_seq=setting.site.seq, kind="leaving", event="", recipient="", payload=job, attempt=1))

    assert setting.story_now().published_count == 0
    assert setting.story_now().version == version + 1  # of the comment that had been published, looked at once more


def test_staff_give_their_role_back_first(setting: Setting) -> None:
    with pytest.raises(StaffCannotLeave):
        go(setting, setting.editor, erase=False)
    assert known(setting, setting.editor).name == setting.editor.name


def test_the_name_is_free_again(setting: Setting) -> None:
    go(setting, setting.reader, erase=False)

    again = setting.write(lambda w: a_commenter(w, setting.site, setting.reader.name))
    assert again.seq != setting.reader.seq
