"""What a reader may do beyond writing and reporting: recommend, follow, mute, be notified, be trusted, sign in from the
publisher, leave. And what a publisher's page needs: its origins, stories that are one, and what editors pick.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Text, text

from rejoinder.discussion.likeness import name_look

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds columns with defaults, then tables and indexes: old code runs on the new schema."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    _free_the_address(on_postgresql=on_postgresql)
    for table, columns in _columns().items():
        for column in columns:
            op.add_column(table, column)
    for table, parts in _tables().items():
        _make(table, *parts, on_postgresql=on_postgresql)
    op.create_table(
        "spent",
        Column("key_hash", LargeBinary(16), primary_key=True),
        Column("expires_at", BigInteger, nullable=False),
    )
    for name, table, of, few in _INDEXES:
        where = text(few) if few else None
        op.create_index(name, table, of, sqlite_where=where, postgresql_where=where)
    _draw_skeletons()


def _draw_skeletons() -> None:
    """Every name that is there gets its skeleton."""
    connection = op.get_bind()
    members = sa.table("memberships", sa.column("seq"), sa.column("name"), sa.column("name_look"))
    drawn = [
        {"of": seq, "look": name_look(name)}
        for seq, name in connection.execute(sa.select(members.c.seq, members.c.name).where(members.c.name != "")).all()
    ]
    if drawn:
        this = members.c.seq == sa.bindparam("of")
        connection.execute(sa.update(members).where(this).values(name_look=sa.bindparam("look")), drawn)


def _free_the_address(*, on_postgresql: bool) -> None:
    """An account from a publisher's sign-in, or one whose holder has left, has no address of its own."""
    if on_postgresql:
        op.alter_column("accounts", "email", nullable=True)
        return
    with op.batch_alter_table("accounts") as table:
        table.alter_column("email", nullable=True)


def _words(name: str, default: str) -> Column[Any]:
    return Column(name, Text, nullable=False, server_default=default)


def _count(name: str) -> Column[Any]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _at(name: str, *, nullable: bool = True) -> Column[Any]:
    return Column(name, BigInteger, nullable=nullable)


def _of(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, BigInteger, nullable=nullable)


def _columns() -> dict[str, list[Column[Any]]]:
    """The new columns, by their tables."""
    return {
        "sites": [_words("origins", "[]"), _words("sign_in", "{}")],
        "accounts": [Column("letters_to", Text), _at("left_at")],
        "sessions": [_of("site_seq", nullable=True), _words("origin", "")],
        "memberships": [
            _words("name_look", ""),
            _count("points"),
            _words("badges", "[]"),
            Column("may_comment", Boolean, nullable=False, server_default=text("true")),
            Column("is_guest", Boolean, nullable=False, server_default=text("false")),
            _words("preferences", "{}"),
            _at("erased_at"),
        ],
        "stories": [_of("merged_into", nullable=True), _count("followers"), _count("ranking")],
        "comments": [
            _count("recommended"),
            _count("recommended_by_guests"),
            _at("picked_at"),
            _of("picked_by", nullable=True),
            _of("edited_by", nullable=True),
        ],
        "revisions": [_of("by_seq", nullable=True)],
    }


