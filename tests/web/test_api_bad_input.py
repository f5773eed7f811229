"""What nobody should send, and the clear answer it gets: always problem details, never a half-done thing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.makers import Setting
from tests.web.api import SITE, Api

from rejoinder.discussion.refusals import Kind
from rejoinder.store.database import Database, Unreachable
from rejoinder.web.statuses import STATUS


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    setting = Setting(database)
    with Api(setting) as client:
        yield client.log_in(setting.reader)


def sent(api: Api, body: bytes, *, media_type: str = "application/json") -> Any:
    return api.post(api.comments, content=body, headers={"Content-Type": media_type})


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"null", "body"),
        (b"[]", "body"),
        (b'"text"', "body"),
        (b"{}", "body"),
        (b'{"text": 5}', "text"),
        (b'{"text": null}', "text"),
        (b'{"text": ["a"]}', "text"),
        (b'{"text": "a", "txet": "b"}', "body"),
        (b'{"text": "a", "parent": "not-an-id"}', "parent"),
        (b'{"text": "a", "parent": 7}', "parent"),
        (b'{"text": "a"} {"text": "b"}', "body"),
        (b'{"text": "a\x00b"}', "body"),
        (b'{"text": "a \\ud800 b"}', "body"),
        (b'{"text": ' + b"[" * 5000, "text"),
        (b"NaN", "body"),
    ],
)
def test_json_that_is_malformed_or_of_another_shape_is_refused_with_the_place(
    api: Api, body: bytes, field: str
) -> None:
    answer = sent(api, body)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["data"]["field"] == field
    assert answer.json()["data"]["problem"]


@pytest.mark.parametrize("body", [b'{"text": "\xff\xfe"}', b'{"text": "\xed\xa0\x80"}', b'{"text": "\xc0\xaf"}'])
def test_what_is_not_utf_8_is_refused(api: Api, body: bytes) -> None:
    answer = sent(api, body)

    assert (answer.status_code, answer.json()["code"]) == (422, "not-utf-8")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_does_not_say_that_it_is_json_is_refused(api: Api, media_type: str) -> None:
    answer = sent(api, b'{"text": "a"}', media_type=media_type)

    assert (answer.status_code, answer.json()["code"]) == (415, "not-json")


def test_a_character_set_may_be_named(api: Api) -> None:
    assert sent(api, b'{"text": "Hello."}', media_type="Application/JSON; charset=utf-8").status_code == 201


@pytest.mark.parametrize("text", ["", "   \n", "\u0000\u0000", "\u202e\u2066", "\u200b"])
def test_a_text_without_anything_to_see_is_refused(api: Api, text: str) -> None:
    answer = sent(api, json.dumps({"text": text}).encode())

    assert (answer.status_code, answer.json()["code"]) == (422, "blank-text")


def test_controls_and_overrides_are_taken_out_and_arabic_is_unharmed(api: Api) -> None:
    comment = api.posted("a\u0000b \u202egnol\u202c مرحبا")

    assert comment["text"] == "ab gnol مرحبا"


def test_twenty_megabytes_are_refused_with_the_limit(api: Api) -> None:
    answer = sent(api, b'{"text": "' + b"a" * 20_000_000 + b'"}')

    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert answer.json()["data"] == {"limit": 256_000}


def test_a_long_text_is_refused_with_both_figures(api: Api) -> None:
    answer = sent(api, json.dumps({"text": "a" * 5001}).encode())

    assert answer.json()["data"] == {"limit": 5000, "length": 5001}
    assert answer.json()["detail"] == "A comment here has at most 5,000 characters; yours has 5,001."


def test_ten_thousand_combining_marks_do_no_harm(api: Api) -> None:
    comment = api.posted("e" + "\u0301" * 10_000)

    assert len(comment["text"]) < 20


@pytest.mark.parametrize(
    ("query", "field"),
    [("limit=0", "limit"), ("limit=101", "limit"), ("limit=ten", "limit"), ("limit=", "limit"), ("view=tree", "view")],
)
def test_a_parameter_that_cannot_be_is_named(api: Api, query: str, field: str) -> None:
    answer = api.get(f"{api.comments}?{query}")

    assert (answer.status_code, answer.json()["data"]["field"]) == (422, field)


def test_a_query_that_is_not_utf_8_is_refused(api: Api) -> None:
    answer = api.get(f"{api.comments}?after=%FF")

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "{comments}", "GET, POST, HEAD, OPTIONS"),
        ("DELETE", "{comments}", "GET, POST, HEAD, OPTIONS"),
        ("POST", SITE + "/stories", "GET, HEAD, OPTIONS"),
        ("GET", SITE + "/desk/decisions/01a20a0a-c23b-7be7-ab21-ab3a7541efbe/undo", "POST, OPTIONS"),
    ],
)
def test_another_method_is_refused_with_those_that_are_taken(api: Api, method: str, path: str, allowed: str) -> None:
    address = path.format(comments=api.comments)

    answer = api.request(method, address)

    assert (answer.status_code, answer.json()["code"]) == (405, "wrong-method")
    assert answer.headers["allow"] == allowed
    assert api.options(address).headers["allow"] == allowed


def test_head_gives_the_headers_of_get_alone(api: Api) -> None:
    answer, whole = api.head(api.comments), api.get(api.comments)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == whole.headers["content-length"]


@pytest.mark.parametrize("cookie", ["", "forged", "=" * 5000, "AAAA" * 20])
def test_a_forged_session_is_nobody_s(api: Api, cookie: str) -> None:
    api.log_out()

    answer = api.post(api.comments, json={"text": "Hello."}, headers={"Cookie": f"rejoinder={cookie}"})

    assert (answer.status_code, answer.json()["code"]) == (401, "log-in-needed")


def test_while_the_database_does_not_answer_one_is_told_to_wait(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: object) -> None:
        raise Unreachable("the disk is full")

    monkeypatch.setattr(api.setting.database, "write", gone)

    answer = api.post(api.comments, json={"text": "Hello."})

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "30"


def test_a_mistake_of_ours_is_told_without_its_particulars(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(api.setting.database, "read", wrong)

    answer = api.get(api.comments)

    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert "secret" not in answer.text


def test_a_problem_has_the_members_of_rfc_9457_and_is_stored_by_nobody(api: Api) -> None:
    answer = api.get(f"{SITE}/stories/none")

    assert answer.json() == {
        "type": "/docs/problems/unknown-story",
        "title": "Unknown story",
        "status": 404,
        "detail": "There is no story at this address, or no longer.",
        "code": "unknown-story",
        "data": {},
    }
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "private, no-store"


def test_every_kind_of_refusal_has_a_status() -> None:
    assert set(STATUS) == set(Kind)
