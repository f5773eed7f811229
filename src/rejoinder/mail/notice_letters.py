"""Letters about legal notices and corrections, and to those whose reports have no ground."""

from rejoinder.mail.layout import Block, Cover, Link, Quote, lay_out, named
from rejoinder.mail.message import Letter


def notice_received(cover: Cover, *, headlines: tuple[str, ...], receipt_link: str) -> Letter:
    """To who gave notice of comments under these stories: the receipt (Regulation (EU) 2022/2065, Article 16(4))."""
    say, site = cover.words.gettext, _site(cover)
    told = cover.words.ngettext(
        "We have your notice of a comment at %(site)s, under:",
        "We have your notice of comments at %(site)s, under:",
        len(headlines),
    )
    return lay_out(
        cover,
        say("We have your legal notice to %(site)s") % site,
        [
            say("Hello,"),
            told % site,
            *(named(cover, headline) for headline in dict.fromkeys(headlines)),
            say("An editor looks at it, decides, and tells you what was decided and why. No machine decides."),
            Link(say("Your notice, and what became of it"), receipt_link),
        ],
    )


def notice_answered(
    cover: Cover, *, headline: str, outcome: str, reason: str, answer: str, until: str, receipt_link: str
) -> Letter:
    """To who gave notice of a comment: what was decided and why, and what can be done about it (Article 16(5) and (6)).
    `outcome` is one of `notices.Outcome`; `reason` a sentence of the policy, or empty; `until` the last day of an
    appeal, empty where there is none.
    """
    say, about = cover.words.gettext, _site(cover) | {"headline": named(cover, headline)}
    decided = {
        "illegal": say("They have removed the comment as against the law."),
        "policy": say("They have removed the comment as against the comment policy."),
        "left": say("They have decided that the comment stands."),
        "gone": say("By then the comment could no longer be read."),
    }[outcome]
    written: list[Block] = [say("The editors write:"), Quote(answer)] if answer.strip() else []
    return lay_out(
        cover,
        say("Your legal notice about “%(headline)s” is decided") % about,
        [
            say("Hello,"),
            say("You gave notice of a comment on “%(headline)s”. The editors of %(site)s have looked at it.") % about,
            decided,
            *([say("The reason: %(reason)s") % {"reason": reason}] if reason else []),
            *written,
            say("An editor decided this; no automated means were used."),
            *(
                [say("If you do not agree, you can appeal once, from this page, until %(day)s.") % {"day": until}]
                if until
                else []
            ),
            Link(say("The decision, and what you can do if you do not agree"), receipt_link),
        ],
    )


def notice_due(cover: Cover, *, name: str, headline: str, hours: int, desk_link: str) -> Letter:
    """To an editor: a notice that must be answered within so many hours still waits."""
    say, about = cover.words.gettext, {"headline": named(cover, headline)} | _site(cover)
    left = cover.words.ngettext("%(n)s hour is left to answer it.", "%(n)s hours are left to answer it.", hours)
    return lay_out(
        cover,
        say("A legal notice about “%(headline)s” is due soon") % about,
        [
            say("Hello %(name)s,") % {"name": named(cover, name)},
            say("A notice of an intimate image under “%(headline)s” at %(site)s waits for an answer.") % about,
            left % {"n": hours},
            Link(say("The notice at the desk"), desk_link),
        ],
    )


def correction_answered(cover: Cover, *, headline: str, outcome: str, answer: str, receipt_link: str) -> Letter:
    """To a reader who said what is wrong in a story. `outcome` is one of `corrections.Outcome`."""
    say, about = cover.words.gettext, _site(cover) | {"headline": named(cover, headline)}
    came = {
        "corrected": say("You were right, and the story was corrected. Its discussion says so. Thank you."),
        "declined": say("They have looked at it and left the story as it is. Thank you for reading so closely."),
        "passed-on": say("They have passed it on to those who can tell, and will write when they know more."),
    }[outcome]
    written: list[Block] = [say("The editors write:"), Quote(answer)] if answer.strip() else []
    return lay_out(
        cover,
        say("Your correction of “%(headline)s”") % about,
        [
            say("Hello,"),
            say("You told the editors of %(site)s what is wrong in “%(headline)s”.") % about,
            came,
            *written,
            Link(say("Your correction"), receipt_link),
        ],
    )


def reports_warned(cover: Cover, *, name: str, answered: int, upheld: int, days: int, policy_link: str) -> Letter:
    """To a reader whose reports rarely have any ground: a warning (Article 23(2))."""
    say = cover.words.gettext
    return lay_out(
        cover,
        say("Your reports at %(site)s") % _site(cover),
        [
            say("Hello %(name)s,") % {"name": named(cover, name)},
            *_figures(cover, answered=answered, upheld=upheld, days=days),
            say(
                "Each report takes an editor’s time, which others then wait for. Please report what is against the "
                "policy, and not what one may only disagree with. If it goes on like this, your reports will be looked "
                "at after others’ for a time."
            ),
            Link(say("The rules of our discussions"), policy_link),
        ],
    )


def reports_slowed(
    cover: Cover, *, name: str, answered: int, upheld: int, days: int, until: str, policy_link: str
) -> Letter:
    """To the same reader, warned before: until which day (in words) their reports wait behind others."""
    say = cover.words.gettext
    return lay_out(
        cover,
        say("Your reports at %(site)s are looked at later") % _site(cover),
        [
            say("Hello %(name)s,") % {"name": named(cover, name)},
            say("We wrote to you that most of your reports have no ground."),
            *_figures(cover, answered=answered, upheld=upheld, days=days),
            say(
                "From now on your reports are looked at after others’, and do not count towards hiding a comment. "
                "Each is still read and answered."
            ),
            say("This ends by itself on %(day)s; nothing else changes for you.") % {"day": until},
            Link(say("The rules of our discussions"), policy_link),
        ],
    )


def _figures(cover: Cover, *, answered: int, upheld: int, days: int) -> list[Block]:
    said = cover.words.ngettext(
        "Of your last %(answered)s reports, answered within %(days)s days, the editors of %(site)s agreed with "
        "%(upheld)s.",
        "Of your last %(answered)s reports, answered within %(days)s days, the editors of %(site)s agreed with "
        "%(upheld)s.",
        answered,
    )
    return [said % (_site(cover) | {"answered": answered, "upheld": upheld, "days": days})]


def _site(cover: Cover) -> dict[str, object]:
    return {"site": named(cover, cover.site_name)}
