"""Paths of the pages that anybody can read, and of what can be done there without an account."""

from uuid import UUID

from rejoinder.web.addresses.paths import path_of

PUBLICATIONS = "/"


def front(site: str, *, after: str | None = None) -> str:
    return path_of(site, "", after=after)


def story(
    site: str,
    slug: str,
    *,
    after: str | None = None,
    view: str | None = None,
    order: str | None = None,
    v: int | None = None,
) -> str:
    """The story with its discussion. `v` is the story's version after a post: an older copy is passed by."""
    return path_of(site, "stories", slug, after=after, view=view, order=order, v=v)


def discussion(site: str, slug: str, **query: str | int | None) -> str:
    """The discussion below the story."""
    return path_of(site, "stories", slug, **query) + "#discussion"


def feed(site: str, slug: str) -> str:
    """The story's newest comments as an Atom feed."""
    return path_of(site, "stories", slug, "comments.atom")


def feed_json(site: str, slug: str) -> str:
    """The same as a JSON Feed."""
    return path_of(site, "stories", slug, "comments.json")


def site_feed(site: str, kind: str = "atom") -> str:
    """The site's newest comments as a feed; `kind` is atom or json."""
    return path_of(site, f"comments.{kind}")


def section_feed(site: str, section: str, kind: str = "atom") -> str:
    """The newest comments of a section's newest stories."""
    return path_of(site, "sections", section, f"comments.{kind}")


def profile(site: str, commenter_id: UUID, *, after: str | None = None) -> str:
    """A commenter's public page."""
    return path_of(site, "people", str(commenter_id), after=after)


def profile_feed(site: str, commenter_id: UUID, kind: str = "atom") -> str:
    """A commenter's newest comments as a feed."""
    return path_of(site, "people", str(commenter_id), f"comments.{kind}")


def live(site: str, slug: str) -> str:
    """The story's events, as they happen; answered by the front door."""
    return path_of(site, "stories", slug, "live")


def live_state(site: str, slug: str) -> str:
    """How the discussion stands, for who cannot hear the events."""
    return path_of(site, "stories", slug, "live.json")


def write(site: str, slug: str) -> str:
    """A page with the box, for who comes from the publisher's own page."""
    return path_of(site, "stories", slug, "write")


def post_comment(site: str, slug: str) -> str:
    return path_of(site, "stories", slug, "comments")


def names(site: str, slug: str) -> str:
    """The names that an @ can mean there."""
    return path_of(site, "stories", slug, "names.json")


def comment(site: str, comment_id: UUID, *, after: str | None = None) -> str:
    """The permalink: the comment in its thread. `after` pages through a long one."""
    return path_of(site, "comments", str(comment_id), after=after)


def in_story(site: str, slug: str, comment_id: UUID, *, v: int | None = None) -> str:
    """The comment's place on its story's page."""
    return f"{story(site, slug, v=v)}#{anchor(comment_id)}"


def anchor(comment_id: UUID) -> str:
    """The id of a comment's element on any page that shows it."""
    return f"c-{comment_id}"


def changes(site: str, comment_id: UUID) -> str:
    """How the comment's text was changed."""
    return path_of(site, "comments", str(comment_id), "changes")


def report(site: str, comment_id: UUID) -> str:
    return path_of(site, "comments", str(comment_id), "report")


def receipt(site: str, receipt_token: str) -> str:
    return path_of(site, "reports", receipt_token)


def policy_version(site: str, number: int) -> str:
    """A version of the policy."""
    return path_of(site, "policy", str(number))


def appeal_notice(site: str, receipt_token: str) -> str:
    """Where the appeal of who gave notice is sent to."""
    return path_of(site, "notices", receipt_token, "appeal")


def appeal_report(site: str, receipt_token: str) -> str:
    """Where a reporter's appeal is sent to."""
    return path_of(site, "reports", receipt_token, "appeal")


def notice(site: str, *, url: str | None = None) -> str:
    """Where notice is given of comments that are against the law. `url` is the address of the first."""
    return path_of(site, "notice", url=url)


def comment_notice(site: str, comment_id: UUID) -> str:
    """The same, with the comment's address in it already."""
    return path_of(site, "comments", str(comment_id), "notice")


def notice_receipt(site: str, receipt_token: str) -> str:
    return path_of(site, "notices", receipt_token)


def correct(site: str, slug: str) -> str:
    """Where a reader says what is wrong in the story."""
    return path_of(site, "stories", slug, "correct")


def correction_receipt(site: str, receipt_token: str) -> str:
    return path_of(site, "corrections", receipt_token)


def policy(site: str, *, section: str | None = None) -> str:
    """The comment policy; with a section at what that adds, where it adds anything."""
    return path_of(site, "policy") + (f"#section-{section}" if section else "")


def guest(site: str, slug: str, *, answers: UUID | None = None) -> str:
    """The form for a guest's comment; with `answers`, for a reply to that comment."""
    return path_of(site, "stories", slug, "guest", answers=str(answers) if answers else None)


def guest_sent(site: str) -> str:
    return path_of(site, "sent", "guest")


def confirm_guest(site: str, token: str) -> str:
    """Where the letter to a guest leads."""
    return path_of(site, "guest", token)


def consent(site: str, token: str) -> str:
    """Where a writer says whether their comment may be printed."""
    return path_of(site, "consent", token)


def static(name: str) -> str:
    return path_of("static", name)
