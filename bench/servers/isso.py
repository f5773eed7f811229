"""Isso (Python, SQLite) under gunicorn, as its documentation deploys it; two workers, one for each core."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from bench import tools
from bench.discussion import NAMES, PEOPLE, discussion, texts
from bench.servers.common import Running, Server, free_port, start
from bench.stories import PUBLISHER, Story
from bench.wire import WORD, request

VERSION = "0.14.0"
_CONFIGURATION = f"""
[general]
dbpath = comments.db
host = {PUBLISHER}/
[guard]
enabled = false
"""


class Isso(Server):
    name = f"Isso {VERSION}"

    def install(self) -> None:
        self._programs = tools.virtual_environment("isso", f"isso=={VERSION}", "gunicorn==23.0.0")

    def seed(self, folder: Path, stories: Sequence[Story]) -> None:
        self.start(folder).stop()  # makes the tables
        with sqlite3.connect(folder / "comments.db") as connection:
            base = 0
            for number, story in enumerate(stories, 1):
                connection.execute("INSERT INTO threads VALUES (?, ?, ?)", (number, story.path, story.key))
                connection.executemany(
                    "INSERT INTO comments (tid, id, parent, created, mode, remote_addr, text, author, voters)"
                    " VALUES (?, ?, ?, ?, 1, '127.0.0.0', ?, ?, x'00')",
                    (
                        (
                            number,
                            base + said.number,
                            base + said.root if said.parent else None,
                            1.79e9 + said.number,
                            texts()[said.text],
                            NAMES[said.person],
                        )
                        for said in discussion(story.comments)
                    ),
                )
                base += story.comments

    def start(self, folder: Path) -> Running:
        port = free_port()
        (folder / "isso.cfg").write_text(_CONFIGURATION)
        command = [str(self._programs / "gunicorn"), "isso.run", "-b", f"127.0.0.1:{port}", "-w", "2", "-t", "300"]
        return start(
            command, port=port, folder=folder, environment={"ISSO_SETTINGS": "isso.cfg"}, first="/count?uri=%2Fnone"
        )

    def first_page(self, story: Story) -> bytes:
        """Twenty threads with ten replies each, as much as a page of ours shows."""
        path = f"/?uri={quote(story.path, safe='')}&limit=20&nested_limit=10"
        return request("GET", path, headers={"Accept-Encoding": "gzip"})

    def more(self, story: Story, body: bytes | None) -> str | None:
        """As its own client asks unless it is told otherwise: everything at once."""
        return f"/?uri={quote(story.path, safe='')}" if body is None else None

    def comments_in(self, body: bytes) -> int:
        found = json.loads(body)["replies"]
        return len(found) + sum(len(each["replies"]) for each in found)

    def posts(self, story: Story) -> list[bytes]:
        path = f"/new?uri={quote(story.path, safe='')}"
        headers = {"Content-Type": "application/json", "Origin": PUBLISHER}
        bodies = (
            {"author": NAMES[person], "title": story.key, "text": f"{texts()[person]} {WORD}"}
            for person in range(PEOPLE)
        )
        return [request("POST", path, headers=headers, body=json.dumps(body)) for body in bodies]

    def stored(self, folder: Path, story: Story) -> int:
        with sqlite3.connect(folder / "comments.db") as connection:
            query = "SELECT count(*) FROM comments JOIN threads ON threads.id = tid WHERE uri = ?"
            return int(connection.execute(query, (story.path,)).fetchone()[0])

    def counts(self, stories: Sequence[Story]) -> bytes:
        body = json.dumps([story.path for story in stories])
        return request("POST", "/count", headers={"Content-Type": "application/json", "Origin": PUBLISHER}, body=body)
