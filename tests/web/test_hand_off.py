"""A publisher's page hands over a signed token: who is let in, as whom, and what is refused with nothing changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from joserfc.jwk import OctKey
from playwright.sync_api import Browser, expect
from tests.makers import a_commenter
from tests.serving import Served
from tests.signing import (
    EC,
    NEXT,
    ORIGIN,
    RSA,
    claims,
    hand_off,
    none_of,
    private,
    shared,
    sign_in_by,
    with_public_key_as_secret,
)

from rejoinder.actions.change_origins import add_origin
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.identity import documents
from rejoinder.store import accounts, commenters, comments
from rejoinder.store.people import people

JWKS = "https://courier.example/keys.json"


def hand(
    served: Served, token: str, *, to: str = "", origin: str | None = ORIGIN, client: httpx.Client | None = None
) -> httpx.Response:
    """What the publisher's form gets."""
    headers = {"Sec-Fetch-Site": "cross-site"} | ({"Origin": origin} if origin else {})
    sent = {"token": token} | ({"to": to} if to else {})
    return (client or served.client()).post(f"{served.site}/sign-in/token", data=sent, headers=headers)


def known(served: Served, name: str = "Saltmarsh") -> Commenter:
    """The commenter of this name."""
    found = served.setting.read(lambda r: commenters.by_seqs(r, served.setting.site.seq, range(1, 30)))
    return next(each for each in found.values() if each.name == name)


def everybody(served: Served) -> int:
    """How many accounts there are."""
    return len({each.account.id for each in served.setting.read(people)})


def test_a_reader_comes_in_and_writes(served: Served) -> None:
    sign_in_by(served, hand_off())
    client = served.client()

    answer = hand(served, shared(claims(served.now)), to=f"{served.story}#discussion", client=client)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{served.story}#discussion")
    assert client.post(f"{served.story}/comments", data={"text": "I am on the boat."}).status_code == 303
    reader = known(served)
    assert (reader.role, reader.confirmed) == (Role.READER, True)
    assert reader.account_seq is not None
    account = served.setting.read(lambda r: accounts.by_seq(r, reader.account_seq or 0))
    assert (account.email, account.letters_to, account.address) == ("", "salt@mail.example", "salt@mail.example")
    assert "Saltmarsh" in client.get(f"{served.site}/account").text


def test_the_same_person_is_the_same_account(served: Served) -> None:
    sign_in_by(served, hand_off())
    hand(served, shared(claims(served.now)))
    before = everybody(served)

    hand(served, shared(claims(served.now)))

    assert everybody(served) == before


def test_the_key_after_this_one_is_good_already(served: Served) -> None:
    sign_in_by(served, hand_off())

    assert hand(served, shared(claims(served.now), kid="k2", secret=NEXT)).status_code == 303


