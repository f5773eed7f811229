"""The yearly report on moderation (Regulation (EU) 2022/2065, Articles 15 and 24): pure counting, in the order of the
eight sections of the quantitative template of Implementing Regulation (EU) 2024/2835, as far as a discussion has them.

A decision that was taken back within the undo time was none. Durations are medians, in hours.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import _
from rejoinder.discussion.transparency_labels import NO_REASON, OPEN, label_of


class Restricted(Struct, frozen=True, kw_only=True):
    """One restriction, as its statement of reasons says it. `hours` from the first report or the posting."""

    reason: str  # empty: none was given, as where the system hides
    restriction: str
    source: str
    is_automatic: bool
    is_detected: bool
    is_illegal: bool
    is_reversed: bool
    outcome: str
    hours: float


class Noticed(Struct, frozen=True, kw_only=True):
    """One notice of illegal content."""

    kind: str
    is_trusted: bool
    resolution: str | None
    hours: float | None


class Appealed(Struct, frozen=True, kw_only=True):
    """One appeal, by the writer or by who reported."""

    by: str
    outcome: str | None
    hours: float | None


class Line(Struct, frozen=True, kw_only=True):
    """A figure of the report. `unit` is a count where it is empty, else HOURS or PER_CENT."""

    key: str
    label: str
    value: float | None
    unit: str = ""


class Part(Struct, frozen=True, kw_only=True):
    """A section of the report. `note` says what a reader of the figures must know."""

    number: int
    title: str
    lines: tuple[Line, ...] = ()
    note: str = ""


class Facts(Struct, frozen=True, kw_only=True):
    """What happened in a year. `acts` counts what was done about people, by act."""

    restricted: Sequence[Restricted] = ()
    noticed: Sequence[Noticed] = ()
    appealed: Sequence[Appealed] = ()
    acts: Mapping[str, int] = {}
    posted: int = 0
    reported: int = 0
    hours_to_answer: Sequence[float] = ()  # of reports


HOURS, PER_CENT = "hours", "per cent"
NO_ORDERS = _("Orders of authorities reach the publisher, not this software: add them by hand.")
SMALL = _(
    "The publisher is a micro or small enterprise and need not publish this report (Articles 15(2) and 19). It does so "
    "of its own accord."
)
UNFINISHED = _("%(year)s is not over: these are its figures so far.")
READERS = _("Reports by readers that make no claim of illegality count here.")


def parts(facts: Facts, say: Callable[[str], str] = str) -> tuple[Part, ...]:
    """The report's eight sections, as `say` words them."""
    return tuple(_said(part, say) for part in _parts(facts))


def _said(part: Part, say: Callable[[str], str]) -> Part:
    lines = tuple(replace(line, label=say(line.label)) for line in part.lines)
    return replace(part, title=say(part.title), lines=lines, note=say(part.note) if part.note else "")


def _parts(facts: Facts) -> tuple[Part, ...]:
    own = [each for each in facts.restricted if each.source in ("SOURCE_VOLUNTARY", "SOURCE_TYPE_OTHER_NOTIFICATION")]
    return (
        Part(number=1, title=_("Orders of Member States"), note=NO_ORDERS),
        Part(number=2, title=_("Notices of illegal content"), lines=_notices(facts.noticed)),
        Part(number=3, title=_("Own initiative: illegal content"), lines=_by_kind([e for e in own if e.is_illegal])),
        Part(
            number=4,
            title=_("Own initiative: against the policy"),
            lines=_by_kind([each for each in own if not each.is_illegal]),
            note=READERS,
        ),
        Part(number=5, title=_("Complaints and appeals"), lines=_appeals(facts.appealed)),
        Part(number=6, title=_("Suspensions and other acts on accounts"), lines=_counted("act", facts.acts)),
        Part(number=7, title=_("Automated means"), lines=_automation(facts.restricted)),
        Part(number=8, title=_("The discussions"), lines=_whole(facts)),
    )


