"""The box by itself: a text looked at before it is sent, told that it would wait, and carried through a log-in."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

import msgspec
from msgspec.structs import replace

from rejoinder.discussion.refusals import (
    BlankText,
    LogInNeeded,
    PolicyChanged,
    Refusal,
    TooLong,
    TooShort,
    WarningUnread,
    WouldBeHeld,
    _,
)
from rejoinder.store import comments, stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import HARDENED, PRIVATE, Answer, see_other
from rejoinder.web.errors import refused
from rejoinder.web.handlers import Doing
from rejoinder.web.pages import account, comment_forms
from rejoinder.web.pages.editors_words import warned
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.pages.previewing import count_preview, filled, look
from rejoinder.web.shown.acts import ComposePage
from rejoinder.web.statuses import status_of, waiting
from rejoinder.web.visits import Visit, arrive_with

_UNDER = re.compile(r"/[^/]+/(?:stories/(?P<slug>[^/?#]+)|comments/(?P<id>[0-9a-f-]{36})/reply)")
_MENDED_AT_THE_BOX = (BlankText, TooShort, TooLong, WouldBeHeld, PolicyChanged)


def compose(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The box of a story by itself, with what was sent."""
    story = stories.by_slug(r, visit.site.seq, visit.asked.part("slug"))
    page = ComposePage(
        chrome=chrome(r, visit),
        story_slug=story.slug,
        headline=story.content.headline,
        form=filled(r, visit, story, refusal),
    )
    return show_form(visit, page, refusal)


async def preview(doing: Doing) -> Answer:
    """How a text would look under the story of the path: as a page, or as JSON for a script. Nothing is posted."""
    return await _previewed(doing, compose)


async def preview_reply(doing: Doing) -> Answer:
    """The same for a reply to the comment of the path."""
    return await _previewed(doing, comment_forms.reply)


def told(r: Read, visit: Visit, refusal: Refusal) -> Answer:
    """A comment that was not taken: its box again where the text can be mended, the log-in with the text where only
    that is missing, else the refusal's own page.
    """
    return _told(r, visit, refusal, again=compose if isinstance(refusal, _MENDED_AT_THE_BOX) else refused_here)


def told_reply(r: Read, visit: Visit, refusal: Refusal) -> Answer:
    """The same for a reply, whose box comes back whatever was wrong, as long as there is one."""
    return _told(r, visit, refusal, again=comment_forms.reply)


def refused_here(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The refusal's own page."""
    return refused(r, visit, refusal or LogInNeeded())


async def returned(doing: Doing, token: str | None = None) -> Answer:
    """After a log-in or the choice of a name: the box with the text that was carried along, not sent yet. `token` is
    of the session that has just begun. A text that belongs nowhere is left behind.
    """
    visit = doing.visit
    at = _UNDER.match(visit.asked.form.text("to"))
    if at is None:
        return see_other(addresses.front(visit.site.key))
    under = {name: unquote(value) for name, value in at.groupdict().items() if value}
    asked = replace(visit.asked, parts={**visit.asked.parts, **under}, path=unquote(at[0]))

    def show(r: Read) -> Answer:
        known = arrive_with(r, replace(visit, asked=asked), token)
        if known.viewer is None:
            return account.register(r, known)
        try:
            return compose(r, known) if "slug" in under else comment_forms.reply(r, known)
        except Refusal as refusal:
            return refused(r, known, refusal)

    return await doing.read(show)


def _told(r: Read, visit: Visit, refusal: Refusal, *, again: Callable[..., Answer]) -> Answer:
    if isinstance(refusal, LogInNeeded) and visit.asked.form.text("text"):
        return _keeping(r, visit)
    if isinstance(refusal, WarningUnread):
        return warned(r, visit, refusal)
    try:
        return again(r, visit, refusal=refusal)
    except Refusal:
        return refused(r, visit, refusal)


def _keeping(r: Read, visit: Visit) -> Answer:
    """The log-in with the text that was sent, and where it belongs. Who only lacks a name here is asked for that."""
    site, parts = visit.site.key, visit.asked.parts
    to = addresses.discussion(site, parts["slug"]) if "slug" in parts else addresses.reply(site, visit.asked.id())
    form = replace(visit.asked.form, fields={"text": visit.asked.form.text("text"), "to": to})
    known = replace(visit, asked=replace(visit.asked, form=form))
    if visit.session is not None:
        return account.register(r, known)
    return replace(
        account.log_in(r, known, notice=_("Your text is kept. Log in, and it is ready to be sent.")),
        status=status_of(LogInNeeded()),
    )


async def _previewed(doing: Doing, page: Callable[[Read, Visit], Answer]) -> Answer:
    visit = doing.visit
    is_data = "application/json" in visit.asked.headers.get("accept", "")
    try:
        await doing.write(lambda w: count_preview(w, visit, visit.viewer))
        return await doing.read(lambda r: _data(r, visit) if is_data else page(r, visit))
    except Refusal as refusal:
        if not is_data:
            raise
        said = {"problem": problem(visit, refusal)}
        return _json(said, status=status_of(refusal), headers=waiting(refusal))


def _data(r: Read, visit: Visit) -> Answer:
    slug = visit.asked.parts.get("slug") or comments.slug_of(r, visit.site.seq, visit.asked.id())
    looked = look(r, visit, stories.by_slug(r, visit.site.seq, slug), visit.asked.form.text("text"))
    return _json({"html": str(looked.html), "held": looked.held, "anyway": looked.anyway})


def _json(said: Mapping[str, object], *, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    headers = HARDENED | {"Cache-Control": PRIVATE} | (headers or {})
    return Answer(status=status, body=msgspec.json.encode(said), media_type="application/json", headers=headers)
