"""The letters page in its three forms, whatever readers wrote."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import msgspec
from markdown_it import MarkdownIt

from rejoinder.exporters.letters_page import LettersPage, Printed, as_html, as_json, as_markdown

HOSTILE = "# Not a heading\n\n<script>alert(1)</script> [link](javascript:x) **bold**\nnext line\n\n1. no list"


def a_page(text: str = "The pier needs a lamp.\n\nIt had one.", **known: str) -> LettersPage:
    letter = Printed(
        id="1",
        headline=known.get("headline", "Pier lamps to stay dark"),
        text=text,
        signed_as=known.get("signed_as", "Ruth E., Lower Quay"),
        written_at=datetime(2026, 11, 17, tzinfo=UTC),
        address="https://courier.example/comments/1",
        note=known.get("note", ""),
    )
    return LettersPage(site="The Harbour Courier", language="en", letters=(letter,))


class Shown(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser gives them
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.said += data


def test_a_letter_is_printed_with_its_story_and_its_name() -> None:
    for made in (as_html(a_page()), as_markdown(a_page()).replace("\\", "")):
        for told in ("Pier lamps to stay dark", "The pier needs a lamp.", "It had one.", "Ruth E., Lower Quay"):
            assert told in made


def test_nothing_a_reader_wrote_is_markup_in_html() -> None:
    shown = Shown(as_html(a_page(HOSTILE, headline="<b>H</b>", signed_as="<i>me</i>", note="<u>n</u>")))

    assert not {"script", "b", "i", "u"} & set(shown.tags)
    assert "<script>alert(1)</script>" in shown.said


def test_nothing_a_reader_wrote_is_markup_in_markdown() -> None:
    shown = Shown(MarkdownIt("commonmark").render(as_markdown(a_page(HOSTILE, headline="# [a](b)", signed_as="*me*"))))

    assert set(shown.tags) == {"h1", "h2", "p", "br", "strong"}
    assert "# Not a heading" in shown.said
    assert "[link](javascript:x) **bold**" in shown.said
    assert shown.tags.count("h2") == 1


def test_json_is_what_was_given() -> None:
    assert msgspec.json.decode(as_json(a_page()), type=LettersPage) == a_page()


def test_an_empty_page_is_a_page() -> None:
    empty = LettersPage(site="The Harbour Courier", language="en", letters=())

    assert as_markdown(empty) == "# The Harbour Courier\n"
    assert Shown(as_html(empty)).tags == ["html", "meta", "title", "h1"]
