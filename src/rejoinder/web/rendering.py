"""A page's values to HTML, by the template that the page names. Every value is escaped unless markup made it safe."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from rejoinder.language import Words
from rejoinder.web import addresses
from rejoinder.web.absolute import AbsoluteAddresses
from rejoinder.web.assets import asset
from rejoinder.web.shown.comments import ShownComment
from rejoinder.web.shown.linked_data import news_article
from rejoinder.web.shown.page import Page

FRAGMENTS = 4_000  # drawn comments kept for each language and zone; about two kilobytes each


def render(page: Page, *, words: Words, zone: ZoneInfo, now: datetime, base: str = "") -> str:
    """The page as HTML, worded in a language, its times in a zone. Only the desk says how long ago something was: what
    readers see does not depend on the moment, so that it can be kept. `base` stands before every path of ours, for a
    page that is shown at somebody else's address.
    """
    template = _environment(words, zone, base).get_template(page.template)
    return template.render(page=page, chrome=page.chrome, now=now)


def fragment(comment: ShownComment, *, site: str, words: Words, zone: ZoneInfo) -> str:
    """One comment as a page draws it, by itself."""
    draw: Callable[..., Markup] = _environment(words, zone, "").globals["comment"]  # type: ignore[assignment] # see `_drawer`
    return str(draw(comment, site))


@lru_cache(maxsize=64)
def _environment(words: Words, zone: ZoneInfo, base: str) -> Environment:
    """Templates with their words, zone and links. Each has comments of its own: drawn for one base they are of no use
    for another.
    """
    environment = Environment(
        loader=PackageLoader("rejoinder.web"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined] # the extension's
    to = AbsoluteAddresses(base) if base else addresses
    environment.globals |= {
        "away": bool(base),
        "to": to,
        "asset": lambda name: base + asset(name),
        "news_article": news_article,
    }
    environment.globals["comment"] = _drawer(environment)
    environment.filters |= {
        "moment": lambda moment: _stamp(moment, words.format_moment(moment, zone)),
        "day": lambda moment: _stamp(moment, words.format_day(moment, zone)),
        "ago": lambda moment, now: _stamp(moment, words.format_relative(moment, now)),
        "span": words.format_span,
        "hour": lambda moment: words.format_hour(moment, zone),
        "utc": _machine_readable,
        "number": words.format_number,
        "figure": lambda count, most: f"{words.format_number(min(count, most))}{'+' if count > most else ''}",
    }
    return environment


def _drawer(environment: Environment) -> Callable[..., Markup]:
    """Draws comments, each once for the state it is in: one that is shown again as it was, on this page or another, to
    whomever, is not drawn again. What is kept is found by all that it shows, so it never needs to be thrown away.
    """

    @lru_cache(maxsize=FRAGMENTS)
    def drawn(c: ShownComment, site: str, is_at: bool, says_to: bool) -> Markup:  # noqa: FBT001 - a cache's key
        macro: Callable[..., Markup] = environment.get_template("parts/comment.html").module.drawn  # type: ignore[attr-defined] # a macro of that template
        return macro(c, site, is_at, says_to)

    def comment(c: ShownComment, site: str, *, at: UUID | None = None, above: UUID | None = None) -> Markup:
        """The comment; `at`: the page is about this one; `above`: the one drawn just above, which a reply that answers
        it need not name.
        """
        return drawn(c, site, c.id == at, c.to is not None and c.to.id != above)

    return comment


def _stamp(moment: datetime, said: str) -> Markup:
    return Markup(f'<time datetime="{_machine_readable(moment)}">{escape(said)}</time>')  # noqa: S704 - both are escaped


def _machine_readable(moment: datetime) -> str:
    """The moment as HTML's `datetime` wants it, in UTC to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