@pytest.fixture
def jwks(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The publisher's public keys, as they are now; fetched from nowhere."""
    keys: list[dict[str, Any]] = [RSA.as_dict(private=False), EC.as_dict(private=False)]

    async def fetch(url: str, **_: Any) -> dict[str, Any]:
        assert url == JWKS
        return {"keys": list(keys)}

    monkeypatch.setattr(documents, "fetch", fetch)
    return keys


def by_public_keys(served: Served, *more: str) -> None:
    sign_in_by(served, hand_off(algorithms=["RS256", "ES256", *more], jwks_url=JWKS))


@pytest.mark.parametrize(("key", "alg"), [(RSA, "RS256"), (EC, "ES256")])
def test_public_keys_do_too(served: Served, jwks: list[dict[str, Any]], key: Any, alg: str) -> None:
    by_public_keys(served)

    assert hand(served, private(claims(served.now), key, alg=alg)).status_code == 303


def test_a_new_public_key_is_fetched_when_it_is_first_used(served: Served, jwks: list[dict[str, Any]]) -> None:
    by_public_keys(served)
    jwks.pop()
    hand(served, private(claims(served.now), RSA, alg="RS256"))
    jwks.append(EC.as_dict(private=False))

    assert hand(served, private(claims(served.now), EC, alg="ES256")).status_code == 401  # asked a moment ago
    served.now = served.now.replace(minute=served.now.minute + 1)
    assert hand(served, private(claims(served.now), EC, alg="ES256")).status_code == 303


FORGED: list[tuple[str, Callable[[Any], str]]] = [
    ("no token", lambda _: "nonsense"),
    ("no token", lambda _: ""),
    ("no token", lambda _: "é.é.é"),
    ("no token", lambda _: "a" * 20_000),
    ("algorithm", lambda now: none_of(claims(now))),
    ("algorithm", lambda now: shared(claims(now), alg="HS512", secret="x" * 64)),
    ("unknown key", lambda now: with_public_key_as_secret(claims(now))),
    ("unknown key", lambda now: shared(claims(now), kid="k9")),
    ("unknown key", lambda now: shared(claims(now), kid=None)),
    ("unknown key", lambda now: private(claims(now), RSA, alg="RS256", kid="r9")),
    ("signature", lambda now: shared(claims(now), secret="another key that nobody has told us of")),
    ("signature", lambda now: shared(claims(now))[:-4] + "AAAA"),
    ("issuer", lambda now: shared(claims(now, iss="https://elsewhere.example"))),
    ("issuer", lambda now: shared(claims(now, iss=None))),
    ("audience", lambda now: shared(claims(now, aud="another"))),
    ("audience", lambda now: shared(claims(now, aud=["a", "b"]))),
    ("audience", lambda now: shared(claims(now, aud=None))),
    ("times missing", lambda now: shared(claims(now, exp=None))),
    ("times missing", lambda now: shared(claims(now, iat=None))),
    ("times", lambda now: shared(claims(now, exp="tomorrow"))),
    ("times", lambda now: shared(claims(now, exp=True))),
    ("times", lambda now: shared(claims(now, exp=1e300))),
    ("expired", lambda now: shared(claims(now, iat=int(now.timestamp()) - 200, exp=int(now.timestamp()) - 60))),
    ("not yet valid", lambda now: shared(claims(now, nbf=int(now.timestamp()) + 60))),
    ("not yet valid", lambda now: shared(claims(now, iat=int(now.timestamp()) + 60, exp=int(now.timestamp()) + 90))),
    ("lasts too long", lambda now: shared(claims(now, exp=int(now.timestamp()) + 86_400))),
    ("subject", lambda now: shared(claims(now, sub=None))),
    ("subject", lambda now: shared(claims(now, sub=""))),
    ("subject", lambda now: shared(claims(now, sub=7))),
    ("subject", lambda now: shared(claims(now, sub="a\0b"))),
]  # fmt: skip


@pytest.mark.parametrize(("why", "make"), FORGED)
def test_a_token_that_is_not_good_lets_nobody_in(
    served: Served, jwks: list[dict[str, Any]], why: str, make: Callable[[Any], str]
) -> None:
    by_public_keys(served, "HS256")
    before = everybody(served)

    answer = hand(served, make(served.now))

    assert (answer.status_code, f"({why})" in answer.text) == (401, True), answer.text
    assert "set-cookie" not in answer.headers
    assert everybody(served) == before


def test_a_shared_secret_among_the_public_keys_is_no_key(served: Served, jwks: list[dict[str, Any]]) -> None:
    by_public_keys(served, "HS256")
    secret = "what somebody put among the public keys, for all to read"
    jwks.append(OctKey.import_key(secret, {"kid": "o1"}).as_dict())

    assert "(unknown key)" in hand(served, shared(claims(served.now), kid="o1", secret=secret)).text


def test_a_token_serves_once(served: Served) -> None:
    sign_in_by(served, hand_off())
    token = shared(claims(served.now, jti=None))

    assert [hand(served, token).status_code for _ in range(2)] == [303, 409]


def test_one_id_serves_once(served: Served) -> None:
    sign_in_by(served, hand_off())

    first = hand(served, shared(claims(served.now, jti="same")))
    second = hand(served, shared(claims(served.now, jti="same", sub="somebody-else")))

    assert (first.status_code, second.status_code, everybody(served)) == (303, 409, 3)


@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example", f"{ORIGIN}.elsewhere.example"])
def test_only_the_publishers_pages_hand_over(served: Served, origin: str | None) -> None:
    sign_in_by(served, hand_off())

    assert hand(served, shared(claims(served.now)), origin=origin).status_code == 403


@pytest.mark.parametrize("to", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "x"])
def test_it_leads_to_no_page_but_ours(served: Served, to: str) -> None:
    sign_in_by(served, hand_off())

    assert hand(served, shared(claims(served.now)), to=to).headers["location"] == f"{served.site}/"


