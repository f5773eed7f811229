"""Letters with news for those who asked for it: answers, mentions, what is followed, and the digest of them. As in
`account_letters`.
"""

from msgspec import Struct

from rejoinder.mail.layout import Block, Cover, Link, Quote, about, greeting, lay_out, named
from rejoinder.mail.message import Letter


def reply_received(cover: Cover, *, name: str, answered_by: str, headline: str, text: str, link: str) -> Letter:
    """To the writer of a comment that somebody has answered. `text` is the beginning of the answer."""
    say, of = cover.words.gettext, _written_by(cover, headline, answered_by)
    subject = say("%(who)s answered you on “%(headline)s”") % of
    told = say("%(who)s answered your comment on “%(headline)s” at %(site)s:") % of
    answer = Link(say("Read it on the page, and answer"), link)
    return _written(cover, subject, name=name, told=told, text=text, link=answer)


def mentioned(cover: Cover, *, name: str, answered_by: str, headline: str, text: str, link: str) -> Letter:
    """To somebody whose name stands in a comment."""
    say, of = cover.words.gettext, _written_by(cover, headline, answered_by)
    subject = say("%(who)s mentioned you on “%(headline)s”") % of
    told = say("%(who)s mentioned you in a comment on “%(headline)s” at %(site)s:") % of
    answer = Link(say("Read it on the page, and answer"), link)
    return _written(cover, subject, name=name, told=told, text=text, link=answer)


def followed(cover: Cover, *, name: str, answered_by: str, headline: str, text: str, link: str) -> Letter:
    """To somebody who follows a discussion and wants to hear of each comment at once."""
    say, of = cover.words.gettext, _written_by(cover, headline, answered_by)
    subject = say("%(who)s wrote on “%(headline)s”") % of
    told = say("%(who)s wrote in the discussion of “%(headline)s” at %(site)s, which you follow:") % of
    read = Link(say("Read it on the page"), link)
    return _written(cover, subject, name=name, told=told, text=text, link=read)


def _written_by(cover: Cover, headline: str, who: str) -> dict[str, str]:
    return about(cover, headline) | {"who": named(cover, who)}


def _written(cover: Cover, subject: str, *, name: str, told: str, text: str, link: Link) -> Letter:
    return lay_out(cover, subject, [*greeting(cover, name), told, Quote(text), link])


class Item(Struct, frozen=True, kw_only=True):
    """One piece of news in a digest. `count` new comments, where it is about a followed discussion."""

    kind: str
    name: str
    headline: str
    link: str
    count: int = 1
    text: str = ""


def digest(cover: Cover, *, name: str, items: tuple[Item, ...], inbox_link: str, preferences_link: str) -> Letter:
    """To somebody who wants their news in one letter a day or a week."""
    say, site = cover.words.gettext, named(cover, cover.site_name)
    subject = cover.words.ngettext(
        "%(n)s piece of news from %(site)s", "%(n)s pieces of news from %(site)s", len(items)
    )
    return lay_out(
        cover,
        subject % {"n": len(items), "site": site},
        [
            *greeting(cover, name),
            say("This is what happened at %(site)s:") % {"site": site},
            *(block for item in items for block in _of_digest(cover, item)),
            Link(say("Everything in your inbox"), inbox_link),
            Link(say("Which letters you get, and how often"), preferences_link),
        ],
    )


def _of_digest(cover: Cover, item: Item) -> list[Block]:
    of = _written_by(cover, item.headline, item.name) | {"n": str(item.count)}
    say = cover.words.gettext
    if item.kind == "reply":
        said = say("%(who)s answered you on “%(headline)s”:")
    elif item.kind == "mention":
        said = say("%(who)s mentioned you on “%(headline)s”:")
    elif item.kind == "report":
        said = say("The editors have looked at what you reported on “%(headline)s”.")
    else:
        said = cover.words.ngettext(
            "%(n)s new comment on “%(headline)s”, the latest by %(who)s:",
            "%(n)s new comments on “%(headline)s”, the latest by %(who)s:",
            item.count,
        )
    quoted: list[Block] = [Quote(item.text)] if item.text and item.kind != "report" else []
    return [said % of, *quoted, Link(say("On the page"), item.link)]
