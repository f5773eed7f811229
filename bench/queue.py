"""How long the desk's lists take to open, over few comments and over very many: every queue, looking back, narrowed
lists and search, as an editor's browser asks for them: with few cases open, and then with a case about every tenth
comment. Prints medians in milliseconds, and in brackets the processor time of the server for each.

    .venv/bin/python -m bench.queue                                           SQLite: 1,000 and 1,000,000 comments
    .venv/bin/python -m bench.queue --store postgresql --comments 1000,200000

One in twenty comments was rejected, one in ten approved; the others are published and nobody has looked at them.
"""

import argparse
import http.client
import os
import random
import secrets
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from bench.posts import SECRET, cpu_seconds, database_url, server

from rejoinder.actions.add_site import NewSite, add_site
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.discussion.names import name_key
from rejoinder.discussion.stories import Content, PublishedAtSource
from rejoinder.identity.tokens import new_token, sign
from rejoinder.store import accounts, commenters, sessions, sites
from rejoinder.store.database import Database, Statement, Write
from rejoinder.store.opening import open_database
from rejoinder.store.tables import cases, comments, decisions

START = datetime(2026, 1, 1, tzinfo=UTC)
BEGIN, APART = 1_767_225_600_000_000, 20_000_000  # microseconds: three comments a minute
PART = 5_000  # comments in one transaction
PEOPLE, SECTIONS = 500, ("council", "sport", "weather", "letters", "travel")
VOCABULARY = 20_000
FEW, MORE = 50, 10  # open cases; one comment in so many
TIMES = 9
LISTS = {
    "everything": "",
    "reported": "queue=reported",
    "held": "queue=held",
    "new people": "queue=new",
    "held, one section": "queue=held&section=sport",
    "held, one commenter": "queue=held&commenter={commenter}",
    "held, one reason and age": "queue=held&reason=held:newcomer&age=over-1d",
    "held, a reason nothing has": "queue=held&reason=held:links",
    "not looked at, newest": "queue=unreviewed",
    "not looked at, oldest": "queue=unreviewed&order=oldest",
    "all comments": "queue=written",
    "all comments, one story": "queue=written&story={story}",
    "all comments, one section": "queue=written&section=sport",
    "approved": "queue=approved",
    "rejected": "queue=rejected",
    "by the system": "queue=by-system",
}
SEARCHES = {
    "a word in every comment": "q=word0",
    "a word in one of 1,000": "q=rare",
    "two words": "q=word0+word7",
    "words in a row": "q=%22word1+word2%22",
    "a word nobody wrote": "q=walrus",
    "a common word, one section": "q=word0&section=sport",
    "people": "q=reader&in=people",
    "stories": "q=number&in=stories",
}

_COMMENT = Statement.insert(
    comments, "site_seq", "id", "story_seq", "commenter_seq", "status", "text", "html", "html_version", "fingerprint",
    "created_at", "publish_seq", "published_at", "reviewed_at", "findings",
)  # fmt: skip
_CASE = Statement.insert(
    cases, "site_seq", "id", "kind", "comment_seq", "story_seq", "section_seq", "commenter_seq", "opened_at", "checks",
    "is_newcomer",
)  # fmt: skip
_DECISION = Statement.insert(
    decisions, "site_seq", "id", "comment_seq", "revision", "outcome", "status_before", "status_after", "by_seq",
    "reason", "created_at",
)  # fmt: skip


