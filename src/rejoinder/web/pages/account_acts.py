"""Accounts: registering, confirming, logging in and out, resetting, the second factor. Hashing runs on a thread of its
own, never in a transaction.
"""

import asyncio
from datetime import timedelta

from litestar.datastructures import Cookie
from msgspec.structs import replace

from rejoinder.actions.embed_session import end_session
from rejoinder.actions.log_in import (
    confirm_second_factor,
    log_in,
    log_out,
    log_out_everywhere,
    set_up_second_factor,
)
from rejoinder.actions.register_commenter import (
    Registration,
    ask_to_confirm,
    confirm_address,
    register_commenter,
    tell_of_account,
)
from rejoinder.actions.reset_password import ask_reset, reset_password
from rejoinder.actions.take_part import take_part
from rejoinder.discussion.accounts import Account, Session
from rejoinder.discussion.refusals import AddressTaken, Invalid, WrongCode, WrongCredentials, _
from rejoinder.identity.addresses import clean_email
from rejoinder.identity.password import check_password_strength, hash_password, verify_password
from rejoinder.identity.tokens import new_token
from rejoinder.identity.totp import new_secret
from rejoinder.identity.totp import verify as verify_code
from rejoinder.store import accounts, attempts, commenters
from rejoinder.store.accounts import Purpose
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.addressing import limit_key
from rejoinder.web.answers import Answer, cookie, see_other
from rejoinder.web.handlers import Doing
from rejoinder.web.pages import account as pages
from rejoinder.web.pages.composing import returned
from rejoinder.web.visits import Visit, session_cookie

_CONFIRM_FIRST = _("We have sent you a letter with a link. Open it, then log in here: your text is kept on this page.")


async def register(doing: Doing) -> Answer:
    """An account and a name here. Whether an address had an account already is told by mail only."""
    visit = doing.visit
    if visit.session is not None:
        return await _take_name(doing, visit.session)
    if visit.asked.form.text("begin"):  # the form is asked for, with a text that no link can carry
        return await doing.read(lambda r: pages.register(r, visit))
    form, limits = visit.asked.form, visit.options.limits
    await count(doing, "registration", limits.registrations)
    email = clean_email(form.text("email"))
    password = form.text("password")
    check_password_strength(password, email=email)
    hashed = await asyncio.to_thread(hash_password, password)
    order = Registration(
        site_seq=visit.site.seq, email=email, name=form.text("name"), password_hash=hashed, token=new_token()
    )
    try:
        await doing.write(lambda w: register_commenter(w, order, now=visit.asked.now))
    except AddressTaken:
        await doing.write(lambda w: tell_of_account(w, visit.site.seq, email, event=new_token(), now=visit.asked.now))
    if form.text("text"):
        return await doing.read(lambda r: pages.log_in(r, visit, notice=_CONFIRM_FIRST))
    return see_other(addresses.sent(visit.site.key, "confirm"))


async def confirm(doing: Doing) -> Answer:
    """The mail address, confirmed by the button on the letter's page (mail scanners follow links, but press none)."""
    visit = doing.visit
    token = visit.asked.part("token")
    await doing.write(lambda w: confirm_address(w, token, now=visit.asked.now))
    return see_other(addresses.log_in(visit.site.key, done="confirmed"))


async def confirm_again(doing: Doing) -> Answer:
    """Another confirming letter for who is logged in."""
    visit = doing.visit
    session = visit.logged_in()
    await count(doing, "registration", visit.options.limits.registrations)
    await doing.write(
        lambda w: ask_to_confirm(w, session.account, site_seq=visit.site.seq, token=new_token(), now=visit.asked.now)
    )
    return see_other(addresses.account(visit.site.key))


async def enter(doing: Doing) -> Answer:
    """A session for who proves the password; staff go on to their second factor."""
    visit = doing.visit
    form = visit.asked.form
    await count(doing, "log-in", visit.options.limits.logins)
    email = clean_email(form.text("email"))

    def look(r: Read) -> tuple[Account | None, str | None, bool]:
        found = accounts.by_email(r, email)
        if found is None:
            return None, None, False
        credential = accounts.credential(r, found.seq, "password")
        member = commenters.by_account(r, visit.site.seq, found.seq)
        return found, credential.secret if credential else None, member is not None and member.is_staff

    account, secret, is_staff = await doing.read(look)
    is_right = await asyncio.to_thread(verify_password, secret, form.text("password"))
    if account is None or not is_right:
        raise WrongCredentials
    token = new_token()
    lasts = visit.options.staff_session_lasts if is_staff else visit.options.session_lasts
    agent = visit.asked.headers.get("user-agent", "")
    needs_factor = is_staff and visit.options.staff_second_factor
    await doing.write(lambda w: log_in(w, account, token=token, lasts=lasts, agent=agent, now=visit.asked.now))
    onwards = _onwards(visit)
    where = addresses.second_factor(visit.site.key, to=onwards) if needs_factor else onwards
    kept = _session_cookie(visit, token, lasts)
    if form.text("text"):
        return replace(await returned(doing, token), cookies=(kept,))
    return see_other(where, cookies=(kept,))


