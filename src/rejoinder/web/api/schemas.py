"""What goes over the wire: requests and answers. The OpenAPI document is drawn from these structs.

A field that is absent from a request has the default shown; a field we do not know is refused, so that a misspelt one
is not silently ignored. Instants are RFC 3339 in UTC.
"""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

# Requests


class OpenSession(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The publisher's word for the reader of its page."""

    token: Annotated[str, Meta(description="A JWT that the publisher's server signed; it serves once.")]


class Session(Struct, frozen=True, kw_only=True):
    """A session of an embed's."""

    token: Annotated[str, Meta(description="Sent as `Authorization: Bearer` from pages of the same origin.")]
    name: Annotated[str, Meta(description="The reader's name on this site.")]


class PostComment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A comment, or with `parent` a reply."""

    text: Annotated[str, Meta(description="Plain text with paragraphs, links, **bold**, *italic* and > quotes.")]
    parent: Annotated[UUID | None, Meta(description="The id of the comment this one answers.")] = None
    agrees: Annotated[int, Meta(ge=0, description="The version of the policy its writer agrees to.")] = 0


class PreviewComment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text that is not to be posted yet."""

    text: str


class Preview(Struct, frozen=True, kw_only=True):
    """A text as it would be published, and why an editor would read it first."""

    html: Annotated[str, Meta(description="Safe HTML, as a comment's.")]
    held: Annotated[tuple[str, ...], Meta(description="The reasons, in the site's language; none: published at once.")]


class ChangeComment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another text for one's own comment."""

    text: str
    revision: Annotated[int, Meta(description="The revision that was read before writing this; another is `stale`.")]


class FlagComment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report."""

    reason: Annotated[str, Meta(description="The code of a reason, such as `irrelevant` or `inappropriate`.")]
    note: Annotated[str, Meta(description="The reporter's own words, at most 2000 characters.")] = ""
    email: Annotated[
        str | None, Meta(description="Where a reporter without an account wants to hear of the outcome.")
    ] = None


class DecideComment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An editor's decision."""

    outcome: Annotated[
        Literal["approve", "lower", "reject"], Meta(description="`lower`: it stands, but after all others.")
    ]
    revision: Annotated[int, Meta(description="The revision that was read; another is `stale`.")]
    reason: Annotated[str | None, Meta(description="The code of a reason. Rejecting and lowering need one.")] = None
    note: Annotated[str, Meta(description="A word to the writer.")] = ""
    words: Annotated[
        str, Meta(description="The words of the comment that it is about, as they stand there, a line each.")
    ] = ""
    seen_decision: Annotated[
        UUID | UnsetType | None,
        Meta(
            description="The last decision on the comment that was known, or null for none. Where a colleague has "
            "decided since, the answer is `decided-meanwhile`. Left out, nobody asks."
        ),
    ] = UNSET


# Answers


class Section(Struct, frozen=True, kw_only=True):
    key: str
    name: str


class Photo(Struct, frozen=True, kw_only=True):
    url: str | None
    alt: str
    caption: str
    credit: str
    width: int | None
    height: int | None


class Credits(Struct, frozen=True, kw_only=True):
    reporting: tuple[str, ...]
    writing: tuple[str, ...]
    editing: tuple[str, ...]


class Discussion(Struct, frozen=True, kw_only=True):
    """What may be done under the story now, until when (null: for good), and what comes then. While it `rests`, or
    where a rest comes next, `closes` is when the schedule itself goes on (null: never).
    """

    phase: Annotated[str, Meta(description="`open`, `replies`, `reactions` or `read-only`.")]
    takes_comments: bool
    takes_replies: bool
    takes_recommendations: bool
    until: datetime | None
    then: str | None
    rests: bool
    closes: datetime | None
    is_withdrawn: bool
    comments: Annotated[int, Meta(description="How many published comments there are, replies included.")]


class StoryBrief(Struct, frozen=True, kw_only=True):
    """A story in a list. `version` is raised by everything that changes what readers see."""

    id: UUID
    slug: str
    headline: str
    standfirst: str
    section: Section | None
    published_at: datetime | None
    updated_at: datetime | None
    language: str | None
    canonical_url: str | None
    page: Annotated[str, Meta(description="The story's page here.")]
    version: int
    discussion: Discussion


class Counts(Struct, frozen=True, kw_only=True):
    """Published comments by the addresses that were asked for. They may be two seconds behind."""

    counts: dict[str, int]


class RulesHere(Struct, frozen=True, kw_only=True):
    """What a writer can know before they write. The word lists are the editors' own."""

    mode: Annotated[str, Meta(description="`pre-moderated`, `post-moderated`, `reactive` or `closed`.")]
    who: Annotated[str, Meta(description="May comment: `everybody`, `recognised` or `staff`.")]
    guests: Annotated[bool, Meta(description="Whether a name and a confirmed address are enough.")]
    languages: Annotated[tuple[str, ...], Meta(description="A comment in another is held; none: any.")]
    shortest: Annotated[int, Meta(description="Characters.")]
    longest: Annotated[int, Meta(description="Characters.")]
    links: Annotated[int, Meta(description="More than so many and a comment is held.")]
    edit_window: Annotated[int, Meta(description="Seconds in which one's own comment can be changed.")]


class Tally(Struct, frozen=True, kw_only=True):
    """Comments that ever stood under a story, those of them that were removed, and for which reasons, by code."""

    posted: int
    removed: int
    reasons: dict[str, int]


class Story(StoryBrief, frozen=True, kw_only=True):
    """A story with its text. `published_at_source` says who said when it was published."""

    publisher_id: str | None
    published_at_source: str | None
    byline: tuple[str, ...]
    place: str
    agency: str
    photo: Photo | None
    topics: tuple[str, ...]
    tags: Annotated[tuple[str, ...], Meta(description="The topics, and what the editors made of them.")]
    rules: Annotated[RulesHere, Meta(description="What holds for comments under it.")]
    paragraphs: tuple[str, ...]
    credits: Credits


class Stories(Struct, frozen=True, kw_only=True):
    """The newest first."""

    stories: tuple[StoryBrief, ...]


class Author(Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    role: str
    level: Annotated[str, Meta(description="On the trust ladder: `new`, `recognised` or `expert`.")]
    badges: Annotated[tuple[str, ...], Meta(description="The publisher's own marks.")] = ()
    is_guest: bool = False


class Comment(Struct, frozen=True, kw_only=True):
    """A comment. Of one that is gone readers see no author and no text, only that it was there and, where the editors
    gave one, the reason.
    """

    id: UUID
    story: Annotated[str, Meta(description="The story's slug.")]
    status: Annotated[
        str,
        Meta(description="`published`, `pending`, `hidden`, `removed`, `rejected`, `spam` or `deleted`."),
    ]
    parent: UUID | None
    depth: int
    replies: Annotated[int, Meta(description="Published replies below a comment that answers none.")]
    recommended: Annotated[int, Meta(description="By so many accounts.")]
    recommended_by_guests: Annotated[int, Meta(description="Without an account, where the site allows that.")]
    picked: Annotated[bool, Meta(description="Whether the editors have picked it.")]
    pick_note: Annotated[str, Meta(description="What the editors wrote beside the pick.")]
    lowered: Annotated[bool, Meta(description="Whether it stands after all others, by a decision of the editors.")]
    locked: Annotated[bool, Meta(description="Whether it takes no replies: it, or one above it, was closed.")]
    author: Author | None
    text: Annotated[str, Meta(description="As it was written.")]
    html: Annotated[str, Meta(description="Safe HTML.")]
    revision: int
    created_at: datetime
    published_at: datetime | None
    edited_at: datetime | None
    removal_reason: Annotated[str | None, Meta(description="The code of the reason it was removed for.")]
    page: Annotated[str, Meta(description="The comment's page here.")]


class Thread(Struct, frozen=True, kw_only=True):
    """A comment that answers none, and its first replies, each after what it answers."""

    root: Comment
    replies: tuple[Comment, ...]
    more: Annotated[int, Meta(description="How many replies are not here.")]
    next: Annotated[str | None, Meta(description="The cursor for the root's `replies` that go on from here.")]


class Comments(Struct, frozen=True, kw_only=True):
    """A page of a discussion in the order asked for: `comments` in the flat view, `threads` in the other."""

    story: str
    version: Annotated[int, Meta(description="The version of the story this page shows.")]
    comments: tuple[Comment, ...] = ()
    threads: tuple[Thread, ...] = ()
    next: Annotated[str | None, Meta(description="The cursor for the next page; null on the last.")] = None


class Replies(Struct, frozen=True, kw_only=True):
    """More replies below one comment, in the order of publication."""

    comments: tuple[Comment, ...]
    next: str | None


class Recommendation(Struct, frozen=True, kw_only=True):
    """How a comment stands with its readers, and with who asks."""

    recommended: Annotated[int, Meta(description="By so many accounts.")]
    recommended_by_guests: int
    mine: Annotated[bool, Meta(description="Whether the one who asks recommends it.")]


class FileAppeal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request to decide again."""

    text: Annotated[str, Meta(description="One's own words, at most 2000 characters; may be empty.")] = ""


class HearAppeal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an editor makes of an appeal."""

    outcome: Literal["granted", "refused"]
    revision: Annotated[
        int, Meta(description="The revision that was read; another is `stale`. 0 where it is about a person.")
    ]
    answer: Annotated[str, Meta(description="What whoever appealed is told. A refusal needs one.")] = ""
    reason: Annotated[
        str | None, Meta(description="Why the comment goes, where a reporter's appeal is granted: a code.")
    ] = None


class Appeal(Struct, frozen=True, kw_only=True):
    """An appeal as whoever made it sees it. `outcome` is null while it waits, then `granted`, `refused` or `withdrawn`
    (who wrote the comment has left).
    """

    id: UUID
    text: str
    created_at: datetime
    outcome: str | None
    heard_at: datetime | None
    answer: str
    is_fresh_look: Annotated[bool, Meta(description="The one who decided heard it, on a later day: nobody else was.")]


class ToldClause(Struct, frozen=True, kw_only=True):
    """A numbered clause of the policy."""

    number: int
    sentence: str
    section: Annotated[str | None, Meta(description="The section that adds it to the policy; null: it is the site's.")]


class Told(Struct, frozen=True, kw_only=True):
    """A decision as the comment's writer may know it."""

    id: UUID
    comment: UUID
    outcome: Annotated[str, Meta(description="`reject`, `hide` or `edit`.")]
    created_at: datetime
    is_automatic: bool
    after_reports: bool
    reason: str | None
    told: Annotated[str, Meta(description="The reason in a sentence, in the site's language.")]
    also: Annotated[tuple[str, ...], Meta(description="The codes of further reasons.")]
    clauses: Annotated[tuple[ToldClause, ...], Meta(description="Of the policy that it names, as they were.")]
    note: str
    text: Annotated[str, Meta(description="The words it was taken on.")]
    spans: Annotated[tuple[tuple[int, int], ...], Meta(description="What weighed, as (start, end) in the text.")]
    changed_to: Annotated[str, Meta(description="The text after an editor's change, else empty.")]
    holds: Annotated[str, Meta(description="`yes`, `taken back`, `replaced` or `deleted`.")]
    appeal_until: Annotated[datetime | None, Meta(description="Within its day; null where there can be no appeal.")]
    appeal: Appeal | None


class Receipt(Struct, frozen=True, kw_only=True):
    """A report as its reporter may see it. `outcome` is null while it waits, then `upheld`, `declined`,
    `gone` (with the comment it answered) or `moot` (its writer deleted it).
    """

    receipt: Annotated[str, Meta(description="Keep it: it alone shows what became of the report.")]
    comment: UUID
    reason: str
    note: str
    created_at: datetime
    outcome: str | None
    resolved_at: datetime | None
    told: Annotated[str, Meta(description="Why the comment went, in a sentence; else empty.")] = ""
    appeal_until: Annotated[datetime | None, Meta(description="How long a refusal can be appealed, or null.")] = None
    appeal: Appeal | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """Why a comment was held. `spans` are (start, end) of what weighed, in characters of the text."""

    check: str
    sentence: str
    spans: tuple[tuple[int, int], ...]
    rule: Annotated[str, Meta(description="The rule behind it, if any.")]
    set_at: Annotated[str, Meta(description="Where that is set: `site`, `section`, `tags`, `story`, or `default`.")]


class Flag(Struct, frozen=True, kw_only=True):
    """A report as the desk sees it. `reporter` is null for one without an account."""

    reason: str
    note: str
    revision: int
    created_at: datetime
    reporter: str | None
    outcome: str | None


class Case(Struct, frozen=True, kw_only=True):
    """One reason to look at one comment, or, for a correction, at a story; an appeal without a comment is about a
    person, and its `headline` is empty.
    """

    id: UUID
    kind: Annotated[str, Meta(description="`held`, `reported`, `appeal`, `notice`, `correction` or `opinion`.")]
    opened_at: datetime
    headline: str
    comment: Comment | None
    last_decision: Annotated[UUID | None, Meta(description="The last on the comment: what `seen_decision` is.")]
    findings: tuple[Finding, ...]
    flags: tuple[Flag, ...]


class Queue(Struct, frozen=True, kw_only=True):
    """What waits for a decision, with how many wait in all, by kind: exactly up to 10,000, and 10,001 for more."""

    cases: tuple[Case, ...]
    counts: dict[str, int]
    next: str | None


class Decision(Struct, frozen=True, kw_only=True):
    """One entry of the record."""

    id: UUID
    outcome: str
    revision: int
    status_before: str
    status_after: str
    reason: str | None
    note: str
    by: str | None
    created_at: datetime


class EditorsWarning(Struct, frozen=True, kw_only=True):
    """A warning of the editors, which its reader says to have read before they write on."""

    id: UUID
    reason: Annotated[str, Meta(description="The code of the rule that it is about.")]
    told: Annotated[str, Meta(description="That rule in a sentence, in the site's language, with its clause.")]
    text: Annotated[str, Meta(description="The editors' own words; may be empty.")]
    created_at: datetime


class Warnings(Struct, frozen=True, kw_only=True):
    """The warnings that keep the viewer from writing."""

    warnings: tuple[EditorsWarning, ...]


class PersonAct(Struct, frozen=True, kw_only=True):
    """What editors did about somebody's taking part."""

    id: UUID
    act: Annotated[str, Meta(description="`hold`, `suspend`, `ban` or `off ladder`; to its person also the others.")]
    reason: str | None
    text: Annotated[str, Meta(description="The editors' own words; may be empty.")]
    created_at: datetime
    until: datetime | None
    holds: bool


class ToldAct(PersonAct, frozen=True, kw_only=True):
    """What editors did about somebody, as that person may know it."""

    told: Annotated[str, Meta(description="The reason in a sentence, in the site's language.")]
    appeal_until: Annotated[datetime | None, Meta(description="Within its day; null where there can be no appeal.")]
    appeal: Appeal | None


class DeskAppeal(Appeal, frozen=True, kw_only=True):
    """An appeal as the desk sees it. `decision` is what it is against, or, where the editors had done something about a
    person, `person_act`.
    """

    by: Annotated[str, Meta(description="`writer` of the comment, `reporter`, `notifier`, or `person`.")]
    decision: Decision | None
    comment: Comment | None
    person: Annotated[str | None, Meta(description="The name of whom the act is about.")] = None
    person_act: PersonAct | None = None


class DeskAppeals(Struct, frozen=True, kw_only=True):
    """What waits to be heard, the longest waiting first."""

    appeals: tuple[DeskAppeal, ...]
    next: str | None


class Problem(Struct, frozen=True, kw_only=True):
    """Why not (RFC 9457). `code` is stable; `data` holds the figures of the sentence, such as a limit."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    data: dict[str, Any]
