"""The front door on the wire: what a server owes its clients, on the short way and on the long one, in any order."""

import contextlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from functools import partial

import brotli  # type: ignore[import-untyped] # it has no stubs
import httpx
import pytest
import structlog
import zstandard
from msgspec.structs import replace
from tests.front.wire import Said, Wire, gunzipped, request
from tests.looping import run
from tests.serving import Served

from rejoinder.discussion.sites import with_rules
from rejoinder.front.server import LAST_CALL
from rejoinder.store import stories


def kept(served: Served, path: str | None = None) -> str:
    """The path of a page that is kept, in the plain encoding."""
    path = path or served.story
    with Wire(served.url) as wire:
        wire.get(path)
    return path


def given(served: Served) -> int:
    """How many answers took the short way in this second."""
    return served.door.given_200 + served.door.given_304


@pytest.fixture
def counted(served: Served) -> Served:
    """A server whose counts are not handed on each second, so that a test can read them."""
    served.door.each_second = lambda: None  # type: ignore[method-assign] # see above
    return served


def test_the_short_way_and_the_long_way_give_the_same_page(counted: Served) -> None:
    with Wire(counted.url) as wire:
        first = wire.get(counted.story)
        before = given(counted)
        second = wire.get(counted.story)

    assert (before, given(counted)) == (0, 1)
    assert first.body == second.body
    assert {**first.headers, "date": ""} == {**second.headers, "date": ""}


def test_an_answer_says_what_a_cache_must_know(served: Served) -> None:
    with Wire(served.url) as wire:
        answers = [wire.get(served.story) for _ in range(2)]

    for each in answers:
        assert each.headers["cache-control"] == "public, no-cache"  # asked each time: it never outlives a phase
        assert each.headers["vary"] == "Accept-Encoding, Cookie"
        assert each.headers["etag"].startswith('W/"')
        assert "content-security-policy" in each.headers
        assert abs(parsedate_to_datetime(each.headers["date"]).timestamp() - time.time()) < 5


@pytest.mark.parametrize(
    ("accepts", "encoding", "decode"),
    [
        ("gzip", "gzip", gunzipped),
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip, deflate, br, zstd", "zstd", lambda body: zstandard.ZstdDecompressor().decompress(body)),
        ("identity", None, bytes),
    ],
)
def test_each_client_gets_the_encoding_it_likes(
    served: Served, accepts: str, encoding: str | None, decode: Callable[[bytes], bytes]
) -> None:
    for _ in range(3):  # the long way, the way that adds the encoding, the short way
        with Wire(served.url) as wire:
            plain = wire.get(served.story)
            answer = wire.get(served.story, f"Accept-Encoding: {accepts}")
        assert answer.headers.get("content-encoding") == encoding
        assert decode(answer.body) == plain.body


def test_a_page_that_the_client_has_is_not_sent_again(counted: Served) -> None:
    with Wire(counted.url) as wire:
        etag = wire.get(counted.story).headers["etag"]
        answers = [wire.get(counted.story, f"If-None-Match: {each}") for each in (etag, etag[2:], f'"x", {etag}', "*")]
        other = wire.get(counted.story, 'If-None-Match: "x"')

    assert [(each.status, each.body) for each in answers] == [(304, b"")] * 4
    assert all(each.headers["etag"] == etag and "cache-control" in each.headers for each in answers)
    assert other.status == 200
    assert counted.door.given_304 == 4


