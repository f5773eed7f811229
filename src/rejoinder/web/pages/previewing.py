"""A box with what was sent in it: how it would look, and whether it would wait for an editor."""

from collections.abc import Iterable
from secrets import token_urlsafe

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from rejoinder.actions.preview_comment import Preview, preview_comment
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.refusals import PolicyChanged, Refusal, WouldBeHeld, _
from rejoinder.discussion.screening import Finding, can_be_mended
from rejoinder.discussion.stories import Story
from rejoinder.markup import with_names
from rejoinder.store import attempts, commenters
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.addressing import limit_key
from rejoinder.web.pages.framing import problem
from rejoinder.web.shown.stories import WriteForm
from rejoinder.web.visits import Visit

PREVIEWS = 120  # looks of one person, or from one address, within the window of all attempts


class Looked(Struct, frozen=True, kw_only=True):
    """A text as it would be published, what would hold it (worded), and the mark under which it may be sent anyway."""

    html: Markup
    held: tuple[str, ...]
    anyway: str


def count_preview(w: Write, visit: Visit, viewer: Commenter | None) -> None:
    """Counts a look by this person, or by whoever has the address. Raises TooFast past PREVIEWS."""
    who = f"commenter:{viewer.seq}" if viewer else limit_key(visit.asked.address)
    attempts.note(w, "preview", who, limit=PREVIEWS, seconds=visit.options.limits.window, now=visit.asked.now)


def look(r: Read, visit: Visit, story: Story, text: str) -> Looked:
    """The text, looked at. Raises the refusals of `comments.fits`."""
    preview = preview_comment(r, story, visit.viewer, text, now=visit.asked.now)
    return Looked(
        html=_html(r, visit, preview),
        held=worded(visit, preview.findings, preview.draft.text),
        anyway=preview.draft.fingerprint.hex() if can_be_mended(preview.findings) else "",
    )


def empty(visit: Visit, story: Story) -> WriteForm:
    """An empty box. Without a session it is the same for everybody, so it has no key of its own."""
    return WriteForm(
        key=token_urlsafe(12) if visit.session else "",
        longest=story.rules_here.longest,
        logs_in=visit.session is None,
        guest=addresses.guest(visit.site.key, story.slug) if _takes_guests(visit, story) else "",
        policy=addresses.policy(visit.site.key, section=story.section_key),
        names=addresses.names(visit.site.key, story.slug),
    )


def _takes_guests(visit: Visit, story: Story) -> bool:
    return visit.session is None and story.rules_here.takes_guests


def filled(r: Read, visit: Visit, story: Story, refusal: Refusal | None = None) -> WriteForm:
    """The box with what was sent: looked at where that was asked for or it would be held, else with what was wrong.
    Raises the refusals of `comments.fits` where it is asked for and cannot be shown.
    """
    text = visit.asked.form.text("text")
    form = replace(empty(visit, story), text=text)
    would_be_held = isinstance(refusal, WouldBeHeld)
    if isinstance(refusal, PolicyChanged):
        return replace(form, problem=problem(visit, refusal), agrees=refusal.data["version"])
    if refusal is not None and not would_be_held:
        return replace(form, problem=problem(visit, refusal))
    if not would_be_held and not visit.asked.form.text("preview"):
        return form
    looked = look(r, visit, story, text)
    return replace(form, preview=looked.html, nudge=looked.held, anyway=looked.anyway)


def worded(visit: Visit, findings: Iterable[Finding], text: str) -> tuple[str, ...]:
    """Why a text would wait, for its writer. Of the words only those that they typed themselves are repeated, and of
    the banned list not even these: it is no place to try spellings.
    """
    return tuple(dict.fromkeys(_sentence(visit, finding, text) for finding in findings))


def _sentence(visit: Visit, finding: Finding, text: str) -> str:
    said = visit.words
    if finding.check == "suspect-words":
        typed = ", ".join(dict.fromkeys(text[start:end] for start, end in finding.spans))
        return said.sentence(_("An editor first reads texts with this in them: %(words)s."), {"words": typed})
    if finding.check == "links":
        return said.sentence(_("It has %(links)s links, where up to %(limit)s are usual."), finding.data)
    return said.gettext(_REASONS.get(finding.check, _OTHER))


def _html(r: Read, visit: Visit, preview: Preview) -> Markup:
    mentions = preview.draft.mentions
    people = commenters.by_seqs(r, visit.site.seq, [mention.commenter_seq for mention in mentions])

    def link(number: int) -> tuple[str, str]:
        mention = mentions[number]
        comment_id = mention.comment_id
        address = addresses.comment(visit.site.key, comment_id) if comment_id else "#"
        return people[mention.commenter_seq].name, address

    return Markup(with_names(preview.draft.html, link))  # noqa: S704 - made by markup and nh3's allow-list


_OTHER = _("An editor reads it before it appears.")
_REASONS = {
    "held-person": _("The editors read your comments before they appear."),
    "banned-words": _("A word in it is one that an editor always reads first."),
    "language": _("It seems to be in another language than this discussion; an editor first reads such comments."),
    "capitals": _("Much of it is in capitals; an editor first reads such comments."),
    "newcomer": _("The first comments of a new reader are read before they appear."),
    "pre-moderation": _("Every comment here is read before it appears."),
}
