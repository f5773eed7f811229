"""Hooks: addresses outside that are told what happens (webhooks), or asked about a comment (external checks).

A check gives advice like any other: it can let through or hold for an editor, never reject.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from rejoinder.discussion.comments import Status
from rejoinder.discussion.refusals import _
from rejoinder.discussion.screening import Finding, Screened

WAITING = "asked"  # the finding of a comment that a check has not answered for yet
CHECK = "external"  # the finding of a check that would hold it


class Happening(StrEnum):
    """What a webhook can be told of."""

    POSTED = "comment.posted"
    EDITED = "comment.edited"
    DELETED = "comment.deleted"
    REPORTED = "comment.reported"
    DECIDED = "comment.decided"


class Telling(Struct, frozen=True, kw_only=True):
    """What a webhook wants to hear."""

    events: tuple[Happening, ...] = tuple(Happening)


class Asking(Struct, frozen=True, kw_only=True):
    """How a check is asked. Asked before publication, a comment waits for its answer; asked after, it is hidden if the
    check would hold it. Where no answer comes, `on_failure` says what becomes of a comment that waits.
    """

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    when: Literal["before", "after"] = "before"
    on_failure: Literal["publish", "hold"] = "hold"
    seconds: Annotated[float, Meta(gt=0, le=30)] = 5.0  # for one answer


class Hook(Struct, frozen=True, kw_only=True):
    """An address with the secret that signs what is sent to it."""

    seq: int
    id: UUID
    site_seq: int
    address: str
    secret: str
    what: Telling | Asking
    created_at: datetime
    ended_at: datetime | None = None


class Asked(Struct, frozen=True):
    """A check as a site's stories know it."""

    seq: int
    name: str


class Wanted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all hooks of a site want, kept beside its rules, so that a post need not look for it."""

    tells: frozenset[Happening] = frozenset()
    before: tuple[Asked, ...] = ()
    after: tuple[Asked, ...] = ()


class Reply(Struct, frozen=True, kw_only=True):
    """What a check answers. `spans` are the places that weighed, as (start, end) in code points of the text."""

    verdict: Literal["publish", "hold"]
    score: Annotated[float, Meta(ge=0, le=1)] | None = None
    reason: Annotated[str, Meta(max_length=500)] = ""
    spans: Annotated[tuple[tuple[int, int], ...], Meta(max_length=100)] = ()


@lru_cache(maxsize=256)
def wanted(stored: str) -> Wanted:
    """What the site's hooks want, from its JSON."""
    return msgspec.json.decode(stored, type=Wanted)


def wanted_by(hooks: Sequence[Hook]) -> Wanted:
    """What these hooks want together; those that have ended want nothing."""
    living = [hook for hook in hooks if hook.ended_at is None]
    checks = [(hook.what, Asked(hook.seq, hook.what.name)) for hook in living if isinstance(hook.what, Asking)]
    return Wanted(
        tells=frozenset(event for hook in living if isinstance(hook.what, Telling) for event in hook.what.events),
        before=tuple(asked for what, asked in checks if what.when == "before"),
        after=tuple(asked for what, asked in checks if what.when == "after"),
    )


def asked_about(known: Wanted, *, by_staff: bool) -> tuple[Asked, ...]:
    """The checks that are asked about a new text, those before its publication first; none about what staff write."""
    return () if by_staff else (*known.before, *known.after)


def until_answered(screened: Screened, known: Wanted, *, by_staff: bool) -> Screened:
    """What screening made of a new text, held besides until every check that is asked before publication has answered.
    What staff write waits for none.
    """
    waits = () if by_staff else tuple(waits_for(check) for check in known.before)
    return Screened(Status.PENDING, (*screened.findings, *waits)) if waits else screened


def waits_for(check: Asked) -> Finding:
    """Why a comment waits that a check has not answered for."""
    return Finding(check=WAITING, sentence=_("Waits for the check “%(name)s”"), data={"name": check.name})


def would_hold(name: str, reply: Reply, text: str) -> Finding:
    """Why a comment is held that a check has answered for; spans beyond the text are left out."""
    data = {"name": name, "reason": reply.reason} | ({} if reply.score is None else {"score": reply.score})
    spans = tuple(span for span in reply.spans if 0 <= span[0] < span[1] <= len(text))
    sentence = _("The check “%(name)s”: %(reason)s") if reply.reason else _("The check “%(name)s” would hold it")
    return Finding(check=CHECK, sentence=sentence, data=data, spans=spans)


def gave_no_answer(name: str) -> Finding:
    """Why a comment is held whose check could not be asked."""
    return Finding(check=CHECK, sentence=_("The check “%(name)s” did not answer"), data={"name": name})


def finding_of(check: Asking, reply: Reply | None, text: str) -> Finding | None:
    """Why a comment is held after the check's answer (None: none came), if it is. A check that is asked after
    publication hides nothing by its silence.
    """
    if reply is not None:
        return would_hold(check.name, reply, text) if reply.verdict == "hold" else None
    fails_open = check.when == "after" or check.on_failure == "publish"
    return None if fails_open else gave_no_answer(check.name)


def is_let_out(status: Status, before: Sequence[Finding], after: Sequence[Finding], *, open_flags: int) -> bool:
    """Whether a comment that waits is published, as the answer that came was the last thing that held it."""
    return status is not Status.PUBLISHED and bool(before) and not after and not open_flags


def answered(findings: Sequence[Finding], name: str, more: Finding | None) -> tuple[Finding, ...]:
    """The findings once the check of this name has answered; the same answer twice changes nothing more."""
    kept = (each for each in findings if not (each.check in (WAITING, CHECK) and each.data.get("name") == name))
    return (*kept, more) if more else tuple(kept)
