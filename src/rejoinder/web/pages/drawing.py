"""From entries to what a page shows of them: for this reader, at this moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from rejoinder.discussion.closing import Standing
from rejoinder.discussion.commenters import Act, Role
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.corrections import corrected_after
from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.refusals import _
from rejoinder.discussion.sites import Rules
from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Author, Entry, Thread
from rejoinder.discussion.trust import Level, needed
from rejoinder.markup import with_names
from rejoinder.store import entries, mutes, recommendations
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.shown.comments import Acts, Answered, Gone, Mark, ShownComment, ShownThread, thread
from rejoinder.web.visits import Visit

BADGES = 2  # beside one name
_LEVELS = {Level.NEW: Mark.NEW, Level.RECOGNISED: Mark.RECOGNISED, Level.EXPERT: Mark.EXPERT}
_GONE = {Status.REMOVED: Gone.REMOVED, Status.HIDDEN: Gone.HIDDEN, Status.DELETED: Gone.DELETED}


class Drawing(Struct, frozen=True, kw_only=True):
    """What is the same for all comments of one page."""

    visit: Visit
    rules: Rules
    standing: Standing
    byline: frozenset[str]
    names: Mapping[int, str]  # of who is mentioned
    muted: frozenset[int] = frozenset()  # by the viewer
    corrected: tuple[datetime, ...] = ()  # when the story was
    base: str = ""  # before the links in what is read elsewhere
    recommended: frozenset[int] = frozenset()  # which of them this reader recommends

    def comment(self, entry: Entry, *, held: str | None = None) -> ShownComment:
        """The comment for this reader. `held` is the sentence for its writer, where it waits."""
        comment = entry.comment
        is_own = self.visit.viewer is not None and self.visit.viewer.seq == comment.commenter_seq
        gone = None if comment.status is Status.PUBLISHED or held is not None else _gone(comment)
        return ShownComment(
            id=comment.id,
            name=entry.author.name,
            by=None if entry.author.has_left else entry.author.id,
            written_at=comment.created_at,
            html=Markup() if gone else self._html(entry),
            depth=comment.depth,
            mark=self._mark(entry),
            level=self._level(entry.author),
            badges=entry.author.badges[:BADGES],
            is_own=is_own,
            is_muted=comment.commenter_seq in self.muted,
            edited_at=comment.edited_at,
            by_editor=comment.edited_by is not None,
            has_changes=_has_changes(comment, self.rules),
            to=Answered(id=entry.to_id, name=entry.to_name or "") if entry.to_id else None,
            acts=self._acts(comment, is_own=is_own, is_gone=gone is not None),
            held=held,
            recommended=entry.recommended,
            recommended_by_guests=entry.recommended_by_guests,
            has_recommended=comment.seq in self.recommended,
            picked=entry.is_picked and gone is None,
            pick_note=entry.pick_note if gone is None else "",
            lowered=comment.is_lowered and gone is None,
            locked=comment.locked_by == comment.seq,
            gone=gone,
            gone_reason=_told(entry) if gone is Gone.REMOVED else "",
            corrected_at=None if gone else corrected_after(comment.created_at, self.corrected),
        )

    def thread(self, found: Thread) -> ShownThread:
        """A root with its replies."""
        return thread(self.comment(found.root), [self.comment(reply) for reply in found.replies], more=found.more)

    def own_held(self, entry: Entry) -> ShownComment:
        """A comment that waits, for its writer alone, with the first reason for it."""
        check = entry.findings[0].check if entry.findings else ""
        if check == "newcomer" and self.rules.ladder.on:
            return self.comment(entry, held=self._on_the_way())
        why = _HELD.get(check, "")
        return self.comment(entry, held=self.visit.words.gettext(why) if why else "")

    def _on_the_way(self) -> str:
        """How far the viewer is from being recognised."""
        points = self.visit.viewer.points if self.visit.viewer else 0
        more = needed(points, ladder=self.rules.ladder)
        said = self.visit.words
        return said.ngettext(
            "Comments of new readers are read before they appear; %(figure)s point more, and yours appear at once.",
            "Comments of new readers are read before they appear; %(figure)s points more, and yours appear at once.",
            more,
        ) % {"figure": said.format_number(more)}

    def _html(self, entry: Entry) -> Markup:
        def link(number: int) -> tuple[str, str]:
            mention = entry.mentions[number]
            name = self.names.get(mention.commenter_seq, "")
            if mention.comment_id is None:
                return name, f"#{addresses.anchor(entry.comment.id)}"
            return name, self.base + addresses.comment(self.visit.site.key, mention.comment_id)

        return Markup(with_names(entry.comment.html, link))  # noqa: S704 - made by markup.py and nh3's allow-list

    def _mark(self, entry: Entry) -> Mark | None:
        if not entry.author.has_account:
            return Mark.FORMER
        if entry.author.role is Role.READER:
            return Mark.GUEST if entry.author.is_guest else None
        if entry.author.name in self.byline:
            return Mark.AUTHOR
        return Mark.EDITOR if entry.author.role is Role.EDITOR else Mark.MODERATOR

    def _level(self, author: Author) -> Mark | None:
        """The level beside a reader's name, if the site shows it. Whoever an editor made an expert is one always."""
        is_reader = author.has_account and author.role is Role.READER
        is_shown = author.level.value in self.rules.marks and (self.rules.ladder.on or author.level is Level.EXPERT)
        return _LEVELS[author.level] if is_reader and is_shown else None

    def _acts(self, comment: Comment, *, is_own: bool, is_gone: bool) -> Acts:
        is_published = comment.status is Status.PUBLISHED
        until = comment.created_at + timedelta(seconds=self.rules.edit_window)
        can_change = is_own and not is_gone and comment.status in (Status.PUBLISHED, Status.PENDING)
        is_theirs = comment.edited_by is None
        is_in_time = self.standing.takes_replies and self.visit.asked.now < until
        return Acts(
            reply=is_published and self.standing.takes_replies and comment.locked_by is None,
            report=is_published and not is_own,
            recommend=is_published and not is_own and self.standing.takes_recommendations,
            pick=is_published and self.visit.may(Act.PICK),
            edit_until=until if can_change and is_theirs and is_in_time else None,
            delete=can_change,
        )


