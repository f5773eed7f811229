"""The heads of the records, by mail once a week."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.makers import NOON, Setting
from tests.serving import Mailbox

from rejoinder.cli.checks import Level
from rejoinder.cli.log_check import examine_log
from rejoinder.discussion.moderation import Outcome
from rejoinder.exporters.heads import heads_from
from rejoinder.jobs.heads import HeadsRun, note_heads
from rejoinder.jobs.worker import Worker
from rejoinder.settings import SettingsError, load_settings
from rejoinder.store.database import Database

TO = ("editor@courier.example", "press@council.example")


@pytest.fixture
def setting(database: Database) -> Setting:
    made = Setting(database)
    made.decide(made.post(), Outcome.REJECT)
    return made


def _week(setting: Setting, mailbox: Mailbox, *, days: float) -> None:
    """What the worker does, so many days after the first letter."""
    now = NOON + timedelta(days=days)
    run = HeadsRun(setting.database, mailbox, public_url="https://comments.courier.example", clock=lambda: now)
    worker = Worker(setting.database, {"heads": run}, clock=lambda: now, heads_to=TO)
    worker._digests()
    worker.run_due()


def test_each_address_gets_one_letter_a_week(setting: Setting) -> None:
    mailbox = Mailbox()

    for days in (0, 0.5, 3, 7, 8):
        _week(setting, mailbox, days=days)

    assert [letter.to for letter in mailbox.letters] == [*TO, *TO]
    assert mailbox.letters[0].subject == "The records of comments.courier.example, 2026-W47"
    assert mailbox.letters[0].html is None


def test_what_a_letter_holds_can_be_held_against_the_record(setting: Setting) -> None:
    mailbox = Mailbox()
    _week(setting, mailbox, days=0)
    text = mailbox.letters[0].text
    head = heads_from(text[text.index("{") :].encode())[0]
    setting.decide(setting.post(), Outcome.APPROVE)

    found = list(examine_log(setting.database, setting.site, exported=head))

    assert [finding.level for finding in found] == [Level.OK]


def test_nobody_gets_one_unless_it_is_asked_for(setting: Setting) -> None:
    setting.write(lambda w: note_heads(w, (), now=NOON))

    assert setting.letters(at=NOON) == []


@pytest.mark.parametrize("address", ["nobody", "Desk <desk@courier.example>", "a@b@c", "x@y\nBcc: z@w.example"])
def test_what_is_no_address_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="RECORD_HEADS_TO"):
        load_settings({"REJOINDER_RECORD_HEADS_TO": address}, tmp_path)
