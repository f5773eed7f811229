"""Signing in at an OpenID provider that runs as a process of its own; and what a false one is refused for."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest
from playwright.sync_api import Browser, expect
from tests.mail.postbox import a_free_port
from tests.makers import a_story
from tests.serving import Served
from tests.signing import RSA, claims, none_of, private, shared, sign_in_by, with_public_key_as_secret

from rejoinder.identity import documents, openid
from rejoinder.store import commenters
from rejoinder.store.people import people

PERSON = {"sub": "tern", "name": "Arctic Tern", "email": "tern@mail.example", "email_verified": True}
FALSE = "https://false.example"


@contextmanager
def a_provider(*persons: dict[str, Any]) -> Iterator[str]:
    """The address of a provider that knows these people, in a process of its own."""
    port = a_free_port()
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "oidc_provider_mock",
        "--port",
        str(port),
        "--require-nonce",
        "true",
    ]
    for person in persons:
        command += ["--user-claims", msgspec.json.encode(person).decode()]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise RuntimeError("the provider has ended")
            try:
                httpx.get(f"{issuer}/.well-known/openid-configuration", trust_env=False).raise_for_status()
                break
            except httpx.HTTPError:
                process_waits(process)
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


def process_waits(process: subprocess.Popen[bytes]) -> None:
    """A tenth of a second, or until the process ends."""
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        return


def provider(issuer: str, **more: Any) -> dict[str, Any]:
    """Settings for it."""
    known = {"label": "The Harbour Courier", "issuer": issuer, "client_id": "rejoinder", "client_secret": "a secret"}
    return {"providers": {"main": known | more}}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider for this module."""
    with a_provider(PERSON) as found:
        yield found


def names(served: Served) -> set[str]:
    """Everybody's names."""
    return {each.name for each in served.setting.read(lambda r: commenters.by_seqs(r, 1, range(1, 30))).values()}


def how_many(served: Served) -> int:
    return len({each.account.id for each in served.setting.read(people)})


@pytest.mark.browser
def test_a_reader_signs_in_writes_and_comes_back(served: Served, chromium: Browser, issuer: str) -> None:
    sign_in_by(served, provider(issuer))
    served.now = datetime.now(UTC)  # the provider's clock is the real one
    story = served.setting.write(
        lambda w: a_story(w, served.setting.site, headline="Terns on the pier", published_at=served.now)
    )
    context = chromium.new_context()
    page = context.new_page()
    for text in ("There were terns on the pier.", "And they are still there."):
        page.goto(f"{served.url}{served.site}/stories/{story.slug}")
        page.locator("header").get_by_role("link", name="Log in").click()
        page.get_by_role("main").get_by_role("link", name="The Harbour Courier").click()
        page.get_by_role("button", name="tern").first.click()
        page.get_by_label("Add to the discussion").fill(text)
        page.get_by_role("button", name="Post comment").click()
        expect(page.get_by_text(text)).to_be_visible()
        expect(page.locator("header a.me")).to_have_text("Arctic Tern")
        served.now += timedelta(seconds=1)
        page.locator("header").get_by_role("button", name="Log out").click()
        expect(page.locator("header").get_by_role("link", name="Log in")).to_be_visible()
    context.close()

    assert "Arctic Tern" in names(served)
    assert how_many(served) == 3


