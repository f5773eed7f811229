"""The session by which a call is made."""

from litestar.di import NamedDependency

from rejoinder.actions.log_in import log_out
from rejoinder.discussion.refusals import LogInNeeded
from rejoinder.store.database import Write
from rejoinder.web.api.calls import Call
from rejoinder.web.visits import Visit


async def end_session(call: NamedDependency[Call]) -> None:
    """Ends the session by which this is asked: the token is worth nothing from then on."""

    def change(w: Write, visit: Visit) -> None:
        if visit.session is None:
            raise LogInNeeded
        log_out(w, visit.session)

    await call.change(change)
