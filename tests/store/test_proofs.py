"""Credentials of several kinds, drafts of guests, and what serves once, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from tests.makers import NOON, Setting, after

from rejoinder.discussion.refusals import TokenExpired
from rejoinder.discussion.sign_in import Vouched
from rejoinder.store import guest_drafts, proofs
from rejoinder.store.database import Database
from rejoinder.store.guest_drafts import GuestDraft
from rejoinder.store.proofs import Passkey
from rejoinder.store.spent import spend

SAID = '{"name":"Ann","may_comment":false}'


@pytest.fixture
def setting(either_database: Database) -> Setting:
    return Setting(either_database)


def test_an_account_has_several_passkeys(setting: Setting) -> None:
    seq, other = setting.reader.account_seq or 0, setting.editor.account_seq or 0
    keys = [Passkey(id=f"id%_{n}", key="k", name=f"Key {n}", count=0, made_at=NOON) for n in range(3)]
    for key in keys:
        assert setting.write(lambda w, key=key: proofs.add_passkey(w, seq, key))  # type: ignore[misc] # bound at once

    assert not setting.write(lambda w: proofs.add_passkey(w, other, keys[0]))
    assert not setting.write(lambda w: proofs.forget_passkey(w, other, keys[0].id))
    assert setting.write(lambda w: proofs.forget_passkey(w, seq, keys[0].id))
    setting.write(lambda w: proofs.name_passkey(w, seq, keys[1], "Another"))
    assert [each.name for each in setting.read(lambda r: proofs.passkeys(r, seq))] == ["Another", "Key 2"]


@pytest.mark.parametrize("provider", ["sso:courier", "oidc:courier:main"])
def test_what_the_publisher_said_is_found_on_its_site_alone(setting: Setting, provider: str) -> None:
    seq = setting.reader.account_seq or 0
    setting.write(lambda w: proofs.add(w, seq, provider, "i s", SAID, now=NOON))

    assert setting.read(lambda r: proofs.vouched_here(r, seq, "courier")) == Vouched(name="Ann", may_comment=False)
    assert setting.read(lambda r: proofs.vouched_here(r, seq, "cour")) is None
    assert setting.read(lambda r: proofs.linked(r, seq)) == ({provider} if "oidc" in provider else set())
    setting.write(lambda w: proofs.note_vouched(w, provider, "i s", Vouched(name="Bea")))
    held = setting.read(lambda r: proofs.holder(r, provider, "i s"))
    assert held is not None
    assert (held.account.seq, proofs.vouched(held.secret).name) == (seq, "Bea")


def test_a_counter_goes_on_or_is_none(setting: Setting) -> None:
    seq = setting.reader.account_seq or 0
    for count in (0, 5):
        key = Passkey(id=str(count), key="k", name="", count=count, made_at=NOON)
        setting.write(lambda w, key=key: proofs.add_passkey(w, seq, key))  # type: ignore[misc] # bound at once

    used = [setting.write(lambda w, n=n: proofs.use_passkey(w, "0", count=n)) for n in (0, 0)]  # type: ignore[misc] # as above
    used += [setting.write(lambda w, n=n: proofs.use_passkey(w, "5", count=n)) for n in (5, 6, 6, 7)]  # type: ignore[misc] # as above
    assert used == [True, True, False, True, False, True]


def test_sixteen_who_spend_one_key_at_once_spend_it_once(setting: Setting) -> None:
    def one(_: int) -> bool:
        return setting.write(lambda w: spend(w, "state", "the key", until=after(hours=1)))

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(one, range(16))) == 1
    assert setting.write(lambda w: spend(w, "passkey", "the key", until=after(hours=1)))  # of another kind


def test_sixteen_presses_of_one_button_take_the_draft_once(setting: Setting) -> None:
    draft = GuestDraft(
        story_seq=setting.story.seq, parent_id=setting.reader.id, name="Old Salt", email="a@b.example", text="Ahoy."
    )
    setting.write(lambda w: guest_drafts.add(w, setting.site.seq, draft, "token", now=NOON))
    assert setting.read(lambda r: guest_drafts.by_token(r, setting.site.seq, "token", now=NOON)) == draft

    def one(_: int) -> bool:
        try:
            return setting.write(lambda w: guest_drafts.take(w, setting.site.seq, "token", now=NOON)) == draft
        except TokenExpired:
            return False

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(one, range(16))) == 1


def test_a_draft_is_its_sites_and_lasts_three_days(setting: Setting) -> None:
    draft = GuestDraft(story_seq=setting.story.seq, parent_id=None, name="A", email="a@b.example", text="Ahoy.")
    setting.write(lambda w: guest_drafts.add(w, setting.site.seq, draft, "token", now=NOON))

    for site, moment in ((setting.site.seq, NOON + timedelta(days=3)), (setting.site.seq + 1, NOON)):
        with pytest.raises(TokenExpired):
            setting.read(lambda r, s=site, m=moment: guest_drafts.by_token(r, s, "token", now=m))  # type: ignore[misc] # as above
