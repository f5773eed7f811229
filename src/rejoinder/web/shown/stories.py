"""Stories, and the discussion under one."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from markupsafe import Markup
from msgspec import Struct

from rejoinder.discussion.closing import Standing
from rejoinder.discussion.ranking import EXPLAINED, Order
from rejoinder.discussion.sites import Texts
from rejoinder.discussion.stories import Content
from rejoinder.web.shown.comments import Branch, ShownComment, ShownThread
from rejoinder.web.shown.embed import ForEmbed
from rejoinder.web.shown.page import Page
from rejoinder.web.shown.person_acts import ShownAct


class View(StrEnum):
    THREADS = "threads"
    FLAT = "flat"
    LOWERED = "lowered"  # what stands after all others


class Barred(StrEnum):
    """Why this reader has no form, where the discussion itself would take a comment."""

    LOG_IN = "log in"
    NAMELESS = "nameless"  # logged in, but has no name on this site yet
    UNCONFIRMED = "unconfirmed"
    BANNED = "banned"
    NOT_RECOGNISED = "not recognised"  # only readers whom the editors know may comment here
    NOT_STAFF = "not staff"  # only the editors may
    WARNED = "warned"  # and has not said that they read it


class WriteForm(Struct, frozen=True, kw_only=True):
    """A box to write in. Fields sent: `text`, `key` (a submit's idempotency key), `anyway`, `preview`
    (by its button), and `revision` when editing.
    """

    key: str
    longest: int
    text: str = ""
    problem: str = ""  # a refusal's sentence, worded; the text is then what was sent
    preview: Markup | None = None  # the text as it would be published
    nudge: tuple[str, ...] = ()  # why it would be held, worded
    anyway: str = ""  # the mark of the text under which it is sent to the editors
    logs_in: bool = False  # whether sending it asks for a log-in first
    guest: str = ""  # where it goes instead from somebody without an account; empty where nobody writes without
    policy: str = ""  # where the rules of conversation stand
    agrees: int = 0  # the version of them that is to be agreed to first; 0: none
    names: str = ""  # where a script finds the names that an @ can mean


class ShownStory(Struct, frozen=True, kw_only=True):
    """The article. Absent stays absent."""

    slug: str
    content: Content
    section: str = ""
    published_at: datetime | None = None
    canonical_url: str = ""  # the publisher's own page of it


class ShownLive(Struct, frozen=True, kw_only=True):
    """What a script needs to say what is new since this page was drawn. Each is JSON: the state the page shows, and two
    sentences by the kind of their number.
    """

    now: str
    place: int  # of the newest comment
    counts: str
    fresh: str


class Tally(Struct, frozen=True, kw_only=True):
    """What became of a discussion's comments: how many ever stood there, and how many were removed, by reason (a label,
    a catalogue key).
    """

    posted: int
    removed: int
    reasons: tuple[tuple[str, int], ...] = ()


class ShownDiscussion(Struct, frozen=True, kw_only=True):
    """What stands under a story for one reader. Threads or flat comments, as `view` says; `held` are this reader's own
    that wait; `after` is the cursor of the next page. `form` or `barred`, where the standing takes comments.
    """

    count: int
    standing: Standing
    withdrawn: bool = False
    reads_first: bool = False  # editors read every comment before it appears
    texts: Texts = Texts()
    view: View = View.THREADS
    order: Order = Order.OLDEST
    usual: Order = Order.OLDEST  # the order without a choice
    begun_again: bool = False  # the ranking that was paged through is no longer kept
    cut: bool = False  # there is more, but not in this order
    corrected_at: datetime | None = None  # the story, last, after a reader's word
    lowered: int = 0  # how many stand after all others, behind a link
    threads: tuple[ShownThread, ...] = ()
    flat: tuple[ShownComment, ...] = ()
    held: tuple[ShownComment, ...] = ()
    after: str | None = None
    is_first_page: bool = True
    form: WriteForm | None = None
    reply_form: WriteForm | None = None  # for replies in place; `key` is completed by the script
    barred: Barred | None = None
    ban_reason: str = ""
    ban_until: datetime | None = None
    ban_rule: str = ""  # what the policy says for it, worded
    warnings: tuple[ShownAct, ...] = ()
    live: ShownLive | None = None
    tally: Tally | None = None  # where the site shows it
    is_included: bool = False  # in a page of the publisher's: a link leads to the box, and no id of ours is in its way

    @property
    def chosen(self) -> str | None:
        """The order as the page's address names it: not at all where nothing was chosen."""
        return None if self.order is self.usual else self.order.value

    @property
    def explained(self) -> str:
        """What the order means, a catalogue key."""
        return EXPLAINED[self.order]

    @property
    def named(self) -> str | None:
        """The view as the page's address names it."""
        return None if self.view is View.THREADS else self.view.value

    @property
    def is_empty(self) -> bool:
        return not (self.threads or self.flat or self.held)

    @property
    def is_open(self) -> bool:
        return not self.withdrawn and self.standing.takes_comments

    @property
    def takes_replies(self) -> bool:
        return not self.withdrawn and self.standing.takes_replies


class StoryPage(Page, frozen=True, kw_only=True):
    template: ClassVar[str] = "story.html"

    story: ShownStory
    discussion: ShownDiscussion


class IncludePage(StoryPage, frozen=True, kw_only=True):
    """The discussion alone, to stand in a page of the publisher's. `data`: with what search engines read. `place` is
    that of its newest comment; `for_embed` what the embed's script needs besides.
    """

    template: ClassVar[str] = "include.html"

    data: bool = False
    place: int = 0
    for_embed: ForEmbed | None = None


class ExcusePage(Page, frozen=True, kw_only=True):
    """What stands in the publisher's page where there is no discussion to show; `state` is for programs."""

    template: ClassVar[str] = "excuse.html"

    state: str
    sentence: str


class ThreadPage(Page, frozen=True, kw_only=True):
    """A permalink: one comment in its thread. `root` is None where a page begins within a long thread."""

    template: ClassVar[str] = "thread.html"

    story: ShownStory
    standing: Standing
    at: UUID  # the comment that was asked for
    name: str  # its writer's
    root: ShownComment | None
    replies: tuple[Branch, ...] = ()
    after: str | None = None
    reply_form: WriteForm | None = None


class StoryLine(Struct, frozen=True, kw_only=True):
    """A story in a list."""

    slug: str
    headline: str
    comments: int
    standing: Standing
    standfirst: str = ""
    section: str = ""
    published_at: datetime | None = None
    withdrawn: bool = False


class FrontPage(Page, frozen=True, kw_only=True):
    template: ClassVar[str] = "front.html"

    stories: tuple[StoryLine, ...]
    after: str | None = None
    is_first_page: bool = True


class Publication(Struct, frozen=True, kw_only=True):
    key: str
    name: str
    language: str
    stories: int


class PublicationsPage(Page, frozen=True, kw_only=True):
    template: ClassVar[str] = "publications.html"

    publications: tuple[Publication, ...]
