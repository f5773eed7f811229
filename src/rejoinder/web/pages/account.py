"""The forms of an account: logging in, registering, confirming, resetting, the second factor; and what it holds."""

from msgspec.structs import replace

from rejoinder.actions.read_policy import clauses_by_reason, rule_told
from rejoinder.discussion.accounts import Session
from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.refusals import Refusal, UnknownPage, _
from rejoinder.discussion.sign_in import oidc
from rejoinder.identity.totp import provisioning_uri, qr_code
from rejoinder.markup import excerpt
from rejoinder.store import accounts, entries, proofs, sessions, sign_in, stories
from rejoinder.store.accounts import Purpose
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer
from rejoinder.web.pages.framing import chrome, problem, show, show_form
from rejoinder.web.pages.ways_in import asking, link_token, ways_in
from rejoinder.web.shown.account import (
    AccountPage,
    ConfirmPage,
    ForgotPage,
    LogInPage,
    OwnComment,
    RegisterPage,
    ResetPage,
    SecondFactorPage,
    Sent,
    SentPage,
    SetUpPage,
    ShownSession,
)
from rejoinder.web.shown.page import Page, Way
from rejoinder.web.visits import Visit

OWN = 50  # comments shown on one's own page


def log_in(r: Read, visit: Visit, *, refusal: Refusal | None = None, notice: str = "") -> Answer:
    """The log-in form; after a refusal, with why. `notice` is a catalogue key."""
    notice = notice or _DONE.get(visit.asked.query.get("done", ""), "")
    passkey, cookies = asking(visit)
    page = LogInPage(
        chrome=chrome(r, visit),
        to=_to(visit),
        ways=ways_in(r, visit, to=_to(visit)),
        passkey=passkey,
        email=visit.asked.form.text("email"),
        problem=problem(visit, refusal),
        notice=visit.words.gettext(notice) if notice else "",
        text=visit.asked.form.text("text"),
    )
    return replace(show_form(visit, page, refusal), cookies=cookies)


