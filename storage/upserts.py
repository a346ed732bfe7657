"""Inserts that may say what happens where the row is there already: each engine has words of its own for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Table

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def insert_on(engine: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an insert as this engine, by its name, has it.

    PostgreSQL's part of SQLAlchemy takes two MiB, which a bot on SQLite does without.
    """
    if engine == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
