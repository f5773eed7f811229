"""Full-text indexes over comments, names and stories that keep themselves. On SQLite they are FTS5 tables without a
copy of the text, which triggers follow; on PostgreSQL indexes over functions. Both take words as they are, without case
and accents.

What is entered into FTS5 alone is a segment alone, which cost every post a fifth of its time. So new comments are
entered many at a time: `words_mark` says up to which, and who searches looks at the few after it themselves. What is
changed or erased is followed at once.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

TOGETHER = 128  # new comments


def upgrade() -> None:
    """Makes them and fills them with what there is."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in _ON_POSTGRESQL:
            op.get_bind().exec_driver_sql(statement)
        return
    op.execute("CREATE TABLE words_mark (upto BIGINT NOT NULL)")
    op.execute("INSERT INTO words_mark (upto) SELECT coalesce(max(seq), 0) FROM comments")
    for table, source, changing, columns in _ON_SQLITE:
        _make(table, source, changing, columns)


_ON_SQLITE: list[tuple[str, str, str, dict[str, str]]] = [
    ("comments_words", "comments", "text", {"text": "{row}.text"}),
    ("memberships_words", "memberships", "name", {"name": "{row}.name"}),
    (
        "stories_words",
        "stories",
        "content",
        {
            "headline": "json_extract({row}.content, '$.headline')",
            "standfirst": "json_extract({row}.content, '$.standfirst')",
        },
    ),
]


def _make(table: str, source: str, changing: str, columns: dict[str, str]) -> None:
    names = ", ".join(columns)
    new, old, there = (", ".join(each.format(row=row) for each in columns.values()) for row in ("new", "old", source))
    fill = f"INSERT INTO {table} (rowid, {names}) SELECT seq, {there} FROM {source}"  # noqa: S608 - every name is ours
    add = f"INSERT INTO {table} (rowid, {names}) VALUES (new.seq, {new});"  # noqa: S608 - every name is ours
    drop = f"INSERT INTO {table} ({table}, rowid, {names}) VALUES ('delete', old.seq, {old});"  # noqa: S608 - every name is ours
    op.execute(
        f"CREATE VIRTUAL TABLE {table} USING fts5({names}, content='', columnsize=0,"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute(fill)
    mark, is_new, is_old = "(SELECT upto FROM words_mark)", "", ""
    if source == "comments":
        is_new, is_old = f"WHEN new.seq <= {mark}", f"old.seq <= {mark}"
        enter = f"{fill} WHERE seq > {mark} AND seq <= new.seq; UPDATE words_mark SET upto = new.seq;"  # noqa: S608 - every name is ours
        enough = f"new.seq >= {mark} + {TOGETHER}"
        op.execute(f"CREATE TRIGGER {table}_entered AFTER INSERT ON {source} WHEN {enough} BEGIN {enter} END")
    op.execute(f"CREATE TRIGGER {table}_added AFTER INSERT ON {source} {is_new} BEGIN {add} END")
    op.execute(
        f"CREATE TRIGGER {table}_dropped AFTER DELETE ON {source} {f'WHEN {is_old}' if is_old else ''} BEGIN {drop} END"
    )
    changed = f"old.{changing} <> new.{changing}{f' AND {is_old}' if is_old else ''}"
    op.execute(
        f"CREATE TRIGGER {table}_changed AFTER UPDATE OF {changing} ON {source} WHEN {changed} BEGIN {drop} {add} END"
    )


# The words of a text: accents taken off (Unicode normal form D), punctuation no part of any word.
_ACCENTS = r"\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u064b-\u065f\u0670"  # and vowels of Hebrew and Arabic
_SIGNS = r"!-/:-@[-`{-~\u00a0-\u00bf\u2000-\u206f"
_BARE = "pg_catalog.regexp_replace(pg_catalog.normalize({said}, 'NFD'), '[" + _ACCENTS + "]', '', 'g')"
_WORDS = f"pg_catalog.to_tsvector('pg_catalog.simple', pg_catalog.regexp_replace({_BARE}, '[{{signs}}]+', ' ', 'g'))"
# Taking a text apart is dear (some 30 µs), and the planner must know: else it goes through a million comments from the
# newest on for a word that hardly any has, instead of asking the index. A function in SQL would be put into the query
# and lose its cost. For the same reason ANALYZE counts more words than usual: of one that it has not counted, it takes
# half of the rarest that it has.
_FUNCTION = (
    "CREATE FUNCTION {name}(said text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2000"
    " AS $$ BEGIN RETURN {as_}; END $$"
)
_STORY = "coalesce(said::json ->> 'headline', '') || ' ' || coalesce(said::json ->> 'standfirst', '')"
_ON_POSTGRESQL = [
    _FUNCTION.format(name="rejoinder_words", as_=_WORDS.format(said="said", signs=_SIGNS)),
    _FUNCTION.format(name="rejoinder_story_words", as_=_WORDS.format(said=_STORY, signs=_SIGNS)),
    "CREATE INDEX ix_search_comments ON comments USING gin (rejoinder_words(text))",
    "ALTER INDEX ix_search_comments ALTER COLUMN 1 SET STATISTICS 500",
    "CREATE INDEX ix_search_memberships ON memberships USING gin (rejoinder_words(name))",
    "CREATE INDEX ix_search_stories ON stories USING gin (rejoinder_story_words(content))",
]
