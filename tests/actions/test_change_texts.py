"""A site's own wording, and what an empty one falls back to."""

import pytest
from msgspec.structs import replace
from tests.makers import NOON, Setting
from tests.serving import Served

from rejoinder.actions.change_texts import change_texts
from rejoinder.discussion.policy import DEFAULT_SENTENCES, LONGEST
from rejoinder.discussion.refusals import BadPolicy, Invalid
from rejoinder.store import policies, sites
from rejoinder.store.database import Database


def test_a_text_is_shown_in_place_of_ours(served: Served) -> None:
    served.database.write(
        lambda w: change_texts(
            w, served.setting.site.seq, {"invitation": "Tell us what you saw from the quay."}, now=NOON
        )
    ).result()

    assert "Tell us what you saw from the quay." in served.client().get(served.story).text


def test_another_policy_is_published_as_a_version_with_the_clauses_that_hold(either_database: Database) -> None:
    setting = Setting(either_database)

    def change(text: str) -> int:
        given = {"policy": text}
        return setting.write(lambda w: change_texts(w, setting.site.seq, given, now=NOON)).policy_version

    assert [change("Be kind."), change("Be kind."), change("Be kind and brief."), change("")] == [2, 2, 3, 4]
    kept = setting.read(lambda r: policies.versions(r, setting.site.seq))
    assert [(each.number, each.content.introduction.get("en")) for each in kept] == [
        (4, None),
        (3, "Be kind and brief."),
        (2, "Be kind."),
    ]
    assert {len(each.content.clauses) for each in kept} == {len(DEFAULT_SENTENCES)}


def test_a_text_from_before_there_were_versions_is_the_first_one_s_introduction(served: Served) -> None:
    site = served.setting.site
    served.setting.write(lambda w: sites.set_texts(w, site, replace(site.texts, policy="Be kind.\n\nBe **brief**.")))

    page = served.client().get(f"{served.site}/policy").text
    assert "<strong>brief</strong>" in page
    assert "do not attack who they are" in page
    assert "Be kind." in served.client(served.setting.editor).get(f"{served.site}/desk/policy").text


def test_a_policy_beyond_what_a_version_holds_is_refused(database: Database) -> None:
    setting = Setting(database)

    with pytest.raises(BadPolicy):
        setting.write(lambda w: change_texts(w, setting.site.seq, {"policy": "x" * (LONGEST + 1)}, now=NOON))


@pytest.mark.parametrize("changes", [{"motto": "x"}, {"policy": "x" * 50_001}])
def test_what_is_no_text_is_refused(database: Database, changes: dict[str, str]) -> None:
    setting = Setting(database)

    with pytest.raises(Invalid):
        database.write(lambda w: change_texts(w, setting.site.seq, changes, now=NOON)).result()
