"""Two discussions that are of one story become one, and can be parted again."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.refusals import AlreadyMerged, MergedFurther, MergeUndone, SameStory, Stale, TooManyToMerge
from rejoinder.discussion.stories import Story

MOST = 20_000  # comments that are moved in one transaction: a tenth of a second on SQLite, measured


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an undoing needs. Comments came with places from `offset` + 1 on; those without one by then are named, as
    are the import keys that the target had already and who followed which.
    """

    offset: int
    placed: int
    unplaced: tuple[int, ...] = ()
    import_keys: tuple[tuple[int, str], ...] = ()
    addresses: tuple[str, ...] = ()
    followers: tuple[int, ...] = ()
    followers_of_both: tuple[tuple[int, int], ...] = ()  # and since when
    gave_time: bool = False  # the target had no publication time, and took this one's


class Merge(Struct, frozen=True, kw_only=True):
    """One merging, by whom and when, and whether it was undone."""

    seq: int
    id: UUID
    site_seq: int
    from_seq: int
    into_seq: int
    by_seq: int | None
    record: Record
    created_at: datetime
    undone_at: datetime | None = None


def may_merge(one: Story, into: Story, *, comments: int) -> None:
    """Silent if the first story's discussion may become part of the other's; `comments` is how many it holds, of any
    status. Raises AlreadyMerged, SameStory, TooManyToMerge.
    """
    if one.merged_into is not None:
        raise AlreadyMerged
    if one.seq == into.seq:
        raise SameStory
    if comments > MOST:
        raise TooManyToMerge(limit=MOST)


def may_part(merge: Merge, into: Story) -> None:
    """Silent if the merging can be undone as exactly as it was done. Raises MergeUndone, MergedFurther."""
    if merge.undone_at is not None:
        raise MergeUndone
    if into.merged_into is not None:
        raise MergedFurther


def must_stand_under(comment: Comment, story: Story) -> None:
    """Silent if the comment stands under the story that was locked for it: a merging, or its undoing, may have moved it
    since it was looked up. Raises Stale.
    """
    if comment.story_seq != story.seq:
        raise Stale