def register(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The form for a new account; for who has one in this installation, for a name here."""
    page = RegisterPage(
        chrome=chrome(r, visit),
        to=_to(visit),
        name=visit.asked.form.text("name") or visit.asked.query.get("name", ""),
        email=visit.asked.form.text("email"),
        problem=problem(visit, refusal),
        has_account=visit.session is not None,
        text=visit.asked.form.text("text"),
    )
    return show_form(visit, page, refusal)


def sent(r: Read, visit: Visit) -> Answer:
    """A letter is on its way. Raises UnknownPage."""
    try:
        kind = Sent(visit.asked.part("kind"))
    except ValueError:
        raise UnknownPage from None
    return show(visit, SentPage(chrome=chrome(r, visit), kind=kind, email=""))


def confirm(r: Read, visit: Visit) -> Answer:
    """A button that confirms the address. Raises TokenExpired."""
    token = visit.asked.part("token")
    accounts.account_of_token(r, Purpose.CONFIRM, token, now=visit.asked.now)
    return show(visit, ConfirmPage(chrome=chrome(r, visit), token=token))


def forgot(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """Asks for the address to write to."""
    page = ForgotPage(chrome=chrome(r, visit), email=visit.asked.form.text("email"), problem=problem(visit, refusal))
    return show_form(visit, page, refusal)


def reset(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """Asks for another password. Raises TokenExpired."""
    token = visit.asked.part("token")
    accounts.account_of_token(r, Purpose.RESET, token, now=visit.asked.now)
    return show_form(visit, ResetPage(chrome=chrome(r, visit), token=token, problem=problem(visit, refusal)), refusal)


def second_factor(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """Asks for a code; shows the set-up to who has none yet. Raises LogInNeeded."""
    session = visit.logged_in()
    credential = accounts.credential(r, session.account.seq, "totp")
    passkey, cookies = asking(visit) if proofs.passkeys(r, session.account.seq) else ("", ())
    if credential is not None and credential.confirmed_at is not None:
        page: Page = SecondFactorPage(
            chrome=chrome(r, visit), to=_to(visit), problem=problem(visit, refusal), passkey=passkey
        )
        return replace(show_form(visit, page, refusal), cookies=cookies)
    secret = credential.secret if credential and not (passkey and session.second_factor_at is None) else ""
    uri = (
        provisioning_uri(secret, account=session.account.address or str(session.account.id), issuer=visit.site.name)
        if secret
        else ""
    )
    page = SetUpPage(
        chrome=chrome(r, visit),
        to=_to(visit),
        qr=qr_code(uri) if uri else "",
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        problem=problem(visit, refusal),
        passkey=passkey,
    )
    return replace(show_form(visit, page, refusal), cookies=cookies)


def account(r: Read, visit: Visit) -> Answer:
    """What the account holds here. Raises LogInNeeded."""
    session, reader = visit.logged_in(), visit.reader()
    written = entries.by_commenter(r, visit.site.seq, reader.seq, most=OWN)
    under = stories.by_seqs(r, visit.site.seq, {entry.comment.story_seq for entry in written})
    went = {
        entry.comment.seq: (entry.removal_reason, under[entry.comment.story_seq].section_seq)
        for entry in written
        if entry.removal_reason
    }
    broken = clauses_by_reason(r, visit.site, went.values(), visit.words.gettext)
    held = sessions.of_account(r, session.account.seq, now=visit.asked.now)
    factor = accounts.credential(r, session.account.seq, "totp") if reader.is_staff else None
    page = AccountPage(
        chrome=chrome(r, visit),
        name=reader.name,
        email=session.account.address,
        since=reader.since or session.created_at,
        confirmed=reader.confirmed,
        comments=tuple(
            OwnComment(
                id=entry.comment.id,
                excerpt=excerpt(entry.comment.text, 120),
                headline=under[entry.comment.story_seq].content.headline,
                written_at=entry.comment.created_at,
                status=entry.comment.status,
                told=reason_of(entry.removal_reason).told if entry.removal_reason else "",
                clauses=broken[went[entry.comment.seq]] if entry.comment.seq in went else (),
            )
            for entry in written
        ),
        sessions=tuple(
            ShownSession(
                agent=each.agent,
                seen_at=each.seen_at,
                is_this=each.token_hash == session.token_hash,
                origin=each.origin,
                key=each.token_hash.hex(),
            )
            for each in held
        ),
        is_banned=reader.is_banned(visit.asked.now),
        ban_until=reader.banned_until,
        ban_reason=reader.ban_reason,
        ban_rule=rule_told(r, visit.site, reader.ban_code, visit.words.gettext),
        passkeys=len(proofs.passkeys(r, session.account.seq)),
        links=_links(r, visit, session),
        is_guest=reader.is_guest,
        second_factor=(factor is not None and factor.confirmed_at is not None) if reader.is_staff else None,
    )
    return show(visit, page)


def _links(r: Read, visit: Visit, session: Session) -> tuple[Way, ...]:
    """Each sign-in from the publisher that this account could have besides, unless somebody just found the browser
    open.
    """
    if not session.is_fresh(visit.asked.now):
        return ()
    has = proofs.linked(r, session.account.seq)
    site = visit.site.key
    return tuple(
        Way(provider.label, addresses.sign_in(site, name, link=link_token(visit)))
        for name, provider in sign_in.of_site(r, visit.site.seq).providers.items()
        if oidc(site, name) not in has
    )


def _to(visit: Visit) -> str:
    """Where one was going, by the form or the address, if that is a path of ours."""
    typed = visit.asked.form.text("to") or visit.asked.query.get("to", "")
    return addresses.returning(typed, addresses.front(visit.site.key))


_DONE = {
    "confirmed": _("Your address is confirmed. You can log in now."),
    "email": _("Your mail address is changed. You log in with the new one from now on."),
    "changed": _("Your password is changed, and every other session has ended. Please log in."),
}
