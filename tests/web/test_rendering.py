"""Templates, addresses and assets without a browser: what is in the HTML, and what never is."""

import gzip
import html
import json
import re
from collections.abc import Sequence
from datetime import timedelta
from importlib.resources import files
from typing import Any

import pytest
from tests.web.showcase import drawn, pages
from tests.web.showcase.makers import NOW, ZONE, a_comment, an_answer

from rejoinder.discussion import refusals
from rejoinder.discussion.policy import REASONS, Reason
from rejoinder.language import words
from rejoinder.web import addresses, assets
from rejoinder.web.rendering import render
from rejoinder.web.shown import refused
from rejoinder.web.shown.comments import Branch, branches
from rejoinder.web.shown.desk import Piece, pieces
from rejoinder.web.shown.linked_data import in_script

PAGES = pages()
NAMES = sorted(PAGES)
STATIC = files("rejoinder.web").joinpath("static")


def linked_data(name: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', drawn(PAGES[name]), re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.mark.parametrize("name", NAMES)
def test_a_page_holds_nothing_that_the_policy_header_would_stop(name: str) -> None:
    page = drawn(PAGES[name])

    assert not re.search(r"<[^>]+\s(style|on\w+)=", re.sub(r'"[^"]*"', '""', page))
    assert "<style" not in page
    assert all('type="module" src="/static/' in tag or "ld+json" in tag for tag in re.findall(r"<script[^>]*>", page))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_speaks_to_nobody_else(name: str) -> None:
    asked_for = re.findall(
        r'<(?:link rel="(?:icon|stylesheet)" href|script[^>]* src|img src)="([^"]+)"', drawn(PAGES[name])
    )

    assert all(address.startswith(("/static/", "data:")) for address in asked_for)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(("desk", "queue"))])
def test_what_readers_see_does_not_depend_on_the_moment(name: str) -> None:
    page = PAGES[name]

    later = render(page, words=words(page.chrome.language), zone=ZONE, now=NOW + timedelta(days=3))

    assert later == drawn(page)


def test_a_name_and_a_text_are_never_markup() -> None:
    page = drawn(PAGES["story-strange"])

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert html.escape("<script>alert(1)</script>") in page


def test_linked_data_ends_with_its_element_whatever_it_holds() -> None:
    hostile = "</script><!--<script>\u2028&"

    written = in_script({"headline": hostile})

    assert not re.search("[<>&\u2028]", written)
    assert json.loads(written)["headline"] == hostile


def test_linked_data_tells_the_story_and_nests_its_comments() -> None:
    data = linked_data("story")

    assert data["@type"] == "NewsArticle"
    assert data["commentCount"] == 13
    assert data["datePublished"] == "2026-11-17T07:40:00Z"
    first = data["comment"][0]
    assert first["url"].startswith("https://talk.courier.example/courier/comments/")
    assert first["comment"][0]["author"]["name"] == "Ana Ortolani"
    assert first["comment"][0]["comment"][0]["text"] == "Thank you. That explains it."


def test_linked_data_claims_nothing_that_is_absent() -> None:
    data = linked_data("story-bare")

    assert {"author", "datePublished", "dateModified", "image", "keywords", "comment", "articleSection"}.isdisjoint(
        data
    )


def test_a_withdrawn_discussion_is_in_no_search_engine() -> None:
    assert {"comment", "commentCount"}.isdisjoint(linked_data("story-withdrawn"))


def test_what_a_story_does_not_have_is_not_drawn() -> None:
    page = drawn(PAGES["story-bare"])
    article = page[page.index("<article") : page.index("</article>")]

    assert "<time" not in article
    assert "<img" not in article
    assert "By " not in article
    assert "The photograph showed:" in article


def test_a_stamp_is_read_by_people_in_the_sites_zone_and_by_machines_in_utc() -> None:
    assert '<time datetime="2026-11-17T07:40:00Z">Tue 17 Nov 2026, 7:40 am GMT</time>' in drawn(PAGES["story"])


@pytest.mark.parametrize(
    ("name", "reasons"),
    [("report", [reason for reason in REASONS if not reason.for_editors]), ("policy", REASONS), ("desk", REASONS)],
)
def test_every_reason_is_offered(name: str, reasons: Sequence[Reason]) -> None:
    page = html.unescape(drawn(PAGES[name]))

    assert [reason.code for reason in reasons if reason.label not in page] == []


