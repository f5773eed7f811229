"""The benchmark's data written into a Rejoinder database: in bulk, as posting would have left it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from bench.discussion import PEOPLE, Said, discussion, texts
from bench.servers.rejoinder_people import CHUNK, add_people, insert
from bench.stories import SITE, Story
from sqlalchemy import func, select

from rejoinder.actions.add_site import NewSite, add_site
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.discussion.sites import Site, with_rules
from rejoinder.discussion.stories import Content, PublishedAtSource
from rejoinder.discussion.text import fingerprint
from rejoinder.markup import HTML_VERSION, render
from rejoinder.store.database import Database, Statement, Write
from rejoinder.store.tables import cases, comments, stories
from rejoinder.store.values import micros, new_id

RULES: dict[str, Any] = {  # every step of moderation is on; only the limits of haste are lifted
    "posts_per_minute": 10_000,
    "posts_per_hour": 10_000,
    "banned_words": tuple(f"floob{number:02d}" for number in range(50)),
    "suspect_words": tuple(f"grumpf{number:02d}" for number in range(50)),
}


class Seeding:
    """One filling of an empty database that has its tables."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._now = datetime.now(UTC).replace(microsecond=0)
        self._begun = self._now - timedelta(days=1)
        self._rendered = [(text, render(text).html, fingerprint(text)) for text in texts()]
        self._site: Site = self._write(
            lambda w: add_site(
                w, NewSite(key=SITE, name="The Harbour Courier", rules=with_rules("{}", RULES)), now=self._begun
            )
        )
        self._commenters = add_people(database, self._site.seq, begun=self._begun, now=self._now)
        self._taken = 0  # the highest seq of a comment
        self.story(Story("welcome", PEOPLE), everybody=True)

    def story(self, story: Story, *, waiting_every: int = 0, everybody: bool = False) -> str:
        """Its slug, once it has its comments. With `waiting_every`, one of so many more waits at the desk; with
        `everybody`, each person writes once, so that nobody is a newcomer any more.
        """
        new = NewStory(
            content=Content(headline=story.key, paragraphs=(texts()[0], texts()[1], texts()[2])),
            canonical_url=story.address,
            published_at=self._begun,
            published_at_source=PublishedAtSource.PUBLISHER,
        )
        added = self._write(lambda w: publish_story(w, self._site.seq, new, now=self._begun)).story
        replies = Counter(said.root for said in discussion(story.comments) if said.number != said.root)
        base = self._taken
        for some in _chunks(discussion(story.comments)):
            rows = [self._row(said, added.seq, base, replies, story.comments) for said in some]
            if everybody:
                for row, said in zip(rows, some, strict=True):
                    row["commenter_seq"] = self._commenters[said.number - 1]
            self._insert(comments, rows)
        self._taken += story.comments
        if waiting_every:
            self._wait(added.seq, story.comments // waiting_every)
        self._count(added.seq, story.comments)
        return added.slug

    def _row(self, said: Said, story_seq: int, base: int, replies: Counter[int], of: int) -> dict[str, Any]:
        text, html, print_ = self._rendered[said.text]
        at = micros(self._begun) + (said.number * 72_000_000_000) // of  # over the first twenty hours
        is_root = said.root == said.number
        return {
            "seq": base + said.number,
            "site_seq": self._site.seq,
            "id": new_id().bytes,
            "story_seq": story_seq,
            "commenter_seq": self._commenters[said.person],
            "parent_seq": None if is_root else base + said.parent,
            "root_seq": None if is_root else base + said.root,
            "depth": said.depth,
            "status": "published",
            "text": text,
            "html": html,
            "html_version": HTML_VERSION,
            "fingerprint": print_,
            "publish_seq": said.number,
            "replies": replies[said.number],
            "reply_seq": replies[said.number],
            "reply_place": None if is_root else said.place,
            "created_at": at,
            "published_at": at,
        }

    def _wait(self, story_seq: int, count: int) -> None:
        """So many comments that were never published, each with its open case."""
        base = self._taken
        for some in _chunks(discussion(count)):
            rows = [self._row(said, story_seq, base, Counter(), count) for said in some]
            unplaced = {"status": "pending", "publish_seq": None, "reply_place": None, "published_at": None}
            alone = {"parent_seq": None, "root_seq": None, "depth": 0}
            self._insert(comments, [row | unplaced | alone for row in rows])
            self._insert(
                cases,
                [
                    {
                        "site_seq": self._site.seq,
                        "id": new_id().bytes,
                        "kind": "held",
                        "comment_seq": row["seq"],
                        "story_seq": story_seq,
                        "opened_at": row["created_at"],
                    }
                    for row in rows
                ],
            )
        self._taken += count

    def _count(self, story_seq: int, count: int) -> None:
        def change(w: Write) -> None:
            w.run(
                Statement(
                    stories.update()
                    .where(stories.c.seq == story_seq)
                    .values(published_count=count, publish_seq=count, version=stories.c.version + count)
                )
            )
            if w.dialect.name == "postgresql":  # the next seq is to come after ours
                w.value(Statement(select(func.setval("comments_seq_seq", max(1, self._taken)))))

        self._write(change)

    def _insert(self, table: Any, rows: Sequence[dict[str, Any]]) -> None:
        insert(self._database, table, rows)

    def _write(self, change: Any) -> Any:
        return self._database.write(change).result()


def _chunks(said: Iterator[Said]) -> Iterator[list[Said]]:
    while some := list(islice(said, CHUNK)):
        yield some
