"""Which settings for signing in can be used, and what claims say of somebody."""

from typing import Any

import msgspec
import pytest

from rejoinder.discussion.refusals import BadSignInSettings
from rejoinder.discussion.sign_in import Claims, Vouched, arrival, is_safe_address, read_sign_in

PROVIDER = {"label": "Courier", "issuer": "https://id.courier.example", "client_id": "c"}
HAND_OFF = {"issuer": "https://courier.example", "audience": "a", "keys": {"k": "x" * 32}}


@pytest.mark.parametrize(
    "good",
    [
        {},
        {"providers": {"main": PROVIDER}},
        {"providers": {"main": PROVIDER | {"issuer": "http://127.0.0.1:9400"}}},
        {"hand_off": HAND_OFF},
        {"hand_off": HAND_OFF | {"algorithms": ["RS256"], "keys": {}, "jwks_url": "https://courier.example/k"}},
    ],
)
def test_settings_that_can_be_used(good: dict[str, Any]) -> None:
    assert read_sign_in(msgspec.json.encode(read_sign_in(msgspec.json.encode(good)))) is not None


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("nonsense", "malformed"),
        ({"provider": {}}, "unknown field"),
        ({"providers": {"Main": PROVIDER}}, "regex"),
        ({"providers": {"token": PROVIDER}}, "token"),
        ({"providers": {"main": {"label": "x"}}}, "missing"),
        ({"providers": {"main": PROVIDER | {"issuer": "http://id.courier.example"}}}, "https"),
        ({"providers": {"main": PROVIDER | {"issuer": "https://"}}}, "https"),
        ({"providers": {"main": PROVIDER | {"scopes": ["profile"]}}}, "openid"),
        ({"providers": {"main": PROVIDER | {"algorithms": ["none"]}}}, "algorithms"),
        ({"providers": {"main": PROVIDER | {"algorithms": ["HS256"]}}}, "algorithms"),
        ({"providers": {"main": PROVIDER | {"algorithms": []}}}, "algorithms"),
        ({"hand_off": HAND_OFF | {"algorithms": ["none"]}}, "algorithms"),
        ({"hand_off": HAND_OFF | {"keys": {}}}, "shared key"),
        ({"hand_off": HAND_OFF | {"keys": {"k": "short"}}}, "32 bytes"),
        ({"hand_off": HAND_OFF | {"algorithms": ["RS256"]}}, "jwks_url"),
        ({"hand_off": HAND_OFF | {"page": "javascript:alert(1)"}}, "https"),
        ({"hand_off": HAND_OFF | {"claims": {"role": "role"}}}, "unknown field"),
    ],
)
def test_settings_that_cannot(bad: Any, says: str) -> None:
    with pytest.raises(BadSignInSettings, match=says):
        read_sign_in(bad if isinstance(bad, str) else msgspec.json.encode(bad))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://id.example/x", True),
        ("http://localhost:1/x", True),
        ("http://[::1]/x", True),
        ("http://id.example/x", False),
        ("http://localhost.example/x", False),
        ("ftp://id.example", False),
        ("//id.example", False),
        ("", False),
    ],
)
def test_where_keys_may_come_from(url: str, *, safe: bool) -> None:
    assert is_safe_address(url) is safe


@pytest.mark.parametrize(
    ("claims", "vouched"),
    [
        ({}, Vouched(may_comment=False)),
        ({"name": "Ann", "marks": ["a", 7, "", "b"], "ok": True}, Vouched(name="Ann", badges=("a", "b"))),
        ({"name": 7, "marks": "a", "ok": "true"}, Vouched(may_comment=False)),
        ({"name": "x" * 300, "marks": ["y" * 99] * 9, "ok": True}, Vouched(name="x" * 200, badges=("y" * 40,) * 5)),
    ],
)
def test_what_claims_say(claims: dict[str, Any], vouched: Vouched) -> None:
    names = Claims(badges="marks", may_comment="ok")

    assert arrival("sso:x", "i", {"sub": "s"} | claims, names, email="").vouched == vouched


def test_a_subject_is_one_within_its_issuer() -> None:
    one, other = (arrival("oidc:x:y", issuer, {"sub": "s"}, Claims(), email="") for issuer in ("a", "b"))

    assert one.subject != other.subject
    assert one.vouched.may_comment
