"""Banning somebody from a site, for a time or for good."""

from uuid import uuid4

import pytest
from tests.makers import Setting, a_commenter, a_flag, after

from rejoinder.actions.ban_commenter import ban_commenter, lift_ban
from rejoinder.actions.delete_comment import delete_comment
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.refusals import BadRules, Banned, NotAllowed, UnknownCommenter
from rejoinder.store.database import Database


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def ban(setting: Setting, days: float | None = None, *, by: Commenter | None = None) -> Commenter:
    by_seq = (by or setting.editor).seq
    return setting.write(
        lambda w: ban_commenter(
            w, 1, setting.reader.id, by_seq=by_seq, now=after(hours=1), days=days, why="Advertising.\x00"
        )
    )


def test_a_banned_reader_is_told_the_reason(setting: Setting) -> None:
    ban(setting)

    with pytest.raises(Banned) as refused:
        setting.post(now=after(days=9))

    assert refused.value.data == {"reason": "Advertising."}


def test_a_ban_for_a_time_ends(setting: Setting) -> None:
    ban(setting, 2)

    with pytest.raises(Banned):
        setting.post(now=after(hours=48))
    setting.post(now=after(hours=49))


def test_a_lifted_ban_is_over(setting: Setting) -> None:
    ban(setting)

    setting.write(lambda w: lift_ban(w, 1, setting.reader.id, by_seq=setting.editor.seq))

    setting.post()


def test_a_banned_reader_can_still_report_and_delete(setting: Setting) -> None:
    mine, other = setting.post(), setting.post(by=setting.editor)
    ban(setting)

    setting.write(lambda w: a_flag(w, other, setting.reader))
    setting.write(lambda w: delete_comment(w, 1, mine.id, commenter_seq=setting.reader.seq, now=after(hours=2)))

    assert setting.story_now().published_count == 1


def test_staff_are_not_banned(setting: Setting) -> None:
    with pytest.raises(NotAllowed):
        setting.write(lambda w: ban_commenter(w, 1, setting.editor.id, by_seq=setting.editor.seq, now=after(hours=1)))


@pytest.mark.parametrize("role", [Role.READER, Role.MODERATOR])
def test_only_an_editor_bans_and_lifts(setting: Setting, role: Role) -> None:
    somebody = setting.write(lambda w: a_commenter(w, setting.site, "desk hand", role=role))

    with pytest.raises(NotAllowed):
        ban(setting, by=somebody)
    with pytest.raises(NotAllowed):
        setting.write(lambda w: lift_ban(w, 1, setting.reader.id, by_seq=somebody.seq))


@pytest.mark.parametrize("days", [-1, 1e9, float("nan")])
def test_a_length_that_cannot_be_meant_is_refused(setting: Setting, days: float) -> None:
    with pytest.raises(BadRules):
        ban(setting, days)


def test_somebody_unknown_is_told_so(setting: Setting) -> None:
    with pytest.raises(UnknownCommenter):
        setting.write(lambda w: ban_commenter(w, 1, uuid4(), by_seq=setting.editor.seq, now=after(hours=1)))
