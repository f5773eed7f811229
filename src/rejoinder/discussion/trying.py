"""Trying rules on what was written before: each comment is judged again as if it arrived then, under the rules as they
are and as they would be. Nothing changes. What was refused at the time was not kept, so it cannot be judged again.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Attempt, Earlier, Status, is_repeat, must_keep_rules
from rejoinder.discussion.copies import Copy, Marks, copies_of
from rejoinder.discussion.refusals import Refusal
from rejoinder.discussion.screening import Draft, Finding, screen
from rejoinder.discussion.sites import Twice
from rejoinder.discussion.stories import Story

MOST_EXAMPLES = 10


class Fate(StrEnum):
    PUBLISHED = "published"
    HELD = "held"
    REFUSED = "refused"


class Verdict(StrEnum):
    """What editors made of the comment."""

    APPROVED = "approved"
    REJECTED = "rejected"
    UNREAD = "unread"  # no editor has decided on it


class Past(Struct, frozen=True, kw_only=True):
    """A comment as it was written."""

    seq: int
    id: UUID
    story_seq: int
    commenter_seq: int
    text: str
    links: int
    fingerprint: bytes
    created_at: datetime
    status: Status  # now
    is_reply: bool = False
    verdict: Verdict = Verdict.UNREAD
    marks: Marks | None = None


class Surroundings(Struct, frozen=True, kw_only=True):
    """What was known when it was written: its writer as they stood, what they had written, who wrote the story's last
    published comments, the newest first, and what may be the same text by others.
    """

    commenter: Commenter
    approved_before: int = 0
    earlier: Sequence[Earlier] = ()  # with the same words
    recent: Sequence[datetime] = ()  # within the hour
    last_writers: Sequence[int] = ()
    copies: Sequence[Copy] = ()


class Judged(Struct, frozen=True, kw_only=True):
    """What becomes of a comment, and why."""

    fate: Fate
    findings: tuple[Finding, ...] = ()
    refusal: str = ""  # its code
    hidden: bool = False  # by reports, after it was published

    @property
    def how(self) -> tuple[Fate, bool]:
        """What readers see of it."""
        return self.fate, self.hidden

    def published(self, past: "Past") -> bool:
        """Whether it came to be published: at once, or as editors decided."""
        return self.fate is Fate.PUBLISHED or (self.fate is Fate.HELD and past.verdict is Verdict.APPROVED)


class Example(Struct, frozen=True, kw_only=True):
    """A comment that would fare otherwise."""

    past: Past
    before: Judged
    after: Judged


class Tally(Struct, frozen=True, kw_only=True):
    """How many comments have a fate, and what editors made of those."""

    count: int = 0
    approved: int = 0
    rejected: int = 0

    @property
    def unread(self) -> int:
        return self.count - self.approved - self.rejected


class Trial(Struct, frozen=True, kw_only=True):
    """What the rules would have done with comments that were written since `since`. `is_cut`: there were more, and the
    newest were looked at.
    """

    since: datetime
    looked_at: int
    is_cut: bool = False
    held: Tally = Tally()
    refused: Tally = Tally()
    hidden: Tally = Tally()  # by reports
    held_today: int = 0  # by the rules as they are
    refused_today: int = 0
    hidden_today: int = 0
    freed: int = 0  # held or refused by the rules as they are, and published by the new ones
    reasons: tuple[tuple[str, int], ...] = ()  # a check's or a refusal's name, and how many it would stop, most first
    examples: tuple[Example, ...] = ()


def judged(past: Past, story: Story, around: Surroundings) -> Judged:
    """What becomes of the comment under the story's rules, as it was written then."""
    rules = story.rules_here
    attempt = Attempt(
        text=past.text,
        fingerprint=past.fingerprint,
        story_seq=past.story_seq,
        commenter=around.commenter,
        standing=story.standing(past.created_at),
        rules=rules,
        withdrawn=False,
        now=past.created_at,
        replies=past.is_reply,
        earlier=around.earlier,
        recent=around.recent,
    )
    try:
        must_keep_rules(attempt)
    except Refusal as refusal:
        return Judged(fate=Fate.REFUSED, refusal=refusal.code)
    screened = screen(
        Draft(
            text=past.text,
            links=past.links,
            approved_before=around.approved_before,
            by_staff=around.commenter.is_staff,
            rules=rules,
            level=around.commenter.level,
            points=around.commenter.points,
            elsewhere=is_repeat(attempt) is not None and rules.same_elsewhere is Twice.HELD,
            copies=copies_of(past.text, around.copies, hours=rules.same_text_hours, now=past.created_at)
            if rules.same_text_people
            else None,
            theirs=around.last_writers[: rules.flood_among - 1].count(past.commenter_seq) if rules.flood_most else 0,
            layers=story.layers,
        )
    )
    return Judged(fate=Fate.HELD if screened.findings else Fate.PUBLISHED, findings=screened.findings)


Judge = Callable[[Past], tuple[Judged, Judged]]  # by the rules as they are, and as they would be


def trial(pasts: Iterable[Past], judge: Judge, *, since: datetime, is_cut: bool) -> Trial:
    """All of them judged, counted, with the newest that would fare otherwise."""
    every = [(past, *judge(past)) for past in pasts]
    stopped: dict[str, int] = {}
    for _, _, after in every:
        for name in dict.fromkeys([*(finding.check for finding in after.findings), after.refusal]):
            if name:
                stopped[name] = stopped.get(name, 0) + 1
    other = [Example(past=past, before=before, after=after) for past, before, after in every if before.how != after.how]
    other.sort(key=lambda example: example.past.seq, reverse=True)
    return Trial(
        since=since,
        looked_at=len(every),
        is_cut=is_cut,
        held=_tally(past for past, _, after in every if after.fate is Fate.HELD),
        refused=_tally(past for past, _, after in every if after.fate is Fate.REFUSED),
        hidden=_tally(past for past, _, after in every if after.hidden),
        hidden_today=sum(before.hidden for _, before, _ in every),
        held_today=sum(before.fate is Fate.HELD for _, before, _ in every),
        refused_today=sum(before.fate is Fate.REFUSED for _, before, _ in every),
        freed=sum(after.fate is Fate.PUBLISHED and before.fate is not Fate.PUBLISHED for _, before, after in every),
        reasons=tuple(sorted(stopped.items(), key=lambda each: -each[1])),
        examples=tuple(other[:MOST_EXAMPLES]),
    )


def _tally(pasts: Iterable[Past]) -> Tally:
    verdicts = [past.verdict for past in pasts]
    return Tally(
        count=len(verdicts),
        approved=verdicts.count(Verdict.APPROVED),
        rejected=verdicts.count(Verdict.REJECTED),
    )
