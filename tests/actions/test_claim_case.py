"""Claims and assignments: said to others, never in the way for good."""

from concurrent.futures import wait

import pytest
from tests.makers import Setting, a_commenter, after, an_editor

from rejoinder.actions.claim_case import assign_case, claim_case, let_go
from rejoinder.discussion.claiming import LASTS, Claim
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import ClaimedByColleague, NotAColleague, NotAllowed, NothingToDecide, Refusal
from rejoinder.store import claims
from rejoinder.store.claims import Work
from rejoinder.store.database import Database


@pytest.fixture
def held(database: Database) -> Setting:
    return Setting(database, newcomer_comments=1)


def another(setting: Setting, name: str = "M. Lowen") -> Commenter:
    return setting.write(lambda w: a_commenter(w, setting.site, name, role=Role.MODERATOR))


def take(setting: Setting, about: Comment, by: Commenter, *, minutes: int = 0, take_over: bool = False) -> Claim:
    now = after(hours=2, minutes=minutes)
    return setting.write(
        lambda w: claim_case(w, setting.site.seq, about.id, by_seq=by.seq, now=now, take_over=take_over)
    )


def work(setting: Setting, about: Comment) -> Work:
    return setting.read(lambda r: claims.of_comments(r, setting.site.seq, [about.seq]))[about.seq]


def test_a_claim_holds_for_a_while_and_its_holder_may_renew_it(held: Setting) -> None:
    waiting, colleague = held.post(), another(held)
    take(held, waiting, held.editor)

    renewed = take(held, waiting, held.editor, minutes=3)
    with pytest.raises(ClaimedByColleague) as refused:
        take(held, waiting, colleague, minutes=4)

    assert refused.value.data == {"name": "R. Teague"}
    assert (
        work(held, waiting).claim
        == renewed
        == Claim(by_seq=held.editor.seq, by_name="R. Teague", until=after(hours=2, minutes=3) + LASTS)
    )


def test_a_claim_that_ran_out_or_was_let_go_is_nobody_s(held: Setting) -> None:
    waiting, colleague = held.post(), another(held)
    take(held, waiting, held.editor)
    assert take(held, waiting, colleague, minutes=5).by_name == "M. Lowen"

    held.write(lambda w: let_go(w, held.site.seq, waiting.id, by_seq=held.editor.seq))
    assert work(held, waiting).claim is not None
    held.write(lambda w: let_go(w, held.site.seq, waiting.id, by_seq=colleague.seq))

    assert work(held, waiting).claim is None


def test_a_claim_can_be_taken_over_and_keeps_nobody_from_deciding(held: Setting) -> None:
    waiting, colleague = held.post(), another(held)
    take(held, waiting, held.editor)
    assert take(held, waiting, colleague, take_over=True).by_seq == colleague.seq

    held.decide(waiting, Outcome.APPROVE)

    with pytest.raises(NothingToDecide):
        take(held, waiting, colleague)


def test_readers_claim_and_are_assigned_nothing(held: Setting) -> None:
    waiting = held.post()

    with pytest.raises(NotAllowed):
        take(held, waiting, held.reader)
    with pytest.raises(NotAColleague):
        held.write(lambda w: assign_case(w, held.site.seq, waiting.id, to=held.reader.id, by_seq=held.editor.seq))


def test_what_is_assigned_is_found_by_whom_it_was_given_to(held: Setting) -> None:
    waiting, colleague = held.post(), another(held)
    held.post()

    held.write(lambda w: assign_case(w, held.site.seq, waiting.id, to=colleague.id, by_seq=held.editor.seq))

    assert work(held, waiting).assigned_name == "M. Lowen"
    assert held.read(lambda r: claims.assigned_to(r, held.site.seq, colleague.seq, most=9)) == [waiting.seq]
    held.write(lambda w: assign_case(w, held.site.seq, waiting.id, to=None, by_seq=colleague.seq))
    assert held.read(lambda r: claims.assigned_to(r, held.site.seq, colleague.seq, most=9)) == []


def test_of_many_editors_who_take_a_comment_at_once_one_has_it(either_database: Database) -> None:
    setting = Setting(either_database, newcomer_comments=1)
    waiting = setting.post()
    editors = [setting.write(lambda w, n=n: an_editor(w, setting.site, f"editor {n}")) for n in range(6)]  # type: ignore[misc] # binds the loop's value

    tries = [
        either_database.write(
            lambda w, by=by: claim_case(w, setting.site.seq, waiting.id, by_seq=by.seq, now=after(hours=2))  # type: ignore[misc] # as above
        )
        for by in editors
    ]
    wait(tries)

    refused = [each.exception() for each in tries if each.exception()]
    assert len(refused) == 5
    assert all(isinstance(each, ClaimedByColleague) for each in refused)
    (taken,) = [each.result() for each in tries if not isinstance(each.exception(), Refusal)]
    assert work(setting, waiting).claim == taken
