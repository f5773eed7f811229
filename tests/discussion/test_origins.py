"""What an origin is, and what is on it."""

import pytest

from rejoinder.discussion.origins import is_on, origin_of
from rejoinder.discussion.refusals import BadOrigin

COURIER = ("https://www.courier.example",)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://www.courier.example", "https://www.courier.example"),
        ("HTTPS://WWW.Courier.Example/", "https://www.courier.example"),
        ("https://www.courier.example:443/news?x#y", "https://www.courier.example"),
        ("http://www.courier.example:80", "http://www.courier.example"),
        ("http://www.courier.example:443", "http://www.courier.example:443"),
        ("https://www.courier.example.", "https://www.courier.example"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("  http://localhost:8000  ", "http://localhost:8000"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(given: str, expected: str) -> None:
    assert origin_of(given) == expected


@pytest.mark.parametrize(
    "given",
    [
        "",
        "courier.example",
        "//courier.example",
        "ftp://courier.example",
        "https://",
        "https://user@courier.example",
        "https://courier.example:port",
        "https://[::1",
        "javascript:alert(1)",
        "null",
        f"https://{'a' * 64}.example",
        "https://straße.example",
        "https://cou\u200drier.example",
    ],
)
def test_what_is_none_is_refused(given: str) -> None:
    with pytest.raises(BadOrigin):
        origin_of(given)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.courier.example/ferry", True),
        ("https://WWW.COURIER.EXAMPLE:443/ferry", True),
        ("http://www.courier.example/ferry", False),
        ("https://courier.example/ferry", False),
        ("https://www.courier.example:8443/ferry", False),
        ("https://www.courier.example.evil.example/", False),
        ("https://www.courier.example@evil.example/", False),
        ("https://evil.example/https://www.courier.example/", False),
        ("https://www.courier.example\\@evil.example/", False),
        ("garbage", False),
        ("https://www.courıer.example/ferry", False),
        ("https://www.ſcourier.example/ferry", False),
    ],
)
def test_an_address_is_on_an_origin_or_not(address: str, *, expected: bool) -> None:
    assert is_on(address, COURIER) is expected


def test_nothing_is_on_no_origin() -> None:
    assert not is_on("https://www.courier.example/", ())
