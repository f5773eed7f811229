"""What the first page of each order costs under a story of 100 and of 175,000 comments: milliseconds of one request in
this process (least and median of fifty, nothing kept), bytes, statements, and the steps of the database's own machine
that SQLite counts, which grow with the rows it reads. And what one new ranking takes.

    .venv/bin/python bench/orders.py
"""

import random
import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from rejoinder.actions.add_site import NewSite, add_site
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.discussion.ranking import Order
from rejoinder.discussion.stories import Content, PublishedAtSource, Story
from rejoinder.store import commenters, rankings, stories
from rejoinder.store.database import Database, Read, Write
from rejoinder.store.opening import open_database
from rejoinder.store.schema import migrate
from rejoinder.store.values import micros, new_id
from rejoinder.web.asking import Asked
from rejoinder.web.options import Options
from rejoinder.web.pages.story import story as story_page
from rejoinder.web.visits import arrive

SIZES = (100, 175_000)
TIMES = 50
NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)
TEXT = "The early boat carried eleven of us on Monday and fourteen on Tuesday; nobody was counted twice."


def main() -> None:
    print(
        f"{'comments':>9} {'order':<12} {'least ms':>9} {'median ms':>9} {'bytes':>8} {'statements':>10} {'steps':>8}"
    )
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder) / "bench.db", size)


def _measure(path: Path, size: int) -> None:
    url = f"sqlite:///{path}"
    migrate(url)
    database = open_database(url)
    story = database.write(_begin).result()
    _fill(path, story, size)
    took = _timed(
        lambda: database.write(lambda w: rankings.renew(w, stories.by_seq(w, 1, story.seq), now=NOW)).result()
    )
    for order in Order:
        _page(database, story.slug, order, size)
    print(f"{size:>9,} {'a ranking':<12} {took * 1000:>9.1f}")
    database.close()


def _renew(w: Write, story_seq: int) -> None:
    rankings.renew(w, stories.by_seq(w, 1, story_seq), now=NOW)


def _begin(w: Write) -> Story:
    site = add_site(w, NewSite(key="courier", name="The Harbour Courier", zone="UTC", rules="{}"), now=NOW)
    commenters.add(w, site.seq, name="northquay", name_key="northquay", account_seq=None, role="reader", now=NOW)
    known = {"published_at": NOW, "published_at_source": PublishedAtSource.PUBLISHER}
    return publish_story(w, site.seq, NewStory(content=Content(headline="Ferry"), **known), now=NOW).story


def _fill(path: Path, story: Story, size: int) -> None:
    """Four of five are replies to one of the fifty latest roots; half the roots are recommended, one in ten picked."""
    chance = random.Random(1)
    rows, roots, answers = [], [], {}
    for place in range(1, size + 1):
        root = None if place % 5 == 1 else chance.choice(roots[-50:])
        if root is None:
            roots.append(place)
        else:
            answers[root] = answers.get(root, 0) + 1
        votes = int(chance.paretovariate(1)) - 1 if root is None else 0
        rows.append({
            "seq": place, "id": new_id().bytes, "root": root, "depth": 0 if root is None else 1, "place": place,
            "reply": answers[root] if root else None, "votes": votes, "at": micros(NOW + timedelta(seconds=place)),
            "picked": 1 if place % 50 == 1 else None, "story": story.seq, "html": f"<p>{TEXT}</p>", "text": TEXT,
        })  # fmt: skip
    connection = sqlite3.connect(path)
    connection.executemany(
        "INSERT INTO comments (seq, site_seq, id, story_seq, commenter_seq, parent_seq, root_seq, depth, status, text,"
        " html, html_version, fingerprint, publish_seq, reply_place, created_at, published_at, recommended, picked_at)"
        " VALUES (:seq, 1, :id, :story, 1, :root, :root, :depth, 'published', :text, :html, 1, x'00', :place, :reply,"
        " :at, :at, :votes, :picked)",
        rows,
    )
    connection.executemany("UPDATE comments SET replies = ?, reply_seq = ? WHERE seq = ?",
                           [(n, n, root) for root, n in answers.items()])  # fmt: skip
    connection.execute("UPDATE stories SET publish_seq = ?, published_count = ? WHERE seq = ?", (size, size, story.seq))
    connection.commit()
    connection.close()


def _page(database: Database, slug: str, order: Order, size: int) -> None:
    options = Options(database=database, clock=lambda: NOW, public_url="http://127.0.0.1", secret="s" * 32)
    asked = Asked(
        method="GET", path=f"/courier/stories/{slug}", parts={"site": "courier", "slug": slug},
        query={"order": order.value}, headers={}, cookies={}, address="", now=NOW + timedelta(days=1),
    )  # fmt: skip
    ran: list[str] = []
    run = Read._run  # noqa: SLF001 - only to count

    def noted(r: Read, statement: object, values: object) -> None:
        ran.append("")
        run(r, statement, values)  # type: ignore[arg-type] # handed on as it came

    def ask(r: Read) -> bytes:
        return story_page(r, arrive(r, asked, options)).body

    Read._run = noted  # type: ignore[method-assign] # noqa: SLF001 - only to count
    body = database.read(ask).result()
    Read._run = run  # type: ignore[method-assign] # noqa: SLF001 - as it was
    steps = database.read(lambda r: _steps(r, ask)).result()
    took = [_timed(lambda: database.read(ask).result()) for _ in range(TIMES)]
    figures = f"{min(took) * 1000:>9.2f} {median(took) * 1000:>9.2f} {len(body):>8,} {len(ran):>10} {steps:>8,}"
    print(f"{size:>9,} {order.value:<12} {figures}")


def _steps(r: Read, ask: object) -> int:
    """How many steps of SQLite's virtual machine the page takes, to the hundred."""
    counted = [0]

    def tick() -> int:
        counted[0] += 100
        return 0

    connection = r._cursor.connection  # type: ignore[attr-defined] # noqa: SLF001 - sqlite3's
    connection.set_progress_handler(tick, 100)
    ask(r)  # type: ignore[operator] # a page
    connection.set_progress_handler(None, 100)
    return counted[0]


def _timed(work: object) -> float:
    begun = perf_counter()
    work()  # type: ignore[operator] # a function of nothing
    return perf_counter() - begun


if __name__ == "__main__":
    main()
