"""`rejoinder site flagger`."""

import pytest
from tests.cli.conftest import Rejoinder


def test_a_flagger_gets_a_key_once_is_listed_and_ended(courier: Rejoinder) -> None:
    assert "rejoinder site flagger add" in courier("site", "flagger", "list").out
    added = courier("site", "flagger", "add", "The Helpline", "--json").document

    assert len(added["key"]) >= 43
    listed = courier("site", "flagger", "list", "--json")
    assert [(each["name"], each["notices"]) for each in listed.document["flaggers"]] == [("The Helpline", 0)]
    assert added["key"] not in listed.out
    assert courier("site", "flagger", "end", "The Helpline").code == 0
    assert "ended" in courier("site", "flagger", "list").out


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("add", " "), "invalid"),
        (("add", "The Helpline"), "flagger-exists"),
        (("end", "Nobody"), "unknown-flagger"),
    ],
)
def test_what_cannot_be_is_refused(courier: Rejoinder, typed: tuple[str, str], code: str) -> None:
    courier("site", "flagger", "add", "The Helpline")

    ran = courier("site", "flagger", *typed, "--json")

    assert (ran.code, ran.document["error"]["code"]) == (4, code)
