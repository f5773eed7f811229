"""The installation says how readers of a site sign in from its publisher."""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from rejoinder.discussion.sign_in import HandOff, Provider, SignIn, as_written, read_sign_in
from rejoinder.store import sign_in, sites
from rejoinder.store.database import Write

KEPT = "(kept)"  # in a secret's place: as it was


def set_sign_in(w: Write, site_seq: int, body: bytes, *, now: datetime) -> SignIn:
    """The site's settings, which are now these; a secret that is KEPT is the one of the same name from before. Noted
    without secrets. Raises BadSignInSettings.
    """
    site = sites.lock(w, site_seq)
    before = sign_in.of_site(w, site.seq)
    after = read_sign_in(msgspec.json.encode(_completed(as_written(body), before)))
    sign_in.keep(w, site.seq, after)
    names = [sorted(each.providers) + (["hand-off"] if each.hand_off else []) for each in (before, after)]
    was, is_now = (msgspec.json.encode({"sign_in": each}).decode() for each in names)
    sites.note_rule_change(w, site_seq=site.seq, before=was, after=is_now, now=now, note="sign-in")
    return after


def _completed(written: SignIn, before: SignIn) -> SignIn:
    providers = {name: _provider(each, before.providers.get(name)) for name, each in written.providers.items()}
    return SignIn(providers=providers, hand_off=_hand_off(written.hand_off, before.hand_off))


def _provider(written: Provider, before: Provider | None) -> Provider:
    if written.client_secret != KEPT:
        return written
    return replace(written, client_secret=before.client_secret if before else "")


def _hand_off(written: HandOff | None, before: HandOff | None) -> HandOff | None:
    if written is None:
        return None
    known = before.keys if before else {}
    keys = {kid: known.get(kid, "") if secret == KEPT else secret for kid, secret in written.keys.items()}
    return replace(written, keys=keys)
