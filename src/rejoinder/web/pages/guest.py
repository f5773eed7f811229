"""Commenting as a guest, where the site allows it."""

from uuid import UUID

from rejoinder.actions.guests import GuestComment, ask_guest, post_as_guest
from rejoinder.discussion.comments import Status
from rejoinder.discussion.refusals import LogInNeeded, NoGuests, Refusal, UnknownPage
from rejoinder.identity.addresses import clean_email
from rejoinder.identity.tokens import new_token
from rejoinder.store import attempts, entries, guest_drafts, stories
from rejoinder.store.database import Read
from rejoinder.store.guest_drafts import GuestDraft
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.account_acts import count
from rejoinder.web.pages.drawing import drawing
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.pages.story import must_be_visible
from rejoinder.web.shown.guests import GuestConfirmPage, GuestPage
from rejoinder.web.visits import Visit, session_cookie

LETTERS = 5  # to one address within the window of all attempts: anybody can type anybody's


def guest_form(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """A box with a name and an address, for a comment or a reply. Raises LogInNeeded where guests cannot write."""
    found = stories.by_slug(r, visit.site.seq, visit.asked.part("slug"))
    if not found.rules_here.takes_guests:
        raise LogInNeeded if refusal is None else NoGuests
    form, answers = visit.asked.form, _answers(visit)
    entry = must_be_visible(visit, entries.one(r, visit.site.seq, answers)) if answers else None
    page = GuestPage(
        chrome=chrome(r, visit),
        slug=found.slug,
        headline=found.content.headline,
        longest=found.rules_here.longest,
        answers=answers,
        comment=drawing(r, visit, found, [entry]).comment(entry) if entry else None,
        text=form.text("text"),
        name=form.text("name"),
        email=form.text("email"),
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


async def ask(doing: Doing) -> Answer:
    """The text kept aside, and a letter to the guest. Raises NoGuests, BadAddress, BadName, NameTaken, TooFast, and
    what would keep the text from being posted.
    """
    visit = doing.visit
    form, now = visit.asked.form, visit.asked.now
    if form.text("begin"):  # the form is asked for, with a text that no link can carry
        return await doing.read(lambda r: guest_form(r, visit))
    await count(doing, "registration", visit.options.limits.registrations)
    email, token = clean_email(form.text("email")), new_token()
    window = visit.options.limits.window
    await doing.write(lambda w: attempts.note(w, "guest-letter", email, limit=LETTERS, seconds=window, now=now))
    found = await doing.read(lambda r: stories.by_slug(r, visit.site.seq, visit.asked.part("slug")))
    draft = GuestDraft(
        story_seq=found.seq, parent_id=_answers(visit), name=form.text("name"), email=email, text=form.text("text")
    )
    await doing.write(lambda w: ask_guest(w, visit.site.seq, draft, token=token, now=now))
    return see_other(addresses.guest_sent(visit.site.key))


def confirm_form(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The text once more, with the button that posts it. Raises TokenExpired."""
    token = visit.asked.part("token")
    draft = guest_drafts.by_token(r, visit.site.seq, token, now=visit.asked.now)
    page = GuestConfirmPage(
        chrome=chrome(r, visit),
        token=token,
        headline=stories.by_seq(r, visit.site.seq, draft.story_seq).content.headline,
        text=draft.text,
        name=visit.asked.form.text("name") or draft.name,
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


async def post(doing: Doing) -> Answer:
    """The comment posted, and the guest remembered by this browser. Raises TokenExpired and the refusals of a post."""
    visit = doing.visit
    order = GuestComment(
        site_seq=visit.site.seq,
        draft_token=visit.asked.part("token"),
        name=visit.asked.form.text("name"),
        token=new_token(),
        lasts=visit.options.session_lasts,
        agent=visit.asked.headers.get("user-agent", ""),
    )
    posted, found = await doing.write(lambda w: post_as_guest(w, order, now=visit.asked.now))
    kept = session_cookie(visit.options, order.token, order.lasts)
    site, comment = visit.site.key, posted.comment
    if comment.status is not Status.PUBLISHED:
        return see_other(addresses.in_story(site, found.slug, comment.id, v=posted.version), cookies=(kept,))
    return see_other(f"{addresses.comment(site, comment.id)}#{addresses.anchor(comment.id)}", cookies=(kept,))


def _answers(visit: Visit) -> UUID | None:
    """The comment that is answered. Raises UnknownPage."""
    said = visit.asked.form.text("answers") or visit.asked.query.get("answers", "")
    try:
        return UUID(said) if said else None
    except ValueError:
        raise UnknownPage from None
