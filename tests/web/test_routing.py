"""The short way from the server to a page: methods, addresses, packing, and what is told of what nobody routes."""

import gzip
import re
import socket
from typing import Any

import httpx
import pytest
from tests.looping import run
from tests.makers import a_comment
from tests.serving import Served

from rejoinder.discussion.refusals import UnknownPage
from rejoinder.web.answers import EDITION
from rejoinder.web.asking import Gone, read_request
from rejoinder.web.routing import Route, Routes


def past_the_door(served: Served) -> httpx.Client:
    """A client whose cookie, no session of ours, leads it to the application each time."""
    client = served.client()
    client.cookies.set(served.options.session_cookie, "not ours")
    return client


def style_of(page: str) -> str:
    found = re.search(r"/static/(style[^\"]+)", page)
    assert found is not None
    return found[1]


async def nothing(*_: object) -> Any:
    raise AssertionError("nobody is to answer here")


def test_a_known_word_comes_before_any_word() -> None:
    routes = Routes(
        Route(path, "GET", nothing) for path in ("/{site}", "/{site}/desk", "/{site}/{page}", "/static/{n}")
    )

    assert routes.find(["courier", "desk"])[1] == {"site": "courier"}
    assert routes.find(["courier", "policy"])[1] == {"site": "courier", "page": "policy"}
    assert routes.find(["static", "style.css"])[1] == {"n": "style.css"}
    for words in ([], ["static"], ["courier", "desk", "further"]):
        with pytest.raises(UnknownPage):
            routes.find(words)


@pytest.mark.parametrize("path", ["", "/", "//stories///"])
def test_slashes_too_many_lead_to_the_same_page(served: Served, path: str) -> None:
    asked = served.site + path
    client = served.client()

    assert client.get(asked).status_code == (404 if "stories" in path else 200)


def test_a_head_is_the_page_without_its_body(served: Served) -> None:
    client = served.client()
    plain = {"Accept-Encoding": "identity"}

    head, page = client.head(served.story, headers=plain), client.get(served.story, headers=plain)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(page.content))
    assert head.headers["ETag"] == page.headers["ETag"]


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("PUT", "{story}", "GET, HEAD, OPTIONS"),
        ("GET", "{story}/comments", "POST, OPTIONS"),
        ("DELETE", "{site}/log-in", "GET, POST, HEAD, OPTIONS"),
    ],
)
def test_another_method_is_refused_with_those_that_are_taken(
    served: Served, method: str, address: str, allowed: str
) -> None:
    path = address.format(site=served.site, story=served.story)
    client = served.client()

    refused, asked = client.request(method, path), client.options(path)

    assert (refused.status_code, refused.headers["Allow"]) == (405, allowed)
    assert (asked.status_code, asked.headers["Allow"], asked.content) == (204, allowed, b"")


def test_an_address_of_nobody_is_told_on_a_page(served: Served) -> None:
    answer = served.client().get("/courier/nothing/of/the/kind")

    assert answer.status_code == 404
    assert "There is no page at this address." in answer.text


@pytest.mark.parametrize("address", ["{story}", "/static/{style}", "/api/v1/openapi.json"])
def test_a_long_answer_is_packed_for_who_can_unpack_it(served: Served, address: str) -> None:
    served.setting.write(lambda w: a_comment(w, served.setting.story, served.setting.reader))
    client = past_the_door(served)
    style = style_of(client.get(served.story).text)
    path = address.format(story=served.story, style=style)

    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert packed.content == plain.content  # the client has unpacked it
    assert int(packed.headers["Content-Length"]) < len(plain.content)
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]


def test_a_page_tells_the_front_door_which_edition_it_shows(served: Served) -> None:
    def scope(**more: Any) -> dict[str, Any]:
        return {"type": "http", "method": "GET", "path": served.story, "query_string": b"", "headers": []} | more

    async def ask(asked: dict[str, Any]) -> list[Any]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        await served.application(asked, nothing, send)
        return sent

    asked = scope(extensions={})
    start, body = run(lambda: ask(asked))
    cookie = served.session_cookie(served.setting.reader).encode()
    theirs = scope(extensions={}, headers=[(b"cookie", b"rejoinder=" + cookie)])
    run(lambda: ask(theirs))

    assert (start["status"], body["body"][:15]) == (200, b"<!doctype html>")
    assert asked["extensions"][EDITION].story_seq == served.setting.story.seq
    assert asked["path_template"] == "/{site}/stories/{slug}"
    assert EDITION not in theirs["extensions"]


def test_who_goes_away_in_the_middle_is_not_answered(served: Served) -> None:
    async def gone() -> dict[str, str]:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}

    with pytest.raises(Gone):
        run(lambda: read_request(scope, gone, served.options, path="/", parts={}))
    with socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2]))) as raw:
        raw.sendall(f"POST {served.story}/comments HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\ntext=".encode())
    assert served.client().get(served.story).status_code == 200


def test_a_header_that_comes_twice_is_one_list(served: Served) -> None:
    headers = [
        (b"X-Forwarded-For", b"203.0.113.9"),
        (b"x-forwarded-for", b"10.0.0.7"),
        (b"Cookie", b"a=1"),
        (b"cookie", b"b=2"),
    ]
    scope = {"method": "GET", "query_string": b"view=flat&view=threads", "headers": headers, "client": ("127.0.0.1", 1)}

    asked = run(lambda: read_request(scope, nothing, served.options, path="/", parts={}))

    assert asked.headers["x-forwarded-for"] == "203.0.113.9, 10.0.0.7"
    assert asked.cookies == {"a": "1", "b": "2"}
    assert asked.query == {"view": "threads"}


def test_pages_are_counted_by_their_route(served: Served) -> None:
    client = served.client()
    client.get(served.story)
    client.get("/courier/nothing/of/the/kind")

    figures = client.get("/metrics").text

    assert 'rejoinder_requests_total{method="GET",route="/{site}/stories/{slug}",status="200"}' in figures
    assert 'rejoinder_requests_total{method="GET",route="unknown",status="404"}' in figures


def test_static_files_are_packed_once(served: Served) -> None:
    client = past_the_door(served)
    style = style_of(client.get(served.story).text)

    with client.stream("GET", f"/static/{style}", headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())

    assert gzip.decompress(raw) == client.get(f"/static/{style}", headers={"Accept-Encoding": "identity"}).content
