"""What editors do about people: written to, warned, held, kept out, off the ladder; each lifted, recorded, told."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any

import pytest
from sqlalchemy import select
from tests.makers import NOON, Setting, a_commenter, a_site, after

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.actions.hold_commenter import hold_commenter
from rejoinder.actions.leave_ladder import leave_ladder
from rejoinder.actions.lift_act import lift_act
from rejoinder.actions.message_commenter import message_commenter
from rejoinder.actions.register_commenter import take_name
from rejoinder.actions.warn_commenter import acknowledge_warning, warn_commenter
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.comments import Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.person_acts import OnPerson, PersonAct
from rejoinder.discussion.refusals import (
    ActedMeanwhile,
    AlreadyUndone,
    Banned,
    NotAllowed,
    UnknownPersonAct,
    WarningUnread,
)
from rejoinder.discussion.trust import Level
from rejoinder.store import accounts, commenters, entries, person_acts
from rejoinder.store.database import Database, Statement, Write
from rejoinder.store.tables import jobs as job_table
from rejoinder.store.tables import log as log_table

Verb = Callable[..., OnPerson]
LATER = after(hours=2)
VERBS: dict[Verb, PersonAct] = {
    message_commenter: PersonAct.MESSAGE,
    warn_commenter: PersonAct.WARN,
    hold_commenter: PersonAct.HOLD,
    ban_commenter: PersonAct.BAN,
    leave_ladder: PersonAct.OFF_LADDER,
}
EVERY = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def an_order(setting: Setting, *, by: Commenter | None = None, **known: Any) -> Order:
    values: dict[str, Any] = {"reason": "inappropriate", "text": "Please argue with what she wrote."} | known
    values = {"commenter_id": setting.reader.id} | values
    return Order(site_seq=setting.site.seq, by_seq=(by or setting.editor).seq, **values)


def act(setting: Setting, verb: Verb, **known: Any) -> OnPerson:
    return setting.write(lambda w: verb(w, an_order(setting, **known), now=LATER))


def lift(setting: Setting, done: OnPerson, *, by: Commenter | None = None) -> OnPerson:
    by_seq = (by or setting.editor).seq
    return setting.write(lambda w: lift_act(w, setting.site.seq, done.id, by_seq=by_seq, now=after(hours=3)))


def reader(setting: Setting) -> Commenter:
    return setting.read(lambda r: commenters.by_seq(r, setting.site.seq, setting.reader.seq))


def record(setting: Setting) -> list[PersonAct]:
    return [each.act for each in setting.read(lambda r: person_acts.record_of(r, setting.reader))]


def letters(setting: Setting) -> list[str]:
    """The events of the jobs that wait."""
    statement = Statement(select(job_table.c.event).where(job_table.c.kind == "letter", job_table.c.done_at.is_(None)))
    return [row[0] for row in setting.read(lambda r: r.rows(statement))]


@EVERY
def test_an_act_is_on_both_records_and_its_person_is_told(setting: Setting, verb: Verb) -> None:
    done = act(setting, verb)

    assert (done.act, done.by_name, done.text) == (VERBS[verb], "R. Teague", "Please argue with what she wrote.")
    assert record(setting) == [VERBS[verb]]
    logged = Statement(select(log_table.c.details).where(log_table.c.kind == "person"))
    (entry,) = setting.read(lambda r: r.rows(logged))
    assert str(done.id) in str(entry)
    assert letters(setting) == [f"person:{done.id}"]


@EVERY
def test_an_act_on_a_page_that_is_behind_is_refused(setting: Setting, verb: Verb) -> None:
    act(setting, message_commenter, seen=0)

    with pytest.raises(ActedMeanwhile):
        act(setting, verb, seen=0)
    assert record(setting) == [PersonAct.MESSAGE]


@EVERY
def test_a_reader_and_a_moderator_do_only_what_they_may(setting: Setting, verb: Verb) -> None:
    moderator = setting.write(lambda w: a_commenter(w, setting.site, "desk hand", role=Role.MODERATOR))
    other = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))

    with pytest.raises(NotAllowed):
        act(setting, verb, by=other)
    if VERBS[verb] in (PersonAct.BAN, PersonAct.OFF_LADDER):
        with pytest.raises(NotAllowed):
            act(setting, verb, by=moderator)
    else:
        act(setting, verb, by=moderator)


def test_who_is_warned_writes_on_after_saying_that_they_read_it(setting: Setting) -> None:
    mine = setting.post()
    text = "Another text, within the minutes."
    edit = Edit(site_seq=1, comment_id=mine.id, commenter_seq=setting.reader.seq, text=text, seen_revision=1)
    first, second = act(setting, warn_commenter), act(setting, warn_commenter, reason="hate")

    with pytest.raises(WarningUnread):
        setting.post(now=after(hours=3))
    with pytest.raises(WarningUnread):
        setting.write(lambda w: edit_comment(w, edit, now=after(hours=1, minutes=1)))
    setting.write(lambda w: acknowledge_warning(w, 1, first.id, by_seq=setting.reader.seq, now=after(hours=3)))
    with pytest.raises(WarningUnread):
        setting.post(now=after(hours=3))
    for _ in range(2):
        setting.write(lambda w: acknowledge_warning(w, 1, second.id, by_seq=setting.reader.seq, now=after(hours=4)))

    assert setting.post(now=after(hours=4)).status is Status.PUBLISHED
    read = setting.read(lambda r: [each.acknowledged_at for each in person_acts.record_of(r, setting.reader)])
    assert read == [after(hours=3), after(hours=4)]


def test_a_warning_is_read_by_nobody_else(setting: Setting) -> None:
    warning, message = act(setting, warn_commenter), act(setting, message_commenter)

    for done, by in ((warning, setting.editor), (message, setting.reader)):
        with pytest.raises(UnknownPersonAct):
            setting.write(lambda w, d=done, b=by: acknowledge_warning(w, 1, d.id, by_seq=b.seq, now=LATER))  # type: ignore[misc] # binds the loop's values


def test_a_warning_that_was_taken_back_keeps_nobody(setting: Setting) -> None:
    lift(setting, act(setting, warn_commenter))

    assert setting.post(now=after(hours=3)).status is Status.PUBLISHED


def test_the_comments_of_who_is_held_wait_until_it_is_over(setting: Setting) -> None:
    act(setting, hold_commenter, until=after(days=1))

    held = setting.post(now=after(hours=3))

    entry = setting.read(lambda r: entries.one(r, 1, held.id))
    assert held.status is Status.PENDING
    assert entry is not None
    assert [finding.check for finding in entry.findings] == ["held-person"]
    assert setting.post(now=after(days=1)).status is Status.PUBLISHED


def test_the_comments_of_who_is_held_for_good_wait_until_it_is_lifted(setting: Setting) -> None:
    done = act(setting, hold_commenter)
    assert setting.post(now=after(days=9)).status is Status.PENDING

    lift(setting, done)

    assert setting.post(now=after(days=9)).status is Status.PUBLISHED


def test_who_is_off_the_ladder_counts_as_new_and_comes_back_to_where_they_stood(database: Database) -> None:
    setting = Setting(database, ladder={"on": True, "recognised_at": 1, "new_below": 0})
    setting.decide(setting.post(), Outcome.APPROVE)
    assert reader(setting).level is Level.RECOGNISED

    done = act(setting, leave_ladder)
    held = setting.post(now=LATER)
    setting.decide(held, Outcome.APPROVE)

    assert (held.status, reader(setting).level, reader(setting).points) == (Status.PENDING, Level.NEW, 1)
    lift(setting, done)
    assert (reader(setting).level, reader(setting).points) == (Level.RECOGNISED, 1)


@EVERY
def test_lifting_is_an_act_of_its_own_and_happens_once(setting: Setting, verb: Verb) -> None:
    done = act(setting, verb)
    if verb is message_commenter:
        with pytest.raises(AlreadyUndone):
            lift(setting, done)
        return

    lifted = lift(setting, done)

    assert (lifted.act, lifted.reverses, lifted.lifted) == (PersonAct.LIFT, done.seq, done.act)
    assert letters(setting) == []  # the first had not gone yet
    with pytest.raises(AlreadyUndone):
        lift(setting, done)


def test_a_suspension_after_a_ban_is_the_one_that_holds_and_is_lifted(setting: Setting) -> None:
    ban = act(setting, ban_commenter)
    suspension = act(setting, ban_commenter, until=after(days=1))

    with pytest.raises(AlreadyUndone):
        lift(setting, ban)
    with pytest.raises(Banned):
        setting.post(now=after(hours=4))
    lift(setting, suspension)
    setting.post(now=after(hours=4))


class Elsewhere:
    """The reader on a second site, and an administrator."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.other = setting.write(lambda w: a_site(w, key="gazette"))
        account_seq = setting.reader.account_seq
        self.there = setting.write(
            lambda w: commenters.add(w, self.other.seq, name="n", name_key="n", account_seq=account_seq, now=NOON)
        )
        self.administrator = setting.write(self._administrator)

    def _administrator(self, w: Write) -> Commenter:
        editor = a_commenter(w, self.setting.site, "M. Lowen", role=Role.EDITOR)
        assert editor.account_seq is not None
        accounts.set_administrator(w, editor.account_seq, yes=True)
        return editor

    def ban(self, *, by: Commenter) -> OnPerson:
        order = an_order(self.setting, by=by)
        return self.setting.write(lambda w: ban_commenter(w, order, now=LATER, everywhere=True))

    def is_banned_there(self) -> bool:
        found = self.setting.read(lambda r: commenters.by_seq(r, self.other.seq, self.there.seq))
        return found.is_banned(after(days=3))


