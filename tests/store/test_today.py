"""The desk's day, counted on both databases."""

from datetime import timedelta

from tests.makers import NOON, Setting, a_flag, a_story, after

from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.today import Heat
from rejoinder.store import today
from rejoinder.store.database import Database


def test_what_was_posted_is_counted_by_the_hour_and_by_how_it_stands(either_database: Database) -> None:
    setting = Setting(either_database)
    first = setting.post("At one.", now=after(hours=1))
    setting.post("At half past one.", now=after(hours=1, minutes=30))
    setting.post("The day before.", now=after(hours=-3))
    setting.decide(first, Outcome.REJECT)

    hours = setting.read(lambda r: today.posted(r, setting.site.seq, since=NOON))

    assert len(hours) == 24
    assert [(hour.published, hour.waiting, hour.removed) for hour in hours[:3]] == [(0, 0, 0), (1, 0, 1), (0, 0, 0)]
    assert hours[1].begins == after(hours=1)
    assert sum(hour.posted for hour in hours) == 2


def test_how_long_decided_cases_waited(either_database: Database) -> None:
    setting = Setting(either_database)
    one, two = setting.post("One."), setting.post("Two.")
    setting.write(
        lambda w: (a_flag(w, one, device=1, now=after(hours=1)), a_flag(w, two, device=1, now=after(hours=1)))
    )
    setting.decide(one, Outcome.APPROVE, now=after(hours=3))

    assert setting.read(lambda r: today.lasted(r, setting.site.seq, since=NOON)) == [timedelta(hours=2)]
    assert setting.read(lambda r: today.lasted(r, setting.site.seq, since=after(hours=4))) == []
    assert setting.read(lambda r: today.oldest_report(r, setting.site.seq)) == (after(hours=1), two.id)


def test_where_no_report_waits_there_is_no_oldest(either_database: Database) -> None:
    setting = Setting(either_database)

    assert setting.read(lambda r: today.oldest_report(r, setting.site.seq)) is None


def test_heat_is_counted_by_story(either_database: Database) -> None:
    setting = Setting(either_database)
    other = setting.write(lambda w: a_story(w, setting.site, headline="Pier lamps to stay dark"))
    for minute in (5, 65, 70):
        setting.post(f"At {minute}.", now=after(minutes=minute))

    found = setting.read(lambda r: today.heat(r, setting.site.seq, now=after(hours=2)))

    assert found == [Heat(story_seq=setting.story.seq, now=2, before=1)]
    assert other.seq not in {each.story_seq for each in found}
