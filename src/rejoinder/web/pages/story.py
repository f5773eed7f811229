"""A story with its discussion, and the lists that lead there."""

import secrets
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.actions.read_policy import rule_told
from rejoinder.discussion.commenters import Commenter, must_take_part
from rejoinder.discussion.comments import must_be_among
from rejoinder.discussion.ranking import Order
from rejoinder.discussion.refusals import (
    BadCursor,
    Banned,
    NoGuests,
    NotConfirmed,
    RecognisedOnly,
    StaffOnly,
    UnknownComment,
)
from rejoinder.discussion.sites import Mode, Texts, Who
from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Entry, in_reading_order, threads
from rejoinder.store import entries, stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, moved
from rejoinder.web.pages.drawing import drawing
from rejoinder.web.pages.editors_words import unread
from rejoinder.web.pages.framing import chrome, edition_of, listed, show, show_edition
from rejoinder.web.pages.live import shown_live
from rejoinder.web.pages.orders import Piece, everything, lowered, order_asked, picks
from rejoinder.web.pages.orders import roots as roots_in
from rejoinder.web.pages.previewing import empty
from rejoinder.web.pages.tally import tally_of
from rejoinder.web.shown.comments import ShownComment, ShownThread, branches
from rejoinder.web.shown.stories import (
    Barred,
    FrontPage,
    ShownDiscussion,
    ShownStory,
    StoryLine,
    StoryPage,
    ThreadPage,
    View,
    WriteForm,
)
from rejoinder.web.visits import Visit

REPLIES = 100  # replies on a thread's own page
NEWEST = 50  # stories on the front page


def front(r: Read, visit: Visit) -> Answer:
    """The publication's newest stories."""
    now = visit.asked.now
    lines = tuple(
        StoryLine(
            slug=story.slug,
            headline=story.content.headline,
            comments=story.published_count,
            standing=story.standing(now),
            standfirst=story.content.standfirst,
            section=story.section_name or "",
            published_at=story.published_at,
            withdrawn=story.withdrawn_at is not None,
        )
        for story in stories.newest(r, visit.site.seq, most=NEWEST)
    )
    page = FrontPage(chrome=chrome(r, visit, canonical=addresses.front(visit.site.key)), stories=lines)
    return show(visit, page, edition=listed(visit))


def story(r: Read, visit: Visit) -> Answer:
    """The story page. Without a session it is the same for everybody."""
    found = stories.by_slug(r, visit.site.seq, visit.asked.part("slug"))
    if found.merged_into is not None:
        return moved(addresses.story(visit.site.key, stories.standing_for(r, found).slug))
    view, order, after = part_asked_for(visit, found)

    def draw() -> StoryPage:
        canonical = found.canonical_url or addresses.story(visit.site.key, found.slug)
        return StoryPage(
            chrome=chrome(r, visit, canonical=canonical),
            story=shown_story(found),
            discussion=_discussion(r, visit, found, view=view, order=order, after=after),
        )

    return show_edition(visit, edition_of(visit, found), draw, asked_for=("story", view, order, after))


def part_asked_for(visit: Visit, found: Story) -> tuple[View, Order, int]:
    """Which part of a discussion is asked for: how it is shown, in which order, from where. Raises BadCursor."""
    typed = visit.asked.query.get("view")
    view = View(typed) if typed in (View.FLAT.value, View.LOWERED.value) else View.THREADS
    return view, order_asked(visit.asked.query.get("order"), found), cursor(visit)


def discussion_asked_for(r: Read, visit: Visit, found: Story) -> ShownDiscussion:
    """That part of the story's discussion. Raises BadCursor."""
    view, order, after = part_asked_for(visit, found)
    return _discussion(r, visit, found, view=view, order=order, after=after)


def thread(r: Read, visit: Visit) -> Answer:
    """A permalink: the comment in its thread, on the page of the thread that has it."""
    found, asked_for, draw = thread_asked_for(r, visit)
    return show_edition(visit, edition_of(visit, found), draw, asked_for=asked_for)


