"""Somebody leaves. At once their account, their sessions and their name are gone from every page; then, in parts that
hold nobody up, their name goes from other people's texts and, if they asked for it, their own texts go too (Regulation
(EU) 2016/679, Article 17). Threads keep their shape.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from rejoinder.actions.appeal_act import withdraw_act_appeals
from rejoinder.actions.letters import letter_to_account
from rejoinder.actions.take_up_appeal import withdraw_appeals
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.names import name_key, renamed
from rejoinder.discussion.refusals import StaffCannotLeave
from rejoinder.store import (
    accounts,
    cases,
    commenters,
    comments,
    erasing,
    flags,
    jobs,
    leaving,
    notices,
    own_data,
    places,
    sites,
    stories,
)
from rejoinder.store.database import Write

KIND = "leaving"
PART = 100  # comments in one transaction


class Leaving(Struct, frozen=True, kw_only=True):
    """What was asked for. `called` is what their comments stand under from now on, by each site's seq."""

    account_seq: int
    erase: bool
    called: Mapping[int, str]


class Rest(Struct, frozen=True, kw_only=True):
    """What is still to be taken away of one commenter, from after a comment's seq; `name` was theirs."""

    site_seq: int
    commenter_seq: int
    name: str
    called: str
    erase: bool
    after: int = 0


def leave(w: Write, order: Leaving, *, now: datetime) -> list[str]:
    """The names they had. The rest is a job's. Raises StaffCannotLeave: a role is given back first."""
    account = accounts.lock(w, order.account_seq)
    found = own_data.places_of(w, account.seq)
    if account.is_administrator or any(place.role != "reader" for place in found):
        raise StaffCannotLeave
    names = [_leave_site(w, account, place.site_seq, order, now=now) for place in found]
    if account.address and found:
        letter_to_account(
            w, account, "left", site_seq=found[0].site_seq, event=f"left:{account.id}", to=account.address, now=now
        )
    leaving.close_account(w, account.seq, now=now)
    for place in found:  # last, for it holds a site's record
        erasing.empty_about_person(w, place.site_seq, place.commenter_seq, now=now)
    return names


def _leave_site(w: Write, account: Account, site_seq: int, order: Leaving, *, now: datetime) -> str:
    sites.lock(w, site_seq)
    member = commenters.by_account(w, site_seq, account.seq)
    assert member is not None  # the account is locked, and has this name
    commenter = commenters.lock(w, site_seq, member.seq)
    called = f"{order.called[site_seq]} {commenter.id.hex[-4:]}"
    withdraw_act_appeals(w, commenter, now=now)
    leaving.rename(w, commenter, name=called, name_key=name_key(called), now=now)
    sites.changed(w, site_seq)  # their name stands on any page
    payload = {"commenter": commenter.seq, "name": commenter.name, "called": called, "erase": order.erase}
    jobs.add(w, KIND, site_seq=site_seq, event=f"left:{commenter.id}", recipient="everybody", payload=payload, now=now)
    return commenter.name


def erase_part(w: Write, rest: Rest, *, now: datetime) -> int | None:
    """Takes the words of the next comments away. After which comment to go on; None: they are all gone."""
    found = leaving.written_after(w, rest.site_seq, rest.commenter_seq, after=rest.after, most=PART)
    for comment in found:
        _erase(w, comment, now=now)
    seqs = [comment.seq for comment in found]
    erasing.empty_about_comments(w, rest.site_seq, seqs, commenter_seq=rest.commenter_seq, now=now)
    return found[-1].seq if len(found) == PART else None


def rename_part(w: Write, rest: Rest) -> int | None:
    """Puts the new name for the old one into the next texts that mention them. As `erase_part`."""
    found = leaving.mentioning_after(w, rest.site_seq, rest.commenter_seq, after=rest.after, most=PART)
    key = name_key(rest.name)
    for seq, text in found:
        leaving.set_words(w, rest.site_seq, seq, renamed(text, key=key, to=rest.called))
        for number, old in leaving.old_words(w, rest.site_seq, seq):
            leaving.set_old_words(w, rest.site_seq, seq, number, renamed(old, key=key, to=rest.called))
    return found[-1][0] if len(found) == PART else None


def _erase(w: Write, found: Comment, *, now: datetime) -> None:
    story = stories.lock(w, found.site_seq, found.story_seq)
    comment = comments.lock(w, found.site_seq, found.seq)
    marker = Marker.PLAIN if comments.has_answer(w, comment) else Marker.NONE
    leaving.erase(w, comment, marker=marker.value)
    if comment.status is Status.PUBLISHED:
        places.count(w, story, comment, more=-1)
    elif comment.was_published:
        stories.changed(w, story)
    if not flags.open_count(w, comment) and not notices.open_of(w, comment):
        cases.close_cases(w, comment, decision_seq=None, now=now)
    withdraw_appeals(w, comment, now=now)
