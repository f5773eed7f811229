"""The letters we write: one function each, from values to a letter. Readers' words are quoted, never mixed with ours.
`say` marks a sentence for the catalogues.
"""

from msgspec import Struct

from rejoinder.mail.decided import Redress, way_on
from rejoinder.mail.layout import Block, Cover, Link, Quote, lay_out, named
from rejoinder.mail.layout import about as _about
from rejoinder.mail.layout import greeting as _greeting
from rejoinder.mail.message import Letter

# About an account


def confirm_address(cover: Cover, *, name: str, link: str, days: int) -> Letter:
    """To somebody who registered: the link that proves the address; it works for so many days."""
    say, site = cover.words.gettext, named(cover, cover.site_name)
    return lay_out(
        cover,
        say("Please confirm your address for %(site)s") % {"site": site},
        [
            *_greeting(cover, name),
            say(
                "Somebody, perhaps you, registered at %(site)s with this mail address. Please confirm that it was you; "
                "then you can take part in the discussions."
            )
            % {"site": site},
            Link(say("Confirm the address"), link),
            cover.words.ngettext(
                "The link works once, for %(days)s day.", "The link works once, for %(days)s days.", days
            )
            % {"days": days},
            say("If it was not you, there is nothing to do: without this link nobody can write in the account."),
        ],
    )


def guest_comment(cover: Cover, *, headline: str, link: str, days: int) -> Letter:
    """To somebody who wrote a comment as a guest: the link to the button that posts it; it is kept for so many days.
    What they wrote is not in it: anybody can type anybody's address.
    """
    say, about = cover.words.gettext, _about(cover, headline)
    return lay_out(
        cover,
        say("Your comment on “%(headline)s” waits for you") % about,
        [
            *_greeting(cover, ""),
            say(
                "Somebody, perhaps you, wrote a comment on “%(headline)s” at %(site)s and gave this mail address. If "
                "it was you, please look at it once more and press the button on the page."
            )
            % about,
            Link(say("Look at the comment and post it"), link),
            cover.words.ngettext("It is kept for %(days)s day.", "It is kept for %(days)s days.", days)
            % {"days": days},
            say("If it was not you, there is nothing to do: without the button nothing is posted."),
        ],
    )


def account_exists(cover: Cover, *, log_in_link: str, reset_link: str) -> Letter:
    """To the owner of an account, whose address somebody tried to register again. The page says nothing of it."""
    say, site = cover.words.gettext, named(cover, cover.site_name)
    return lay_out(
        cover,
        say("You have an account at %(site)s already") % {"site": site},
        [
            say(
                "Somebody, perhaps you, tried to register at %(site)s with this mail address. There is an account with "
                "it already, so nothing was changed."
            )
            % {"site": site},
            Link(say("Log in"), log_in_link),
            Link(say("If you have forgotten the password"), reset_link),
            say("If it was not you, there is nothing to do."),
        ],
    )


def way_added(cover: Cover, *, account_link: str, reset_link: str) -> Letter:
    """To the holder of an account that can be logged in to in one more way: by a passkey, or from the publisher."""
    say, site = cover.words.gettext, named(cover, cover.site_name)
    return lay_out(
        cover,
        say("A new way to log in at %(site)s") % {"site": site},
        [
            say(
                "Somebody who was logged in to your account at %(site)s has added a passkey or another account to log "
                "in with. If it was you, there is nothing to do."
            )
            % {"site": site},
            say("If it was not you, choose another password, which ends all sessions, and look at your passkeys."),
            Link(say("Choose another password"), reset_link),
            Link(say("Your account"), account_link),
        ],
    )


def reset_password(cover: Cover, *, link: str, hours: int) -> Letter:
    """To somebody who forgot the password: the link to choose a new one; it works for so many hours."""
    say, site = cover.words.gettext, named(cover, cover.site_name)
    return lay_out(
        cover,
        say("A new password for %(site)s") % {"site": site},
        [
            say("Somebody, perhaps you, asked for a new password for your account at %(site)s.") % {"site": site},
            Link(say("Choose a new password"), link),
            cover.words.ngettext(
                "The link works once, for %(hours)s hour.", "The link works once, for %(hours)s hours.", hours
            )
            % {"hours": hours},
            say("If it was not you, there is nothing to do: the old password stays as it is."),
        ],
    )


def password_changed(cover: Cover, *, reset_link: str) -> Letter:
    """To the owner of an account whose password is another now."""
    say, site = cover.words.gettext, named(cover, cover.site_name)
    return lay_out(
        cover,
        say("Your password for %(site)s was changed") % {"site": site},
        [
            say("The password of your account at %(site)s was changed, and you were logged out on all your devices.")
            % {"site": site},
            say(
                "If it was not you, somebody can read your mail or knew your password. Please choose a new one at once."
            ),
            Link(say("Choose a new password"), reset_link),
        ],
    )


