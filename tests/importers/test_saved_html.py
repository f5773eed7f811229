"""Web pages: what the publisher states comes first, and nothing is fetched or guessed."""

import json
import socket
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.importers.pages import SAMPLES, codes, read_sample

from rejoinder.discussion.stories import Credits, Photo, PublishedAtSource
from rejoinder.importers.detect import read_story
from rejoinder.importers.record import NoArticle, Reading

_TIMES_OF_DAY = ("morning", "afternoon", "evening", "night")
BODY = "".join(
    f"<p>The owl of Quill slept through the {time} and woke only for the soup, its keeper said.</p>"
    for time in _TIMES_OF_DAY
)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("an importer reaches for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def read_page(head: str, body: str = f"<article><h1>Owl sleeps</h1>{BODY}</article>", **known: str) -> Reading:
    page = f"<!doctype html><html><head><title>Owl sleeps</title>{head}</head><body>{body}</body></html>"
    zone = ZoneInfo(known["site_zone"]) if "site_zone" in known else None
    return read_story(page.encode(), name="owl.html", base_url=known.get("base_url"), site_zone=zone)


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_what_the_publisher_states_is_taken() -> None:
    reading = read_story((SAMPLES / "graph.html").read_bytes(), name="graph.html", base_url="https://qp.example/x")

    story, content = reading.story, reading.story.content
    assert content.headline == "Goose elected station master"
    assert (content.byline, content.topics) == (("Ada Lund", "Bo Carr"), ("geese", "railways"))
    assert content.language == "en-GB"
    assert f"{story.published_at:%H:%M}" == "07:30"
    assert f"{content.updated_at:%H:%M}" == "10:00"
    assert story.published_at_source is PublishedAtSource.PUBLISHER
    assert (story.section, story.publisher_id) == ("Railways", "qp-1177")
    assert story.canonical_url == "https://qp.example/2026/03/goose-elected"
    assert content.photo == Photo(
        caption="The station master at work.",
        credit="Ines Quill",
        url="https://qp.example/img/goose.jpg",
        width=1200,
        height=800,
    )


def test_dateline_and_credits_are_taken_out_of_the_body() -> None:
    content = read_sample("graph.html").story.content

    assert (content.place, content.agency) == ("UPPER QUILL", "Norpress")
    assert content.credits == Credits(reporting=("Ada Lund", "Bo Carr"), editing=("Carl Dent",))
    assert len(content.paragraphs) == 3
    assert content.paragraphs[0].startswith("The passengers")


def test_nested_comments_keep_their_parents_and_one_without_a_date_is_remarked() -> None:
    reading = read_sample("graph.html")

    first, second = reading.story.comments
    assert (first.name, first.text) == ("Signal Box", "Trains & geese: at last.\n\nOn time, too.")
    assert (second.parent_key, second.text) == (first.key, "It hissed at me.\n\nTwice.")
    assert codes(reading) == ["comments-left-out", "comment-count-differs"]


def a_comment(by: str, *, minute: int, **more: Any) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "author": by,
        "text": "Hoo.",
        "dateCreated": f"2026-03-02T09:{minute:02}:00Z",
    } | more


def test_a_reply_may_name_its_parent_and_a_parent_without_a_key_gets_one() -> None:
    ada = a_comment("Ada", minute=1) | {"@id": "#a"}
    bo = a_comment("Bo", minute=2, parentItem={"@id": "#a"})
    cy = a_comment("Cy", minute=3, comment=[a_comment("Di", minute=4)])

    one, two, three, four = read_page(json_ld(json.dumps([ada, bo, cy]))).story.comments

    assert (one.key, two.key, two.parent_key, three.parent_key) == ("#a", None, "#a", None)
    assert three.key is not None
    assert four.parent_key == three.key


