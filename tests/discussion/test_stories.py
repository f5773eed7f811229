"""How one story is told from another, and its address."""

from datetime import UTC, datetime

import pytest

from rejoinder.discussion.address_keys import address_key
from rejoinder.discussion.refusals import BadStory
from rejoinder.discussion.stories import page_key, slug_for

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
        "https://courier.example/news/ferry/index.html",
        "https://courier.example/news/ferry/index.php",
        "https://courier.example/news/ferry/Default.aspx",
        "https://courier.example/amp/news/ferry",
        "https://courier.example/amp/news/ferry/",
        "https://courier.example/news/ferry.amp",
        "https://courier.example/news/ferry?usqp=mq331AQ",
        "https://www2.courier.example/news/ferry",
        "https://mobile.courier.example/news/ferry",
        "https://www.m.courier.example/news/ferry",
        "https://courier.example./news/ferry",
        "https://courier.example/news/%66erry",
        "https://courier.example/news/ferry;jsessionid=0A1B2C",
        "https://courier.example/news/ferry?gbraid=1&wbraid=2&msclkid=3&twclid=4&ttclid=5&li_fat_id=6&yclid=7",
        "https://courier.example/news/ferry?_hsenc=p2&_hsmi=9&mkt_tok=x&hsCtaTracking=1&__hstc=2",
        "https://courier.example/news/ferry?smid=tw&smtyp=cur&srnd=premium&CMP=share&ito=1490&ncid=letter&xtor=RSS-4",
        "https://courier.example/news/ferry?pk_campaign=x&mtm_source=y&at_medium=z&_ga=1.2&_gl=3&igsh=a&s_cid=b",
        "https://courier.example/news/ferry?guccounter=1&guce_referrer=aHR0&guce_referrer_sig=x&ref_src=twsrc&ref_url=y",
        "https://courier.example/news/ferry?wt_mc=a&wt_zmc=b&fb_action_ids=1&fb_source=feed&hsa_acc=2&rdt_cid=3&epik=4",
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
        ("https://courier.example/ferry", "https://courier.example/ferry?ref=2"),
        ("https://courier.example/ferry", "https://courier.example/ferry?p=17"),
        ("https://courier.example/ferry/index", "https://courier.example/ferry"),
        ("https://courier.example/example", "https://courier.example/ex"),
        ("https://courier.example/amphibians/frogs", "https://courier.example/hibians/frogs"),
        ("https://m.example/ferry", "https://example/ferry"),
        ("https://courier.example/a%2Fb", "https://courier.example/a/b"),
        ("https://blog.courier.example/ferry", "https://courier.example/ferry"),
    ],
)
def test_other_addresses_are_other_stories(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://bücher.example/fähre", "https://xn--bcher-kva.example/f%C3%A4hre"),
        ("https://courier.example/f%c3%a4hre", "https://courier.example/f%C3%A4hre"),
        ("https://courier.example/%7Eferry", "https://courier.example/~ferry"),
        ("https://courier.example/?q=f%c3%a4hre", "https://courier.example/?q=fähre"),
        ("https://courier.example/?q=a+b", "https://courier.example/?q=a%20b"),
        ("https://courier.example", "http://www.courier.example/index.html"),
        ("https://courier.example/عبّارة", "https://courier.example/%d8%b9%d8%a8%d9%91%d8%a7%d8%b1%d8%a9"),
    ],
)
def test_letters_are_the_same_however_they_are_escaped(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


def test_the_order_of_a_query_does_not_count() -> None:
    one = address_key("https://courier.example/?b=2&utm_term=x&a=")

    assert one == address_key("https://courier.example/?a=&b=2")


@pytest.mark.parametrize(
    "address",
    [
        "https://[courier/ferry",
        "https://courier.example:ferry/",
        "https:///ferry",
        "ferry",
        "",
        " ",
        "ftp://courier.example/ferry",
        "https://a..b/ferry",
        "javascript:alert(1)",
        "https://courier.example/\0",
    ],
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
