"""The editors' desk: versions of the policy, appeals, legal notices, corrections, notes, saved views, what was done
about people, consents, addresses that are told or asked, and the chained record of it all.
"""

import hashlib
import json
import secrets
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Text, text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds columns with defaults, then tables and indexes: old code runs on the new schema."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, columns in _columns().items():
        for column in columns:
            op.add_column(table, column)
    for table, parts in _tables().items():
        _make(table, *parts, on_postgresql=on_postgresql)
    op.create_table(
        "log_heads",
        Column("site_seq", BigInteger, primary_key=True, autoincrement=False),
        Column("number", BigInteger, nullable=False, server_default="0"),
        Column("chain", LargeBinary(32), nullable=False),
    )
    for name in ("ix_cases_open", "ix_cases_queue"):  # in another order from now on
        op.drop_index(name, "cases")
    for name, table, of, few, unique in _INDEXES:
        where = text(few) if few else None
        op.create_index(name, table, of, unique=unique, sqlite_where=where, postgresql_where=where)
    _fill_cases()
    _fill_languages()
    _begin_logs()


def _begin_logs() -> None:
    """Every site's record begins, chained to nothing, with the bans that there are."""
    connection = op.get_bind()
    sites = sa.table("sites", sa.column("seq"))
    heads = sa.table("log_heads", sa.column("site_seq"), sa.column("number"), sa.column("chain", LargeBinary))
    for (site_seq,) in connection.execute(sa.select(sites)).all():
        number, chain = _note_bans(connection, site_seq)
        connection.execute(sa.insert(heads).values(site_seq=site_seq, number=number, chain=chain))


def _note_bans(connection: sa.Connection, site_seq: int) -> tuple[int, bytes]:
    """Each ban that was not lifted is an act of its own moment, by nobody known, and an entry of the record: how many
    those are, and the last one's link.
    """
    number, chain = 0, bytes(32)
    banned = connection.execute(_BANNED, {"site_seq": site_seq}).all()
    for commenter_seq, person, since, until, why in banned:
        act = {
            "act": "ban" if until is None else "suspend",
            "id": str(uuid4()),
            "person": str(UUID(bytes=bytes(person))),
            "reason": None,
            "text": why,
            "until": until,
            "reverses": None,
        }
        about = {"site_seq": site_seq, "commenter_seq": commenter_seq, "created_at": since}
        row = {"kind": "person", "at": since, "by": None, "commenter_seq": commenter_seq}
        details, salt, number = _sorted_json({**act, "row": row}), secrets.token_bytes(16), number + 1
        digest = hashlib.sha256(salt + details.encode()).digest()
        chain = hashlib.sha256(chain + number.to_bytes(8, "big") + digest).digest()
        named = {"id": UUID(act["id"]).bytes, "act": act["act"], "text": why, "until": until}
        connection.execute(sa.insert(_ACTS).values(**about, **named))
        entry = {"number": number, "kind": "person", "details": details, "salt": salt, "digest": digest, "chain": chain}
        connection.execute(sa.insert(_LOG).values(**about, **entry))
    return number, chain


