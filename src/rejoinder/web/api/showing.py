"""From what the store remembers to what goes over the wire, and how much of it this viewer may see."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from rejoinder.discussion import moderation, stories
from rejoinder.discussion.comments import Status
from rejoinder.discussion.flags import Flag
from rejoinder.discussion.refusals import Refusal
from rejoinder.discussion.screening import Finding
from rejoinder.discussion.tree import Entry
from rejoinder.language import Words
from rejoinder.markup import with_names
from rejoinder.store import entries
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.api import schemas
from rejoinder.web.findings import worded
from rejoinder.web.visits import Visit


def brief(story: stories.Story, visit: Visit) -> schemas.StoryBrief:
    """The story as it stands in a list."""
    return schemas.StoryBrief(**_head(story, visit))


def whole(story: stories.Story, visit: Visit) -> schemas.Story:
    """The story with its text."""
    content = story.content
    photo = content.photo
    return schemas.Story(
        **_head(story, visit),
        publisher_id=story.publisher_id,
        published_at_source=story.published_at_source,
        byline=content.byline,
        place=content.place,
        agency=content.agency,
        photo=schemas.Photo(
            url=photo.url,
            alt=photo.alt,
            caption=photo.caption,
            credit=photo.credit,
            width=photo.width,
            height=photo.height,
        )
        if photo
        else None,
        topics=content.topics,
        tags=story.tags,
        rules=_rules(story),
        paragraphs=content.paragraphs,
        credits=schemas.Credits(
            reporting=content.credits.reporting, writing=content.credits.writing, editing=content.credits.editing
        ),
    )


def _rules(story: stories.Story) -> schemas.RulesHere:
    here = story.rules_here
    return schemas.RulesHere(
        mode=here.mode.value,
        who=here.who.value,
        guests=here.takes_guests,
        languages=here.languages,
        shortest=here.shortest,
        longest=here.longest,
        links=here.links,
        edit_window=here.edit_window,
    )


class Showing(Struct, frozen=True):
    """How comments of one answer are shown: to whom, under which stories, with which names in their @mentions."""

    visit: Visit
    slugs: dict[int, str]
    names: dict[int, str]

    def comment(self, entry: Entry) -> schemas.Comment:
        """The comment, without author and text if it is gone and the viewer is neither its writer nor an editor."""
        comment = entry.comment
        seen = is_seen(entry, self.visit)
        return schemas.Comment(
            id=comment.id,
            story=self.slugs[comment.story_seq],
            status=comment.status,
            parent=entry.to_id,
            depth=comment.depth,
            replies=entry.replies,
            recommended=entry.recommended,
            recommended_by_guests=entry.recommended_by_guests,
            picked=entry.is_picked,
            pick_note=entry.pick_note if seen else "",
            lowered=comment.is_lowered,
            locked=comment.locked_by is not None,
            author=_author(entry) if seen else None,
            text=comment.text if seen else "",
            html=self._html(entry) if seen else "",
            revision=comment.revision,
            created_at=comment.created_at,
            published_at=comment.published_at,
            edited_at=comment.edited_at if seen else None,
            removal_reason=entry.removal_reason,
            page=self._page(addresses.comment(self.visit.site.key, comment.id)),
        )

    def comments(self, found: Iterable[Entry]) -> tuple[schemas.Comment, ...]:
        """Each of the comments."""
        return tuple(self.comment(entry) for entry in found)

    def _html(self, entry: Entry) -> str:
        def link(number: int) -> tuple[str, str]:
            mention = entry.mentions[number]
            target = mention.comment_id or entry.comment.id
            return self.names.get(mention.commenter_seq, ""), self._page(addresses.comment(self.visit.site.key, target))

        return with_names(entry.comment.html, link)

    def _page(self, path: str) -> str:
        return self.visit.options.public_url + path


def showing(r: Read, visit: Visit, found: Sequence[Entry], *of: stories.Story) -> Showing:
    """How these comments, all under the stories `of`, are shown. One query where somebody is mentioned, else none."""
    return showing_under(r, visit, found, {story.seq: story.slug for story in of})


def showing_under(r: Read, visit: Visit, found: Sequence[Entry], slugs: dict[int, str]) -> Showing:
    """As `showing`, for who knows no more of the stories than their addresses, by seq."""
    return Showing(visit, slugs, entries.mentioned_names(r, visit.site.seq, found))


def is_seen(entry: Entry, visit: Visit) -> bool:
    """Whether the viewer sees the words: everybody those of a published comment, its writer their own, the desk all."""
    if entry.comment.status is Status.PUBLISHED:
        return True
    is_own = visit.viewer is not None and visit.viewer.seq == entry.comment.commenter_seq
    return is_own or is_at_desk(visit)


def is_at_desk(visit: Visit) -> bool:
    """Whether the viewer may decide here, and has proved it as the desk asks."""
    try:
        visit.staff()
    except Refusal:
        return False
    return True


def flag(shown: Flag) -> schemas.Flag:
    """The report as the desk sees it."""
    return schemas.Flag(
        reason=shown.reason,
        note=shown.note,
        revision=shown.revision,
        created_at=shown.created_at,
        reporter=shown.reporter_name,
        outcome=shown.resolution,
    )


def finding(shown: Finding, words: Words, zone: ZoneInfo) -> schemas.Finding:
    """The finding, worded."""
    return schemas.Finding(
        check=shown.check,
        sentence=worded(shown, words, zone),
        spans=shown.spans,
        rule=shown.rule,
        set_at=shown.set_at,
    )


def decision(shown: moderation.Decision) -> schemas.Decision:
    """The entry of the record."""
    return schemas.Decision(
        id=shown.id,
        outcome=shown.outcome,
        revision=shown.revision,
        status_before=shown.status_before,
        status_after=shown.status_after,
        reason=shown.reason,
        note=shown.note,
        by=shown.by_name,
        created_at=shown.created_at,
    )


def _head(story: stories.Story, visit: Visit) -> dict[str, Any]:
    content = story.content
    return {
        "id": story.id,
        "slug": story.slug,
        "headline": content.headline,
        "standfirst": content.standfirst,
        "section": schemas.Section(key=story.section_key, name=story.section_name or "") if story.section_key else None,
        "published_at": story.published_at,
        "updated_at": content.updated_at,
        "language": content.language,
        "canonical_url": story.canonical_url,
        "page": visit.options.public_url + addresses.story(visit.site.key, story.slug),
        "version": story.version,
        "discussion": _discussion(story, visit.asked.now),
    }


def _discussion(story: stories.Story, now: datetime) -> schemas.Discussion:
    standing = story.standing(now)
    withdrawn = story.withdrawn_at is not None
    return schemas.Discussion(
        phase=standing.phase,
        takes_comments=standing.takes_comments and not withdrawn,
        takes_replies=standing.takes_replies and not withdrawn,
        takes_recommendations=standing.takes_recommendations and not withdrawn,
        until=standing.until,
        then=standing.then,
        rests=standing.rests,
        closes=standing.closes,
        is_withdrawn=withdrawn,
        comments=story.published_count,
    )


def _author(entry: Entry) -> schemas.Author:
    author = entry.author
    return schemas.Author(
        id=author.id,
        name=author.name,
        role=author.role,
        level=author.level,
        badges=author.badges,
        is_guest=author.is_guest,
    )
