"""Tokens that lie in pages of the publisher's: for whom they hold, where, and what browsers are told."""

import gzip
import re

import httpx
import pytest
from tests.makers import a_site, a_story
from tests.serving import Served

from rejoinder.actions.change_origins import add_origin, remove_origin
from rejoinder.discussion.commenters import Commenter
from rejoinder.web.assets import plain

ORIGIN = "https://www.courier.example"
OTHER = "https://www.elsewhere.example"
NONCE = "0123456789abcdef"
LARGEST = 10_000  # bytes of script and styles, as they travel


@pytest.fixture
def courier(served: Served) -> Served:
    served.setting.write(lambda w: add_origin(w, served.setting.site.seq, ORIGIN))
    return served


def sign_in(served: Served, who: Commenter | None = None, origin: str = ORIGIN) -> httpx.Response:
    form = {"origin": origin, "nonce": NONCE}
    return served.client(who or served.setting.reader).post(f"{served.site}/embed/sign-in", data=form)


def token(served: Served, who: Commenter | None = None) -> str:
    found = re.search(r'data-token="([^"]+)"', sign_in(served, who).text)
    assert found
    return found.group(1)


def post(served: Served, shown: str, *, origin: str = ORIGIN, site: str = "courier", slug: str = "") -> httpx.Response:
    path = f"/api/v1/sites/{site}/stories/{slug or served.setting.story.slug}/comments"
    headers = {"Authorization": f"Bearer {shown}", "Origin": origin, "Sec-Fetch-Site": "cross-site"}
    return served.client().post(path, json={"text": f"By a token, for {origin}."}, headers=headers)


def test_it_posts_from_its_own_pages(courier: Served) -> None:
    answer = post(courier, token(courier))

    assert answer.status_code == 201
    assert answer.json()["author"]["name"] == "northquay"
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["vary"] == "Origin"
    assert "access-control-allow-credentials" not in answer.headers


