"""`rejoinder site hook`: set up, listed without secrets, ended."""

import pytest
from tests.cli.conftest import Rejoinder


def test_a_webhook_is_set_up_listed_and_ended(courier: Rejoinder) -> None:
    made = courier("site", "hook", "tell", "https://a.example/", "--events", "comment.posted", "--json").document
    assert made["secret"].startswith("whsec_")
    assert made["hook"]["events"] == ["comment.posted"]

    listed = courier("site", "hook", "list", "--json")
    assert [hook["address"] for hook in listed.document["hooks"]] == ["https://a.example/"]
    assert made["secret"] not in listed.out + listed.err
    assert "is told comment.posted" in courier("site", "hook", "list").out

    courier("site", "hook", "end", made["hook"]["id"])
    assert courier("site", "hook", "list", "--json").document["hooks"] == []
    assert "has no hooks" in courier("site", "hook", "list").out


def test_a_check_is_set_up_with_its_behaviour(courier: Rejoinder) -> None:
    made = courier(
        *("site", "hook", "ask", "https://a.example/", "--name", "adverts", "--on-failure", "publish", "--json")
    ).document

    assert (made["hook"]["kind"], made["hook"]["when"], made["hook"]["on_failure"]) == ("ask", "before", "publish")
    assert "without an answer: publish" in courier("site", "hook", "list").out


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("tell", "http://a.example/"), 4),
        (("tell", "https://a.example/", "--events", "comment.eaten"), 2),
        (("ask", "https://a.example/", "--name", "adverts", "--when", "never"), 2),
        (("ask", "https://a.example/", "--name", "adverts", "--on-failure", "reject"), 2),
        (("ask", "https://a.example/", "--name", "adverts", "--seconds", "1000"), 2),
        (("end", "01890000-0000-7000-8000-000000000000"), 4),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_set_up(courier: Rejoinder, typed: tuple[str, ...], code: int) -> None:
    ran = courier("site", "hook", *typed, "--json")

    assert ran.code == code
    assert ran.document["error"]["sentence"]
    assert courier("site", "hook", "list", "--json").document["hooks"] == []