class Pretender:
    """A provider that says whatever a test has it say."""

    def __init__(self, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        self.served = served
        self.asked: list[str] = []
        self.description: dict[str, Any] = {
            "issuer": FALSE,
            "authorization_endpoint": f"{FALSE}/authorize",
            "token_endpoint": f"{FALSE}/token",
            "jwks_uri": f"{FALSE}/keys",
        }
        self.token: Callable[[dict[str, Any]], str] = lambda said: private(said, RSA, alg="RS256")
        self.claims: dict[str, Any] = {}
        self.form: dict[str, str] = {}
        monkeypatch.setattr(documents, "fetch", self.fetch)
        monkeypatch.setattr(openid, "fetch", self.fetch)
        sign_in_by(served, provider(FALSE))

    async def fetch(self, url: str, *, form: dict[str, str] | None = None, **_: Any) -> dict[str, Any]:
        self.asked.append(url)
        if url.endswith("/.well-known/openid-configuration"):
            return self.description
        if url.endswith("/keys"):
            return {"keys": [RSA.as_dict(private=False)]}
        self.form = form or {}
        said = claims(self.served.now, iss=FALSE, aud="rejoinder", sub="p", name="Plover", nonce=self.nonce)
        said = {name: value for name, value in (said | self.claims).items() if value is not None}
        return {"id_token": self.token(said), "access_token": "x"}

    nonce = ""

    def go(self, client: httpx.Client, **query: str) -> dict[str, str]:
        """What the browser takes to the provider."""
        answer = client.get(f"{self.served.site}/sign-in/main", params=query)
        assert answer.status_code == 303, answer.text
        asked = {name: value[0] for name, value in parse_qs(urlsplit(answer.headers["location"]).query).items()}
        self.nonce = asked["nonce"]
        return asked

    def back(self, client: httpx.Client, **query: str) -> httpx.Response:
        return client.get(f"{self.served.site}/sign-in/main/back", params=query)


@pytest.fixture
def pretender(served: Served, monkeypatch: pytest.MonkeyPatch) -> Pretender:
    return Pretender(served, monkeypatch)


def test_the_code_is_bound_to_who_asked_for_it(served: Served, pretender: Pretender) -> None:
    client = served.client()
    asked = pretender.go(client, to=served.story)
    answer = pretender.back(client, state=asked["state"], code="c", iss=FALSE)

    assert (answer.status_code, answer.headers["location"]) == (303, served.story)
    assert asked["code_challenge_method"] == "S256"
    assert asked["code_challenge"] == openid.challenge(pretender.form["code_verifier"])
    assert asked["redirect_uri"] == f"{served.url}{served.site}/sign-in/main/back"
    assert "Plover" in names(served)


FALSE_TOKENS: list[tuple[str, dict[str, Any], Callable[[dict[str, Any]], str] | None]] = [
    ("nonce", {"nonce": "another"}, None),
    ("nonce", {"nonce": None}, None),
    ("issuer", {"iss": "https://elsewhere.example"}, None),
    ("audience", {"aud": "somebody-else"}, None),
    ("authorized party", {"aud": ["rejoinder", "somebody-else"]}, None),
    ("authorized party", {"azp": "somebody-else"}, None),
    ("expired", {"iat": 1, "exp": 2}, None),
    ("times missing", {"exp": None}, None),
    ("subject", {"sub": None}, None),
    ("algorithm", {}, none_of),
    ("algorithm", {}, with_public_key_as_secret),
    ("algorithm", {}, lambda said: shared(said, secret="a secret")),
    ("signature", {}, lambda said: private(said, RSA, alg="RS256")[:-6] + "AAAAAA"),
    ("no token", {}, lambda _: "nonsense"),
]


@pytest.mark.parametrize(("why", "more", "token"), FALSE_TOKENS)
def test_a_false_token_lets_nobody_in(
    served: Served,
    pretender: Pretender,
    why: str,
    more: dict[str, Any],
    token: Callable[[dict[str, Any]], str] | None,
) -> None:
    client = served.client()
    pretender.claims, pretender.token = more, token or pretender.token
    answer = pretender.back(client, state=pretender.go(client)["state"], code="c")

    assert (answer.status_code, f"({why})" in answer.text) == (401, True), answer.text
    assert how_many(served) == 2
    assert served.options.session_cookie not in client.cookies


def test_a_state_serves_once(served: Served, pretender: Pretender) -> None:
    client = served.client()
    state = pretender.go(client)["state"]
    kept = client.cookies[served.options.sign_in_cookie]
    assert pretender.back(client, state=state, code="c").status_code == 303
    pretender.asked.clear()
    client.cookies.set(served.options.sign_in_cookie, kept)

    assert pretender.back(client, state=state, code="c").status_code == 409
    assert pretender.asked == []  # a code seen twice is not taken to the provider


def test_a_state_is_another_browsers(served: Served, pretender: Pretender) -> None:
    mine, theirs = served.client(), served.client()
    state = pretender.go(mine)["state"]
    pretender.go(theirs)

    assert "(state)" in pretender.back(theirs, state=state, code="c").text
    assert "(state)" in pretender.back(served.client(), state=state, code="c").text
    assert how_many(served) == 2


def test_a_state_that_took_too_long_is_over(served: Served, pretender: Pretender) -> None:
    client = served.client()
    state = pretender.go(client)["state"]
    served.now += timedelta(minutes=11)

    assert "(expired)" in pretender.back(client, state=state, code="c").text


def test_who_says_no_there_is_told_so_here(served: Served, pretender: Pretender) -> None:
    client = served.client()
    state = pretender.go(client)["state"]

    assert "(not granted)" in pretender.back(client, state=state, error="access_denied").text


def test_another_issuer_answers(served: Served, pretender: Pretender) -> None:
    client = served.client()
    state = pretender.go(client)["state"]

    assert "(issuer)" in pretender.back(client, state=state, code="c", iss="https://elsewhere.example").text


@pytest.mark.parametrize("to", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"])
def test_it_leads_to_no_page_but_ours(served: Served, pretender: Pretender, to: str) -> None:
    client = served.client()
    state = pretender.go(client, to=to)["state"]

    assert pretender.back(client, state=state, code="c").headers["location"] == f"{served.site}/"


@pytest.mark.parametrize(
    "wrong",
    [{"issuer": "https://elsewhere.example"}, {"authorization_endpoint": "http://false.example"}, {"jwks_uri": 7}],
)
def test_a_description_that_is_wrong_is_not_used(served: Served, pretender: Pretender, wrong: dict[str, Any]) -> None:
    pretender.description |= wrong
    client = served.client()
    answer = client.get(f"{served.site}/sign-in/main")
    if answer.status_code == 303:
        answer = pretender.back(
            client, state=parse_qs(urlsplit(answer.headers["location"]).query)["state"][0], code="c"
        )

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")


def test_a_provider_that_does_not_answer_is_said_to(served: Served) -> None:
    sign_in_by(served, provider(f"http://127.0.0.1:{a_free_port()}"))

    answer = served.client().get(f"{served.site}/sign-in/main")

    assert (answer.status_code, "We cannot reach the place where you sign in." in answer.text) == (503, True)


@pytest.mark.parametrize("path", ["sign-in/other", "sign-in/other/back", "sign-in/main/back"])
def test_what_was_not_begun_cannot_be_ended(served: Served, path: str) -> None:
    sign_in_by(served, provider(FALSE))

    assert served.client().get(f"{served.site}/{path}?state=x&code=y").status_code in (401, 404)


def test_who_is_logged_in_can_link_their_account(served: Served, pretender: Pretender) -> None:
    client = served.client(served.setting.reader)
    link = re.search(r"sign-in/main\?link=([\w%-]+)", client.get(f"{served.site}/account").text)
    assert link is not None

    state = pretender.go(client, link=link[1])["state"]
    assert pretender.back(client, state=state, code="c").headers["location"] == f"{served.site}/account"

    other = served.client()
    pretender.back(other, state=pretender.go(other)["state"], code="c")
    assert "northquay" in other.get(f"{served.site}/account").text
    served.pass_time(seconds=1)
    assert served.mailbox.letters[-1].subject == "A new way to log in at The Harbour Courier"
    assert how_many(served) == 2


def test_a_link_is_of_one_session(served: Served, pretender: Pretender) -> None:
    link = re.search(
        r"sign-in/main\?link=([\w%-]+)", served.client(served.setting.editor).get(f"{served.site}/account").text
    )
    assert link is not None

    client = served.client(served.setting.reader)

    assert client.get(f"{served.site}/sign-in/main", params={"link": link[1]}).status_code == 401


def test_a_sign_in_that_is_somebodys_is_not_linked_again(served: Served, pretender: Pretender) -> None:
    first = served.client()
    pretender.back(first, state=pretender.go(first)["state"], code="c")
    client = served.client(served.setting.reader)
    link = re.search(r"sign-in/main\?link=([\w%-]+)", client.get(f"{served.site}/account").text)
    assert link is not None

    assert pretender.back(client, state=pretender.go(client, link=link[1])["state"], code="c").status_code == 409


def test_the_desk_still_wants_a_second_factor(served: Served, pretender: Pretender) -> None:
    served.require_second_factor()
    editor = served.client(served.setting.editor)
    link = re.search(r"sign-in/main\?link=([\w%-]+)", editor.get(f"{served.site}/account").text)
    assert link is not None
    pretender.back(editor, state=pretender.go(editor, link=link[1])["state"], code="c")

    client = served.client()
    answer = pretender.back(client, state=pretender.go(client, to=f"{served.site}/desk")["state"], code="c")

    assert answer.headers["location"].startswith(f"{served.site}/second-factor")
    assert client.get(f"{served.site}/desk").headers["location"].startswith(f"{served.site}/second-factor")