def test_what_is_its_readers_own_is_read_from_its_own_pages_alone(courier: Served) -> None:
    shown = token(courier)

    def read(path: str, origin: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {shown}", "Origin": origin, "Sec-Fetch-Site": "cross-site"}
        return courier.client().get(f"/api/v1/sites/courier/{path}", headers=headers)

    mine, theirs = read("warnings", ORIGIN), read("warnings", OTHER)
    assert (mine.status_code, mine.json()) == (200, {"warnings": []})
    assert mine.headers["access-control-allow-origin"] == ORIGIN
    assert theirs.status_code == 401
    assert "access-control-allow-origin" not in theirs.headers


def test_it_is_worth_nothing_elsewhere(courier: Served) -> None:
    """Neither for another origin, allowed or not, nor on another site, nor without an origin, nor as a cookie."""
    setting = courier.setting
    other_site = setting.write(lambda w: a_site(w, key="gazette"))
    other_story = setting.write(lambda w: a_story(w, other_site))
    setting.write(lambda w: add_origin(w, other_site.seq, ORIGIN))
    shown = token(courier)

    assert post(courier, shown, origin=OTHER).status_code == 401
    setting.write(lambda w: add_origin(w, setting.site.seq, OTHER))
    assert post(courier, shown, origin=OTHER).status_code == 401
    assert post(courier, shown, origin="").status_code == 401
    assert post(courier, shown, site="gazette", slug=other_story.slug).status_code == 401
    client = courier.client()
    client.cookies.set(courier.options.session_cookie, shown)
    assert client.get(f"{courier.site}/account").headers["location"].startswith(f"{courier.site}/log-in")
    assert setting.story_now().published_count == 0


def test_it_ends_with_its_twelve_hours_its_origin_a_log_out_or_all_of_them(courier: Served) -> None:
    setting = courier.setting
    shown = token(courier)
    headers = {"Authorization": f"Bearer {shown}", "Origin": ORIGIN}
    assert courier.client().delete(f"/api/v1{'/sites/courier'}/session", headers=headers).status_code == 204
    assert post(courier, shown).status_code == 401

    shown = token(courier)
    setting.write(lambda w: remove_origin(w, setting.site.seq, ORIGIN))
    assert post(courier, shown).status_code == 401
    setting.write(lambda w: add_origin(w, setting.site.seq, ORIGIN))

    courier.client(setting.reader).post(f"{courier.site}/log-out", data={"everywhere": "1"})
    assert post(courier, shown).status_code == 401

    shown = token(courier)
    courier.pass_time(hours=12, seconds=1)
    assert post(courier, shown).status_code == 401


def test_it_is_listed_and_can_be_ended_by_its_reader_only(courier: Served) -> None:
    shown = token(courier)
    client = courier.client(courier.setting.reader)
    page = client.get(f"{courier.site}/account").text
    assert f"For the pages of {ORIGIN} only" in page
    key = re.search(r'name="session" value="(\w+)"', page)
    assert key

    end = {"session": key.group(1)}
    courier.client(courier.setting.editor).post(f"{courier.site}/account/sessions", data=end)
    assert post(courier, shown).status_code == 201
    assert client.post(f"{courier.site}/account/sessions", data={"session": "?"}).status_code == 422
    assert client.post(f"{courier.site}/account/sessions", data=end).status_code == 303
    assert post(courier, shown).status_code == 401


def test_it_gives_no_editor_the_desk(courier: Served) -> None:
    shown = token(courier, courier.setting.editor)
    headers = {"Authorization": f"Bearer {shown}", "Origin": ORIGIN}

    assert courier.client().get("/api/v1/sites/courier/desk/queue", headers=headers).status_code == 403
    assert courier.client(courier.setting.editor).get("/api/v1/sites/courier/desk/queue").status_code == 200


def test_a_report_by_a_worthless_token_is_nobody_s(courier: Served) -> None:
    comment = courier.setting.post()
    headers = {"Authorization": "Bearer x", "Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}
    path = f"/api/v1/sites/courier/comments/{comment.id}/flags"

    assert courier.client().post(path, json={"reason": "hate"}, headers=headers).status_code == 401


def test_a_cookie_is_still_nothing_to_another_site(courier: Served) -> None:
    path = f"/api/v1/sites/courier/stories/{courier.setting.story.slug}/comments"
    headers = {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}

    answer = courier.client(courier.setting.reader).post(path, json={"text": "Forged."}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin")
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", [OTHER, "null", "https://www.courier.example.elsewhere.example", ORIGIN + "/", ""])
def test_no_other_origin_is_let_in(courier: Served, origin: str) -> None:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    path = f"/api/v1/sites/courier/stories/{courier.setting.story.slug}/comments"
    answer = courier.client().request("OPTIONS", path, headers=headers)

    assert answer.status_code == 204
    assert "access-control-allow-origin" not in answer.headers
    asked = {"origin": origin, "nonce": NONCE}
    assert courier.client().get(f"{courier.site}/embed/sign-in", params=asked).status_code == 403
    assert sign_in(courier, origin=origin).status_code == 403


def test_an_own_page_may_ask_first(courier: Served) -> None:
    headers = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    path = f"/api/v1/sites/courier/stories/{courier.setting.story.slug}/comments"
    answer = courier.client().request("OPTIONS", path, headers=headers)

    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["access-control-allow-headers"] == "Authorization, Content-Type, Idempotency-Key"
    assert "Origin" in answer.headers["vary"]


def test_only_the_way_of_that_log_in_keeps_its_opener(courier: Served) -> None:
    client = courier.client()
    way = f"{courier.site}/embed/sign-in?origin=https%3A%2F%2Fwww.courier.example&nonce={NONCE}"
    answer = client.get(way)
    assert answer.status_code == 303
    log_in = client.get(answer.headers["location"])
    assert log_in.headers["cross-origin-opener-policy"] == "unsafe-none"
    elsewhere = client.get(f"{courier.site}/log-in", params={"to": way.replace("courier.example", "elsewhere.example")})
    assert elsewhere.headers["cross-origin-opener-policy"] == "same-origin"
    assert client.get(f"{courier.site}/log-in").headers["cross-origin-opener-policy"] == "same-origin"
    assert client.get(way.replace(NONCE, "short")).status_code == 422


def test_script_and_styles_are_small_and_may_be_loaded_by_any_page(courier: Served) -> None:
    files = [plain(name).body for name in ("embed.js", "embed.css", "include.css")]
    answer = courier.client().get("/embed.js")

    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, no-cache"
    assert sum(len(gzip.compress(each, 9)) for each in files) <= LARGEST