def test_a_ban_on_all_sites_is_an_administrators(either_database: Database) -> None:
    elsewhere = Elsewhere(Setting(either_database))

    with pytest.raises(NotAllowed):
        elsewhere.ban(by=elsewhere.setting.editor)
    done = elsewhere.ban(by=elsewhere.administrator)

    assert elsewhere.is_banned_there()
    with pytest.raises(NotAllowed):
        lift(elsewhere.setting, done)
    lift(elsewhere.setting, done, by=elsewhere.administrator)
    assert not elsewhere.is_banned_there()
    assert not reader(elsewhere.setting).is_banned(after(days=3))


def test_a_ban_on_all_sites_goes_along_to_the_next(setting: Setting) -> None:
    elsewhere = Elsewhere(setting)
    elsewhere.ban(by=elsewhere.administrator)
    third = setting.write(lambda w: a_site(w, key="herald"))
    account = setting.read(lambda r: accounts.by_seq(r, setting.reader.account_seq or 0))

    joined = setting.write(lambda w: take_name(w, third.seq, account, name="northquay", now=LATER))

    assert joined.is_banned(LATER)
    found = setting.read(lambda r: commenters.by_seq(r, third.seq, joined.seq))
    assert found.is_banned_everywhere


def test_a_warning_and_the_reading_of_those_before_it_at_once_lose_neither(either_database: Database) -> None:
    setting = Setting(either_database)
    order = an_order(setting)

    done: list[Future[Any]] = [
        either_database.write(lambda w: warn_commenter(w, order, now=LATER)),
        either_database.write(lambda w: acknowledge_all(w, setting)),
    ]
    wait(done)

    assert [each.exception() for each in done] == [None, None]
    waits = reader(setting).warned_at is not None
    unread = setting.read(lambda r: person_acts.unread(r, setting.reader))
    assert waits is bool(unread)


def acknowledge_all(w: Write, setting: Setting) -> None:
    """Its person has read every warning that is there."""
    about = commenters.lock(w, setting.site.seq, setting.reader.seq)
    person_acts.acknowledge(w, about, up_to=person_acts.latest(w, about), now=LATER)
