"""From a request to the route that answers it, straight from the server (ASGI): pages and acts pay for no framework.
What begins with a word of the framework's (the API, its documents, the health checks) is handed on to it.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from rejoinder.discussion.refusals import UnknownPage
from rejoinder.web.answers import Answer, note_edition, send_answer
from rejoinder.web.asking import Asked, Gone, Receive, read_request
from rejoinder.web.options import Options

Handle = Callable[[Asked, Options], Awaitable[Answer]]
Send = Callable[[Any], Awaitable[None]]
Tell = Callable[[Exception, Asked | None], Answer]

ALSO = {"GET": ("HEAD", "OPTIONS"), "POST": ("OPTIONS",)}


class Route(Struct, frozen=True):
    """A path with its `{parts}`, how it is asked (GET stands for HEAD too), and who answers."""

    path: str
    method: str
    handle: Handle


class _Place:
    """A step into an address: the words known here, what stands for any other word, and the routes that end here."""

    __slots__ = ("any", "parts", "routes", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Place] = {}
        self.any: _Place | None = None
        self.routes: dict[str, Route] = {}
        self.parts: tuple[str, ...] = ()


class Routes:
    """All routes, found by walking down an address word by word. A known word comes before any word."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._top = _Place()
        for route in routes:
            place = self._top
            for word in _words(route.path):
                if word.startswith("{"):
                    place.any = place.any or _Place()
                    place = place.any
                else:
                    place = place.words.setdefault(word, _Place())
            place.routes[route.method] = route
            place.parts = tuple(word[1:-1] for word in _words(route.path) if word.startswith("{"))

    def find(self, words: list[str]) -> tuple[Mapping[str, Route], dict[str, str]]:
        """The routes of an address by their methods, and the values of its parts. Raises UnknownPage."""
        place = self._top
        values = []
        for word in words:
            known = place.words.get(word)
            if known is None:
                known = place.any
                values.append(word)
            if known is None:
                raise UnknownPage
            place = known
        if not place.routes:
            raise UnknownPage
        return place.routes, dict(zip(place.parts, values, strict=True))


class WrongMethod(Exception):
    """The address cannot be asked in this way, but in these."""

    def __init__(self, allowed: str) -> None:
        super().__init__(allowed)
        self.allowed = allowed


class Entrance:
    """Answers every request of a site: by its route, or with what `tell` makes of what went wrong."""

    def __init__(self, routes: Iterable[Route], *, options: Callable[[], Options], tell: Tell) -> None:
        self._routes = Routes(routes)
        self._options = options
        self._tell = tell

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        asked: Asked | None = None
        try:
            words = _words(scope["path"])
            routes, parts = self._routes.find(words)
            route = _route(routes, scope["method"])
            scope["path_template"] = route.path
            options = self._options()
            asked = await read_request(scope, receive, options, path="/" + "/".join(words), parts=parts)
            answer = await route.handle(asked, options)
        except Gone:
            return
        except _Options as found:
            answer = Answer(status=204, headers={"Allow": found.allowed})
        except Exception as problem:  # noqa: BLE001 - whatever broke, somebody waits for an answer
            answer = self._tell(problem, asked)
        note_edition(scope, answer.edition)
        await send_answer(answer, send)


class _Options(WrongMethod):
    """Which ways there are is all that was asked."""


def _route(routes: Mapping[str, Route], method: str) -> Route:
    route = routes.get("GET" if method == "HEAD" else method)
    if route is not None:
        return route
    allowed = ", ".join(dict.fromkeys([*routes, *(also for each in routes for also in ALSO[each])]))
    raise _Options(allowed) if method == "OPTIONS" else WrongMethod(allowed)


def _words(path: str) -> list[str]:
    return [word for word in path.split("/") if word]
