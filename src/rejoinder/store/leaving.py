"""What is taken away when somebody leaves: at once their account and their name, and then, in parts, their words and
their name in other people's words.
"""

from datetime import datetime

from sqlalchemy import String, bindparam, cast, delete, func, or_, select, update

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.likeness import name_look
from rejoinder.store.comments import COLUMNS, comment_from
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import (
    accounts,
    appeals,
    comments,
    corrections,
    credentials,
    desk_notes,
    flags,
    follows,
    idempotency,
    memberships,
    mutes,
    notices,
    notifications,
    person_acts,
    points,
    renames,
    revisions,
    sessions,
    stories,
    tokens,
)
from rejoinder.store.values import micros

_OF_SITE = comments.c.site_seq == bindparam("site_seq")
_THIS = (memberships.c.site_seq == bindparam("of_site"), memberships.c.seq == bindparam("of_commenter"))
_RENAME = Statement(
    update(memberships)
    .where(*_THIS)
    .values(
        account_seq=None,
        name=bindparam("new_name"),
        name_key=bindparam("new_key"),
        name_look=bindparam("new_look"),
        is_guest=False,
        level="new",
        points=0,
        badges="[]",
        preferences="{}",
        ban_reason="",
        erased_at=bindparam("moment"),
    )
)
_CLOSE = Statement(
    update(accounts)
    .where(accounts.c.seq == bindparam("account"))
    .values(
        email=None,
        letters_to=None,
        email_confirmed_at=None,
        language=None,
        left_at=bindparam("moment"),
        session_epoch=accounts.c.session_epoch + 1,
    )
)
_OF_ACCOUNT = tuple(
    Statement(delete(table).where(table.c.account_seq == bindparam("account")))
    for table in (credentials, sessions, tokens)
)
_UNFOLLOW = Statement(
    update(stories)
    .where(
        stories.c.site_seq == bindparam("of_site"),
        stories.c.seq.in_(
            select(follows.c.story_seq).where(
                follows.c.site_seq == bindparam("of_site"), follows.c.commenter_seq == bindparam("of_commenter")
            )
        ),
    )
    .values(
        followers=stories.c.followers
        - select(func.count())
        .where(
            follows.c.site_seq == stories.c.site_seq,
            follows.c.story_seq == stories.c.seq,
            follows.c.commenter_seq == bindparam("of_commenter"),
        )
        .scalar_subquery()
    )
)
_OF_COMMENTER = tuple(
    Statement(
        delete(table).where(
            table.c.site_seq == bindparam("of_site"), table.c.commenter_seq == bindparam("of_commenter")
        )
    )
    for table in (follows, notifications, points, renames, desk_notes)
)
_UNMUTE = Statement(
    delete(mutes).where(
        mutes.c.site_seq == bindparam("of_site"),
        or_(mutes.c.commenter_seq == bindparam("of_commenter"), mutes.c.muted_seq == bindparam("of_commenter")),
    )
)
_FORGET_KEYS = Statement(
    delete(idempotency).where(
        idempotency.c.site_seq == bindparam("of_site"), idempotency.c.principal == bindparam("who")
    )
)
_FORGET_NOTES = Statement(
    update(flags)
    .where(flags.c.site_seq == bindparam("of_site"), flags.c.reporter_seq == bindparam("of_commenter"))
    .values(email=None)
)
_THEIRS = (
    appeals.c.flag_seq.in_(
        select(flags.c.seq).where(
            flags.c.site_seq == bindparam("of_site"), flags.c.reporter_seq == bindparam("of_commenter")
        )
    ),
    appeals.c.notice_seq.in_(
        select(notices.c.seq).where(
            notices.c.site_seq == bindparam("of_site"), notices.c.reporter_seq == bindparam("of_commenter")
        )
    ),
    appeals.c.person_act_seq.in_(
        select(person_acts.c.seq).where(
            person_acts.c.site_seq == bindparam("of_site"), person_acts.c.commenter_seq == bindparam("of_commenter")
        )
    ),
    appeals.c.flag_seq.is_(None)
    & appeals.c.notice_seq.is_(None)
    & appeals.c.comment_seq.in_(
        select(comments.c.seq).where(
            comments.c.site_seq == bindparam("of_site"), comments.c.commenter_seq == bindparam("of_commenter")
        )
    ),
)
_FORGET_APPEALS = Statement(
    update(appeals).where(appeals.c.site_seq == bindparam("of_site"), or_(*_THEIRS)).values(text="")
)
_FORGET_NOTICES = Statement(
    update(notices)
    .where(notices.c.site_seq == bindparam("of_site"), notices.c.reporter_seq == bindparam("of_commenter"))
    .values(name="", email=None)
)
_FORGET_CORRECTIONS = Statement(
    update(corrections)
    .where(corrections.c.site_seq == bindparam("of_site"), corrections.c.commenter_seq == bindparam("of_commenter"))
    .values(email=None)
)
_FORGET_WORDS = Statement(
    update(person_acts)
    .where(person_acts.c.site_seq == bindparam("of_site"), person_acts.c.commenter_seq == bindparam("of_commenter"))
    .values(text="")
)
_WRITTEN = Statement(
    select(*COLUMNS)
    .where(_OF_SITE, comments.c.commenter_seq == bindparam("commenter_seq"), comments.c.seq > bindparam("after"))
    .order_by(comments.c.seq)
    .limit(bindparam("most"))
)
_ERASE = Statement(
    update(comments)
    .where(comments.c.site_seq == bindparam("of_site"), comments.c.seq == bindparam("of_comment"))
    .values(
        text="",
        html="",
        mentions="[]",
        findings="[]",
        language=None,
        fingerprint=bytes(16),
        least_run=None,
        greatest_run=None,
        removal_reason=None,
        status=Status.DELETED.value,
        marker=bindparam("new_marker"),
    )
)
_ERASE_REVISIONS = Statement(
    delete(revisions).where(
        revisions.c.site_seq == bindparam("of_site"), revisions.c.comment_seq == bindparam("of_comment")
    )
)
_STORIES_OF = select(comments.c.story_seq).where(
    _OF_SITE, comments.c.commenter_seq == bindparam("commenter_seq"), comments.c.story_seq.is_not(None)
)
_MENTIONING = Statement(
    select(comments.c.seq, comments.c.text)
    .where(
        _OF_SITE,
        comments.c.story_seq.in_(_STORIES_OF.scalar_subquery()),
        comments.c.mentions.contains(cast(bindparam("mark"), String)),
        comments.c.seq > bindparam("after"),
    )
    .order_by(comments.c.seq)
    .limit(bindparam("most"))
)
_SET_WORDS = Statement(
    update(comments)
    .where(comments.c.site_seq == bindparam("of_site"), comments.c.seq == bindparam("of_comment"))
    .values(text=bindparam("new_text"))
)
_OLD_WORDS = Statement(
    select(revisions.c.number, revisions.c.text).where(
        revisions.c.site_seq == bindparam("site_seq"), revisions.c.comment_seq == bindparam("comment_seq")
    )
)
_SET_OLD_WORDS = Statement(
    update(revisions)
    .where(
        revisions.c.site_seq == bindparam("of_site"),
        revisions.c.comment_seq == bindparam("of_comment"),
        revisions.c.number == bindparam("of_number"),
    )
    .values(text=bindparam("new_text"))
)


