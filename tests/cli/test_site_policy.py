"""`rejoinder site policy`: shown, changed in a file, published again."""

from pathlib import Path

import msgspec
import pytest
from tests.cli.conftest import Rejoinder


def test_what_is_shown_can_be_changed_and_published(courier: Rejoinder, tmp_path: Path) -> None:
    shown = courier("site", "policy", "show", "--json").document
    assert (shown["version"], len(shown["policy"]["clauses"])) == (1, 12)
    file = tmp_path / "policy.json"
    file.write_bytes(msgspec.json.encode(shown["policy"] | {"introduction": {"en": "Welcome."}}))

    made = courier("site", "policy", "publish", str(file), "--material", "--note", "Ours.", "--json").document

    assert made == {"version": 2, "material": True}
    again = courier("site", "policy", "show", "--json").document
    assert (again["version"], again["policy"]["introduction"]) == (2, {"en": "Welcome."})
    assert "Welcome." in courier("site", "policy", "show").out


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"nonsense", 2), (b"[]", 2), (b"{}", 4), (b'{"clauses": [{"reasons": ["rudeness"], "words": {}}]}', 4)],
)
def test_what_is_no_policy_is_refused(courier: Rejoinder, tmp_path: Path, body: bytes, code: int) -> None:
    file = tmp_path / "policy.json"
    file.write_bytes(body)

    assert courier("site", "policy", "publish", str(file)).code == code
    assert courier("site", "policy", "show", "--json").document["version"] == 1


def test_a_missing_file_is_named(courier: Rejoinder) -> None:
    ran = courier("site", "policy", "publish", "nowhere.json")

    assert (ran.code, "nowhere.json" in ran.err) == (2, True)


def test_a_policy_given_as_a_text_is_shown_as_the_version_that_it_became(courier: Rejoinder) -> None:
    courier("site", "texts", "set", "policy=Be kind.")

    shown = courier("site", "texts", "show", "--json").document
    assert (shown["policy_version"], shown["texts"]["policy"]) == (2, "Be kind.")
    assert courier("site", "policy", "show", "--json").document["policy"]["introduction"] == {"en": "Be kind."}
