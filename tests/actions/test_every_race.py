"""Whatever editors can do at the desk, done by two of them at the same moment: the second hears of the first or finds
it done, and the record says what happened, once. A new act that nobody has put into a table of `races` fails here.
"""

import re

import pytest
from tests.actions.races import on_cases, on_comments, on_people, on_stories
from tests.actions.races.desk import Desk, Race, at_once

from rejoinder.cli.checks import Level
from rejoinder.cli.log_check import examine_log
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.person_acts import PersonAct
from rejoinder.discussion.record import RecordKind
from rejoinder.store import soundness
from rejoinder.store.database import SQLITE, Database
from rejoinder.web.api.routes import ROUTES
from rejoinder.web.routes import PAGE_ROUTES

RACES = (*on_comments.RACES, *on_cases.RACES, *on_people.RACES, *on_stories.RACES)
NO_RACE = {
    "POST /{site}/desk/care": "how one browser wants to read, in a cookie of its own",
    "POST /{site}/desk/batch": "so many decisions, each by `decide`; two batches at once are in test_desk_page",
    "POST /{site}/desk/batch/undo": "so many decisions taken back, each by `undo_decision`",
}
BY_NO_EDITOR = {  # on the record, but by the command line, by the system or by somebody who leaves
    RecordKind.HOOK,
    RecordKind.ROLE,
    RecordKind.ERASURE,
}


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.name)
def test_of_two_editors_at_once_the_second_knows_and_the_record_says_what_happened(
    either_database: Database, race: Race
) -> None:
    desk = Desk(either_database)
    both, since = race.begin(desk), desk.head()

    first, second = at_once(either_database, both)

    assert first.exception() is None
    told = second.exception()
    is_in_turn = bool(race.in_turn) and either_database.dialect is SQLITE
    assert (told is None) if is_in_turn or race.told is None else isinstance(told, race.told), told
    if race.named:
        assert getattr(told, "data", {}).get("name") == desk.first.name
    assert desk.written(since) == list(race.in_turn if is_in_turn else race.written)
    assert desk.read(soundness.miscounted) == []
    assert [each.words for each in examine_log(either_database, desk.site) if each.level is not Level.OK] == []


def test_every_act_of_the_desk_has_a_race() -> None:
    pages = {f"{route.method} {route.path}" for route in PAGE_ROUTES}
    calls = {f"{route.method} /api{re.sub(r':[a-z]+', '', route.path)}" for route in ROUTES}
    acts = {route for route in pages | calls if "/desk" in route and not route.startswith("GET ")}

    raced = {route for race in RACES for route in race.routes}

    assert raced.isdisjoint(NO_RACE)
    assert raced | set(NO_RACE) == acts


def test_every_kind_of_act_that_the_record_knows_is_in_a_race() -> None:
    lines = {line.split(" by ")[0] for race in RACES for line in race.written}

    assert {f"decision: {outcome}" for outcome in Outcome if outcome is not Outcome.HIDE} <= lines
    assert {f"person: {act}" for act in PersonAct} <= lines
    assert {line.split(":")[0] for line in lines} >= set(RecordKind) - BY_NO_EDITOR
