"""Plain functions that make what a test needs, with readable defaults: a_site() a_story() a_commenter() a_comment()."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from rejoinder.actions.add_site import NewSite, add_site
from rejoinder.actions.post_comment import Post, Posted, post_comment
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.names import name_key
from rejoinder.discussion.sites import Site, with_rules
from rejoinder.discussion.stories import Content, PublishedAtSource, Story
from rejoinder.store import accounts, commenters
from rejoinder.store.database import Database, Write

NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def after(**span: float) -> datetime:
    """So long after NOON."""
    return NOON + timedelta(**span)


def a_site(w: Write, *, key: str = "courier", **rules: Any) -> Site:
    """A site where newcomers are not held, unless a rule says so."""
    chosen = with_rules("{}", {"newcomer_comments": 0, "posts_per_minute": 1000, "posts_per_hour": 10000} | rules)
    return add_site(w, NewSite(key=key, name="The Harbour Courier", zone="Europe/London", rules=chosen), now=NOON)


def a_story(w: Write, site: Site, *, headline: str = "Ferry to run through the winter", **known: Any) -> Story:
    """A story published at NOON with an address of its own."""
    values: dict[str, Any] = {
        "published_at": NOON,
        "published_at_source": PublishedAtSource.PUBLISHER,
        "canonical_url": f"https://courier.example/{next(_numbers)}",
    } | known
    content = Content(headline=headline, paragraphs=("The ferry will sail four times a day.",))
    return publish_story(w, site.seq, NewStory(content=content, **values), now=NOON).story


def a_commenter(w: Write, site: Site, name: str = "northquay", *, role: Role = Role.READER) -> Commenter:
    """Somebody with a confirmed account."""
    account = accounts.add(w, email=f"{name_key(name)}-{next(_numbers)}@reader.example", now=NOON)
    assert account is not None
    accounts.confirm(w, account.seq, now=NOON)
    return commenters.add(
        w, site.seq, name=name, name_key=name_key(name), account_seq=account.seq, role=role.value, now=NOON
    )


def an_editor(w: Write, site: Site, name: str = "R. Teague") -> Commenter:
    return a_commenter(w, site, name, role=Role.EDITOR)


def a_comment(
    w: Write, story: Story, by: Commenter, text: str | None = None, *, now: datetime | None = None, **known: Any
) -> Posted:
    """What posting this text gives; each default text is another."""
    text = text or f"I counted {next(_numbers)} people on the early boat."
    post = Post(site_seq=story.site_seq, story_seq=story.seq, commenter_seq=by.seq, text=text, **known)
    return post_comment(w, post, now=now or after(hours=1))


class Setting:
    """A site with a story, a reader and an editor, in one database."""

    def __init__(self, database: Database, **rules: Any) -> None:
        self.database = database
        self.site, self.story, self.reader, self.editor = database.write(
            lambda w: (
                site := a_site(w, **rules),
                a_story(w, site),
                a_commenter(w, site),
                an_editor(w, site),
            )
        ).result()
