"""Many rows in one statement, each in as few steps as there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Update

Processor = Callable[[Any], Any] | None


def put_many(connection: Connection, statement: Insert | Update, rows: Sequence[dict[str, Any]]) -> None:
    """Execute a statement, which lives as long as the module that made it, for each of these rows of one shape.

    To SQLite they go as the driver takes them: what SQLAlchemy does for each row takes longer than the database.
    """
    if len(rows) == 1:  # PostgreSQL's driver has three more things to say for a list of one
        connection.execute(statement, rows[0])
    elif connection.dialect.name == "sqlite":
        sql, names = _compiled(statement, connection.dialect, tuple(rows[0]))
        values = [tuple([row[name] if make is None else make(row[name]) for name, make in names]) for row in rows]
        connection.exec_driver_sql(sql, values)
    else:
        connection.execute(statement, rows)


@lru_cache(maxsize=64)
def _compiled(
    statement: Insert | Update, dialect: Dialect, shape: tuple[str, ...]
) -> tuple[str, list[tuple[str, Processor]]]:
    """Return a statement as the driver takes it, and its parameters in their order, each with what makes its value."""
    compiled = statement.compile(dialect=dialect, column_keys=list(shape))
    types = {name: parameter.type for parameter, name in compiled.bind_names.items()}
    return str(compiled), [
        (name, types[name].dialect_impl(dialect).bind_processor(dialect)) for name in compiled.positiontup or ()
    ]
