"""Who is due a letter with the news of a day or a week: looked for every few minutes, by the clocks of each site."""

from datetime import datetime
from zoneinfo import ZoneInfo

from rejoinder.actions.letters import KIND, recipient
from rejoinder.discussion.preferences import FROM_HOUR
from rejoinder.store import jobs, notifications, sites
from rejoinder.store.database import Write

AT_ONCE = 200  # people in one transaction


def note_digests(w: Write, after: tuple[int, int], *, now: datetime) -> tuple[int, int] | None:
    """Notes the letters of the next people who are due one, at most one a day. After whom to go on; None: that was
    everybody.
    """
    found = notifications.waiting(w, after=after, most=AT_ONCE)
    zones = {site_seq: ZoneInfo(sites.by_seq(w, site_seq).zone) for site_seq in {each[0] for each in found}}
    for site_seq, commenter_seq in found:
        there = now.astimezone(zones[site_seq])
        kinds = notifications.preferences(w, site_seq, commenter_seq).due(there.date())
        if kinds and there.hour >= FROM_HOUR:
            jobs.add(
                w,
                KIND,
                site_seq=site_seq,
                event=f"digest:{there.date()}",
                recipient=f"{site_seq}:{recipient(commenter_seq)}",
                payload={"letter": "digest", "commenter": commenter_seq, "kinds": sorted(kinds)},
                now=now,
            )
    return found[-1] if len(found) == AT_ONCE else None
