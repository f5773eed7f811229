"""A story is opened once, however many pages ask for it at once and by whatever address, on both stores."""

from concurrent.futures import wait

import pytest
from tests.makers import NOON, Setting, a_story, after

from rejoinder.actions.change_origins import add_origin
from rejoinder.actions.open_story import OpenStory, ask_to_open, open_story, what_came
from rejoinder.actions.publish_story import NewStory
from rejoinder.discussion.refusals import BadStory, ForeignAddress, NoPublicationTime, TooFast
from rejoinder.discussion.stories import Content, PublishedAtSource
from rejoinder.store import jobs, stories
from rejoinder.store.database import Database

QUAY = "https://courier.example/news/quay"


class Courier(Setting):
    """A setting whose site has an origin."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.write(lambda w: add_origin(w, self.site.seq, "https://courier.example"))

    def order(self, *addresses: str, **known: object) -> OpenStory:
        said: dict[str, object] = {
            "content": Content(headline="Quay to be mended"),
            "published_at": NOON,
            "published_at_source": PublishedAtSource.PUBLISHER,
        }
        new = NewStory(**(said | known))  # type: ignore[arg-type] # readable at the call
        return OpenStory(site_seq=self.site.seq, addresses=addresses or (QUAY,), story=new)

    def how_many(self) -> int:
        return self.read(lambda r: stories.how_many(r, self.site.seq))


@pytest.fixture
def courier(database: Database) -> Courier:
    return Courier(database)


def test_eight_pages_that_ask_at_once_open_one_story(either_database: Database) -> None:
    courier = Courier(either_database)
    before = courier.how_many()
    forms = (QUAY, f"{QUAY}/", f"{QUAY}?utm_source=x", f"{QUAY}/amp")
    orders = [courier.order(forms[number % 4]) for number in range(8)]

    running = [courier.database.write(lambda w, o=order: open_story(w, o, now=NOON)) for order in orders]  # type: ignore[misc] # binds the loop's value
    wait(running)

    assert len({each.result().seq for each in running}) == 1
    assert courier.how_many() == before + 1


def test_eight_pages_that_ask_at_once_are_one_job(either_database: Database) -> None:
    courier = Courier(either_database)
    site = courier.site.seq

    running = [courier.database.write(lambda w: ask_to_open(w, site, QUAY, now=NOON)) for _ in range(8)]
    wait(running)

    assert [each.exception() for each in running] == [None] * 8
    assert len(courier.write(lambda w: jobs.claim(w, now=after(minutes=1), most=100))) == 1


def test_every_address_of_a_story_is_kept(courier: Courier) -> None:
    other = "https://courier.example/2026/quay"
    opened = courier.write(lambda w: open_story(w, courier.order(QUAY, other), now=NOON))

    again = courier.write(lambda w: open_story(w, courier.order(other), now=NOON))

    assert again.seq == opened.seq
    assert opened.canonical_url == QUAY


def test_a_known_story_learns_and_keeps_its_words(courier: Courier) -> None:
    known = courier.write(
        lambda w: a_story(w, courier.site, canonical_url=QUAY, published_at=None, published_at_source=None)
    )

    story = courier.write(lambda w: open_story(w, courier.order(publisher_id="A-17"), now=NOON))

    assert (story.seq, story.content) == (known.seq, known.content)
    assert (story.publisher_id, story.published_at) == ("A-17", NOON)


def test_what_cannot_be_opened_is_refused_and_nothing_changes(courier: Courier) -> None:
    before = courier.how_many()

    for order, refusal in (
        (courier.order("https://elsewhere.example/quay"), ForeignAddress),
        (courier.order(QUAY, "https://elsewhere.example/quay"), ForeignAddress),
        (courier.order(published_at=None, published_at_source=None), NoPublicationTime),
        (courier.order(content=Content(headline=" ")), BadStory),
    ):
        with pytest.raises(refusal):
            courier.write(lambda w, o=order: open_story(w, o, now=NOON))  # type: ignore[misc] # binds the loop's value

    assert courier.how_many() == before


def test_what_came_of_an_address_is_remembered_for_a_while(courier: Courier) -> None:
    site = courier.site.seq
    assert courier.read(lambda r: what_came(r, site, QUAY, now=NOON)) is None

    courier.write(lambda w: ask_to_open(w, site, QUAY, now=NOON))
    assert courier.read(lambda r: what_came(r, site, f"{QUAY}/", now=NOON)) == ""
    [job] = courier.write(lambda w: jobs.claim(w, now=NOON))
    courier.write(lambda w: jobs.done(w, job, now=NOON, note="no-article"))

    assert courier.read(lambda r: what_came(r, site, QUAY, now=after(minutes=9))) == "no-article"
    assert courier.read(lambda r: what_came(r, site, QUAY, now=after(minutes=11))) is None


def test_a_flood_of_unknown_addresses_is_slowed_down(courier: Courier) -> None:
    def ask(number: int) -> None:
        courier.write(lambda w: ask_to_open(w, courier.site.seq, f"https://courier.example/{number}", now=NOON))

    for number in range(60):
        ask(number)
    with pytest.raises(TooFast):
        ask(60)
