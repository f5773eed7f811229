"""Plain functions that make what a test needs, with readable defaults: a_site() a_story() a_commenter() a_comment()."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from rejoinder.actions.add_site import NewSite, add_site
from rejoinder.actions.decide import Decide, decide
from rejoinder.actions.flag_comment import FlagComment, Flagged, flag_comment
from rejoinder.actions.post_comment import Post, Posted, post_comment
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.names import name_key
from rejoinder.discussion.sites import Site, with_rules
from rejoinder.discussion.stories import Content, PublishedAtSource, Story
from rejoinder.store import accounts, commenters, comments, jobs, stories
from rejoinder.store.database import Database, Read, Write
from rejoinder.store.flags import Reporter

T = TypeVar("T")

NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def after(**span: float) -> datetime:
    """So long after NOON."""
    return NOON + timedelta(**span)


def a_site(w: Write, *, key: str = "courier", **rules: Any) -> Site:
    """A site where newcomers are not held, unless a rule says so."""
    chosen = with_rules("{}", {"newcomer_comments": 0, "posts_per_minute": 1000, "posts_per_hour": 10000} | rules)
    return add_site(w, NewSite(key=key, name="The Harbour Courier", zone="Europe/London", rules=chosen), now=NOON)


def a_story(
    w: Write,
    site: Site,
    *,
    headline: str = "Ferry to run through the winter",
    language: str | None = None,
    **known: Any,
) -> Story:
    """A story published at NOON with an address of its own."""
    values: dict[str, Any] = {
        "published_at": NOON,
        "published_at_source": PublishedAtSource.PUBLISHER,
        "canonical_url": f"https://courier.example/{next(_numbers)}",
    } | known
    content = Content(headline=headline, paragraphs=("The ferry will sail four times a day.",), language=language)
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


def a_decision(
    w: Write, about: Comment, by: Commenter, outcome: Outcome, *, now: datetime | None = None, **known: Any
) -> Decision:
    """A decision on the comment as it stands; a rejection says "inappropriate"."""
    values: dict[str, Any] = {
        "seen_revision": comments.by_seq(w, about.site_seq, about.seq).revision,
        "reason": "inappropriate" if outcome is Outcome.REJECT else None,
    } | known
    order = Decide(site_seq=about.site_seq, comment_id=about.id, by_seq=by.seq, outcome=outcome, **values)
    return decide(w, order, now=now or after(hours=2))


def a_flag(
    w: Write, about: Comment, by: Commenter | None = None, *, device: int = 0, now: datetime | None = None, **known: Any
) -> Flagged:
    """A report by this commenter, or by the device of this number."""
    reporter = Reporter(commenter_seq=by.seq) if by else Reporter(device_hash=device.to_bytes(16, "big"))
    values: dict[str, Any] = {"reason": "hate", "by": reporter} | known
    flag = FlagComment(site_seq=about.site_seq, comment_id=about.id, **values)
    return flag_comment(w, flag, now=now or after(hours=1, minutes=30))


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

    def write(self, change: Callable[[Write], T]) -> T:
        """What the change gives, after its commit."""
        return self.database.write(change).result()

    def read(self, ask: Callable[[Read], T]) -> T:
        return self.database.read(ask).result()

    def post(self, text: str | None = None, *, by: Commenter | None = None, **known: Any) -> Comment:
        """A comment under the story, the reader's unless said otherwise."""
        return self.write(lambda w: a_comment(w, self.story, by or self.reader, text, **known)).comment

    def decide(self, about: Comment, outcome: Outcome, **known: Any) -> Decision:
        """The editor's decision on the comment as it stands."""
        return self.write(lambda w: a_decision(w, about, self.editor, outcome, **known))

    def again(self, comment: Comment) -> Comment:
        """The comment as it is now."""
        return self.read(lambda r: comments.by_seq(r, comment.site_seq, comment.seq))

    def story_now(self) -> Story:
        return self.read(lambda r: stories.by_seq(r, self.site.seq, self.story.seq))

    def letters(self, *, at: datetime) -> list[tuple[str, str]]:
        """The letters due at that moment, as (letter, recipient), in the order they were noted. They go."""

        def send(w: Write) -> list[jobs.Job]:
            due = jobs.claim(w, now=at, most=100)
            for job in due:
                jobs.done(w, job, now=at)
            return due

        found = sorted(self.write(send), key=lambda job: job.seq)
        return [(job.payload["letter"], job.recipient) for job in found if job.kind == "letter"]
