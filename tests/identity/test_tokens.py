"""Tokens and signed values: what we signed comes back, and nothing else does."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.identity.tokens import DEVICE, decision_key, decision_of, new_device, new_token, receipt_of, sign, unsign

SECRET = "a secret of the tests, long enough for them"
COOKIE = re.compile(r"[A-Za-z0-9_-]+")


@given(value=st.text(max_size=200), purpose=st.text(max_size=20))
def test_what_was_signed_comes_back(value: str, purpose: str) -> None:
    signed = sign(value, SECRET, purpose)

    assert COOKIE.fullmatch(signed)
    assert unsign(signed, SECRET, purpose) == value


@given(text=st.text(max_size=120))
def test_what_we_did_not_sign_is_nothing(text: str) -> None:
    assert unsign(text, SECRET, "session") is None


@given(place=st.integers(0, 60), other=st.sampled_from("ABab01-_=. "))
def test_a_changed_character_spoils_it(place: int, other: str) -> None:
    signed = sign("token-of-a-session", SECRET, "session")
    place %= len(signed) - 1  # of the last character some bits carry nothing
    changed = signed[:place] + other + signed[place + 1 :]

    assert unsign(changed, SECRET, "session") in (None, "token-of-a-session" if changed == signed else None)


def test_a_value_signed_for_one_purpose_serves_no_other() -> None:
    signed = sign("17", SECRET, DEVICE)

    assert unsign(signed, SECRET, "session") is None


def test_another_secret_takes_nothing_of_ours() -> None:
    assert unsign(sign("17", SECRET, "session"), SECRET + ".", "session") is None


@pytest.mark.parametrize("signed", ["", "=", "A", "é" * 50, "A" * 100_000, "\x00", "A" * 43 + "\n"])
def test_a_broken_cookie_is_nothing(signed: str) -> None:
    assert unsign(signed, SECRET, "session") is None


def test_tokens_are_long_and_never_the_same() -> None:
    made = {new_token() for _ in range(100)}

    assert len(made) == 100
    assert min(len(token) for token in made) >= 43  # 256 bits in base 64


def test_a_device_has_a_signed_id_of_its_own() -> None:
    first, second = new_device(SECRET), new_device(SECRET)

    assert unsign(first, SECRET, DEVICE)
    assert unsign(first, SECRET, DEVICE) != unsign(second, SECRET, DEVICE)


def test_a_receipt_is_the_same_each_time_and_nobody_elses() -> None:
    report, other = UUID(int=17), UUID(int=18)

    assert receipt_of(report, SECRET) == receipt_of(report, SECRET)
    assert len({receipt_of(report, SECRET), receipt_of(other, SECRET), receipt_of(report, SECRET + ".")}) == 3
    assert COOKIE.fullmatch(receipt_of(report, SECRET))


def test_a_decisions_key_opens_that_decision_with_our_secret_alone() -> None:
    decision = UUID("01a224c5-617d-7332-b98d-9ed06519da00")
    key = decision_key(decision, SECRET)

    assert (len(key), decision_of(key, SECRET)) == (44, decision)
    assert decision_of(key, "another secret") is None
    assert decision_of(sign(str(decision), SECRET, "decision"), SECRET) is None


@pytest.mark.parametrize("key", ["", "A" * 44, "=", "é", "01a224c5-617d-7332-b98d-9ed06519da00", "A" * 9999])
def test_what_is_no_key_of_ours_opens_nothing(key: str) -> None:
    assert decision_of(key, SECRET) is None
