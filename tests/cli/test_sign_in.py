"""`rejoinder site sign-in`: settings taken from a file, shown without secrets."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Rejoinder

SECRET, KEY = "the secret of the client", "a key that both of us have, long enough"
SETTINGS: dict[str, Any] = {
    "providers": {
        "main": {
            "label": "The Harbour Courier",
            "issuer": "https://id.courier.example",
            "client_id": "rejoinder",
            "client_secret": SECRET,
        }
    },
    "hand_off": {"issuer": "https://courier.example", "audience": "rejoinder", "keys": {"k1": KEY}},
}


def test_settings_are_taken_and_shown_without_secrets(courier: Rejoinder, tmp_path: Path) -> None:
    (tmp_path / "sign-in.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    ran = courier("site", "sign-in", "set", "sign-in.json")

    assert ran.code == 0, ran.err
    assert "http://127.0.0.1:8000/courier/sign-in/main/back" in ran.out
    assert "http://127.0.0.1:8000/courier/sign-in/token" in ran.out
    for shown in (ran, courier("site", "sign-in", "show"), courier("site", "sign-in", "show", "--json")):
        assert SECRET not in shown.out + shown.err
        assert KEY not in shown.out + shown.err


def test_what_is_shown_can_be_set_again_and_keeps_its_secrets(courier: Rejoinder) -> None:
    courier("site", "sign-in", "set", "-", stdin=json.dumps(SETTINGS))
    shown = courier("site", "sign-in", "show", "--json").document["sign_in"]
    shown["hand_off"]["keys"]["k2"] = KEY[::-1]

    assert courier("site", "sign-in", "set", "-", stdin=json.dumps(shown)).code == 0
    assert courier("site", "sign-in", "show", "--json").document["sign_in"] == shown | {
        "hand_off": shown["hand_off"] | {"keys": {"k1": "(kept)", "k2": "(kept)"}}
    }


def test_an_empty_object_takes_it_away(courier: Rejoinder) -> None:
    courier("site", "sign-in", "set", "-", stdin=json.dumps(SETTINGS))

    assert "Nobody signs in" in courier("site", "sign-in", "set", "-", stdin="{}").out


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "nonsense",
        "\udcff",
        '{"providers": 7}',
        '{"hand_off": {"issuer": "i", "audience": "a", "keys": {"k": "(kept)"}}}',
    ],
)
def test_what_cannot_be_used_changes_nothing(courier: Rejoinder, bad: str) -> None:
    courier("site", "sign-in", "set", "-", stdin=json.dumps(SETTINGS))
    ran = courier(
        "site", "sign-in", "set", "-", "--json", stdin=bad.encode("utf-8", "surrogateescape").decode("latin-1")
    )

    assert (ran.code, ran.document["error"]["code"]) == (4, "bad-sign-in-settings")
    assert "main" in courier("site", "sign-in", "show", "--json").document["sign_in"]["providers"]


def test_a_file_that_is_not_there_is_named(courier: Rejoinder) -> None:
    ran = courier("site", "sign-in", "set", "nothing.json")

    assert (ran.code, "nothing.json" in ran.err) == (2, True)
