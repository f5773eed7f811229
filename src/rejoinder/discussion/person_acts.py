"""What editors do about people, beside what they decide on comments: who may do what, and what each act needs.

Every act is on the record, told to whom it is about, and can be lifted; a restriction says why, by which rule and until
when (Regulation (EU) 2022/2065, Articles 17 and 23(1)). A message and a warning take no answer: they are no
conversation (Online Safety Act 2023, Schedule 1, paragraph 4).
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.closing import days_long
from rejoinder.discussion.commenters import Act, Commenter, must_be_allowed
from rejoinder.discussion.policy import chosen_reason
from rejoinder.discussion.refusals import ActedMeanwhile, AlreadyUndone, Invalid, NotAllowed, NoteNeeded, ReasonNeeded
from rejoinder.discussion.restrictions import ENGLISH, Language
from rejoinder.discussion.statement import NONE, account_statement

LONGEST = 2000  # characters of an editor's words to somebody


class PersonAct(StrEnum):
    """What an editor can do about a commenter. The words stand in the record as they are here."""

    MESSAGE = "message"
    WARN = "warn"  # they say that they have read it before they write on
    HOLD = "hold"  # each new comment waits for an editor
    SUSPEND = "suspend"  # cannot write for a time
    BAN = "ban"  # cannot write any more
    OFF_LADDER = "off ladder"  # earns no trust, and counts as new
    ERASE = "erase"  # all their comments go at once, as spam
    LIFT = "lift"  # takes one of the others back


NEEDS: dict[PersonAct, Act] = {
    PersonAct.MESSAGE: Act.WARN,
    PersonAct.WARN: Act.WARN,
    PersonAct.HOLD: Act.WARN,
    PersonAct.SUSPEND: Act.MANAGE_PEOPLE,
    PersonAct.BAN: Act.MANAGE_PEOPLE,
    PersonAct.OFF_LADDER: Act.MANAGE_PEOPLE,
    PersonAct.ERASE: Act.MANAGE_PEOPLE,
}
RESTRICTS = (PersonAct.HOLD, PersonAct.SUSPEND, PersonAct.BAN, PersonAct.OFF_LADDER)
_KEEPS_OUT = (PersonAct.SUSPEND, PersonAct.BAN)


class OnPerson(Struct, frozen=True, kw_only=True):
    """An entry of the record about a commenter: only added to. `by` None is the command line or another site."""

    seq: int
    id: UUID
    commenter_seq: int
    act: PersonAct
    created_at: datetime
    by_seq: int | None = None
    by_name: str | None = None
    reason: str | None = None
    text: str = ""
    until: datetime | None = None
    acknowledged_at: datetime | None = None
    reverses: int | None = None
    reversed_by: int | None = None
    lifted: PersonAct | None = None  # which act it takes back


def must_be_able(by: Commenter, about: Commenter, act: PersonAct) -> Commenter:
    """The editor, who may do it about this person. Staff lose their role first. Raises NotAllowed."""
    must_be_allowed(by, NEEDS[act])
    if about.is_staff:
        raise NotAllowed
    return by


def must_be_seen(latest: int, seen: int | None) -> None:
    """Silent if nothing was done about the person since the editor looked: `seen` is the newest act on their page
    (None: they looked at nothing). Raises ActedMeanwhile.
    """
    if seen is not None and latest != seen:
        raise ActedMeanwhile


def must_be_complete(act: PersonAct, *, reason: str | None, text: str) -> None:
    """Silent if the act says what it has to. Raises ReasonNeeded, UnknownReason, NoteNeeded, Invalid."""
    if len(text) > LONGEST or (act is PersonAct.MESSAGE and not text.strip()):
        raise Invalid(field="text")
    if act is PersonAct.WARN or act in RESTRICTS:
        if not reason:
            raise ReasonNeeded
        if chosen_reason(reason).needs_note and not text.strip():
            raise NoteNeeded


def until_after(days: float | None, *, now: datetime) -> datetime | None:
    """When so many days are over; None for none. Raises BadRules for a length that cannot be meant."""
    return None if days is None else now + days_long(days)


def statement_of(
    act: PersonAct, reason: str | None, *, until: datetime | None, now: datetime, language: Language = ENGLISH
) -> str:
    """The statement of reasons, as JSON; of what restricts nothing there is none."""
    if act not in RESTRICTS:
        return NONE
    restriction = act.value if act in _KEEPS_OUT else "hold"
    return account_statement(reason, restriction=restriction, until=until, now=now, language=language)


def standing(record: Sequence[OnPerson]) -> list[OnPerson]:
    """Which of these acts (the oldest first) nobody has taken back: the newest of each kind, also where its time is
    over. Suspending and banning are one kind.
    """
    newest: dict[PersonAct, OnPerson] = {}
    for each in record:
        if each.act in (*RESTRICTS, PersonAct.ERASE):
            newest[_kind(each.act)] = each
    return [each for each in newest.values() if each.reversed_by is None]


def in_force(record: Sequence[OnPerson], *, now: datetime) -> list[OnPerson]:
    """Which of the acts that stand hold now: their time is not over."""
    return [each for each in standing(record) if each.until is None or now < each.until]


def must_be_liftable(act: OnPerson, record: Sequence[OnPerson], *, now: datetime, is_heard: bool = False) -> None:
    """Silent if the act holds and can be taken back; so can a warning that was not read, and after a hearing
    (`is_heard`) what stands though its time is over. Raises AlreadyUndone.
    """
    if act.act is PersonAct.WARN and act.reversed_by is None and act.acknowledged_at is None:
        return
    if act.seq not in {each.seq for each in (standing(record) if is_heard else in_force(record, now=now))}:
        raise AlreadyUndone


def _kind(act: PersonAct) -> PersonAct:
    return PersonAct.BAN if act in _KEEPS_OUT else act
