"""Writes the letters about accounts."""

from collections.abc import Callable

from rejoinder.jobs.letter_desk import Desk
from rejoinder.mail import account_letters
from rejoinder.mail.message import Letter
from rejoinder.store import commenters, stories


def _confirm(desk: Desk) -> Letter:
    account = desk.account()
    member = commenters.by_account(desk.r, desk.site.seq, account.seq)
    link = desk.link(f"/confirm/{desk.payload['token']}")
    return account_letters.confirm_address(
        desk.cover(account.address), name=member.name if member else "", link=link, days=3
    )


def _reset(desk: Desk) -> Letter:
    link = desk.link(f"/reset/{desk.payload['token']}")
    return account_letters.reset_password(desk.cover(desk.account().address), link=link, hours=2)


def _account_exists(desk: Desk) -> Letter:
    return account_letters.account_exists(
        desk.cover(desk.account().address), log_in_link=desk.link("/log-in"), reset_link=desk.link("/forgot")
    )


def _password_changed(desk: Desk) -> Letter:
    return account_letters.password_changed(desk.cover(desk.account().address), reset_link=desk.link("/forgot"))


def _change_email(desk: Desk) -> Letter:
    link = desk.link(f"/new-address/{desk.payload['token']}")
    return account_letters.change_email(desk.cover(desk.payload["to"]), link=link)


def _email_changed(desk: Desk) -> Letter:
    return account_letters.email_changed(desk.cover(desk.payload["to"]), log_in_link=desk.link("/log-in"))


def _way_added(desk: Desk) -> Letter:
    return account_letters.way_added(
        desk.cover(desk.account().address), account_link=desk.link("/account"), reset_link=desk.link("/forgot")
    )


def _guest(desk: Desk) -> Letter:
    story = stories.by_seq(desk.r, desk.site.seq, desk.payload["story"])
    link = desk.link(f"/guest/{desk.payload['token']}")
    return account_letters.guest_comment(
        desk.cover(desk.payload["to"]), headline=story.content.headline, link=link, days=3
    )


def _left(desk: Desk) -> Letter:
    return account_letters.account_closed(desk.cover(desk.payload["to"]), front_link=desk.link(""))


WRITERS: dict[str, Callable[[Desk], Letter | None]] = {
    "confirm": _confirm,
    "reset": _reset,
    "account-exists": _account_exists,
    "password-changed": _password_changed,
    "change-email": _change_email,
    "email-changed": _email_changed,
    "guest": _guest,
    "way-added": _way_added,
    "left": _left,
}
