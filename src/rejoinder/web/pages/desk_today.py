"""The desk's home."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from rejoinder.discussion.today import WAITS, Waits, heating, midnight, waits
from rejoinder.store import stories, today
from rejoinder.store.database import Read
from rejoinder.web.answers import Answer
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.shown.today import Closing, TodayPage, Wait, Warm, bars
from rejoinder.web.visits import Visit

NEWEST = 200  # stories that are looked at for one that closes soon
SOON = timedelta(hours=24)
LINES = 8


def home(r: Read, visit: Visit) -> Answer:
    """Today's figures. The same few queries whatever the size of the site."""
    visit.staff()
    site, now = visit.site, visit.asked.now
    since = midnight(now, ZoneInfo(site.zone))
    hours = today.posted(r, site.seq, since=since)
    lasted = waits(today.lasted(r, site.seq, since=since))
    oldest = today.oldest_report(r, site.seq)
    posted = sum(hour.posted for hour in hours)
    page = TodayPage(
        chrome=chrome(r, visit),
        bars=bars(hours),
        highest=max(hour.posted for hour in hours),
        posted=posted,
        waiting=sum(hour.waiting for hour in hours),
        removed=sum(hour.removed for hour in hours),
        decided=lasted.decided,
        median=_seconds(lasted.median),
        p95=_seconds(lasted.p95),
        waits=_waits(lasted),
        oldest_report=oldest[0] if oldest else None,
        oldest_report_on=oldest[1] if oldest else None,
        warm=_warm(r, visit),
        closing=_closing(r, visit),
        is_partial=posted >= today.COMMENTS,
    )
    return show(visit, page)


def _warm(r: Read, visit: Visit) -> tuple[Warm, ...]:
    found = heating(today.heat(r, visit.site.seq, now=visit.asked.now))
    about = stories.by_seqs(r, visit.site.seq, [each.story_seq for each in found])
    return tuple(
        Warm(slug=story.slug, headline=story.content.headline, now=each.now, before=each.before)
        for each in found
        if (story := about.get(each.story_seq)) is not None
    )


def _closing(r: Read, visit: Visit) -> tuple[Closing, ...]:
    """The discussions whose schedule goes on to another phase within a day, the next first."""
    now = visit.asked.now
    soon = []
    for story in stories.newest(r, visit.site.seq, most=NEWEST):
        standing = story.standing(now)
        ends = standing.closes or standing.until
        if ends is not None and ends - now <= SOON and story.withdrawn_at is None:
            soon.append((ends, story, standing))
    soon.sort(key=lambda each: each[0])
    return tuple(
        Closing(slug=story.slug, headline=story.content.headline, standing=standing, comments=story.published_count)
        for _, story, standing in soon[:LINES]
    )


def _waits(lasted: Waits) -> tuple[Wait, ...]:
    most = max(lasted.counts) or 1
    bounds = [*(bound / timedelta(hours=1) for bound in WAITS), None]
    return tuple(
        Wait(hours=hours, count=count, width=round(count * 100 / most))
        for hours, count in zip(bounds, lasted.counts, strict=True)
    )


def _seconds(wait: timedelta | None) -> float | None:
    return None if wait is None else wait.total_seconds()
