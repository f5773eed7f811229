"""The letters page: picked comments for print or a newsletter, as HTML, Markdown or JSON."""

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

import msgspec
from msgspec import Struct

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+\-.!|~])")


class Printed(Struct, frozen=True, kw_only=True):
    """One letter. `written_at` is for the date line; `note` is the editor's."""

    id: str
    headline: str
    text: str
    signed_as: str
    written_at: datetime
    address: str
    story_address: str | None = None
    note: str = ""


class LettersPage(Struct, frozen=True, kw_only=True):
    """What is printed, in the order given, grouped by story."""

    site: str
    language: str
    letters: tuple[Printed, ...]


def as_json(page: LettersPage) -> bytes:
    """The page as one JSON object."""
    return msgspec.json.format(msgspec.json.encode(page), indent=2) + b"\n"


def as_markdown(page: LettersPage) -> str:
    """The page as CommonMark: what readers wrote has no markup of its own in it."""
    parts = [f"# {_plain(page.site)}"]
    for headline, letters in _by_story(page.letters):
        parts.append(f"## {_plain(headline)}")
        for letter in letters:
            parts += [_plain(paragraph).replace("\n", "  \n") for paragraph in _paragraphs(letter.text)]
            parts.append(f"**{_plain(letter.signed_as)}**")
            if letter.note:
                parts.append(f"*{_plain(letter.note)}*")
    return "\n\n".join(parts) + "\n"


def as_html(page: LettersPage) -> str:
    """The page as a whole HTML document without style or script, ready to be pasted."""
    body = [f"<h1>{escape(page.site)}</h1>"]
    for headline, letters in _by_story(page.letters):
        body.append(f"<section>\n<h2>{escape(headline)}</h2>")
        for letter in letters:
            body.append("<article>")
            body += [f"<p>{escape(each).replace(chr(10), '<br>')}</p>" for each in _paragraphs(letter.text)]
            body.append(f"<p><strong>{escape(letter.signed_as)}</strong></p>")
            body += [f"<p><em>{escape(letter.note)}</em></p>"] if letter.note else []
            body.append("</article>")
        body.append("</section>")
    begin = f'<!doctype html>\n<html lang="{escape(page.language)}">'
    head = f'{begin}\n<meta charset="utf-8">\n<title>{escape(page.site)}</title>'
    return "\n".join([head, *body, "</html>"]) + "\n"


def _by_story(letters: Sequence[Printed]) -> list[tuple[str, list[Printed]]]:
    found: dict[str, list[Printed]] = {}
    for letter in letters:
        found.setdefault(letter.headline, []).append(letter)
    return list(found.items())


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def documents(page: LettersPage) -> dict[str, tuple[str, Any]]:
    """Each form of the page by the ending of its name: its media type, and what makes it."""
    return {
        "html": ("text/html; charset=utf-8", lambda: as_html(page).encode()),
        "md": ("text/markdown; charset=utf-8", lambda: as_markdown(page).encode()),
        "json": ("application/json", lambda: as_json(page)),
    }
