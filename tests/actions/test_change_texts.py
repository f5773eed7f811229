"""A site's own wording, and what an empty one falls back to."""

import pytest
from tests.makers import Setting
from tests.serving import Served

from rejoinder.actions.change_texts import change_texts
from rejoinder.discussion.refusals import Invalid
from rejoinder.store.database import Database


def test_a_text_is_shown_in_place_of_ours(served: Served) -> None:
    served.database.write(
        lambda w: change_texts(w, served.setting.site.seq, {"invitation": "Tell us what you saw from the quay."})
    ).result()

    assert "Tell us what you saw from the quay." in served.client().get(served.story).text


def test_another_policy_is_another_version(database: Database) -> None:
    setting = Setting(database)

    def change(text: str) -> int:
        return database.write(lambda w: change_texts(w, setting.site.seq, {"policy": text})).result().policy_version

    assert [change("Be kind."), change("Be kind."), change("Be kind and brief.")] == [2, 2, 3]


@pytest.mark.parametrize("changes", [{"motto": "x"}, {"policy": "x" * 50_001}])
def test_what_is_no_text_is_refused(database: Database, changes: dict[str, str]) -> None:
    setting = Setting(database)

    with pytest.raises(Invalid):
        database.write(lambda w: change_texts(w, setting.site.seq, changes)).result()
