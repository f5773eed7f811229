"""Which checks are asked about a text, and what waits for their answers."""

from typing import Literal

import pytest

from rejoinder.discussion.comments import Status
from rejoinder.discussion.hooks import (
    CHECK,
    WAITING,
    Asked,
    Asking,
    Reply,
    Wanted,
    asked_about,
    finding_of,
    is_let_out,
    until_answered,
)
from rejoinder.discussion.screening import Finding, Screened

BEFORE, AFTER = Asked(1, "spam"), Asked(2, "tone")
BOTH = Wanted(before=(BEFORE,), after=(AFTER,))
LINKS = Finding(check="links", sentence="Many links")


@pytest.mark.parametrize(
    ("known", "by_staff", "asked"),
    [
        (BOTH, False, (BEFORE, AFTER)),
        (BOTH, True, ()),
        (Wanted(after=(AFTER,)), False, (AFTER,)),
        (Wanted(), False, ()),
    ],
)
def test_checks_are_asked_about_what_readers_write(known: Wanted, by_staff: bool, asked: tuple[Asked, ...]) -> None:
    assert asked_about(known, by_staff=by_staff) == asked


@pytest.mark.parametrize(
    ("screened", "known", "by_staff", "status", "checks"),
    [
        (Screened(Status.PUBLISHED), BOTH, False, Status.PENDING, [WAITING]),
        (Screened(Status.PENDING, (LINKS,)), BOTH, False, Status.PENDING, ["links", WAITING]),
        (Screened(Status.PUBLISHED), BOTH, True, Status.PUBLISHED, []),
        (Screened(Status.PUBLISHED), Wanted(after=(AFTER,)), False, Status.PUBLISHED, []),
        (Screened(Status.PENDING, (LINKS,)), Wanted(), False, Status.PENDING, ["links"]),
    ],
)
def test_a_text_waits_for_the_checks_that_are_asked_before_it_is_published(
    screened: Screened, known: Wanted, by_staff: bool, status: Status, checks: list[str]
) -> None:
    stands = until_answered(screened, known, by_staff=by_staff)

    assert (stands.status, [finding.check for finding in stands.findings]) == (status, checks)


@pytest.mark.parametrize(
    ("when", "on_failure", "reply", "is_held"),
    [
        ("before", "hold", Reply(verdict="publish"), False),
        ("before", "publish", Reply(verdict="hold"), True),
        ("after", "hold", Reply(verdict="hold"), True),
        ("before", "hold", None, True),
        ("before", "publish", None, False),
        ("after", "hold", None, False),
    ],
)
def test_an_answer_holds_a_text_and_silence_where_the_check_is_set_so(
    when: Literal["before", "after"], on_failure: Literal["publish", "hold"], reply: Reply | None, is_held: bool
) -> None:
    finding = finding_of(Asking(name="spam", when=when, on_failure=on_failure), reply, "Nine on Monday.")

    assert (finding.check if finding else "") == (CHECK if is_held else "")


@pytest.mark.parametrize(
    ("status", "before", "after", "open_flags", "is_out"),
    [
        (Status.PENDING, (LINKS,), (), 0, True),
        (Status.PENDING, (LINKS,), (LINKS,), 0, False),
        (Status.PENDING, (LINKS,), (), 1, False),
        (Status.PENDING, (), (), 0, False),  # it waits for something else
        (Status.HIDDEN, (LINKS,), (), 0, True),
        (Status.PUBLISHED, (LINKS,), (), 0, False),
    ],
)
def test_a_text_is_published_by_the_answer_that_was_all_it_waited_for(
    status: Status, before: tuple[Finding, ...], after: tuple[Finding, ...], open_flags: int, is_out: bool
) -> None:
    assert is_let_out(status, before, after, open_flags=open_flags) is is_out
