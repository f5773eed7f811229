"""Writing by the API: posting, changing, deleting and reporting, each once however often it is sent."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from tests.makers import Setting, a_comment, a_commenter, a_story, after
from tests.web.api import SITE, Api

from rejoinder.actions.close_story import close_story
from rejoinder.store import flags, stories
from rejoinder.store.database import Database
from rejoinder.web.options import Limits


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    setting = Setting(database)
    with Api(setting) as client:
        yield client.log_in(setting.reader)


def count(api: Api) -> int:
    """How many comments the story counts."""
    found: int = api.get(f"{SITE}/stories/{api.setting.story.slug}").json()["discussion"]["comments"]
    return found


def another(api: Api) -> dict[str, Any]:
    """Somebody else's comment, as readers see it."""
    setting = api.setting
    comment = setting.database.write(
        lambda w: a_comment(w, setting.story, a_commenter(w, setting.site, "mewanbaker")).comment
    ).result()
    found: dict[str, Any] = api.get(f"{SITE}/comments/{comment.id}").json()
    return found


def problem(answer: Any) -> tuple[int, str]:
    """The status and the code of a problem."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["code"]


def test_a_comment_is_posted_and_found_at_its_address(api: Api) -> None:
    answer = api.post(api.comments, json={"text": "The *early* boat is never late."})

    comment = answer.json()
    assert answer.status_code == 201
    assert (comment["status"], comment["author"]["name"]) == ("published", "northquay")
    assert comment["html"] == '<p dir="auto">The <em>early</em> boat is never late.</p>'
    assert api.get(answer.headers["location"]).json() == comment
    assert count(api) == 1


def test_a_reply_names_what_it_answers(api: Api) -> None:
    root = another(api)

    reply = api.posted(parent=root["id"])

    assert (reply["parent"], reply["depth"]) == (root["id"], 1)


def test_a_newcomer_s_comment_waits_and_says_so(database: Database) -> None:
    setting = Setting(database, newcomer_comments=1)
    with Api(setting) as api:
        comment = api.log_in(setting.reader).posted()

        assert (comment["status"], comment["published_at"]) == ("pending", None)
        assert count(api) == 0


def test_a_double_submit_gets_the_first_back(api: Api) -> None:
    first = api.posted()

    second = api.post(api.comments, json={"text": first["text"]})

    assert (second.status_code, second.json()["id"]) == (200, first["id"])
    assert count(api) == 1


def test_the_same_request_under_the_same_key_gets_the_first_answer_to_the_letter(api: Api) -> None:
    def send() -> Any:
        return api.post(api.comments, json={"text": "Once is enough."}, headers={"Idempotency-Key": "a-key"})

    first = send()
    api.patch(first.headers["location"], json={"text": "Said otherwise.", "revision": 1})
    again = send()

    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert count(api) == 1


@pytest.mark.parametrize("other", ["body", "story"])
def test_another_request_under_the_same_key_is_refused(api: Api, other: str) -> None:
    setting = api.setting
    elsewhere = setting.database.write(lambda w: a_story(w, setting.site, headline="Harbour wall")).result()
    key = {"Idempotency-Key": "a-key"}
    api.post(api.comments, json={"text": "Once is enough."}, headers=key)

    if other == "body":
        answer = api.post(api.comments, json={"text": "Something else."}, headers=key)
    else:
        address = f"{SITE}/stories/{elsewhere.slug}/comments"
        answer = api.post(address, json={"text": "Once is enough."}, headers=key)

    assert problem(answer) == (422, "other-body-under-key")
    assert count(api) == 1


def test_the_same_key_of_somebody_else_is_another_key(api: Api) -> None:
    key = {"Idempotency-Key": "a-key"}
    first = api.post(api.comments, json={"text": "Once is enough."}, headers=key).json()
    other = api.setting.database.write(lambda w: a_commenter(w, api.setting.site, "mewanbaker")).result()

    second = api.log_in(other).post(api.comments, json={"text": "Not for me."}, headers=key)

    assert second.status_code == 201
    assert second.json()["id"] != first["id"]


def test_a_refused_request_leaves_its_key_free(api: Api) -> None:
    key = {"Idempotency-Key": "a-key"}
    refused = api.post(api.comments, json={"text": "  "}, headers=key)

    answer = api.post(api.comments, json={"text": "Now with words."}, headers=key)

    assert problem(refused) == (422, "blank-text")
    assert answer.status_code == 201


@pytest.mark.parametrize("key", ["", "k" * 256, "a\tkey"])
def test_a_key_of_no_sensible_form_is_refused(api: Api, key: str) -> None:
    answer = api.post(api.comments, json={"text": "Hello."}, headers={"Idempotency-Key": key})

    assert problem(answer) == (422, "invalid")
    assert answer.json()["data"]["field"] == "Idempotency-Key"


def test_sixteen_requests_at_once_under_one_key_post_one_comment(either_database: Database) -> None:
    setting = Setting(either_database)
    with Api(setting) as api, ThreadPoolExecutor(16) as pool:
        api.log_in(setting.reader)

        def send(number: int) -> tuple[int, str]:
            body = {"text": f"The number is {number % 2}."}
            answer = api.post(api.comments, json=body, headers={"Idempotency-Key": "a-key"})
            return answer.status_code, answer.json().get("id", "")

        answers = list(pool.map(send, range(16)))

        assert count(api) == 1
        assert sorted(status for status, _ in answers) == [201] * 8 + [422] * 8
        assert len({found for _, found in answers if found}) == 1


def test_a_closed_discussion_takes_no_comment(api: Api) -> None:
    setting = api.setting
    setting.database.write(
        lambda w: close_story(w, setting.site.seq, setting.story.seq, by_seq=setting.editor.seq, now=after(hours=1))
    ).result()

    assert problem(api.post(api.comments, json={"text": "Too late?"})) == (409, "story-closed")


def test_too_many_comments_in_a_minute_are_told_how_long_to_wait(database: Database) -> None:
    setting = Setting(database, posts_per_minute=1)
    with Api(setting) as api:
        api.log_in(setting.reader).posted()

        answer = api.post(api.comments, json={"text": "And another thing."})

        assert problem(answer) == (429, "too-fast")
        assert answer.headers["retry-after"] == str(answer.json()["data"]["seconds"]) == "60"


def test_one_changes_one_s_own_comment(api: Api) -> None:
    comment = api.posted()

    answer = api.patch(f"{SITE}/comments/{comment['id']}", json={"text": "It is late at times.", "revision": 1})

    changed = answer.json()
    assert answer.status_code == 200
    assert (changed["text"], changed["revision"]) == ("It is late at times.", 2)
    assert changed["edited_at"] == "2026-11-17T14:00:00Z"


def test_a_change_of_what_has_changed_since_is_refused(api: Api) -> None:
    comment = api.posted()
    address = f"{SITE}/comments/{comment['id']}"
    api.patch(address, json={"text": "It is late at times.", "revision": 1})

    answer = api.patch(address, json={"text": "It is often late.", "revision": 1})

    assert problem(answer) == (409, "stale")


def test_somebody_else_s_comment_is_neither_changed_nor_deleted(api: Api) -> None:
    address = f"{SITE}/comments/{another(api)['id']}"

    assert problem(api.patch(address, json={"text": "Mine now.", "revision": 1})) == (403, "not-yours")
    assert problem(api.delete(address)) == (403, "not-yours")


def test_one_deletes_one_s_own_comment(api: Api) -> None:
    comment = api.posted()

    answer = api.delete(f"{SITE}/comments/{comment['id']}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert count(api) == 0
    assert api.log_out().get(f"{SITE}/comments/{comment['id']}").status_code == 404


def test_who_has_no_account_reports_and_later_learns_what_became_of_it(api: Api) -> None:
    comment = api.posted()
    api.log_out()

    answer = api.post(f"{SITE}/comments/{comment['id']}/flags", json={"reason": "irrelevant", "note": "Wrong boat."})

    receipt = answer.json()
    assert answer.status_code == 201
    assert (receipt["comment"], receipt["reason"], receipt["outcome"]) == (comment["id"], "irrelevant", None)
    assert api.get(f"{SITE}/receipts/{receipt['receipt']}").json() == receipt


def test_a_reporter_s_mail_address_is_kept_as_it_is_compared(api: Api) -> None:
    setting, comment = api.setting, api.posted()

    answer = api.log_out().post(
        f"{SITE}/comments/{comment['id']}/flags", json={"reason": "hate", "email": " Ada@Reader.Example "}
    )

    receipt = answer.json()["receipt"]
    kept = setting.database.read(lambda r: flags.by_receipt(r, setting.site.seq, receipt)).result()
    assert kept.email == "ada@reader.example"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"reason": "because"}, "unknown-reason"),
        ({"reason": "hate", "email": "nobody"}, "bad-address"),
        ({"reason": "hate", "note": "n" * 2001}, "too-long"),
        ({}, "invalid"),
    ],
)
def test_a_report_that_cannot_be_taken_says_why(api: Api, body: dict[str, str], code: str) -> None:
    comment = another(api)

    assert problem(api.post(f"{SITE}/comments/{comment['id']}/flags", json=body)) == (422, code)


def test_a_comment_is_reported_once_by_each_and_never_by_its_writer(api: Api) -> None:
    own, other = api.posted(), another(api)
    report = {"reason": "hate"}
    api.post(f"{SITE}/comments/{other['id']}/flags", json=report)

    again = api.post(f"{SITE}/comments/{other['id']}/flags", json=report)

    assert problem(again) == (409, "already-flagged")
    assert problem(api.post(f"{SITE}/comments/{own['id']}/flags", json=report)) == (409, "own-comment")


def test_reports_from_one_address_are_limited_even_if_each_is_refused(database: Database) -> None:
    setting = Setting(database)
    with Api(setting, limits=Limits(reports=2)) as api:
        comment = api.log_in(setting.reader).posted()
        address = f"{SITE}/comments/{comment['id']}/flags"

        answers = [api.post(address, json={"reason": "hate"}) for _ in range(3)]

        assert [each.status_code for each in answers] == [409, 409, 429]
        assert 0 < int(answers[-1].headers["retry-after"]) <= 900


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "{comments}", {"text": "Hello."}),
        ("PATCH", "{comment}", {"text": "Hello.", "revision": 1}),
        ("DELETE", "{comment}", None),
    ],
)
def test_who_is_not_logged_in_writes_nothing(api: Api, method: str, path: str, body: Any) -> None:
    comment = f"{SITE}/comments/{another(api)['id']}"
    api.log_out()

    answer = api.request(method, path.format(comments=api.comments, comment=comment), json=body)

    assert problem(answer) == (401, "log-in-needed")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Referer": "https://elsewhere.example/page"},
        {"Origin": "null"},
        {},
    ],
)
@pytest.mark.parametrize("path", ["{comments}", "{comment}/flags"])
def test_what_another_site_sends_in_a_reader_s_name_is_refused(api: Api, headers: dict[str, str], path: str) -> None:
    comment = f"{SITE}/comments/{another(api)['id']}"
    del api.headers["Sec-Fetch-Site"]
    body = {"text": "Not my words."} if path == "{comments}" else {"reason": "hate"}

    answer = api.post(path.format(comments=api.comments, comment=comment), json=body, headers=headers)

    assert problem(answer) == (403, "foreign-origin")


def test_an_older_browser_on_a_page_of_ours_may_write(api: Api) -> None:
    del api.headers["Sec-Fetch-Site"]

    answer = api.post(api.comments, json={"text": "From an old machine."}, headers={"Origin": "http://courier.example"})

    assert answer.status_code == 201


def test_nothing_is_stored_where_nothing_was_taken(api: Api) -> None:
    setting = api.setting
    before = setting.database.read(lambda r: stories.by_seq(r, setting.site.seq, setting.story.seq)).result()
    for body in (b"{", b'{"text": ""}', b'{"text": "a", "parent": "01a20a0a-c23b-7be7-ab21-ab3a7541efbe"}'):
        assert api.post(api.comments, content=body, headers={"Content-Type": "application/json"}).status_code >= 400

    assert setting.database.read(lambda r: stories.by_seq(r, setting.site.seq, setting.story.seq)).result() == before


def test_a_preview_is_what_would_be_published_and_posts_nothing(api: Api) -> None:
    address = f"{SITE}/stories/{api.setting.story.slug}/preview"

    answer = api.post(address, json={"text": "*Early* https://a.example/1 https://a.example/2 https://a.example/3"})

    assert answer.status_code == 200
    assert answer.json()["html"].startswith('<p dir="auto"><em>Early</em> <a href')
    assert "It has 3 links, where up to 2 are usual." in answer.json()["held"]
    assert count(api) == 0
    assert problem(api.post(address, json={"text": ""})) == (422, "blank-text")
    api.log_out()
    assert problem(api.post(address, json={"text": "Early"})) == (401, "log-in-needed")