def test_a_token_in_an_address_is_not_taken(served: Served) -> None:
    sign_in_by(served, hand_off())

    answer = served.client().get(f"{served.site}/sign-in/token", params={"token": shared(claims(served.now))})

    assert answer.status_code == 405


def test_without_settings_there_is_no_such_page(served: Served) -> None:
    assert hand(served, "x").status_code == 404


def test_nobody_gets_an_account_of_ours_by_its_address(served: Served) -> None:
    sign_in_by(served, hand_off())
    own = served.setting.reader
    email = served.set_password(own)

    hand(served, shared(claims(served.now, email=email)))

    reader = known(served)
    assert reader.account_seq != own.account_seq


def test_a_name_that_is_taken_leads_to_another(served: Served) -> None:
    sign_in_by(served, hand_off(claims={"may_comment": "comments", "badges": "marks"}))
    served.setting.write(lambda w: a_commenter(w, served.setting.site, "SaItmarsh"))  # with a capital i
    client = served.client()

    answer = hand(
        served, shared(claims(served.now, comments=False, marks=["Subscriber"])), to=served.story, client=client
    )

    assert answer.headers["location"].startswith(f"{served.site}/register?")
    assert 'value="Saltmarsh"' in client.get(answer.headers["location"]).text
    assert (
        client.post(f"{served.site}/register", data={"name": "Salt of the sea", "to": served.story}).status_code == 303
    )
    assert known(served, "Salt of the sea").may_comment is False  # what was said of them is not lost on the way


def test_the_publisher_says_who_may_comment(served: Served) -> None:
    sign_in_by(served, hand_off(claims={"may_comment": "comments"}))
    client = served.client()
    hand(served, shared(claims(served.now)), client=client)

    answer = client.post(f"{served.story}/comments", data={"text": "I would like to say this."})
    assert (answer.status_code, "I would like to say this." in answer.text) == (403, True)

    hand(served, shared(claims(served.now, comments=True)), client=client)
    assert client.post(f"{served.story}/comments", data={"text": "Now I can."}).status_code == 303


def test_a_publishers_word_makes_nobody_staff(served: Served) -> None:
    sign_in_by(served, hand_off())

    hand(served, shared(claims(served.now, role="editor", roles=["admin"], is_administrator=True)))

    assert not known(served).is_staff


def test_a_name_changed_there_is_changed_here(served: Served) -> None:
    sign_in_by(served, hand_off())
    hand(served, shared(claims(served.now)))

    hand(served, shared(claims(served.now, name="Sea lavender")))
    assert known(served, "Sea lavender").is_staff is False

    hand(served, shared(claims(served.now, name="northquay")))  # somebody's
    assert known(served, "Sea lavender").is_staff is False


def test_a_name_chosen_here_stays_while_the_publishers_does(served: Served) -> None:
    sign_in_by(served, hand_off())
    client = served.client()
    hand(served, shared(claims(served.now)), client=client)
    client.post(f"{served.site}/account/name", data={"name": "Thrift"})

    hand(served, shared(claims(served.now)))

    assert known(served, "Thrift").is_staff is False


def test_sixteen_first_sign_ins_at_once_make_one_account(served_on_either: Served) -> None:
    served = served_on_either
    sign_in_by(served, hand_off())
    tokens = [shared(claims(served.now)) for _ in range(16)]

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda token: hand(served, token).status_code, tokens))

    assert answers == [303] * 16
    assert everybody(served) == 3


