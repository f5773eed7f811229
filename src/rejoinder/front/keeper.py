"""What the door does not have yet: asked of the application once, however many wait for it, and kept.

An ASGI application around the application. It alone makes copies, so that the pages are the same where the protocol's
short way is not taken (another server, a pipelined request behind one that takes long).
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from msgspec import Struct

from rejoinder.front.copies import About, Copies, Copy, Head, Ready, about
from rejoinder.front.encodings import IDENTITY, WORTH_IT, chosen, encoded
from rejoinder.front.keys import Shared, Wanted, wanted

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Clock = Callable[[], float]
Versions = Callable[[int, int | None], Awaitable[tuple[int, int]]]

log = structlog.get_logger()

EDITION = "rejoinder.edition"  # where the application says which edition it answered with
BELIEVED = 5.0  # seconds after which an edition is compared with the database again, whatever was heard or not
OK = 200
TOLD_AGAIN = (b"etag", b"vary", b"access-control-allow-origin")  # with a 304, too (RFC 9110, 15.4.5)


class Rendered(Struct, frozen=True):
    """What the application answered, and the copy made of it where it may be kept."""

    status: int
    headers: Head
    body: bytes
    copy: Copy | None


class Keeper:
    """Answers shared pages from copies, and asks the application for what there is no copy of."""

    def __init__(
        self,
        app: App,
        copies: Copies,
        *,
        shared: Shared,
        session_cookie: str,
        versions: Versions,
        wall: Clock,
        clock: Clock,
    ) -> None:
        self.copies = copies
        self.shared = shared
        self.session_cookie = f"{session_cookie}=".encode()
        self.renders = 0
        self.squeezes = 0
        self._app = app
        self._versions = versions
        self._wall = wall
        self._clock = clock
        self._doubted = 0.0
        self._flights: dict[bytes, asyncio.Task[Rendered]] = {}
        self._checks: dict[About, asyncio.Task[bool]] = {}
        self._squeezer = ThreadPoolExecutor(1, thread_name_prefix="squeeze")

    def doubt(self) -> None:
        """Somebody else has changed something: every copy is compared with the database before it is given out."""
        self._doubted = self._clock()

    def believes(self, copy: Copy) -> bool:
        """Whether the copy may be given out without a look at the database."""
        if copy.until <= self._wall():
            return False
        return copy.checked > self._doubted and self._clock() - copy.checked < BELIEVED

    def close(self) -> None:
        """Lets its thread go."""
        self._squeezer.shutdown(wait=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        asked = self._asked(scope) if scope["type"] == "http" else None
        if asked is None:
            await self._app(scope, receive, send)
            return
        copy = await self._copy(asked)
        if copy is None:
            rendered = await self._rendered(asked, scope)
            copy = rendered.copy
            if copy is None:
                await _send(
                    send, rendered.status, rendered.headers, b"" if scope["method"] == "HEAD" else rendered.body
                )
                return
        await self._give(copy, asked, scope, send)

    def _asked(self, scope: Scope) -> Wanted | None:
        if scope["method"] not in ("GET", "HEAD"):
            return None
        if any(name == b"cookie" and self.session_cookie in value for name, value in scope["headers"]):
            return None
        return wanted(scope["raw_path"], scope["query_string"], self.shared)

    async def _copy(self, asked: Wanted) -> Copy | None:
        """The kept copy, if it is one that may be given out."""
        copy = self.copies.get(asked.key)
        if copy is not None and copy.until <= self._wall():
            self.copies.drop(asked.key)
            return None
        if copy is None or (self.believes(copy) and copy.edition.version >= asked.version):
            return copy
        of = about(copy.edition)
        was_under_way = of in self._checks
        holds = await self._check(of)
        if was_under_way and holds and self._is_doubtful(asked):
            holds = await self._check(of)  # the first look may have been earlier than what this reader knows of
        return self.copies.get(asked.key) if holds else None

    def _is_doubtful(self, asked: Wanted) -> bool:
        copy = self.copies.get(asked.key)
        return copy is not None and not (self.believes(copy) and copy.edition.version >= asked.version)

    async def _check(self, of: About) -> bool:
        """Compares what is kept of this story with the database. One look, however many wait for it. False where the
        database does not answer: then the application says so.
        """
        check = self._checks.get(of)
        if check is None:
            check = self._checks[of] = asyncio.ensure_future(self._look(of))
            check.add_done_callback(lambda _: self._checks.pop(of, None))
        return await asyncio.shield(check)

    async def _look(self, of: About) -> bool:
        began = self._clock()
        site_seq, story_seq = of
        try:
            epoch, version = await self._versions(site_seq, story_seq)
        except Exception:  # whatever it is, the application meets it too and words it
            log.exception("a kept page could not be compared with the database")
            return False
        self.copies.raise_site(site_seq, epoch)
        if story_seq is not None:
            self.copies.raise_story(site_seq, story_seq, version)
        self.copies.confirm(of, at=began)
        return True

    async def _rendered(self, asked: Wanted, scope: Scope) -> Rendered:
        """The application's answer. A render that was under way before this request came will do only if nothing was
        committed meanwhile; the one after it has seen all that this reader can know of.
        """
        under_way = self._flights.get(asked.key)
        if under_way is not None:
            rendered = await asyncio.shield(under_way)
            copy = rendered.copy
            if copy is None or (self.copies.holds(copy.edition) and copy.edition.version >= asked.version):
                return rendered
        following = self._flights.get(asked.key)
        if following is None or following is under_way:
            following = asyncio.ensure_future(self._render(asked, scope))
            self._flights[asked.key] = following
            following.add_done_callback(lambda done: self._landed(asked.key, done))
        return await asyncio.shield(following)

    def _landed(self, key: bytes, flight: "asyncio.Task[Rendered]") -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]

    async def _render(self, asked: Wanted, scope: Scope) -> Rendered:
        self.renders += 1
        began = self._clock()
        caught = _Caught()
        inner = {
            **scope,
            "method": "GET",
            "raw_path": asked.path,
            "query_string": asked.query,
            "headers": [each for each in scope["headers"] if each[0] == b"host"],
            "state": dict(scope.get("state", {})),
            "extensions": {},
        }
        await self._app(inner, _nothing_more, caught.send)
        body = b"".join(caught.body)
        edition = inner["extensions"].get(EDITION)
        if edition is None or caught.status != OK:
            return Rendered(caught.status, caught.headers, body, None)
        copy = Copy(edition, validated(caught.headers, body), body, checked=began)
        copy.add(IDENTITY, body)
        self.copies.put(asked.key, copy)
        return Rendered(caught.status, caught.headers, body, copy)

    async def _give(self, copy: Copy, asked: Wanted, scope: Scope, send: Send) -> None:
        known = dict(scope["headers"])
        if b"if-none-match" in known and copy.matches(known[b"if-none-match"]):
            headers = [(name, value) for name, value in copy.headers if name in TOLD_AGAIN]
            await _send(send, 304, [*headers, (b"cache-control", copy.cache_control)], b"")
            return
        encoding = chosen(known.get(b"accept-encoding", b"")) if len(copy.body) > WORTH_IT else IDENTITY
        ready = copy.answers.get(encoding) or await self._squeezed(asked.key, copy, encoding)
        headers = [*copy.headers, (b"cache-control", copy.cache_control)]
        headers.append((b"content-length", b"%d" % (len(ready.whole) - len(ready.head))))
        if encoding != IDENTITY:
            headers.append((b"content-encoding", encoding))
        await _send(send, OK, headers, b"" if scope["method"] == "HEAD" else ready.whole[len(ready.head) :])

    async def _squeezed(self, key: bytes, copy: Copy, encoding: bytes) -> Ready:
        """The answer in this encoding: made once, however many wait for it."""
        work = copy.squeezing.get(encoding)
        if work is None:
            work = copy.squeezing[encoding] = asyncio.ensure_future(self._squeeze(key, copy, encoding))
        return await asyncio.shield(work)

    async def _squeeze(self, key: bytes, copy: Copy, encoding: bytes) -> Ready:
        loop = asyncio.get_running_loop()
        try:
            ready = copy.add(encoding, await loop.run_in_executor(self._squeezer, encoded, copy.body, encoding))
        finally:
            del copy.squeezing[encoding]
        if self.copies.get(key) is copy:
            self.copies.weighed(key)
        self.squeezes += 1
        return ready


def validated(headers: Head, body: bytes) -> Head:
    """The headers of a page that is kept. Where the application gave no entity tag, the body's digest is one; a browser
    asks each time whether it still holds.
    """
    if any(name == b"etag" for name, _ in headers):
        return headers
    digest = hashlib.blake2b(body, digest_size=12).hexdigest().encode()
    others = [each for each in headers if each[0] not in (b"cache-control", b"vary")]
    known = [(b"etag", b'W/"' + digest + b'"'), (b"vary", b"Accept-Encoding, Cookie")]
    forever = [each for each in headers if each[0] == b"cache-control" and b"immutable" in each[1]]
    return [*others, *known, *(forever or [(b"cache-control", b"public, no-cache")])]


class _Caught:
    """The application's answer, caught instead of sent."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: Head = []
        self.body: list[bytes] = []

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(bytes(name).lower(), bytes(value)) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            self.body.append(message.get("body", b""))


async def _nothing_more() -> MutableMapping[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _send(send: Send, status: int, headers: Head, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
