"""The public tally of a discussion: only where the site shows it, and exact."""

import re

import pytest
from tests.makers import NOON
from tests.serving import Served
from tests.web.test_queries import Counted

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.discussion.moderation import Outcome
from rejoinder.store import history


@pytest.fixture
def moderated(served: Served) -> Served:
    """A discussion with one standing comment, three removed, and one that was never published."""
    setting = served.setting
    setting.post()
    for reason in ("personal-attack", "personal-attack", "hate"):
        setting.decide(setting.post(), Outcome.REJECT, reason=reason)
    return served


def _show(served: Served) -> None:
    served.setting.write(lambda w: change_site_rules(w, 1, {"show_tally": True}, by_seq=None, now=NOON))


def _text(served: Served, path: str) -> str:
    answer = served.client().get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text))


def test_it_is_not_shown_unless_the_site_wants_it(moderated: Served) -> None:
    assert "were removed" not in _text(moderated, moderated.story)
    assert moderated.client().get(f"/api/v1/sites{_api(moderated)}").status_code == 404


@pytest.mark.parametrize("is_included", [False, True])
def test_it_says_how_many_were_posted_and_removed_and_why(moderated: Served, is_included: bool) -> None:
    _show(moderated)

    path = f"/include?story={moderated.setting.story.slug}" if is_included else moderated.story
    text = _text(moderated, path)

    assert "4 comments were posted here; 3 were removed: Attacks a person (2), Hatred of a group (1)." in text


def test_nothing_removed_is_said_too(served: Served) -> None:
    served.setting.post()
    _show(served)

    assert "1 comment was posted here; none was removed." in _text(served, served.story)


def test_the_api_gives_it_by_code(moderated: Served) -> None:
    _show(moderated)

    found = moderated.client().get(f"/api/v1/sites{_api(moderated)}").json()

    assert found == {"posted": 4, "removed": 3, "reasons": {"personal-attack": 2, "hate": 1}}


def test_it_takes_one_statement_that_reads_an_index(moderated: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    on = Counted(moderated, monkeypatch)
    before = len(on.statements(lambda on: on.nobody.get(on.served.story)))
    _show(moderated)

    after = on.statements(lambda on: on.nobody.get(on.served.story))

    assert len(after) == before + 1
    sql = history._REMOVED_IN.sql(moderated.setting.database.dialect)[0]
    assert "status != 'published'" in sql


def _api(served: Served) -> str:
    return f"{served.site}/stories/{served.setting.story.slug}/tally"
