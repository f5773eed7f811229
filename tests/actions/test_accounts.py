"""Accounts: opened, confirmed, given a new password; sessions and second factors."""

from concurrent.futures import wait
from datetime import datetime, timedelta

import pytest
from tests.makers import NOON, Setting, a_site, after

from rejoinder.actions.log_in import (
    confirm_second_factor,
    log_in,
    log_out,
    log_out_everywhere,
    set_up_second_factor,
)
from rejoinder.actions.register_commenter import Registration, confirm_address, register_commenter
from rejoinder.actions.reset_password import ask_reset, reset_password
from rejoinder.actions.take_part import take_part
from rejoinder.discussion.accounts import Account, Session
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.refusals import (
    AddressTaken,
    BadName,
    NameTaken,
    NotConfirmed,
    Refusal,
    TokenExpired,
    WrongCode,
)
from rejoinder.store import accounts, sessions
from rejoinder.store.database import Database

ADDRESS = "anna@reader.example"


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def registration(name: str = "Anna Marsh", *, email: str = ADDRESS, token: str = "first-token") -> Registration:
    return Registration(site_seq=1, email=email, name=name, password_hash="hash", token=token)


def register(setting: Setting, name: str = "Anna Marsh", *, email: str = ADDRESS) -> Commenter:
    return setting.write(lambda w: register_commenter(w, registration(name, email=email), now=NOON))


def account_of(setting: Setting, email: str = ADDRESS) -> Account:
    found = setting.read(lambda r: accounts.by_email(r, email))
    assert found is not None
    return found


def session(setting: Setting, token: str, *, now: datetime = NOON) -> Session | None:
    return setting.read(lambda r: sessions.by_token(r, token, now=now))


# Registering


def test_a_new_commenter_writes_once_the_address_is_confirmed(setting: Setting) -> None:
    anna = register(setting)
    with pytest.raises(NotConfirmed):
        setting.post(by=anna)

    setting.write(lambda w: confirm_address(w, "first-token", now=after(minutes=5)))

    assert setting.post(by=anna).publish_seq == 1


def test_the_confirming_letter_goes_at_once(setting: Setting) -> None:
    register(setting)

    assert setting.letters(at=NOON) == [("confirm", f"account:{account_of(setting).seq}")]


def test_a_confirming_link_works_once_and_for_three_days(setting: Setting) -> None:
    register(setting)

    with pytest.raises(TokenExpired):
        setting.write(lambda w: confirm_address(w, "first-token", now=after(days=3)))
    setting.write(lambda w: confirm_address(w, "first-token", now=after(days=2)))
    with pytest.raises(TokenExpired):
        setting.write(lambda w: confirm_address(w, "first-token", now=after(days=2)))


