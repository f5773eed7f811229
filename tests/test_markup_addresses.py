"""Which addresses are linked, where they end, what is shown of them."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from rejoinder.markup import render

LONG = "https://courier.example/2026/11/17/the-winter-timetable-of-the-harbour-ferry?print=1"


class Anchors(HTMLParser):
    """The links of some HTML: address and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append((dict(attrs)["href"] or "", ""))
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._inside:
            href, words = self.found[-1]
            self.found[-1] = (href, words + data)


def links(text: str) -> list[tuple[str, str]]:
    return Anchors(render(text).html).found


@pytest.mark.parametrize(
    "address",
    [
        "https://courier.example",
        "http://courier.example/",
        "https://courier.example/a/b.html?c=d&e=f#g",
        "https://courier.example:8443/a",
        "https://en.courier.example/Boat_(ferry)",
        "https://courier.example/a_b_c*d",
        "https://192.0.2.7/a",
        "https://co.uk",
        "https://例え.jp/船",
        "https://пример.рф/паром",
        "https://xn--r8jz45g.jp/",
    ],
)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "see {} now",
        "{}.",
        "({})",
        "“{}”",
        "*{}*",
        "**{}**",
        "_{}_",
        "> {}",
        "{}, and",
        "{}！",
        "看{}。",
        "a\n{}\nb",
    ],
)
def test_an_address_is_linked_without_the_sentence_around_it(address: str, around: str) -> None:
    assert links(around.format(address)) == [(address, address)]


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("HTTPS://Courier.example/A", "https://Courier.example/A"),
        ("www.courier.example/a", "https://www.courier.example/a"),
        ("https://courier.example/a)", "https://courier.example/a"),
        ("https://courier.example/(a))", "https://courier.example/(a)"),
        ("https://courier.example/a?!...", "https://courier.example/a"),
        ("https://courier.example/a'b\"c", "https://courier.example/a'b"),
        ("https://courier.example/a<b", "https://courier.example/a"),
        ("https://courier.example/a\\@b", "https://courier.example/a"),
        ("https://courier.example\u200b.evil.example", "https://courier.example"),
    ],
)
def test_where_an_address_leads_and_ends(typed: str, href: str) -> None:
    assert [address for address, _ in links(typed)] == [href]


@pytest.mark.parametrize(
    "text",
    [
        "https://",
        "https://localhost",
        "https://...",
        "https://-a.example",
        "https://a..example",
        "https://a_b",
        "https://bank.example@elsewhere.example",
        "https://ann:pass@courier.example",
        "https://bank.example%2f@elsewhere.example",
        "https://courier.example:999999/",
        "https://[::1]/",
        "https:courier.example",
        "ftp://courier.example",
        "mailto:ann@courier.example",
        "javascript://courier.example/%0aalert(1)",
        "data:text/html,hello",
        "xhttps://courier.example",
        "awww.courier.example",
        "https://" + "a" * 64 + ".example",
        "https://courier.example/" + "a" * 2000,
        "https://ⅹ\u0338.\u0338",  # no host, though the old codec takes it
    ],
)
def test_what_is_not_linked(text: str) -> None:
    assert links(text) == []
    assert unescape(render(text).html).startswith('<p dir="auto">' + text)


def test_a_long_address_is_shown_short_and_linked_whole() -> None:
    [(href, shown)] = links(LONG)

    assert href == LONG
    assert len(shown) <= 48
    assert shown.startswith("courier.example/2026/11")
    assert shown.endswith("…")


def test_however_long_a_host_is_its_end_is_shown() -> None:
    [(_, shown)] = links("https://bank.example." + "a." * 40 + "elsewhere.example/login")

    assert shown.endswith("elsewhere.example")
    assert not shown.startswith("bank")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("https://p\u0430ypal.example/x", "xn--pypal-4ve.example/x"),
        ("https://\u0430\u0440\u0440\u04cf\u0435.example", "xn--80ak6aa92e.example"),
        ("https://αlice.example", "xn--lice-zld.example"),
    ],
)
def test_a_host_whose_letters_may_deceive_is_shown_in_ascii(typed: str, shown: str) -> None:
    assert links(typed) == [(f"https://{shown}", shown)]


@pytest.mark.parametrize(
    ("text", "href", "words"),
    [
        ("[the figures](https://courier.example/a)", "https://courier.example/a", "the figures"),
        ("[a **b** c](https://courier.example)", "https://courier.example", "a b c"),
        ("[a](https://courier.example/b_(c)_d)", "https://courier.example/b_(c)_d", "a"),
        ("**[a](https://courier.example)**", "https://courier.example", "a"),
        ("([a](HTTP://courier.example))", "http://courier.example", "a"),
        ("[courier.example](https://www.courier.example/x)", "https://www.courier.example/x", "courier.example"),
        ("[courier.example](https://news.courier.example)", "https://news.courier.example", "courier.example"),
        ("[the U.S. report](https://courier.example)", "https://courier.example", "the U.S. report"),
        ("[a [b](https://courier.example)", "https://courier.example", "b"),
    ],
)
def test_words_can_stand_for_an_address(text: str, href: str, words: str) -> None:
    assert links(text) == [(href, words)]


@pytest.mark.parametrize(
    "text",
    [
        "[https://bank.example](https://elsewhere.example)",
        "[bank.example](https://elsewhere.example)",
        "[log in at www.bank.example](https://elsewhere.example)",
        "[bank.example/login](https://bank.example.elsewhere.example)",
        "[a](https://bank.example@elsewhere.example)",
        "[ ](https://elsewhere.example)",
        "[\u200b](https://elsewhere.example)",
    ],
)
def test_words_that_hide_or_belie_where_a_link_leads_are_shown_with_it(text: str) -> None:
    html = render(text).html

    assert all(words in href for href, words in Anchors(html).found)
    assert re.sub("<[^>]*>", "", html) == text


@pytest.mark.parametrize("text", ["https://courier.example", "[a](https://courier.example)", "www.courier.example"])
def test_every_link_says_that_a_reader_wrote_it(text: str) -> None:
    assert 'rel="ugc nofollow noopener"' in render(text).html
