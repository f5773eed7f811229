"""A publisher's page asks for the discussion of a story that is not known here yet."""

from datetime import datetime, timedelta
from hashlib import blake2b

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.discussion.address_keys import address_key
from rejoinder.discussion.origins import is_on
from rejoinder.discussion.refusals import ForeignAddress, NoPublicationTime
from rejoinder.discussion.stories import Story
from rejoinder.store import attempts, jobs, sites, stories
from rejoinder.store.database import Read, Write

KIND = "open-story"
REMEMBERED = timedelta(minutes=10)  # what came of an address; then it may be asked for once more
MOST = 60  # pages of one site that are fetched in a minute


class OpenStory(Struct, frozen=True, kw_only=True):
    """The story, and every address it is known by, the canonical one first."""

    site_seq: int
    addresses: tuple[str, ...]
    story: NewStory


def open_story(w: Write, order: OpenStory, *, now: datetime) -> Story:
    """The story of these addresses: the one that is here, which learns what it did not know and keeps its words; else a
    new one. Raises ForeignAddress, NoPublicationTime, BadStory, UnknownSite.
    """
    site = sites.lock(w, order.site_seq)  # one story for one address, however many arrive at once
    keys = {address_key(address): address for address in order.addresses}
    if not all(is_on(address, site.origins) for address in order.addresses):
        raise ForeignAddress
    present = stories.by_identity(w, site.seq, publisher_id=order.story.publisher_id, keys=keys)
    if present is None:
        if order.story.published_at is None:
            raise NoPublicationTime
        new = replace(order.story, canonical_url=order.addresses[0])
        story = publish_story(w, site.seq, new, now=now).story
    else:
        story = _learnt(w, stories.lock(w, site.seq, present.seq), order)
    for key, address in keys.items():
        stories.add_address(w, story, key=key, address=address)
    return story


def ask_to_open(w: Write, site_seq: int, address: str, *, now: datetime) -> None:
    """Notes that the address's page is to be read; once in a while for each address. Raises TooFast where very many
    unknown addresses of the site are asked for.
    """
    attempts.note(w, KIND, str(site_seq), limit=MOST, seconds=60, now=now)
    jobs.add(
        w,
        KIND,
        site_seq=site_seq,
        event=_event(site_seq, address, now),
        recipient="",
        payload={"address": address},
        now=now,
    )


def what_came(r: Read, site_seq: int, address: str, *, now: datetime) -> str | None:
    """Why the address's page opened no story: a code, empty while it is being read; None where nobody has asked, or not
    for a while.
    """
    return jobs.note_of(r, KIND, event=_event(site_seq, address, now), recipient="")


def _learnt(w: Write, story: Story, order: OpenStory) -> Story:
    new, is_dated = order.story, story.published_at is not None
    learnt = replace(
        story,
        publisher_id=story.publisher_id or new.publisher_id,
        canonical_url=story.canonical_url or order.addresses[0],
        published_at=story.published_at if is_dated else new.published_at,
        published_at_source=story.published_at_source if is_dated else new.published_at_source,
    )
    if learnt == story:
        return story
    stories.learn(w, learnt)
    return stories.by_seq(w, story.site_seq, story.seq)


def _event(site_seq: int, address: str, now: datetime) -> str:
    """One for an address and a while, so that it is fetched once in it, however many ask."""
    digest = blake2b(address_key(address).encode(errors="surrogatepass"), digest_size=16).hexdigest()
    return f"{KIND}:{site_seq}:{digest}:{int(now.timestamp() // REMEMBERED.total_seconds())}"
