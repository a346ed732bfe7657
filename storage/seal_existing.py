"""Seal what an older version left in the clear. Run after the migrations and before anything is served."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, LargeBinary, Row, Table, func, literal, select, type_coerce, update

from storage.bodies import envelope_of, seal_body
from storage.chat_ids import ChatId, veil
from storage.columns import Base
from storage.keyring import CHATS, HOUSE, SEALED, bound_to, clinics_key, keyring_of, patients_key
from storage.marks import find_mark, set_mark
from storage.queues import INBOX, OUTBOX, InboxState
from storage.sealed import sealed_in
from storage.store import Store
from storage.vacuum import wipe
from storage.work import Work

DONE = "all-sealed"
VEILED = 16
"""Bytes of a veiled chat id; a plain number, as text, has fewer."""


def seal_existing(store: Store) -> int:
    """Seal whatever is still in the clear, once for each database; return how many rows were."""

    def unit(work: Work) -> int:
        if find_mark(work.session, DONE) is not None:
            return 0
        make_missing_keys(work)
        count = sum(seal(work.connection) for seal in (_chats, _records, _inbox, _outbox))
        work.record("sealed", rows=count)
        set_mark(work, DONE, "yes")
        return count

    count = store.write(unit).result()
    if count:
        wipe(store)
    return count


def make_missing_keys(work: Work) -> None:
    """Make the data keys of patients and clinics from before there were any."""
    ring, tables = keyring_of(work.connection), Base.metadata.tables
    for name, owner in (("clinics", clinics_key), ("patients", patients_key)):
        for row_id in list(work.connection.execute(select(tables[name].c.id)).scalars()):
            ring.make(work.connection, owner(row_id), at=work.now)


def _in_the_clear(connection: Connection, table: Table, name: str) -> list[Row[Any]]:
    """Return the rows whose column `name` is not sealed."""
    column = table.c[name]
    plain = (column.is_not(None), func.length(column) > 0, func.substr(column, 1, 1) != literal(SEALED, LargeBinary))
    return list(connection.execute(select(table).where(*plain)))


def _text(value: bytes) -> str:
    return bytes(value).decode("utf-8", "surrogatepass")


def _records(connection: Connection) -> int:
    count, ring = 0, keyring_of(connection)
    for mapper in Base.registry.mappers:
        for attribute in sealed_in(mapper.class_):
            table, column = mapper.local_table, mapper.attrs[attribute.column].columns[0]
            assert isinstance(table, Table)
            for row in _in_the_clear(connection, table, column.name):
                owner = mapper.class_.key_owner(row, connection)
                plain = bytes(getattr(row, column.name))
                values = {column.name: ring.seal(connection, owner, plain, bound_to(table.name, column.name, row.id))}
                if attribute.indexed_by is not None:
                    values[attribute.indexed_by] = ring.index(attribute.domain, _text(plain))
                connection.execute(update(table).where(table.c.id == row.id).values(values))
                count += 1
    return count


def _chats(connection: Connection) -> int:
    """Veil every chat id that is a plain number still."""
    count, key = 0, keyring_of(connection).own[CHATS]
    columns = [column for table in Base.metadata.sorted_tables for column in table.c if isinstance(column.type, ChatId)]
    for column in columns:
        stored = type_coerce(column, LargeBinary)
        plain = connection.execute(select(stored).where(func.length(stored) < VEILED).distinct()).scalars()
        for value in list(plain):
            veiled = literal(veil(key, int(_text(value))), LargeBinary)
            changed = update(column.table).where(stored == literal(value, LargeBinary)).values({column.name: veiled})
            count += connection.execute(changed).rowcount
    return count


def _inbox(connection: Connection) -> int:
    ring = keyring_of(connection)
    connection.execute(update(INBOX).where(INBOX.c.state == InboxState.DONE).values(raw=b""))
    rows = _in_the_clear(connection, INBOX, "raw")
    for row in rows:
        raw = ring.seal(connection, HOUSE, bytes(row.raw), bound_to("inbox", "raw", row.update_id))
        connection.execute(update(INBOX).where(INBOX.c.id == row.id).values(raw=raw))
    return len(rows)


def _outbox(connection: Connection) -> int:
    rows = _in_the_clear(connection, OUTBOX, "body")
    for row in rows:
        body = seal_body(connection, envelope_of(row), json.loads(_text(row.body)))
        connection.execute(update(OUTBOX).where(OUTBOX.c.id == row.id).values(body=body))
    return len(rows)
