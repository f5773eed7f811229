"""Two servers over one database, each with its own front door: two processes of one machine on SQLite, two machines on
PostgreSQL. What one commits, the other's readers see.
"""

import socket
import time
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from tests.front.wire import Wire
from tests.serving import Served, running

from rejoinder import app
from rejoinder.store.opening import open_database
from rejoinder.web.application import build

SOON = 5.0  # seconds that a test waits at most


class Beside(Served):
    """A second server, over the same database and setting as the first."""

    def __init__(self, first: Served, url: str, port: int) -> None:  # not the first one's: the setting is there already
        self.database = open_database(url)
        self.url = f"http://127.0.0.1:{port}"
        self.now = first.now
        self.setting = first.setting
        self.clients = []
        self.options = replace(first.options, database=self.database, clock=self.clock, public_url=self.url)
        self.application = build(self.options)
        self.ear = app.Ear()
        self.database.watch(self.ear.hear)
        self.door = app.front(self.application, self.options)


@pytest.fixture
def second(served_on_either: Served, either_url: str) -> Iterator[Beside]:
    listening = socket.create_server(("127.0.0.1", 0))
    found = Beside(served_on_either, either_url, listening.getsockname()[1])
    found.server = app.server_of(found.door, found.ear)
    yield from running(found, listening)
    found.database.close()


def test_what_one_commits_the_other_s_readers_see(served_on_either: Served, second: Beside) -> None:
    for number in range(3):
        with Wire(second.url) as wire:
            wire.get(second.story)
            comment = served_on_either.setting.post(f"The pump is at the other end of the quay, {number}.")
            until = time.monotonic() + SOON
            while str(comment.id) not in wire.get(second.story).text:
                assert time.monotonic() < until, "it was never heard of"


def test_a_writer_who_is_led_to_the_other_sees_the_post_at_once(served_on_either: Served, second: Beside) -> None:
    for number in range(10):
        with Wire(second.url) as wire:
            wire.get(second.story)
            comment = served_on_either.setting.post(f"Bring bread, for the {number}th time.")
            version = served_on_either.setting.story_now().version
            assert str(comment.id) in wire.get(f"{second.story}?v={version}").text


def test_open_pages_of_the_other_hear_of_it(served_on_either: Served, second: Beside) -> None:
    with Wire(second.url) as reader:
        reader.send(f"GET {second.story}/live HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        heard = b""
        while b"event: count" not in heard:
            heard += reader.socket.recv(65536)
        comment = served_on_either.setting.post("The late boat is early.")
        while str(comment.id).encode() not in heard:
            heard += reader.socket.recv(65536)

    assert b"The late boat is early." in heard
