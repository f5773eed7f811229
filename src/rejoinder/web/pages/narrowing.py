"""What a list at the desk is narrowed by, as its address says it: read, checked, and offered as a form."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.policy import REASONS
from rejoinder.discussion.refusals import BadFilter, UnknownPage, UnknownSection, _
from rejoinder.discussion.sites import Section
from rejoinder.store import commenters, stories
from rejoinder.store.cases import CaseKind, Waiting
from rejoinder.store.database import Read
from rejoinder.store.looking_back import Look
from rejoinder.store.narrowing import Narrowed
from rejoinder.web.shown.queues import Chip, Choice, Narrowing, Queue
from rejoinder.web.visits import Visit

WAITING: dict[Queue, Waiting] = {
    Queue.ALL: Waiting(),
    Queue.REPORTED: Waiting(kind=CaseKind.REPORTED),
    Queue.HELD: Waiting(kind=CaseKind.HELD),
    Queue.NEW: Waiting(newcomers=True),
    Queue.APPEALS: Waiting(kind=CaseKind.APPEAL),
    Queue.NOTICES: Waiting(kind=CaseKind.NOTICE),
    Queue.CORRECTIONS: Waiting(kind=CaseKind.CORRECTION),
    Queue.OPINIONS: Waiting(kind=CaseKind.OPINION),
}
FRESH: dict[Queue, CaseKind | None] = {  # lists to which an open page adds what comes, and of which kind it is
    Queue.ALL: None,
    Queue.REPORTED: CaseKind.REPORTED,
    Queue.HELD: CaseKind.HELD,
    Queue.APPEALS: CaseKind.APPEAL,
    Queue.NOTICES: CaseKind.NOTICE,
    Queue.OPINIONS: CaseKind.OPINION,
}
LOOKS: dict[Queue, Look] = {Queue(look.value): look for look in Look}
FIELDS = ("section", "story", "commenter", "language", "reason", "score", "age", "order")

_HELD_FOR = "held:"
_CHECKS = {  # those that we know by name; another's is taken all the same
    "banned-words": _("A word from the banned list"),
    "suspect-words": _("A word from the suspect list"),
    "links": _("Links"),
    "newcomer": _("A new writer"),
    "same-text": _("The same text by several people"),
    "pre-moderation": _("Read before publication"),
}
_AGES = {  # by the field: whether older, than what, and in words
    "under-1h": (False, timedelta(hours=1), _("less than an hour")),
    "under-1d": (False, timedelta(days=1), _("less than a day")),
    "under-7d": (False, timedelta(days=7), _("less than a week")),
    "under-30d": (False, timedelta(days=30), _("less than 30 days")),
    "over-1h": (True, timedelta(hours=1), _("more than an hour")),
    "over-1d": (True, timedelta(days=1), _("more than a day")),
    "over-7d": (True, timedelta(days=7), _("more than a week")),
}
_ORDERS = {"newest": _("newest first"), "oldest": _("oldest first")}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")  # RFC 5646, 2.1: what is usual of it
_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_CODES = frozenset(reason.code for reason in REASONS)


class Seen(Struct, frozen=True, kw_only=True):
    """A list that was asked for: the queue, the fields that narrow it, and what they mean."""

    queue: Queue
    given: dict[str, str]
    narrowed: Narrowed
    view: str = ""  # the id of the kept view that led here

    @property
    def here(self) -> str:
        """The list in one value: the queue's name, and what narrows it after an &."""
        return f"{self.queue.value}&{urlencode(self.given)}" if self.given else self.queue.value

    @property
    def waiting(self) -> Waiting:
        """The open cases of it."""
        asked = WAITING[self.queue]
        return Waiting(kind=asked.kind, newcomers=asked.newcomers, narrowed=self.narrowed)


def seen(visit: Visit) -> Seen:
    """The list of the request's address or form. Raises UnknownPage, BadFilter."""
    query = visit.asked.query
    here = query.get("queue") or visit.asked.form.text("queue") or Queue.ALL.value
    found = read(here, query, now=visit.asked.now)
    return Seen(queue=found.queue, given=found.given, narrowed=found.narrowed, view=query.get("view", ""))


def read(here: str, more: Mapping[str, str], *, now: datetime) -> Seen:
    """The list of a value as `Seen.here`, narrowed further by these fields. Raises UnknownPage, BadFilter."""
    name, _and, rest = here.partition("&")
    try:
        queue = Queue(name)
    except ValueError:
        raise UnknownPage from None
    fields = {**dict(parse_qsl(rest)), **more}
    given = {field: value for field in FIELDS if (value := fields.get(field, "").strip())}
    return Seen(queue=queue, given=given, narrowed=narrowed(given, queue=queue, now=now))