async def leave(doing: Doing) -> Answer:
    """The session ended, here or (if asked) everywhere."""
    visit = doing.visit
    session = visit.session
    if session is not None:
        if visit.asked.form.text("everywhere"):
            await doing.write(lambda w: log_out_everywhere(w, session.account))
        else:
            await doing.write(lambda w: log_out(w, session))
    forget = cookie(visit.options.session_cookie, "", secure=visit.options.is_https, seconds=0)
    return see_other(_onwards(visit), cookies=(forget,))


async def end_one(doing: Doing) -> Answer:
    """One session of the reader's own ended, wherever it is. Raises LogInNeeded, Invalid."""
    visit = doing.visit
    session = visit.logged_in()
    try:
        token_hash = bytes.fromhex(visit.asked.form.text("session"))
    except ValueError:
        raise Invalid(field="session") from None
    await doing.write(lambda w: end_session(w, session.account, token_hash, now=visit.asked.now))
    return see_other(addresses.account(visit.site.key))


async def forgot(doing: Doing) -> Answer:
    """A letter with a link, if there is such an account; the page says the same either way."""
    visit = doing.visit
    await count(doing, "log-in", visit.options.limits.logins)
    email = clean_email(visit.asked.form.text("email"))
    await doing.write(lambda w: ask_reset(w, visit.site.seq, email, token=new_token(), now=visit.asked.now))
    return see_other(addresses.sent(visit.site.key, "reset"))


async def reset(doing: Doing) -> Answer:
    """Another password for who has the letter's link; all sessions end."""
    visit = doing.visit
    token, password = visit.asked.part("token"), visit.asked.form.text("password")
    account = await doing.read(lambda r: accounts.account_of_token(r, Purpose.RESET, token, now=visit.asked.now))
    check_password_strength(password, email=account.email)
    hashed = await asyncio.to_thread(hash_password, password)
    await doing.write(lambda w: reset_password(w, visit.site.seq, token, password_hash=hashed, now=visit.asked.now))
    return see_other(addresses.log_in(visit.site.key, done="changed"))


async def begin_second_factor(doing: Doing) -> Answer:
    """A secret to set up an app with, unless one is confirmed already."""
    visit = doing.visit
    session = visit.logged_in()
    await doing.write(lambda w: set_up_second_factor(w, session, secret=new_secret(), now=visit.asked.now))
    return see_other(addresses.set_up_second_factor(visit.site.key, to=_onwards(visit)))


async def second_factor(doing: Doing) -> Answer:
    """The second factor, proved for this session; the first code also confirms the set-up."""
    visit = doing.visit
    session = visit.logged_in()
    await count(doing, "log-in", visit.options.limits.logins)
    credential = await doing.read(lambda r: accounts.credential(r, session.account.seq, "totp"))
    if credential is None:
        raise WrongCode
    code = visit.asked.form.text("code")
    counter = verify_code(credential.secret, code, now=visit.asked.now, last_counter=credential.last_counter)
    if counter is None:
        raise WrongCode
    await doing.write(lambda w: confirm_second_factor(w, session, counter=counter, now=visit.asked.now))
    return see_other(_onwards(visit))


async def _take_name(doing: Doing, session: Session) -> Answer:
    """A name on this site for somebody whose account is from another site of the installation."""
    visit = doing.visit
    if visit.asked.form.text("begin"):
        return await doing.read(lambda r: pages.register(r, visit))
    name = visit.asked.form.text("name")
    await doing.write(lambda w: take_part(w, visit.site.seq, session.account, name=name, now=visit.asked.now))
    if visit.asked.form.text("text"):
        return await returned(doing)
    return see_other(_onwards(visit))


def _onwards(visit: Visit) -> str:
    """Where the form says one was going, if that is a path of ours."""
    return addresses.returning(visit.asked.form.text("to"), addresses.front(visit.site.key))


def _session_cookie(visit: Visit, token: str, lasts: timedelta) -> Cookie:
    return session_cookie(visit.options, token, lasts)


async def count(doing: Doing, what: str, limit: int) -> None:
    """Counts the attempt, by address, in a transaction of its own that a later refusal does not undo."""
    visit = doing.visit
    who = limit_key(visit.asked.address)
    seconds, now = visit.options.limits.window, visit.asked.now
    await doing.write(lambda w: attempts.note(w, what, who, limit=limit, seconds=seconds, now=now))
