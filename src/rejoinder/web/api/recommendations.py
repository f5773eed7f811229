"""Recommending a comment, and taking that back. Either may be sent again without harm."""

from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import FromPath

from rejoinder.store.database import Write
from rejoinder.web.api import schemas
from rejoinder.web.api.calls import Call
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.recommending import counted, recommended
from rejoinder.web.visits import Visit


async def recommend_comment(call: NamedDependency[Call], comment_id: FromPath[UUID]) -> schemas.Recommendation:
    """Recommends a comment: once for an account, or where the site allows it for a browser with our device cookie."""
    return await _sent(call, comment_id, back=False)


async def take_back(call: NamedDependency[Call], comment_id: FromPath[UUID]) -> schemas.Recommendation:
    """Takes one's recommendation of a comment back."""
    return await _sent(call, comment_id, back=True)


async def _sent(call: Call, comment_id: UUID, *, back: bool) -> schemas.Recommendation:
    visit: Visit = await call.visit()
    await counted(Doing(visit))

    def change(w: Write) -> schemas.Recommendation:
        stands = recommended(w, visit, comment_id, back=back)
        return schemas.Recommendation(
            recommended=stands.accounts, recommended_by_guests=stands.guests, mine=stands.mine
        )

    return await call.write(change)
