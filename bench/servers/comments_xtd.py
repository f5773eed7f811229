"""django-comments-xtd (Python, Django, SQLite) in the least Django project that serves it, under gunicorn."""

import json
import sqlite3
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench import tools
from bench.discussion import NAMES, PEOPLE, Said, discussion, texts
from bench.servers.common import Running, Server, free_port, start
from bench.stories import Story
from bench.wire import WORD, request

VERSION = "2.10.13"
_HERE = Path(__file__).parent
_SITE = "comments_xtd_site"


class CommentsXtd(Server):
    name = f"django-comments-xtd {VERSION}"

    def install(self) -> None:
        self._programs = tools.virtual_environment(
            "comments-xtd", f"django-comments-xtd=={VERSION}", "Django==5.2.19", "gunicorn==23.0.0"
        )

    def seed(self, folder: Path, stories: Sequence[Story]) -> None:
        self._manage(folder, "migrate", "--verbosity", "0")
        keys = [story.key for story in stories]
        (folder / "hashes.json").write_text(self._manage(folder, "pages", *keys))
        known = json.loads((folder / "hashes.json").read_text())
        self._hashes = known
        with sqlite3.connect(folder / "site.db") as connection:
            base = 0
            for story in stories:
                self._insert(connection, known["content_type"], known["pages"][story.key]["object_pk"], story, base)
                base += story.comments

    def start(self, folder: Path) -> Running:
        port = free_port()
        self._hashes = json.loads((folder / "hashes.json").read_text())
        command = [
            str(self._programs / "gunicorn"),
            f"{_SITE}:application",
            "-b",
            f"127.0.0.1:{port}",
            "-w",
            "2",
            "-t",
            "300",
        ]
        environment = {"PYTHONPATH": str(_HERE), "SITE_FOLDER": str(folder)}
        return start(command, port=port, folder=folder, environment=environment, first="/nothing/")

    def first_page(self, story: Story) -> bytes:
        """The page with the tree of comments that its own template tag draws; it has no pages of it."""
        return request("GET", f"/{story.key}/", headers={"Accept-Encoding": "gzip"})

    def more(self, story: Story, body: bytes | None) -> str | None:
        return f"/{story.key}/" if body is None else None

    def comments_in(self, body: bytes) -> int:
        return body.count(b'<div id="c')

    def posts(self, story: Story) -> list[bytes]:
        """Through its API, with the security hash that its form would carry."""
        known = self._hashes["pages"][story.key]
        bodies = (
            {"content_type": "flatpages.flatpage", "name": NAMES[person], "email": f"{person}@reader.example"}
            | {"url": "", "honeypot": "", "followup": False, "reply_to": 0}
            | known
            | {"comment": f"{texts()[person]} {WORD}"}
            for person in range(PEOPLE)
        )
        headers = {"Content-Type": "application/json"}
        return [request("POST", "/comments/api/comment/", headers=headers, body=json.dumps(body)) for body in bodies]

    def stored(self, folder: Path, story: Story) -> int:
        with sqlite3.connect(folder / "site.db") as connection:
            query = "SELECT count(*) FROM django_comments WHERE object_pk = ?"
            page = self._hashes["pages"][story.key]["object_pk"]
            return int(connection.execute(query, (page,)).fetchone()[0])

    def _insert(self, connection: sqlite3.Connection, kind: int, page: str, story: Story, base: int) -> None:
        """Comments with their place in their thread, depth first, as the package keeps it."""
        said = list(discussion(story.comments))
        below: dict[int, list[Said]] = {}
        for each in said:
            below.setdefault(each.parent, []).append(each)
        connection.executemany(
            "INSERT INTO django_comments (id, object_pk, user_name, user_email, user_url, comment, submit_date,"
            " is_public, is_removed, content_type_id, site_id)"
            " VALUES (?, ?, ?, ?, '', ?, datetime('now', '-1 day'), 1, 0, ?, 1)",
            (
                (
                    base + each.number,
                    page,
                    NAMES[each.person],
                    f"{each.person}@reader.example",
                    texts()[each.text],
                    kind,
                )
                for each in said
            ),
        )
        for root in below.get(0, []):
            waiting, order = [root], 0
            while waiting:
                each = waiting.pop()
                order += 1
                waiting.extend(reversed(below.get(each.number, [])))
                connection.execute(
                    'INSERT INTO django_comments_xtd_xtdcomment (comment_ptr_id, thread_id, parent_id, level, "order",'
                    " followup, nested_count) VALUES (?, ?, ?, ?, ?, 0, 0)",
                    (
                        base + each.number,
                        base + each.root,
                        base + (each.parent or each.number),
                        each.depth,
                        order,
                    ),
                )

    def _manage(self, folder: Path, *arguments: str) -> str:
        done = subprocess.run(
            [str(self._programs / "python"), str(_HERE / f"{_SITE}.py"), *arguments],
            env={"SITE_FOLDER": str(folder), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise tools.Absent(done.stderr.strip()[-300:])
        return done.stdout
