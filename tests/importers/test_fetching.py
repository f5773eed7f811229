"""A page is fetched from public addresses only, whatever it redirects to, and only so large."""

from ipaddress import ip_address

import pytest
from tests.cli.web_server import Page, serving

from rejoinder.importers.fetching import (
    LARGEST,
    Address,
    CannotFetch,
    PrivateAddress,
    TooLargeToRead,
    anywhere,
    fetch,
    is_public,
)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::93.184.216.34", True),
        ("2002:7f00:1::", False),
    ],
)
def test_an_address_is_public_or_not(address: str, *, expected: bool) -> None:
    assert is_public(ip_address(address)) is expected


def test_a_page_is_fetched_with_where_it_came_from() -> None:
    with serving({"/story": Page(body=b"<h1>Ferry</h1>", headers={"Content-Type": "text/html"})}) as host:
        fetched = fetch(f"{host}/story", may_reach=anywhere)
    assert (fetched.data, fetched.content_type, fetched.url) == (b"<h1>Ferry</h1>", "text/html", f"{host}/story")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001"])
def test_our_own_machine_is_not_fetched_from_under_any_name(host: str) -> None:
    with pytest.raises((PrivateAddress, CannotFetch)):
        fetch(f"http://{host}:1/story")


def test_a_redirect_is_followed_and_judged_anew() -> None:
    def only_ours(address: Address) -> bool:
        return str(address) == "127.0.0.1"

    pages = {
        "/old": Page(status=301, headers={"Location": "/new"}),
        "/new": Page(body=b"moved"),
        "/out": Page(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data"}),
        "/file": Page(status=302, headers={"Location": "file:///etc/passwd"}),
    }
    with serving(pages) as host:
        assert fetch(f"{host}/old", may_reach=only_ours).url == f"{host}/new"
        with pytest.raises(PrivateAddress):
            fetch(f"{host}/out", may_reach=only_ours)
        with pytest.raises(CannotFetch, match="only http"):
            fetch(f"{host}/file", may_reach=only_ours)


def test_a_page_that_redirects_for_ever_is_given_up() -> None:
    with (
        serving({"/round": Page(status=302, headers={"Location": "/round"})}) as host,
        pytest.raises(CannotFetch, match="redirects more than"),
    ):
        fetch(f"{host}/round", may_reach=anywhere)


def test_a_page_without_end_is_cut_off() -> None:
    endless = Page(body=b"x" * 1_000_000, times=LARGEST // 1_000_000 + 2)
    with serving({"/endless": endless}) as host, pytest.raises(TooLargeToRead):
        fetch(f"{host}/endless", may_reach=anywhere)


def test_a_page_that_is_not_there_is_told_with_its_status() -> None:
    with serving({}) as host, pytest.raises(CannotFetch, match="404"):
        fetch(f"{host}/nothing", may_reach=anywhere)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://nowhere.invalid/", "http:///", "http://[::/", "http://a b/"]
)
def test_an_address_that_gives_nothing_is_told(url: str) -> None:
    with pytest.raises(CannotFetch, match="cannot be fetched"):
        fetch(url, may_reach=anywhere)