def test_the_plain_reasons_come_first() -> None:
    offered = re.findall(r'name="reason" value="([^"]+)"', drawn(PAGES["report"]))

    assert offered[:2] == ["irrelevant", "inappropriate"]
    assert len(offered) == sum(not reason.for_editors for reason in REASONS)


def test_a_refusal_gives_the_text_back_as_it_was() -> None:
    page = drawn(PAGES["refused-closed"])

    given = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert given is not None
    assert html.unescape(given[1]) == PAGES["refused-closed"].text  # type: ignore[attr-defined] # a RefusedPage


def test_advice_is_given_only_for_refusals_that_exist() -> None:
    codes = {each.code for each in vars(refusals).values() if isinstance(each, type) and hasattr(each, "code")}

    assert {code for code in refused._ADVICE if code not in codes} == set()


def test_replies_are_indented_three_levels_and_then_stand_side_by_side() -> None:
    root = a_comment("root", "A text.")
    chain = [an_answer(root, f"reply {depth}", "A text.", depth=depth) for depth in (1, 2, 3, 4, 5)]
    back = an_answer(root, "second branch", "A text.", depth=1)

    drawn_tree = branches([*chain, back])

    def names(found: tuple[Branch, ...]) -> list[object]:
        return [(branch.comment.name, names(branch.replies)) for branch in found]

    assert names(drawn_tree) == [
        ("reply 1", [("reply 2", [("reply 3", []), ("reply 4", []), ("reply 5", [])])]),
        ("second branch", []),
    ]


def test_a_thread_ten_thousand_deep_is_drawn() -> None:
    root = a_comment("root", "A text.")
    chain = [an_answer(root, "somebody", "A text.", depth=depth) for depth in range(1, 10_001)]

    assert len(branches(chain)[0].replies[0].replies) == 9_998


def test_whom_a_reply_answers_is_said_unless_it_stands_right_above() -> None:
    page = drawn(PAGES["story"])

    assert "to <bdi>Ruth E.</bdi>" in page
    assert "to <bdi>Ana Ortolani</bdi>" not in page


def test_a_comment_that_is_gone_leaves_one_line_and_no_acts() -> None:
    page = drawn(PAGES["story"])

    left = re.findall(r'<article class="c gone".*?</article>', page, re.DOTALL)
    assert len(left) == 3
    assert "It attacks a person instead of what they say." in left[0]
    assert not any("<a " in each or "saltmarsh" in each for each in left)


def test_the_spans_that_weighed_are_marked_once_however_they_overlap() -> None:
    assert pieces("a bad bad word", [(6, 9), (2, 5), (2, 9), (50, 60)]) == (
        Piece("a "),
        Piece("bad bad", weighed=True),
        Piece(" word"),
    )


def test_an_asset_is_found_by_the_name_it_is_served_under() -> None:
    path = assets.asset("style.css")

    found = assets.served(path.rsplit("/", 1)[1])

    assert found is not None
    assert found.media_type == "text/css; charset=utf-8"
    assert assets.served("style.css") is None


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("style.css", 6000),
        ("rejoinder.js", 4000),
        ("live.js", 2400),
        ("desk.css", 6000),
        ("desk-work.css", 2400),
        ("desk.js", 5900),  # staff alone load it; it decides ahead of the answers, one by one and in batches
        ("desk-live.js", 2400),
        ("desk-page.js", 1900),
    ],
)
def test_what_a_page_loads_stays_small(name: str, limit: int) -> None:
    assert len(gzip.compress(STATIC.joinpath(name).read_bytes(), 9)) < limit


def test_an_address_carries_any_script() -> None:
    assert addresses.story("courier", "2026-العبّارة") == (
        "/courier/stories/2026-%D8%A7%D9%84%D8%B9%D8%A8%D9%91%D8%A7%D8%B1%D8%A9"
    )


def test_a_path_within_a_part_is_no_path() -> None:
    assert addresses.story("courier", "../desk?x#y") == "/courier/stories/..%2Fdesk%3Fx%23y"


@pytest.mark.parametrize(
    "to", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "", "x"]
)
def test_a_log_in_leads_to_no_other_site(to: str) -> None:
    assert addresses.returning(to, "/courier/") == "/courier/"


def test_a_log_in_leads_back_to_where_it_began() -> None:
    assert addresses.returning("/courier/stories/ferry#discussion", "/courier/") == "/courier/stories/ferry#discussion"
