"""Comments from under several stories, as a profile and a feed show them: read, not acted upon."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Entry
from rejoinder.store import entries, stories
from rejoinder.store.database import Read
from rejoinder.web.pages.drawing import Drawing, drawn_under
from rejoinder.web.shown.comments import ShownComment
from rejoinder.web.visits import Visit


class Across(Struct, frozen=True):
    """The comments that can be read, with their stories."""

    entries: tuple[Entry, ...]
    stories: Mapping[int, Story]
    drawings: Mapping[int, Drawing]

    def story(self, entry: Entry) -> Story:
        return self.stories[entry.comment.story_seq]

    def comment(self, entry: Entry) -> ShownComment:
        return self.drawings[entry.comment.story_seq].comment(entry)


def across(r: Read, visit: Visit, found: Sequence[Entry], *, base: str = "") -> Across:
    """These comments as everybody sees them, those of withdrawn stories left out; `base` stands before links in them.
    One query for the stories, one more if anybody is mentioned.
    """
    under = stories.by_seqs(r, visit.site.seq, {entry.comment.story_seq for entry in found})
    read = tuple(entry for entry in found if under[entry.comment.story_seq].withdrawn_at is None)
    names = entries.mentioned_names(r, visit.site.seq, read)
    anybody = visit.as_anybody()
    return Across(
        read, under, {seq: drawn_under(anybody, story, names=names, base=base) for seq, story in under.items()}
    )
