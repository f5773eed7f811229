"""How many comments there are, for the links of a teaser page."""

import gzip

import pytest
from tests.makers import a_comment, a_commenter, a_site, a_story
from tests.serving import Served

from rejoinder.store.database import Write
from rejoinder.web.assets import plain


def a_gazette(w: Write) -> None:
    """Another site with a story that has two comments."""
    site = a_site(w, key="gazette")
    story, reader = a_story(w, site, canonical_url="https://gazette.example/quay"), a_commenter(w, site)
    a_comment(w, story, reader)
    a_comment(w, story, reader)


def test_stories_of_all_publications_are_counted_in_one_request(served: Served) -> None:
    served.setting.post()
    served.setting.write(a_gazette)
    ours = served.setting.story.canonical_url or ""
    given = [f"{ours}?utm_source=x", "http://www.gazette.example/quay/", "https://nobody.example/", "garbage", ""]

    answer = served.client().get("/api/v1/counts", params={"url": given})

    assert answer.status_code == 200
    assert answer.json()["counts"] == dict(zip(given, (1, 2, 0, 0, 0), strict=True))
    assert answer.json()["sentences"] == {"one": "{n} comment", "other": "{n} comments"}
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("how_many", [0, 101])
def test_from_one_to_a_hundred_addresses_are_counted(served: Served, how_many: int) -> None:
    urls = [f"https://courier.example/{number}" for number in range(how_many)]

    answer = served.client().get("/api/v1/counts", params={"url": urls})

    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"


def test_a_hundred_links_are_one_kept_answer_for_two_seconds(served: Served) -> None:
    client, urls = served.client(), [f"https://courier.example/{number}" for number in range(100)]
    address = served.setting.story.canonical_url or ""

    first = client.get("/api/v1/counts", params={"url": [*urls[:99], address]}).json()["counts"][address]
    renders = served.door.keeper.renders
    served.setting.post()
    kept = client.get("/api/v1/counts", params={"url": [*urls[:99], address]}).json()["counts"][address]
    assert served.door.keeper.renders == renders
    served.pass_time(seconds=3)
    later = client.get("/api/v1/counts", params={"url": [*urls[:99], address]}).json()["counts"][address]

    assert (first, kept, later) == (0, 0, 1)


def test_a_language_nobody_knows_is_english(served: Served) -> None:
    answer = served.client().get("/api/v1/counts", params={"url": "https://a.example/", "language": "x" * 5000})

    assert answer.json()["sentences"]["other"] == "{n} comments"


def test_the_script_is_small_and_may_be_loaded_by_any_page(served: Served) -> None:
    answer = served.client().get("/counts.js")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert len(gzip.compress(plain("counts.js").body, 9)) <= 1000
