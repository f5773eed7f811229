"""Passkeys: the account's list of them, and what they are good for."""

import msgspec
from litestar.datastructures import Cookie
from msgspec.structs import replace

from rejoinder.actions.passkeys import Proof, add_passkey, log_in_by_passkey, prove_second_factor
from rejoinder.actions.passkeys import name_passkey as give_name
from rejoinder.actions.passkeys import remove_passkey as take_away
from rejoinder.actions.prove_twice import must_have_proved_twice
from rejoinder.discussion.accounts import Session
from rejoinder.discussion.refusals import PasskeyRefused, Refusal
from rejoinder.identity import passkeys
from rejoinder.identity.passkeys import Place
from rejoinder.identity.tokens import new_token
from rejoinder.store import proofs
from rejoinder.store.database import Read
from rejoinder.store.proofs import Passkey, passkey_name
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.account_acts import count
from rejoinder.web.pages.composing import returned
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.pages.ways_in import challenge_of, new_challenge, place
from rejoinder.web.shown.passkeys import PasskeysPage, ShownPasskey
from rejoinder.web.visits import Visit, session_cookie


def passkey_list(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The viewer's passkeys; to who has just logged in, how to add one. Raises LogInNeeded, SecondFactorNeeded."""
    session = visit.logged_in()
    known, where = proofs.passkeys(r, session.account.seq), place(visit)
    is_fresh = session.is_fresh(visit.asked.now)
    if is_fresh and refusal is None:
        must_have_proved_twice(r, session)
    options = ""
    cookies: tuple[Cookie, ...] = ()
    if where is not None and is_fresh:
        challenge, kept = new_challenge(visit)
        cookies = (kept,)
        options = _enrol_options(visit, session, where, challenge, known)
    page = PasskeysPage(
        chrome=chrome(r, visit),
        passkeys=tuple(ShownPasskey(id=each.id, name=each.name, made_at=each.made_at) for each in known),
        is_fresh=is_fresh,
        is_possible=where is not None,
        options=options,
        problem=problem(visit, refusal),
    )
    return replace(show_form(visit, page, refusal), cookies=cookies)


async def add(doing: Doing) -> Answer:
    """A new passkey for the viewer. Raises LogInNeeded, FreshLogInNeeded, PasskeyRefused, PasskeyTaken."""
    visit = doing.visit
    session = visit.logged_in()
    now, form = visit.asked.now, visit.asked.form
    session.must_be_fresh(now)
    where, challenge = place(visit), challenge_of(visit)
    if where is None or challenge is None:
        raise PasskeyRefused
    made = passkeys.enrolled(where, form.text("answer"), challenge=challenge.challenge)
    name = passkey_name(form.text("name")) or visit.words.gettext("Passkey")
    new = Passkey(id=made.id, key=made.key, name=name, count=made.count, made_at=now)
    await doing.write(
        lambda w: add_passkey(
            w,
            session,
            new,
            site_seq=visit.site.seq,
            challenge=challenge.challenge,
            until=challenge.until,
            now=now,
        )
    )
    return see_other(addresses.passkeys(visit.site.key))


async def name(doing: Doing) -> Answer:
    """Another name for one of the viewer's passkeys. Raises LogInNeeded."""
    visit = doing.visit
    session, form = visit.logged_in(), visit.asked.form
    await doing.write(lambda w: give_name(w, session, form.text("id"), form.text("name")))
    return see_other(addresses.passkeys(visit.site.key))


async def remove(doing: Doing) -> Answer:
    """One of the viewer's passkeys less. Raises LogInNeeded, FreshLogInNeeded."""
    visit = doing.visit
    session, form = visit.logged_in(), visit.asked.form
    await doing.write(lambda w: take_away(w, session, form.text("id"), now=visit.asked.now))
    return see_other(addresses.passkeys(visit.site.key))


async def enter(doing: Doing) -> Answer:
    """A session for who proves a passkey, second factor included: it was unlocked. Raises PasskeyRefused."""
    visit = doing.visit
    options = visit.options
    await count(doing, "log-in", options.limits.logins)
    proof, token = await _proof(doing), new_token()
    _, lasts = await doing.write(
        lambda w: log_in_by_passkey(
            w,
            proof,
            site_seq=visit.site.seq,
            token=token,
            lasts=options.session_lasts,
            staff_lasts=options.staff_session_lasts,
            agent=visit.asked.headers.get("user-agent", ""),
            now=visit.asked.now,
        )
    )
    kept = session_cookie(options, token, lasts)
    if visit.asked.form.text("text"):
        return replace(await returned(doing, token), cookies=(kept,))
    return see_other(_onwards(visit), cookies=(kept,))


async def second_factor(doing: Doing) -> Answer:
    """The second factor, proved by a passkey for this session. Raises LogInNeeded, PasskeyRefused."""
    visit = doing.visit
    session = visit.logged_in()
    await count(doing, "log-in", visit.options.limits.logins)
    proof = await _proof(doing)
    await doing.write(lambda w: prove_second_factor(w, session, proof, now=visit.asked.now))
    return see_other(_onwards(visit))


async def _proof(doing: Doing) -> Proof:
    """What the form's answer proves. Raises PasskeyRefused."""
    visit = doing.visit
    where, challenge = place(visit), challenge_of(visit)
    if where is None or challenge is None:
        raise PasskeyRefused
    said = passkeys.answered(visit.asked.form.text("answer"))
    held = await doing.read(lambda r: proofs.holder(r, proofs.PASSKEY, said.id))
    if held is None or said.holder not in (None, held.account.id.bytes):
        raise PasskeyRefused
    key = proofs.public_key(held.secret)
    counted = passkeys.proved(where, said, challenge=challenge.challenge, key=key, count=held.count)
    return Proof(passkey_id=said.id, count=counted, challenge=challenge.challenge, until=challenge.until)


def _enrol_options(visit: Visit, session: Session, where: Place, challenge: str, known: list[Passkey]) -> str:
    account = session.account
    name = account.email or (visit.viewer.name if visit.viewer else "")
    options = passkeys.enrol_options(
        where, challenge=challenge, account_id=account.id.bytes, name=name, known=[each.id for each in known]
    )
    return msgspec.json.encode(options).decode()


def _onwards(visit: Visit) -> str:
    return addresses.returning(visit.asked.form.text("to"), addresses.front(visit.site.key))
