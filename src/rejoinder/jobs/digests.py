"""Who is due a letter with the news of a day or a week: looked for every few minutes, by the clocks of each site."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rejoinder.actions.letters import KIND, recipient
from rejoinder.discussion.preferences import EVERY_HOURS, FROM_HOUR, Kind, Preferences
from rejoinder.store import jobs, notifications, sites
from rejoinder.store.database import Write

AT_ONCE = 200  # people in one transaction


def note_digests(w: Write, after: tuple[int, int], *, now: datetime) -> tuple[int, int] | None:
    """Notes the letters of the next people who are due one. After whom to go on; None: that was everybody."""
    found = notifications.waiting(w, after=after, most=AT_ONCE)
    zones = {site_seq: ZoneInfo(sites.by_seq(w, site_seq).zone) for site_seq in {each[0] for each in found}}
    for site_seq, commenter_seq in found:
        wanted, last = notifications.preferences(w, site_seq, commenter_seq)
        if now.astimezone(zones[site_seq]).hour >= FROM_HOUR and digest_of(wanted, last=last, now=now):
            day = now.astimezone(zones[site_seq]).date()
            jobs.add(
                w,
                KIND,
                site_seq=site_seq,
                event=f"digest:{day}",
                recipient=f"{site_seq}:{recipient(commenter_seq)}",
                payload={"letter": "digest", "commenter": commenter_seq},
                now=now,
            )
    return found[-1] if len(found) == AT_ONCE else None


def digest_of(wanted: Preferences, *, last: datetime | None, now: datetime) -> frozenset[Kind]:
    """Which kinds of news a letter now would have for somebody whose last one went then."""
    return frozenset(
        kind
        for kind in Kind
        for hours in [EVERY_HOURS.get(wanted.of(kind))]
        if hours is not None and (last is None or now - last >= timedelta(hours=hours))
    )
