"""How many statements a page or an act takes: the same with ten comments and with a thousand."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.filling import HOW_MANY, fill
from tests.makers import Setting, a_comment, a_decision, a_flag, after

from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.store import cases, commenters, entries, flags, history, rankings, stories
from rejoinder.store.database import SQLITE, Database, Read, Statement, Write


class Counting:
    """A cursor that notes every statement it runs."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.ran: list[str] = []

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        self.ran.append(sql)
        return self._cursor.execute(sql, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def reading(setting: Setting, ask: Callable[[Read], object]) -> list[str]:
    """The statements that asking runs."""

    def counted(r: Read) -> list[str]:
        cursor = Counting(r._cursor)
        ask(Read(cursor, r.dialect))
        return cursor.ran

    return setting.read(counted)


def writing(setting: Setting, change: Callable[[Write], object]) -> list[str]:
    """The statements that the change runs."""

    def counted(w: Write) -> list[str]:
        cursor = Counting(w._cursor)
        change(Write(cursor, w.dialect))
        return cursor.ran

    return setting.write(counted)


def some(setting: Setting, *, status: Status) -> Comment:
    """One of the comments in this status."""
    found = setting.read(lambda r: entries.by_commenter(r, 1, setting.reader.seq, most=1000))
    return next(entry.comment for entry in found if entry.comment.status is status)


# What each takes. A number that rises must be explained.


def a_post(setting: Setting) -> list[str]:
    return writing(setting, lambda w: a_comment(w, setting.story, setting.reader))


def a_reply(setting: Setting) -> list[str]:
    parent = some(setting, status=Status.PUBLISHED)
    return writing(setting, lambda w: a_comment(w, setting.story, setting.editor, parent_id=parent.id))


def a_post_with_names(setting: Setting) -> list[str]:
    text = f"As @northquay and @R. Teague said, and @nobody else, @northquay! ({setting.story_now().version})"
    return writing(setting, lambda w: a_comment(w, setting.story, setting.reader, text))


def a_report(setting: Setting) -> list[str]:
    comment = some(setting, status=Status.PUBLISHED)
    return writing(setting, lambda w: a_flag(w, comment))


def an_approval(setting: Setting) -> list[str]:
    comment = some(setting, status=Status.PENDING)
    return writing(setting, lambda w: a_decision(w, comment, setting.editor, Outcome.APPROVE, seen_revision=1))


def a_first_page(setting: Setting) -> list[str]:
    def ask(r: Read) -> None:
        stories.by_slug(r, 1, setting.story.slug)
        roots = entries.roots(r, 1, setting.story.seq)
        replies = entries.first_replies(r, 1, roots)
        entries.mentioned_names(r, 1, [*roots, *replies])

    return reading(setting, ask)


def a_ranking(setting: Setting) -> list[str]:
    return writing(setting, lambda w: rankings.renew(w, setting.story, now=after(hours=2)))


def a_page_of_the_queue(setting: Setting) -> list[str]:
    def ask(r: Read) -> None:
        waiting = cases.queue(r, 1)
        cases.counts(r, 1)
        flags.of_comments(r, 1, [case.comment_seq for case in waiting])
        stories.headlines(r, 1, [case.story_seq for case in waiting])
        commenters.status_counts(r, 1, [setting.reader.seq])

    return reading(setting, ask)


TAKES: dict[Callable[[Setting], list[str]], int] = {
    a_post: 6,
    a_post_with_names: 9,  # whom it names is told by a job
    a_reply: 10,  # one of them notes that the most answered are to be ranked anew
    a_report: 7,
    an_approval: 22,  # of a reply; three for the record; one looks for notices of the comment
    a_ranking: 8,  # three times candidates, each at most 500; the number, two orders, the old ones, the version
    a_first_page: 4,  # the story, its roots, their replies, the names they mention
    a_page_of_the_queue: 5,
}


def test_what_an_act_or_a_page_takes_does_not_grow_with_the_discussion(either_database: Database) -> None:
    setting = Setting(either_database, newcomer_comments=1)
    taken = []

    for number in HOW_MANY:
        setting.write(lambda w, n=number: fill(w, setting, n))  # type: ignore[misc] # the default binds the loop's value
        taken.append({act.__name__: len(act(setting)) for act in TAKES})

    assert taken == [{act.__name__: number for act, number in TAKES.items()}] * len(HOW_MANY)


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (rankings._CANDIDATES[0], "ix_comments_recommended (site_seq=? AND story_seq=? AND recommended>?)"),
        (rankings._CANDIDATES[1], "ix_comments_answered (site_seq=? AND story_seq=? AND replies>?)"),
        (rankings._CANDIDATES[2], "ix_comments_roots (site_seq=? AND story_seq=? AND publish_seq>?)"),
        (entries._ROOTS_DOWN, "ix_comments_roots (site_seq=? AND story_seq=? AND publish_seq<?)"),
        (entries._PICKED_AFTER, "ix_comments_picked (site_seq=? AND story_seq=? AND publish_seq>?)"),
        (entries._LOWERED_AFTER, "ix_comments_lowered (site_seq=? AND story_seq=? AND publish_seq>?)"),
    ],
    ids=["recommended", "answered", "newest roots", "newest page", "picks", "lowered"],
)
def test_an_order_is_read_from_an_index_from_its_top_and_nothing_is_sorted(
    database: Database, statement: Statement, index: str
) -> None:
    """So the rows that are read are those that are shown, or at most LONGEST, however long the discussion is."""
    sql, literals = statement.sql(SQLITE)
    values = literals | {"site_seq": 1, "story_seq": 1, "most": 1, "before": 1, "after": 1}

    def plan(r: Read) -> list[str]:
        r._cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return [row[3] for row in r._cursor.fetchall()]

    steps = database.read(plan).result()
    assert steps[0] == f"SEARCH comments USING INDEX {index}"
    assert not any("TEMP B-TREE" in step or step.startswith("SCAN") for step in steps)