def test_microdata_gives_the_article_and_its_comments() -> None:
    reading = read_sample("microdata.html", site_zone="Europe/Berlin")

    story = reading.story
    assert (story.content.headline, story.content.byline) == ("Mühle steht still", ("Ina Groß",))
    assert f"{story.published_at:%Y-%m-%d %H:%M}" == "2026-03-02 07:30"
    assert [comment.text for comment in story.comments] == ["Die arme Eule!\n\nOder\nder arme Müller?"]
    assert codes(reading) == ["zone-assumed"]


def test_broken_json_ld_is_remarked_and_what_can_be_mended_is_read() -> None:
    reading = read_sample("broken_json_ld.html")

    assert codes(reading) == ["json-ld-broken"]
    assert f"{reading.story.published_at}" == "2026-03-02 09:00:00+00:00"  # the same day's exact time, from Open Graph


def test_a_date_on_the_page_is_the_pages_and_its_missing_time_is_remarked() -> None:
    reading = read_sample("date_in_page.html", site_zone="Europe/Paris")

    assert reading.story.published_at_source is PublishedAtSource.PAGE
    assert f"{reading.story.published_at}" == "2026-03-01 23:00:00+00:00"
    assert codes(reading) == ["zone-assumed", "date-without-time"]


def test_a_time_without_a_zone_is_no_instant_where_no_zone_is_known() -> None:
    reading = read_page(
        json_ld('{"@type": "NewsArticle", "headline": "Owl sleeps", "datePublished": "2026-03-02T08:30"}')
    )

    assert (reading.story.published_at, reading.story.published_at_source) == (None, None)
    assert codes(reading) == ["no-publication-time"]


def test_the_article_of_this_address_is_chosen_among_several() -> None:
    head = '<link rel="canonical" href="https://qp.example/owl">' + json_ld(
        '[{"@type": "NewsArticle", "headline": "Other", "url": "https://qp.example/other"},'
        ' {"@type": "NewsArticle", "headline": "Owl sleeps on", "url": "https://qp.example/owl"}]'
    )

    assert read_page(head).story.content.headline == "Owl sleeps on"


def test_the_sites_name_is_no_part_of_the_headline() -> None:
    head = (
        '<meta property="og:title" content="Owl wakes | Quill Post"><meta property="og:site_name" content="Quill Post">'
    )

    assert read_page(head, f"<article>{BODY}</article>").story.content.headline == "Owl wakes"


def test_a_description_that_only_repeats_the_text_is_no_standfirst() -> None:
    head = '<meta property="og:description" content="The owl of Quill slept through the morning and…">'

    assert read_page(head).story.content.standfirst == ""


def test_the_text_is_taken_from_the_publishers_data_where_the_page_hides_it() -> None:
    long_text = "\\n\\n".join(f"Paragraph {i} tells at some length how the owl of Quill slept." for i in range(9))
    head = json_ld(f'{{"@type": "NewsArticle", "headline": "Owl sleeps", "articleBody": "{long_text}"}}')

    assert len(read_page(head, "<main><p>Please log in.</p></main>").story.content.paragraphs) == 9


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://qp.example/owl", "http://[", "/owl"])
def test_only_a_whole_web_address_is_canonical(link: str) -> None:
    assert read_page(f'<link rel="canonical" href="{link}">').story.canonical_url is None


@pytest.mark.parametrize("page", [(SAMPLES / "no_article.html").read_text("utf-8"), "<html></html>", "<p></p>"])
def test_a_page_without_a_story_is_refused(page: str) -> None:
    with pytest.raises(NoArticle):
        read_story(page.encode(), name="page.html", content_type="text/html")


def test_very_deep_data_is_broken_and_the_page_is_read_all_the_same() -> None:
    deep = json_ld('{"a":' * 5000 + "1" + "}" * 5000) + '<meta property="og:type" content="article">'

    reading = read_page(deep, "<div>" * 100 + f"<article>{BODY}</article>" + "</div>" * 100)

    assert codes(reading)[0] == "json-ld-broken"
    assert len(reading.story.content.paragraphs) == 4


def test_a_page_deeper_than_its_parser_goes_is_refused() -> None:
    with pytest.raises(NoArticle):
        read_page("", "<div>" * 5000 + BODY)
