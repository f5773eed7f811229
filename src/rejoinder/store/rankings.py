"""Orders that move, as they were at one moment: a second page follows on the first, whatever has moved since.

The candidates are found by indexes of their own (the most recommended, the most answered) and by the newest places, so
that a new ranking costs the same however long the discussion is.
"""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import ColumnElement, UnaryExpression, and_, bindparam, delete, select, update

from rejoinder.discussion.comments import Status
from rejoinder.discussion.ranking import LONGEST, MOVING, Candidate, Order, ranked
from rejoinder.discussion.stories import Story
from rejoinder.store import jobs, stories
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import comments, rankings
from rejoinder.store.tables import stories as story_table
from rejoinder.store.values import micros

JOB = "ranking"
EVERY = timedelta(seconds=10)  # recommendations within it come to one new ranking and one new version of the story
SETTLES = timedelta(seconds=2)  # so long after its end even what waited for its turn is committed
KEPT = timedelta(hours=1)  # a reader may take so long from one page to the next

_PUBLISHED_ROOT = and_(
    comments.c.site_seq == bindparam("site_seq"),
    comments.c.story_seq == bindparam("story_seq"),
    comments.c.root_seq.is_(None),
    comments.c.status == Status.PUBLISHED.value,
    comments.c.lowered_at.is_(None),
)


def _roots(by: UnaryExpression[int], *those: ColumnElement[bool]) -> Statement:
    """The first LONGEST published roots of a story by this."""
    return Statement(
        select(comments.c.seq, comments.c.publish_seq, comments.c.recommended, comments.c.replies)
        .where(_PUBLISHED_ROOT, *those)
        .order_by(by)
        .limit(LONGEST)
    )


_CANDIDATES = (
    _roots(comments.c.recommended.desc(), comments.c.recommended > 0),
    _roots(comments.c.replies.desc(), comments.c.replies > 0),
    _roots(comments.c.publish_seq.desc(), comments.c.publish_seq > 0),
)
_OF_STORY = (rankings.c.site_seq == bindparam("site_seq"), rankings.c.story_seq == bindparam("story_seq"))
_SEQS = Statement(
    select(rankings.c.seqs).where(
        *_OF_STORY, rankings.c.kind == bindparam("kind"), rankings.c.version == bindparam("version")
    )
)
_VERSION = Statement(
    select(story_table.c.ranking).where(
        story_table.c.site_seq == bindparam("site_seq"), story_table.c.seq == bindparam("story_seq")
    )
)
_ADD = Statement.insert(rankings, "site_seq", "story_seq", "kind", "version", "seqs", "created_at")
_RAISE = Statement(
    update(story_table)
    .where(story_table.c.site_seq == bindparam("of_site"), story_table.c.seq == bindparam("of_story"))
    .values(ranking=story_table.c.ranking + 1)
    .returning(story_table.c.ranking)
)
_PURGE = Statement(
    delete(rankings).where(
        *_OF_STORY, rankings.c.version < bindparam("newest"), rankings.c.created_at < bindparam("before")
    )
)
_SEQS_IN = msgspec.json.Decoder(list[int])


def note(w: Write, story: Story, *, now: datetime) -> None:
    """Notes that the story's orders have moved: one job for all that happens within EVERY."""
    seconds = int(EVERY.total_seconds())
    number = int(now.timestamp()) // seconds
    ends = timedelta(seconds=(number + 1) * seconds - now.timestamp())
    jobs.add(
        w,
        JOB,
        site_seq=story.site_seq,
        event=f"{JOB}:{story.seq}:{number}",
        recipient="",
        payload={"story": story.seq},
        now=now,
        after=ends + SETTLES,
    )


def version(r: Read, story: Story) -> int:
    """The version of the story's newest rankings; 0 before the first."""
    return int(r.value(_VERSION, site_seq=story.site_seq, story_seq=story.seq) or 0)


def seqs(r: Read, story: Story, order: Order, of: int) -> list[int] | None:
    """The story's roots in an order, as that version had them: at most LONGEST. None where that is no longer kept.
    Before the first ranking (0) they are as they are now.
    """
    if of == 0:
        return ranked(order, candidates(r, story), of=story.publish_seq)
    kept = r.value(_SEQS, site_seq=story.site_seq, story_seq=story.seq, kind=order.value, version=of)
    return None if kept is None else _SEQS_IN.decode(kept)


def candidates(r: Read, story: Story) -> list[Candidate]:
    """The roots that may stand high in an order: at most three times LONGEST. Three queries."""
    asked = {"site_seq": story.site_seq, "story_seq": story.seq}
    found = {row[0]: row for statement in _CANDIDATES for row in r.rows(statement, **asked)}
    return [Candidate(*row) for row in found.values()]


def renew(w: Write, story: Story, *, now: datetime) -> int:
    """Ranks the story's roots anew, under its lock, takes away what nobody pages through any more, and raises the
    story's version. The rankings' new version.
    """
    found = candidates(w, story)
    newest: int = w.value(_RAISE, of_site=story.site_seq, of_story=story.seq)
    for order in MOVING:
        as_json = msgspec.json.encode(ranked(order, found, of=story.publish_seq)).decode()
        w.run(
            _ADD,
            site_seq=story.site_seq,
            story_seq=story.seq,
            kind=order.value,
            version=newest,
            seqs=as_json,
            created_at=micros(now),
        )
    w.run(_PURGE, site_seq=story.site_seq, story_seq=story.seq, newest=newest, before=micros(now - KEPT))
    stories.changed(w, story)
    return newest
