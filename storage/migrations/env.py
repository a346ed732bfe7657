"""How Alembic runs here: on the connection, and in the transaction, that `storage/migrate.py` opened."""

from alembic import context

from storage import chain, desk, duty, erasures, key_table, queues, tables
from storage.columns import Base

KNOWN = (chain, desk, duty, erasures, key_table, queues, tables)  # all tables are known now

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    # The transaction is ours: begun by hand, ended by hand, around all migrations together.
    transactional_ddl=False,
)
context.run_migrations()