def test_what_was_committed_is_heard_before_a_kept_page_is_given(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kept(served)
    with monkeypatch.context() as patch:
        patch.setattr(served.door, "catch_up", lambda: None)  # the loop has not come to what the commit asked of it
        served.setting.post("Only just written.")

    with Wire(served.url) as wire:
        assert b"Only just written." in wire.get(path).body


def test_a_head_has_the_headers_and_no_body(counted: Served) -> None:
    with Wire(counted.url) as wire:
        whole = wire.get(counted.story)
        heads = [wire.get(counted.story, method="HEAD") for _ in range(2)]
        after = wire.get(counted.story)  # the connection is where it should be

    assert [each.headers["content-length"] for each in heads] == [str(len(whole.body))] * 2
    assert after.body == whole.body
    assert given(counted) == 3


def test_who_has_a_session_is_shown_their_own_page(served: Served) -> None:
    kept(served)
    cookie = f"{served.options.session_cookie}={served.session_cookie(served.setting.reader)}"
    with Wire(served.url) as wire:
        own = wire.get(served.story, f"Cookie: a=b; {cookie}")
        everybodys = wire.get(served.story, f"Cookie: {served.options.device_cookie}=x")

    assert served.setting.reader.name in own.text
    assert own.headers["cache-control"] == "private, no-store"
    assert "Log in" in everybodys.text
    assert served.setting.reader.name not in everybodys.text


def test_after_a_post_everybody_sees_it(served: Served) -> None:
    for number in range(20):
        kept(served)
        comment = served.setting.post(f"The boat was late again, by {number} minutes.")
        with Wire(served.url) as wire:
            assert str(comment.id) in wire.get(served.story).text


def test_a_writer_is_led_to_a_page_that_shows_the_post_logged_in_or_not(served: Served) -> None:
    kept(served)
    client = served.client(served.setting.reader)
    for number in range(5):
        sent = client.post(f"{served.story}/comments", data={"text": f"A sixth sailing would help, number {number}."})
        where = sent.headers["location"]
        assert "v=" in where
        assert f"number {number}" in client.get(where).text
        assert f"number {number}" in httpx.get(served.url + where.partition("#")[0], trust_env=False).text


def test_a_changed_rule_changes_every_page(served: Served) -> None:
    other = served.setting.write(lambda w: _another_story(served, w))
    paths = [served.story, f"{served.site}/stories/{other}"]
    for path in paths:
        assert "Open until" in _page(served, path)

    served.setting.write(lambda w: _close_everything(served, w))

    assert ["Closed to new comments" in _page(served, path) for path in paths] == [True, True]


def _another_story(served: Served, w: object) -> str:
    from tests.makers import a_story  # noqa: PLC0415 - only here

    return a_story(w, served.setting.site, headline="Another").slug  # type: ignore[arg-type] # a Write


def _close_everything(served: Served, w: object) -> None:
    from rejoinder.store import sites  # noqa: PLC0415 - only here

    rules = with_rules(served.setting.site.rules, {"schedule": [{"phase": "read-only"}]})
    sites.set_rules(w, served.setting.site, rules)  # type: ignore[arg-type] # a Write


def _page(served: Served, path: str) -> str:
    with Wire(served.url) as wire:
        return wire.get(path).text


def test_a_phase_that_ends_shows_at_once(served: Served) -> None:
    kept(served)
    until = served.setting.read(lambda r: stories.by_slug(r, 1, served.setting.story.slug)).standing(served.now).until
    assert until is not None

    served.now = until

    assert "Closed to new comments" in _page(served, served.story)


def test_pipelined_requests_are_answered_in_their_order(served: Served) -> None:
    page = kept(served)
    paths = [page, f"{page}?after=0", "/healthz", page, f"{served.site}/policy", page, "/nowhere/at/all", page]
    with Wire(served.url) as wire:
        alone = [wire.get(path) for path in paths]
        wire.send(b"".join(request(path) for path in paths))
        together = [wire.answer() for _ in paths]

    assert [(each.status, each.body) for each in together] == [(each.status, each.body) for each in alone]


def test_a_request_may_come_in_any_pieces(served: Served) -> None:
    page = kept(served)
    whole = request(page, "Accept-Encoding: identity", "User-Agent: slow")
    with Wire(served.url) as wire:
        expected = wire.get(page)
        for size in (1, 7, len(whole) - 1):
            for start in range(0, len(whole), size):
                wire.send(whole[start : start + size])
            assert wire.answer().body == expected.body
        wire.send(whole + whole[:20])  # one, and the beginning of the next
        wire.send(whole[20:])
        assert [wire.answer().body, wire.answer().body] == [expected.body] * 2


@pytest.mark.parametrize("lines", [("Connection: close",), ("Connection: Close",)])
def test_a_client_that_wants_to_close_is_let_go(served: Served, lines: tuple[str, ...]) -> None:
    page = kept(served)
    with Wire(served.url) as wire:
        answer = wire.get(page, *lines)
        assert (answer.status, answer.headers["connection"]) == (200, "close")
        assert wire.is_closed()


def test_what_is_sent_after_the_last_request_is_not_answered(served: Served) -> None:
    page = kept(served)
    with Wire(served.url) as wire:
        wire.send(request(page, "Connection: close") + request(page) * 3)
        assert wire.answer().status == 200
        assert wire.is_closed()


def test_an_old_client_gets_its_page_and_the_end_of_the_connection(served: Served) -> None:
    page = kept(served)
    with Wire(served.url) as wire:
        wire.send(f"GET {page} HTTP/1.0\r\n\r\n".encode())
        assert wire.answer().status == 200
        assert wire.is_closed()


def test_a_get_with_a_body_goes_the_long_way(counted: Served) -> None:
    page = kept(counted)
    before = given(counted)
    with Wire(counted.url) as wire:
        wire.send(request(page, "Content-Length: 5") + b"hello")
        assert wire.answer().status == 200
        assert given(counted) == before
        assert wire.get(page).status == 200
    assert given(counted) == before + 1


def test_what_is_no_http_is_refused(served: Served) -> None:
    with Wire(served.url) as wire:
        wire.send(b"HELO courier.example\r\n\r\n")
        assert wire.answer().status == 400
        assert wire.is_closed()


@pytest.mark.parametrize(
    "head", [b"GET /%s HTTP/1.1\r\n" % (b"a" * 200_000), b"GET / HTTP/1.1\r\n" + b"X-Much: of it\r\n" * 20_000]
)
def test_a_head_that_does_not_end_is_refused(served: Served, head: bytes) -> None:
    with Wire(served.url) as wire:
        try:
            for start in range(0, len(head), 10_000):
                wire.send(head[start : start + 10_000])
            assert wire.answer().status == 431
        except (ConnectionError, EOFError):
            pass  # it was closed while we were still sending
        assert wire.is_closed() or served.door.connections == set()


def impatient(served: Served, **seconds: float) -> None:
    served.door.patience = replace(served.door.patience, **seconds)


def last_word(wire: Wire) -> Said | None:
    """What a client that waits is told before it is let go."""
    try:
        return wire.answer()
    except (EOFError, ConnectionResetError):
        return None


def test_a_head_that_dribbles_is_ended(served: Served) -> None:
    impatient(served, head=0.05)
    with Wire(served.url) as wire:
        wire.send(b"GET /courier HTTP/1.1\r\nHost:")
        said = last_word(wire)
    assert said is not None
    assert said.status == 408


def test_a_body_that_stops_is_ended(served: Served) -> None:
    impatient(served, body=0.05)
    with Wire(served.url) as wire:
        wire.send(request(f"{served.story}/comments", "Content-Length: 500", method="POST") + b"text=")
        said = last_word(wire)
    assert said is not None
    assert said.status == 408


def test_a_quiet_connection_is_let_go_after_our_own_answers_too(served: Served) -> None:
    page = kept(served)
    impatient(served, quiet=0.05)
    with Wire(served.url) as untouched, Wire(served.url) as wire:
        wire.get(page)
        assert last_word(wire) is None
        assert last_word(untouched) is None


def flood(wire: Wire, page: str) -> None:
    """Asks for the page until the server takes no more."""
    wire.socket.settimeout(0.5)
    with contextlib.suppress(TimeoutError):
        for _ in range(500):
            wire.send(request(page) * 200)


def test_a_client_that_asks_and_does_not_read_is_bounded(served: Served) -> None:
    """It sends thousands of requests for a page and takes nothing: what waits for it stays small, others are served."""
    page = kept(served)
    with Wire(served.url, receive_buffer=4096) as greedy:
        flood(greedy, page)
        waiting = [each.transport.get_write_buffer_size() for each in served.door.connections]  # type: ignore[attr-defined] # our own protocol
        with Wire(served.url) as other:
            assert other.get(page).status == 200
    assert max(waiting) < 40_000_000
    assert max(waiting) > 0


def test_a_client_that_takes_nothing_is_let_go(served: Served) -> None:
    page = kept(served)
    impatient(served, reading=0.05)
    with Wire(served.url, receive_buffer=4096) as greedy:
        flood(greedy, page)
        until = time.monotonic() + 10
        while served.door.connections and time.monotonic() < until:
            time.sleep(0.05)  # a look around comes once a second
        assert not served.door.connections


def test_without_the_front_door_the_application_answers_the_same(served: Served) -> None:
    transport = httpx.ASGITransport(served.application)

    async def bare(path: str) -> bytes:
        async with httpx.AsyncClient(transport=transport, base_url=served.url) as client:
            return (await client.get(path)).content

    with Wire(served.url) as wire:
        for path in (served.story, f"{served.story}?view=flat", f"{served.site}/policy", "/healthz"):
            assert wire.get(path).body == run(partial(bare, path))


def test_closing_drops_no_request(served: Served) -> None:
    """Clients that ask without a pause while the server is told to stop: each request they sent has its answer."""
    page = kept(served)
    served.server.last_call = LAST_CALL

    def client(_: int) -> tuple[int, int]:
        asked = answered = 0
        with Wire(served.url) as wire:
            while True:
                asked += 1
                answer = wire.get(page if asked % 3 else f"{page}?view=flat")
                answered += 1
                if answer.headers.get("connection") == "close":
                    return asked, answered

    with ThreadPoolExecutor(8) as pool:
        running = [pool.submit(client, number) for number in range(8)]
        time.sleep(0.2)  # they are under way
        served.server.should_exit = True
        counts = [each.result(timeout=20) for each in running]

    assert all(asked == answered and asked > 1 for asked, answered in counts)


def test_what_was_given_is_counted_and_a_share_of_it_logged(served: Served) -> None:
    page = kept(served)
    served.door.log_one_in(3)
    with structlog.testing.capture_logs() as logged, Wire(served.url) as wire:
        etag = wire.get(page).headers["etag"]
        for _ in range(5):
            wire.get(page, f"If-None-Match: {etag}")
    served.door.each_second()

    assert [(each["path"], each["status"]) for each in logged if each["event"] == "answered"] == [(page, 304)] * 2
    text = httpx.get(f"{served.url}/metrics", trust_env=False).text
    assert 'rejoinder_front_answers_total{status="304"}' in text
    assert f"rejoinder_front_pages {float(len(served.door.keeper.copies))}" in text


def test_several_cookie_lines_are_one_cookie(served: Served) -> None:
    """A proxy that speaks HTTP/2 to its client may hand them on apart (RFC 9113, 8.2.3)."""
    kept(served)
    cookie = f"{served.options.session_cookie}={served.session_cookie(served.setting.reader)}"
    with Wire(served.url) as wire:
        for lines in (("Cookie: a=b", f"Cookie: {cookie}"), (f"Cookie: {cookie}", "Cookie: a=b")):
            assert served.setting.reader.name in wire.get(served.story, *lines).text
