"""A reader lets a page of the publisher's take part for them."""

import pytest
from tests.makers import Setting, after

from rejoinder.actions.change_origins import add_origin
from rejoinder.actions.embed_session import EmbedSession, end_session, open_embed_session, was_confirmed
from rejoinder.actions.log_in import log_in, log_out_everywhere
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.refusals import LogInNeeded, PageNotAllowed
from rejoinder.store import accounts, sessions
from rejoinder.store.database import Database

ORIGIN = "https://www.courier.example"
NOW = after(hours=1)


@pytest.fixture
def setting(either_database: Database) -> Setting:
    found = Setting(either_database)
    found.write(lambda w: add_origin(w, found.site.seq, ORIGIN))
    return found


def account_of(setting: Setting) -> Account:
    seq = setting.reader.account_seq
    assert seq is not None
    return setting.read(lambda r: accounts.by_seq(r, seq))


def order(setting: Setting, account: Account, *, origin: str = ORIGIN) -> EmbedSession:
    return EmbedSession(site_seq=setting.site.seq, account=account, origin=origin, token="t", agent="a browser")


def test_it_holds_for_half_a_day_on_its_site_and_origin(setting: Setting) -> None:
    account = account_of(setting)
    setting.write(lambda w: open_embed_session(w, order(setting, account), now=NOW))

    found = setting.read(lambda r: sessions.by_token(r, "t", now=after(hours=12)))

    assert found is not None
    assert (found.site_seq, found.origin, found.is_embedded) == (setting.site.seq, ORIGIN, True)
    assert setting.read(lambda r: sessions.by_token(r, "t", now=after(hours=13))) is None


@pytest.mark.parametrize(
    "origin", ["https://www.elsewhere.example", "null", "", ORIGIN + "/", "HTTPS://www.courier.example"]
)
def test_only_an_origin_of_the_site_gets_one(setting: Setting, origin: str) -> None:
    account = account_of(setting)
    with pytest.raises(PageNotAllowed):
        setting.write(lambda w: open_embed_session(w, order(setting, account, origin=origin), now=NOW))
    assert setting.read(lambda r: sessions.of_account(r, account.seq, now=NOW)) == []


def test_who_logged_out_everywhere_meanwhile_gets_none(setting: Setting) -> None:
    account = account_of(setting)
    setting.write(lambda w: log_out_everywhere(w, account))

    with pytest.raises(LogInNeeded):
        setting.write(lambda w: open_embed_session(w, order(setting, account), now=NOW))


def test_an_origin_is_confirmed_once_for_a_log_in(setting: Setting) -> None:
    account = account_of(setting)
    setting.write(lambda w: log_in(w, account, token="own", lasts=after(days=1) - NOW, agent="", now=NOW))
    own = setting.read(lambda r: sessions.by_token(r, "own", now=NOW))
    assert own is not None

    def confirmed() -> bool:
        return setting.read(lambda r: was_confirmed(r, setting.site.seq, own, ORIGIN, now=NOW))

    assert not confirmed()
    setting.write(lambda w: open_embed_session(w, order(setting, account), now=NOW))
    assert confirmed()
    embedded = setting.read(lambda r: sessions.by_token(r, "t", now=NOW))
    assert embedded is not None
    setting.write(lambda w: end_session(w, account, embedded.token_hash, now=NOW))
    assert not confirmed()