def change_email(cover: Cover, *, link: str) -> Letter:
    """To an address that is to become an account's: the link that makes it so, for a day."""
    say, site = cover.words.gettext, named(cover, cover.site_name)
    return lay_out(
        cover,
        say("Your new mail address at %(site)s") % {"site": site},
        [
            say("Somebody, perhaps you, wants to use this mail address for their account at %(site)s.")
            % {"site": site},
            Link(say("Use this address"), link),
            say("The link works for a day. If it was not you, there is nothing to do."),
        ],
    )


def email_changed(cover: Cover, *, log_in_link: str) -> Letter:
    """To the address that was an account's until now."""
    say, site = cover.words.gettext, named(cover, cover.site_name)
    return lay_out(
        cover,
        say("Your mail address at %(site)s was changed") % {"site": site},
        [
            say("Your account at %(site)s has another mail address now, and this one is forgotten.") % {"site": site},
            Link(say("Log in with the new one"), log_in_link),
            say("If it was not you, please answer this letter: somebody knows your password."),
        ],
    )


def account_closed(cover: Cover, *, front_link: str) -> Letter:
    """The last letter, to who has closed their account."""
    say, site = cover.words.gettext, named(cover, cover.site_name)
    return lay_out(
        cover,
        say("Your account at %(site)s is closed") % {"site": site},
        [
            say("Your account at %(site)s is closed, as you asked, and your name is gone from its pages.")
            % {"site": site},
            say("This is our last letter; your address is forgotten with it. Thank you for having taken part."),
            Link(say("You can still read, and report, without an account"), front_link),
        ],
    )


