"""How the yearly report names what it counts, by the groups it counts in; English, for the catalogues."""

from collections.abc import Mapping

from rejoinder.discussion.appeals import Appellant
from rejoinder.discussion.notices import LABELS as KINDS
from rejoinder.discussion.notices import Outcome
from rejoinder.discussion.person_acts import PersonAct
from rejoinder.discussion.policy import REASONS, WITH_PARENT
from rejoinder.discussion.refusals import _
from rejoinder.discussion.restrictions import Source

OPEN = "open"  # a result that there is not yet
NO_REASON = "not-yet-given"  # of what the system hides until an editor has looked
_LABELS: Mapping[str, Mapping[str, str]] = {
    "reason": {reason.code: reason.label for reason in (*REASONS, WITH_PARENT)} | {NO_REASON: _("Not yet given")},
    "kind": {kind.value: label for kind, label in KINDS.items()},
    "result": {
        Outcome.ILLEGAL.value: _("Removed as against the law"),
        Outcome.POLICY.value: _("Removed as against the policy"),
        Outcome.LEFT.value: _("Left standing"),
        Outcome.GONE.value: _("Gone before it was answered"),
        OPEN: _("Still open"),
    },
    "restriction": {
        "DECISION_VISIBILITY_CONTENT_REMOVED": _("Taken out of the discussion"),
        "DECISION_VISIBILITY_CONTENT_DISABLED": _("Hidden until an editor has looked"),
        "DECISION_VISIBILITY_CONTENT_DEMOTED": _("Stands after all others"),
        "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED": _("Takes no replies any more"),
        "DECISION_VISIBILITY_OTHER": _("Never published, or changed in part"),
    },
    "by": {
        Appellant.WRITER.value: _("The comment’s writer"),
        Appellant.REPORTER.value: _("Whoever reported it"),
        Appellant.NOTIFIER.value: _("Whoever gave notice of it"),
        Appellant.PERSON.value: _("Whoever an act was about"),
    },
    "act": {
        PersonAct.MESSAGE.value: _("Message"),
        PersonAct.WARN.value: _("Warning"),
        PersonAct.HOLD.value: _("Comments held"),
        PersonAct.SUSPEND.value: _("Suspended"),
        PersonAct.BAN.value: _("Banned"),
        PersonAct.OFF_LADDER.value: _("Off the trust ladder"),
        PersonAct.ERASE.value: _("All comments taken away as spam"),
        PersonAct.LIFT.value: _("An act taken back"),
    },
    "source": {
        Source.NOTICE.value: _("Notices of illegal content"),
        Source.TRUSTED.value: _("Trusted flaggers’ notices"),
        Source.REPORT.value: _("Reports by readers"),
        Source.OWN.value: _("The editors’ own reading"),
    },
}


def label_of(group: str, name: str) -> str:
    """How the name is called in its group; of one from another time, itself."""
    return _LABELS[group].get(name, name)
