"""`rejoinder site origins` and `rejoinder site embed-key`."""

import pytest
from tests.cli.conftest import Rejoinder


def test_origins_are_added_in_their_usual_form_listed_and_removed(courier: Rejoinder) -> None:
    assert "rejoinder site origins add" in courier("site", "origins", "list").out
    courier("site", "origins", "add", "HTTPS://WWW.Courier.Example:443/news/")
    courier("site", "origins", "add", "https://www.courier.example")
    added = courier("site", "origins", "add", "https://bücher.example:8443", "--private", "--json").document

    assert added["origins"] == [
        {"origin": "https://www.courier.example", "private": False},
        {"origin": "https://xn--bcher-kva.example:8443", "private": True},
    ]
    assert courier("site", "list", "--json").document["sites"][0]["origin"] == "https://www.courier.example"
    removed = courier("site", "origins", "remove", "https://www.courier.example/", "--json").document
    assert [each["origin"] for each in removed["origins"]] == ["https://xn--bcher-kva.example:8443"]
    again = courier("site", "origins", "add", "https://xn--bcher-kva.example:8443", "--json").document
    assert again["origins"] == [{"origin": "https://xn--bcher-kva.example:8443", "private": False}]


@pytest.mark.parametrize(
    "given", ["courier.example", "ftp://courier.example", "https://", "https://a@courier.example", "https://[::1", ""]
)
def test_what_is_no_origin_is_refused(courier: Rejoinder, given: str) -> None:
    ran = courier("site", "origins", "add", given, "--json")

    assert (ran.code, ran.document["error"]["code"]) == (4, "bad-origin")
    assert courier("site", "origins", "list", "--json").document["origins"] == []


def test_an_origin_that_is_not_there_is_not_removed(courier: Rejoinder) -> None:
    ran = courier("site", "origins", "remove", "https://www.courier.example", "--json")

    assert (ran.code, ran.document["error"]["code"]) == (4, "unknown-origin")


def test_the_first_origin_may_come_with_the_site(courier: Rejoinder) -> None:
    courier("site", "add", "gazette", "--name", "The Gazette", "--origin", "https://Gazette.example/")
    bad = courier("site", "add", "beacon", "--name", "The Beacon", "--origin", "beacon", "--json")

    listed = courier("site", "origins", "list", "--site", "gazette", "--json").document["origins"]
    assert listed == [{"origin": "https://gazette.example", "private": False}]
    assert (bad.code, bad.document["error"]["code"]) == (4, "bad-origin")


def test_each_site_has_a_key_of_its_own_that_stays(courier: Rejoinder) -> None:
    courier("site", "add", "gazette", "--name", "The Gazette")
    keys = [
        courier("site", "embed-key", "--site", site, "--json").document["embed_key"]
        for site in ("courier", "gazette", "courier")
    ]

    assert keys[0] == keys[2] != keys[1]
    assert all(len(key) == 64 for key in keys)
    assert courier("site", "embed-key", "--site", "courier").out.strip() == keys[0]
