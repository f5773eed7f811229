"""What is known of a person, for that person: to read, to take along, to correct, to leave."""

import asyncio
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from rejoinder.actions.change_email import ask_change_email, change_email
from rejoinder.actions.export_person import export_person
from rejoinder.actions.leave import Leaving, leave
from rejoinder.discussion.accounts import Session
from rejoinder.discussion.refusals import Invalid, Refusal, TokenExpired, WrongCredentials
from rejoinder.identity.addresses import clean_email
from rejoinder.identity.password import verify_password
from rejoinder.identity.tokens import sign, unsign
from rejoinder.language import words
from rejoinder.store import accounts, own_data
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import HARDENED, PRIVATE, Answer, cookie, see_other
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.account_acts import count
from rejoinder.web.pages.framing import chrome, problem, show, show_form
from rejoinder.web.shown.own_data import ChangeEmailPage, EmailPage, GonePage, LeavePage, OwnDataPage
from rejoinder.web.visits import Visit

EMAIL = "change-email"
WITHIN = timedelta(days=1)


class EmailChange(Struct, frozen=True, array_like=True):
    """What a changing link says, signed: whose address, from which to which, until when."""

    account_seq: int
    before: str
    email: str
    until: datetime


def data(r: Read, visit: Visit) -> Answer:
    """Everything that is known of the viewer, to read. Raises LogInNeeded."""
    session = visit.logged_in()
    record = export_person(r, session.account, now=visit.asked.now)
    return show(visit, OwnDataPage(chrome=chrome(r, visit), record=record))


def data_file(r: Read, visit: Visit) -> Answer:
    """The same for machines: JSON, to keep. Raises LogInNeeded."""
    session = visit.logged_in()
    record = export_person(r, session.account, now=visit.asked.now)
    day = visit.asked.now.strftime("%Y-%m-%d")
    headers = HARDENED | {
        "Cache-Control": PRIVATE,
        "Content-Disposition": f'attachment; filename="{visit.site.key}-{day}.json"',
    }
    body = msgspec.json.format(msgspec.json.encode(record), indent=1)
    return Answer(body=body, media_type="application/json", headers=headers)


def leave_form(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """Asks what is to become of the viewer's comments. Raises LogInNeeded."""
    session = visit.logged_in()
    page = LeavePage(
        chrome=chrome(r, visit),
        sites=tuple(place.site_name for place in own_data.places_of(r, session.account.seq)),
        has_password=accounts.credential(r, session.account.seq, "password") is not None,
        chosen=visit.asked.form.text("texts"),
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


async def do_leave(doing: Doing) -> Answer:
    """The account closed, after its password was given once more."""
    visit = doing.visit
    session = visit.logged_in()
    choice = visit.asked.form.text("texts")
    if choice not in ("stay", "go"):
        raise Invalid(field="texts")
    await _must_prove(doing, session)
    places = await doing.read(lambda r: own_data.places_of(r, session.account.seq))
    called = {place.site_seq: words(place.language).gettext("Former reader") for place in places}
    order = Leaving(account_seq=session.account.seq, erase=choice == "go", called=called)
    await doing.write(lambda w: leave(w, order, now=visit.asked.now))
    forget = cookie(visit.options.session_cookie, "", secure=visit.options.is_https, seconds=0)
    return see_other(addresses.gone(visit.site.key, choice), cookies=(forget,))


def gone(r: Read, visit: Visit) -> Answer:
    """Says what has happened and what happens next."""
    return show(visit, GonePage(chrome=chrome(r, visit), erased=visit.asked.part("texts") == "go"))


def email_form(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """Asks for another mail address. Raises LogInNeeded."""
    session = visit.logged_in()
    page = EmailPage(
        chrome=chrome(r, visit),
        present=session.account.email,
        email=visit.asked.form.text("email"),
        has_password=accounts.credential(r, session.account.seq, "password") is not None,
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


async def ask_email(doing: Doing) -> Answer:
    """A letter to the new address."""
    visit = doing.visit
    session = visit.logged_in()
    email = clean_email(visit.asked.form.text("email"))
    await _must_prove(doing, session)
    now = visit.asked.now
    change = EmailChange(session.account.seq, session.account.email, email, now + WITHIN)
    token = sign(msgspec.json.encode(change).decode(), visit.options.secret, EMAIL)
    await doing.write(
        lambda w: ask_change_email(w, session.account, email, site_seq=visit.site.seq, token=token, now=now)
    )
    return see_other(addresses.sent(visit.site.key, "email"))


def new_email(r: Read, visit: Visit) -> Answer:
    """A button that makes the address of the letter the account's. Raises TokenExpired."""
    change = _change(visit)
    return show(visit, ChangeEmailPage(chrome=chrome(r, visit), token=visit.asked.part("token"), email=change.email))


async def set_email(doing: Doing) -> Answer:
    """The new address, from now on the one to log in with."""
    visit = doing.visit
    change = _change(visit)
    await doing.write(
        lambda w: change_email(
            w,
            change.account_seq,
            before=change.before,
            email=change.email,
            site_seq=visit.site.seq,
            now=visit.asked.now,
        )
    )
    return see_other(addresses.log_in(visit.site.key, done="email"))


def _change(visit: Visit) -> EmailChange:
    """What the link of the path says. Raises TokenExpired."""
    said = unsign(visit.asked.part("token"), visit.options.secret, EMAIL)
    change = msgspec.json.decode(said, type=EmailChange) if said else None
    if change is None or change.until <= visit.asked.now:
        raise TokenExpired
    return change


async def _must_prove(doing: Doing, session: Session) -> None:
    """Silent if the form has the account's password; where there is none, if the log-in is fresh. Raises
    WrongCredentials, FreshLogInNeeded, TooManyAttempts.
    """
    visit = doing.visit
    credential = await doing.read(lambda r: accounts.credential(r, session.account.seq, "password"))
    if credential is None:
        session.must_be_fresh(visit.asked.now)
        return
    await count(doing, "log-in", visit.options.limits.logins)
    if not await asyncio.to_thread(verify_password, credential.secret, visit.asked.form.text("password")):
        raise WrongCredentials