def drawing(r: Read, visit: Visit, story: Story, of: Iterable[Entry]) -> Drawing:
    """A drawing for these entries of the story. One query if anybody is mentioned in them; for a viewer one more, and
    one where any is recommended.
    """
    of = list(of)
    drawn = drawn_under(visit, story, names=entries.mentioned_names(r, visit.site.seq, of))
    muted = mutes.of(r, visit.site.seq, visit.viewer.seq) if visit.viewer else frozenset()
    return replace(drawn, muted=muted, recommended=_recommended(r, visit, of))


def drawn_under(visit: Visit, story: Story, *, names: Mapping[int, str], base: str = "") -> Drawing:
    """A drawing for comments of the story in which these people are mentioned."""
    return Drawing(
        visit=visit,
        rules=story.rules_here,
        standing=story.standing(visit.asked.now),
        byline=frozenset(story.content.byline) | frozenset(story.content.credits.reporting),
        names=names,
        corrected=story.corrected,
        base=base or visit.base,
    )


def _recommended(r: Read, visit: Visit, of: Iterable[Entry]) -> frozenset[int]:
    if visit.viewer is None:
        return frozenset()
    some = (each.comment.seq for each in of if each.recommended)
    return recommendations.of_voter(r, visit.site.seq, visit.viewer.seq, some)


def _gone(comment: Comment) -> Gone:
    return Gone.ABSENT if comment.marker is Marker.NONE else _GONE.get(comment.status, Gone.ABSENT)


def _has_changes(comment: Comment, rules: Rules) -> bool:
    """Whether readers are led to how it was changed."""
    is_changed = comment.edited_at is not None and comment.status is Status.PUBLISHED
    return is_changed and (comment.edited_by is not None or rules.show_edits)


def _told(entry: Entry) -> str:
    return reason_of(entry.removal_reason).told if entry.removal_reason else ""


_HELD = {
    "held-person": _("The editors read your comments before they appear."),
    "newcomer": _("The first comments of a new reader are read before they appear."),
    "pre-moderation": _("Every comment here is read before it appears."),
    "links": _("Comments with several links are read before they appear."),
    "banned-words": _("A word in it made us want to read it first."),
    "suspect-words": _("A word in it made us want to read it first."),
    "asked": _("It is being checked, which takes a moment."),
    "external": _("A check made us want to read it first."),
    "language": _("Comments in another language than this discussion’s are read before they appear."),
    "capitals": _("Comments in capitals are read before they appear."),
    "elsewhere": _("You wrote the same under another story, so we read it first."),
    "flooding": _("Many of the last comments here are yours, so this one is read before it appears."),
    "same-text": _("Several people posted nearly the same text, so it is read before it appears."),
}
