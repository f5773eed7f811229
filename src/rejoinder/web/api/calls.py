"""A call: one request of the API on its way to the database and back. Who asks is found here and nowhere else."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.params import FromPath
from msgspec import Struct

from rejoinder.discussion.editions import Edition
from rejoinder.discussion.refusals import Invalid, NotUtf8
from rejoinder.store.database import Read, Write
from rejoinder.web.answers import note_edition
from rejoinder.web.api.problems import NOT_JSON, Faulty
from rejoinder.web.asking import Asked, read_request
from rejoinder.web.handlers import must_come_from_us, reading, writing
from rejoinder.web.options import Options
from rejoinder.web.visits import Visit, arrive, arrive_bearing, is_bearing, token_of

T = TypeVar("T")
JSON = "application/json"


class ApiRequest(Request[Any, Any, Any]):
    """A request whose body is read once, whole, by our own rules, and decoded strictly into what its route takes."""

    _asked: Asked | None = None

    async def asked(self) -> Asked:
        """The request as it was when its body had arrived. Raises TooLarge, NotUtf8, Invalid, UnknownPage."""
        if self._asked is None:
            parts = {name: str(value) for name, value in self.path_params.items()}
            options: Options = self.app.state.options
            self._asked = await read_request(self.scope, self.receive, options, path=self.scope["path"], parts=parts)
        return self._asked

    async def body(self) -> bytes:
        """The whole body. Raises as `asked`."""
        return (await self.asked()).body

    async def json(self) -> Any:
        """The body as the struct that the route's `data` is. Raises Faulty, NotUtf8, Invalid."""
        body = await self.body()
        data = self.route_handler.parsed_data_field
        assert data is not None  # the framework asks for JSON only where a route takes some
        if self.content_type[0].lower() != JSON:
            raise Faulty(NOT_JSON)
        try:
            body.decode()
            return msgspec.json.decode(body, type=data.annotation)
        except UnicodeDecodeError:
            raise NotUtf8 from None
        except msgspec.MsgspecError as problem:
            raise _invalid(str(problem)) from None


class Call(Struct, frozen=True):
    """A request with its body, and the way to the database."""

    request: ApiRequest
    asked: Asked
    options: Options

    async def read(self, ask: Callable[[Read, Visit], T]) -> T:
        """The answer of `ask`, from the same snapshot as what is known of the sender."""
        return await reading(self.options, lambda r: ask(r, self._arrive(r)))

    async def visit(self) -> Visit:
        """The sender of something unsafe, who comes from a page of ours or is no browser, or shows a token that holds.
        Raises ForeignOrigin, LogInNeeded.
        """
        visit = await self.read(lambda _, visit: visit)
        if is_bearing(self.asked):
            visit.reader()
        else:
            must_come_from_us(self.asked, self.options)
        return visit

    async def read_shared(self, ask: Callable[[Read, Visit], tuple[T, Edition | None]]) -> T:
        """The answer of `ask`, which everybody without a session gets alike as long as its edition holds."""
        answer, edition = await self.read(ask)
        note_edition(self.request.scope, edition)
        return answer

    async def change(self, do: Callable[[Write, Visit], T]) -> T:
        """The answer of `do` by somebody with a session, after its commit: who asks is looked up in the same
        transaction. Raises ForeignOrigin, LogInNeeded, Busy.
        """
        if is_bearing(self.asked) or token_of(self.asked, self.options) is None:
            (await self.visit()).reader()  # whatever else is wrong is told first, and the writer is not asked
        else:
            must_come_from_us(self.asked, self.options)
        return await self.write(lambda w: do(w, self._arrive(w)))

    async def write(self, change: Callable[[Write], T]) -> T:
        """The answer of `change`, after its commit. Raises Busy."""
        return await writing(self.options, change)

    def _arrive(self, r: Read) -> Visit:
        """Who asks: by the token they show, else by the session cookie that pages use."""
        visit = (arrive_bearing if is_bearing(self.asked) else arrive)(r, self.asked, self.options)
        self.request.scope["state"]["language"] = visit.site.language
        return visit


async def call_of(request: ApiRequest, site: FromPath[str]) -> Call:  # noqa: ARG001 - `site` is named for the OpenAPI document
    """The call of this request."""
    return Call(request, await request.asked(), request.app.state.options)


def _invalid(problem: str) -> Invalid:
    """The refusal of a body that msgspec finds wrong: "what is wrong - at `$.field`"."""
    what, _, where = problem.partition(" - at `$")
    return Invalid(field=where.strip("`.") or "body", problem=what)
