"""Letters to the writer of a comment: what became of it. One function each, like `account_letters`, whose rules hold
here too.
"""

from rejoinder.mail.decided import Redress, way_on
from rejoinder.mail.layout import Block, Cover, Link, Quote, about, greeting, lay_out
from rejoinder.mail.message import Letter


def comment_rejected(
    cover: Cover,
    *,
    name: str,
    headline: str,
    text: str,
    reason: str,
    advice: str,
    note: str,
    was_published: bool,
    policy_link: str,
    redress: Redress,
) -> Letter:
    """To the writer of a comment that was removed, or never published: why, and what can be done. `reason` is a
    sentence of the policy in the letter's language, `advice` what would have been fine, or empty; `note` is what the
    editor added, or empty.
    """
    say, of = cover.words.gettext, about(cover, headline)
    subject = say("Your comment on “%(headline)s” was removed")
    told = say("The editors of %(site)s have removed your comment on “%(headline)s”.")
    if not was_published:
        subject = say("Your comment on “%(headline)s” was not published")
        told = say("The editors of %(site)s have decided not to publish your comment on “%(headline)s”.")
    added: list[Block] = [say("The editors add:"), Quote(note)] if note.strip() else []
    return lay_out(
        cover,
        subject % of,
        [
            *greeting(cover, name),
            told % of,
            say("An editor decided this; it did not happen automatically."),
            say("The reason: %(reason)s") % {"reason": reason},
            *([advice] if advice else []),
            *added,
            say("You wrote:"),
            Quote(text),
            Link(say("The rules of our discussions"), policy_link),
            *way_on(cover, redress),
        ],
    )


def comment_changed(
    cover: Cover,
    *,
    name: str,
    headline: str,
    before: str,
    after: str,
    reason: str,
    note: str,
    policy_link: str,
    comment_link: str,
    redress: Redress,
) -> Letter:
    """To the writer of a comment whose text an editor changed: both texts, and why. `reason` and `note` as above."""
    say, of = cover.words.gettext, about(cover, headline)
    added: list[Block] = [say("The editors add:"), Quote(note)] if note.strip() else []
    return lay_out(
        cover,
        say("Your comment on “%(headline)s” was changed") % of,
        [
            *greeting(cover, name),
            say("The editors of %(site)s have changed the text of your comment on “%(headline)s”.") % of,
            say("The reason: %(reason)s") % {"reason": reason},
            *added,
            say("You wrote:"),
            Quote(before),
            say("It says now:"),
            Quote(after),
            say("Readers are told that an editor changed it. If you do not agree, you can delete the comment."),
            Link(say("The rules of our discussions"), policy_link),
            Link(say("Your comment"), comment_link),
            *way_on(cover, redress),
        ],
    )


def may_we_print(cover: Cover, *, name: str, headline: str, text: str, link: str) -> Letter:
    """To the writer of a picked comment: may it be printed? The link leads to the question; a button there answers."""
    say, of = cover.words.gettext, about(cover, headline)
    return lay_out(
        cover,
        say("May we print your comment on “%(headline)s”?") % of,
        [
            *greeting(cover, name),
            say(
                "The editors of %(site)s liked your comment on “%(headline)s” and would like to print it, on paper or "
                "in a newsletter. They do so only if you say yes."
            )
            % of,
            say("You wrote:"),
            Quote(text),
            Link(say("Yes or no, and how it is signed"), link),
            say("If you do nothing, nothing is printed."),
        ],
    )


def reply_removed(
    cover: Cover, *, name: str, headline: str, text: str, more: int, reason: str, policy_link: str, redress: Redress
) -> Letter:
    """To somebody whose reply went with the comment it answered. `more` replies of theirs went too; `reason` is why the
    comment was removed.
    """
    say, of = cover.words.gettext, about(cover, headline)
    others = cover.words.ngettext(
        "%(figure)s more reply of yours went too.", "%(figure)s more replies of yours went too.", more
    ) % {"figure": more}
    return lay_out(
        cover,
        say("Your reply on “%(headline)s” is gone with the comment above it") % of,
        [
            *greeting(cover, name),
            say(
                "The editors of %(site)s have removed a comment on “%(headline)s”, and here the replies to a removed "
                "comment go with it. Yours is one of them; we found nothing wrong with it."
            )
            % of,
            say("The reason for the removal of the comment above: %(reason)s") % {"reason": reason},
            say("You wrote:"),
            Quote(text),
            *([others] if more else []),
            say("This happened automatically."),
            Link(say("The rules of our discussions"), policy_link),
            *way_on(cover, redress),
        ],
    )


def reply_restored(cover: Cover, *, name: str, headline: str, text: str, link: str) -> Letter:
    """To who had the letter above: what they answered stands again, and so does their reply."""
    say, of = cover.words.gettext, about(cover, headline)
    return lay_out(
        cover,
        say("Your reply on “%(headline)s” can be read again") % of,
        [
            *greeting(cover, name),
            say(
                "The editors of %(site)s have taken back the removal of a comment on “%(headline)s”, and the replies "
                "that went with it are back, yours among them."
            )
            % of,
            say("You wrote:"),
            Quote(text),
            Link(say("Your reply on the page"), link),
        ],
    )


def comment_approved(cover: Cover, *, name: str, headline: str, text: str, link: str) -> Letter:
    """To the writer of a comment that was held back and stands on the page now."""
    say, of = cover.words.gettext, about(cover, headline)
    return lay_out(
        cover,
        say("Your comment on “%(headline)s” is published") % of,
        [
            *greeting(cover, name),
            say("The editors of %(site)s have read your comment on “%(headline)s” and published it.") % of,
            say("You wrote:"),
            Quote(text),
            Link(say("Your comment on the page"), link),
        ],
    )


def comment_reconsidered(cover: Cover, *, name: str, headline: str, text: str, link: str) -> Letter:
    """To the writer of a comment whose decision, told already, was taken back: it is looked at once more."""
    say, of = cover.words.gettext, about(cover, headline)
    return lay_out(
        cover,
        say("Your comment on “%(headline)s” is looked at again") % of,
        [
            *greeting(cover, name),
            say(
                "The editors of %(site)s have taken back their decision about your comment on “%(headline)s”, of which "
                "we wrote to you. They will look at it again, and we will write when they have."
            )
            % of,
            say("You wrote:"),
            Quote(text),
            Link(say("Your comment"), link),
        ],
    )
