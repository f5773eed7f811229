"""A guest comments with a name and a mail address. Nothing is published, and no name is taken, before the button of the
letter to that address was pressed: what was written waits aside until then.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from rejoinder.actions.post_comment import Post, Posted, post_comment
from rejoinder.actions.register_commenter import take_name
from rejoinder.actions.rename import may_have_name
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.closing import Standing
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import closed, fits
from rejoinder.discussion.names import clean_name, name_key
from rejoinder.discussion.refusals import NameTaken, NoGuests, RepliesOnly, StoryWithdrawn
from rejoinder.discussion.stories import Story
from rejoinder.discussion.text import clean
from rejoinder.store import accounts, guest_drafts, jobs, sessions, sites, stories
from rejoinder.store.database import Write
from rejoinder.store.guest_drafts import GuestDraft


class GuestComment(Struct, frozen=True, kw_only=True):
    """Whose button was pressed, the name they take, and the session by which their browser is known from now on."""

    site_seq: int
    draft_token: str
    name: str
    token: str
    lasts: timedelta
    agent: str = ""


def ask_guest(w: Write, site_seq: int, draft: GuestDraft, *, token: str, now: datetime) -> None:
    """Keeps the draft, and notes the letter to the address. A name that is a guest's may be their own: the letter goes
    out, and whose it is shows when it is answered. Raises NoGuests where the story takes no guests, BadName,
    NameTaken, and what would keep the text from being posted.
    """
    story = stories.by_seq(w, site_seq, draft.story_seq)
    _must_be_open_to_guests(story, replies=draft.parent_id is not None, now=now)
    fits(clean(draft.text), story.rules_here)
    if not guest_drafts.is_a_guests(w, site_seq, name_key(clean_name(draft.name))):
        may_have_name(w, site_seq, draft.name, now=now)
    guest_drafts.add(w, site_seq, draft, token, now=now)
    jobs.add(
        w,
        "letter",
        site_seq=site_seq,
        event=f"guest:{token[:12]}",
        recipient="guest",
        payload={"letter": "guest", "to": draft.email, "token": token, "story": draft.story_seq},
        now=now,
    )


def post_as_guest(w: Write, order: GuestComment, *, now: datetime) -> tuple[Posted, Story]:
    """The guest's comment, published or held as any other, under a name that is theirs from now on. Pressing the button
    agrees to the policy that holds, as registering does. Raises TokenExpired, NoGuests, BadName, NameTaken, and the
    refusals of a post; then the draft is still there.
    """
    sites.lock(w, order.site_seq)
    draft = guest_drafts.take(w, order.site_seq, order.draft_token, now=now)
    story = stories.by_seq(w, order.site_seq, draft.story_seq)
    _must_be_open_to_guests(story, replies=draft.parent_id is not None, now=now)
    account, commenter = _guest(w, order, draft, now=now)
    sessions.add(w, account, order.token, lasts=order.lasts, agent=order.agent, now=now)
    post = Post(
        site_seq=order.site_seq,
        agrees=story.policy_version,  # the page with the button leads to it, as the form before did
        story_seq=draft.story_seq,
        commenter_seq=commenter.seq,
        text=draft.text,
        parent_id=draft.parent_id,
    )
    return post_comment(w, post, now=now), stories.by_seq(w, order.site_seq, draft.story_seq)


def _guest(w: Write, order: GuestComment, draft: GuestDraft, *, now: datetime) -> tuple[Account, Commenter]:
    """The guest, as they were before or new."""
    key = name_key(clean_name(order.name))
    found = guest_drafts.guest_of(w, order.site_seq, key=key, email=draft.email)
    if found is not None:
        return accounts.lock(w, found[0].seq), found[1]
    if guest_drafts.is_a_guests(w, order.site_seq, key):
        raise NameTaken
    account = accounts.add_signed_in(w, letters_to=draft.email, now=now)
    return account, take_name(w, order.site_seq, account, name=order.name, now=now, is_guest=True)


def _must_be_open_to_guests(story: Story, *, replies: bool, now: datetime) -> None:
    if not story.rules_here.takes_guests:
        raise NoGuests
    if story.withdrawn_at is not None:
        raise StoryWithdrawn
    _takes(story.standing(now), replies=replies)


def _takes(standing: Standing, *, replies: bool) -> None:
    if standing.takes_comments or (replies and standing.takes_replies):
        return
    raise RepliesOnly if standing.takes_replies else closed(standing)