# About a comment


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
    say, about = cover.words.gettext, _about(cover, headline)
    subject = say("Your comment on “%(headline)s” was removed")
    told = say("The editors of %(site)s have removed your comment on “%(headline)s”.")
    if not was_published:
        subject = say("Your comment on “%(headline)s” was not published")
        told = say("The editors of %(site)s have decided not to publish your comment on “%(headline)s”.")
    added: list[Block] = [say("The editors add:"), Quote(note)] if note.strip() else []
    return lay_out(
        cover,
        subject % about,
        [
            *_greeting(cover, name),
            told % about,
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
    say, about = cover.words.gettext, _about(cover, headline)
    added: list[Block] = [say("The editors add:"), Quote(note)] if note.strip() else []
    return lay_out(
        cover,
        say("Your comment on “%(headline)s” was changed") % about,
        [
            *_greeting(cover, name),
            say("The editors of %(site)s have changed the text of your comment on “%(headline)s”.") % about,
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
    say, about = cover.words.gettext, _about(cover, headline)
    return lay_out(
        cover,
        say("May we print your comment on “%(headline)s”?") % about,
        [
            *_greeting(cover, name),
            say(
                "The editors of %(site)s liked your comment on “%(headline)s” and would like to print it, on paper or "
                "in a newsletter. They do so only if you say yes."
            )
            % about,
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
    say, about = cover.words.gettext, _about(cover, headline)
    others = cover.words.ngettext(
        "%(figure)s more reply of yours went too.", "%(figure)s more replies of yours went too.", more
    ) % {"figure": more}
    return lay_out(
        cover,
        say("Your reply on “%(headline)s” is gone with the comment above it") % about,
        [
            *_greeting(cover, name),
            say(
                "The editors of %(site)s have removed a comment on “%(headline)s”, and here the replies to a removed "
                "comment go with it. Yours is one of them; we found nothing wrong with it."
            )
            % about,
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
    say, about = cover.words.gettext, _about(cover, headline)
    return lay_out(
        cover,
        say("Your reply on “%(headline)s” can be read again") % about,
        [
            *_greeting(cover, name),
            say(
                "The editors of %(site)s have taken back the removal of a comment on “%(headline)s”, and the replies "
                "that went with it are back, yours among them."
            )
            % about,
            say("You wrote:"),
            Quote(text),
            Link(say("Your reply on the page"), link),
        ],
    )


def comment_approved(cover: Cover, *, name: str, headline: str, text: str, link: str) -> Letter:
    """To the writer of a comment that was held back and stands on the page now."""
    say, about = cover.words.gettext, _about(cover, headline)
    return lay_out(
        cover,
        say("Your comment on “%(headline)s” is published") % about,
        [
            *_greeting(cover, name),
            say("The editors of %(site)s have read your comment on “%(headline)s” and published it.") % about,
            say("You wrote:"),
            Quote(text),
            Link(say("Your comment on the page"), link),
        ],
    )


def comment_reconsidered(cover: Cover, *, name: str, headline: str, text: str, link: str) -> Letter:
    """To the writer of a comment whose decision, told already, was taken back: it is looked at once more."""
    say, about = cover.words.gettext, _about(cover, headline)
    return lay_out(
        cover,
        say("Your comment on “%(headline)s” is looked at again") % about,
        [
            *_greeting(cover, name),
            say(
                "The editors of %(site)s have taken back their decision about your comment on “%(headline)s”, of which "
                "we wrote to you. They will look at it again, and we will write when they have."
            )
            % about,
            say("You wrote:"),
            Quote(text),
            Link(say("Your comment"), link),
        ],
    )


def reply_received(cover: Cover, *, name: str, answered_by: str, headline: str, text: str, link: str) -> Letter:
    """To the writer of a comment that somebody has answered. `text` is the beginning of the answer."""
    say, about = cover.words.gettext, _written_by(cover, headline, answered_by)
    subject = say("%(who)s answered you on “%(headline)s”") % about
    told = say("%(who)s answered your comment on “%(headline)s” at %(site)s:") % about
    answer = Link(say("Read it on the page, and answer"), link)
    return _written(cover, subject, name=name, told=told, text=text, link=answer)


def mentioned(cover: Cover, *, name: str, answered_by: str, headline: str, text: str, link: str) -> Letter:
    """To somebody whose name stands in a comment."""
    say, about = cover.words.gettext, _written_by(cover, headline, answered_by)
    subject = say("%(who)s mentioned you on “%(headline)s”") % about
    told = say("%(who)s mentioned you in a comment on “%(headline)s” at %(site)s:") % about
    answer = Link(say("Read it on the page, and answer"), link)
    return _written(cover, subject, name=name, told=told, text=text, link=answer)


def followed(cover: Cover, *, name: str, answered_by: str, headline: str, text: str, link: str) -> Letter:
    """To somebody who follows a discussion and wants to hear of each comment at once."""
    say, about = cover.words.gettext, _written_by(cover, headline, answered_by)
    subject = say("%(who)s wrote on “%(headline)s”") % about
    told = say("%(who)s wrote in the discussion of “%(headline)s” at %(site)s, which you follow:") % about
    read = Link(say("Read it on the page"), link)
    return _written(cover, subject, name=name, told=told, text=text, link=read)


def _written_by(cover: Cover, headline: str, who: str) -> dict[str, str]:
    return _about(cover, headline) | {"who": named(cover, who)}


def _written(cover: Cover, subject: str, *, name: str, told: str, text: str, link: Link) -> Letter:
    return lay_out(cover, subject, [*_greeting(cover, name), told, Quote(text), link])


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
            *_greeting(cover, name),
            say("This is what happened at %(site)s:") % {"site": site},
            *(block for item in items for block in _of_digest(cover, item)),
            Link(say("Everything in your inbox"), inbox_link),
            Link(say("Which letters you get, and how often"), preferences_link),
        ],
    )


def _of_digest(cover: Cover, item: Item) -> list[Block]:
    about = _written_by(cover, item.headline, item.name) | {"n": str(item.count)}
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
    return [said % about, *quoted, Link(say("On the page"), item.link)]


def flag_resolved(
    cover: Cover,
    *,
    headline: str,
    upheld: bool,
    receipt_link: str,
    gone: bool = False,
    again: bool = False,
    until: str = "",
) -> Letter:
    """To whoever reported a comment: what the editors made of it. `gone`: it went with the comment it answered;
    `again`: they decided anew, on an appeal; `until` is the day until which a refusal can be appealed, or empty.
    """
    say, about = cover.words.gettext, _about(cover, headline)
    outcome = say("They agree with you, and the comment can no longer be read on the page.")
    if gone:
        outcome = say("The comment can no longer be read: it went with the comment it answered, which they removed.")
    elif not upheld:
        outcome = say("They have decided that the comment can stay.")
    return lay_out(
        cover,
        say("Your report of a comment on “%(headline)s”") % about,
        [
            *_greeting(cover, ""),
            say("You reported a comment on “%(headline)s” to the editors of %(site)s. They have looked at it.") % about,
            *([say("They have decided anew, because its writer appealed.")] if again else []),
            outcome,
            *(
                [say("If you do not agree, you can appeal once, from this page, until %(day)s.") % {"day": until}]
                if until
                else []
            ),
            Link(say("Your report"), receipt_link),
            say("Thank you for taking the time."),
        ],
    )
