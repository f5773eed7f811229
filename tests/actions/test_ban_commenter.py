"""Banning somebody from a site, for a time or for good."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.makers import Setting, a_commenter, a_flag, after

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.actions.delete_comment import delete_comment
from rejoinder.actions.lift_act import lift_ban
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.person_acts import OnPerson, until_after
from rejoinder.discussion.refusals import BadRules, Banned, NotAllowed, UnknownCommenter
from rejoinder.store.database import Database


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def ban(setting: Setting, days: float | None = None, *, by: Commenter | None = None) -> OnPerson:
    now = after(hours=1)
    order = an_order(setting, by=by, text="Advertising.\x00", until=until_after(days, now=now))
    return setting.write(lambda w: ban_commenter(w, order, now=now))


def an_order(
    setting: Setting,
    *,
    by: Commenter | None = None,
    about: UUID | None = None,
    reason: str = "advertising",
    **more: Any,
) -> Order:
    by_seq = (by or setting.editor).seq
    return Order(site_seq=1, commenter_id=about or setting.reader.id, by_seq=by_seq, reason=reason, **more)


def lift(setting: Setting, *, by: Commenter | None = None) -> OnPerson:
    by_seq = (by or setting.editor).seq
    return setting.write(lambda w: lift_ban(w, 1, setting.reader.id, by_seq=by_seq, now=after(hours=2)))


def test_a_banned_reader_is_told_the_reason(setting: Setting) -> None:
    ban(setting)

    with pytest.raises(Banned) as refused:
        setting.post(now=after(days=9))

    assert refused.value.data == {"reason": "Advertising.", "rule": "advertising", "until": None}


def test_a_ban_for_a_time_ends(setting: Setting) -> None:
    ban(setting, 2)

    with pytest.raises(Banned):
        setting.post(now=after(hours=48))
    setting.post(now=after(hours=49))


def test_a_lifted_ban_is_over(setting: Setting) -> None:
    ban(setting)

    lift(setting)

    setting.post()


def test_a_banned_reader_can_still_report_and_delete(setting: Setting) -> None:
    mine, other = setting.post(), setting.post(by=setting.editor)
    ban(setting)

    setting.write(lambda w: a_flag(w, other, setting.reader))
    setting.write(lambda w: delete_comment(w, 1, mine.id, commenter_seq=setting.reader.seq, now=after(hours=2)))

    assert setting.story_now().published_count == 1


def test_staff_are_not_banned(setting: Setting) -> None:
    with pytest.raises(NotAllowed):
        setting.write(lambda w: ban_commenter(w, an_order(setting, about=setting.editor.id), now=after(hours=1)))


@pytest.mark.parametrize("role", [Role.READER, Role.MODERATOR])
def test_only_an_editor_bans_and_lifts(setting: Setting, role: Role) -> None:
    somebody = setting.write(lambda w: a_commenter(w, setting.site, "desk hand", role=role))

    with pytest.raises(NotAllowed):
        ban(setting, by=somebody)
    with pytest.raises(NotAllowed):
        lift(setting, by=somebody)


@pytest.mark.parametrize("days", [-1, 1e9, float("nan")])
def test_a_length_that_cannot_be_meant_is_refused(setting: Setting, days: float) -> None:
    with pytest.raises(BadRules):
        ban(setting, days)


def test_somebody_unknown_is_told_so(setting: Setting) -> None:
    with pytest.raises(UnknownCommenter):
        setting.write(lambda w: ban_commenter(w, an_order(setting, about=uuid4()), now=after(hours=1)))
