"""The editors' warnings to the viewer, and saying that they were read: until then nothing is taken from them."""

from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import FromPath

from rejoinder.actions.read_policy import rule_told
from rejoinder.actions.warn_commenter import acknowledge_warning
from rejoinder.store import person_acts
from rejoinder.store.database import Read, Write
from rejoinder.web.api import schemas
from rejoinder.web.api.calls import Call
from rejoinder.web.visits import Visit


async def list_warnings(call: NamedDependency[Call]) -> schemas.Warnings:
    """The warnings that the viewer has not said to have read, the oldest first."""

    def ask(r: Read, visit: Visit) -> schemas.Warnings:
        return schemas.Warnings(
            warnings=tuple(
                schemas.EditorsWarning(
                    id=each.id,
                    reason=each.reason or "",
                    told=rule_told(r, visit.site, each.reason, visit.words.gettext),
                    text=each.text,
                    created_at=each.created_at,
                )
                for each in person_acts.unread(r, visit.reader())
            )
        )

    return await call.read(ask)


async def acknowledge(call: NamedDependency[Call], warning_id: FromPath[UUID]) -> None:
    """Says that a warning was read, and with it every one before it. Saying so twice changes nothing."""

    def change(w: Write, visit: Visit) -> None:
        acknowledge_warning(w, visit.site.seq, warning_id, by_seq=visit.reader().seq, now=call.asked.now)

    await call.change(change)
