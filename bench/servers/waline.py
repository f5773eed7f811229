"""Waline (Node.js, SQLite through its own model layer), started as its documentation says."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from bench import tools
from bench.discussion import NAMES, PEOPLE, discussion, texts
from bench.servers.common import Running, Server, free_port, start
from bench.stories import Story
from bench.wire import WORD, request

VERSION = "1.39.3"
_TABLES = """
CREATE TABLE wl_Comment (
    id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER, comment TEXT, insertedAt TIMESTAMP, ip TEXT, link TEXT,
    mail TEXT, nick TEXT, pid INTEGER, rid INTEGER, sticky INTEGER, status TEXT NOT NULL DEFAULT '', "like" INTEGER,
    ua TEXT, url TEXT, createdAt TIMESTAMP, updatedAt TIMESTAMP
);
CREATE TABLE wl_Counter (
    id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER, reaction0 INTEGER, url TEXT NOT NULL DEFAULT '',
    createdAt TIMESTAMP, updatedAt TIMESTAMP
);
CREATE TABLE wl_Users (
    id INTEGER PRIMARY KEY AUTOINCREMENT, display_name TEXT, email TEXT, password TEXT, type TEXT, label TEXT, url TEXT,
    avatar TEXT, "2fa" TEXT, createdAt TIMESTAMP, updatedAt TIMESTAMP
);
CREATE INDEX comment_url ON wl_Comment (url, status);
CREATE INDEX comment_rid ON wl_Comment (rid);
"""
_COLUMNS = "id, comment, insertedAt, ip, nick, mail, pid, rid, status, url, ua, createdAt, updatedAt"
_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Waline(Server):
    name = f"Waline {VERSION}"

    def install(self) -> None:
        self._folder = tools.node_modules("waline", f"@waline/vercel@{VERSION}")

    def seed(self, folder: Path, stories: Sequence[Story]) -> None:
        """The tables have the columns it asks for, and indexes on what it looks up."""
        with sqlite3.connect(folder / "waline.sqlite") as connection:
            connection.executescript(_TABLES)
            base = 0
            for story in stories:
                rows = (
                    (
                        base + said.number,
                        f"<p>{texts()[said.text]}</p>",
                        at,
                        "127.0.0.1",
                        NAMES[said.person],
                        f"{said.person}@reader.example",
                        base + said.parent if said.parent else None,
                        base + said.root if said.parent else None,
                        "approved",
                        story.path,
                        _AGENT,
                        at,
                        at,
                    )
                    for said in discussion(story.comments)
                    for at in [f"{datetime(2026, 9, 1) + timedelta(seconds=said.number):%Y-%m-%d %H:%M:%S}"]  # noqa: DTZ001 - as it is stored
                )
                connection.executemany(f"INSERT INTO wl_Comment ({_COLUMNS}) VALUES ({', '.join('?' * 13)})", rows)
                base += story.comments

    def start(self, folder: Path) -> Running:
        port = free_port()
        environment = {
            "SQLITE_PATH": str(folder),
            "SQLITE_DB": "waline",
            "JWT_TOKEN": "a token for the benchmark",
            "AKISMET_KEY": "false",  # it would ask a service elsewhere
            "IPQPS": "0",
            "OAUTH_URL": "data:application/json,%7B%22services%22%3A%5B%5D%7D",  # or it asks elsewhere each time
            "DISABLE_REGION": "true",
            "MARKDOWN_TEX": "false",
        }
        program = self._folder / "node_modules/@waline/vercel/vanilla.js"
        command = ["node", str(program), str(port)]
        first = "/api/comment?type=count&url=%2Fnone"
        return start(command, port=port, folder=folder, environment=environment, first=first)

    def first_page(self, story: Story) -> bytes:
        return request("GET", self._page(story, 1, 20), headers={"Accept-Encoding": "gzip"})

    def more(self, story: Story, body: bytes | None) -> str | None:
        """A hundred threads at a time, the most it gives."""
        if body is None:
            return self._page(story, 1, 100)
        data = json.loads(body)["data"]
        return self._page(story, data["page"] + 1, 100) if data["page"] < data["totalPages"] else None

    def comments_in(self, body: bytes) -> int:
        found = json.loads(body)["data"]["data"]
        return len(found) + sum(len(each["children"]) for each in found)

    def posts(self, story: Story) -> list[bytes]:
        bodies = (
            {"nick": NAMES[person], "mail": f"{person}@reader.example", "ua": _AGENT, "url": story.path, "link": ""}
            | {"comment": f"{texts()[person]} {WORD}"}
            for person in range(PEOPLE)
        )
        headers = {"Content-Type": "application/json"}
        return [request("POST", "/api/comment?lang=en", headers=headers, body=json.dumps(body)) for body in bodies]

    def stored(self, folder: Path, story: Story) -> int:
        with sqlite3.connect(folder / "waline.sqlite") as connection:
            query = "SELECT count(*) FROM wl_Comment WHERE url = ?"
            return int(connection.execute(query, (story.path,)).fetchone()[0])

    def counts(self, stories: Sequence[Story]) -> bytes:
        urls = ",".join(quote(story.path, safe="") for story in stories)
        return request("GET", f"/api/comment?type=count&url={urls}&lang=en", headers={"Accept-Encoding": "gzip"})

    def _page(self, story: Story, page: int, size: int) -> str:
        return (
            f"/api/comment?path={quote(story.path, safe='')}&pageSize={size}&page={page}&lang=en&sortBy=insertedAt_asc"
        )
