"""Letters about what editors did: about a person, or beside approving and rejecting about their comment. One function
each, like `account_letters`, whose rules hold here too. `reason` is a sentence of the policy in the letter's language,
`words` what the editors added, `until` a moment as it is written in that language; each may be empty.
"""

from rejoinder.mail.decided import Redress, said, way_on, who_heard
from rejoinder.mail.layout import Block, Cover, Link, Quote, lay_out, named
from rejoinder.mail.message import Letter


def written_to(cover: Cover, *, name: str, words: str, link: str) -> Letter:
    """A message. There is no way to answer it here: it is no conversation."""
    say, site = cover.words.gettext, _site(cover)
    return lay_out(
        cover,
        say("A word from the editors of %(site)s") % site,
        [
            *_greeting(cover, name),
            say("The editors of %(site)s write to you:") % site,
            Quote(words),
            Link(say("Everything the editors have written to you"), link),
        ],
    )


def warned(cover: Cover, *, name: str, reason: str, words: str, link: str, policy_link: str) -> Letter:
    """A warning, which waits to be acknowledged."""
    say, site = cover.words.gettext, _site(cover)
    return lay_out(
        cover,
        say("A warning from the editors of %(site)s") % site,
        [
            *_greeting(cover, name),
            say("The editors of %(site)s ask you to keep to the rules of conversation. What they saw:") % site,
            *_why(cover, reason, words),
            say("Please say on the page that you have read this; then you can write on. Nothing else has changed."),
            Link(say("Read it and write on"), link),
            Link(say("The rules of our discussions"), policy_link),
        ],
    )


def held(cover: Cover, *, name: str, reason: str, words: str, until: str, redress: Redress, policy_link: str) -> Letter:
    """To somebody each of whose new comments waits for an editor from now on."""
    say, site = cover.words.gettext, _site(cover)
    told = say("From now on the editors of %(site)s read each of your comments before it appears.")
    if until:
        told = say("Until %(until)s the editors of %(site)s read each of your comments before it appears.")
    return lay_out(
        cover,
        say("Your comments at %(site)s are read before they appear") % site,
        [
            *_greeting(cover, name),
            told % (site | {"until": until}),
            *_why(cover, reason, words),
            *_ways(cover, redress, policy_link),
        ],
    )


def kept_out(
    cover: Cover,
    *,
    name: str,
    reason: str,
    words: str,
    until: str,
    everywhere: bool,
    redress: Redress,
    policy_link: str,
) -> Letter:
    """To somebody who cannot write for a time, or (no `until`) any more."""
    say, site = cover.words.gettext, _site(cover)
    subject, told = say("You cannot write at %(site)s any more"), say("You cannot write comments at %(site)s any more.")
    if until:
        subject = say("You cannot write at %(site)s for a time")
        told = say("You cannot write comments at %(site)s until %(until)s. After that you can, without asking.")
    others = [say("The same holds for the other publications of this installation.")] if everywhere else []
    return lay_out(
        cover,
        subject % site,
        [
            *_greeting(cover, name),
            told % (site | {"until": until}),
            *others,
            *_why(cover, reason, words),
            say("You can still read everything, report, and delete what you wrote."),
            *_ways(cover, redress, policy_link),
        ],
    )


def off_ladder(cover: Cover, *, name: str, reason: str, words: str, redress: Redress, policy_link: str) -> Letter:
    """To somebody who earns no trust any more, and counts as new."""
    say, site = cover.words.gettext, _site(cover)
    return lay_out(
        cover,
        say("Your standing at %(site)s has changed") % site,
        [
            *_greeting(cover, name),
            say(
                "The editors of %(site)s have taken you off the steps by which readers earn trust. Where comments of "
                "new readers are read before they appear, so are yours."
            )
            % site,
            *_why(cover, reason, words),
            *_ways(cover, redress, policy_link),
        ],
    )


