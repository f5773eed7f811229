"""A story page that somebody saved as plain text, with the discussion under it.

Steps: every line gets its kind (`lines`), the discussion's beginning is found and read (`saved_discussion`), what
stands above it is the article (`article`), and the printed stamps become instants (`instants`).
"""

from collections.abc import Iterator
from datetime import datetime

from rejoinder.discussion.stories import Content, Credits, PublishedAtSource
from rejoinder.importers.instants import Instants
from rejoinder.importers.record import CommentRecord, NoZone, Reading, Remark, StoryRecord, UnknownFormat
from rejoinder.importers.source import Source
from rejoinder.importers.stamps import Stamp
from rejoinder.importers.stories.article import Article, read_article, stamps_printed
from rejoinder.importers.stories.datelines import dateline_of
from rejoinder.importers.stories.lines import Kind, Line, lines_of
from rejoinder.importers.stories.notices import loses_link
from rejoinder.importers.stories.saved_discussion import Discussion, beginning, read_discussion

FORMAT = "saved-text"
_ENDED = tuple(".!?…\"”»“’'؟。)]:;")


def recognises(source: Source) -> bool:
    """Any text may be a saved page; `read` says when it is none."""
    return bool(source.text)


def read(source: Source) -> Reading:
    """The story and its comments. Raises UnknownFormat for text that shows neither date, dateline nor comments, and
    what its steps raise: NoArticle, Truncated, BadFile and the kinds of UnclearTime.
    """
    lines = lines_of(source.text)
    if not any(_is_of_a_page(line) for line in lines):
        raise UnknownFormat(f"{source.name} shows no date, no dateline and no comments: it is no saved story page.")
    start, unclear = beginning(lines)
    discussion = read_discussion(lines[start:])
    article = read_article(lines[:start], tail=discussion.tail)
    stamps = [article.published, article.updated, *(comment.stamp for comment in discussion.comments)]
    place = article.dateline.place if article.dateline else article.stamp_place
    instants = Instants(place=place, site_zone=source.site_zone, stamps=[stamp for stamp in stamps if stamp])
    published_at, undated = _published_at(article.published, instants)
    story = _story(article, discussion, instants=instants, published_at=published_at)
    remarks = (*source.remarks, *article.remarks, *unclear, *discussion.remarks, *undated, *instants.remarks())
    return Reading(format=FORMAT, story=story, remarks=(*remarks, *_differences(story, discussion)))


def _is_of_a_page(line: Line) -> bool:
    return (
        line.kind in (Kind.COUNT, Kind.FOOT, Kind.BARE_FOOT)
        or bool(stamps_printed(line.text))
        or dateline_of(line.text) is not None
    )


def _published_at(stamp: Stamp | None, instants: Instants) -> tuple[datetime | None, tuple[Remark, ...]]:
    """The instant printed. A page that prints none, or a bare date where the site's zone is unknown, has none."""
    if stamp is None:
        return None, (Remark(code="no-publication-time", text="The page does not say when the story was published."),)
    try:
        return instants.of(stamp), ()
    except NoZone:
        if stamp.has_time:
            raise
        sentence = f"The page prints the date {stamp.locals[0]:%Y-%m-%d} and no time, and the site's zone is not known."
        return None, (Remark(code="no-publication-time", text=sentence),)


def _story(
    article: Article, discussion: Discussion, *, instants: Instants, published_at: datetime | None
) -> StoryRecord:
    comments = tuple(
        CommentRecord(name=comment.name, written_at=instants.of(comment.stamp), text=comment.text)
        for comment in discussion.comments
    )
    dateline = article.dateline
    content = Content(
        headline=article.headline,
        standfirst=article.standfirst,
        byline=article.byline,
        place=dateline.place if dateline else article.stamp_place,
        agency=dateline.agency if dateline else "",
        photo=article.photo,
        topics=article.topics,
        paragraphs=article.paragraphs,
        credits=article.credits,
        updated_at=instants.of(article.updated) if article.updated else None,
    )
    notices = [notice for notice in (article.policy_notice, *discussion.notices) if notice]
    return StoryRecord(
        content=content,
        published_at=published_at,
        published_at_source=PublishedAtSource.PAGE if published_at else None,
        policy_notice="\n\n".join(notices) or None,
        disclaimer=article.disclaimer,
        closing_notice=discussion.closing_notice,
        closed=_closed(discussion),
        stated_comment_count=article.stated_count if discussion.stated_count is None else discussion.stated_count,
        comments=comments,
    )


def _closed(discussion: Discussion) -> bool | None:
    if discussion.closing_notice:
        return True
    return False if discussion.invites else None


def _differences(story: StoryRecord, discussion: Discussion) -> Iterator[Remark]:
    """Where the file does not hold what it says, or cannot be as it says."""
    stated, held = story.stated_comment_count, len(story.comments)
    if stated is not None and stated != held:
        sentence = f"The page says it has {stated} comments and holds {held}; those it holds were taken."
        yield Remark(code="comment-count-differs", text=sentence)
    if any(loses_link(notice) for notice in (story.policy_notice, story.disclaimer) if notice):
        yield Remark(
            code="link-lost", text="The notice about comments ends where a link stood; the file lost the link."
        )
    published_at = story.published_at
    if published_at and any(comment.written_at < published_at for comment in story.comments):
        yield Remark(code="comment-before-story", text="A comment is older than the story; a time zone may be wrong.")
    if stated is None and discussion == Discussion() and _stops_short(story.content):
        sentence = "The last paragraph ends without a full stop; the file may be cut off."
        yield Remark(code="may-be-cut-off", text=sentence)


def _stops_short(content: Content) -> bool:
    return content.credits == Credits() and not content.paragraphs[-1].endswith(_ENDED)
