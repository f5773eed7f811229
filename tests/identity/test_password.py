"""Passwords: which may be chosen, and that only the right one opens."""

import pytest
from argon2 import PasswordHasher

from rejoinder.discussion.refusals import GuessablePassword, LongPassword, Refusal, WeakPassword
from rejoinder.identity import password as module
from rejoinder.identity.password import check_password_strength, hash_password, needs_rehash, verify_password

GOOD = "seven herring barrels"


def test_the_right_password_opens_and_another_does_not() -> None:
    kept = hash_password(GOOD)

    assert verify_password(kept, GOOD)
    assert not verify_password(kept, GOOD + " ")
    assert GOOD not in kept


def test_a_password_is_the_same_however_its_letters_were_composed() -> None:
    kept = hash_password("c\u00f4t\u00e9 de la mer")

    assert verify_password(kept, "co\u0302te\u0301 de la mer")


def test_an_unknown_account_is_checked_as_long_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    real = module._hasher.verify

    class Watched:
        def verify(self, kept: str, typed: str) -> bool:
            checked.append(kept)
            return real(kept, typed)

    monkeypatch.setattr(module, "_hasher", Watched())

    assert not verify_password(None, GOOD)
    assert len(checked) == 1
    monkeypatch.undo()
    assert not needs_rehash(checked[0])  # made with today's parameters, so it takes today's time


@pytest.mark.parametrize("kept", ["", "plain", "$argon2id$v=19$m=19456,t=2,p=1$damaged"])
def test_a_damaged_hash_opens_to_nobody(kept: str) -> None:
    assert not verify_password(kept, GOOD)


def test_a_hash_with_older_parameters_wants_renewal() -> None:
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD))
    assert not needs_rehash(hash_password(GOOD))


@pytest.mark.parametrize("chosen", [GOOD, "дом у самого моря", "Xk3!vV92pq", "an owl " * 20, "  spaces are fine  "])
def test_a_long_and_rare_password_is_taken(chosen: str) -> None:
    check_password_strength(chosen, email="mara@reader.example")


@pytest.mark.parametrize(
    ("chosen", "refusal"),
    [
        ("", WeakPassword),
        ("too short", WeakPassword),
        ("Password123!", WeakPassword),
        ("qwertyuiop", WeakPassword),
        ("QWERTYUIOP", WeakPassword),
        ("1234567890", WeakPassword),
        ("aaaaaaaaaaaa", WeakPassword),
        ("abababababab", WeakPassword),
        ("letmein2026!", WeakPassword),
        ("x" + "y z" * 70, LongPassword),
        ("mara.quill-sings", GuessablePassword),
        ("Mara.Quill@reader.example", GuessablePassword),
    ],
)
def test_a_password_that_is_tried_first_is_refused(chosen: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as caught:
        check_password_strength(chosen, email="mara.quill@reader.example")

    assert str(caught.value)


def test_a_very_short_mail_name_forbids_nothing() -> None:
    check_password_strength("seven herring barrels", email="in@reader.example")
