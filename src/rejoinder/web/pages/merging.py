"""Two discussions of one story, at the desk: what a merging would do, doing it, and taking it back."""

from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from rejoinder.actions.merge_stories import merge_stories, part_stories
from rejoinder.discussion.address_keys import address_key
from rejoinder.discussion.commenters import Act
from rejoinder.discussion.merging import Merge, may_merge
from rejoinder.discussion.refusals import BadStory, Refusal, UnknownStory
from rejoinder.discussion.stories import Story
from rejoinder.store import commenters, history, merges, moving, stories
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.cards import desk_story
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.shown.desk import DeskMerge, MergePage
from rejoinder.web.visits import Visit


def preview(r: Read, visit: Visit) -> Answer:
    """What would move, and what then holds. Nothing is changed. Raises UnknownStory and the refusals of
    `merging.may_merge`.
    """
    visit.staff(Act.CLOSE)
    one = stories.by_slug(r, visit.site.seq, visit.asked.part("slug"))
    into = named(r, visit, visit.asked.query.get("into", ""))
    held = moving.how_many(r, one)
    may_merge(one, into, comments=held)
    counted = history.unpublished_in(r, visit.site.seq, [one.seq, into.seq])
    takes_time = into.published_at is None and one.published_at is not None
    then = replace(into, published_at=one.published_at) if takes_time else into
    page = MergePage(
        chrome=chrome(r, visit),
        story=desk_story(one, counted[one.seq], visit),
        into=desk_story(then, counted[into.seq], visit),
        held=held - one.published_count,
        reports=merges.open_reports(r, visit.site.seq, one.seq),
        addresses=merges.addresses_of(r, visit.site.seq, one.seq),
        takes_time=takes_time,
    )
    return show(visit, page)


def merge(w: Write, visit: Visit) -> Answer:
    """The discussion of the path made part of the other; on to that one."""
    editor, site = visit.staff(Act.CLOSE), visit.site
    one = stories.by_slug(w, site.seq, visit.asked.part("slug"))
    into = named(w, visit, visit.asked.form.text("into"))
    merge_stories(w, site.seq, one.seq, into.seq, by_seq=editor.seq, now=visit.asked.now)
    return see_other(addresses.desk_story(site.key, into.slug, done="merged"))


def part(w: Write, visit: Visit) -> Answer:
    """The merging of the path undone; on to the story whose discussion is its own again."""
    editor, site = visit.staff(Act.CLOSE), visit.site
    story = part_stories(w, site.seq, visit.asked.id(), by_seq=editor.seq, now=visit.asked.now)
    return see_other(addresses.desk_story(site.key, story.slug, done="parted"))


def named(r: Read, visit: Visit, typed: str) -> Story:
    """The story that an editor means: by its address here, its last part, or its address at its publisher; of one that
    was merged, where it went. Raises UnknownStory.
    """
    typed, site = typed.strip(), visit.site
    if "\0" in typed:
        raise UnknownStory  # PostgreSQL has no such character
    for slug in dict.fromkeys((_slug_in(typed, site.key), typed)):
        try:
            return stories.standing_for(r, stories.by_slug(r, site.seq, slug))
        except UnknownStory:
            continue
    try:
        found = stories.by_identity(r, site.seq, publisher_id=None, keys=[address_key(typed)])
    except BadStory:
        found = None
    if found is None:
        raise UnknownStory
    return found


def part_of(r: Read, visit: Visit, story: Story) -> DeskMerge | None:
    """The merging by which this story's discussion became part of another's, if it is."""
    if story.merged_into is None:
        return None
    found = [each for each in merges.of_story(r, story.site_seq, story.seq) if each.from_seq == story.seq]
    return _shown(r, visit, found[-1], found[-1].into_seq) if found else None


def has_become_part(r: Read, visit: Visit, story: Story) -> tuple[DeskMerge, ...]:
    """The mergings by which others became part of this story's discussion."""
    found = [each for each in merges.of_story(r, story.site_seq, story.seq) if each.into_seq == story.seq]
    return tuple(_shown(r, visit, each, each.from_seq) for each in found)


def _shown(r: Read, visit: Visit, merging: Merge, other_seq: int) -> DeskMerge:
    other = stories.by_seq(r, visit.site.seq, other_seq)
    try:
        by = commenters.by_seq(r, visit.site.seq, merging.by_seq).name if merging.by_seq else None
    except Refusal:
        by = None
    return DeskMerge(id=merging.id, slug=other.slug, headline=other.content.headline, at=merging.created_at, by=by)


def _slug_in(typed: str, site: str) -> str:
    """The last part of an address of ours; empty for another."""
    try:
        path = urlsplit(typed).path
    except ValueError:
        return ""
    begin = f"/{site}/stories/"
    return unquote(path[len(begin) :].strip("/")) if path.startswith(begin) else ""