def narrowed(given: Mapping[str, str], *, queue: Queue | None, now: datetime) -> Narrowed:
    """What the fields mean. Ages are counted to the minute, so that the same list is asked for in the same words.
    Raises BadFilter.
    """
    known: dict[str, Any] = {"section": given.get("section", ""), "story": given.get("story", "")}
    for field, meaning in _MEANINGS.items():
        if field in given:
            known |= meaning(given[field])
    if "score" in given and queue not in WAITING:
        raise BadFilter(field="score", given=given["score"])
    if "order" in given and (queue is not Queue.UNREVIEWED or given["order"] not in _ORDERS):
        raise BadFilter(field="order", given=given["order"])
    if "age" in given:
        known |= _age(given["age"], now.replace(second=0, microsecond=0))
    return Narrowed(**known)


def form(
    r: Read,
    visit: Visit,
    given: Mapping[str, str],
    *,
    queue: Queue | None,
    sections: Sequence[Section],
    has_scores: bool = False,
) -> Narrowing:
    """The form as it stands, with what it offers. Raises UnknownSection, UnknownStory, UnknownCommenter: what a list is
    narrowed by must be there.
    """
    gettext = visit.words.gettext
    checks = [Choice(_HELD_FOR + check, gettext(label)) for check, label in _CHECKS.items()]
    reason = given.get("reason", "")
    if reason.startswith(_HELD_FOR) and reason not in {choice.value for choice in checks}:
        checks.append(Choice(reason, reason.removeprefix(_HELD_FOR)))
    reasons = [Choice(reason.code, gettext(reason.label)) for reason in REASONS]
    ages = [Choice(value, gettext(label)) for value, (_is_older, _span, label) in _AGES.items()]
    named = {choice.value: choice.label for choice in (*checks, *reasons, *ages)}
    return Narrowing(
        given=dict(given),
        chips=_chips(r, visit, given, {section.key: section.name for section in sections}, named),
        sections=tuple(Choice(section.key, section.name) for section in sections),
        ages=tuple(ages),
        checks=tuple(checks),
        reasons=tuple(reasons),
        takes_score=queue in WAITING,
        has_scores=has_scores,
        takes_order=queue is Queue.UNREVIEWED,
    )


def _chips(
    r: Read, visit: Visit, given: Mapping[str, str], sections: Mapping[str, str], named: Mapping[str, str]
) -> tuple[Chip, ...]:  # fmt: skip
    """What narrows the list, by what it is called, each with the list without it."""
    said = {field: named.get(value, value) for field, value in given.items()}
    if "section" in given:
        if given["section"] not in sections:
            raise UnknownSection
        said["section"] = sections[given["section"]]
    if "story" in given:
        said["story"] = stories.by_slug(r, visit.site.seq, given["story"]).content.headline
    if "commenter" in given:
        said["commenter"] = commenters.by_id(r, visit.site.seq, UUID(given["commenter"])).name
    if "order" in given:
        said["order"] = visit.words.gettext(_ORDERS[given["order"]])
    return tuple(
        Chip(name=field, said=name, without=urlencode({other: given[other] for other in given if other != field}))
        for field, name in said.items()
    )


def _commenter(typed: str) -> dict[str, Any]:
    try:
        return {"commenter": UUID(typed)}
    except ValueError:
        raise BadFilter(field="commenter", given=typed) from None


def _language(typed: str) -> dict[str, Any]:
    """Comments know the language alone, not how a country writes it: of "de-AT" it is "de"."""
    if not _LANGUAGE.fullmatch(typed):
        raise BadFilter(field="language", given=typed)
    return {"language": typed.partition("-")[0]}


def _reason(typed: str) -> dict[str, Any]:
    check = typed.removeprefix(_HELD_FOR)
    if check != typed and _CODE.fullmatch(check):
        return {"check": check}
    if typed in _CODES:
        return {"reason": typed}
    raise BadFilter(field="reason", given=typed)


def _score(typed: str) -> dict[str, Any]:
    try:
        score = float(typed.replace(",", "."))
    except ValueError:
        raise BadFilter(field="score", given=typed) from None
    if not 0 <= score <= 1:
        raise BadFilter(field="score", given=typed)
    return {"score": round(score * 1000)}


def _age(typed: str, now: datetime) -> dict[str, Any]:
    if typed not in _AGES:
        raise BadFilter(field="age", given=typed)
    is_older, span, _label = _AGES[typed]
    return {"before" if is_older else "after": now - span}


_MEANINGS: dict[str, Callable[[str], dict[str, Any]]] = {
    "commenter": _commenter,
    "language": _language,
    "reason": _reason,
    "score": _score,
}
