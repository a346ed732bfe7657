"""Seal what an older version left in the clear. Run after the migrations and before anything is served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, Row, Table, func, literal, select, type_coerce, update

from storage.bodies import Envelope, seal_body
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


def seal_existing(store: Store) -> int:
    """Seal whatever is still in the clear, once for each database; return how many rows were."""

    def unit(work: Work) -> int:
        if find_mark(work.session, DONE) is not None:
            return 0
        make_missing_keys(work)
        count = sum(seal(work.connection) for seal in (_records, _inbox, _outbox))
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
    # Without chat ids: those may be plain numbers still.
    shown = [each for each in table.c if not isinstance(each.type, ChatId)]
    return list(connection.execute(select(*shown).where(*plain)))


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


def _veiled(connection: Connection, table: Table, name: str) -> Iterator[tuple[int, int]]:
    """Veil the chat ids of a table that are plain numbers; yield row and chat of each."""
    column = type_coerce(table.c[name], LargeBinary)
    key = keyring_of(connection).own[CHATS]
    rows = list(connection.execute(select(table.c.id, column.label("chat")).where(func.length(column) < 16)))
    for row in rows:
        chat = int(_text(row.chat))
        written = {name: literal(veil(key, chat), LargeBinary)}
        connection.execute(update(table).where(table.c.id == row.id).values(written))
        yield row.id, chat


def _inbox(connection: Connection) -> int:
    count, ring = len(list(_veiled(connection, INBOX, "chat_key"))), keyring_of(connection)
    connection.execute(update(INBOX).where(INBOX.c.state == InboxState.DONE).values(raw=b""))
    for row in _in_the_clear(connection, INBOX, "raw"):
        raw = ring.seal(connection, HOUSE, bytes(row.raw), bound_to("inbox", "raw", row.update_id))
        connection.execute(update(INBOX).where(INBOX.c.id == row.id).values(raw=raw))
    return count


def _outbox(connection: Connection) -> int:
    chats = dict(_veiled(connection, OUTBOX, "chat_id"))
    for row in _in_the_clear(connection, OUTBOX, "body"):
        envelope = Envelope(chats[row.id], row.patient_id, row.clinic_id, row.created_at)
        body = seal_body(connection, envelope, json.loads(_text(row.body)))
        connection.execute(update(OUTBOX).where(OUTBOX.c.id == row.id).values(body=body))
    return len(chats)
