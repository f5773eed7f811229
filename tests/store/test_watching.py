"""How processes hear of each other's commits, on both stores: two databases opened at one place are two processes."""

import threading
from collections.abc import Callable, Iterator, Sequence

import psycopg
import pytest
from tests.makers import Setting

from rejoinder.discussion.events import Event, SiteChanged, StoryChanged
from rejoinder.store import sites, stories
from rejoinder.store.database import Database, Write
from rejoinder.store.opening import open_database

SOON = 5.0  # seconds that a test waits at most; what is promised is in the store


class Listener:
    """What was heard, and a way to wait for more of it."""

    def __init__(self) -> None:
        self.heard: list[Sequence[Event] | None] = []
        self._more = threading.Condition()

    def hear(self, events: Sequence[Event] | None) -> None:
        with self._more:
            self.heard.append(events)
            self._more.notify_all()

    def wait(self, until: Callable[[list[Sequence[Event] | None]], bool]) -> bool:
        """Whether, before long, what was heard is as wished."""
        with self._more:
            return self._more.wait_for(lambda: until(self.heard), SOON)


@pytest.fixture
def pair(either_url: str) -> Iterator[tuple[Database, Database]]:
    """Two processes on one database."""
    one, other = open_database(either_url), open_database(either_url)
    yield one, other
    one.close()
    other.close()


def changed(setting: Setting) -> Callable[[Write], int]:
    return lambda w: stories.changed(w, setting.story)


def is_heard(events: Sequence[Event] | None, version: int) -> bool:
    """Whether this tells of the story's version, or that something has changed that must be looked at."""
    if events is None:
        return True
    return any(isinstance(event, StoryChanged) and event.version >= version for event in events)


def test_a_commit_is_heard_of_by_the_other_process(pair: tuple[Database, Database]) -> None:
    one, other = pair
    setting, listener = Setting(one), Listener()
    other.watch(listener.hear)
    listener.wait(bool)  # PostgreSQL's listener doubts once when it begins
    before = len(listener.heard)

    version = one.write(changed(setting)).result()

    assert listener.wait(lambda heard: any(is_heard(events, version) for events in heard[before:]))


def test_one_s_own_commits_are_not_heard_of(pair: tuple[Database, Database]) -> None:
    one, other = pair
    setting, listener = Setting(one), Listener()
    one.watch(listener.hear)
    for _ in range(5):
        one.write(changed(setting)).result()

    other.write(changed(setting)).result()  # comes after them, so that what is heard now is all there is to hear

    assert listener.wait(lambda heard: any(is_heard(events, 7) for events in heard[-1:]))
    assert all(events is None or is_heard(events, 7) for events in listener.heard)
    assert len(listener.heard) <= 2


def test_a_site_s_new_epoch_is_heard_of(pair: tuple[Database, Database]) -> None:
    one, other = pair
    setting, listener = Setting(one), Listener()
    other.watch(listener.hear)
    listener.wait(bool)
    before = len(listener.heard)

    epoch = one.write(lambda w: sites.changed(w, setting.site.seq)).result()

    told = SiteChanged(site_seq=setting.site.seq, epoch=epoch)
    assert listener.wait(lambda heard: any(events is None or told in events for events in heard[before:]))


def test_what_was_rolled_back_is_not_heard_of(postgres_url: str) -> None:
    one, other = open_database(postgres_url), open_database(postgres_url)
    setting, listener = Setting(one), Listener()
    other.watch(listener.hear)
    listener.wait(lambda heard: heard == [None])

    def broken(w: Write) -> None:
        stories.changed(w, setting.story)
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        one.write(broken).result()
    version = one.write(changed(setting)).result()

    assert listener.wait(lambda heard: len(heard) > 1)
    assert listener.heard == [
        None,
        [StoryChanged(site_seq=setting.site.seq, story_seq=setting.story.seq, version=version)],
    ]
    one.close()
    other.close()


def test_many_changes_of_a_story_are_few_notices_of_its_newest(postgres_url: str) -> None:
    one, other = open_database(postgres_url), open_database(postgres_url)
    setting, listener = Setting(one), Listener()
    other.watch(listener.hear)
    listener.wait(lambda heard: heard == [None])

    versions = [future.result() for future in [one.write(changed(setting)) for _ in range(200)]]

    assert listener.wait(lambda heard: any(is_heard(events, max(versions)) for events in heard[1:]))
    assert len(listener.heard) < 100
    one.close()
    other.close()


def test_a_lost_bus_is_a_doubt_when_it_comes_back(postgres_url: str) -> None:
    one, other = open_database(postgres_url), open_database(postgres_url)
    setting, listener = Setting(one), Listener()
    other.watch(listener.hear)
    listener.wait(lambda heard: heard == [None])

    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
    assert listener.wait(lambda heard: heard == [None, None])
    version = one.write(changed(setting)).result()

    assert listener.wait(lambda heard: any(events and is_heard(events, version) for events in heard[2:]))
    one.close()
    other.close()
