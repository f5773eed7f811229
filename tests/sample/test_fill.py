"""The sample publication holds every state that a reader or an editor can meet."""

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from rejoinder.discussion.accounts import Account
from rejoinder.discussion.closing import Phase
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Status
from rejoinder.discussion.refusals import Invalid
from rejoinder.identity.password import check_password_strength, verify_password
from rejoinder.sample.fill import fill_sample, sample_present
from rejoinder.sample.reading import publication, stories
from rejoinder.store import accounts, cases, comments, exports, jobs, soundness
from rejoinder.store import stories as story_store
from rejoinder.store.accounts import Credential
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database, Read

NOW = datetime(2026, 11, 20, 18, 30, 12, tzinfo=UTC)


def test_the_sample_fills_either_database_with_under_a_second_of_work(either_database: Database) -> None:
    begun = time.process_time()
    sample = fill_sample(either_database, now=NOW)
    assert time.process_time() - begun < 1
    assert sample.site_key == "courier"
    assert either_database.read(sample_present).result() == sample
    assert either_database.read(soundness.miscounted).result() == []
    newest = either_database.read(soundness.newest_comment_at).result()
    assert newest is not None
    assert newest < NOW


def test_its_stories_are_open_in_replies_and_closed(database: Database) -> None:
    fill_sample(database, now=NOW)
    newest = database.read(lambda r: story_store.newest(r, 1, most=20)).result()
    phases = Counter(story.standing(NOW).phase for story in newest)
    assert phases == {Phase.OPEN: 5, Phase.REPLIES: 1, Phase.READ_ONLY: 1}
    counts = sorted(story.published_count for story in newest)
    assert counts[0] == 0
    assert counts[-1] >= 60


def test_its_comments_are_in_every_state(database: Database) -> None:
    fill_sample(database, now=NOW)
    kept = database.read(lambda r: list(exports.every_comment(r, 1))).result()
    states = {comment.status for comment in kept}
    assert states == {
        s.value for s in (Status.PUBLISHED, Status.PENDING, Status.REMOVED, Status.HIDDEN, Status.DELETED)
    }
    removed = sorted(comment.removal_reason or "" for comment in kept if comment.status == Status.REMOVED)
    assert removed == ["advertising", "personal-attack", "personal-attack"]


def test_something_of_every_kind_lies_before_its_editors(either_database: Database) -> None:
    fill_sample(either_database, now=NOW)
    assert either_database.read(lambda r: cases.counts(r, 1)).result() == {
        CaseKind.HELD: 4,
        CaseKind.REPORTED: 3,
        CaseKind.APPEAL: 1,
        CaseKind.NOTICE: 1,
        CaseKind.CORRECTION: 1,
        CaseKind.OPINION: 1,
    }
    assert {"suspect-words", "links", "capitals"} <= either_database.read(_checks_that_hold).result()


def _checks_that_hold(r: Read) -> set[str]:
    kept = [comments.by_id(r, 1, each.id) for each in exports.every_comment(r, 1)]
    return {finding.check for comment in kept for finding in comments.findings_of(r, comment)}


def test_its_long_thread_is_replied_to_at_least_four_deep(database: Database) -> None:
    fill_sample(database, now=NOW)
    kept = database.read(lambda r: list(exports.every_comment(r, 1))).result()
    depth: dict[Any, int] = {}
    for comment in kept:
        depth[comment.id] = depth[comment.parent_id] + 1 if comment.parent_id else 0
    assert max(depth.values()) >= 4


def test_nobody_is_sent_a_letter_about_it(database: Database) -> None:
    fill_sample(database, now=NOW)
    waiting = database.write(lambda w: jobs.claim(w, now=NOW + timedelta(days=365), most=100)).result()

    assert {job.kind for job in waiting} <= {"ranking", "levels"}  # orders and marks, not letters


def test_its_log_ins_work_and_its_staff_have_a_second_factor(database: Database) -> None:
    def kept(r: Read, email: str) -> tuple[Account, Credential | None, Credential | None]:
        account = accounts.by_email(r, email)
        assert account is not None
        return account, accounts.credential(r, account.seq, "password"), accounts.credential(r, account.seq, "totp")

    for login in fill_sample(database, now=NOW).logins:
        check_password_strength(login.password, email=login.email)
        account, password, factor = database.read(partial(kept, email=login.email)).result()
        assert account.confirmed_at is not None
        assert password is not None
        assert verify_password(password.secret, login.password)
        assert (factor is not None) == (login.role is not Role.READER)


def test_a_second_filling_is_refused_and_changes_nothing(database: Database) -> None:
    fill_sample(database, now=NOW)
    with pytest.raises(Invalid):
        fill_sample(database, now=NOW)
    assert database.read(soundness.story_count).result() == 7


def test_every_writer_in_its_stories_is_one_of_its_people() -> None:
    names = {person.name for person in publication().people}
    told = stories()
    writers = {comment.by for story in told for comment in story.comments}
    reporters = {flag.by for story in told for comment in story.comments for flag in comment.flags if flag.by}
    assert writers | reporters <= names