def thread_asked_for(r: Read, visit: Visit) -> tuple[Story, tuple[object, ...], Callable[[], ThreadPage]]:
    """The story, which part of it the visit asks for, and how that is drawn. Raises UnknownComment, BadCursor."""
    asked_for = entries.one(r, visit.site.seq, visit.asked.id())
    comment = must_be_visible(visit, asked_for).comment
    found = stories.by_seq(r, visit.site.seq, comment.story_seq)
    after = cursor(visit) or _page_before(comment.reply_place)
    return found, ("thread", comment.id, after), lambda: _thread_page(r, visit, found, asked_for, after=after)


def _thread_page(r: Read, visit: Visit, found: Story, asked_for: Entry | None, *, after: int) -> ThreadPage:
    comment = must_be_visible(visit, asked_for).comment
    root = entries.one_by_seq(r, visit.site.seq, comment.root_seq or comment.seq)
    must_be_visible(visit, root)
    below = entries.replies_after(r, root.comment, after=after, most=REPLIES + 1) if root else []
    below, more = below[:REPLIES], len(below) > REPLIES
    own = [asked_for] if asked_for and comment.publish_seq is None and comment.root_seq else []
    draw = drawing(r, visit, found, [*([root] if root else []), *below, *own])
    return ThreadPage(
        chrome=chrome(r, visit, canonical=addresses.comment(visit.site.key, comment.id)),
        story=shown_story(found),
        standing=draw.standing,
        at=comment.id,
        name=asked_for.author.name if asked_for else "",
        root=draw.comment(root) if root else None,
        replies=branches([draw.comment(reply) for reply in in_reading_order(below)])
        + branches([draw.own_held(entry) for entry in own]),
        after=str(below[-1].comment.reply_place) if more else None,
        reply_form=_in_place(_form(visit, found)[0]),
    )


def shown_story(found: Story) -> ShownStory:
    """The article's part of a page."""
    return ShownStory(
        slug=found.slug,
        content=found.content,
        section=found.section_name or "",
        published_at=found.published_at,
        canonical_url=found.canonical_url or "",
    )


def cursor(visit: Visit) -> int:
    """Where the page begins. Raises BadCursor."""
    typed = visit.asked.query.get("after", "0")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 15:  # noqa: PLR2004 - more than any place
        raise BadCursor
    return int(typed)


def must_be_visible(visit: Visit, entry: Entry | None) -> Entry:
    """The entry, if this visitor may see that it exists: once published, their own, or they are staff. Raises
    UnknownComment.
    """
    if entry is None:
        raise UnknownComment
    is_own = visit.viewer is not None and visit.viewer.seq == entry.comment.commenter_seq
    if not entry.comment.was_published and not is_own and not visit.is_at_the_desk:
        raise UnknownComment
    return entry


def barred(visit: Visit, found: Story) -> Barred | None:
    """Why this visitor may not write under the story, or None."""
    who = found.rules_here.who
    if visit.session is None:
        return Barred.NOT_STAFF if who is Who.STAFF else Barred.LOG_IN
    if visit.viewer is None:
        return Barred.NAMELESS
    try:
        must_take_part(visit.viewer, now=visit.asked.now)
    except NotConfirmed:
        return Barred.UNCONFIRMED
    except Banned:
        return Barred.BANNED
    if visit.viewer.warned_at is not None:
        return Barred.WARNED
    return _not_among(visit.viewer, found)


def _not_among(viewer: Commenter, found: Story) -> Barred | None:
    try:
        must_be_among(viewer, found.rules_here)
    except StaffOnly:
        return Barred.NOT_STAFF
    except RecognisedOnly:
        return Barred.NOT_RECOGNISED
    except NoGuests:
        return None  # said when they write: an account is all that is missing
    return None


def why_not(r: Read, visit: Visit, why: Barred | None) -> dict[str, Any]:
    """What a page says of a ban or of warnings, as its fields: a query or two for whom it is about, else none."""
    viewer = visit.viewer
    if viewer is not None and why is Barred.BANNED:
        rule = rule_told(r, visit.site, viewer.ban_code, visit.words.gettext)
        return {"ban_reason": viewer.ban_reason, "ban_until": viewer.banned_until, "ban_rule": rule}
    return {"warnings": unread(r, visit)} if why is Barred.WARNED else {}


def write_form(found: Story, *, text: str = "", problem: str = "") -> WriteForm:
    """An empty box, or one with what was sent and what was wrong with it."""
    return WriteForm(key=secrets.token_urlsafe(12), longest=found.rules_here.longest, text=text, problem=problem)


