"""How Alembic runs here: on the connection it is handed, forward only."""

from alembic import context

from rejoinder.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
