"""What is kept in public: a commenter's page, and how a comment was changed."""

from collections.abc import Iterator

from tests.web.showcase.discussions import conversation
from tests.web.showcase.makers import a_chrome, a_comment, ago, an_id
from tests.web.showcase.stories import ferry

from rejoinder.discussion.differences import Change, differences
from rejoinder.web.shown.changes import ChangesPage
from rejoinder.web.shown.comments import Mark
from rejoinder.web.shown.page import Page
from rejoinder.web.shown.profile import ProfileComment, ProfilePage, Record

LONG = "We deliver bread by that boat. Two winters ago it stopped for nine weeks and we lost four of our six customers."


def record_pages() -> Iterator[tuple[str, Page]]:
    headline = ferry().content.headline
    comment = a_comment(
        "mewanbaker", "Call us about the ferry.", edited_at=ago(hours=1), by_editor=True, has_changes=True
    )
    changes = (
        Change(
            at=ago(hours=1),
            by_editor=True,
            pieces=differences(
                LONG, LONG.replace("nine weeks", "nearly nine weeks").replace("four of our six", "most")
            ),
        ),
        Change(at=ago(hours=2), by_editor=True, pieces=None),
        Change(at=ago(hours=3), by_editor=False, pieces=None),
    )
    yield (
        "changes",
        ChangesPage(
            chrome=a_chrome(canonical=""), comment=comment, story_slug="ferry", headline=headline, changes=changes
        ),
    )
    yield (
        "changes-none",
        ChangesPage(chrome=a_chrome(canonical=""), comment=comment, story_slug="ferry", headline=headline),
    )
    written = tuple(ProfileComment(comment=each.root, slug="ferry", headline=headline) for each in conversation()[:2])
    yield (
        "profile",
        ProfilePage(
            chrome=a_chrome(canonical=""),
            id=an_id(),
            name="northquay",
            mark=Mark.GUEST,
            since=ago(days=400),
            record=Record(published=1204, removed=3, most=10_000),
            comments=written,
            after="3",
        ),
    )
    yield "profile-empty", ProfilePage(chrome=a_chrome(canonical=""), id=an_id(), name="ليلى حداد")