def _form(visit: Visit, found: Story) -> tuple[WriteForm | None, Barred | None]:
    """The box, for everybody who may write or only has to log in for it; or why there is none."""
    why = barred(visit, found)
    return (empty(visit, found), None) if why in (None, Barred.LOG_IN) else (None, why)


def _in_place(form: WriteForm | None) -> WriteForm | None:
    """The box as it opens below any comment: a guest's reply has a page of its own, which knows what it answers."""
    return replace(form, guest="") if form else None


def texts_of(visit: Visit, found: Story) -> Texts:
    """The site's wording, with the page's own notices where it came with some."""
    texts, content = visit.site.texts, found.content
    return replace(
        texts,
        invitation=content.policy_notice or texts.invitation,
        closed=content.closing_notice or texts.closed,
    )


class _Asked(Struct, frozen=True, kw_only=True):
    """Which part of a discussion is asked for, and the reader's own comments that wait under it."""

    story: Story
    view: View
    order: Order
    after: int
    held: tuple[Entry, ...]


class _Part(Struct, frozen=True, kw_only=True):
    """A page of a discussion: threads or flat comments, and where the next page begins."""

    threads: tuple[ShownThread, ...] = ()
    flat: tuple[ShownComment, ...] = ()
    held: tuple[ShownComment, ...] = ()
    after: str | None = None
    begun_again: bool = False
    cut: bool = False


def _discussion(r: Read, visit: Visit, found: Story, *, view: View, order: Order, after: int) -> ShownDiscussion:
    form, why = _form(visit, found)
    part = _Part()
    if found.withdrawn_at is None:
        held = entries.held_of(r, visit.site.seq, found.seq, visit.viewer.seq) if visit.viewer else []
        asked = _Asked(story=found, view=view, order=order, after=after, held=tuple(held))
        is_flat = view is View.FLAT or (view is View.THREADS and order is Order.PICKS)
        part = _flat(r, visit, asked) if is_flat else _threads(r, visit, asked)
    return ShownDiscussion(
        count=found.published_count,
        standing=found.standing(visit.asked.now),
        withdrawn=found.withdrawn_at is not None,
        reads_first=found.rules_here.mode is Mode.PRE,
        texts=texts_of(visit, found),
        view=view,
        order=order,
        usual=found.rules_here.order,
        begun_again=part.begun_again,
        cut=part.cut,
        corrected_at=max(found.corrected, default=None),
        lowered=found.lowered,
        threads=part.threads,
        flat=part.flat,
        held=part.held,
        after=part.after,
        is_first_page=not after,
        form=form,
        reply_form=_in_place(form),
        barred=why,
        **why_not(r, visit, why),
        live=shown_live(visit, found),
        tally=tally_of(r, found),
    )


def _mark(piece: Piece) -> str | None:
    return None if piece.after is None else str(piece.after)


def _threads(r: Read, visit: Visit, asked: _Asked) -> _Part:
    story = asked.story
    if asked.view is View.LOWERED:
        piece = lowered(r, story, after=asked.after)
    else:
        piece = roots_in(r, story, asked.order, after=asked.after)
    roots = piece.found
    below = entries.first_replies(r, story.site_seq, [root for root in roots if root.comment.root_seq is None])
    draw = drawing(r, visit, story, [*roots, *below, *asked.held])
    return _Part(
        threads=tuple(draw.thread(each) for each in threads(roots, below)),
        held=tuple(draw.own_held(entry) for entry in asked.held),
        after=_mark(piece),
        begun_again=piece.begun_again,
        cut=piece.cut,
    )


def _flat(r: Read, visit: Visit, asked: _Asked) -> _Part:
    story = asked.story
    by_pick = asked.view is not View.FLAT
    piece = picks(r, story, after=asked.after) if by_pick else everything(r, story, after=asked.after)
    draw = drawing(r, visit, story, [*piece.found, *asked.held])
    return _Part(
        flat=tuple(draw.comment(entry) for entry in piece.found),
        held=tuple(draw.own_held(entry) for entry in asked.held),
        after=_mark(piece),
    )


def _page_before(place: int | None) -> int:
    """Where a page of a long thread begins so that it holds this place."""
    return (place - 1) // REPLIES * REPLIES if place else 0
