"""Looks at how somebody's reports were answered: warns them, or slows their reports for a time, where too few had any
ground (Regulation (EU) 2022/2065, Article 23(2) and (3)).
"""

from datetime import datetime, timedelta

from rejoinder.actions.letters import KIND, recipient
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.notices import Outcome
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.sites import rules_here
from rejoinder.discussion.slowing import Step, counted_from, next_step
from rejoinder.store import commenters, flags, jobs, log, notices, reporters, sites
from rejoinder.store.database import Write
from rejoinder.store.values import micros


def slow_reporter(w: Write, site_seq: int, commenter_seq: int, *, now: datetime) -> Step:
    """What was done. They are told in a letter; it ends by itself, and neither is done to staff."""
    rules = rules_here(sites.by_seq(w, site_seq).rules)
    reporter = commenters.lock(w, site_seq, commenter_seq)
    standing = reporters.standing(w, site_seq, commenter_seq)
    since = counted_from(standing, rules=rules, now=now)
    reports = flags.answered_since(w, site_seq, commenter_seq, since)
    noticed = notices.answered_since(w, site_seq, commenter_seq, since)
    upheld = reports.get(Resolution.UPHELD, 0) + noticed.get(Outcome.ILLEGAL, 0) + noticed.get(Outcome.POLICY, 0)
    declined = reports.get(Resolution.DECLINED, 0) + noticed.get(Outcome.LEFT, 0)
    step = next_step(standing, upheld=upheld, declined=declined, rules=rules, now=now)
    if step is Step.NOTHING or reporter.is_staff:
        return Step.NOTHING
    until = now + timedelta(days=rules.slow_for) if step is Step.SLOW else None
    if until is None:
        reporters.warn(w, site_seq, commenter_seq, now=now)
    else:
        reporters.slow(w, site_seq, commenter_seq, until=until)
    figures = {"answered": upheld + declined, "upheld": upheld, "days": rules.slow_days}
    jobs.add(
        w,
        KIND,
        site_seq=site_seq,
        event=f"reports-{step}:{reporter.id}:{micros(now)}",
        recipient=recipient(commenter_seq),
        payload={"letter": f"reports-{step}", "commenter": commenter_seq, **figures},
        now=now,
    )
    details = {"act": f"reports {step}", "until": micros(until) if until else None, **figures}
    log.append(w, site_seq, RecordKind.PERSON, details, commenter_seq=commenter_seq, now=now)
    return step
