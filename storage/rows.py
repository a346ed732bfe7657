"""Rows without records: what can be read and written within a session at the price of its statement.

A session looks through all it holds at each question and each write, and makes a record of each row, which takes ten
times as long as the row. All of these see what the session has changed so far, and the session sees what they wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import bindparam, inspect, update
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from storage.columns import Base
from storage.prepared import Prepared, PreparedRows
from storage.sealed import is_to_seal
from storage.work import Work, note_touched


class RowGone(RuntimeError):
    """A record was to be written whose row is not in its table. Its unit of work fails, and is tried again."""


def read_rows(session: Session, statement: Prepared, values: Mapping[str, Any]) -> list[Any]:
    """Return the rows of a statement."""
    session.flush()
    return statement.rows(session.connection(), values)


def read_value(session: Session, statement: Prepared, values: Mapping[str, Any]) -> Any:
    """Return the first column of the first row, or None without one."""
    rows = read_rows(session, statement, values)
    return rows[0][0] if rows else None


def add_row(work: Work, record: Base) -> None:
    """Insert a new record at once: it has its id then, and belongs to the session."""
    session = work.session
    session.flush()  # it may point at what is new as well
    if session.in_nested_transaction() or is_to_seal(record):  # a sealed value is bound to the id of its row
        session.add(record)
        session.flush()
        return
    kind = type(record)
    values = {attribute: getattr(record, attribute) for attribute in _columns(kind)}
    written = {column: values[attribute] for attribute, column in _columns(kind).items()}
    (row,) = _insert(kind).add(session.connection(), [written])
    for name, value in {**values, "id": row.id}.items():  # what nobody set is None, and known to be
        set_committed_value(record, name, value)
    make_transient_to_detached(record)
    session.add(record)
    note_touched(session, [record])


def write_row(work: Work, record: Base, **values: Any) -> None:
    """Write values of a record whose row is there already, at once; neither sealed values nor other records.

    Raises RowGone when it is not there.
    """
    session = work.session
    if session.in_nested_transaction():  # what `attempt` takes back, it takes back of what the session knows
        for name, value in values.items():
            setattr(record, name, value)
        return
    row_id: int = record.id  # type: ignore[attr-defined]  # of every table that is written to so
    written = _update(type(record), tuple(values)).count(session.connection(), {"row_id": row_id, **values})
    if written != 1:  # gone meanwhile, or never flushed: an answer must not be lost without a word
        raise RowGone(f"{type(record).__name__} {row_id} is not in its table")
    for name, value in values.items():
        set_committed_value(record, name, value)
    note_touched(session, [record])


@cache
def _columns(kind: type[Base]) -> Mapping[str, str]:
    """Return the column of each attribute of a kind of record, but its id."""
    return {one.key: one.columns[0].name for one in inspect(kind).column_attrs if one.key != "id"}


@cache
def _insert(kind: type[Base]) -> PreparedRows:
    table = Base.metadata.tables[kind.__tablename__]
    return PreparedRows(table, lambda _engine, insert: insert.returning(table.c.id))


@cache
def _update(kind: type[Base], names: tuple[str, ...]) -> Prepared:
    """Return the update of these attributes; made once for each set of them."""
    table = Base.metadata.tables[kind.__tablename__]
    changed = {name: bindparam(name, type_=table.c[name].type) for name in names}
    return Prepared(update(table).where(table.c.id == bindparam("row_id")).values(changed))