def rename(w: Write, commenter: Commenter, *, name: str, name_key: str, now: datetime) -> None:
    """Takes the commenter's name, account, level, ways and the words of their appeals away; what they wrote stands
    under `name`.
    """
    of = {"of_site": commenter.site_seq, "of_commenter": commenter.seq}
    w.run(_UNFOLLOW, **of)
    forgotten = (_FORGET_NOTES, _FORGET_APPEALS, _FORGET_NOTICES, _FORGET_CORRECTIONS, _FORGET_WORDS)
    for statement in (*_OF_COMMENTER, _UNMUTE, *forgotten):
        w.run(statement, **of)
    w.run(_FORGET_KEYS, of_site=commenter.site_seq, who=f"commenter:{commenter.seq}")
    w.run(_RENAME, **of, new_name=name, new_key=name_key, new_look=name_look(name), moment=micros(now))


def close_account(w: Write, account_seq: int, *, now: datetime) -> None:
    """Forgets the account's address, its proofs, sessions and links. Its row stays, so that its number serves nobody
    else.
    """
    for statement in _OF_ACCOUNT:
        w.run(statement, account=account_seq)
    w.run(_CLOSE, account=account_seq, moment=micros(now))


def written_after(r: Read, site_seq: int, commenter_seq: int, *, after: int, most: int) -> list[Comment]:
    """What they wrote, in whatever status, from after a seq."""
    rows = r.rows(_WRITTEN, site_seq=site_seq, commenter_seq=commenter_seq, after=after, most=most)
    return [comment_from(row) for row in rows]


def erase(w: Write, comment: Comment, *, marker: str) -> None:
    """Takes the words away, all of them; the comment's place stays. Counting is `places.count`'s."""
    w.run(_ERASE_REVISIONS, of_site=comment.site_seq, of_comment=comment.seq)
    w.run(_ERASE, of_site=comment.site_seq, of_comment=comment.seq, new_marker=marker)


def mentioning_after(r: Read, site_seq: int, commenter_seq: int, *, after: int, most: int) -> list[tuple[int, str]]:
    """Comments that mention the commenter, by seq and text: they stand under stories where the commenter wrote."""
    return [
        (row[0], row[1])
        for row in r.rows(
            _MENTIONING,
            site_seq=site_seq,
            commenter_seq=commenter_seq,
            mark=f'"commenter_seq":{commenter_seq}',
            after=after,
            most=most,
        )
    ]


def old_words(r: Read, site_seq: int, comment_seq: int) -> list[tuple[int, str]]:
    """The comment's earlier texts, by number."""
    return [(row[0], row[1]) for row in r.rows(_OLD_WORDS, site_seq=site_seq, comment_seq=comment_seq)]


def set_words(w: Write, site_seq: int, comment_seq: int, text: str) -> None:
    """Stores a text with another name in it; its HTML has only the name's number."""
    w.run(_SET_WORDS, of_site=site_seq, of_comment=comment_seq, new_text=text)


def set_old_words(w: Write, site_seq: int, comment_seq: int, number: int, text: str) -> None:
    w.run(_SET_OLD_WORDS, of_site=site_seq, of_comment=comment_seq, of_number=number, new_text=text)
