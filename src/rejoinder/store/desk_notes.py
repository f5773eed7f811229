"""What editors tell each other. Notes are only added; what is about a person goes with their account."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from rejoinder.discussion.desk_notes import DeskNote, NoteKind
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import desk_notes, memberships
from rejoinder.store.values import instant, micros

_SELECT = (
    select(
        desk_notes.c.seq,
        desk_notes.c.kind,
        desk_notes.c.text,
        desk_notes.c.by_seq,
        memberships.c.name,
        desk_notes.c.created_at,
        desk_notes.c.comment_seq,
        desk_notes.c.commenter_seq,
    )
    .select_from(desk_notes)
    .outerjoin(
        memberships, (memberships.c.site_seq == desk_notes.c.site_seq) & (memberships.c.seq == desk_notes.c.by_seq)
    )
    .where(desk_notes.c.site_seq == bindparam("site_seq"))
)
_ADD = Statement.insert(
    desk_notes, "site_seq", "comment_seq", "commenter_seq", "by_seq", "kind", "text", "created_at", returning="seq"
)


def add(
    w: Write,
    site_seq: int,
    kind: NoteKind,
    text: str,
    *,
    by_seq: int,
    now: datetime,
    comment_seq: int | None = None,
    commenter_seq: int | None = None,
) -> int:
    """The seq of the new note, on a comment or on a commenter."""
    seq: int = w.value(
        _ADD,
        site_seq=site_seq,
        comment_seq=comment_seq,
        commenter_seq=commenter_seq,
        by_seq=by_seq,
        kind=kind.value,
        text=text,
        created_at=micros(now),
    )
    return seq


def about(
    r: Read, site_seq: int, *, comment_seqs: Iterable[int] = (), commenter_seqs: Iterable[int] = ()
) -> list[DeskNote]:
    """The notes on these comments and on these commenters, the oldest first. One query, none for none."""
    on_comments, on_people = sorted(set(comment_seqs)), sorted(set(commenter_seqs))
    if not on_comments and not on_people:
        return []
    wanted = [
        one_of(column, seqs)
        for column, seqs in ((desk_notes.c.comment_seq, on_comments), (desk_notes.c.commenter_seq, on_people))
        if seqs
    ]
    statement = Statement(_SELECT.where(or_(*wanted)))
    return sorted((_note(row) for row in r.rows(statement, site_seq=site_seq)), key=lambda note: note.seq)


def _note(row: Row) -> DeskNote:
    seq, kind, text, by_seq, by_name, created_at, comment_seq, commenter_seq = row
    return DeskNote(
        seq=seq,
        kind=NoteKind(kind),
        text=text,
        by_seq=by_seq,
        by_name=by_name or "",
        created_at=instant(created_at),
        comment_seq=comment_seq,
        commenter_seq=commenter_seq,
    )
