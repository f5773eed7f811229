"""The discussion in a publisher's page, put there by its own server: through HTTP, as a template sees it."""

import re

import pytest
from tests.makers import a_commenter, a_site, a_story
from tests.serving import Served

from rejoinder.store import stories


def test_it_is_a_fragment_whose_links_are_whole(served: Served) -> None:
    comment = served.setting.post("The *early* boat was full.")

    answer = served.client().get(f"/include?story={served.setting.story.slug}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<html" not in answer.text
    assert "<script" not in answer.text
    assert "The <em>early</em> boat was full." in answer.text
    links = re.findall(r'href="([^"]+)"', answer.text)
    assert [link for link in links if not link.startswith((served.url, "#"))] == []
    assert f"{served.url}{served.site}/comments/{comment.id}/reply" in links
    assert f"{served.url}{served.site}/comments/{comment.id}/report" in links
    assert f"{served.url}{served.story}/write" in links


def test_whole_links_do_not_get_into_our_own_pages(served: Served) -> None:
    comment = served.setting.post()

    included = served.client().get(f"/include?story={served.setting.story.slug}").text
    page = served.client().get(served.story).text

    assert f'href="{served.url}{served.site}/comments/{comment.id}/reply"' in included
    assert f'href="{served.site}/comments/{comment.id}/reply"' in page
    assert f'href="{served.url}{served.site}/comments' not in page


def test_a_mention_leads_to_our_address(served: Served) -> None:
    setting = served.setting
    first = setting.post("The first boat was full.")
    other = setting.write(lambda w: a_commenter(w, setting.site, "southpier"))
    setting.post(f"@{setting.reader.name} said so.", by=other)

    text = served.client().get(f"/include?story={setting.story.slug}").text

    assert f'href="{served.url}{served.site}/comments/{first.id}">@' in text


@pytest.mark.parametrize("named", ["slug", "id", "url", "publisher_id"])
def test_a_story_is_named_in_four_ways(served: Served, named: str) -> None:
    setting = served.setting
    story = setting.write(
        lambda w: a_story(w, setting.site, publisher_id="A-17", canonical_url="https://courier.example/quay")
    )
    query = {
        "slug": {"story": story.slug},
        "id": {"story": str(story.id)},
        "url": {"url": "http://www.courier.example/quay/?utm_source=x#top"},
        "publisher_id": {"publisher_id": "A-17"},
    }[named]

    answer = served.client().get("/include", params=query)

    assert answer.status_code == 200
    assert f"{story.slug}/write" in answer.text


def test_it_is_kept_and_revalidated_and_open_to_scripts_of_any_site(served: Served) -> None:
    served.setting.post()
    client = served.client()
    path = f"/include?story={served.setting.story.slug}"

    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    renders = served.door.keeper.renders
    client.get(path)

    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["vary"] == "Accept-Encoding"
    assert again.status_code == 304
    assert again.headers["access-control-allow-origin"] == "*"
    assert served.door.keeper.renders == renders


def test_a_new_comment_is_in_the_next_one(served: Served) -> None:
    client, path = served.client(), f"/include?story={served.setting.story.slug}"
    first = client.get(path)
    served.setting.post("Only just written.")

    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})

    assert again.status_code == 200
    assert "Only just written." in again.text


def test_somebody_with_a_session_gets_what_everybody_gets(served: Served) -> None:
    served.setting.post()
    path = f"/include?story={served.setting.story.slug}"

    anybodys = served.client().get(path)
    readers = served.client(served.setting.reader).get(path)

    assert readers.text == anybodys.text


def test_data_for_search_engines_comes_when_asked_for(served: Served) -> None:
    text = served.client().get(f"/include?story={served.setting.story.slug}&data=1").text

    assert '<script type="application/ld+json">' in text


@pytest.mark.parametrize(
    ("query", "status", "state"),
    [
        ("story=nothing-here", 404, "unknown-story"),
        ("story=018f3a3e-0000-7000-8000-000000000000", 404, "unknown-story"),
        ("site=nobody&story=x", 404, "unknown-site"),
        ("", 422, "bad-story"),
        ("url=", 422, "bad-story"),
        ("url=garbage", 422, "bad-story"),
        ("url=http://[::1", 422, "bad-story"),
        ("story=%00", 404, "unknown-page"),
        ("url=https://courier.example/%00", 404, "unknown-page"),
        ("story=SLUG&after=x", 422, "bad-cursor"),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_fragment(served: Served, query: str, status: int, state: str) -> None:
    answer = served.client().get("/include?" + query.replace("SLUG", served.setting.story.slug))

    assert answer.status_code == status
    assert f'data-rejoinder-state="{state}"' in answer.text
    assert "<html" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_withdrawn_discussion_says_so_and_shows_nothing(served: Served) -> None:
    served.setting.post("Not to be seen.")
    served.setting.write(lambda w: stories.set_withdrawn(w, served.setting.story, served.now))

    text = served.client().get(f"/include?story={served.setting.story.slug}").text

    assert "Not to be seen." not in text
    assert "withdrawn" in text


def test_the_site_is_found_by_the_host_where_there_are_several(served: Served) -> None:
    setting = served.setting
    setting.write(lambda w: a_site(w, key="gazette"))

    unclear = served.client().get("/include", params={"url": "https://courier.example/1"})
    named = served.client().get("/include", params={"site": setting.site.key, "story": setting.story.slug})

    assert unclear.status_code == 404
    assert named.status_code == 200


def test_the_box_has_a_page_of_its_own(served: Served) -> None:
    anybody = served.client().get(f"{served.story}/write")
    reader = served.client(served.setting.reader).get(f"{served.story}/write")

    assert f'action="{served.story}/comments"' in anybody.text
    assert f'action="{served.story}/comments"' in reader.text


def test_the_box_is_refused_when_it_is_too_late(served: Served) -> None:
    served.pass_time(days=30)

    answer = served.client(served.setting.reader).get(f"{served.story}/write")

    assert answer.status_code == 409
