"""Migrations lead to the schema that the code speaks of, on both databases."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from rejoinder.store import schema
from rejoinder.store.database import Unreachable
from rejoinder.store.opening import open_database
from rejoinder.store.tables import metadata

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
