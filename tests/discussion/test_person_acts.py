"""What editors may do about people, what each act needs, and what of it holds."""

from uuid import uuid4

import msgspec
import pytest
from tests.discussion.nouns import NOON, after, commenter

from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.person_acts import (
    LONGEST,
    OnPerson,
    PersonAct,
    in_force,
    must_be_able,
    must_be_complete,
    must_be_liftable,
    must_be_seen,
    statement_of,
    until_after,
)
from rejoinder.discussion.refusals import (
    ActedMeanwhile,
    AlreadyUndone,
    BadRules,
    Invalid,
    NotAllowed,
    ReasonNeeded,
    Refusal,
    UnknownReason,
)

SMALL = {PersonAct.MESSAGE, PersonAct.WARN, PersonAct.HOLD}
GREAT = {PersonAct.SUSPEND, PersonAct.BAN, PersonAct.OFF_LADDER, PersonAct.ERASE}
ABLE = {Role.READER: set(), Role.MODERATOR: SMALL, Role.EDITOR: SMALL | GREAT}


def done(seq: int, act: PersonAct, **known: object) -> OnPerson:
    values = {"id": uuid4(), "commenter_seq": 1, "created_at": NOON} | known
    return OnPerson(seq=seq, act=act, **values)  # type: ignore[arg-type] # a table's values


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", sorted(SMALL | GREAT))
def test_each_role_does_its_own_acts_on_people_and_no_others(role: Role, act: PersonAct) -> None:
    editor = commenter(role=role)

    if act in ABLE[role]:
        assert must_be_able(editor, commenter(seq=2), act) is editor
    else:
        with pytest.raises(NotAllowed):
            must_be_able(editor, commenter(seq=2), act)


@pytest.mark.parametrize("staff", [commenter(role=Role.MODERATOR), commenter(is_administrator=True)])
@pytest.mark.parametrize("act", sorted(SMALL | GREAT))
def test_staff_are_not_acted_on(staff: Commenter, act: PersonAct) -> None:
    with pytest.raises(NotAllowed):
        must_be_able(commenter(role=Role.EDITOR), staff, act)


@pytest.mark.parametrize(
    ("act", "reason", "text", "refusal"),
    [
        (PersonAct.MESSAGE, None, "Thank you for the figures.", None),
        (PersonAct.MESSAGE, None, " \n", Invalid),
        (PersonAct.WARN, "inappropriate", "", None),
        (PersonAct.WARN, None, "Please stop.", ReasonNeeded),
        (PersonAct.HOLD, "reply-to-removed", "", UnknownReason),
        (PersonAct.BAN, "", "", ReasonNeeded),
        (PersonAct.SUSPEND, "hate", "x" * LONGEST, None),
        (PersonAct.SUSPEND, "hate", "x" * (LONGEST + 1), Invalid),
        (PersonAct.ERASE, None, "", None),
    ],
)
def test_an_act_says_what_it_has_to(
    act: PersonAct, reason: str | None, text: str, refusal: type[Refusal] | None
) -> None:
    if refusal is None:
        must_be_complete(act, reason=reason, text=text)
    else:
        with pytest.raises(refusal):
            must_be_complete(act, reason=reason, text=text)


def test_who_did_not_see_what_a_colleague_did_looks_again() -> None:
    must_be_seen(7, 7)
    must_be_seen(7, None)
    with pytest.raises(ActedMeanwhile):
        must_be_seen(8, 7)


def test_the_newest_of_each_kind_holds_until_it_is_over_or_lifted() -> None:
    record = [
        done(1, PersonAct.SUSPEND, until=after(days=1)),
        done(2, PersonAct.BAN),
        done(3, PersonAct.HOLD, until=after(days=1)),
        done(4, PersonAct.OFF_LADDER, reversed_by=6),
        done(5, PersonAct.WARN),
    ]

    assert [each.seq for each in in_force(record, now=NOON)] == [2, 3]
    assert [each.seq for each in in_force(record, now=after(days=1))] == [2]


def test_only_what_holds_is_lifted_and_a_warning_while_it_is_unread() -> None:
    record = [done(1, PersonAct.SUSPEND), done(2, PersonAct.BAN), done(3, PersonAct.WARN)]

    must_be_liftable(record[1], record, now=NOON)
    must_be_liftable(record[2], record, now=NOON)
    for gone in (record[0], done(4, PersonAct.WARN, acknowledged_at=NOON), done(5, PersonAct.MESSAGE)):
        with pytest.raises(AlreadyUndone):
            must_be_liftable(gone, record, now=NOON)


def test_what_has_run_out_is_taken_back_by_a_hearing_alone() -> None:
    record = [done(1, PersonAct.SUSPEND, until=NOON)]

    must_be_liftable(record[0], record, now=NOON, is_heard=True)
    with pytest.raises(AlreadyUndone):
        must_be_liftable(record[0], record, now=NOON)


@pytest.mark.parametrize("days", [-1, 1e9, float("nan")])
def test_a_length_that_cannot_be_meant_is_refused(days: float) -> None:
    with pytest.raises(BadRules):
        until_after(days, now=NOON)


@pytest.mark.parametrize(
    ("act", "field", "value"),
    [
        (PersonAct.HOLD, "decision_provision", "DECISION_PROVISION_PARTIAL_SUSPENSION"),
        (PersonAct.OFF_LADDER, "decision_provision", "DECISION_PROVISION_PARTIAL_SUSPENSION"),
        (PersonAct.SUSPEND, "decision_account", "DECISION_ACCOUNT_SUSPENDED"),
        (PersonAct.BAN, "decision_account", "DECISION_ACCOUNT_TERMINATED"),
    ],
)
def test_what_restricts_somebody_has_its_statement_of_reasons(act: PersonAct, field: str, value: str) -> None:
    until = after(days=7) if act is PersonAct.SUSPEND else None

    fields = msgspec.json.decode(statement_of(act, "hate", until=until, now=NOON))

    assert fields[field] == value
    assert fields["category"] == "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"


@pytest.mark.parametrize("act", [PersonAct.MESSAGE, PersonAct.WARN, PersonAct.ERASE, PersonAct.LIFT])
def test_what_restricts_nothing_has_none(act: PersonAct) -> None:
    assert statement_of(act, "hate", until=None, now=NOON) == "{}"
