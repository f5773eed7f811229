"""`rejoinder site`, and choosing among publications."""

import pytest
from tests.cli.conftest import Rejoinder


def test_a_site_is_added_and_listed_with_its_address(courier: Rejoinder) -> None:
    listed = courier("site", "list", "--json").document["sites"]
    assert [(site["key"], site["zone"]) for site in listed] == [("courier", "Europe/London")]
    assert listed[0]["url"] == "http://127.0.0.1:8000/courier/"
    assert "The Harbour Courier" in courier("site", "list").out


def test_no_site_yet_says_how_to_make_one(rejoinder: Rejoinder) -> None:
    assert "rejoinder site add" in rejoinder("site", "list").out
    ran = rejoinder("site", "rules", "show")
    assert (ran.code, ran.out) == (4, "")
    assert "rejoinder site add" in ran.err


@pytest.mark.parametrize("key", ["Courier", "static", "courier", "a b", ""])
def test_a_key_that_cannot_stand_in_an_address_is_refused(courier: Rejoinder, key: str) -> None:
    ran = courier("site", "add", key, "--name", "Another", "--json")
    assert ran.code == 4
    assert ran.document["error"]["code"] == "bad-key"
    assert "cannot be a key" in ran.err


def test_an_unknown_time_zone_is_named(rejoinder: Rejoinder) -> None:
    ran = rejoinder("site", "add", "courier", "--name", "Courier", "--zone", "Europe/Mewan")
    assert ran.code == 4
    assert "Europe/Mewan" in ran.err


def test_an_unknown_site_is_refused_with_those_there_are(courier: Rejoinder) -> None:
    ran = courier("site", "rules", "show", "--site", "gazette", "--json")
    assert ran.code == 4
    assert ran.document["error"]["code"] == "unknown-site"
    assert "courier" in ran.err


def test_of_two_sites_one_must_be_named(courier: Rejoinder) -> None:
    courier("site", "add", "gazette", "--name", "The Gazette")
    ran = courier("site", "rules", "show", "--json")
    assert (ran.code, ran.document["error"]["code"]) == (4, "which-site")
    assert courier("site", "rules", "show", "--site", "gazette").code == 0


def test_rules_are_set_together_and_taken_back(courier: Rejoinder) -> None:
    changed = courier("site", "rules", "set", "longest=3000", "days=7", 'suspect_words=["scam"]', "--json").document
    assert changed["rules"]["longest"] == 3000
    assert changed["rules"]["schedule"] == [{"phase": "open", "lasts": "P7D"}]
    assert changed["set_here"] == ["longest", "schedule", "suspect_words"]
    again = courier("site", "rules", "set", "longest=default", "--json").document
    assert again["rules"]["longest"] == 5000
    assert "longest" not in again["set_here"]


@pytest.mark.parametrize(
    ("change", "code"), [("longest", 2), ("loudest=3", 2), ("days=soon", 2), ("days=0", 2), ("longest=many", 4)]
)
def test_a_rule_that_cannot_be_used_changes_nothing(courier: Rejoinder, change: str, code: int) -> None:
    ran = courier("site", "rules", "set", "shortest=5", change)
    assert ran.code == code
    assert len(ran.err.strip().splitlines()) == 1
    assert courier("site", "rules", "show", "--json").document["set_here"] == []


def test_an_unknown_section_is_refused(courier: Rejoinder) -> None:
    ran = courier("site", "rules", "set", "longest=10", "--section", "islands", "--json")
    assert (ran.code, ran.document["error"]["code"]) == (4, "unknown-section")


def test_a_storys_rules_say_where_each_comes_from(courier: Rejoinder) -> None:
    ran = courier("site", "rules", "show", "--story", "none", "--json")
    assert (ran.code, ran.document["error"]["code"]) == (4, "unknown-story")
    both = courier("site", "rules", "show", "--story", "none", "--section", "islands", "--json")
    assert (both.code, both.document["error"]["code"]) == (2, "usage")
    courier("site", "rules", "set", "mode=reactive", 'for_tags=[{"tag": "suicide", "rules": {"mode": "closed"}}]')
    shown = courier("site", "rules", "show", "--json").document
    assert (shown["from"]["mode"], shown["from"]["links"]) == ("site", "default")


def test_rules_are_tried_without_being_set(courier: Rejoinder) -> None:
    ran = courier("site", "rules", "try", 'suspect_words=["keel"]', "--days", "30", "--json").document
    assert (ran["days"], ran["looked_at"], ran["held"]["count"], ran["reasons"]) == (30, 0, 0, {})
    assert "would have held" in courier("site", "rules", "try", "links=0").out
    assert courier("site", "rules", "show", "--json").document["set_here"] == []
    assert courier("site", "rules", "try", "loudest=3").code == 2
