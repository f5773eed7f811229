"""What a role may do, and what a ban means."""

import pytest
from tests.discussion.nouns import NOON, after, commenter

from rejoinder.discussion.commenters import Act, Role, may, must_be_allowed, must_have_read, must_take_part
from rejoinder.discussion.refusals import Banned, LogInNeeded, NotAllowed, NotConfirmed, WarningUnread

ALLOWED = {
    Role.READER: set(),
    Role.MODERATOR: {Act.DECIDE, Act.WARN},
    Role.EDITOR: {Act.DECIDE, Act.WARN, Act.CLOSE, Act.SET_RULES, Act.MANAGE_PEOPLE, Act.PICK},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_each_role_may_do_its_own_acts_and_no_others(role: Role, act: Act) -> None:
    assert may(commenter(role=role), act) is (act in ALLOWED[role])


def test_somebody_unknown_is_asked_to_log_in() -> None:
    with pytest.raises(LogInNeeded):
        must_be_allowed(None, Act.DECIDE)


def test_a_reader_may_not_decide() -> None:
    with pytest.raises(NotAllowed):
        must_be_allowed(commenter(), Act.DECIDE)


def test_a_moderator_who_may_is_given_back() -> None:
    moderator = commenter(role=Role.MODERATOR)

    assert must_be_allowed(moderator, Act.DECIDE) is moderator


def test_a_ban_ends_at_its_moment() -> None:
    banned = commenter(banned_at=NOON, banned_until=after(days=1))

    assert [banned.is_banned(after(hours=hours)) for hours in (0, 23, 24)] == [True, True, False]


def test_a_ban_for_good_does_not_end() -> None:
    assert commenter(banned_at=NOON).is_banned(after(days=4000))


def test_a_banned_reader_is_told_the_reason_before_all_else() -> None:
    with pytest.raises(Banned, match="Advertising"):
        must_take_part(commenter(banned_at=NOON, ban_reason="Advertising.", confirmed=False), now=NOON)


def test_a_reader_whose_address_is_not_confirmed_may_not_write() -> None:
    with pytest.raises(NotConfirmed):
        must_take_part(commenter(confirmed=False), now=NOON)


def test_who_was_warned_reads_it_first_but_for_a_guest_who_cannot_say_so() -> None:
    must_have_read(commenter())
    must_have_read(commenter(warned_at=NOON, is_guest=True))
    with pytest.raises(WarningUnread):
        must_have_read(commenter(warned_at=NOON))


def test_holding_ends_at_its_moment_or_not_at_all() -> None:
    held = commenter(held_at=NOON, held_until=after(days=1))

    assert [held.is_held(after(hours=hours)) for hours in (0, 23, 24)] == [True, True, False]
    assert commenter(held_at=NOON).is_held(after(days=4000))
