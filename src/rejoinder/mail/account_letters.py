"""Letters about an account. One function each, from values to a letter; readers' words are quoted, never mixed with
ours. `say` marks a sentence for the catalogues.
"""

from rejoinder.mail.layout import Cover, Link, about, greeting, lay_out, named
from rejoinder.mail.message import Letter


def confirm_address(cover: Cover, *, name: str, link: str, days: int) -> Letter:
    """To somebody who registered: the link that proves the address; it works for so many days."""
    say, site = cover.words.gettext, named(cover, cover.site_name)
    return lay_out(
        cover,
        say("Please confirm your address for %(site)s") % {"site": site},
        [
            *greeting(cover, name),
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
    say, of = cover.words.gettext, about(cover, headline)
    return lay_out(
        cover,
        say("Your comment on “%(headline)s” waits for you") % of,
        [
            *greeting(cover, ""),
            say(
                "Somebody, perhaps you, wrote a comment on “%(headline)s” at %(site)s and gave this mail address. If "
                "it was you, please look at it once more and press the button on the page."
            )
            % of,
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
