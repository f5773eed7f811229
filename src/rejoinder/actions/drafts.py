"""A reader's text on its way to becoming a comment or an edit: cleaned, its @names found, rendered once, screened."""

from datetime import datetime, timedelta

from msgspec import Struct

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Attempt, Comment, Status, is_repeat
from rejoinder.discussion.copies import Copies, Marks, copies_of, marks_of
from rejoinder.discussion.names import candidates, mentions
from rejoinder.discussion.screening import Draft, Finding, screen
from rejoinder.discussion.sites import Mode, Twice
from rejoinder.discussion.stories import Story
from rejoinder.discussion.text import clean, fingerprint
from rejoinder.discussion.tongues import language_of
from rejoinder.discussion.tree import Mention
from rejoinder.discussion.trust import Level
from rejoinder.markup import HTML_VERSION, render
from rejoinder.store import commenters, comments, history
from rejoinder.store.comments import NewComment
from rejoinder.store.database import Read

MOST_MENTIONS = 50  # each @ is looked up by several names, and a database takes only so many at once


class Drafted(Struct, frozen=True, kw_only=True):
    """The text with all that is stored beside it. `answers` is the comment an "@NAME:" at its head speaks to."""

    text: str
    html: str
    html_version: int
    links: int
    fingerprint: bytes
    marks: Marks | None
    language: str
    mentions: tuple[Mention, ...]
    answers: Comment | None


def drafted(r: Read, story: Story, text: str) -> Drafted:
    """The draft of this text under this story. Two queries at most for the @names in it, none where there is no @ or so
    many that it is no talk any more.
    """
    cleaned = clean(text)
    is_talk = 0 < cleaned.count("@") <= MOST_MENTIONS
    known = commenters.in_story(r, story.site_seq, story.seq, candidates(cleaned)) if is_talk else {}
    found = mentions(cleaned, known)
    answered = comments.by_seqs(r, story.site_seq, [known[mention.key][1] for mention in found])
    latest = {mention.key: answered[known[mention.key][1]] for mention in found}
    rendered = render(cleaned, mentions=[(mention.start, mention.end) for mention in found])
    return Drafted(
        text=cleaned,
        html=rendered.html,
        html_version=HTML_VERSION,
        links=rendered.links,
        fingerprint=fingerprint(cleaned),
        marks=marks_of(cleaned),
        language=language_of(cleaned) or story.language,
        mentions=tuple(Mention(known[mention.key][0], latest[mention.key].id) for mention in found),
        answers=next((latest[mention.key] for mention in found if mention.head), None),
    )


class Around(Struct, frozen=True, kw_only=True):
    """What else was written, as far as the checks look at it: nothing, for a text that is only changed."""

    elsewhere: bool = False  # the same text by the same person under another story
    theirs: int = 0  # of the story's last comments
    copies: Copies | None = None  # nearly the same text by other people


ALONE = Around()


def screened(
    r: Read,
    story: Story,
    commenter: Commenter,
    draft: Drafted,
    *,
    created_at: datetime,
    now: datetime,
    parent: Comment | None = None,
    around: Around = ALONE,
) -> NewComment:
    """What is to be stored of the draft, published or held by the checks of this place. A query where newcomers are
    held.
    """
    findings = findings_of(r, story, commenter, draft, now=now, around=around)
    return NewComment(
        story_seq=story.seq,
        commenter_seq=commenter.seq,
        parent=parent,
        status=Status.PENDING if findings else Status.PUBLISHED,
        text=draft.text,
        html=draft.html,
        html_version=draft.html_version,
        fingerprint=draft.fingerprint,
        marks=draft.marks,
        mentions=draft.mentions,
        findings=findings,
        policy_version=story.policy_version,
        language=draft.language,
        reviewed_at=created_at if story.rules_here.mode is Mode.REACTIVE and not findings else None,
        created_at=created_at,
    )


def around_here(r: Read, story: Story, commenter: Commenter, draft: Drafted, attempt: Attempt) -> Around:
    """What the checks of a new comment look at beside its text. A query where flooding is watched, and one where the
    same text by several people is.
    """
    rules = story.rules_here
    repeated = is_repeat(attempt)
    theirs = 0
    if rules.flood_most:
        last = history.last_writers(r, story.site_seq, story.seq, most=rules.flood_among - 1)
        theirs = last.count(commenter.seq)
    return Around(
        elsewhere=repeated is not None and rules.same_elsewhere is Twice.HELD,
        theirs=theirs,
        copies=copies_here(r, story, commenter, draft, now=attempt.now),
    )


def copies_here(r: Read, story: Story, commenter: Commenter, draft: Drafted, *, now: datetime) -> Copies | None:
    """Nearly this text by other people anywhere on the site. A query where that is watched and the text long enough.
    Two who post at one moment may not see each other: this check advises, it locks nothing.
    """
    rules = story.rules_here
    if not rules.same_text_people or draft.marks is None:
        return None
    hours = rules.same_text_hours
    others = history.like(r, story.site_seq, draft.marks, not_by=commenter.seq, since=now - timedelta(hours=hours))
    return copies_of(draft.text, others, hours=hours, now=now)


def findings_of(
    r: Read, story: Story, commenter: Commenter | None, draft: Drafted, *, now: datetime, around: Around = ALONE
) -> tuple[Finding, ...]:
    """Why an editor would read the draft first. Somebody who is not known yet has published nothing. A query where
    newcomers are held.
    """
    rules = story.rules_here
    most = 0 if rules.ladder.on else rules.newcomer_comments
    before = history.published_by(r, story.site_seq, commenter.seq, most=most) if most and commenter else 0
    return screen(
        Draft(
            text=draft.text,
            links=draft.links,
            approved_before=before,
            by_staff=commenter is not None and commenter.is_staff,
            rules=rules,
            level=commenter.level if commenter else Level.NEW,
            points=commenter.points if commenter else 0,
            elsewhere=around.elsewhere,
            theirs=around.theirs,
            copies=around.copies,
            layers=story.layers,
            is_held=commenter is not None and commenter.is_held(now),
        )
    ).findings