def _sorted_json(values: dict[str, Any]) -> str:
    """As the record is written and digested: without blanks, with its keys in order."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


_BANNED = text(
    "SELECT seq, id, banned_at, banned_until, ban_reason FROM memberships"
    " WHERE site_seq = :site_seq AND banned_at IS NOT NULL AND erased_at IS NULL ORDER BY banned_at, seq"
)
_ACTS = sa.table(
    "person_acts", *map(sa.column, ("site_seq", "id", "commenter_seq", "act", "text", "until", "created_at"))
)
_LOG = sa.table(
    "log",
    *map(
        sa.column,
        ("site_seq", "number", "kind", "commenter_seq", "details", "salt", "digest", "chain", "created_at"),
    ),
)


def _fill_cases() -> None:
    """Cases learn whose comment they are about, and in which section."""
    op.execute(
        "UPDATE cases SET commenter_seq = (SELECT commenter_seq FROM comments"
        " WHERE comments.site_seq = cases.site_seq AND comments.seq = cases.comment_seq),"
        " section_seq = (SELECT section_seq FROM stories"
        " WHERE stories.site_seq = cases.site_seq AND stories.seq = cases.story_seq)"
    )
    connection = op.get_bind()
    waiting = connection.execute(
        text(
            "SELECT cases.seq, comments.findings FROM cases JOIN comments ON comments.site_seq = cases.site_seq"
            " AND comments.seq = cases.comment_seq WHERE cases.kind = 'held' AND cases.closed_at IS NULL"
        )
    ).all()
    held = [
        {"of": seq, "checks": f" {' '.join(checks)} ", "new": "newcomer" in checks}
        for seq, findings in waiting
        if (checks := [each["check"] for each in json.loads(findings)])
    ]
    if held:
        connection.execute(text("UPDATE cases SET checks = :checks, is_newcomer = :new WHERE seq = :of"), held)


def _fill_languages() -> None:
    """Comments that do not say are in their story's language, else their site's; lists at the desk are narrowed by it.
    What was erased stays without one.
    """
    connection = op.get_bind()
    sites = {row.seq: row.language for row in connection.execute(text("SELECT seq, language FROM sites"))}
    silent = "UPDATE comments SET language = :tag WHERE site_seq = :site AND language IS NULL AND text <> ''"
    for site, seq, content in connection.execute(text("SELECT site_seq, seq, content FROM stories")).all():
        tag = _primary(json.loads(content).get("language") or sites[site])
        if tag != _primary(sites[site]):
            connection.execute(text(f"{silent} AND story_seq = :story"), {"tag": tag, "site": site, "story": seq})
    for site, tag in sites.items():
        connection.execute(text(silent), {"tag": _primary(tag), "site": site})


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _id() -> Column[Any]:
    return Column("id", LargeBinary(16), nullable=False)


def _at(name: str, *, nullable: bool = True) -> Column[Any]:
    return Column(name, BigInteger, nullable=nullable)


def _words(name: str, default: str | None = None) -> Column[Any]:
    if default is None:
        return Column(name, Text)
    return Column(name, Text, nullable=False, server_default=default)


def _no(name: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False, server_default=text("false"))


def _columns() -> dict[str, list[Column[Any]]]:
    return {
        "sites": [_words("hooks", "{}"), Column("policy_material", BigInteger, nullable=False, server_default="0")],
        "memberships": [
            Column("policy_agreed", BigInteger, nullable=False, server_default="0"),
            _at("held_at"),
            _at("held_until"),
            _at("slow_warned_at"),
            _at("slowed_until"),
            _no("is_trusted_flagger"),
            _no("leaves_ladder"),
            _at("warned_at"),
            _words("ban_code"),
            _no("ban_everywhere"),
        ],
        "comments": [
            _words("pick_note", ""),
            _at("lowered_at"),
            _at("locked_at"),
            Column("locked_by", BigInteger),
            Column("least_run", BigInteger),  # of comments from now on: rules look back a week at most
            Column("greatest_run", BigInteger),
        ],
        "stories": [_words("corrected", "[]")],
        "decisions": [
            _words("also", "[]"),
            _words("clauses", "[]"),
            Column("policy_version", BigInteger),
            _words("section_clauses"),
            _words("cited", "[]"),
        ],
        "cases": [
            Column("subject_seq", BigInteger),
            Column("section_seq", BigInteger),
            Column("commenter_seq", BigInteger),
            Column("assigned_to", BigInteger),
            Column("place", BigInteger, nullable=False, server_default=str((1 << 53) - 1)),
            _words("checks", ""),
            Column("score", BigInteger),
            _no("is_newcomer"),
        ],
    }


def _tables() -> dict[str, list[Any]]:
    return {
        "policies": [
            Column("section_seq", BigInteger),
            Column("number", BigInteger, nullable=False),
            _words("content", "{}"),
            _no("is_material"),
            _words("note", ""),
            Column("by_seq", BigInteger),
            _at("created_at", nullable=False),
            _refers("section_seq", "sections"),
        ],
        "appeals": [
            _id(),
            Column("decision_seq", BigInteger),
            Column("comment_seq", BigInteger),
            Column("person_act_seq", BigInteger),
            Column("by", Text, nullable=False),
            Column("flag_seq", BigInteger),
            Column("notice_seq", BigInteger),
            _words("text", ""),
            Column("heard_by", BigInteger),
            _at("heard_at"),
            _words("outcome"),
            _words("answer", ""),
            Column("result_seq", BigInteger),
            _no("is_fresh_look"),
            _at("created_at", nullable=False),
            sa.UniqueConstraint("site_seq", "id"),
            _refers("decision_seq", "decisions"),
            _refers("comment_seq", "comments"),
        ],
        "notices": [
            _id(),
            Column("filing", LargeBinary(16), nullable=False),
            Column("comment_seq", BigInteger, nullable=False),
            Column("revision", BigInteger, nullable=False),
            Column("kind", Text, nullable=False),
            _words("why", ""),
            _words("address", ""),
            _words("name", ""),
            Column("email", Text),
            Column("is_in_good_faith", Boolean, nullable=False),
            _no("threatens_life"),
            Column("flagger_seq", BigInteger),
            Column("reporter_seq", BigInteger),
            Column("receipt_hash", LargeBinary(32), nullable=False),
            _at("due_at"),
            Column("resolution", Text),
            _words("answer", ""),
            _at("resolved_at"),
            Column("decision_seq", BigInteger),
            _at("created_at", nullable=False),
            sa.UniqueConstraint("site_seq", "id"),
            _refers("comment_seq", "comments"),
        ],
        "trusted_flaggers": [
            Column("name", Text, nullable=False),
            Column("key_hash", LargeBinary(32), nullable=False),
            _at("created_at", nullable=False),
            _at("ended_at"),
            sa.UniqueConstraint("site_seq", "key_hash"),
        ],
        "corrections": [
            _id(),
            Column("story_seq", BigInteger, nullable=False),
            Column("content_version", BigInteger, nullable=False),
            _words("quote", ""),
            _words("text", ""),
            _words("source", ""),
            Column("commenter_seq", BigInteger),
            Column("email", Text),
            Column("receipt_hash", LargeBinary(32), nullable=False),
            _words("resolution"),
            _words("answer", ""),
            Column("led_to", BigInteger),
            Column("resolved_by", BigInteger),
            _at("resolved_at"),
            _at("created_at", nullable=False),
            sa.UniqueConstraint("site_seq", "id"),
            sa.UniqueConstraint("site_seq", "receipt_hash"),
            _refers("story_seq", "stories"),
        ],
        "desk_notes": [
            Column("comment_seq", BigInteger),
            Column("commenter_seq", BigInteger),
            Column("by_seq", BigInteger, nullable=False),
            Column("kind", Text, nullable=False),
            _words("text", ""),
            _at("created_at", nullable=False),
        ],
        "views": [
            _id(),
            Column("owner_seq", BigInteger),
            Column("name", Text, nullable=False),
            _words("query", "{}"),
            _at("created_at", nullable=False),
            sa.UniqueConstraint("site_seq", "id"),
        ],
        "person_acts": [
            _id(),
            Column("commenter_seq", BigInteger, nullable=False),
            Column("act", Text, nullable=False),
            Column("by_seq", BigInteger),
            _words("reason"),
            _words("text", ""),
            _at("until"),
            _at("acknowledged_at"),
            Column("reverses", BigInteger),
            _words("statement", "{}"),
            _at("created_at", nullable=False),
            sa.UniqueConstraint("site_seq", "id"),
            _refers("commenter_seq", "memberships"),
        ],
        "consents": [
            Column("comment_seq", BigInteger, nullable=False),
            Column("asked_by", BigInteger),
            _at("asked_at", nullable=False),
            Column("is_given", Boolean),
            _at("answered_at"),
            _words("signed_as", ""),
            sa.UniqueConstraint("site_seq", "comment_seq"),
            _refers("comment_seq", "comments"),
        ],
        "hooks": [
            _id(),
            Column("kind", Text, nullable=False),
            Column("address", Text, nullable=False),
            Column("secret", Text, nullable=False),
            _words("settings", "{}"),
            _at("created_at", nullable=False),
            _at("ended_at"),
            sa.UniqueConstraint("site_seq", "id"),
        ],
        "log": [
            Column("number", BigInteger, nullable=False),
            Column("kind", Text, nullable=False),
            Column("by_seq", BigInteger),
            Column("comment_seq", BigInteger),
            Column("commenter_seq", BigInteger),
            Column("story_seq", BigInteger),
            Column("details", Text),
            Column("salt", LargeBinary(16)),
            Column("digest", LargeBinary(32), nullable=False),
            Column("chain", LargeBinary(32), nullable=False),
            _at("created_at", nullable=False),
            sa.UniqueConstraint("site_seq", "number"),
        ],
    }


_INDEXES: list[tuple[str, str, list[str], str, bool]] = [
    ("uq_policies_site", "policies", ["site_seq", "number"], "section_seq IS NULL", True),
    ("uq_policies_section", "policies", ["site_seq", "section_seq", "number"], "section_seq IS NOT NULL", True),
    ("ix_appeals_comment", "appeals", ["site_seq", "comment_seq"], "", False),
    ("ix_appeals_waiting", "appeals", ["site_seq", "seq"], "outcome IS NULL", False),
    ("uq_appeals_writer", "appeals", ["site_seq", "decision_seq"], "flag_seq IS NULL AND notice_seq IS NULL", True),
    ("uq_appeals_flag", "appeals", ["site_seq", "flag_seq"], "flag_seq IS NOT NULL", True),
    ("uq_appeals_notice", "appeals", ["site_seq", "notice_seq"], "notice_seq IS NOT NULL", True),
    ("uq_appeals_person", "appeals", ["site_seq", "person_act_seq"], "person_act_seq IS NOT NULL", True),
    ("ix_notices_comment", "notices", ["site_seq", "comment_seq"], "", False),
    ("ix_notices_receipt", "notices", ["site_seq", "receipt_hash"], "", False),
    ("ix_notices_reporter", "notices", ["site_seq", "reporter_seq"], "reporter_seq IS NOT NULL", False),
    ("ix_corrections_story", "corrections", ["site_seq", "story_seq"], "", False),
    ("ix_desk_notes_comment", "desk_notes", ["site_seq", "comment_seq"], "", False),
    ("ix_desk_notes_commenter", "desk_notes", ["site_seq", "commenter_seq"], "", False),
    ("ix_comments_lowered", "comments", ["site_seq", "story_seq", "publish_seq"], "lowered_at IS NOT NULL", False),
    ("ix_person_acts_commenter", "person_acts", ["site_seq", "commenter_seq", "seq"], "", False),
    ("ix_rule_changes_place", "rule_changes", ["site_seq", "story_seq", "section_seq"], "", False),
    ("ix_flags_reporter", "flags", ["site_seq", "reporter_seq", "resolution"], "reporter_seq IS NOT NULL", False),
    ("ix_flags_device", "flags", ["site_seq", "device_hash", "resolution"], "device_hash IS NOT NULL", False),
    ("ix_log_kind", "log", ["site_seq", "kind", "number"], "", False),
    ("ix_log_by", "log", ["site_seq", "by_seq", "number"], "by_seq IS NOT NULL", False),
    ("uq_person_acts_reverses", "person_acts", ["site_seq", "reverses"], "", True),
    (
        "ix_cases_assigned",
        "cases",
        ["site_seq", "assigned_to", "seq"],
        "closed_at IS NULL AND assigned_to IS NOT NULL",
        False,
    ),
    ("ix_log_comment", "log", ["site_seq", "comment_seq"], "comment_seq IS NOT NULL", False),
    ("ix_log_commenter", "log", ["site_seq", "commenter_seq"], "commenter_seq IS NOT NULL", False),
    ("ix_cases_open", "cases", ["site_seq", "place", "seq"], "closed_at IS NULL", False),
    ("ix_cases_queue", "cases", ["site_seq", "kind", "place", "seq"], "closed_at IS NULL", False),
    ("ix_cases_newcomers", "cases", ["site_seq", "is_newcomer", "place", "seq"], "closed_at IS NULL", False),
    ("ix_cases_section", "cases", ["site_seq", "section_seq", "place", "seq"], "closed_at IS NULL", False),
    ("ix_cases_story", "cases", ["site_seq", "story_seq", "place", "seq"], "closed_at IS NULL", False),
    ("ix_cases_scored", "cases", ["site_seq", "score"], "closed_at IS NULL AND score IS NOT NULL", False),
    ("ix_cases_commenter", "cases", ["site_seq", "commenter_seq", "place", "seq"], "closed_at IS NULL", False),
    ("ix_comments_least_run", "comments", ["site_seq", "least_run", "created_at"], "least_run IS NOT NULL", False),
    (
        "ix_comments_greatest_run",
        "comments",
        ["site_seq", "greatest_run", "created_at"],
        "greatest_run IS NOT NULL",
        False,
    ),
    ("ix_comments_story", "comments", ["site_seq", "story_seq", "seq"], "", False),
    ("ix_comments_unreviewed", "comments", ["site_seq", "seq"], "reviewed_at IS NULL AND status = 'published'", False),
    ("ix_decisions_outcome", "decisions", ["site_seq", "outcome", "seq"], "", False),
    ("ix_decisions_by_system", "decisions", ["site_seq", "seq"], "by_seq IS NULL", False),
    ("ix_views_owner", "views", ["site_seq", "owner_seq"], "", False),
]


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
