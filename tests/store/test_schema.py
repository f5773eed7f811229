"""Migrations lead to the schema that the code speaks of, on both databases."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, insert, text
from tests.makers import NOON, after

from rejoinder.actions.appeal_act import AppealAct, appeal_act
from rejoinder.actions.lift_act import lift_ban
from rejoinder.cli.checks import Level
from rejoinder.cli.log_check import examine_log
from rejoinder.discussion.person_acts import PersonAct
from rejoinder.store import commenters, log, person_acts, schema, sites
from rejoinder.store.database import Unreachable
from rejoinder.store.opening import open_database
from rejoinder.store.tables import metadata
from rejoinder.store.values import micros

SEARCH = re.compile(r"_words(_|$)|^words_mark$|^ix_search_")


def differences(url: str) -> list[str]:
    """What differs, but for the unique (site_seq, seq) that is the primary key on PostgreSQL, and for the indexes of
    full text, which each database has in a way of its own.
    """
    with schema._connection(url) as connection:
        options = {"include_name": lambda name, *_: name is None or not SEARCH.search(name)}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return [
        str(change)
        for change in found
        if not (change[0] == "add_constraint" and [c.name for c in change[1].columns] == ["site_seq", "seq"])
    ]


def test_the_migrations_make_the_schema_of_the_code(either_url: str) -> None:
    assert differences(either_url) == []
    assert schema.current(either_url) == schema.newest()


def test_the_newest_migration_is_known_without_loading_any() -> None:
    assert schema.newest() == ScriptDirectory.from_config(schema._config()).get_current_head()


def test_migrating_again_changes_nothing(either_url: str) -> None:
    schema.migrate(either_url)

    assert differences(either_url) == []


@pytest.mark.parametrize("url", ["mysql://somewhere/else", "nonsense"])
def test_an_unknown_kind_of_database_is_named(url: str) -> None:
    with pytest.raises(Unreachable, match=url.partition(":")[0]):
        open_database(url)


def test_a_postgresql_that_does_not_answer_is_said_to() -> None:
    database = open_database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(Unreachable, match="does not answer"):
        database.read(lambda r: r.rows).result(20)
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A URL of each kind of database in turn, with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/older.db"
        return
    server: str = request.getfixturevalue("postgres_server")
    name = f"t{abs(hash(request.node.nodeid)) % 10**12}"
    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server.format(name=name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def older(url: str, revision: str, *rows: tuple[str, dict[str, Any]]) -> None:
    """Brings the database to a revision, with these rows, of a site without any."""
    with schema._connection(url) as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        upgrade(config, revision)
        for table, values in (SITE, *rows):
            connection.execute(insert(Table(table, MetaData(), autoload_with=connection)).values(values))
        connection.commit()


SITE = (
    "sites",
    {"key": "courier", "name": "The Harbour Courier", "language": "en-GB", "zone": "UTC", "created_at": 1},
)


def of_site(table: str, seq: int, **values: Any) -> tuple[str, dict[str, Any]]:
    """A row of the site's."""
    return table, {"seq": seq, "site_seq": 1, "id": seq.to_bytes(16, "big"), "created_at": 1} | values


def test_comments_from_before_have_their_storys_language_or_their_sites(empty_url: str) -> None:
    def comment(seq: int, story_seq: int, words: str, language: str | None = None) -> tuple[str, dict[str, Any]]:
        values = {"status": "published", "text": words, "html_version": 1, "fingerprint": bytes(16)}
        return of_site("comments", seq, story_seq=story_seq, commenter_seq=1, language=language, **values)

    older(
        empty_url,
        "0003",
        of_site("memberships", 1, name="northquay", name_key="northquay"),
        of_site("stories", 1, slug="one", content="{}"),
        of_site("stories", 2, slug="two", content='{"headline": "Die Fähre", "language": "de-AT"}'),
        comment(1, 1, "Ok."),
        comment(2, 2, "Ok."),
        comment(3, 2, "Le bateau.", "fr"),
        comment(4, 2, ""),
    )

    schema.migrate(empty_url)

    with schema._connection(empty_url) as connection:
        found = connection.execute(text("SELECT language FROM comments ORDER BY seq")).scalars().all()
    assert list(found) == ["en", "de", "fr", None]


def test_a_ban_from_before_is_an_act_that_stands_on_the_record_and_can_be_lifted(empty_url: str) -> None:
    def member(seq: int, name: str, **known: Any) -> tuple[str, dict[str, Any]]:
        return of_site("memberships", seq, name=name, name_key=name, **known)

    since, until = micros(NOON), micros(after(days=9))
    older(
        empty_url,
        "0003",
        member(1, "northquay"),
        member(2, "saltmarsh", banned_at=since, ban_reason="Three times the same shop."),
        member(3, "tidewatcher", banned_at=since - 1, banned_until=until),
        member(4, "former reader", banned_at=since, erased_at=since),
        member(5, "R. Teague", role="editor"),
    )

    schema.migrate(empty_url)

    database = open_database(empty_url)
    courier = database.read(lambda r: sites.by_key(r, "courier")).result()
    people = database.read(lambda r: commenters.by_seqs(r, 1, range(1, 6))).result()
    acts = {seq: database.read(lambda r, p=p: person_acts.record_of(r, p)).result() for seq, p in people.items()}  # type: ignore[misc] # the default binds the loop's value
    assert {seq: [(each.act, each.text) for each in found] for seq, found in acts.items() if found} == {
        2: [(PersonAct.BAN, "Three times the same shop.")],
        3: [(PersonAct.SUSPEND, "")],
    }
    [suspended], [banned] = acts[3], acts[2]
    assert (suspended.created_at, suspended.until) == (NOON - timedelta(microseconds=1), after(days=9))
    assert banned.created_at == NOON

    order = AppealAct(site_seq=1, act_id=banned.id, text="It is my sister's shop.", by_seq=2)
    database.write(lambda w: appeal_act(w, order, now=after(days=1))).result()
    database.write(lambda w: lift_ban(w, 1, people[2].id, by_seq=5, now=after(days=2))).result()
    entries = database.read(lambda r: log.entries_after(r, 1, 0, most=9)).result()
    assert [(each.kind, each.commenter_seq) for each in entries] == [
        ("person", 3),
        ("person", 2),
        ("appeal", 2),
        ("person", 2),
    ]
    assert [finding.level for finding in examine_log(database, courier)] == [Level.OK]
    assert database.read(lambda r: person_acts.record_of(r, people[2])).result()[0].reversed_by is not None
    database.close()


def test_an_older_database_keeps_its_people(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/older.db"
    with schema._connection(url) as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        upgrade(config, "0002")
        connection.execute(text("INSERT INTO accounts (id, email, created_at) VALUES (x'01', 'a@b.example', 1)"))
        connection.execute(
            text(
                "INSERT INTO credentials (account_seq, provider, subject, secret, created_at)"
                " VALUES (1, 'password', 'a@b.example', 'hash', 1)"
            )
        )
        connection.commit()

    schema.migrate(url)

    assert differences(url) == []
    with schema._connection(url) as connection:
        joined = text("SELECT email, secret FROM accounts JOIN credentials ON account_seq = accounts.seq")
        assert connection.execute(joined).all() == [("a@b.example", "hash")]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