def test_letters_reach_who_has_no_address_of_their_own(served: Served) -> None:
    sign_in_by(served, hand_off())
    client = served.client()
    hand(served, shared(claims(served.now)), client=client)
    client.post(f"{served.story}/comments", data={"text": "Is there a boat on Sunday?"})
    mine = served.setting.read(lambda r: comments.by_seq(r, served.setting.site.seq, 1)).id

    served.client(served.setting.editor).post(f"{served.site}/comments/{mine}/reply", data={"text": "There is."})
    served.pass_time(minutes=1)

    assert served.mailbox.letters[-1].to == "salt@mail.example"


@pytest.mark.browser
def test_a_button_on_the_publishers_page(served: Served, chromium: Browser) -> None:
    theirs = "http://www.courier.example"
    sign_in_by(served, hand_off(page="https://www.courier.example/log-in"), origin=theirs)
    form = f"""<!doctype html><title>The Harbour Courier</title>
        <form method="post" action="{served.url}{served.site}/sign-in/token">
        <input type="hidden" name="token" value="{shared(claims(served.now))}">
        <input type="hidden" name="to" value="{served.story}"><button>Take part</button></form>"""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route(f"{theirs}/**", lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto(f"{theirs}/ferry")
    page.get_by_role("button", name="Take part").click()
    page.get_by_label("Add to the discussion").fill("I come from the front page.")
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_text("I come from the front page.")).to_be_visible()

    page.route("http://elsewhere.example/**", lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto("http://elsewhere.example/trap")
    page.get_by_role("button", name="Take part").click()
    expect(page.get_by_text("This form came from another site, so nothing was done.")).to_be_visible()
    page.goto(f"{served.url}{served.site}/log-in?to={served.story}")
    way = page.get_by_role("main").get_by_role("link", name="The Harbour Courier")
    expect(way).to_have_attribute("href", f"https://www.courier.example/log-in?to={quote(served.story, safe='')}")
    context.close()


def embedded(served: Served, token: str, *, origin: str = ORIGIN) -> httpx.Response:
    """What an embed on a page of this origin asks with the publisher's token."""
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
    return served.client().post(f"/api/v1/sites{served.site}/session", json={"token": token}, headers=headers)


@pytest.fixture
def allowed(served: Served) -> Served:
    served.setting.write(lambda w: add_origin(w, served.setting.site.seq, ORIGIN))
    sign_in_by(served, hand_off())
    return served


def test_an_embed_begins_with_the_publishers_word(allowed: Served) -> None:
    answer = embedded(allowed, shared(claims(allowed.now)))
    headers = {"Authorization": f"Bearer {answer.json()['token']}", "Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}
    path = f"/api/v1/sites{allowed.story}/comments"
    posted = allowed.client().post(path, json={"text": "I am on the boat."}, headers=headers)
    elsewhere = allowed.client().post(
        path, json={"text": "And here?"}, headers=headers | {"Origin": "https://a.example"}
    )

    assert (answer.status_code, answer.json()["name"]) == (201, "Saltmarsh")
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert (posted.status_code, elsewhere.status_code) == (201, 401)


def test_that_word_serves_once(allowed: Served) -> None:
    word = shared(claims(allowed.now))
    first, second = embedded(allowed, word), embedded(allowed, word)

    assert (first.status_code, second.json()["code"]) == (201, "sign-in-spent")


def test_no_other_page_uses_it(allowed: Served) -> None:
    before = everybody(allowed)
    answer = embedded(allowed, shared(claims(allowed.now)), origin="https://elsewhere.example")

    assert (answer.status_code, answer.json()["code"]) == (403, "page-not-allowed")
    assert everybody(allowed) == before


@pytest.mark.parametrize(("why", "make"), FORGED[:8])
def test_a_forged_word_begins_nothing(allowed: Served, why: str, make: Callable[[Any], str]) -> None:
    before = everybody(allowed)

    assert embedded(allowed, make(allowed.now)).status_code == 401
    assert everybody(allowed) == before


def test_a_name_that_is_taken_begins_nothing(allowed: Served) -> None:
    before = everybody(allowed)
    answer = embedded(allowed, shared(claims(allowed.now, name="northquay")))

    assert (answer.status_code, answer.json()["code"]) == (409, "name-taken")
    assert everybody(allowed) == before
