"""`rejoinder migrate`: the database to the newest schema."""

from rejoinder.cli.answers import AsJson, answer
from rejoinder.cli.opening import is_sqlite, make_folder, settings_here, shown_url
from rejoinder.store import schema


def migrate(*, as_json: AsJson = False) -> None:  # noqa: ARG001 - the option is noted as it is read
    """Bring the database to this release's schema.

    Needed for PostgreSQL, before a new release is started; `serve` does it itself for SQLite. Migrations only
    go forward. Run twice, it does nothing the second time.
    """
    settings = settings_here()
    if is_sqlite(settings):
        make_folder(settings)
    before = schema.current(settings.database_url)
    schema.migrate(settings.database_url)
    after = schema.current(settings.database_url)
    where = shown_url(settings.database_url)
    words = f"{where} is at {after}, as before." if before == after else f"{where} is at {after} now."
    answer({"database": where, "before": before, "now": after, "changed": before != after}, words)
