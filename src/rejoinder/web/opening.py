"""Whether a page of the publisher's may open the discussion of a story that is not known here, and what it says."""

from rejoinder.actions.open_story import OpenStory
from rejoinder.actions.publish_story import NewStory
from rejoinder.discussion.openings import is_signed, said
from rejoinder.discussion.origins import is_on
from rejoinder.discussion.problems import StoryProblem
from rejoinder.discussion.refusals import BadStory, ForeignAddress
from rejoinder.discussion.stories import Content, PublishedAtSource
from rejoinder.identity.tokens import embed_key_of
from rejoinder.web.visits import Visit

LONGEST = 2000  # characters of an address


def must_be_openable(visit: Visit) -> None:
    """Silent if the story's address is on one of the site's origins. Raises ForeignAddress, and BadStory for one that
    no story has.
    """
    url = visit.asked.query["url"]
    if len(url) > LONGEST or not url.isprintable():
        raise BadStory(problem=StoryProblem.NO_SUCH_ADDRESS)
    if not is_on(url, visit.site.origins):
        raise ForeignAddress


def signed_order(visit: Visit) -> OpenStory | None:
    """The story as its publisher signed it, or None where nothing is signed. Raises BadSignature, SignatureExpired,
    BadStory, NoPublicationTime.
    """
    query, site = visit.asked.query, visit.site
    if not is_signed(query):
        return None
    told = said(site.key, query, embed_key_of(site.key, visit.options.secret), now=visit.asked.now)
    return OpenStory(
        site_seq=site.seq,
        addresses=(told.url,),
        story=NewStory(
            content=Content(headline=told.headline, language=site.language),
            publisher_id=told.publisher_id,
            published_at=told.published_at,
            published_at_source=PublishedAtSource.PUBLISHER,
            section=told.section,
        ),
    )
