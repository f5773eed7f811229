"""Decisions move people on the trust ladder, and the ledger is always what they stand on."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select
from tests.makers import Setting, after

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.actions.earn_trust import appoint
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import NotAllowed
from rejoinder.discussion.trust import Level, Why
from rejoinder.store import commenters, points
from rejoinder.store.database import Database, Statement
from rejoinder.store.tables import jobs

_LEVELS = Statement(select(jobs.c.kind).where(jobs.c.kind == "levels"))
LADDER = {"on": True, "approval": 1, "removal": 3, "recognised_at": 3, "new_below": 1}


def with_ladder(database: Database, **changes: Any) -> Setting:
    setting = Setting(database)
    rules = {"ladder": LADDER | changes}
    setting.write(lambda w: change_site_rules(w, setting.site.seq, rules, by_seq=None, now=after()))
    return setting


@pytest.fixture
def setting(database: Database) -> Setting:
    return with_ladder(database)


def stands(setting: Setting) -> tuple[Level, int]:
    """The reader's level and points; the ledger must add up to them."""
    reader = setting.read(lambda r: commenters.by_seq(r, setting.site.seq, setting.reader.seq))
    entries = setting.read(lambda r: points.ledger(r, reader, most=1000))
    assert sum(entry.step.points for entry in entries) == reader.points
    return reader.level, reader.points


def approve(setting: Setting, comment: Comment) -> Decision:
    return setting.decide(comment, Outcome.APPROVE)


def reject(setting: Setting, comment: Comment) -> Decision:
    return setting.decide(comment, Outcome.REJECT, reason="personal-attack")


def undo(setting: Setting, decision: Decision) -> None:
    setting.write(
        lambda w: undo_decision(w, setting.site.seq, decision.id, by_seq=setting.editor.seq, now=after(hours=3))
    )


def test_approvals_make_a_reader_recognised(setting: Setting) -> None:
    held = [setting.post(f"Comment {number}.") for number in range(3)]
    assert {comment.status for comment in held} == {Status.PENDING}
    for comment in held:
        approve(setting, comment)

    assert stands(setting) == (Level.RECOGNISED, 3)
    assert setting.post("The fourth appears at once.").status is Status.PUBLISHED


def test_a_removal_costs_and_enough_make_one_new_again(setting: Setting) -> None:
    for number in range(3):
        approve(setting, setting.post(f"Comment {number}."))
    reject(setting, setting.post("An attack."))

    assert stands(setting) == (Level.NEW, 0)
    assert setting.post("Read first again.").status is Status.PENDING


def test_a_decision_taken_back_gives_back_exactly_its_points(setting: Setting) -> None:
    for number in range(3):
        approve(setting, setting.post(f"Comment {number}."))
    removal = reject(setting, setting.post("An attack."))
    undo(setting, removal)

    assert stands(setting) == (Level.RECOGNISED, 3)


def test_an_approval_counts_once_for_a_comment(setting: Setting) -> None:
    comment = setting.post()
    approve(setting, comment)
    reject(setting, setting.again(comment))
    assert stands(setting)[1] == -3  # a removal takes back what the comment had earned
    approve(setting, setting.again(comment))

    assert stands(setting)[1] == 1


def test_other_figures_since_do_not_change_what_is_given_back(setting: Setting) -> None:
    decision = reject(setting, setting.post())
    rules = {"ladder": LADDER | {"removal": 9}}
    setting.write(lambda w: change_site_rules(w, setting.site.seq, rules, by_seq=None, now=after()))
    undo(setting, decision)

    assert stands(setting) == (Level.NEW, 0)


def test_without_a_ladder_nobody_counts(database: Database) -> None:
    setting = Setting(database)
    reject(setting, setting.post())

    assert stands(setting) == (Level.NEW, 0)


def test_staff_are_not_on_it(setting: Setting) -> None:
    reject(setting, setting.post(by=setting.editor))

    editor = setting.read(lambda r: commenters.by_seq(r, setting.site.seq, setting.editor.seq))
    assert editor.points == 0


def test_an_editor_names_an_expert(setting: Setting) -> None:
    named = setting.write(
        lambda w: appoint(w, setting.site.seq, setting.reader.id, Level.EXPERT, by_seq=setting.editor.seq, now=after())
    )

    assert (named.level, named.points) == (Level.EXPERT, 3)
    (entry,) = setting.read(lambda r: points.ledger(r, named))
    assert entry.step.why is Why.APPOINTED
    assert stands(setting) == (Level.EXPERT, 3)


def test_readers_name_nobody(setting: Setting) -> None:
    with pytest.raises(NotAllowed):
        setting.write(
            lambda w: appoint(
                w, setting.site.seq, setting.reader.id, Level.EXPERT, by_seq=setting.reader.seq, now=after()
            )
        )


def test_a_change_of_level_draws_the_pages_again_once_a_minute(setting: Setting) -> None:
    for number in range(3):
        approve(setting, setting.post(f"Comment {number}."))

    due = setting.read(lambda r: r.rows(_LEVELS))
    assert [row[0] for row in due] == ["levels"]


def test_whatever_happens_at_once_the_ledger_adds_up(either_database: Database) -> None:
    setting = with_ladder(either_database, recognised_at=10)
    written = [setting.post(f"Comment {number}.", now=after(hours=number)) for number in range(12)]

    def judge(comment: Comment) -> None:
        decision = (approve if comment.seq % 3 else reject)(setting, comment)
        if comment.seq % 2:
            undo(setting, decision)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(judge, written))

    expected = sum(0 if c.seq % 2 else (1 if c.seq % 3 else -3) for c in written)
    assert stands(setting)[1] == expected
