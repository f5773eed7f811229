"""Closing by hand, opening again, withdrawing whole, restoring."""

import pytest
from tests.makers import Setting, a_flag, after

from rejoinder.actions.close_story import close_story, reopen_story, restore_story, withdraw_story
from rejoinder.discussion.closing import Phase
from rejoinder.discussion.refusals import BadRules, NotAllowed, StoryClosed, StoryWithdrawn, UnknownStory
from rejoinder.store.database import Database


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def close(setting: Setting, *, by_seq: int | None, hours: int = 2) -> None:
    setting.write(lambda w: close_story(w, setting.site.seq, setting.story.seq, by_seq=by_seq, now=after(hours=hours)))


def test_a_closed_discussion_takes_no_comment_and_every_report(setting: Setting) -> None:
    comment = setting.post()

    close(setting, by_seq=setting.editor.seq)

    with pytest.raises(StoryClosed):
        setting.post(now=after(hours=2))
    assert setting.write(lambda w: a_flag(w, comment, now=after(hours=3))).receipt


def test_what_arrived_before_the_closing_is_judged_by_its_arrival(setting: Setting) -> None:
    close(setting, by_seq=setting.editor.seq)

    setting.post(now=after(hours=2, seconds=-1))

    assert setting.story_now().published_count == 1


def test_closing_raises_the_version(setting: Setting) -> None:
    close(setting, by_seq=setting.editor.seq)

    assert setting.story_now().version == setting.story.version + 1


def test_a_reopened_discussion_is_open_for_its_days(setting: Setting) -> None:
    close(setting, by_seq=setting.editor.seq)

    story = setting.write(
        lambda w: reopen_story(w, 1, setting.story.seq, by_seq=setting.editor.seq, now=after(days=20), days=2)
    )

    assert story.standing(after(days=20)).until == after(days=22)
    assert story.standing(after(days=22)).phase is Phase.READ_ONLY


def test_a_reopened_discussion_without_days_follows_the_site_again(setting: Setting) -> None:
    close(setting, by_seq=setting.editor.seq)

    story = setting.write(lambda w: reopen_story(w, 1, setting.story.seq, by_seq=setting.editor.seq, now=after(days=3)))

    assert story.standing(after(days=3)).until == after(days=14)


@pytest.mark.parametrize("days", [-1, 1e9, float("nan"), float("inf")])
def test_a_length_that_cannot_be_meant_is_refused(setting: Setting, days: float) -> None:
    with pytest.raises(BadRules):
        setting.write(
            lambda w: reopen_story(w, 1, setting.story.seq, by_seq=setting.editor.seq, now=after(days=3), days=days)
        )


def test_a_withdrawn_discussion_takes_nothing_and_comes_back_whole(setting: Setting) -> None:
    setting.post()
    setting.write(lambda w: withdraw_story(w, 1, setting.story.seq, by_seq=setting.editor.seq, now=after(hours=2)))
    with pytest.raises(StoryWithdrawn):
        setting.post()

    story = setting.write(
        lambda w: restore_story(w, 1, setting.story.seq, by_seq=setting.editor.seq, now=after(hours=3))
    )

    assert (story.withdrawn_at, story.published_count) == (None, 1)
    setting.post()


def test_withdrawing_and_restoring_raise_the_version(setting: Setting) -> None:
    gone = setting.write(
        lambda w: withdraw_story(w, 1, setting.story.seq, by_seq=setting.editor.seq, now=after(hours=2))
    )
    back = setting.write(
        lambda w: restore_story(w, 1, setting.story.seq, by_seq=setting.editor.seq, now=after(hours=3))
    )

    assert (gone.withdrawn_at, gone.version, back.version) == (
        after(hours=2),
        setting.story.version + 1,
        setting.story.version + 2,
    )


def test_a_reader_closes_nothing(setting: Setting) -> None:
    seq = setting.reader.seq

    with pytest.raises(NotAllowed):
        close(setting, by_seq=seq)
    with pytest.raises(NotAllowed):
        setting.write(lambda w: withdraw_story(w, 1, setting.story.seq, by_seq=seq, now=after(hours=2)))
    with pytest.raises(NotAllowed):
        setting.write(lambda w: restore_story(w, 1, setting.story.seq, by_seq=seq, now=after(hours=3)))


def test_the_command_line_may_close(setting: Setting) -> None:
    close(setting, by_seq=None)

    assert setting.story_now().standing(after(hours=2)).phase is Phase.READ_ONLY


def test_an_unknown_story_is_told_so(setting: Setting) -> None:
    with pytest.raises(UnknownStory):
        setting.write(lambda w: close_story(w, 1, 999, by_seq=None, now=after(hours=2)))
