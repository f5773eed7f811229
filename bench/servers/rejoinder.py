"""Rejoinder, started as an operator would: one process, SQLite with synchronous=FULL, or PostgreSQL."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import UUID

from bench.discussion import PEOPLE, texts
from bench.servers.common import Running, Server, free_port, start
from bench.servers.rejoinder_people import EDITOR, token_of
from bench.servers.rejoinder_seed import Seeding
from bench.stories import SITE, Story
from bench.tools import HERE, Absent
from bench.wire import WORD, request

from rejoinder.identity.tokens import sign
from rejoinder.store.opening import open_database
from rejoinder.store.schema import migrate

SECRET = "a secret for the benchmark, long enough"
COMMAND = HERE.parent / ".venv/bin/rejoinder"
GZIP = {"Accept-Encoding": "gzip"}


class Rejoinder(Server):
    """`workers` is handed to the command where it is more than one; `url` is a PostgreSQL database's, else SQLite."""

    def __init__(self, *, workers: int = 1, url: str = "") -> None:
        self.name = "Rejoinder" + (", PostgreSQL" if url else "") + (f", {workers} workers" if workers > 1 else "")
        self._workers = workers
        self._url = url
        self._slugs: dict[str, str] = {}

    def seed(self, folder: Path, stories: Sequence[Story], *, waiting_every: int = 0) -> None:
        url = self.database(folder)
        open_database(url).close()
        migrate(url)
        database = open_database(url)
        try:
            seeding = Seeding(database)
            self._slugs = {story.key: seeding.story(story, waiting_every=waiting_every) for story in stories}
        finally:
            database.close()
        (folder / "slugs.json").write_text(json.dumps(self._slugs))

    def start(self, folder: Path, *, first: str = "/healthz", **settings: str) -> Running:
        port = free_port()
        self._slugs = json.loads((folder / "slugs.json").read_text())
        environment = {
            "REJOINDER_DATABASE_URL": self.database(folder),
            "REJOINDER_DATA_DIR": str(folder),
            "REJOINDER_SECRET": SECRET,
            "REJOINDER_MAIL": "none",
            "REJOINDER_STAFF_SECOND_FACTOR": "no",
            "REJOINDER_REPORTS_PER_QUARTER_HOUR": "100000000",
            "REJOINDER_LIVE_READERS_PER_ADDRESS": "20000",  # all of them are on this machine
            "REJOINDER_LOG_LEVEL": "warning",
            **settings,
        }
        more = ["--workers", str(self._workers)] if self._workers > 1 else []
        command = [str(COMMAND), "serve", "--port", str(port), *more]
        return start(command, port=port, folder=folder, environment=environment, first=first)

    def database(self, folder: Path) -> str:
        return self._url or f"sqlite:///{folder}/rejoinder.db"

    def page(self, story: Story) -> str:
        """The path of its page."""
        return f"/{SITE}/stories/{self._slugs[story.key]}"

    def first_page(self, story: Story) -> bytes:
        return request("GET", self.page(story), headers=GZIP)

    def more(self, story: Story, body: bytes | None) -> str | None:
        """The whole discussion is read as flat pages of the API, 100 comments at a time."""
        path = f"/api/v1/sites/{SITE}/stories/{self._slugs[story.key]}/comments?view=flat&limit=100"
        if body is None:
            return path
        after = json.loads(body)["next"]
        return f"{path}&after={quote(after)}" if after else None

    def comments_in(self, body: bytes) -> int:
        return len(json.loads(body)["comments"])

    def shown_in(self, body: bytes) -> int:
        return body.count(b'id="c-')

    def posts(self, story: Story) -> list[bytes]:
        """The form under the story, sent by every reader in turn."""
        path = f"{self.page(story)}/comments"
        return [self.form(path, {"text": f"{texts()[person]} {WORD}"}, person=person) for person in range(PEOPLE)]

    def form(self, path: str, fields: Mapping[str, str], *, person: int | None = None) -> bytes:
        """A form of ours, sent by a browser, with the session of a person or without one."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        return request("POST", path, headers=headers | self.cookie(person), body=urlencode(fields))

    def cookie(self, person: int | None) -> dict[str, str]:
        return {} if person is None else {"Cookie": f"rejoinder={sign(token_of(person), SECRET, 'session')}"}

    def counts(self, stories: Sequence[Story]) -> bytes:
        urls = "&".join(f"url={quote(each.address, safe='')}" for each in stories)
        return request("GET", f"/api/v1/sites/{SITE}/counts?{urls}", headers=GZIP)

    def reports(self, folder: Path, story: Story) -> list[bytes]:
        """A report of each of the story's comments, by readers without an account."""
        fields = {"reason": "hate", "note": f"Please look at this. {WORD}"}
        return [self.form(f"/{SITE}/comments/{each}/report", fields) for each in self.ids(folder, story)]

    def decisions(self, folder: Path, story: Story) -> list[bytes]:
        """An approval of each of the story's waiting comments, by the editor."""
        ids = self.ids(folder, story, status="pending")
        return [
            self.form(f"/{SITE}/desk/comments/{each}/decide", {"outcome": "approve", "revision": "1"}, person=EDITOR)
            for each in ids
        ]

    def desk(self) -> bytes:
        return request("GET", f"/{SITE}/desk", headers=self.cookie(EDITOR) | GZIP)

    def ids(self, folder: Path, story: Story, *, status: str = "published") -> list[UUID]:
        with sqlite3.connect(folder / "rejoinder.db") as connection:
            rows = connection.execute(
                "SELECT c.id FROM comments c JOIN stories s ON s.seq = c.story_seq"
                " WHERE s.slug = ? AND c.status = ? ORDER BY c.seq",
                (self._slugs[story.key], status),
            )
            return [UUID(bytes=row[0]) for row in rows]

    def stored(self, folder: Path, story: Story) -> int:
        """How many published comments the story has in the database: a held one was not what was asked for."""
        if self._url:
            raise Absent("not counted on PostgreSQL")
        with sqlite3.connect(folder / "rejoinder.db") as connection:
            query = "SELECT count(*) FROM comments c JOIN stories s ON s.seq = c.story_seq"
            query += " WHERE s.slug = ? AND c.status = 'published'"
            return int(connection.execute(query, (self._slugs[story.key],)).fetchone()[0])

    def rows(self, folder: Path, table: str) -> int:
        with sqlite3.connect(folder / "rejoinder.db") as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
