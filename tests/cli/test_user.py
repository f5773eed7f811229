"""`rejoinder user`: people, roles, second factors."""

from typing import Any

from tests.cli.conftest import Ran, Rejoinder

from rejoinder.identity.password import verify_password
from rejoinder.store import accounts
from rejoinder.store.opening import open_database

PASSWORD = "eleven lobster pots"


def _add(courier: Rejoinder, email: str = "teague@courier.example", *more: str, name: str = "Rosa Teague") -> Ran:
    return courier(
        "user", "add", email, "--name", name, *more, "--password-from-stdin", "--json", stdin=f"{PASSWORD}\n"
    )


def _credential(provider: str) -> Any:
    database = open_database("sqlite:///rejoinder-data/rejoinder.db")
    try:
        return database.read(lambda r: accounts.credential(r, 1, provider)).result()
    finally:
        database.close()


def test_an_editor_is_added_with_a_password_from_stdin(courier: Rejoinder) -> None:
    added = _add(courier, "Teague@Courier.example", "--role", "editor").document["user"]
    assert added["email"] == "teague@courier.example"
    assert (added["role"], added["site"], added["administrator"]) == ("editor", "courier", False)
    assert verify_password(_credential("password").secret, PASSWORD)


def test_an_administrator_needs_no_publication(rejoinder: Rejoinder) -> None:
    ran = rejoinder("user", "add", "a@courier.example", "--administrator", "--password-from-stdin", stdin=PASSWORD)
    assert ran.code == 0
    listed = rejoinder("user", "list", "--staff", "--json").document["users"]
    assert [(user["administrator"], user["site"]) for user in listed] == [(True, None)]


def test_a_second_account_of_an_address_is_refused(courier: Rejoinder) -> None:
    _add(courier)
    ran = _add(courier, name="Somebody Else")
    assert (ran.code, ran.document["error"]["code"]) == (4, "address-taken")


def test_a_name_that_is_taken_leaves_no_account_behind(courier: Rejoinder) -> None:
    _add(courier)
    ran = _add(courier, "other@courier.example", name="rosa_teague")
    assert (ran.code, ran.document["error"]["code"]) == (4, "name-taken")
    assert len(courier("user", "list", "--json").document["users"]) == 1


def test_a_weak_password_and_a_bad_address_are_refused(courier: Rejoinder) -> None:
    weak = courier("user", "add", "a@b.example", "--name", "Ann", "--password-from-stdin", stdin="password1\n")
    assert weak.code == 4
    bad = courier("user", "add", "nobody", "--name", "Ann", "--password-from-stdin", stdin=PASSWORD)
    assert bad.code == 4
    assert "mail address" in bad.err


def test_without_a_terminal_the_password_must_come_from_stdin(courier: Rejoinder) -> None:
    ran = courier("user", "add", "a@b.example", "--name", "Ann")
    assert ran.code == 2
    assert "--password-from-stdin" in ran.err


def test_a_role_is_changed_and_sessions_end(courier: Rejoinder) -> None:
    _add(courier)
    ran = courier("user", "role", "teague@courier.example", "moderator", "--json")
    assert ran.document["user"]["role"] == "moderator"
    listed = courier("user", "list", "--staff", "--json").document["users"]
    assert [user["role"] for user in listed] == ["moderator"]


def test_somebody_of_another_site_joins_this_one_by_name(courier: Rejoinder) -> None:
    _add(courier)
    courier("site", "add", "gazette", "--name", "The Gazette")
    ran = courier(
        "user", "role", "teague@courier.example", "editor", "--site", "gazette", "--name", "R. Teague", "--json"
    )
    assert ran.document["user"]["name"] == "R. Teague"
    sites = [user["site"] for user in courier("user", "list", "--json").document["users"]]
    assert sites == ["courier", "gazette"]


def test_an_unknown_address_is_told(courier: Rejoinder) -> None:
    for typed in (("role", "no@body.example", "editor"), ("reset-second-factor", "no@body.example")):
        ran = courier("user", *typed, "--json")
        assert (ran.code, ran.document["error"]["code"]) == (4, "unknown-account")


def test_a_lost_second_factor_is_taken_away(rejoinder: Rejoinder) -> None:
    rejoinder("site", "add", "courier", "--name", "Courier")
    _add(rejoinder, "teague@courier.example", "--role", "editor")
    database = open_database("sqlite:///rejoinder-data/rejoinder.db")
    account = database.read(lambda r: accounts.by_seq(r, 1)).result()
    now = account.confirmed_at
    assert now is not None
    database.write(lambda w: accounts.set_credential(w, account, "totp", "ABC", now=now)).result()
    database.close()
    assert rejoinder("user", "list", "--json").document["users"][0]["second_factor"] is True
    assert rejoinder("user", "reset-second-factor", "teague@courier.example").code == 0
    assert _credential("totp") is None
    assert rejoinder("user", "list", "--json").document["users"][0]["second_factor"] is False
