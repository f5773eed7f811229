"""How a letter is laid out: its paragraphs, quotations and links as plain text first, and the same as simple HTML that
fetches nothing.
"""

import textwrap
from collections.abc import Sequence
from html import escape
from typing import Protocol

from msgspec import Struct

from rejoinder.discussion.text import clean
from rejoinder.mail.message import BadLetter, Letter

WIDTH = 72  # characters of a line
NAMED = 80  # characters of a name or a headline in a sentence

_BODY = "margin:0 auto;padding:1.5em;max-width:38em;font:16px/1.5 system-ui,sans-serif"
_QUOTE = "margin:1em 0;padding:0 1em;border-inline-start:3px solid #999;white-space:pre-line"


class Wording(Protocol):
    """A language, as far as letters need it. `rejoinder.language.Words` is one; edges do not import each other."""

    @property
    def language(self) -> str: ...
    @property
    def direction(self) -> str: ...
    def gettext(self, message: str, /) -> str: ...
    def ngettext(self, singular: str, plural: str, number: int, /) -> str: ...
    def isolate(self, text: str, /) -> str: ...


class Cover(Struct, frozen=True, kw_only=True):
    """What every letter has: to whom, in whose name, in which language, under which Message-ID."""

    to: str
    site_name: str
    message_id: str
    words: Wording


class Quote(Struct, frozen=True):
    """What somebody wrote, apart from what we say."""

    text: str


class Link(Struct, frozen=True):
    """An address, and what is to be had there. Raises BadLetter if it is not a web address."""

    label: str
    address: str

    def __post_init__(self) -> None:
        if (
            not self.address.startswith(("https://", "http://"))
            or not self.address.isprintable()
            or " " in self.address
        ):
            raise BadLetter("not a web address")


Block = str | Quote | Link


def lay_out(cover: Cover, subject: str, blocks: Sequence[Block]) -> Letter:
    """The letter with these blocks."""
    return Letter(
        to=cover.to,
        subject=subject,
        text="\n\n".join(_text(block) for block in blocks) + "\n",
        html=_html(cover, blocks),
        message_id=cover.message_id,
    )


def named(cover: Cover, text: str) -> str:
    """A name or a headline fit to stand in a sentence: on one line, not long, and moving nothing around it."""
    line = " ".join(clean(text).split())
    return cover.words.isolate(line if len(line) <= NAMED else line[: NAMED - 1].rstrip() + "…")


def greeting(cover: Cover, name: str) -> list[Block]:
    """How a letter begins; to somebody whose name we do not know, without one."""
    say = cover.words.gettext
    return [say("Hello %(name)s,") % {"name": named(cover, name)} if name else say("Hello,")]


def about(cover: Cover, headline: str) -> dict[str, str]:
    """What fills a sentence's places for the site and the headline."""
    return {"site": named(cover, cover.site_name), "headline": named(cover, headline)}


def _text(block: Block) -> str:
    if isinstance(block, Link):
        return f"{block.label}:\n{block.address}"
    if isinstance(block, Quote):
        return "\n".join(f"> {line}".rstrip() for line in _wrapped(clean(block.text)).split("\n"))
    return _wrapped(block)


def _wrapped(text: str) -> str:
    """The text in lines of WIDTH; a word, and so an address, is never broken."""
    return "\n".join(
        textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
    )


def _html(cover: Cover, blocks: Sequence[Block]) -> str:
    said = "\n".join(_html_block(block) for block in blocks)
    language, direction = escape(cover.words.language), escape(cover.words.direction)
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head><meta charset="utf-8"></head>\n'
        f'<body style="{_BODY}">\n{said}\n</body>\n</html>\n'
    )


def _html_block(block: Block) -> str:
    if isinstance(block, Link):
        address = escape(block.address)
        return f'<p>{escape(block.label)}:<br><a href="{address}">{address}</a></p>'
    if isinstance(block, Quote):
        return f'<blockquote dir="auto" style="{_QUOTE}">{escape(clean(block.text))}</blockquote>'
    return f"<p>{escape(block)}</p>"
