"""The yearly report on moderation (Regulation (EU) 2022/2065, Articles 15 and 24): pure counting, in the order of the
eight sections of the quantitative template of Implementing Regulation (EU) 2024/2835, as far as a discussion has them.

A decision that was taken back within the undo time was none. Durations are medians, in hours.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from msgspec import Struct

from rejoinder.discussion.moderation import Outcome


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
    """A figure of the report. `unit` is a count where it is empty."""

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


NO_ORDERS = "Orders of authorities reach the publisher, not this software: add them by hand."
SMALL = (
    "The publisher is a micro or small enterprise and need not publish this report (Articles 15(2) and 19). It does so"
    " of its own accord."
)


def parts(facts: Facts) -> tuple[Part, ...]:
    """The report's eight sections."""
    own = [each for each in facts.restricted if each.source in ("SOURCE_VOLUNTARY", "SOURCE_TYPE_OTHER_NOTIFICATION")]
    return (
        Part(number=1, title="Orders of Member States", note=NO_ORDERS),
        Part(number=2, title="Notices of illegal content", lines=_notices(facts.noticed)),
        Part(number=3, title="Own initiative: illegal content", lines=_by_kind([e for e in own if e.is_illegal])),
        Part(
            number=4,
            title="Own initiative: against the policy",
            lines=_by_kind([each for each in own if not each.is_illegal]),
            note="Reports by readers that make no claim of illegality count here.",
        ),
        Part(number=5, title="Complaints and appeals", lines=_appeals(facts.appealed)),
        Part(number=6, title="Suspensions and other acts on accounts", lines=_counted("act", facts.acts)),
        Part(number=7, title="Automated means", lines=_automation(facts.restricted)),
        Part(number=8, title="The discussions", lines=_whole(facts)),
    )


def _notices(noticed: Sequence[Noticed]) -> tuple[Line, ...]:
    hours = [each.hours for each in noticed if each.hours is not None]
    return (
        Line(key="all", label="Notices received", value=len(noticed)),
        Line(key="trusted", label="By trusted flaggers", value=sum(each.is_trusted for each in noticed)),
        *_counted("kind", Counter(each.kind for each in noticed)),
        *_counted("result", Counter(each.resolution or "open" for each in noticed)),
        Line(key="automated", label="Processed by automated means alone", value=0),
        Line(key="median", label="Median time to the decision", value=_median(hours), unit="hours"),
    )


def _by_kind(found: Sequence[Restricted]) -> tuple[Line, ...]:
    detected = sum(each.is_detected for each in found)
    reported = sum(each.source == "SOURCE_TYPE_OTHER_NOTIFICATION" for each in found)
    return (
        Line(key="all", label="Decisions", value=len(found)),
        *_counted("reason", Counter(each.reason or "not-yet-given" for each in found)),
        *_counted("restriction", Counter(each.restriction for each in found)),
        Line(key="detected.check", label="A check of the rules", value=detected),
        Line(key="detected.reader", label="Readers", value=reported),
        Line(key="detected.editor", label="Editors", value=len(found) - detected - reported),
        Line(key="median", label="Median time to the decision", value=_median(e.hours for e in found), unit="hours"),
    )


def _appeals(appealed: Sequence[Appealed]) -> tuple[Line, ...]:
    outcomes = Counter(each.outcome or "open" for each in appealed)
    hours = [each.hours for each in appealed if each.hours is not None]
    return (
        Line(key="all", label="Appeals", value=len(appealed)),
        *_counted("by", Counter(each.by for each in appealed)),
        Line(key="reversed", label="Decisions reversed", value=outcomes["granted"]),
        Line(key="upheld", label="Decisions upheld", value=outcomes["refused"]),
        Line(key="open", label="Still to be heard", value=outcomes["open"]),
        Line(key="median", label="Median time to the hearing", value=_median(hours), unit="hours"),
    )


def _automation(restricted: Sequence[Restricted]) -> tuple[Line, ...]:
    """The error rate is the share of the system's decisions that an editor reversed later (Article 15(1)(e))."""
    by_system = [each for each in restricted if each.is_automatic]
    held = [each for each in restricted if each.is_detected and not each.is_automatic]
    reversed_ = sum(each.is_reversed for each in by_system)
    rate = 100 * reversed_ / len(by_system) if by_system else None
    hidden = sum(each.outcome == Outcome.HIDE for each in by_system)
    return (
        Line(key="all", label="Decisions taken by the system", value=len(by_system)),
        Line(key="hidden", label="Hidden after reports until an editor looked", value=hidden),
        Line(key="followed", label="Followed an editor's decision", value=len(by_system) - hidden),
        Line(key="reversed", label="Reversed later by an editor", value=reversed_),
        Line(key="error-rate", label="Possible error rate", value=rate, unit="per cent"),
        Line(key="held", label="Held by a check, then rejected by an editor", value=len(held)),
    )


def _whole(facts: Facts) -> tuple[Line, ...]:
    answer = _median(facts.hours_to_answer)
    return (
        Line(key="posted", label="Comments posted", value=facts.posted),
        Line(key="restricted", label="Comments restricted", value=len(facts.restricted)),
        Line(key="reported", label="Reports by readers", value=facts.reported),
        Line(key="answer", label="Median time to answer a report", value=answer, unit="hours"),
        *_counted("source", Counter(each.source for each in facts.restricted)),
    )


def _counted(key: str, counts: Mapping[str, int]) -> tuple[Line, ...]:
    """One line for each of what was counted, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(Line(key=f"{key}.{name}", label=_label(name), value=count) for name, count in ordered)


def _label(name: str) -> str:
    for prefix in ("SOURCE_", "TYPE_", "DECISION_VISIBILITY_", "CONTENT_"):
        name = name.removeprefix(prefix)
    words = name.replace("_", " ").replace("-", " ").lower()
    return words[:1].upper() + words[1:]


def _median(hours: Iterable[float]) -> float | None:
    found = list(hours)
    return round(median(found), 2) if found else None
