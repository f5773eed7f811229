"""What the showcase is made of: moments, people, comments."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from rejoinder.discussion.closing import Phase, Standing
from rejoinder.discussion.commenters import Act
from rejoinder.markup import render as marked_up
from rejoinder.web.shown.comments import Acts, Answered, Gone, ShownComment
from rejoinder.web.shown.page import Chrome, Viewer
from rejoinder.web.shown.stories import WriteForm

ZONE = ZoneInfo("Europe/London")

NOW = datetime(2026, 11, 17, 14, 5, tzinfo=UTC)

_numbers = itertools.count(1)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def an_id() -> UUID:
    return UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0000 + next(_numbers))


def a_chrome(viewer: Viewer | None = None, **known: Any) -> Chrome:
    values: dict[str, Any] = {
        "site": "courier",
        "site_name": "The Harbour Courier",
        "here": "/courier/stories/ferry",
        "public_url": "https://talk.courier.example",
        "canonical": "https://talk.courier.example/courier/stories/ferry",
    } | known
    return Chrome(viewer=viewer, **values)


READER = Viewer(name="northquay")

EDITOR = Viewer(name="R. Teague", acts=frozenset(Act))

OPEN = Standing(phase=Phase.OPEN, until=NOW + timedelta(days=13, hours=17), then=Phase.READ_ONLY)

OPEN_THEN_REPLIES = Standing(phase=Phase.OPEN, until=NOW + timedelta(days=13), then=Phase.REPLIES)

REPLIES = Standing(phase=Phase.REPLIES, until=NOW + timedelta(days=2), then=Phase.READ_ONLY)

REACTIONS = Standing(phase=Phase.REACTIONS, until=NOW + timedelta(days=2), then=Phase.READ_ONLY)

REST_NEXT = Standing(
    phase=Phase.OPEN,
    until=NOW + timedelta(hours=9),
    then=Phase.REACTIONS,
    rest_is_next=True,
    closes=NOW + timedelta(days=13),
)

RESTING = Standing(
    phase=Phase.REACTIONS,
    until=NOW + timedelta(hours=7),
    then=Phase.OPEN,
    rests=True,
    closes=NOW + timedelta(days=13),
)

CLOSED = Standing(phase=Phase.READ_ONLY)

UNDATED = Standing(phase=Phase.OPEN)

FORM = WriteForm(key="k1", longest=5000)

ANYBODYS = WriteForm(
    key="",
    longest=5000,
    logs_in=True,
    policy="/courier/policy",
    names="/courier/stories/ferry/names.json",
)

MAY = Acts(reply=True, report=True, recommend=True)


def a_comment(name: str, text: str, **known: Any) -> ShownComment:
    values: dict[str, Any] = {"written_at": ago(hours=4), "acts": MAY, "html": said(text)} | known
    return ShownComment(id=an_id(), name=name, **values)


def said(text: str) -> Any:
    from markupsafe import Markup  # noqa: PLC0415 - only here

    return Markup(marked_up(text).html)


def a_gone(why: Gone, **known: Any) -> ShownComment:
    return ShownComment(id=an_id(), name="saltmarsh", written_at=ago(hours=3), gone=why, **known)


def an_answer(to: ShownComment, name: str, text: str, *, depth: int = 1, **known: Any) -> ShownComment:
    return a_comment(name, text, depth=depth, to=Answered(id=to.id, name=to.name), **known)


def a_held(**known: Any) -> ShownComment:
    return a_comment(
        "northquay",
        "Here is the count for November, day by day.",
        is_own=True,
        acts=Acts(edit_until=NOW + timedelta(minutes=4), delete=True),
        held="The first comments of a new reader are read before they appear.",
        written_at=ago(minutes=1),
        **known,
    )
