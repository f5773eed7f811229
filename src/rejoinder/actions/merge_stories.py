"""An editor makes two discussions of one story one, and parts them again."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.merging import Merge, may_merge, may_part
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.stories import Story
from rejoinder.store import commenters, follower_moves, log, merges, moving, sites, stories
from rejoinder.store.database import Write


def merge_stories(w: Write, site_seq: int, one_seq: int, into_seq: int, *, by_seq: int, now: datetime) -> Merge:
    """The merging on the record. The first story's comments stand under the other, after its own, and its addresses
    lead there; the other keeps its words, its schedule and its publication time, or takes the first one's where it has
    none. Raises NotAllowed, UnknownStory and the refusals of `merging.may_merge`.
    """
    sites.lock(w, site_seq)  # one at a time: two discussions never become part of each other
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.CLOSE)
    target = stories.standing_for(w, stories.by_seq(w, site_seq, into_seq))
    one, into = _locked(w, site_seq, one_seq, target.seq)
    may_merge(one, into, comments=moving.how_many(w, one))
    record = moving.move(w, one, into)
    moved, both = follower_moves.move(w, one, into)
    takes_time = into.published_at is None and one.published_at is not None
    record = replace(record, followers=moved, followers_of_both=both, gave_time=takes_time)
    moving.settle(w, one, last_place=one.publish_seq, readable=0, into=into.seq)
    moving.settle(
        w,
        _dated(into, one) if takes_time else into,
        last_place=into.publish_seq + one.publish_seq,
        readable=into.published_count + one.published_count,
        into=None,
    )
    merge = merges.add(w, site_seq, from_seq=one.seq, into_seq=into.seq, by_seq=by_seq, record=record, now=now)
    _note(w, merge, "merge", by_seq=by_seq, now=now)
    return merge


def part_stories(w: Write, site_seq: int, merge_id: UUID, *, by_seq: int, now: datetime) -> Story:
    """The story whose discussion is its own again: every comment at the place it had, with what was written below it
    since. Raises NotAllowed, UnknownMerge and the refusals of `merging.may_part`.
    """
    sites.lock(w, site_seq)
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.CLOSE)
    merge = merges.by_id(w, site_seq, merge_id)
    one, into = _locked(w, site_seq, merge.from_seq, merge.into_seq)
    may_part(merge, into)
    last = moving.move_back(w, one, into, merge.record)
    follower_moves.move_back(w, one, into, merge.record)
    readable = moving.readable(w, one)
    moving.settle(w, one, last_place=last, readable=readable, into=None)
    took_time = merge.record.gave_time and into.published_at == one.published_at
    moving.settle(
        w,
        replace(into, published_at=None, published_at_source=None) if took_time else into,
        last_place=into.publish_seq,
        readable=into.published_count - readable,
        into=None,
    )
    merges.set_undone(w, merge, by_seq=by_seq, now=now)
    _note(w, merge, "part", by_seq=by_seq, now=now)
    return stories.by_seq(w, site_seq, one.seq)


def _note(w: Write, merge: Merge, act: str, *, by_seq: int, now: datetime) -> None:
    details = {"act": act, "merge": str(merge.id), "into": merge.into_seq}
    log.append(w, merge.site_seq, RecordKind.MERGE, details, by_seq=by_seq, story_seq=merge.from_seq, now=now)


def _locked(w: Write, site_seq: int, one_seq: int, into_seq: int) -> tuple[Story, Story]:
    """Both stories, locked in one order whoever asks."""
    first, second = sorted((one_seq, into_seq))
    found = {seq: stories.lock_itself(w, site_seq, seq) for seq in dict.fromkeys((first, second))}
    return found[one_seq], found[into_seq]


def _dated(into: Story, one: Story) -> Story:
    return replace(into, published_at=one.published_at, published_at_source=one.published_at_source)
