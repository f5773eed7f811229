"""Full-text search, in words that mean the same on both databases: what was typed becomes quoted words, never syntax.
The indexes keep themselves (migration 0005); on SQLite the newest few comments are not in them yet and are looked at
here.
"""

from functools import lru_cache

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal,
    literal_column,
    null,
    select,
    table,
    union_all,
)

from rejoinder.discussion.searching import Search, Words, fold, matches
from rejoinder.store.database import SQLITE, Read, Statement
from rejoinder.store.narrowing import Condition, Narrowed, of_comments
from rejoinder.store.tables import comments, memberships, stories

END = 1 << 62
NARROWED_BY_NOTHING = Narrowed()

_MARK = table("words_mark", column("upto", BigInteger))


def _on_sqlite(source: Table) -> Select[tuple[int]]:
    """From the index in its order, so that no more is read than is shown."""
    words = table(f"{source.name}_words", column("rowid", BigInteger), column(f"{source.name}_words", Text))
    return (
        select(words.c.rowid)
        .select_from(words.join(source, source.c.seq == words.c.rowid))
        .where(words.c[f"{source.name}_words"].op("MATCH")(bindparam("words")), words.c.rowid < bindparam("before"))
        .order_by(words.c.rowid.desc())
        .limit(bindparam("most"))
    )


def _on_postgresql(source: Table, words: ColumnElement[object]) -> Select[tuple[int]]:
    wanted = func.to_tsquery(literal_column("'pg_catalog.simple'::regconfig"), cast(bindparam("words"), Text))
    return (
        select(source.c.seq)
        .where(words.op("@@")(wanted), source.c.seq < bindparam("before"))
        .order_by(source.c.seq.desc())
        .limit(bindparam("most"))
    )


_PEOPLE = (memberships.c.site_seq == bindparam("site_seq"), memberships.c.erased_at.is_(None))
_STORIES = (stories.c.site_seq == bindparam("site_seq"),)
_PEOPLE_ON_SQLITE = Statement(_on_sqlite(memberships).where(*_PEOPLE))
_PEOPLE_ON_POSTGRESQL = Statement(_on_postgresql(memberships, func.rejoinder_words(memberships.c.name)).where(*_PEOPLE))
_STORIES_ON_SQLITE = Statement(_on_sqlite(stories).where(*_STORIES))
_STORIES_ON_POSTGRESQL = Statement(
    _on_postgresql(stories, func.rejoinder_story_words(stories.c.content)).where(*_STORIES)
)


def comments_with(
    r: Read,
    site_seq: int,
    search: Search,
    *,
    narrowed: Narrowed = NARROWED_BY_NOTHING,
    before: int = END,
    most: int = 25,
) -> list[int]:
    """The seqs of comments in whatever status, the newest first, from before a seq. One query."""
    if search.is_empty:
        return []
    asked = {"words": _asked(r, search), "before": before, "most": most}
    if r.dialect is not SQLITE:
        return [row[0] for row in r.rows(_comments_on_postgresql(site_seq, narrowed), **asked)]
    rows = r.rows(_comments_on_sqlite(site_seq, narrowed), **asked)
    found = [seq for seq, newest in rows if newest is None or matches(newest, search)]
    return sorted(found, reverse=True)[:most]


def people_called(r: Read, site_seq: int, search: Search, *, before: int = END, most: int = 25) -> list[int]:
    """The seqs of commenters by their names as they are now, the latest to join first, from before a seq."""
    if search.is_empty:
        return []
    statement = _PEOPLE_ON_SQLITE if r.dialect is SQLITE else _PEOPLE_ON_POSTGRESQL
    rows = r.rows(statement, site_seq=site_seq, words=_asked(r, search), before=before, most=most)
    return [row[0] for row in rows]


def stories_about(r: Read, site_seq: int, search: Search, *, before: int = END, most: int = 25) -> list[int]:
    """The seqs of stories with these words in headline or standfirst, the newest first, from before a seq."""
    if search.is_empty:
        return []
    statement = _STORIES_ON_SQLITE if r.dialect is SQLITE else _STORIES_ON_POSTGRESQL
    rows = r.rows(statement, site_seq=site_seq, words=_asked(r, search), before=before, most=most)
    return [row[0] for row in rows]


def _asked(r: Read, search: Search) -> str:
    """The search as the database's own expression. Words are letters and digits alone, and quoted all the same."""
    quote, and_, not_ = (_fts5, " AND ", " NOT ") if r.dialect is SQLITE else (_tsquery, " & ", " & !")
    starts = search.starts
    wanted = and_.join(quote(each, goes_on=each in starts) for each in search.wanted)
    unwanted = "".join(f"{not_}{quote(each, goes_on=each in starts)}" for each in search.unwanted)
    return f"({wanted}){unwanted}"


def _fts5(words: Words, *, goes_on: bool) -> str:
    """A string of FTS5's query language (sqlite.org/fts5.html, 3.1)."""
    return f'"{" ".join(words)}"{" *" if goes_on else ""}'


def _tsquery(words: Words, *, goes_on: bool) -> str:
    """Lexemes for to_tsquery (PostgreSQL, 8.11.2), one after the other."""
    said = " <-> ".join(f"'{fold(word)}'" for word in words)
    return f"({said}{':*' if goes_on else ''})"


@lru_cache(maxsize=64)
def _comments_on_sqlite(site_seq: int, narrowed: Narrowed) -> Statement:
    """Those that are not in the index yet, with their text, then what the index has."""
    conditions = _of_site(site_seq, narrowed)
    newest = (
        select(comments.c.seq, comments.c.text)
        .where(
            comments.c.seq > select(_MARK.c.upto).scalar_subquery(), comments.c.seq < bindparam("before"), *conditions
        )
        .order_by(comments.c.seq.desc())
        .subquery("newest")
    )
    entered = _on_sqlite(comments).where(*conditions).subquery("entered")
    return Statement(union_all(select(newest), select(entered, null().label("text"))))


@lru_cache(maxsize=64)
def _comments_on_postgresql(site_seq: int, narrowed: Narrowed) -> Statement:
    found = _on_postgresql(comments, func.rejoinder_words(comments.c.text))
    return Statement(found.where(*_of_site(site_seq, narrowed)))


def _of_site(site_seq: int, narrowed: Narrowed) -> list[Condition]:
    return [comments.c.site_seq == literal(site_seq), *of_comments(narrowed, site_seq)]