def _notices(noticed: Sequence[Noticed]) -> tuple[Line, ...]:
    hours = [each.hours for each in noticed if each.hours is not None]
    return (
        Line(key="all", label=_("Notices received"), value=len(noticed)),
        Line(key="trusted", label=_("By trusted flaggers"), value=sum(each.is_trusted for each in noticed)),
        *_counted("kind", Counter(each.kind for each in noticed)),
        *_counted("result", Counter(each.resolution or OPEN for each in noticed)),
        Line(key="automated", label=_("Processed by automated means alone"), value=0),
        Line(key="median", label=_("Median time to the decision"), value=_median(hours), unit=HOURS),
    )


def _by_kind(found: Sequence[Restricted]) -> tuple[Line, ...]:
    detected = sum(each.is_detected for each in found)
    reported = sum(each.source == "SOURCE_TYPE_OTHER_NOTIFICATION" for each in found)
    return (
        Line(key="all", label=_("Decisions"), value=len(found)),
        *_counted("reason", Counter(each.reason or NO_REASON for each in found)),
        *_counted("restriction", Counter(each.restriction for each in found)),
        Line(key="detected.check", label=_("A check of the rules"), value=detected),
        Line(key="detected.reader", label=_("Readers"), value=reported),
        Line(key="detected.editor", label=_("Editors"), value=len(found) - detected - reported),
        Line(key="median", label=_("Median time to the decision"), value=_median(e.hours for e in found), unit=HOURS),
    )


def _appeals(appealed: Sequence[Appealed]) -> tuple[Line, ...]:
    outcomes = Counter(each.outcome or OPEN for each in appealed)
    hours = [each.hours for each in appealed if each.hours is not None]
    return (
        Line(key="all", label=_("Appeals"), value=len(appealed)),
        *_counted("by", Counter(each.by for each in appealed)),
        Line(key="reversed", label=_("Decisions reversed"), value=outcomes["granted"]),
        Line(key="upheld", label=_("Decisions upheld"), value=outcomes["refused"]),
        Line(key="open", label=_("Still to be heard"), value=outcomes[OPEN]),
        Line(key="median", label=_("Median time to the hearing"), value=_median(hours), unit=HOURS),
    )


def _automation(restricted: Sequence[Restricted]) -> tuple[Line, ...]:
    """The error rate is the share of the system's decisions that an editor reversed later (Article 15(1)(e))."""
    by_system = [each for each in restricted if each.is_automatic]
    held = [each for each in restricted if each.is_detected and not each.is_automatic]
    reversed_ = sum(each.is_reversed for each in by_system)
    rate = 100 * reversed_ / len(by_system) if by_system else None
    hidden = sum(each.outcome == Outcome.HIDE for each in by_system)
    return (
        Line(key="all", label=_("Decisions taken by the system"), value=len(by_system)),
        Line(key="hidden", label=_("Hidden until an editor looked"), value=hidden),
        Line(key="followed", label=_("Followed an editor’s decision"), value=len(by_system) - hidden),
        Line(key="reversed", label=_("Reversed later by an editor"), value=reversed_),
        Line(key="error-rate", label=_("Possible error rate"), value=rate, unit=PER_CENT),
        Line(key="held", label=_("Held by a check, then rejected by an editor"), value=len(held)),
    )


def _whole(facts: Facts) -> tuple[Line, ...]:
    answer = _median(facts.hours_to_answer)
    return (
        Line(key="posted", label=_("Comments posted"), value=facts.posted),
        Line(key="restricted", label=_("Comments restricted"), value=len(facts.restricted)),
        Line(key="reported", label=_("Reports by readers"), value=facts.reported),
        Line(key="answer", label=_("Median time to answer a report"), value=answer, unit=HOURS),
        *_counted("source", Counter(each.source for each in facts.restricted)),
    )


def _counted(key: str, counts: Mapping[str, int]) -> tuple[Line, ...]:
    """One line for each of what was counted, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Line(key=f"{key}.{name}", label=label_of(key, name), value=count) for name, count in ordered)


def _median(hours: Iterable[float]) -> float | None:
    found = list(hours)
    return round(median(found), 2) if found else None
