"""A real server in this process, front door and all, for tests that act through HTTP or in a browser: its own database,
a clock that stands still until it is moved, and letters that are kept instead of sent.
"""

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar

import httpx
import pytest
from msgspec.structs import replace

from rejoinder import app
from rejoinder.discussion.commenters import Commenter
from rejoinder.front.server import FrontServer
from rejoinder.identity.password import hash_password
from rejoinder.identity.tokens import new_token, sign
from rejoinder.jobs.heads import HeadsRun
from rejoinder.jobs.hooks import hook_runs
from rejoinder.jobs.leaving import LeavingRun
from rejoinder.jobs.letter_desk import Post
from rejoinder.jobs.letters import LetterRun
from rejoinder.jobs.levels import LevelsRun
from rejoinder.jobs.notices import NoticeDueRun, SlowingRun
from rejoinder.jobs.notify import NotifyRun
from rejoinder.jobs.open_story import OpenStoryRun
from rejoinder.jobs.rankings import RankingRun
from rejoinder.jobs.replies import RepliesRun
from rejoinder.jobs.spammer import SpammerRun
from rejoinder.jobs.worker import Run, Worker
from rejoinder.mail.message import Letter
from rejoinder.store import accounts, sessions
from rejoinder.store.database import Database
from rejoinder.web.application import build
from rejoinder.web.options import Limits, Options
from tests.makers import Setting, after

SECRET = "a secret for tests that is long enough"
PASSWORD = "a ferry at six in the morning"
HASHED = hash_password(PASSWORD)


class Mailbox:
    """Where letters arrive."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> None:
        self.letters.append(letter)

    def check(self) -> None:
        """Silent."""

    def link(self, part: str) -> str:
        """The path of the newest letter's link that has this part."""
        found: list[str] = [
            each for letter in self.letters for each in re.findall(r"https?://[^/\s]+(/\S+)", letter.text)
        ]
        return next(path for path in reversed(found) if part in path)


class Served:
    """A running server with a setting in its database."""

    def __init__(self, database: Database, port: int) -> None:
        self.database = database
        self.url = f"http://127.0.0.1:{port}"
        self.now = after(hours=2)
        self.mailbox = Mailbox()
        self.clients: list[httpx.Client] = []
        self.setting = Setting(database)
        self.options = Options(
            database=database,
            clock=lambda: self.now,
            public_url=self.url,
            secret=SECRET,
            staff_second_factor=False,
            undo_for=timedelta(seconds=30),
            limits=Limits(logins=1000, registrations=1000, reports=1000, recommendations=1000),
        )
        self.application = build(self.options)
        self.ear = app.Ear()
        database._tell = self.ear.hear  # type: ignore[attr-defined] # the fixture opened it before there was an ear
        self.door = app.front(self.application, self.options)
        post = Post(public_url=self.url, secret=SECRET)
        runs: dict[str, Run] = {
            "letter": LetterRun(database, self.mailbox, post, self.clock),
            "open-story": OpenStoryRun(database, clock=self.clock),
            "heads": HeadsRun(database, self.mailbox, public_url=self.url, clock=self.clock),
            "leaving": LeavingRun(database, self.clock),
            "levels": LevelsRun(database),
            "replies": RepliesRun(database, self.clock),
            "spammer": SpammerRun(database, self.clock),
            "notify": NotifyRun(database, self.clock),
            "ranking": RankingRun(database, clock=self.clock),
            **hook_runs(database, self.url, self.clock),
            "notice-due": NoticeDueRun(database, self.clock),
            "slowing": SlowingRun(database, self.clock),
        }
        self.worker = Worker(database, runs, clock=self.clock)

    server: FrontServer

    def clock(self) -> datetime:
        return self.now

    def require_second_factor(self) -> None:
        """Staff need their second factor from now on."""
        self.application.state.options = replace(self.options, staff_second_factor=True)

    @property
    def site(self) -> str:
        return f"/{self.setting.site.key}"

    @property
    def story(self) -> str:
        """The path of the setting's story."""
        return f"{self.site}/stories/{self.setting.story.slug}"

    def pass_time(self, **span: float) -> None:
        """Moves the clock, then does what has become due."""
        self.now += timedelta(**span)
        self.worker.run_due()

    def session_cookie(self, commenter: Commenter) -> str:
        """The value of a cookie with which a request is this commenter's."""
        token = new_token()
        assert commenter.account_seq is not None
        account_seq = commenter.account_seq
        self.database.write(
            lambda w: sessions.add(
                w, accounts.by_seq(w, account_seq), token, lasts=timedelta(days=60), agent="", now=self.now
            )
        ).result()
        return sign(token, SECRET, "session")

    def set_password(self, commenter: Commenter) -> str:
        """The mail address with which this commenter can log in, by PASSWORD."""
        assert commenter.account_seq is not None
        account_seq = commenter.account_seq

        def give(w: object) -> str:
            account = accounts.by_seq(w, account_seq)  # type: ignore[arg-type] # a Write
            accounts.set_credential(w, account, "password", HASHED, now=self.now)  # type: ignore[arg-type] # a Write
            return account.email

        return self.database.write(give).result()

    def client(self, commenter: Commenter | None = None) -> httpx.Client:
        """A browser without a screen: keeps cookies, follows no redirect, sends what a form on our page would."""
        cookies = {self.options.session_cookie: self.session_cookie(commenter)} if commenter else {}
        client = httpx.Client(
            base_url=self.url, cookies=cookies, headers={"Sec-Fetch-Site": "same-origin"}, timeout=30, trust_env=False
        )
        self.clients.append(client)
        return client


@pytest.fixture
def served(database: Database) -> Iterator[Served]:
    """A server for this test alone."""
    with serving(database) as found:
        yield found


@pytest.fixture
def served_on_either(either_database: Database) -> Iterator[Served]:
    """A server for this test alone, over each kind of database in turn."""
    with serving(either_database) as found:
        yield found


@contextmanager
def serving(database: Database) -> Iterator[Served]:
    """A server over this database, with a setting in it."""
    listening = socket.create_server(("127.0.0.1", 0))
    found = Served(database, listening.getsockname()[1])
    found.server = app.server_of(found.door, found.ear)
    yield from running(found, listening)


S = TypeVar("S", bound=Served)


def running(found: S, listening: socket.socket) -> Iterator[S]:
    """The server while it runs, in a thread of its own, on the loop that it uses everywhere."""
    server = found.server
    server.last_call = 0  # nobody is on their way here; the tests of closing set it

    def serve() -> None:
        with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as loop:
            loop.run(server.serve(sockets=[listening]))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.005)
    yield found
    for client in found.clients:
        client.close()
    server.should_exit = True
    thread.join(10)
    listening.close()