def test_what_a_writer_wrote_before_is_found_by_indexes_that_hold_all_that_is_asked(database: Database) -> None:
    """However much they wrote: by the words, and by the moments of the last hour alone."""
    sql, literals = history._EARLIER_BY.sql(SQLITE)
    values = literals | {"site_seq": 1, "commenter_seq": 1, "recent": 0, "most": 1, "fingerprint": b""}

    def plan(r: Read) -> list[str]:
        r._cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return [row[3] for row in r._cursor.fetchall() if row[3].startswith("SEARCH")]

    assert database.read(plan).result() == [
        "SEARCH comments USING COVERING INDEX ix_comments_commenter (site_seq=? AND commenter_seq=? AND created_at>?)",
        "SEARCH comments USING INDEX ix_comments_fingerprint (site_seq=? AND commenter_seq=? AND fingerprint=?)",
    ]


def test_what_others_wrote_alike_is_found_by_two_indexes(database: Database) -> None:
    """However much was written on the site."""
    sql, literals = history._LIKE.sql(SQLITE)
    values = literals | {"site_seq": 1, "least_run": 1, "greatest_run": 2, "since": 0, "not_by": 1}

    def plan(r: Read) -> list[str]:
        r._cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return [row[3] for row in r._cursor.fetchall()]

    steps = database.read(plan).result()
    assert [step for step in steps if step.startswith("SEARCH")] == [
        "SEARCH comments USING INDEX ix_comments_least_run (site_seq=? AND least_run=? AND created_at>?)",
        "SEARCH comments USING INDEX ix_comments_greatest_run (site_seq=? AND greatest_run=? AND created_at>?)",
    ]
    assert not any("TEMP B-TREE" in step or "SCAN comments" in step for step in steps)


@pytest.mark.parametrize(("people", "more"), [(0, 0), (3, 1)])
def test_the_rule_on_the_same_text_by_several_people_costs_a_post_one_query(
    either_database: Database, people: int, more: int
) -> None:
    setting = Setting(either_database, same_text_people=people)
    text = "The harbour board must publish its figures before it takes the early boat away from those who need it."

    short = writing(setting, lambda w: a_comment(w, setting.story, setting.reader, "Ok."))
    long = writing(setting, lambda w: a_comment(w, setting.story, setting.reader, text))

    assert (len(short), len(long)) == (5, 5 + more)


def test_how_many_stand_last_is_counted_from_an_index_of_those_alone(database: Database) -> None:
    """So every statement about a story can say it."""
    sql, literals = stories._BY_SEQ.sql(SQLITE)

    def plan(r: Read) -> list[str]:
        r._cursor.execute(f"EXPLAIN QUERY PLAN {sql}", literals | {"site_seq": 1, "seq": 1})
        return [row[3] for row in r._cursor.fetchall()]

    steps = [step for step in database.read(plan).result() if "comments" in step]
    assert steps == ["SEARCH comments USING INDEX ix_comments_lowered (site_seq=? AND story_seq=? AND publish_seq>?)"]
