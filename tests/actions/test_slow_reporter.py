"""Readers whose reports have no ground: warned, then slowed, then as before."""

from typing import Any

import pytest
from tests.makers import Setting, a_commenter, a_flag, after

from rejoinder.actions.slow_reporter import slow_reporter
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Status
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.slowing import Step
from rejoinder.store import cases, jobs, reporters
from rejoinder.store.database import Database

FEW = {"slow_after": 3, "slow_share": 50, "slow_days": 90, "slow_for": 30}


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database, **FEW)


@pytest.fixture
def nuisance(setting: Setting) -> Commenter:
    return setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))


def declined(setting: Setting, by: Commenter, count: int, **at: Any) -> Decision:
    """The last of so many reports by them, each of another comment, that the editor did not agree with."""
    for _each in range(count):
        comment = setting.post()
        setting.write(lambda w, about=comment: a_flag(w, about, by, now=after(**at)))  # type: ignore[misc] # binds the loop's value
        decision = setting.decide(comment, Outcome.APPROVE, now=after(**at))
    return decision


def look(setting: Setting, at: Any, by: Commenter) -> Step:
    return setting.write(lambda w: slow_reporter(w, setting.site.seq, by.seq, now=at))


def test_a_warning_a_slowing_and_its_end(setting: Setting, nuisance: Commenter) -> None:
    declined(setting, nuisance, 3, hours=3)
    assert look(setting, after(hours=4), nuisance) is Step.WARN
    assert look(setting, after(hours=4), nuisance) is Step.NOTHING
    declined(setting, nuisance, 2, days=1)
    assert look(setting, after(days=2), nuisance) is Step.NOTHING
    declined(setting, nuisance, 1, days=1)
    assert look(setting, after(days=2), nuisance) is Step.SLOW

    standing = setting.read(lambda r: reporters.standing(r, setting.site.seq, nuisance.seq))
    assert (standing.warned_at, standing.slowed_until) == (after(hours=4), after(days=32))
    letters = [letter for letter, _ in setting.letters(at=after(days=3))]
    assert [each for each in letters if each.startswith("reports-")] == ["reports-warn", "reports-slow"]


def test_a_decision_has_the_record_looked_at_once_it_cannot_be_undone(setting: Setting, nuisance: Commenter) -> None:
    decision = declined(setting, nuisance, 1, hours=3)

    def due(w: Any) -> list[str]:
        return [job.kind for job in jobs.claim(w, now=after(hours=3, minutes=1), most=100)]

    setting.write(
        lambda w: undo_decision(w, setting.site.seq, decision.id, by_seq=setting.editor.seq, now=after(hours=3))
    )

    assert "slowing" not in setting.write(due)
    declined(setting, nuisance, 1, hours=3)
    assert "slowing" in setting.write(due)


def test_slowed_reports_wait_behind_others_and_hide_nothing(setting: Setting, nuisance: Commenter) -> None:
    setting.write(lambda w: reporters.slow(w, setting.site.seq, nuisance.seq, until=after(days=9)))
    theirs, other = setting.post(), setting.post()

    setting.write(lambda w: a_flag(w, theirs, nuisance))
    setting.write(lambda w: a_flag(w, other, setting.editor, now=after(hours=1, minutes=40)))

    order = setting.read(lambda r: cases.queue(r, setting.site.seq))
    assert [case.comment_seq for case in order] == [other.seq, theirs.seq]
    for device in (1, 2):
        setting.write(lambda w, device=device: a_flag(w, theirs, device=device))  # type: ignore[misc] # binds the loop's value
    assert setting.again(theirs).status is Status.PUBLISHED
    order = setting.read(lambda r: cases.queue(r, setting.site.seq))
    assert {case.priority for case in order} == {0}
    setting.write(lambda w: a_flag(w, theirs, device=3))
    assert setting.again(theirs).status is Status.HIDDEN


def test_staff_are_not_slowed(setting: Setting) -> None:
    declined(setting, setting.editor, 3, hours=3)

    assert look(setting, after(hours=4), setting.editor) is Step.NOTHING