@pytest.mark.parametrize("token", ["", "made-up", "\x00", "ä" * 500])
def test_a_made_up_link_confirms_nothing(setting: Setting, token: str) -> None:
    register(setting)

    with pytest.raises(TokenExpired):
        setting.write(lambda w: confirm_address(w, token, now=NOON))


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("northquay", NameTaken),
        ("North_Quay", NameTaken),
        ("NORTH-QUAY", NameTaken),
        ("x", BadName),
        ("x" * 41, BadName),
        ("Moderator", BadName),
        ("anna@reader.example", BadName),
        ("see courier.com", BadName),
        ("\u202e\u200b", BadName),
        ("1234", BadName),
    ],
)
def test_a_name_that_cannot_be_had_leaves_no_account(setting: Setting, name: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        register(setting, name)

    assert setting.read(lambda r: accounts.by_email(r, ADDRESS)) is None


def test_one_address_opens_one_account(setting: Setting) -> None:
    register(setting)

    with pytest.raises(AddressTaken):
        register(setting, "Somebody Else")


def test_one_account_has_a_name_on_each_site(setting: Setting) -> None:
    anna = register(setting)
    other = setting.write(lambda w: a_site(w, key="beacon"))
    account = account_of(setting)

    there = setting.write(lambda w: take_part(w, other.seq, account, name="Anna of the Quay", now=NOON))
    again = setting.write(lambda w: take_part(w, other.seq, account, name="Another", now=NOON))

    assert (there.site_seq, there.account_seq, again) == (other.seq, anna.account_seq, there)


def test_sixteen_registrations_of_one_address_at_once_open_one(either_database: Database) -> None:
    setting = Setting(either_database)
    orders = [registration(f"Anna {chr(97 + n)}", token=f"token-{n}") for n in range(16)]

    futures = [either_database.write(lambda w, o=each: register_commenter(w, o, now=NOON)) for each in orders]  # type: ignore[misc] # the default binds the loop's value
    wait(futures, timeout=30)

    assert sum(isinstance(future.exception(), AddressTaken) for future in futures) == 15
    assert account_of(setting).confirmed_at is None


def test_sixteen_registrations_of_one_name_at_once_give_it_once(either_database: Database) -> None:
    setting = Setting(either_database)
    orders = [registration(email=f"anna-{n}@reader.example", token=f"token-{n}") for n in range(16)]

    futures = [either_database.write(lambda w, o=each: register_commenter(w, o, now=NOON)) for each in orders]  # type: ignore[misc] # the default binds the loop's value
    wait(futures, timeout=30)

    assert sum(isinstance(future.exception(), NameTaken) for future in futures) == 15
    kept = [setting.read(lambda r, o=each: accounts.by_email(r, o.email)) for each in orders]  # type: ignore[misc] # the default binds the loop's value
    assert sum(account is not None for account in kept) == 1


# A new password


def ask(setting: Setting, token: str, *, email: str = ADDRESS) -> None:
    setting.write(lambda w: ask_reset(w, 1, email, token=token, now=NOON))


def reset(setting: Setting, token: str, *, now: datetime = NOON) -> Account:
    return setting.write(lambda w: reset_password(w, 1, token, password_hash="new hash", now=now))


def test_a_reset_sets_the_password_and_confirms_the_address(setting: Setting) -> None:
    register(setting)
    ask(setting, "reset-token")

    account = reset(setting, "reset-token")

    credential = setting.read(lambda r: accounts.credential(r, account.seq, "password"))
    assert credential is not None
    assert (credential.secret, account.confirmed_at) == ("new hash", NOON)
    assert [letter for letter, _ in setting.letters(at=NOON)] == ["confirm", "reset", "password-changed"]


def test_a_reset_ends_every_session_and_every_other_link(setting: Setting) -> None:
    register(setting)
    start(setting, "old session")
    ask(setting, "one")
    ask(setting, "two")

    reset(setting, "two")

    assert session(setting, "old session") is None
    with pytest.raises(TokenExpired):
        reset(setting, "one")


def test_a_reset_link_works_for_two_hours(setting: Setting) -> None:
    register(setting)
    ask(setting, "reset-token")

    with pytest.raises(TokenExpired):
        reset(setting, "reset-token", now=after(hours=2))


def test_a_confirming_link_resets_nothing(setting: Setting) -> None:
    register(setting)

    with pytest.raises(TokenExpired):
        reset(setting, "first-token")


def test_asking_for_an_unknown_address_is_silent(setting: Setting) -> None:
    ask(setting, "reset-token", email="nobody@reader.example")

    assert setting.letters(at=NOON) == []


# Sessions


def start(setting: Setting, token: str, *, days: int = 30) -> Session:
    account = account_of(setting)
    setting.write(
        lambda w: log_in(w, account, token=token, lasts=timedelta(days=days), agent="A browser " * 90, now=NOON)
    )
    found = session(setting, token)
    assert found is not None
    return found


def test_a_session_holds_until_its_end(setting: Setting) -> None:
    register(setting)

    begun = start(setting, "a-session", days=1)

    assert (begun.account.email, len(begun.agent)) == (ADDRESS, 200)
    assert session(setting, "a-session", now=after(hours=23)) is not None
    assert session(setting, "a-session", now=after(hours=24)) is None


def test_logging_out_ends_one_session(setting: Setting) -> None:
    register(setting)
    one = start(setting, "one")
    start(setting, "two")

    setting.write(lambda w: log_out(w, one))

    assert session(setting, "one") is None
    assert session(setting, "two") is not None


def test_logging_out_everywhere_ends_all_of_them_and_not_the_next(setting: Setting) -> None:
    register(setting)
    start(setting, "one")
    account = account_of(setting)

    setting.write(lambda w: log_out_everywhere(w, account))

    assert session(setting, "one") is None
    start(setting, "two")


# The second factor


def test_a_code_serves_once(setting: Setting) -> None:
    register(setting)
    one, two = start(setting, "one"), start(setting, "two")
    setting.write(lambda w: set_up_second_factor(w, one, secret="a secret", now=NOON))

    setting.write(lambda w: confirm_second_factor(w, one, counter=100, now=NOON))

    for counter in (99, 100):
        with pytest.raises(WrongCode):
            setting.write(lambda w, c=counter: confirm_second_factor(w, two, counter=c, now=NOON))  # type: ignore[misc] # the default binds the loop's value
    confirmed = session(setting, "one")
    assert confirmed is not None
    assert confirmed.second_factor_at == NOON


def test_a_confirmed_factor_is_not_replaced(setting: Setting) -> None:
    register(setting)
    one = start(setting, "one")
    for secret in ("mistyped", "a secret"):
        setting.write(lambda w, s=secret: set_up_second_factor(w, one, secret=s, now=NOON))  # type: ignore[misc] # the default binds the loop's value
    setting.write(lambda w: confirm_second_factor(w, one, counter=100, now=NOON))

    setting.write(lambda w: set_up_second_factor(w, one, secret="another", now=NOON))

    kept = setting.read(lambda r: accounts.credential(r, one.account.seq, "totp"))
    assert kept is not None
    assert (kept.secret, kept.confirmed_at) == ("a secret", NOON)


def test_one_code_typed_on_sixteen_devices_at_once_serves_one(either_database: Database) -> None:
    setting = Setting(either_database)
    register(setting)
    begun = start(setting, "one")
    setting.write(lambda w: set_up_second_factor(w, begun, secret="a secret", now=NOON))

    futures = [either_database.write(lambda w: confirm_second_factor(w, begun, counter=5, now=NOON)) for _ in range(16)]
    wait(futures, timeout=30)

    assert sum(isinstance(future.exception(), WrongCode) for future in futures) == 15
