"""Which checks are asked about a text, and what waits for their answers."""

import pytest

from rejoinder.discussion.comments import Status
from rejoinder.discussion.hooks import WAITING, Asked, Wanted, asked_about, until_answered
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
