"""`rejoinder doctor` and `rejoinder migrate`: the state of an installation, and what to do."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.cli.conftest import Rejoinder
from tests.makers import a_comment, a_commenter, a_site, a_story

from rejoinder.cli.opening import now
from rejoinder.store import comments, stories
from rejoinder.store.opening import open_database
from rejoinder.store.values import micros

FILE = "sqlite:///rejoinder-data/rejoinder.db"


def _levels(rejoinder: Rejoinder, **environment: str) -> dict[str, str]:
    return {each["about"]: each["level"] for each in rejoinder("doctor", "--json", **environment).document["checks"]}


def test_before_the_first_start_nothing_is_a_problem_and_nothing_is_made(rejoinder: Rejoinder, tmp_path: Path) -> None:
    ran = rejoinder("doctor", "--json")
    assert (ran.code, ran.document["ok"]) == (0, True)
    assert "does not exist yet" in ran.document["checks"][0]["words"]
    assert list(tmp_path.iterdir()) == []


def test_a_sound_installation_is_ok(courier: Rejoinder) -> None:
    levels = _levels(courier)
    assert [levels[about] for about in ("database", "migrations", "clock", "jobs", "counts", "secret")] == ["ok"] * 6
    assert levels["mail"] == "warning"


def test_a_count_that_is_wrong_is_a_problem_and_the_exit_code_says_so(rejoinder: Rejoinder) -> None:
    rejoinder("migrate")
    database = open_database(FILE)
    site = database.write(a_site).result()
    story = database.write(lambda w: a_story(w, site)).result()
    database.write(lambda w: stories.changed(w, story, published=2)).result()
    database.close()
    ran = rejoinder("doctor")
    assert ran.code == 1
    assert "says 2 and has 0" in ran.out


def test_a_comment_of_tomorrow_means_that_a_clock_is_wrong(rejoinder: Rejoinder) -> None:
    rejoinder("migrate")
    database = open_database(FILE)
    site = database.write(a_site).result()
    tomorrow = now() + timedelta(days=1)
    story = database.write(lambda w: a_story(w, site, published_at=now())).result()
    reader = database.write(lambda w: a_commenter(w, site)).result()
    posted = database.write(lambda w: a_comment(w, story, reader, now=tomorrow)).result()
    assert micros(database.read(lambda r: comments.by_seq(r, 1, posted.comment.seq)).result().created_at)
    database.close()
    assert _levels(rejoinder)["clock"] == "problem"


def test_a_public_address_without_https_is_a_problem(courier: Rejoinder) -> None:
    ran = courier("doctor", REJOINDER_PUBLIC_URL="http://comments.invalid")
    assert ran.code == 1
    assert "is not https" in ran.out


def test_a_mail_server_that_does_not_answer_is_a_problem(courier: Rejoinder) -> None:
    smtp = {"REJOINDER_MAIL": "smtp", "REJOINDER_SMTP_HOST": "127.0.0.1", "REJOINDER_SMTP_PORT": "1"}
    assert _levels(courier, **smtp)["mail"] == "problem"


def test_a_secret_that_others_can_read_is_a_problem(courier: Rejoinder, tmp_path: Path) -> None:
    secret = tmp_path / "rejoinder-data" / "secret"
    secret.write_text("s" * 48)
    secret.chmod(0o644)
    assert _levels(courier)["secret"] == "problem"
    secret.chmod(0o600)
    assert _levels(courier)["secret"] == "ok"


def test_the_sample_on_a_public_address_is_a_problem(rejoinder: Rejoinder) -> None:
    rejoinder("site", "add", "courier", "--name", "Courier")
    rejoinder("user", "add", "a@courier.example", "--name", "Ann", "--password-from-stdin", stdin="eleven lobster pots")
    assert "sample" not in _levels(rejoinder)
    assert _levels(rejoinder, REJOINDER_PUBLIC_URL="https://comments.invalid")["sample"] == "problem"


def test_a_database_that_does_not_answer_has_its_own_exit_code(rejoinder: Rejoinder) -> None:
    nowhere = {"REJOINDER_DATABASE_URL": "postgresql://nobody:hush@127.0.0.1:1/none"}
    ran = rejoinder("site", "list", "--json", **nowhere)
    assert (ran.code, ran.document["error"]["code"]) == (5, "database")
    assert "hush" not in ran.out + ran.err
    assert _levels(rejoinder, **nowhere)["database"] == "problem"


def test_a_file_that_is_no_database_is_told(rejoinder: Rejoinder, tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear editor, " * 1000)
    ran = rejoinder("site", "list", REJOINDER_DATABASE_URL=f"sqlite:///{tmp_path}/letter.db")
    assert (ran.code, ran.out) == (5, "")
    assert "not a database" in ran.err


def test_settings_that_cannot_be_used_are_told(rejoinder: Rejoinder) -> None:
    ran = rejoinder("doctor", "--json", REJOINDER_MAIL="pigeon")
    assert (ran.code, ran.document["error"]["code"]) == (2, "settings")
    assert "REJOINDER_MAIL" in ran.err


def test_migrate_says_what_it_did_and_does_nothing_twice(rejoinder: Rejoinder) -> None:
    first, second = rejoinder("migrate", "--json").document, rejoinder("migrate", "--json").document
    assert (first["before"], first["changed"]) == (None, True)
    assert (second["before"], second["changed"]) == (second["now"], False)
    assert second["now"] == first["now"]


def test_a_postgresql_that_was_not_migrated_is_not_touched(rejoinder: Rejoinder, postgres_server: str) -> None:
    url = postgres_server.format(name="template1")
    ran = rejoinder("site", "list", REJOINDER_DATABASE_URL=url)
    assert ran.code == 5
    assert "rejoinder migrate" in ran.err


@pytest.mark.parametrize("typed", [["import", "story"], ["site", "add"], ["user", "role", "a@b.example", "king"]])
def test_a_command_line_that_cannot_be_used_is_told_as_json_too(rejoinder: Rejoinder, typed: list[str]) -> None:
    ran = rejoinder(*typed, "--json")
    assert (ran.code, ran.document["error"]["code"]) == (2, "usage")