class Seeding:
    """A site with so many comments and open cases, written straight into the tables."""

    def __init__(self, database: Database, size: int, waiting: int) -> None:
        self.database = database
        self.size = size
        self.every = max(1, size // waiting)
        self.chance = random.Random(7)
        self.stories: list[tuple[int, int]] = []
        self.placed: dict[int, int] = {}
        self.editor = 0

    def run(self) -> dict[str, str]:
        """Writes it all. What stands in the lists' addresses."""
        cookie, commenter, slug = self.database.write(self._setting).result()
        for begin in range(0, self.size, PART):
            self.database.write(lambda w, b=begin: self._part(w, b)).result()  # type: ignore[misc] # binds the loop's value
        return {"cookie": cookie, "commenter": commenter, "story": slug}

    def _setting(self, w: Write) -> tuple[str, str, str]:
        site = add_site(w, NewSite(key="courier", name="The Harbour Courier", zone="Europe/London"), now=START)
        for key in SECTIONS:
            sites.section_made(w, site.seq, key=key, name=key.title())
        slug = ""
        for number in range(max(10, self.size // 1000)):
            new = NewStory(
                content=Content(headline=f"Story number {number}"),
                published_at=START,
                published_at_source=PublishedAtSource.PUBLISHER,
                canonical_url=f"https://courier.example/{number}",
                section=SECTIONS[number % len(SECTIONS)],
            )
            story = publish_story(w, site.seq, new, now=START).story
            self.stories.append((story.seq, story.section_seq or 0))
            slug = story.slug
        first = ""
        for number in range(PEOPLE):
            name = f"reader {number}"
            known = commenters.add(w, site.seq, name=name, name_key=name_key(name), account_seq=None, now=START)
            first = first or str(known.id)
        return self._log_in(w, site.seq), first, slug

    def _log_in(self, w: Write, site_seq: int) -> str:
        account = accounts.add(w, email="editor@courier.example", now=START)
        assert account is not None
        accounts.confirm(w, account.seq, now=START)
        self.editor = commenters.add(
            w, site_seq, name="R. Teague", name_key="rteague", account_seq=account.seq, role="editor", now=START
        ).seq
        token = new_token()
        sessions.add(w, account, token, lasts=timedelta(days=1), agent="", now=datetime.now(UTC))
        return sign(token, SECRET, "session")

    def _part(self, w: Write, begin: int) -> None:
        written, opened, decided = [], [], []
        for number in range(begin, min(begin + PART, self.size)):
            comment, case, decision = self._one(number)
            written.append(comment)
            opened += [case] if case else []
            decided += [decision] if decision else []
        w.run_many(_COMMENT, written)
        w.run_many(_CASE, opened)
        w.run_many(_DECISION, decided)

    def _one(self, number: int) -> tuple[dict[str, Any], dict[str, Any] | None, dict[str, Any] | None]:
        at = BEGIN + number * APART
        story, _section = self.stories[number % len(self.stories)]
        writer = number * 7 % PEOPLE + 1
        waits, is_rejected, is_approved = number % self.every == 0, number % 20 == 3, number % 10 == 4  # noqa: PLR2004 - the shares
        status = "pending" if waits else "removed" if is_rejected else "published"
        self.placed[story] = self.placed.get(story, 0) + 1
        comment = {
            "site_seq": 1, "id": secrets.token_bytes(16), "story_seq": story, "commenter_seq": writer,
            "status": status, "text": self._text(number), "html": "<p>As it was written.</p>", "html_version": 1,
            "fingerprint": secrets.token_bytes(16), "created_at": at,
            "publish_seq": None if waits else self.placed[story], "published_at": None if waits else at,
            "reviewed_at": at if not waits and (is_rejected or is_approved) else None, "findings": "[]",
        }  # fmt: skip
        if waits:
            return comment, self._case(number, "reported" if number // self.every % 2 else "held"), None
        if not (is_rejected or is_approved):
            return comment, None, None
        return comment, None, {
            "site_seq": 1, "id": secrets.token_bytes(16), "comment_seq": number + 1, "revision": 1,
            "outcome": "reject" if is_rejected else "approve", "status_before": "published", "status_after": status,
            "by_seq": None if number % 7 == 0 else self.editor, "reason": "hate" if is_rejected else None,
            "created_at": at,
        }  # fmt: skip

    def _case(self, number: int, kind: str) -> dict[str, Any]:
        story, section = self.stories[number % len(self.stories)]
        is_new = kind == "held" and number // self.every % 6 == 0
        return {
            "site_seq": 1, "id": secrets.token_bytes(16), "kind": kind, "comment_seq": number + 1, "story_seq": story,
            "section_seq": section, "commenter_seq": number * 7 % PEOPLE + 1, "opened_at": BEGIN + number * APART,
            "checks": " newcomer " if is_new else "", "is_newcomer": is_new,
        }  # fmt: skip

    def open_more(self, w: Write) -> None:
        """A case about every MOREth comment that has none."""
        w.run_many(_CASE, [self._case(n, "reported") for n in range(7, self.size, MORE) if n % self.every])

    def _text(self, number: int) -> str:
        """About forty words, of which few are said often and most seldom."""
        said = [f"word{int(VOCABULARY ** self.chance.random()) - 1}" for _ in range(38)]
        return " ".join(["word0", *(["rare"] if number % 1000 == 5 else []), *said])  # noqa: PLR2004 - as the lists say


Took = tuple[float, float]


def asked(port: int, process: int, known: dict[str, str], path: str) -> Took:
    """The median time of this page, and the server's processor time for each, in milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Cookie": f"rejoinder={known['cookie']}"}
    waits, used = [], sum(cpu_seconds(process))
    for _ in range(TIMES):
        begun = time.perf_counter()
        connection.request("GET", path.format(**known), headers=headers)
        answer = connection.getresponse()
        answer.read()
        waits.append(time.perf_counter() - begun)
        assert answer.status == 200, (path, answer.status)  # noqa: PLR2004 - RFC 9110, 15.3.1
    connection.close()
    return median(waits) * 1000, (sum(cpu_seconds(process)) - used) / TIMES * 1000


def lists(port: int, process: int, known: dict[str, str]) -> dict[str, Took]:
    """Each list by its name, with its time."""
    found = {label: asked(port, process, known, f"/courier/desk?{query}") for label, query in LISTS.items()}
    for label, query in SEARCHES.items():
        found[f"search: {label}"] = asked(port, process, known, f"/courier/desk/search?{query}")
    return found


def measured(store: str, size: int) -> list[dict[str, Took]]:
    """The lists over so many comments, with FEW cases open and then with more."""
    with tempfile.TemporaryDirectory(prefix="rejoinder-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with database_url(store, folder) as url:
            found = []
            database = open_database(url)
            seeding = Seeding(database, size, FEW)
            known = seeding.run()
            for more in (False, True):
                if more:
                    database.write(seeding.open_more).result()
                if store == "postgresql":
                    with psycopg.connect(url, autocommit=True) as connection:
                        connection.execute("VACUUM ANALYZE")
                with server(url, folder) as (port, process, _start):
                    found.append(lists(port, process, known))
            database.close()
            return found


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    given.add_argument("--comments", default="1000,1000000")
    chosen = given.parse_args()
    os.environ["REJOINDER_STAFF_SECOND_FACTOR"] = "no"
    sizes = [int(each) for each in chosen.comments.split(",")]
    found = [each for size in sizes for each in measured(chosen.store, size)]
    heads = [f"{size:,} comments, {waiting:,} open" for size in sizes for waiting in (FEW, size // MORE)]
    print(f"| {chosen.store}, ms | {' | '.join(heads)} |\n|---|{'---:|' * len(heads)}")
    for label in found[0]:
        print(f"| {label} | " + " | ".join(f"{each[label][0]:.1f} ({each[label][1]:.1f})" for each in found) + " |")


if __name__ == "__main__":
    main()
