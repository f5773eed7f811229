"""What was written in the last days, with all that was known then, for trying rules on it. Imports are left out."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import bindparam, func, or_, select

from rejoinder.discussion.comments import Earlier, Status
from rejoinder.discussion.copies import Copy, Marks
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.past_reports import Answer, PastReport, Who
from rejoinder.discussion.trust import Level
from rejoinder.discussion.trying import Past, Verdict
from rejoinder.store.database import Read, Statement, one_of
from rejoinder.store.tables import comments, decisions, flags, points, stories
from rejoinder.store.values import instant, instant_or_none, micros

MOST = 5000  # comments
_MOST_EARLIER = 50_000
_LOOKED_THROUGH = 100_000  # rows: what is older is not looked at, however few there were of one place
_OF_SITE = comments.c.site_seq == bindparam("site_seq")
_newer = comments.alias("newer")
_LAST = (
    select(func.coalesce(func.max(_newer.c.seq), 0)).where(_newer.c.site_seq == bindparam("site_seq")).scalar_subquery()
)
_reversal = decisions.alias("reversal")
_VERDICTS = {Outcome.APPROVE.value: Verdict.APPROVED, Outcome.REJECT.value: Verdict.REJECTED}


class Stepped(Struct, frozen=True):
    """A step of the trust ladder: when, from which level, by how many points."""

    at: datetime
    before: Level
    points: int


class Moment(Struct, frozen=True):
    """When and by whom a comment was published."""

    at: datetime
    seq: int
    by: int


class Written(Struct, frozen=True):
    """Something that somebody wrote, as far as the rules on repeating and hurrying look at it."""

    seq: int
    earlier: Earlier


class Shared(Struct, frozen=True):
    """A text under marks that several people share."""

    seq: int
    marks: Marks
    copy: Copy


def newest(
    r: Read, site_seq: int, *, since: datetime, section_seq: int | None = None, story_seq: int | None = None
) -> list[Past]:
    """The newest comments of the site, the section or the story since then, the oldest first, at most MOST and one
    more. Two queries.
    """
    of = [comments.c.story_seq == story_seq] if story_seq is not None else []
    if section_seq is not None:
        in_section = select(stories.c.seq).where(stories.c.site_seq == comments.c.site_seq)
        of.append(comments.c.story_seq.in_(in_section.where(stories.c.section_seq == section_seq)))
    statement = Statement(
        select(
            comments.c.seq,
            comments.c.id,
            comments.c.story_seq,
            comments.c.commenter_seq,
            comments.c.text,
            comments.c.html,
            comments.c.fingerprint,
            comments.c.created_at,
            comments.c.status,
            comments.c.parent_seq,
            comments.c.least_run,
            comments.c.greatest_run,
        )
        .where(
            _OF_SITE,
            comments.c.seq > _LAST - _LOOKED_THROUGH,
            comments.c.created_at >= bindparam("since"),
            comments.c.import_seq.is_(None),
            *of,
        )
        .order_by(comments.c.seq.desc())
        .limit(MOST + 1)
    )
    rows = list(r.rows(statement, site_seq=site_seq, since=micros(since)))
    said = _verdicts(r, site_seq, [row[0] for row in rows])
    found = [
        Past(
            seq=row[0],
            id=UUID(bytes=row[1]),
            story_seq=row[2],
            commenter_seq=row[3],
            text=row[4],
            links=row[5].count("<a "),  # as they were rendered: mentions are marks until a page is drawn
            fingerprint=row[6],
            created_at=instant(row[7]),
            status=Status(row[8]),
            is_reply=row[9] is not None,
            verdict=said.get(row[0], Verdict.UNREAD),
            marks=None if row[10] is None else (row[10], row[11]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda past: (past.created_at, past.seq))


def written_by(r: Read, site_seq: int, writers: Collection[int], *, since: datetime) -> dict[int, list[Written]]:
    """What each of these people wrote since then, the oldest first. One query, none for none."""
    found: dict[int, list[Written]] = {seq: [] for seq in writers}
    if not found:
        return found
    c = comments.c
    statement = Statement(
        select(c.commenter_seq, c.seq, c.id, c.story_seq, c.parent_seq, c.fingerprint, c.created_at, c.status)
        .where(_OF_SITE, one_of(c.commenter_seq, found), c.created_at >= bindparam("since"))
        .order_by(c.created_at.desc(), c.seq.desc())
        .limit(_MOST_EARLIER)
    )
    for row in r.rows(statement, site_seq=site_seq, since=micros(since)):
        earlier = Earlier(UUID(bytes=row[2]), row[3], row[4], row[5], instant(row[6]), Status(row[7]))
        found[row[0]].append(Written(row[1], earlier))
    for each in found.values():
        each.reverse()
    return found


def published_moments(r: Read, site_seq: int, writers: Collection[int], *, most: int) -> dict[int, list[Moment]]:
    """When the first comments of these people were published that stand, at most so many each, the first first. One
    query, none for none.
    """
    found: dict[int, list[Moment]] = {seq: [] for seq in writers}
    if found and most:
        c = comments.c
        place = func.row_number().over(partition_by=c.commenter_seq, order_by=c.published_at)
        standing = (
            select(c.commenter_seq, c.seq, c.published_at, place.label("place"))
            .where(_OF_SITE, one_of(c.commenter_seq, found), c.status == Status.PUBLISHED.value)
            .subquery("standing_ones")
        )
        statement = Statement(
            select(standing.c.commenter_seq, standing.c.published_at, standing.c.seq)
            .where(standing.c.place <= bindparam("most"))
            .order_by(standing.c.published_at)
        )
        for by, moment, seq in r.rows(statement, site_seq=site_seq, most=most):
            found[by].append(Moment(instant(moment), seq, by))
    return found


def steps_of(r: Read, site_seq: int, writers: Collection[int], *, since: datetime) -> dict[int, list[Stepped]]:
    """The steps of these people on the trust ladder since then, the first first. One query, none for none."""
    found: dict[int, list[Stepped]] = {seq: [] for seq in writers}
    if found:
        statement = Statement(
            select(points.c.commenter_seq, points.c.created_at, points.c.level_before, points.c.points)
            .where(
                points.c.site_seq == bindparam("site_seq"),
                one_of(points.c.commenter_seq, found),
                points.c.created_at >= bindparam("since"),
            )
            .order_by(points.c.seq)
        )
        for row in r.rows(statement, site_seq=site_seq, since=micros(since)):
            found[row[0]].append(Stepped(instant(row[1]), Level(row[2]), row[3]))
    return found


def published_in(
    r: Read, site_seq: int, story_seqs: Iterable[int], *, since: datetime, before: int
) -> dict[int, list[Moment]]:
    """When and by whom each of these stories' comments were published since then, and `before` more before those, in
    their order. One query, none for none.
    """
    found: dict[int, list[Moment]] = {seq: [] for seq in story_seqs}
    if not found:
        return found
    first = (
        select(comments.c.story_seq, func.min(comments.c.publish_seq).label("place"))
        .where(_OF_SITE, one_of(comments.c.story_seq, found), comments.c.published_at >= bindparam("since"))
        .group_by(comments.c.story_seq)
        .subquery("first_ones")
    )
    statement = Statement(
        select(comments.c.story_seq, comments.c.published_at, comments.c.seq, comments.c.commenter_seq)
        .select_from(comments.join(first, first.c.story_seq == comments.c.story_seq))
        .where(_OF_SITE, comments.c.publish_seq >= first.c.place - bindparam("before"))
        .order_by(comments.c.story_seq, comments.c.publish_seq)
    )
    for story_seq, moment, seq, by in r.rows(statement, site_seq=site_seq, since=micros(since), before=before):
        found[story_seq].append(Moment(instant(moment), seq, by))
    return found


def shared_texts(r: Read, site_seq: int, *, since: datetime) -> list[Shared]:
    """What was written on the site since then under marks that several people share, the oldest first, at most MOST,
    the newest. Two queries at most.
    """
    c = comments.c
    marked = Statement(
        select(c.seq, c.commenter_seq, c.created_at, c.least_run, c.greatest_run)
        .where(
            _OF_SITE,
            c.seq > _LAST - _LOOKED_THROUGH,
            c.created_at >= bindparam("since"),
            c.least_run.is_not(None),
        )
        .order_by(c.created_at.desc(), c.seq.desc())
    )
    rows = r.rows(marked, site_seq=site_seq, since=micros(since))
    people: dict[tuple[int, int], set[int]] = {}
    for row in rows:
        for mark in enumerate(row[3:5]):
            people.setdefault(mark, set()).add(row[1])
    kept = [row for row in rows if any(len(people[mark]) > 1 for mark in enumerate(row[3:5]))][:MOST]
    if not kept:
        return []
    texts = Statement(select(c.seq, c.text).where(_OF_SITE, one_of(c.seq, [row[0] for row in kept])))
    said = {row[0]: row[1] for row in r.rows(texts, site_seq=site_seq)}
    return [Shared(row[0], (row[3], row[4]), Copy(row[1], instant(row[2]), said[row[0]])) for row in reversed(kept)]


def reports_of(r: Read, site_seq: int, seqs: Collection[int]) -> dict[int, list[PastReport]]:
    """The reports of these comments, the oldest first, by comment. One query, none for none."""
    found: dict[int, list[PastReport]] = {}
    if seqs:
        c = flags.c
        statement = Statement(
            select(c.comment_seq, c.created_at, c.reporter_seq, c.device_hash, c.resolved_at)
            .where(c.site_seq == bindparam("site_seq"), one_of(c.comment_seq, seqs))
            .order_by(c.seq)
        )
        for row in r.rows(statement, site_seq=site_seq):
            report = PastReport(instant(row[1]), (row[2], _bytes(row[3])), instant_or_none(row[4]))
            found.setdefault(row[0], []).append(report)
    return found


def answers_to(r: Read, site_seq: int, reporters: Collection[Who]) -> dict[Who, list[Answer]]:
    """How reports by these reporters were answered, of those that were upheld or declined. One query, none for none."""
    found: dict[Who, list[Answer]] = {}
    known = {seq for seq, _ in reporters if seq is not None}
    devices = {device for _, device in reporters if device is not None}
    if known or devices:
        c = flags.c
        statement = Statement(
            select(c.reporter_seq, c.device_hash, c.resolved_at, c.resolution).where(
                c.site_seq == bindparam("site_seq"),
                or_(one_of(c.reporter_seq, known), one_of(c.device_hash, devices)),
                one_of(c.resolution, (Resolution.UPHELD.value, Resolution.DECLINED.value)),
            )
        )
        for row in r.rows(statement, site_seq=site_seq):
            answer = Answer(instant(row[2]), row[3] == Resolution.UPHELD)
            found.setdefault((row[0], _bytes(row[1])), []).append(answer)
    return found


def _bytes(stored: Any) -> bytes | None:
    return None if stored is None else bytes(stored)


def _verdicts(r: Read, site_seq: int, seqs: Collection[int]) -> dict[int, Verdict]:
    """What a person decided last on these comments, where that still holds."""
    if not seqs:
        return {}
    statement = Statement(
        select(decisions.c.comment_seq, decisions.c.outcome)
        .select_from(
            decisions.outerjoin(
                _reversal,
                (_reversal.c.site_seq == decisions.c.site_seq) & (_reversal.c.reverses == decisions.c.seq),
            )
        )
        .where(
            decisions.c.site_seq == bindparam("site_seq"),
            one_of(decisions.c.comment_seq, seqs),
            one_of(decisions.c.outcome, _VERDICTS),
            decisions.c.by_seq.is_not(None),
            _reversal.c.seq.is_(None),
        )
        .order_by(decisions.c.seq)
    )
    return {row[0]: _VERDICTS[row[1]] for row in r.rows(statement, site_seq=site_seq)}
