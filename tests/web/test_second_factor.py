"""Staff prove a second factor before the desk opens: set up once, a code serves once."""

from datetime import timedelta

import pyotp
import pytest
from msgspec.structs import replace
from tests.makers import a_comment
from tests.serving import PASSWORD, Served

from rejoinder.store import accounts


@pytest.fixture
def strict(served: Served) -> Served:
    """The server with the second factor on; its application is told through the same options."""
    served.require_second_factor()
    return served


def code_at(served: Served, secret: str) -> str:
    return pyotp.TOTP(secret).at(served.now)


def secret_of(served: Served) -> str:
    account_seq = served.setting.editor.account_seq
    assert account_seq is not None
    credential = served.database.read(lambda r: accounts.credential(r, account_seq, "totp")).result()
    assert credential is not None
    return credential.secret


def test_an_editor_sets_it_up_and_comes_to_the_desk(strict: Served) -> None:
    email = strict.set_password(strict.setting.editor)
    client = strict.client()
    desk = f"{strict.site}/desk"
    entered = client.post(f"{strict.site}/log-in", data={"email": email, "password": PASSWORD, "to": desk})
    assert "Begin" in client.get(entered.headers["Location"]).text
    begun = client.post(f"{strict.site}/second-factor/set-up", data={"to": desk})
    form = client.get(begun.headers["Location"])
    secret = secret_of(strict)
    assert secret in form.text.replace(" ", "")
    assert "<svg" in form.text
    assert client.get(desk).status_code == 303  # not yet

    proved = client.post(f"{strict.site}/second-factor", data={"code": code_at(strict, secret), "to": desk})

    assert proved.status_code == 303, proved.text
    assert client.get(desk).status_code == 200


def test_a_code_serves_once_and_a_wrong_one_not_at_all(strict: Served) -> None:
    email = strict.set_password(strict.setting.editor)
    first, second = strict.client(), strict.client()
    for client in (first, second):
        client.post(f"{strict.site}/log-in", data={"email": email, "password": PASSWORD})
        client.post(f"{strict.site}/second-factor/set-up")
    code = code_at(strict, secret_of(strict))

    assert first.post(f"{strict.site}/second-factor", data={"code": code}).status_code == 303
    assert second.post(f"{strict.site}/second-factor", data={"code": code}).status_code == 401
    assert second.post(f"{strict.site}/second-factor", data={"code": "000000"}).status_code == 401
    assert second.get(f"{strict.site}/desk").status_code == 303
    strict.now += timedelta(seconds=60)
    later = code_at(strict, secret_of(strict))
    assert second.post(f"{strict.site}/second-factor", data={"code": later}).status_code == 303


def test_once_set_up_the_secret_is_not_shown_again(strict: Served) -> None:
    email = strict.set_password(strict.setting.editor)
    client = strict.client()
    client.post(f"{strict.site}/log-in", data={"email": email, "password": PASSWORD})
    client.post(f"{strict.site}/second-factor/set-up")
    secret = secret_of(strict)
    client.post(f"{strict.site}/second-factor", data={"code": code_at(strict, secret)})

    again = strict.client()
    again.post(f"{strict.site}/log-in", data={"email": email, "password": PASSWORD})
    shown = again.get(f"{strict.site}/second-factor/set-up").text

    assert secret not in shown.replace(" ", "")


def test_too_many_log_ins_from_one_address_have_to_wait(served: Served) -> None:
    served.application.state.options = replace(served.options, limits=replace(served.options.limits, logins=2))
    client = served.client()
    wrong = {"email": "nobody@mail.example", "password": "wrong"}

    answers = [client.post(f"{served.site}/log-in", data=wrong) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    served.now += timedelta(minutes=16)
    assert client.post(f"{served.site}/log-in", data=wrong).status_code == 401


def test_what_is_held_is_not_shown_to_staff_who_have_not_proved_it(strict: Served) -> None:
    held = strict.setting.database.write(
        lambda w: a_comment(w, strict.setting.story, strict.setting.reader, "https://a.example " * 3)
    ).result()
    path = f"{strict.site}/comments/{held.comment.id}"

    assert strict.client(strict.setting.editor).get(path).status_code == 404
    assert strict.client(strict.setting.reader).get(path).status_code == 200


def test_an_administrator_may_what_an_editor_may_under_their_name(served: Served) -> None:
    person = served.setting.reader
    desk = f"{served.site}/desk/stories/{served.setting.story.slug}"
    client = served.client(person)
    assert client.get(desk).status_code == 403

    account_seq = person.account_seq
    assert account_seq is not None
    served.database.write(lambda w: accounts.set_administrator(w, account_seq, yes=True)).result()

    assert client.get(desk).status_code == 200
