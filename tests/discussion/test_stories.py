"""How one story is told from another, and its address."""

from datetime import UTC, datetime

import pytest

from rejoinder.discussion.refusals import BadStory
from rejoinder.discussion.stories import address_key, page_key, slug_for

NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
FERRY = "courier.example/news/ferry"


@pytest.mark.parametrize(
    "address",
    [
        "https://courier.example/news/ferry",
        "http://courier.example/news/ferry",
        "https://courier.example/news/ferry/",
        "https://courier.example:443/news/ferry",
        "http://courier.example:80/news/ferry",
        "https://www.courier.example/news/ferry",
        "https://WWW.Courier.Example/news/ferry",
        "https://amp.courier.example/news/ferry",
        "https://www.courier.example/news/ferry/amp",
        "https://m.courier.example/news/ferry/amp/",
        "https://courier.example/news/ferry?amp",
        "https://courier.example/news/ferry?amp=1",
        "https://courier.example/news/ferry?outputType=amp",
        "https://courier.example/news/ferry?utm_source=letter&utm_medium=mail",
        "https://courier.example/news/ferry?fbclid=1&gclid=2&mc_eid=3",
        "https://courier.example/news/ferry?UTM_Campaign=x",
        "https://courier.example/news/ferry#comments",
        "  https://courier.example/news/ferry\n",
    ],
)
def test_one_story_under_many_addresses(address: str) -> None:
    assert address_key(address) == FERRY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://courier.example/ferry", "https://courier.example/Ferry"),
        ("https://courier.example/ferry", "https://courier.example/ferry-2"),
        ("https://courier.example/ferry", "https://beacon.example/ferry"),
        ("https://courier.example/ferry", "https://courier.example:8443/ferry"),
        ("https://courier.example/?story=1", "https://courier.example/?story=2"),
        ("https://courier.example/ferry", "https://courier.example/ferry?page=2"),
        ("https://courier.example/ferry", "https://courier.example/ferry?amp=later"),
        ("https://courier.example/camp", "https://courier.example/c"),
    ],
)
def test_other_addresses_are_other_stories(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_the_order_of_a_query_does_not_count() -> None:
    one = address_key("https://courier.example/?b=2&utm_term=x&a=")

    assert one == address_key("https://courier.example/?a=&b=2")


@pytest.mark.parametrize(
    "address", ["https://[courier/ferry", "https://courier.example:ferry/", "https:///ferry", "ferry", "", " "]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadStory):
        address_key(address)


def test_a_page_without_an_address_is_known_by_headline_and_time() -> None:
    key = page_key("Ferry to run through the winter", NOON)

    assert key == page_key("  FERRY to run\u00a0through the winter", NOON)
    assert key != page_key("Ferry to run through the winter", None)
    assert key != page_key("Ferry to stop for the winter", NOON)


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Ferry to run through the winter", "ferry-to-run-through-the-winter"),
        ("“Nobody asked us”: harbour’s answer — at last", "nobody-asked-us-harbours-answer-at-last"),
        ("Fähre fährt über Weihnachten, heißt es", "fahre-fahrt-uber-weihnachten-heißt-es"),
        ("العبّارة تبحر طوال الشتاء", "العبارة-تبحر-طوال-الشتاء"),
        ("מעבורת תפליג כל החורף", "מעבורת-תפליג-כל-החורף"),
        ("नौका सर्दियों में चलेगी", "नौका-सर्दियों-में-चलेगी"),
        ("渡船冬季照常", "渡船冬季照常"),
        ("여객선 겨울 운항", "여객선-겨울-운항"),
        ("under_scores and / slashes", "underscores-and-slashes"),
        ("-- dashes -- galore --", "dashes-galore"),
        ("!!!", "story"),
        ("", "story"),
    ],
)
def test_the_words_of_a_headline_make_the_address(headline: str, slug: str) -> None:
    assert slug_for(headline, None) == slug


def test_the_date_stands_before_the_words() -> None:
    assert slug_for("Ferry!", NOON) == "2026-11-17-ferry"
    assert slug_for("!!!", NOON) == "2026-11-17"


def test_a_slug_has_eighty_characters_at_most() -> None:
    assert len(slug_for("ferry " * 90, NOON)) <= 80
    assert not slug_for("x" * 68 + " ferry", NOON).endswith("-")
