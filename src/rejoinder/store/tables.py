"""The schema, as the newest migration leaves it (a test compares the two).

Conventions: `seq` is the internal key in order of writing; `id` is the public UUIDv7 as 16 bytes; `*_at` are integer
microseconds since 1970 UTC; JSON stands in text. A table that belongs to a site carries `site_seq` in its key, so that
it can be partitioned by site.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Seq = BigInteger().with_variant(Integer, "sqlite")  # SQLite's own rowid needs the word INTEGER


def _seq() -> Column[Any]:
    return Column("seq", Seq, Identity(), primary_key=True)


def _site() -> Column[Any]:
    return Column("site_seq", BigInteger, nullable=False)


def _id() -> Column[Any]:
    return Column("id", LargeBinary(16), nullable=False)


def _at(name: str, *, nullable: bool = True) -> Column[Any]:
    return Column(name, BigInteger, nullable=nullable)


def _words(name: str, default: str | None = None) -> Column[Any]:
    if default is None:
        return Column(name, Text)
    return Column(name, Text, nullable=False, server_default=default)


def _count(name: str) -> Column[Any]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _of_site(name: str, *parts: Any) -> Table:
    """A table whose rows belong to a site: other tables refer to (site_seq, seq)."""
    return Table(name, metadata, _seq(), _site(), *parts, UniqueConstraint("site_seq", "seq"))


def _refers(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["site_seq", column], [f"{table}.site_seq", f"{table}.seq"])


def _index_of(name: str, few: str, *columns: str, unique: bool = False) -> Index:
    """An index that only a few of the rows are in, by their site and these columns."""
    where = text(few)
    return Index(name, "site_seq", *columns, unique=unique, sqlite_where=where, postgresql_where=where)


# The installation

sites = Table(
    "sites",
    metadata,
    _seq(),
    Column("key", Text, nullable=False, unique=True),
    _words("name", ""),
    _words("language", "en"),
    _words("zone", "UTC"),
    _words("origin", ""),
    _words("rules", "{}"),
    _words("texts", "{}"),
    _words("origins", "[]"),  # of pages that may include a discussion, open stories and embed, as JSON
    _words("sign_in", "{}"),  # how readers of the publisher sign in, as JSON
    _words("hooks", "{}"),  # what its hooks want to be told and asked, as JSON
    Column("policy_version", BigInteger, nullable=False, server_default="1"),
    _count("policy_material"),  # the newest version that readers are asked to agree to
    _count("epoch"),
    _at("created_at", nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    _seq(),
    _id(),
    Column("email", Text, unique=True),  # none: signs in at the publisher, or has left
    _words("letters_to"),  # where letters go to, where that is no address to log in with
    _at("email_confirmed_at"),
    _at("left_at"),
    Column("is_administrator", Boolean, nullable=False, server_default=text("false")),
    _count("session_epoch"),
    _words("language"),
    _at("created_at", nullable=False),
    UniqueConstraint("id"),
)

credentials = Table(
    "credentials",
    metadata,
    _seq(),
    Column("account_seq", BigInteger, nullable=False, index=True),
    Column("provider", Text, nullable=False),  # password, totp; later passkey, oidc:…, sso:…
    Column("subject", Text, nullable=False),
    Column("secret", Text, nullable=False),
    _at("created_at", nullable=False),
    _at("confirmed_at"),
    _count("last_counter"),  # the last TOTP time step that was used, so that a code serves once (RFC 6238, 5.2)
    UniqueConstraint("provider", "subject"),
    ForeignKeyConstraint(["account_seq"], ["accounts.seq"]),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("account_seq", BigInteger, nullable=False, index=True),
    _count("epoch"),
    _at("created_at", nullable=False),
    _at("seen_at", nullable=False),
    _at("expires_at", nullable=False),
    _at("second_factor_at"),
    _words("agent", ""),
    Column("site_seq", BigInteger),  # an embed's session holds on one site,
    _words("origin", ""),  # and for pages of this origin
    ForeignKeyConstraint(["account_seq"], ["accounts.seq"]),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("account_seq", BigInteger, nullable=False, index=True),
    Column("purpose", Text, nullable=False),  # confirm, reset
    _at("created_at", nullable=False),
    _at("expires_at", nullable=False),
    _at("used_at"),
    ForeignKeyConstraint(["account_seq"], ["accounts.seq"]),
)

attempts = Table(  # counters of log-ins, registrations, reports; written outside the refused transaction
    "attempts",
    metadata,
    Column("key_hash", LargeBinary(16), primary_key=True),
    Column("window", BigInteger, primary_key=True),
    _count("count"),
)

spent = Table(  # what serves once: a handed-over sign-in, a code; kept until it would have expired anyway
    "spent",
    metadata,
    Column("key_hash", LargeBinary(16), primary_key=True),
    _at("expires_at", nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    _seq(),
    Column("site_seq", BigInteger),
    Column("kind", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    _words("payload", "{}"),
    _at("available_at", nullable=False),
    _at("created_at", nullable=False),
    Column("attempts", BigInteger, nullable=False, server_default="0"),
    _at("leased_until"),
    _at("done_at"),
    _at("failed_at"),
    _words("problem", ""),
    UniqueConstraint("event", "recipient", "kind"),
    Index("ix_jobs_waiting", "available_at", sqlite_where=text("done_at IS NULL AND failed_at IS NULL"),
          postgresql_where=text("done_at IS NULL AND failed_at IS NULL")),
)  # fmt: skip

# What belongs to a site

sections = _of_site(
    "sections",
    Column("key", Text, nullable=False),
    _words("name", ""),
    _words("rules", "{}"),
    UniqueConstraint("site_seq", "key"),
    ForeignKeyConstraint(["site_seq"], ["sites.seq"]),
)

memberships = _of_site(
    "memberships",
    _id(),
    Column("account_seq", BigInteger),
    Column("section_seq", BigInteger),  # a role may hold in one section only
    _words("role", "reader"),
    _words("name", ""),
    _words("name_key", ""),
    _words("name_look", ""),  # its skeleton: what it shares with names that look like it
    _words("level", "new"),
    _count("points"),  # the sum of their ledger
    _words("badges", "[]"),
    Column("may_comment", Boolean, nullable=False, server_default=text("true")),
    Column("is_guest", Boolean, nullable=False, server_default=text("false")),
    _words("preferences", "{}"),
    _count("policy_agreed"),  # the newest policy version they have agreed to, where they were asked
    _at("held_at"),  # from then on their comments wait for an editor's look,
    _at("held_until"),  # until then (None: until it is lifted)
    _at("slow_warned_at"),  # when they were warned that too many of their reports are unfounded
    _at("slowed_until"),  # their reports wait behind others until then
    Column("is_trusted_flagger", Boolean, nullable=False, server_default=text("false")),
    Column("leaves_ladder", Boolean, nullable=False, server_default=text("false")),  # an editor took them off it
    _at("warned_at"),  # the first warning that they have not said to have read
    _at("erased_at"),
    _at("banned_at"),
    _at("banned_until"),
    _words("ban_reason", ""),  # the editor's words
    _words("ban_code"),  # the policy's reason
    Column("ban_everywhere", Boolean, nullable=False, server_default=text("false")),  # and wherever they take a name
    Column("import_seq", BigInteger),
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "id"),
    ForeignKeyConstraint(["account_seq"], ["accounts.seq"]),
    ForeignKeyConstraint(["site_seq"], ["sites.seq"]),
    Index("uq_memberships_account", "site_seq", "account_seq", unique=True),
    Index("uq_memberships_claimed_name", "site_seq", "name_key", unique=True,
          sqlite_where=text("account_seq IS NOT NULL"), postgresql_where=text("account_seq IS NOT NULL")),
    Index("ix_memberships_name", "site_seq", "name_key"),
    Index("ix_memberships_look", "site_seq", "name_look"),
    Index("ix_memberships_account_seq", "account_seq"),
)  # fmt: skip

imports = _of_site(
    "imports",
    _id(),
    _words("kind", ""),
    _words("source", ""),
    _words("report", "{}"),
    _at("created_at", nullable=False),
    _at("undone_at"),
    UniqueConstraint("site_seq", "id"),
)

stories = _of_site(
    "stories",
    _id(),
    Column("slug", Text, nullable=False),
    Column("section_seq", BigInteger),
    Column("publisher_id", Text),
    Column("canonical_url", Text),
    _words("content", "{}"),
    _at("published_at"),
    Column("published_at_source", Text),
    _words("rules", "{}"),
    _at("withdrawn_at"),
    Column("version", BigInteger, nullable=False, server_default="1"),
    _count("publish_seq"),
    _count("published_count"),
    Column("content_version", BigInteger, nullable=False, server_default="1"),
    _words("corrected", "[]"),  # when it was corrected after a reader's word, as JSON of microseconds
    Column("merged_into", BigInteger),
    _count("followers"),
    _count("ranking"),  # the version of its newest rankings
    Column("import_seq", BigInteger),
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "id"),
    UniqueConstraint("site_seq", "slug"),
    ForeignKeyConstraint(["site_seq"], ["sites.seq"]),
    _refers("section_seq", "sections"),
    Index("uq_stories_publisher_id", "site_seq", "publisher_id", unique=True),
    Index("ix_stories_published", "site_seq", "published_at"),
)

story_addresses = Table(
    "story_addresses",
    metadata,
    Column("site_seq", BigInteger, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("story_seq", BigInteger, nullable=False),
    _words("address", ""),
    _refers("story_seq", "stories"),
    Index("ix_story_addresses_story", "site_seq", "story_seq"),
)

story_versions = Table(
    "story_versions",
    metadata,
    Column("site_seq", BigInteger, primary_key=True),
    Column("story_seq", BigInteger, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    _words("content", "{}"),
    _at("saved_at", nullable=False),
    _refers("story_seq", "stories"),
)

comments = _of_site(
    "comments",
    _id(),
    Column("story_seq", BigInteger, nullable=False),
    Column("commenter_seq", BigInteger, nullable=False),
    Column("parent_seq", BigInteger),
    Column("root_seq", BigInteger),
    _count("depth"),
    Column("status", Text, nullable=False),
    _words("marker", "none"),
    _words("removal_reason"),
    Column("revision", BigInteger, nullable=False, server_default="1"),
    _words("text", ""),
    _words("html", ""),
    Column("html_version", BigInteger, nullable=False),
    _words("mentions", "[]"),
    _words("language"),  # None: nothing of the text is left
    Column("fingerprint", LargeBinary(16), nullable=False),
    Column("least_run", BigInteger),  # by which texts are found that are nearly the same (`discussion/copies.py`)
    Column("greatest_run", BigInteger),
    _words("findings", "[]"),
    Column("policy_version", BigInteger, nullable=False, server_default="1"),
    Column("publish_seq", BigInteger),
    _count("replies"),  # published replies below a root
    _count("reply_seq"),  # how many replies below this root were ever given a place
    Column("reply_place", BigInteger),  # this reply's place below its root; given at publication, kept
    _at("created_at", nullable=False),
    _at("published_at"),
    _at("edited_at"),
    _at("reviewed_at"),
    _count("recommended"),  # by accounts
    _count("recommended_by_guests"),
    _at("picked_at"),
    Column("picked_by", BigInteger),
    _words("pick_note", ""),  # the editor's words beside a pick
    _at("lowered_at"),  # stands, but after all others in every order
    _at("locked_at"),  # takes no replies any more, nor does anything below it
    Column("locked_by", BigInteger),  # the comment at which it was locked: itself or one above it
    Column("edited_by", BigInteger),  # the editor who changed its text last; None: its writer
    Column("import_seq", BigInteger),
    Column("import_key", Text),
    UniqueConstraint("site_seq", "id"),
    UniqueConstraint("site_seq", "story_seq", "publish_seq"),
    _refers("story_seq", "stories"),
    _refers("commenter_seq", "memberships"),
    Index("ix_comments_roots", "site_seq", "story_seq", "publish_seq",
          sqlite_where=text("root_seq IS NULL"), postgresql_where=text("root_seq IS NULL")),
    _index_of("uq_comments_replies", "root_seq IS NOT NULL", "root_seq", "reply_place", unique=True),
    _index_of("ix_comments_parent", "parent_seq IS NOT NULL", "parent_seq"),
    _index_of("ix_comments_unpublished", "status <> 'published'", "story_seq", "status"),
    Index("ix_comments_commenter", "site_seq", "commenter_seq", "created_at"),
    Index("ix_comments_commenter_status", "site_seq", "commenter_seq", "status"),
    Index("ix_comments_fingerprint", "site_seq", "commenter_seq", "fingerprint", "created_at"),
    _index_of("ix_comments_least_run", "least_run IS NOT NULL", "least_run", "created_at"),
    _index_of("ix_comments_greatest_run", "greatest_run IS NOT NULL", "greatest_run", "created_at"),
    _index_of("ix_comments_recommended", "root_seq IS NULL AND recommended > 0", "story_seq", "recommended"),
    _index_of("ix_comments_answered", "root_seq IS NULL AND replies > 0", "story_seq", "replies"),
    Index("ix_comments_story", "site_seq", "story_seq", "seq"),
    _index_of("ix_comments_unreviewed", "reviewed_at IS NULL AND status = 'published'", "seq"),
    _index_of("ix_comments_lowered", "lowered_at IS NOT NULL", "story_seq", "publish_seq"),
    _index_of("ix_comments_picked", "picked_at IS NOT NULL", "story_seq", "publish_seq"),
    _index_of("uq_comments_import_key", "import_key IS NOT NULL", "story_seq", "import_key", unique=True),
)  # fmt: skip

revisions = Table(
    "revisions",
    metadata,
    Column("site_seq", BigInteger, primary_key=True),
    Column("comment_seq", BigInteger, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    _words("text", ""),
    _at("saved_at", nullable=False),
    Column("by_seq", BigInteger),  # the editor who wrote it; None: the comment's writer
    _refers("comment_seq", "comments"),
)

flags = _of_site(
    "flags",
    _id(),
    Column("comment_seq", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    _words("reason", ""),
    _words("note", ""),
    Column("reporter_seq", BigInteger),
    Column("device_hash", LargeBinary(16)),
    Column("receipt_hash", LargeBinary(32), nullable=False),
    Column("email", Text),  # where a reporter without an account wants to hear of the outcome
    Column("resolution", Text),
    _at("resolved_at"),
    Column("decision_seq", BigInteger),
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "id"),
    UniqueConstraint("site_seq", "receipt_hash"),
    UniqueConstraint("site_seq", "comment_seq", "revision", "reporter_seq"),
    UniqueConstraint("site_seq", "comment_seq", "revision", "device_hash"),
    _refers("comment_seq", "comments"),
    _index_of("ix_flags_reporter", "reporter_seq IS NOT NULL", "reporter_seq", "resolution"),
    _index_of("ix_flags_device", "device_hash IS NOT NULL", "device_hash", "resolution"),
)

decisions = _of_site(
    "decisions",
    _id(),
    Column("comment_seq", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("status_before", Text, nullable=False),
    Column("status_after", Text, nullable=False),
    Column("by_seq", BigInteger),
    Column("rule", Text),
    Column("reason", Text),
    _words("note", ""),
    Column("reverses", BigInteger),
    Column("caused_by", BigInteger),
    _words("also", "[]"),  # the codes of further reasons, as JSON
    _words("clauses", "[]"),  # of the policy, as JSON: their numbers
    Column("policy_version", BigInteger),  # the one they are clauses of
    Column("section_clauses", Text),  # those of what the section adds, as JSON
    _words("cited", "[]"),  # the spans of the text that weighed, as JSON
    _words("statement", "{}"),  # the statement of reasons' fields (Regulation (EU) 2022/2065, Article 17)
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "id"),
    _refers("comment_seq", "comments"),
    Index("ix_decisions_comment", "site_seq", "comment_seq"),
    Index("ix_decisions_outcome", "site_seq", "outcome", "seq"),
    _index_of("ix_decisions_by_system", "by_seq IS NULL", "seq"),
    Index("uq_decisions_reverses", "site_seq", "reverses", unique=True),
    _index_of("ix_decisions_caused_by", "caused_by IS NOT NULL", "caused_by"),
)

cases = _of_site(
    "cases",
    _id(),
    Column("kind", Text, nullable=False),  # `CaseKind`
    Column("comment_seq", BigInteger),
    Column("story_seq", BigInteger),
    Column("subject_seq", BigInteger),  # the appeal, notice, correction or opinion that it is about
    Column("section_seq", BigInteger),  # of its story, and
    Column("commenter_seq", BigInteger),  # who wrote the comment: what queues are narrowed by
    _at("opened_at", nullable=False),
    _at("due_at"),
    _count("priority"),
    Column("place", BigInteger, nullable=False, server_default=str((1 << 53) - 1)),  # the lower, the sooner
    _words("checks", ""),  # that hold it, each between spaces
    Column("score", BigInteger),  # the highest that a check gave, in thousandths
    Column("is_newcomer", Boolean, nullable=False, server_default=text("false")),  # held because its writer is new
    Column("claimed_by", BigInteger),
    _at("claimed_until"),
    Column("assigned_to", BigInteger),
    _at("closed_at"),
    Column("closed_by", BigInteger),
    UniqueConstraint("site_seq", "id"),
    Index("uq_cases_open", "site_seq", "comment_seq", "kind", unique=True,
          sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
    _index_of("ix_cases_open", "closed_at IS NULL", "place", "seq"),
    _index_of("ix_cases_queue", "closed_at IS NULL", "kind", "place", "seq"),
    _index_of("ix_cases_newcomers", "closed_at IS NULL", "is_newcomer", "place", "seq"),
    _index_of("ix_cases_section", "closed_at IS NULL", "section_seq", "place", "seq"),
    _index_of("ix_cases_story", "closed_at IS NULL", "story_seq", "place", "seq"),
    _index_of("ix_cases_scored", "closed_at IS NULL AND score IS NOT NULL", "score"),
    _index_of("ix_cases_commenter", "closed_at IS NULL", "commenter_seq", "place", "seq"),
    _index_of("ix_cases_assigned", "closed_at IS NULL AND assigned_to IS NOT NULL", "assigned_to", "seq"),
)  # fmt: skip

idempotency = Table(
    "idempotency",
    metadata,
    Column("site_seq", BigInteger, primary_key=True),
    Column("principal", Text, primary_key=True),
    Column("verb", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("body_hash", LargeBinary(16), nullable=False),
    _words("answer", ""),
    _at("created_at", nullable=False),
)

rule_changes = _of_site(
    "rule_changes",
    Column("section_seq", BigInteger),
    Column("story_seq", BigInteger),
    Column("by_seq", BigInteger),
    _words("before", "{}"),
    _words("after", "{}"),
    _words("note", ""),
    _at("created_at", nullable=False),
    Index("ix_rule_changes_place", "site_seq", "story_seq", "section_seq"),
)

# What readers do beyond writing

recommendations = _of_site(
    "recommendations",
    Column("comment_seq", BigInteger, nullable=False),
    Column("voter_seq", BigInteger),
    Column("device_hash", LargeBinary(16)),
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "comment_seq", "voter_seq"),
    UniqueConstraint("site_seq", "comment_seq", "device_hash"),
    _refers("comment_seq", "comments"),
    _index_of("ix_recommendations_voter", "voter_seq IS NOT NULL", "voter_seq"),
)

points = _of_site(  # the ledger of the trust ladder: only added to
    "points",
    Column("commenter_seq", BigInteger, nullable=False),
    Column("comment_seq", BigInteger),
    Column("decision_seq", BigInteger),
    Column("points", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
    Column("level_before", Text, nullable=False),
    Column("level_after", Text, nullable=False),
    _at("created_at", nullable=False),
    _refers("commenter_seq", "memberships"),
    Index("ix_points_commenter", "site_seq", "commenter_seq", "seq"),
    _index_of("ix_points_decision", "decision_seq IS NOT NULL", "decision_seq"),
)

renames = _of_site(
    "renames",
    Column("commenter_seq", BigInteger, nullable=False),
    _words("before", ""),
    _words("after", ""),
    _words("look_before", ""),  # the skeleton of the name given up, which is nobody else's for a while
    _at("created_at", nullable=False),
    _refers("commenter_seq", "memberships"),
    Index("ix_renames_commenter", "site_seq", "commenter_seq", "seq"),
    Index("ix_renames_look", "site_seq", "look_before"),
)

guest_drafts = _of_site(  # what somebody without an account wrote, until they have confirmed their address
    "guest_drafts",
    Column("token_hash", LargeBinary(32), nullable=False),
    Column("story_seq", BigInteger, nullable=False),
    Column("parent_id", LargeBinary(16)),
    _words("name", ""),
    _words("email", ""),
    _words("text", ""),
    _at("created_at", nullable=False),
    _at("expires_at", nullable=False),
    UniqueConstraint("site_seq", "token_hash"),
    _refers("story_seq", "stories"),
    Index("ix_guest_drafts_expires", "expires_at"),
)

follows = _of_site(
    "follows",
    Column("commenter_seq", BigInteger, nullable=False),
    Column("story_seq", BigInteger, nullable=False),
    _count("root_seq"),  # the thread; 0: the whole discussion
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "commenter_seq", "story_seq", "root_seq"),
    _refers("commenter_seq", "memberships"),
    _refers("story_seq", "stories"),
    Index("ix_follows_story", "site_seq", "story_seq", "root_seq"),
)

mutes = _of_site(
    "mutes",
    Column("commenter_seq", BigInteger, nullable=False),
    Column("muted_seq", BigInteger, nullable=False),
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "commenter_seq", "muted_seq"),
    _refers("commenter_seq", "memberships"),
    _refers("muted_seq", "memberships"),
)

notifications = _of_site(
    "notifications",
    _id(),
    Column("commenter_seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("story_seq", BigInteger),
    Column("comment_seq", BigInteger),
    _words("data", "{}"),
    _at("created_at", nullable=False),
    _at("read_at"),
    _at("mailed_at"),
    UniqueConstraint("site_seq", "id"),
    UniqueConstraint("site_seq", "commenter_seq", "event"),
    _refers("commenter_seq", "memberships"),
    Index("ix_notifications_commenter", "site_seq", "commenter_seq", "seq"),
    _index_of("ix_notifications_unread", "read_at IS NULL", "commenter_seq"),
)

# What editors and publishers do with stories

merges = _of_site(
    "merges",
    _id(),
    Column("from_seq", BigInteger, nullable=False),
    Column("into_seq", BigInteger, nullable=False),
    Column("by_seq", BigInteger),
    _words("record", "{}"),  # what an undo needs
    _at("created_at", nullable=False),
    _at("undone_at"),
    Column("undone_by", BigInteger),
    UniqueConstraint("site_seq", "id"),
    _refers("from_seq", "stories"),
    _refers("into_seq", "stories"),
    Index("ix_merges_from", "site_seq", "from_seq"),
)

rankings = _of_site(  # orders that move, as they were at one moment, so that a reader's next page follows on theirs
    "rankings",
    Column("story_seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    _words("seqs", "[]"),
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "story_seq", "kind", "version"),
    _refers("story_seq", "stories"),
)

# The desk: policy, appeals, notices, corrections

policies = _of_site(  # a version of a site's policy, or of a section's addendum; only added to
    "policies",
    Column("section_seq", BigInteger),
    Column("number", BigInteger, nullable=False),
    _words("content", "{}"),  # texts by language and clauses, as JSON
    Column("is_material", Boolean, nullable=False, server_default=text("false")),
    _words("note", ""),
    Column("by_seq", BigInteger),
    _at("created_at", nullable=False),
    _refers("section_seq", "sections"),
    _index_of("uq_policies_site", "section_seq IS NULL", "number", unique=True),
    _index_of("uq_policies_section", "section_seq IS NOT NULL", "section_seq", "number", unique=True),
)

appeals = _of_site(
    "appeals",
    _id(),
    Column("decision_seq", BigInteger),  # on a comment, or
    Column("comment_seq", BigInteger),
    Column("person_act_seq", BigInteger),  # what was done about whoever appeals
    Column("by", Text, nullable=False),  # the writer, who reported it, or that person
    Column("flag_seq", BigInteger),
    Column("notice_seq", BigInteger),
    _words("text", ""),
    Column("heard_by", BigInteger),
    _at("heard_at"),
    _words("outcome"),  # granted, refused
    _words("answer", ""),
    Column("result_seq", BigInteger),  # the decision that came of it, or the act that lifted one
    Column("is_fresh_look", Boolean, nullable=False, server_default=text("false")),  # by the same editor, days later
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "id"),
    _refers("decision_seq", "decisions"),
    _refers("comment_seq", "comments"),
    Index("ix_appeals_comment", "site_seq", "comment_seq"),
    _index_of("ix_appeals_waiting", "outcome IS NULL", "seq"),
    # once: of a decision by the comment's writer, of a report or a notice by whoever made it, of an act by its person
    _index_of("uq_appeals_writer", "flag_seq IS NULL AND notice_seq IS NULL", "decision_seq", unique=True),
    _index_of("uq_appeals_flag", "flag_seq IS NOT NULL", "flag_seq", unique=True),
    _index_of("uq_appeals_notice", "notice_seq IS NOT NULL", "notice_seq", unique=True),
    _index_of("uq_appeals_person", "person_act_seq IS NOT NULL", "person_act_seq", unique=True),
)

notices = _of_site(  # of illegal content (Regulation (EU) 2022/2065, Article 16)
    "notices",
    _id(),
    Column("filing", LargeBinary(16), nullable=False),  # one for all that were sent together: their receipt is of it
    Column("comment_seq", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    _words("why", ""),
    _words("address", ""),
    _words("name", ""),
    Column("email", Text),
    Column("is_in_good_faith", Boolean, nullable=False),
    Column("threatens_life", Boolean, nullable=False, server_default=text("false")),  # or safety (Article 18)
    Column("flagger_seq", BigInteger),  # a trusted flagger (Article 22)
    Column("reporter_seq", BigInteger),
    Column("receipt_hash", LargeBinary(32), nullable=False),
    _at("due_at"),
    Column("resolution", Text),
    _words("answer", ""),
    _at("resolved_at"),
    Column("decision_seq", BigInteger),
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "id"),
    _refers("comment_seq", "comments"),
    Index("ix_notices_comment", "site_seq", "comment_seq"),
    Index("ix_notices_receipt", "site_seq", "receipt_hash"),
    _index_of("ix_notices_reporter", "reporter_seq IS NOT NULL", "reporter_seq"),
)

trusted_flaggers = _of_site(
    "trusted_flaggers",
    Column("name", Text, nullable=False),
    Column("key_hash", LargeBinary(32), nullable=False),
    _at("created_at", nullable=False),
    _at("ended_at"),
    UniqueConstraint("site_seq", "key_hash"),
)

corrections = _of_site(  # what readers say is wrong with a story
    "corrections",
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
    Column("led_to", BigInteger),  # the story's version that put it right
    Column("resolved_by", BigInteger),
    _at("resolved_at"),
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "id"),
    UniqueConstraint("site_seq", "receipt_hash"),
    _refers("story_seq", "stories"),
    Index("ix_corrections_story", "site_seq", "story_seq"),
)

desk_notes = _of_site(  # what editors tell each other, never shown to readers
    "desk_notes",
    Column("comment_seq", BigInteger),
    Column("commenter_seq", BigInteger),
    Column("by_seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),  # note, opinion asked, opinion given
    _words("text", ""),
    _at("created_at", nullable=False),
    Index("ix_desk_notes_comment", "site_seq", "comment_seq"),
    Index("ix_desk_notes_commenter", "site_seq", "commenter_seq"),
)

views = _of_site(  # queues that editors have kept under a name
    "views",
    _id(),
    Column("owner_seq", BigInteger),  # None: everybody's
    Column("name", Text, nullable=False),
    _words("query", "{}"),
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "id"),
    Index("ix_views_owner", "site_seq", "owner_seq"),
)

person_acts = _of_site(  # what editors did about a commenter: the record beside decisions on comments
    "person_acts",
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
    UniqueConstraint("site_seq", "id"),
    _refers("commenter_seq", "memberships"),
    Index("ix_person_acts_commenter", "site_seq", "commenter_seq", "seq"),
    Index("uq_person_acts_reverses", "site_seq", "reverses", unique=True),
)

consents = _of_site(  # a writer's word on whether their comment may be printed
    "consents",
    Column("comment_seq", BigInteger, nullable=False),
    Column("asked_by", BigInteger),
    _at("asked_at", nullable=False),
    Column("is_given", Boolean),
    _at("answered_at"),
    _words("signed_as", ""),
    UniqueConstraint("site_seq", "comment_seq"),
    _refers("comment_seq", "comments"),
)

hooks = _of_site(  # addresses that are told, or asked
    "hooks",
    _id(),
    Column("kind", Text, nullable=False),  # tell: a webhook; ask: an external check
    Column("address", Text, nullable=False),
    Column("secret", Text, nullable=False),
    _words("settings", "{}"),
    _at("created_at", nullable=False),
    _at("ended_at"),
    UniqueConstraint("site_seq", "id"),
)

log = _of_site(  # the record of everything editors and the system did, chained: only added to
    "log",
    Column("number", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("by_seq", BigInteger),
    Column("comment_seq", BigInteger),
    Column("commenter_seq", BigInteger),
    Column("story_seq", BigInteger),
    Column("details", Text),  # JSON; None once personal fields in it were erased, with the salt
    Column("salt", LargeBinary(16)),
    Column("digest", LargeBinary(32), nullable=False),
    Column("chain", LargeBinary(32), nullable=False),
    _at("created_at", nullable=False),
    UniqueConstraint("site_seq", "number"),
    Index("ix_log_kind", "site_seq", "kind", "number"),
    _index_of("ix_log_by", "by_seq IS NOT NULL", "by_seq", "number"),
    _index_of("ix_log_comment", "comment_seq IS NOT NULL", "comment_seq"),
    _index_of("ix_log_commenter", "commenter_seq IS NOT NULL", "commenter_seq"),
)

log_heads = Table(  # the chain's newest link, locked by whoever adds the next
    "log_heads",
    metadata,
    Column("site_seq", BigInteger, primary_key=True),
    _count("number"),
    Column("chain", LargeBinary(32), nullable=False),
)
