"""Indexes of what is few among much: open cases in the order of the queue, comments that are not published, and, of
comments, those that answer one or were imported. The others need no place in them, and a post is the lighter for it.
And the latest comments of the same words are found by their index alone, however much their writer wrote.
"""

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes them anew: all of them can be made again from the tables."""
    for name, table in (
        ("ix_cases_queue", "cases"),
        ("ix_comments_parent", "comments"),
        ("uq_comments_replies", "comments"),
        ("uq_comments_import_key", "comments"),
        ("ix_comments_fingerprint", "comments"),
    ):
        op.drop_index(name, table)
    _make("ix_cases_open", "cases", "site_seq", "seq", where="closed_at IS NULL")
    _make("ix_cases_queue", "cases", "site_seq", "kind", "seq", where="closed_at IS NULL")
    _make("ix_comments_unpublished", "comments", "site_seq", "story_seq", "status", where="status <> 'published'")
    _make("ix_comments_parent", "comments", "site_seq", "parent_seq", where="parent_seq IS NOT NULL")
    _make(
        "uq_comments_replies", "comments", "site_seq", "root_seq", "reply_place",
        where="root_seq IS NOT NULL", unique=True,
    )  # fmt: skip
    _make(
        "uq_comments_import_key", "comments", "site_seq", "story_seq", "import_key",
        where="import_key IS NOT NULL", unique=True,
    )  # fmt: skip
    op.create_index(
        "ix_comments_fingerprint", "comments", ["site_seq", "commenter_seq", "fingerprint", "created_at"]
    )  # fmt: skip


def _make(name: str, table: str, *columns: str, where: str, unique: bool = False) -> None:
    op.create_index(
        name, table, list(columns), unique=unique, sqlite_where=text(where), postgresql_where=text(where)
    )  # fmt: skip
