"""Reads the page of a story that is not known here yet, and opens its discussion if the page says when it was
published.

A job rather than part of the request that asked: a publisher's page waits for its include, and must not wait for a
fetch of itself. So the first answer says that the discussion opens in a moment; what comes of it is remembered for a
while.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from rejoinder.actions.open_story import OpenStory, open_story
from rejoinder.actions.publish_story import NewStory
from rejoinder.discussion.address_keys import address_key
from rejoinder.discussion.origins import in_one_form, is_on, origin_of
from rejoinder.discussion.refusals import ForeignAddress, Refusal
from rejoinder.discussion.sites import Site
from rejoinder.importers.fetching import Bounds, Fetched, MayFollow, MayReach, anywhere, fetch, is_public
from rejoinder.importers.record import CannotRead, StoryRecord
from rejoinder.importers.stories.metadata import read_metadata
from rejoinder.store import sites
from rejoinder.store.database import Database
from rejoinder.store.jobs import Job

log = structlog.get_logger()
BOUNDS = Bounds(largest=5_000_000, seconds=15)


class Fetch(Protocol):
    """Gets a page; see `importers.fetching.fetch`."""

    def __call__(self, url: str, *, may_reach: MayReach, may_follow: MayFollow, bounds: Bounds) -> Fetched: ...


class OpenStoryRun:
    """Runs the job. Nothing is fetched inside a transaction."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime], fetch: Fetch = fetch) -> None:
        self._database = database
        self._clock = clock
        self._fetch = fetch

    def __call__(self, job: Job) -> str:
        """Why no story was opened, as a code; empty if one was. A page that cannot be read is not tried again at once:
        whoever asks for it after a while makes a new job.
        """
        site = self._database.read(lambda r: sites.by_seq(r, job.site_seq or 0)).result()
        address: str = job.payload["address"]
        try:
            order = self._read(site, address)
            self._database.write(lambda w: open_story(w, order, now=self._clock())).result()
        except (CannotRead, Refusal) as problem:
            log.warning(
                "a story was not opened", site=site.key, address=address, why=problem.code, problem=str(problem)
            )
            return problem.code
        return ""

    def _read(self, site: Site, address: str) -> OpenStory:
        if not is_on(address, site.origins):
            raise ForeignAddress
        address = in_one_form(address)
        may_reach = anywhere if origin_of(address) in site.private_origins else is_public
        page = self._fetch(
            address, may_reach=may_reach, may_follow=lambda to: _may_follow(site, address, to), bounds=BOUNDS
        )
        record = read_metadata(page.data, url=page.url, content_type=page.content_type, site_zone=ZoneInfo(site.zone))
        return OpenStory(site_seq=site.seq, addresses=_addresses(site, record, page.url, address), story=_new(record))


def _may_follow(site: Site, address: str, to: str) -> bool:
    """On the publisher's own pages only; from a public page never to one inside our network."""
    if not is_on(to, site.origins):
        return False
    return origin_of(to) not in site.private_origins or origin_of(address) in site.private_origins


def _addresses(site: Site, record: StoryRecord, *known: str) -> tuple[str, ...]:
    """Every address of the story, the canonical one first. What a page calls canonical counts only if it is the
    publisher's own and no front page: some call every page of theirs that.
    """
    canonical = record.canonical_url
    if canonical and is_on(canonical, site.origins) and "/" in address_key(canonical):
        known = (canonical, *known)
    return tuple(dict.fromkeys(known))


def _new(record: StoryRecord) -> NewStory:
    return NewStory(
        content=record.content,
        publisher_id=record.publisher_id,
        published_at=record.published_at,
        published_at_source=record.published_at_source,
        section=record.section,
    )