def act_appeal_heard(
    cover: Cover, *, name: str, granted: bool, answer: str, is_fresh_look: bool, redress: Redress
) -> Letter:
    """To somebody who appealed what was done about them: lifted, or why it stays (Article 20(5))."""
    say, site = cover.words.gettext, _site(cover)
    subject, outcome = say("Your appeal at %(site)s was not granted"), say("The decision stays as it is.")
    if granted:
        subject = say("Your appeal at %(site)s was granted")
        outcome = say("The decision is taken back, and no longer holds. We are sorry.")
    return lay_out(
        cover,
        subject % site,
        [
            *_greeting(cover, name),
            say("You appealed against what the editors of %(site)s had decided about your taking part.") % site,
            who_heard(cover, is_fresh_look=is_fresh_look),
            outcome,
            *said(cover, answer),
            *([Link(say("The decision"), redress.link)] if granted else way_on(cover, redress)),
        ],
    )


def lifted(cover: Cover, *, name: str, what: str, link: str) -> Letter:
    """To somebody about whom something was taken back: `what` is the act."""
    say, site = cover.words.gettext, _site(cover)
    told = {
        "warn": say("The editors of %(site)s have taken back their warning."),
        "hold": say("Your comments at %(site)s no longer wait for an editor because of who wrote them."),
        "off ladder": say("At %(site)s you earn trust again, and stand where you stood before."),
    }.get(what, say("You can write comments at %(site)s again."))
    return lay_out(
        cover,
        say("Good news from the editors of %(site)s") % site,
        [*_greeting(cover, name), told % site, Link(say("Everything the editors have written to you"), link)],
    )


def comment_lowered(
    cover: Cover, *, name: str, headline: str, text: str, reason: str, words: str, comment_link: str, policy_link: str
) -> Letter:
    """To the writer of a comment that stands, but after all others."""
    say, about = cover.words.gettext, _site(cover) | {"headline": named(cover, headline)}
    return lay_out(
        cover,
        say("Your comment on “%(headline)s” stands after all others") % about,
        [
            *_greeting(cover, name),
            say(
                "The editors of %(site)s have let your comment on “%(headline)s” stand, but after all others, where "
                "readers find it if they ask for more."
            )
            % about,
            *_why(cover, reason, words),
            say("You wrote:"),
            Quote(text),
            Link(say("Your comment"), comment_link),
            Link(say("The rules of our discussions"), policy_link),
        ],
    )


def comment_picked(cover: Cover, *, name: str, headline: str, text: str, words: str, link: str) -> Letter:
    """To the writer of a comment that the editors picked."""
    say, about = cover.words.gettext, _site(cover) | {"headline": named(cover, headline)}
    added: list[Block] = [say("The editors add:"), Quote(words)] if words.strip() else []
    return lay_out(
        cover,
        say("The editors have picked your comment on “%(headline)s”") % about,
        [
            *_greeting(cover, name),
            say("The editors of %(site)s have picked your comment on “%(headline)s”: it stands among their picks.")
            % about,
            *added,
            say("You wrote:"),
            Quote(text),
            Link(say("Your comment on the page"), link),
        ],
    )


def _site(cover: Cover) -> dict[str, str]:
    return {"site": named(cover, cover.site_name)}


def _greeting(cover: Cover, name: str) -> list[Block]:
    return [cover.words.gettext("Hello %(name)s,") % {"name": named(cover, name)}]


def _why(cover: Cover, reason: str, words: str) -> list[Block]:
    say = cover.words.gettext
    why: list[Block] = [say("The reason: %(reason)s") % {"reason": reason}] if reason else []
    return why + ([say("The editors add:"), Quote(words)] if words.strip() else [])


def _ways(cover: Cover, redress: Redress, policy_link: str) -> list[Block]:
    return [Link(cover.words.gettext("The rules of our discussions"), policy_link), *way_on(cover, redress)]
