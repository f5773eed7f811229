"""Letters about the other side of a decision: how to appeal, and what became of an appeal. As in
`account_letters`.
"""

from msgspec import Struct

from rejoinder.mail.layout import Block, Cover, Link, Quote, about, greeting, lay_out
from rejoinder.mail.message import Letter


class Redress(Struct, frozen=True, kw_only=True):
    """What its reader can do about a decision (Regulation (EU) 2022/2065, Article 17(3)(f)): `link` is the decision's
    own page, `until` the last day of an appeal, empty where there is none; `by_another`: there is somebody else to hear
    it; `further` is the site's word on courts and out-of-court bodies, or empty.
    """

    link: str
    until: str = ""
    by_another: bool = True
    further: str = ""


def way_on(cover: Cover, redress: Redress) -> list[Block]:
    """How to appeal, where, and what else there is."""
    say = cover.words.gettext
    blocks: list[Block] = []
    if redress.until:
        told = say("If you do not agree, you can appeal once, until %(day)s. No account is needed.")
        who = say("An editor who did not take the decision will hear it.")
        if not redress.by_another:
            who = say("Nobody else decides here, so the same editor will look at it afresh on a later day, and say so.")
        blocks = [f"{told % {'day': redress.until}} {who}"]
    label = say("The decision, and how to appeal") if redress.until else say("The decision")
    further = redress.further or say(
        "You can also go to court, or ask a body for out-of-court dispute settlement where the law provides one."
    )
    return [*blocks, Link(label, redress.link), further]


def comment_hidden(
    cover: Cover, *, name: str, headline: str, text: str, policy_link: str, redress: Redress, by_check: bool = False
) -> Letter:
    """To the writer of a comment that reports, or an automatic check, have hidden until an editor has read it."""
    say, of = cover.words.gettext, about(cover, headline)
    if by_check:
        why = say(
            "An automatic check looked at your comment on “%(headline)s” at %(site)s and found something that an "
            "editor should read. It was hidden automatically until then; nobody has decided yet."
        )
    else:
        why = say(
            "Several readers have reported your comment on “%(headline)s” to the editors of %(site)s. It was "
            "hidden automatically until an editor has read it; nobody has decided yet."
        )
    return lay_out(
        cover,
        say("Your comment on “%(headline)s” is hidden for now") % of,
        [
            *greeting(cover, name),
            why % of,
            say("You need do nothing: we will write when an editor has decided."),
            say("You wrote:"),
            Quote(text),
            Link(say("The rules of our discussions"), policy_link),
            *way_on(cover, redress),
        ],
    )


def appeal_granted(
    cover: Cover, *, name: str, headline: str, text: str, answer: str, is_fresh_look: bool, link: str
) -> Letter:
    """To the writer whose appeal was right. `answer` is the editor's word, or empty."""
    say, of = cover.words.gettext, about(cover, headline)
    return lay_out(
        cover,
        say("Your appeal about “%(headline)s” was granted") % of,
        [
            *greeting(cover, name),
            say("You appealed against a decision about your comment on “%(headline)s” at %(site)s.") % of,
            who_heard(cover, is_fresh_look=is_fresh_look),
            say("The decision is taken back: your comment stands as you wrote it. We are sorry."),
            *said(cover, answer),
            say("You wrote:"),
            Quote(text),
            Link(say("Your comment on the page"), link),
        ],
    )


def appeal_refused(
    cover: Cover, *, name: str, headline: str, text: str, answer: str, is_fresh_look: bool, redress: Redress
) -> Letter:
    """To the writer whose appeal changed nothing: why (Article 20(5)), and what is left to do."""
    say, of = cover.words.gettext, about(cover, headline)
    return lay_out(
        cover,
        say("Your appeal about “%(headline)s” was not granted") % of,
        [
            *greeting(cover, name),
            say("You appealed against a decision about your comment on “%(headline)s” at %(site)s.") % of,
            who_heard(cover, is_fresh_look=is_fresh_look),
            say("The decision stays as it is."),
            *said(cover, answer),
            say("You wrote:"),
            Quote(text),
            *way_on(cover, redress),
        ],
    )


def report_heard(
    cover: Cover,
    *,
    headline: str,
    granted: bool,
    answer: str,
    is_fresh_look: bool,
    receipt_link: str,
    further: str,
) -> Letter:
    """To whoever reported a comment, and appealed because it was left standing."""
    say, of = cover.words.gettext, about(cover, headline)
    subject = say("Your appeal about a comment on “%(headline)s” was not granted")
    outcome = say("The comment stays.")
    if granted:
        subject = say("Your appeal about a comment on “%(headline)s” was granted")
        outcome = say("You were right to report it: the comment can no longer be read on the page.")
    redress = Redress(link=receipt_link, further=further)
    left = [] if granted else way_on(cover, redress)[1:]
    return lay_out(
        cover,
        subject % of,
        [
            *greeting(cover, ""),
            say("You reported a comment on “%(headline)s” to the editors of %(site)s, and appealed when it stayed.")
            % of,
            who_heard(cover, is_fresh_look=is_fresh_look),
            outcome,
            *said(cover, answer),
            Link(say("Your report"), receipt_link),
            *left,
        ],
    )


def notice_heard(
    cover: Cover,
    *,
    headline: str,
    granted: bool,
    answer: str,
    is_fresh_look: bool,
    receipt_link: str,
    further: str,
) -> Letter:
    """To who gave notice of a comment as against the law, and appealed because it was left standing."""
    say, of = cover.words.gettext, about(cover, headline)
    subject = say("Your appeal about a comment on “%(headline)s” was not granted")
    outcome = say("The comment stays.")
    if granted:
        subject = say("Your appeal about a comment on “%(headline)s” was granted")
        outcome = say("You were right to give notice of it: the comment can no longer be read on the page.")
    left = [] if granted else way_on(cover, Redress(link=receipt_link, further=further))[1:]
    return lay_out(
        cover,
        subject % of,
        [
            *greeting(cover, ""),
            say(
                "You gave notice of a comment on “%(headline)s” to the editors of %(site)s, and appealed when it "
                "stayed."
            )
            % of,
            who_heard(cover, is_fresh_look=is_fresh_look),
            outcome,
            *said(cover, answer),
            Link(say("Your notice, and what became of it"), receipt_link),
            *left,
        ],
    )


def who_heard(cover: Cover, *, is_fresh_look: bool) -> str:
    """Somebody else, or the same editor on a later day."""
    say = cover.words.gettext
    if is_fresh_look:
        return say(
            "The editor who took the decision has looked at it afresh, on a later day: nobody else decides at this "
            "site."
        )
    return say("An editor who did not take the decision has heard your appeal.")


def said(cover: Cover, answer: str) -> list[Block]:
    """The editor's answer; nothing where there is none."""
    return [cover.words.gettext("The editor says:"), Quote(answer)] if answer.strip() else []
