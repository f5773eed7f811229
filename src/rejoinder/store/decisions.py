"""Decisions. Rows are only added; what reverses one is another; each is an entry of the record."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select

from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.policy import SectionClauses
from rejoinder.discussion.record import RecordKind, digest_of
from rejoinder.discussion.refusals import UnknownDecision
from rejoinder.store import log
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import decisions, memberships
from rejoinder.store.values import instant, micros, new_id

_reversal = decisions.alias("reversal")
_SELECT = select(
    decisions.c.seq,
    decisions.c.id,
    decisions.c.comment_seq,
    decisions.c.revision,
    decisions.c.outcome,
    decisions.c.status_before,
    decisions.c.status_after,
    decisions.c.created_at,
    decisions.c.by_seq,
    memberships.c.name,
    decisions.c.rule,
    decisions.c.reason,
    decisions.c.note,
    decisions.c.reverses,
    _reversal.c.seq.label("reversed_by"),
    decisions.c.clauses,
    decisions.c.policy_version,
    decisions.c.caused_by,
    decisions.c.cited,
    decisions.c.also,
    decisions.c.section_clauses,
).select_from(
    decisions.outerjoin(
        memberships, (memberships.c.site_seq == decisions.c.site_seq) & (memberships.c.seq == decisions.c.by_seq)
    ).outerjoin(_reversal, (_reversal.c.site_seq == decisions.c.site_seq) & (_reversal.c.reverses == decisions.c.seq))
)
_OF_SITE = decisions.c.site_seq == bindparam("site_seq")
_BY_ID = Statement(_SELECT.where(_OF_SITE, decisions.c.id == bindparam("id")))
_BY_SEQ = Statement(_SELECT.where(_OF_SITE, decisions.c.seq == bindparam("seq")))
_OF_COMMENT = Statement(
    _SELECT.where(_OF_SITE, decisions.c.comment_seq == bindparam("comment_seq")).order_by(decisions.c.seq)
)
_ADD = Statement.insert(
    decisions,
    "site_seq",
    "id",
    "comment_seq",
    "revision",
    "outcome",
    "status_before",
    "status_after",
    "by_seq",
    "rule",
    "reason",
    "note",
    "reverses",
    "caused_by",
    "statement",
    "also",
    "clauses",
    "policy_version",
    "section_clauses",
    "cited",
    "created_at",
    returning="seq",
)
_STATEMENT = Statement(select(decisions.c.statement).where(_OF_SITE, decisions.c.seq == bindparam("seq")))
_SPANS = msgspec.json.Decoder(tuple[tuple[int, int], ...])


def add(w: Write, comment: Comment, outcome: Outcome, *, status_after: Status, now: datetime, **known: Any) -> Decision:
    """The decision, on the record. `known` may give by_seq or rule, reason, note, reverses, caused_by, policy_version,
    and also, clauses, section_clauses, cited and statement (JSON).
    """
    values: dict[str, Any] = {
        "by_seq": None,
        "rule": None,
        "reason": None,
        "note": "",
        "reverses": None,
        "caused_by": None,
        "statement": "{}",
        "also": "[]",
        "clauses": "[]",
        "policy_version": None,
        "section_clauses": None,
        "cited": "[]",
    } | known
    decision_id = new_id()
    seq = w.value(
        _ADD,
        site_seq=comment.site_seq,
        id=decision_id.bytes,
        comment_seq=comment.seq,
        revision=comment.revision,
        outcome=outcome.value,
        status_before=comment.status.value,
        status_after=status_after.value,
        created_at=micros(now),
        **values,
    )
    log.append(
        w,
        comment.site_seq,
        RecordKind.DECISION,
        {
            "decision": str(decision_id),
            "comment": str(comment.id),
            "revision": comment.revision,
            "outcome": outcome.value,
            "from": comment.status.value,
            "to": status_after.value,
            "rule": values["rule"],
            "reason": values["reason"],
            "also": values["also"],
            "clauses": values["clauses"],
            "policy_version": values["policy_version"],
            "section_clauses": values["section_clauses"],
            "cited": values["cited"],
            "note": values["note"],
            "reverses": values["reverses"],
            "caused_by": values["caused_by"],
            "statement": digest_of(b"", values["statement"]).hex(),
        },
        by_seq=values["by_seq"],
        comment_seq=comment.seq,
        story_seq=comment.story_seq,
        now=now,
    )
    return by_seq(w, comment.site_seq, seq)


def by_id(r: Read, site_seq: int, decision_id: UUID) -> Decision:
    """The decision. Raises UnknownDecision."""
    return _found(r.row(_BY_ID, site_seq=site_seq, id=decision_id.bytes))


def by_seq(r: Read, site_seq: int, seq: int) -> Decision:
    """The decision. Raises UnknownDecision."""
    return _found(r.row(_BY_SEQ, site_seq=site_seq, seq=seq))


def by_seqs(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, Decision]:
    """Several decisions, by seq. One query, none for none."""
    wanted = sorted(set(seqs))
    if not wanted:
        return {}
    statement = Statement(_SELECT.where(_OF_SITE, one_of(decisions.c.seq, wanted)))
    return {row[0]: _decision(row) for row in r.rows(statement, site_seq=site_seq)}


def of_comment(r: Read, site_seq: int, comment_seq: int) -> list[Decision]:
    """Everything decided on the comment, the oldest first."""
    return [_decision(row) for row in r.rows(_OF_COMMENT, site_seq=site_seq, comment_seq=comment_seq)]


def by_ids(r: Read, site_seq: int, ids: Collection[UUID]) -> dict[str, Decision]:
    """Those of these decisions that are there, by their ids as they stand on the record."""
    if not ids:
        return {}
    wanted = one_of(decisions.c.id, [each.bytes for each in ids])
    found = r.rows(Statement(_SELECT.where(decisions.c.site_seq == site_seq, wanted)))
    return {str(decision.id): decision for decision in map(_decision, found)}


def statement_of(r: Read, decision: Decision, site_seq: int) -> dict[str, Any]:
    """The fields of the decision's statement of reasons (Regulation (EU) 2022/2065, Article 17), those it has."""
    found: dict[str, Any] = msgspec.json.decode(r.value(_STATEMENT, site_seq=site_seq, seq=decision.seq))
    return found


def section_clauses_from(stored: str | None) -> SectionClauses | None:
    """The clauses that a section adds and a decision names, as they are stored."""
    return None if stored is None else msgspec.json.decode(stored, type=SectionClauses)


def _found(row: Row | None) -> Decision:
    if row is None:
        raise UnknownDecision
    return _decision(row)


def _decision(row: Row) -> Decision:
    return Decision(
        seq=row[0],
        id=UUID(bytes=row[1]),
        comment_seq=row[2],
        revision=row[3],
        outcome=Outcome(row[4]),
        status_before=Status(row[5]),
        status_after=Status(row[6]),
        created_at=instant(row[7]),
        by_seq=row[8],
        by_name=row[9],
        rule=row[10],
        reason=row[11],
        note=row[12],
        reverses=row[13],
        reversed_by=row[14],
        clauses=msgspec.json.decode(row[15], type=tuple[int, ...]),
        policy_version=row[16],
        caused_by=row[17],
        cited=_SPANS.decode(row[18]),
        also=msgspec.json.decode(row[19], type=tuple[str, ...]),
        section_clauses=section_clauses_from(row[20]),
    )
