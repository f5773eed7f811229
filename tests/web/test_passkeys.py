"""Passkeys in a real Chromium, with its virtual authenticator: added, used to log in and for the desk, removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pyotp
import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect
from tests.serving import PASSWORD, Served

from rejoinder.store import accounts, proofs
from rejoinder.store.proofs import Passkey


@pytest.fixture
def named(served: Served) -> Served:
    """The server under a name: a bare number has no passkeys (WebAuthn 3, 5.1.3)."""
    served.url = served.url.replace("127.0.0.1", "localhost")
    served.application.state.options = served.options = replace(served.options, public_url=served.url)
    return served


@contextmanager
def a_device(chromium: Browser, *, verifies: bool = True, offers: bool = False) -> Iterator[Page]:
    """A browser on a device that keeps passkeys and unlocks them without asking. One that `offers` them beside the
    address field takes the offer by itself.
    """
    context = chromium.new_context(viewport={"width": 800, "height": 844})
    if not offers:
        context.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": verifies,
                "isUserVerified": verifies,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()


def log_in(page: Page, served: Served, email: str) -> None:
    page.goto(f"{served.url}{served.site}/log-in?to={served.site}/account/passkeys")
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def add(page: Page, name: str) -> None:
    page.get_by_label("A name for it").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("button", name=f"Remove {name}")).to_be_visible()


def kept(served: Served, account_seq: int | None) -> list[str]:
    return [each.name for each in served.setting.read(lambda r: proofs.passkeys(r, account_seq or 0))]


@pytest.mark.browser
def test_a_reader_adds_one_and_logs_in_with_it(named: Served, chromium: Browser) -> None:
    reader = named.setting.reader
    email = named.set_password(reader)
    with a_device(chromium) as page:
        log_in(page, named, email)
        add(page, "My phone")
        named.pass_time(seconds=1)
        assert named.mailbox.letters[-1].subject == "A new way to log in at The Harbour Courier"
        page.get_by_label("Another name for My phone").fill("My old phone")
        page.get_by_role("button", name="Rename").click()
        expect(page.get_by_role("button", name="Remove My old phone")).to_be_visible()
        page.locator("header").get_by_role("button", name="Log out").click()

        page.goto(f"{named.url}{named.site}/log-in?to={named.story}")
        page.get_by_role("button", name="Use a passkey").click()
        expect(page).to_have_url(f"{named.url}{named.story}")
        expect(page.locator("header a.me")).to_have_text("northquay")

        page.goto(f"{named.url}{named.site}/account/passkeys")
        page.get_by_role("button", name="Remove My old phone").click()
        expect(page.get_by_text("You have none yet.")).to_be_visible()

    assert kept(named, reader.account_seq) == []


@pytest.mark.browser
def test_a_browser_offers_it_beside_the_address(named: Served, chromium: Browser) -> None:
    email = named.set_password(named.setting.reader)
    with a_device(chromium, offers=True) as page:
        log_in(page, named, email)
        add(page, "My phone")
        page.context.clear_cookies()
        page.goto(f"{named.url}{named.site}/log-in?to={named.story}")
        expect(page.locator("header a.me")).to_have_text("northquay")


@pytest.mark.browser
def test_it_is_a_second_factor_for_the_desk(named: Served, chromium: Browser) -> None:
    named.application.state.options = named.options = replace(named.options, staff_second_factor=True)
    editor = named.setting.editor
    email = named.set_password(editor)
    with a_device(chromium) as page:
        log_in(page, named, email)  # and on to the second factor, of which there is none yet
        page.goto(f"{named.url}{named.site}/account/passkeys")
        add(page, "Newsroom key")
        page.goto(f"{named.url}{named.site}/desk")  # who has just made one has unlocked the device
        expect(page).to_have_url(f"{named.url}{named.site}/desk")

        page.context.clear_cookies()
        log_in(page, named, email)
        page.goto(f"{named.url}{named.site}/desk")
        page.get_by_role("button", name="Use a passkey").click()
        expect(page).to_have_url(f"{named.url}{named.site}/desk")

        page.context.clear_cookies()
        page.goto(f"{named.url}{named.site}/log-in?to={named.site}/desk")
        page.get_by_role("button", name="Use a passkey").click()  # who has unlocked it needs no code besides
        expect(page).to_have_url(f"{named.url}{named.site}/desk")


@pytest.mark.browser
def test_a_device_that_does_not_ask_who_holds_it_is_no_passkey(named: Served, chromium: Browser) -> None:
    reader = named.setting.reader
    email = named.set_password(reader)
    with a_device(chromium, verifies=False) as page:
        log_in(page, named, email)
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_text("That did not work, or was called off.")).to_be_visible()

    assert kept(named, reader.account_seq) == []


@pytest.mark.browser
def test_an_answer_serves_once_and_in_its_browser(named: Served, chromium: Browser) -> None:
    email = named.set_password(named.setting.reader)
    with a_device(chromium) as page:
        log_in(page, named, email)
        add(page, "My phone")
        page.context.clear_cookies()
        page.goto(f"{named.url}{named.site}/log-in")
        challenge = {each["name"]: each["value"] for each in page.context.cookies()}[named.options.passkey_cookie]
        with page.expect_request("**/log-in/passkey") as sent:
            page.get_by_role("button", name="Use a passkey").click()
        form = dict(part.split("=", 1) for part in (sent.value.post_data or "").split("&"))
        expect(page.locator("header a.me")).to_have_text("northquay")

    body = "&".join(f"{name}={value}" for name, value in form.items())
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    client = named.client()
    assert client.post(f"{named.site}/log-in/passkey", content=body, headers=headers).status_code == 401
    client.cookies.set(named.options.passkey_cookie, challenge)
    assert client.post(f"{named.site}/log-in/passkey", content=body, headers=headers).status_code == 401
    assert named.options.session_cookie not in client.cookies


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "nonsense",
        "{}",
        '{"id": 7}',
        '{"id": "x", "response": 7}',
        '{"id": "é"}',
        '{"id": "x", "rawId": "x", "type": "public-key", "response": {"userHandle": "!"}}',
        "[" * 1000,
        "x" * 30_000,
    ],
)
def test_an_answer_that_is_none_lets_nobody_in(named: Served, answer: str) -> None:
    client = named.client()
    client.get(f"{named.site}/log-in")

    refused = client.post(f"{named.site}/log-in/passkey", data={"answer": answer})

    assert (refused.status_code, "This passkey could not be accepted." in refused.text) == (401, True)


@pytest.mark.parametrize(("path", "code"), [("", 401), ("/name", 303), ("/remove", 303)])
def test_an_answer_that_is_none_adds_nothing(named: Served, path: str, code: int) -> None:
    reader = named.setting.reader
    client = named.client(reader)
    client.get(f"{named.site}/account/passkeys")

    sent = client.post(f"{named.site}/account/passkeys{path}", data={"answer": "{}", "id": "x", "name": "y"})

    assert sent.status_code == code
    assert kept(named, reader.account_seq) == []


@pytest.mark.parametrize("path", ["", "/remove"])
def test_who_finds_a_browser_open_adds_and_removes_nothing(named: Served, path: str) -> None:
    client = named.client(named.setting.reader)
    named.now += timedelta(hours=1)

    assert "please log in once more" in client.get(f"{named.site}/account/passkeys").text
    refused = client.post(f"{named.site}/account/passkeys{path}", data={"answer": "{}", "id": "x"})
    assert (refused.status_code, "Please log in once more." in refused.text) == (403, True)


def test_a_bare_number_has_none(served: Served) -> None:
    assert "data-passkey" not in served.client().get(f"{served.site}/log-in").text
    assert (
        "Passkeys need an https address"
        in served.client(served.setting.reader).get(f"{served.site}/account/passkeys").text
    )


def test_without_a_script_the_page_says_so(named: Served) -> None:
    text = named.client().get(f"{named.site}/log-in").text

    assert "<noscript>" in text
    assert "Passkeys need JavaScript. Your password works without." in text


@pytest.fixture
def guarded(named: Served) -> Served:
    """An editor whose second factor is a passkey."""
    key = Passkey(id="key", key="x", name="Newsroom key", count=0, made_at=named.now)
    seq = named.setting.editor.account_seq or 0
    named.setting.write(lambda w: proofs.add_passkey(w, seq, key))
    return named


@pytest.mark.parametrize("path", ["account/passkeys", "account/passkeys/remove", "second-factor/set-up"])
def test_a_stolen_password_adds_and_removes_no_second_factor(guarded: Served, path: str) -> None:
    client = guarded.client(guarded.setting.editor)

    refused = client.post(f"{guarded.site}/{path}", data={"answer": "{}", "id": "key"})

    assert refused.status_code in (401, 403)
    assert kept(guarded, guarded.setting.editor.account_seq) == ["Newsroom key"]
    where = client.get(f"{guarded.site}/account/passkeys").headers["location"]
    assert where.startswith(f"{guarded.site}/second-factor")


def test_a_secret_from_before_is_not_shown_to_it_either(guarded: Served) -> None:
    seq = guarded.setting.editor.account_seq or 0
    guarded.setting.write(
        lambda w: accounts.set_credential(
            w, accounts.by_seq(w, seq), "totp", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", now=guarded.now, confirmed=False
        )
    )
    client = guarded.client(guarded.setting.editor)
    code = pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").at(guarded.now)

    assert "JBSW" not in client.get(f"{guarded.site}/second-factor").text
    assert client.post(f"{guarded.site}/second-factor", data={"code": code}).status_code == 403


def test_a_counter_that_does_not_go_on_is_a_copys(named: Served) -> None:
    seq = named.setting.reader.account_seq or 0
    key = Passkey(id="key", key="x", name="A key", count=5, made_at=named.now)
    named.setting.write(lambda w: proofs.add_passkey(w, seq, key))

    assert not named.setting.write(lambda w: proofs.use_passkey(w, "key", count=5))
    assert named.setting.write(lambda w: proofs.use_passkey(w, "key", count=6))
    assert not named.setting.write(lambda w: proofs.add_passkey(w, named.setting.editor.account_seq or 0, key))
