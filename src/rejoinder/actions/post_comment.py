"""A comment or a reply is posted."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.actions.call_hooks import ask_checks, tell_hooks
from rejoinder.actions.drafts import around_here, drafted, screened
from rejoinder.actions.letters import letter_to
from rejoinder.actions.notify import note_news
from rejoinder.discussion.comments import Attempt, Comment, Status, first_of_double, may_post
from rejoinder.discussion.events import CommentPosted
from rejoinder.discussion.hooks import Happening, until_answered, wanted
from rejoinder.discussion.ranking import Order
from rejoinder.discussion.refusals import WouldBeHeld
from rejoinder.discussion.screening import Screened, can_be_mended
from rejoinder.discussion.stories import Story
from rejoinder.store import cases, commenters, comments, history, places, policies, rankings, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write


class Post(Struct, frozen=True, kw_only=True):
    """What was sent, under a story known by its seq or by its address. `parent_id` is given for a reply, `id` by an
    entrance that has promised one.
    """

    site_seq: int
    commenter_seq: int
    text: str
    story_seq: int = 0
    slug: str = ""
    parent_id: UUID | None = None
    id: UUID | None = None
    asks_first: bool = False  # whether its writer wants to be told before it is held for something they can change
    agrees: int = 0  # to this version of the policy
    anyway: str = ""  # the mark of a text about which they were told


class Posted(Struct, frozen=True):
    """The comment as it stands, the story's version that shows it, whether it only answers a double submit, and the
    order in which its story is found.
    """

    comment: Comment
    version: int
    again: bool = False
    order: Order = Order.OLDEST


def post_comment(w: Write, post: Post, *, now: datetime) -> Posted:
    """The posted comment, published or held; a double submit gets the first one back. Raises the refusals of
    `comments.may_post`, UnknownStory, and WouldBeHeld where the post asks first.
    """
    story = _story(w, post)
    commenter = commenters.lock(w, post.site_seq, post.commenter_seq)
    draft = drafted(w, story, post.text)
    parent = comments.by_id_or_none(w, post.site_seq, post.parent_id) if post.parent_id else draft.answers
    rules = story.rules_here
    earlier, recent = history.earlier_by(
        w,
        post.site_seq,
        commenter.seq,
        fingerprint=draft.fingerprint,
        most=max(rules.posts_per_minute, rules.posts_per_hour),
        now=now,
    )
    attempt = Attempt(
        text=draft.text,
        fingerprint=draft.fingerprint,
        story_seq=story.seq,
        commenter=commenter,
        standing=story.standing(now),
        rules=rules,
        withdrawn=story.withdrawn_at is not None,
        now=now,
        replies=post.parent_id is not None or parent is not None,
        parent=parent,
        earlier=earlier,
        recent=recent,
        policy_material=0 if post.agrees >= story.policy_material else story.policy_material,
    )
    if first := first_of_double(attempt):
        return Posted(comments.by_id(w, post.site_seq, first.id), story.version, again=True, order=rules.order)
    may_post(attempt)
    if post.agrees > commenter.policy_agreed:
        policies.agree(w, post.site_seq, commenter.seq, version=min(post.agrees, story.policy_version))
    around = around_here(w, story, commenter, draft, attempt)
    new = screened(w, story, commenter, draft, created_at=now, now=now, parent=parent, around=around)
    if post.asks_first and can_be_mended(new.findings) and post.anyway != draft.fingerprint.hex():
        raise WouldBeHeld
    stands = until_answered(Screened(new.status, new.findings), wanted(story.hooks), by_staff=commenter.is_staff)
    new = replace(new, status=stands.status, findings=stands.findings)
    held = new.status is not Status.PUBLISHED
    if held:
        version, comment = story.version, comments.add(w, post.site_seq, new, comment_id=post.id)
        cases.open_case(w, comment, CaseKind.HELD, section_seq=story.section_seq, findings=new.findings, now=now)
    else:
        version, place = places.reserve(w, story, root_seq=comments.root_of(parent), now=now)
        comment = comments.add(w, post.site_seq, new, comment_id=post.id, place=place)
        if parent is not None:
            rankings.note(w, story, now=now)
        tell_parent(w, comment, parent, now=now)
        note_news(w, comment, followers=story.followers, is_mentioning=bool(draft.mentions), now=now)
    ask_checks(w, story, comment, by_staff=commenter.is_staff, now=now)
    tell_hooks(w, story, comment, Happening.POSTED, now=now)
    w.tell(CommentPosted(site_seq=story.site_seq, story_seq=story.seq, comment_id=comment.id, held=held))
    return Posted(comment, version, order=rules.order)


def _story(w: Write, post: Post) -> Story:
    if post.slug:
        return stories.lock_at(w, post.site_seq, post.slug)
    return stories.lock(w, post.site_seq, post.story_seq)


def tell_parent(
    w: Write, comment: Comment, parent: Comment | None, *, now: datetime, after: timedelta = timedelta()
) -> None:
    """Notes a letter to the writer of what was answered, once, unless they answered themselves."""
    if parent is not None and parent.commenter_seq != comment.commenter_seq:
        letter_to(w, parent.commenter_seq, "reply", event=publication(comment), about=comment, after=after, now=now)


def publication(comment: Comment) -> str:
    """The event of its publication, by which letters about it are known."""
    return f"published:{comment.id}"
