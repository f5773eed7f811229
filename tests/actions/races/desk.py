"""Two editors who have the same pages open, and what the record says of them afterwards."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Event
from typing import Any

import msgspec
import psycopg
from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import select
from tests.makers import Setting, a_comment, a_decision, a_story, after, an_editor

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.proof import Entry
from rejoinder.discussion.refusals import Refusal
from rejoinder.discussion.stories import Story
from rejoinder.store import accounts, log, sites, tables
from rejoinder.store.database import Database, Read, Statement, Write
from rejoinder.store.postgres import PostgresDatabase

SOON = after(hours=3)  # when both act
PATIENCE = 30  # seconds for what takes some milliseconds
_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
_NOTES = Statement(
    select(tables.desk_notes.c.kind, tables.desk_notes.c.by_seq)
    .where(tables.desk_notes.c.created_at >= int(SOON.timestamp() * 1_000_000))
    .order_by(tables.desk_notes.c.seq)
)
_VIEWS = Statement(select(tables.views.c.name).order_by(tables.views.c.seq))
_CASES = Statement(
    select(tables.cases.c.kind, tables.cases.c.claimed_by, tables.cases.c.assigned_to)
    .where(tables.cases.c.closed_at.is_(None))
    .order_by(tables.cases.c.kind)
)

Act = Callable[[Write], object]
Both = tuple[Act, Act]


class Desk(Setting):
    """A site whose first comments wait, with a second and a third editor; all three manage the installation."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, newcomer_comments=1, ladder={"on": True})
        self.first = self.editor
        self.second = self.write(lambda w: an_editor(w, self.site, "M. Lowen"))
        self.third = self.write(lambda w: an_editor(w, self.site, "T. Rowe"))
        self.write(self._promote)
        self.names = {self.first.seq: "the first", self.second.seq: "the second", self.third.seq: "the third"}

    def _promote(self, w: Write) -> None:
        for each in (self.first, self.second, self.third):
            assert each.account_seq is not None
            accounts.set_administrator(w, each.account_seq, yes=True)

    def earlier(self, about: Comment, outcome: Outcome, **known: Any) -> Decision:
        """What the third editor decided before."""
        return self.write(lambda w: a_decision(w, about, self.third, outcome, now=after(hours=2), **known))

    def published(self, **known: Any) -> Comment:
        """A comment that the third editor has approved."""
        comment = self.post(**known)
        self.earlier(comment, Outcome.APPROVE)
        return self.again(comment)

    def comment_elsewhere(self) -> tuple[Story, Comment]:
        """Another story with a comment."""
        story = self.write(lambda w: a_story(w, self.site, headline="Winter ferry decided", section="Harbour"))
        return story, self.write(lambda w: a_comment(w, story, self.reader)).comment

    def entries(self, since: int) -> list[Entry]:
        return self.read(lambda r: log.entries_after(r, self.site.seq, since, most=50))

    def head(self) -> int:
        found = self.read(lambda r: log.head(r, self.site.seq))
        return found.number if found else 0

    def written(self, since: int) -> list[str]:
        """What the record says was done after that entry, and by whom; then what the desk keeps beside it."""
        return [self._line(each) for each in self.entries(since)] + self.read(self._beside)

    def _line(self, entry: Entry) -> str:
        details = msgspec.json.decode(entry.details or "{}", type=dict[str, Any])
        what = details.get("act") or details.get("outcome") or ("back" if details.get("back") else "")
        return f"{entry.kind}{': ' if what else ''}{what} by {self._name(entry.by_seq)}"

    def _beside(self, r: Read) -> list[str]:
        lines = [f"{kind} by {self._name(by)}" for kind, by in r.rows(_NOTES)]
        lines += [f"view {name}" for (name,) in r.rows(_VIEWS)]
        texts = asdict(sites.by_seq(r, self.site.seq).texts)
        lines += [f"text {name}" for name, text in texts.items() if text]
        for kind, claimed_by, assigned_to in r.rows(_CASES):
            lines += [f"{kind} read by {self._name(claimed_by)}"] if claimed_by else []
            lines += [f"{kind} for {self._name(assigned_to)}"] if assigned_to else []
        return lines

    def _name(self, seq: int | None) -> str:
        return self.names.get(seq or 0, "nobody")


class Race(Struct, frozen=True, kw_only=True):
    """Two editors at the same thing. `begin` makes it and gives what each of them does, as both have seen it; `told` is
    the refusal that the second hears (None: it is done, or was done already), `named` whether it says who was first.
    `in_turn` is what is written where they do not hinder each other, and SQLite lets one begin when the other is done.
    """

    name: str
    routes: tuple[str, ...]
    begin: Callable[[Desk], Both]
    told: type[Refusal] | None = None
    named: bool = False
    written: tuple[str, ...] = ()
    in_turn: tuple[str, ...] = ()


def either(desk: Desk, act: Callable[[Write, Commenter], object]) -> Both:
    """The same act by the first and by the second."""
    return (lambda w: act(w, desk.first)), (lambda w: act(w, desk.second))


def at_once(database: Database, both: Both) -> tuple["Future[object]", "Future[object]"]:
    """Both acts, the second begun while the first has done everything but commit. On PostgreSQL it goes as far as a
    lock lets it, so that it has read whatever it reads before; SQLite has both in one batch of its one writer.
    """
    return _on_postgres(database, both) if isinstance(database, PostgresDatabase) else _on_sqlite(database, both)


def _on_sqlite(database: Database, both: Both) -> tuple["Future[object]", "Future[object]"]:
    may_begin = Event()
    database.write(lambda _w: may_begin.wait(PATIENCE))
    first, second = database.write(both[0]), database.write(both[1])
    may_begin.set()
    return _answered(first), _answered(second)


def _on_postgres(database: PostgresDatabase, both: Both) -> tuple["Future[object]", "Future[object]"]:
    did, may_commit = Event(), Event()

    def acts_and_waits(w: Write) -> object:
        try:
            return both[0](w)
        finally:
            did.set()
            may_commit.wait(PATIENCE)

    first = database.write(acts_and_waits)
    assert did.wait(PATIENCE)
    second = database.write(both[1])
    try:
        _until_it_waits(database.url, second)
    finally:
        may_commit.set()
    return _answered(first), _answered(second)


def _until_it_waits(url: str, second: "Future[object]") -> None:
    """Returns once the second waits for a lock of the first's, or is through."""
    give_up = time.monotonic() + PATIENCE
    with psycopg.connect(url, autocommit=True) as connection:
        while not second.done():
            row = connection.execute(_WAITING).fetchone()
            if row is not None and row[0]:
                return
            assert time.monotonic() < give_up
            time.sleep(0.002)  # between two looks


def _answered(future: "Future[object]") -> "Future[object]":
    future.exception(timeout=PATIENCE)
    return future