def _tables() -> dict[str, list[Any]]:
    """The new tables of a site, each without its site and, where it has one, its seq."""
    return {
        "recommendations": [
            _of("comment_seq"),
            _of("voter_seq", nullable=True),
            Column("device_hash", LargeBinary(16)),
            _at("created_at", nullable=False),
            sa.UniqueConstraint("site_seq", "comment_seq", "voter_seq"),
            sa.UniqueConstraint("site_seq", "comment_seq", "device_hash"),
            _refers("comment_seq", "comments"),
        ],
        "points": [
            _of("commenter_seq"),
            _of("comment_seq", nullable=True),
            _of("decision_seq", nullable=True),
            Column("points", BigInteger, nullable=False),
            Column("why", Text, nullable=False),
            Column("level_before", Text, nullable=False),
            Column("level_after", Text, nullable=False),
            _at("created_at", nullable=False),
            _refers("commenter_seq", "memberships"),
        ],
        "renames": [
            _of("commenter_seq"),
            _words("before", ""),
            _words("after", ""),
            _words("look_before", ""),
            _at("created_at", nullable=False),
            _refers("commenter_seq", "memberships"),
        ],
        "guest_drafts": [
            Column("token_hash", LargeBinary(32), nullable=False),
            _of("story_seq"),
            Column("parent_id", LargeBinary(16)),
            _words("name", ""),
            _words("email", ""),
            _words("text", ""),
            _at("created_at", nullable=False),
            _at("expires_at", nullable=False),
            sa.UniqueConstraint("site_seq", "token_hash"),
            _refers("story_seq", "stories"),
        ],
        "follows": [
            _of("commenter_seq"),
            _of("story_seq"),
            _count("root_seq"),
            _at("created_at", nullable=False),
            sa.UniqueConstraint("site_seq", "commenter_seq", "story_seq", "root_seq"),
            _refers("commenter_seq", "memberships"),
            _refers("story_seq", "stories"),
        ],
        "mutes": [
            _of("commenter_seq"),
            _of("muted_seq"),
            _at("created_at", nullable=False),
            sa.UniqueConstraint("site_seq", "commenter_seq", "muted_seq"),
            _refers("commenter_seq", "memberships"),
            _refers("muted_seq", "memberships"),
        ],
        "notifications": [
            Column("id", LargeBinary(16), nullable=False),
            _of("commenter_seq"),
            Column("kind", Text, nullable=False),
            Column("event", Text, nullable=False),
            _of("story_seq", nullable=True),
            _of("comment_seq", nullable=True),
            _words("data", "{}"),
            _at("created_at", nullable=False),
            _at("read_at"),
            _at("mailed_at"),
            sa.UniqueConstraint("site_seq", "id"),
            sa.UniqueConstraint("site_seq", "commenter_seq", "event"),
            _refers("commenter_seq", "memberships"),
        ],
        "merges": [
            Column("id", LargeBinary(16), nullable=False),
            _of("from_seq"),
            _of("into_seq"),
            _of("by_seq", nullable=True),
            _words("record", "{}"),
            _at("created_at", nullable=False),
            _at("undone_at"),
            _of("undone_by", nullable=True),
            sa.UniqueConstraint("site_seq", "id"),
            _refers("from_seq", "stories"),
            _refers("into_seq", "stories"),
        ],
        "rankings": [
            _of("story_seq"),
            Column("kind", Text, nullable=False),
            Column("version", BigInteger, nullable=False),
            _words("seqs", "[]"),
            _at("created_at", nullable=False),
            sa.UniqueConstraint("site_seq", "story_seq", "kind", "version"),
            _refers("story_seq", "stories"),
        ],
    }


_INDEXES = [
    ("ix_comments_recommended", "comments", ["site_seq", "story_seq", "recommended"],
     "root_seq IS NULL AND recommended > 0"),
    ("ix_comments_answered", "comments", ["site_seq", "story_seq", "replies"], "root_seq IS NULL AND replies > 0"),
    ("ix_comments_picked", "comments", ["site_seq", "story_seq", "publish_seq"], "picked_at IS NOT NULL"),
    ("ix_recommendations_voter", "recommendations", ["site_seq", "voter_seq"], "voter_seq IS NOT NULL"),
    ("ix_memberships_look", "memberships", ["site_seq", "name_look"], ""),
    ("ix_renames_commenter", "renames", ["site_seq", "commenter_seq", "seq"], ""),
    ("ix_renames_look", "renames", ["site_seq", "look_before"], ""),
    ("ix_guest_drafts_expires", "guest_drafts", ["expires_at"], ""),
    ("ix_points_commenter", "points", ["site_seq", "commenter_seq", "seq"], ""),
    ("ix_points_decision", "points", ["site_seq", "decision_seq"], "decision_seq IS NOT NULL"),
    ("ix_decisions_caused_by", "decisions", ["site_seq", "caused_by"], "caused_by IS NOT NULL"),
    ("ix_follows_story", "follows", ["site_seq", "story_seq", "root_seq"], ""),
    ("ix_notifications_commenter", "notifications", ["site_seq", "commenter_seq", "seq"], ""),
    ("ix_notifications_unread", "notifications", ["site_seq", "commenter_seq"], "read_at IS NULL"),
    ("ix_merges_from", "merges", ["site_seq", "from_seq"], ""),
]  # fmt: skip


def _refers(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["site_seq", column], [f"{table}.site_seq", f"{table}.seq"])


def _make(name: str, *parts: Any, on_postgresql: bool) -> None:
    seq = BigInteger().with_variant(Integer, "sqlite")
    if on_postgresql:
        key: list[Any] = [Column("seq", BigInteger, sa.Identity(), nullable=False)]
        unique: Any = sa.PrimaryKeyConstraint("site_seq", "seq")
    else:
        key = [Column("seq", seq, sa.Identity(), primary_key=True)]
        unique = sa.UniqueConstraint("site_seq", "seq")
    op.create_table(name, *key, Column("site_seq", BigInteger, nullable=False), *parts, unique)
