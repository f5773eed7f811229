"""The three ways through a route. A page is a plain function of a Read and a Visit, run in one snapshot. A change is a
plain function of a Write and a Visit, run in one transaction, who asks included: one way to the writer and back. An act
is async: it may prove who somebody is, or change several things one after the other.
"""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from msgspec import Struct

from rejoinder.discussion.refusals import LogInNeeded, Refusal
from rejoinder.store.database import Read, Write
from rejoinder.web.answers import Answer
from rejoinder.web.asking import Asked
from rejoinder.web.guards import must_be_ours
from rejoinder.web.options import Options
from rejoinder.web.packing import packed
from rejoinder.web.routing import Route
from rejoinder.web.statuses import refusal_in
from rejoinder.web.visits import Visit, arrive, token_of
from rejoinder.web.waiting import PATIENCE, answer_of

T = TypeVar("T")

Page = Callable[[Read, Visit], Answer]
Change = Callable[[Write, Visit], Answer]
Act = Callable[["Doing"], Awaitable[Answer]]


class Doing(Struct, frozen=True):
    """An act under way: the visit, and the way to the database."""

    visit: Visit

    async def read(self, ask: Callable[[Read], T]) -> T:
        """The answer of `ask`."""
        return await reading(self.visit.options, ask)

    async def write(self, change: Callable[[Write], T]) -> T:
        """The answer of `change`, after its commit. Raises Busy."""
        return await writing(self.visit.options, change)


class Wording(Protocol):
    """Turns a refusal into a page for the person; see `errors`."""

    def __call__(self, r: Read, visit: Visit, refusal: Refusal) -> Answer: ...


def page(path: str, show: Page, *, refused: Wording) -> Route:
    """A GET (and HEAD) route for a page. Its guard is inside `show`, which asks the visit for a reader or for staff."""

    async def handle(asked: Asked, options: Options) -> Answer:
        def ask(r: Read) -> Answer:
            visit = arrive(r, asked, options)
            try:
                return packed(show(r, visit), asked.headers)
            except Refusal as refusal:
                return packed(refused(r, visit, refusal), asked.headers)

        return await reading(options, ask)

    return Route(path, "GET", handle)


def change(path: str, do: Change, *, refused: Wording) -> Route:
    """A POST route for a change by somebody with a name here. Without a session's cookie of ours the writer is not
    asked at all; a refusal undoes the whole, and is worded with what was sent.
    """

    async def handle(asked: Asked, options: Options) -> Answer:
        try:
            must_come_from_us(asked, options)
            must_have_token(asked, options)
            return await writing(options, lambda w: do(w, arrive(w, asked, options)))
        except Exception as problem:  # noqa: BLE001 - whatever broke, what was written is given back
            return await _told(asked, options, refusal_in(problem), refused)

    return Route(path, "POST", handle)


def change_or_look(path: str, do: Change, look: Act, *, refused: Wording) -> Route:
    """A POST route whose form has two buttons: one makes the change, the one named `preview` only looks at it."""
    changing, looking = change(path, do, refused=refused), act(path, look, refused=refused)

    async def handle(asked: Asked, options: Options) -> Answer:
        chosen = looking if asked.form.text("preview") else changing
        return await chosen.handle(asked, options)

    return Route(path, "POST", handle)


def by_letter(path: str, do: Change, *, refused: Wording) -> Route:
    """A POST route for a change whose right is its own address, from a letter: a mail program sends it from nowhere and
    without a cookie (RFC 8058, 3.2), so neither is asked for.
    """

    async def handle(asked: Asked, options: Options) -> Answer:
        try:
            return await writing(options, lambda w: do(w, arrive(w, asked, options)))
        except Exception as problem:  # noqa: BLE001 - as above
            return await _told(asked, options, refusal_in(problem), refused)

    return Route(path, "POST", handle)


def act(path: str, do: Act, *, refused: Wording) -> Route:
    """A POST route for what takes several steps. A foreign form is refused before anything is done; a refusal is
    worded with what was sent, so that no text is lost.
    """

    async def handle(asked: Asked, options: Options) -> Answer:
        visit = await reading(options, lambda r: arrive(r, asked, options))
        try:
            must_come_from_us(asked, options)
            return await do(Doing(visit))
        except Exception as problem:  # noqa: BLE001 - whatever broke, what was written is given back
            return await _told(asked, options, refusal_in(problem), refused)

    return Route(path, "POST", handle)


def arrival(path: str, method: str, do: Act, *, refused: Wording) -> Route:
    """A route by which somebody comes from elsewhere: from the publisher's page, or back from where they signed in.
    What it may do is settled by what was signed, in `do`, not by the page it came from.
    """

    async def handle(asked: Asked, options: Options) -> Answer:
        visit = await reading(options, lambda r: arrive(r, asked, options))
        try:
            return await do(Doing(visit))
        except Exception as problem:  # noqa: BLE001 - whatever broke, somebody waits for an answer
            return await _told(asked, options, refusal_in(problem), refused)

    return Route(path, method, handle)


def must_come_from_us(asked: Asked, options: Options) -> None:
    """Silent if an unsafe request comes from a page of ours: of the public host, or of the one it came to. Raises
    ForeignOrigin.
    """
    own_hosts = frozenset({options.public_host, asked.headers.get("host", "")})
    must_be_ours(asked.headers, own_hosts=own_hosts, has_cookie=bool(asked.cookies))


def must_have_token(asked: Asked, options: Options) -> None:
    """Silent if the request has a session's cookie of ours; whether the session holds, the database knows. Raises
    LogInNeeded.
    """
    if token_of(asked, options) is None:
        raise LogInNeeded


async def reading(options: Options, ask: Callable[[Read], T]) -> T:
    """The answer of `ask`."""
    return await answer_of(options.database.read(ask))


async def writing(options: Options, change: Callable[[Write], T]) -> T:
    """The answer of `change`, after its commit. Raises Busy where its turn does not come in time."""
    return await answer_of(options.database.write(change), patience=PATIENCE)


async def _told(asked: Asked, options: Options, refusal: Refusal, refused: Wording) -> Answer:
    """The refusal's page, for whoever asks, as they are known now."""

    def word(r: Read) -> Answer:
        return packed(refused(r, arrive(r, asked, options), refusal), asked.headers)

    return await reading(options, word)
