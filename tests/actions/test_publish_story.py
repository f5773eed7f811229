"""A story arrives: known again by its id and its addresses, corrected, never doubled."""

from concurrent.futures import wait
from typing import Any

import pytest
from sqlalchemy import bindparam, select
from tests.makers import NOON, Setting, a_comment, a_site, after

from rejoinder.actions.publish_story import NewStory, Published, publish_story
from rejoinder.discussion.refusals import BadStory, UnknownSite
from rejoinder.discussion.stories import Content, PublishedAtSource
from rejoinder.store import stories
from rejoinder.store.database import Database, Statement
from rejoinder.store.tables import story_versions

FERRY = Content(headline="Ferry to run through the winter", paragraphs=("It will sail four times a day.",))
CORRECTED = Content(headline="Ferry to run through the winter", paragraphs=("It will sail three times a day.",))
ADDRESS = "https://courier.example/news/ferry"
VERSIONS = Statement(
    select(story_versions.c.number, story_versions.c.content)
    .where(story_versions.c.story_seq == bindparam("story"))
    .order_by(story_versions.c.number)
)


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def publish(setting: Setting, content: Content = FERRY, **known: Any) -> Published:
    new = NewStory(content=content, **{"published_at": NOON} | known)
    return setting.write(lambda w: publish_story(w, setting.site.seq, new, now=after(hours=1)))


def test_a_new_story_has_an_address_of_its_date_and_headline(setting: Setting) -> None:
    published = publish(setting, canonical_url=ADDRESS, published_at_source=PublishedAtSource.PUBLISHER)

    assert (published.is_new, published.is_changed) == (True, True)
    assert published.story.slug == "2026-11-17-ferry-to-run-through-the-winter-2"  # the setting's own has the first
    assert published.story.content == FERRY
    assert published.story.published_at_source is PublishedAtSource.PUBLISHER


@pytest.mark.parametrize(
    "known",
    [
        {"canonical_url": ADDRESS},
        {"publisher_id": "ferry-1"},
        {"publisher_id": "ferry-1", "canonical_url": ADDRESS},
        {},
    ],
)
def test_the_same_again_changes_nothing(setting: Setting, known: dict[str, Any]) -> None:
    first = publish(setting, **known)

    again = publish(setting, **known)

    assert again == Published(first.story, is_new=False, is_changed=False)


@pytest.mark.parametrize(
    "address",
    [
        "http://www.courier.example/news/ferry/",
        "https://amp.courier.example/news/ferry?utm_source=letter",
        "https://m.courier.example/news/ferry/amp#top",
        "https://courier.example/news/ferry?fbclid=7",
    ],
)
def test_a_story_is_found_by_a_variant_of_its_address(setting: Setting, address: str) -> None:
    first = publish(setting, canonical_url=ADDRESS)

    again = publish(setting, canonical_url=address)

    assert again.story == first.story


def test_a_story_that_moved_is_found_by_the_publishers_id_and_by_both_addresses(setting: Setting) -> None:
    first = publish(setting, publisher_id="ferry-1", canonical_url=ADDRESS)

    publish(setting, publisher_id="ferry-1", canonical_url="https://courier.example/archive/ferry")

    assert publish(setting, canonical_url="https://courier.example/archive/ferry").story.seq == first.story.seq
    assert publish(setting, canonical_url=ADDRESS).story.seq == first.story.seq


def test_a_correction_keeps_the_older_version_and_the_discussion(setting: Setting) -> None:
    first = publish(setting, canonical_url=ADDRESS).story
    setting.write(lambda w: a_comment(w, first, setting.reader))

    corrected = publish(setting, CORRECTED, canonical_url=ADDRESS)

    versions = setting.read(lambda r: r.rows(VERSIONS, story=first.seq))
    assert (corrected.is_new, corrected.is_changed) == (False, True)
    assert [("four" in row[1], "three" in row[1]) for row in versions] == [(True, False), (False, True)]
    assert (corrected.story.slug, corrected.story.published_count) == (first.slug, 1)
    assert corrected.story.version > first.version


def test_what_was_not_known_is_learnt(setting: Setting) -> None:
    publish(setting, canonical_url=ADDRESS, published_at=None)

    learnt = publish(
        setting,
        canonical_url=ADDRESS,
        publisher_id="ferry-1",
        published_at=NOON,
        published_at_source=PublishedAtSource.PUBLISHER,
    )

    assert learnt.is_changed
    assert (learnt.story.publisher_id, learnt.story.published_at) == ("ferry-1", NOON)
    assert learnt.story.standing(after(days=1)).until == after(days=14)
    assert publish(setting, publisher_id="ferry-1").story.seq == learnt.story.seq


def test_a_known_publication_time_does_not_move_the_closing(setting: Setting) -> None:
    publish(setting, canonical_url=ADDRESS)

    again = publish(setting, canonical_url=ADDRESS, published_at=after(days=10))

    assert again.story.published_at == NOON
    assert not again.is_changed


def test_a_page_without_an_address_is_known_by_headline_and_time(setting: Setting) -> None:
    first = publish(setting)

    assert publish(setting, CORRECTED).story.seq == first.story.seq
    assert publish(setting, published_at=after(days=1)).story.seq != first.story.seq


def test_the_same_address_on_another_site_is_another_story(setting: Setting) -> None:
    first = publish(setting, canonical_url=ADDRESS)
    other = setting.write(lambda w: a_site(w, key="beacon"))

    new = NewStory(content=FERRY, canonical_url=ADDRESS)
    elsewhere = setting.write(lambda w: publish_story(w, other.seq, new, now=NOON))

    assert elsewhere.is_new
    assert elsewhere.story.id != first.story.id


def test_a_section_is_made_when_its_first_story_comes(setting: Setting) -> None:
    one = publish(setting, canonical_url=ADDRESS, section="Harbour & Coast")
    two = publish(setting, canonical_url="https://courier.example/other", section="Harbour & Coast")

    assert (one.story.section_key, one.story.section_name) == ("harbour-coast", "Harbour & Coast")
    assert two.story.section_seq == one.story.section_seq


@pytest.mark.parametrize(
    "known",
    [
        {"content": Content(headline=" \n")},
        {"canonical_url": "https://[courier/"},
        {"canonical_url": "news/ferry"},
    ],
)
def test_what_is_no_story_is_refused(setting: Setting, known: dict[str, Any]) -> None:
    with pytest.raises(BadStory):
        publish(setting, **known)


def test_an_unknown_site_is_told_so(setting: Setting) -> None:
    with pytest.raises(UnknownSite):
        setting.write(lambda w: publish_story(w, 99, NewStory(content=FERRY), now=NOON))


def test_sixteen_arrivals_at_once_make_one_story(either_database: Database) -> None:
    setting = Setting(either_database)
    new = NewStory(content=FERRY, canonical_url=ADDRESS, published_at=NOON)

    futures = [either_database.write(lambda w: publish_story(w, 1, new, now=NOON)) for _ in range(16)]
    wait(futures, timeout=30)

    assert sum(future.result().is_new for future in futures) == 1
    assert setting.read(lambda r: stories.how_many(r, 1)) == 2
