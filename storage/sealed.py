"""Attributes of records that are kept sealed: plain in memory, ciphertext in the column, bound to their row.

The id of a new row is not known before it is inserted, so it is inserted empty and sealed right after, in the same
transaction. Plain text never leaves for the database.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar, cast, overload

from sqlalchemy import Connection, event, select, update
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import set_committed_value

from storage.columns import Base
from storage.keyring import Owner, bound_to, keyring_of, patients_key

V = TypeVar("V")
TO_SEAL = b""
"""What stands in the column between the insert of a row and the sealing of its value."""


class HasOwner(Protocol):
    """A record with sealed attributes says whose key they are under."""

    id: Any

    def key_owner(self, connection: Connection) -> Owner:
        """Return whose key seals this record."""


class Sealed(Generic[V]):
    """A sealed attribute. `column` is the mapped attribute that holds the ciphertext.

    `indexed_by` names the attribute that holds what the value is looked up by, within `domain`.
    """

    def __init__(
        self, column: str, kind: Callable[[str], V], *, indexed_by: str | None = None, domain: str = ""
    ) -> None:
        self.column = column
        self.kind = kind
        self.indexed_by = indexed_by
        self.domain = domain
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = f"_plain_{name}"
        own = owner.__dict__.get("SEALED", ())
        owner.SEALED = (*own, self)  # type: ignore[attr-defined]  # the record's own list

    @overload
    def __get__(self, record: None, owner: type) -> Sealed[V]: ...
    @overload
    def __get__(self, record: object, owner: type) -> V: ...
    def __get__(self, record: object | None, owner: type) -> V | Sealed[V]:
        return self if record is None else cast("V", record.__dict__.get(self.name))

    def __set__(self, record: object, value: V) -> None:
        record.__dict__[self.name] = value
        record.__dict__.setdefault("_to_seal", set()).add(self)
        setattr(record, self.column, None if value is None else TO_SEAL)
        if self.indexed_by is not None:
            setattr(record, self.indexed_by, None if value is None else TO_SEAL)

    def place(self, record: Any) -> bytes:
        """Return where the value of a record stands."""
        table = record.__table__
        column = record.__mapper__.attrs[self.column].columns[0]
        return bound_to(table.name, column.name, record.id)

    def ciphertext(self, connection: Connection, record: HasOwner) -> bytes | None:
        """Return the sealed value of a record that has an id."""
        value = record.__dict__[self.name]
        if value is None:
            return None
        owner = record.key_owner(connection)
        plain = str(value).encode("utf-8", "surrogatepass")
        return keyring_of(connection).seal(connection, owner, plain, self.place(record))

    def open(self, connection: Connection, record: Any) -> None:
        """Read the value of a record that was just loaded."""
        sealed = getattr(record, self.column)
        value: Any = None
        if sealed is not None:
            plain = keyring_of(connection).open(connection, bytes(sealed), self.place(record))
            value = self.kind(plain.decode("utf-8", "surrogatepass"))
        record.__dict__[self.name] = value


def owned_by(owner: Callable[[int], Owner], column: str) -> Callable[[Any, Connection], Owner]:
    """Return how a record says whose key it is under: by the id in one of its columns."""
    return lambda record, _connection: owner(getattr(record, column))


def patient_through(table: str, column: str) -> Callable[[Any, Connection], Owner]:
    """Return how a record says so that belongs to a row of another table, which belongs to a patient."""

    def find(record: Any, connection: Connection) -> Owner:
        other = Base.metadata.tables[table].c
        query = select(other.patient_id).where(other.id == getattr(record, column))
        return patients_key(connection.execute(query).scalar_one())

    return find


def is_to_seal(record: object) -> bool:
    """Return whether a record that is not in its table yet holds a value to seal."""
    return any(record.__dict__[attribute.name] is not None for attribute in record.__dict__.get("_to_seal", ()))


def sealed_in(record: object) -> tuple[Sealed[Any], ...]:
    """Return the sealed attributes of a record or of its class."""
    return getattr(record, "SEALED", ())


@event.listens_for(Base, "load", propagate=True)
def _open_loaded(record: Any, context: Any) -> None:
    for attribute in sealed_in(record):
        attribute.open(context.session.connection(), record)


@event.listens_for(Base, "refresh", propagate=True)
def _open_refreshed(record: Any, context: Any, names: Any) -> None:
    for attribute in sealed_in(record):
        if (names is None or attribute.column in names) and attribute not in record.__dict__.get("_to_seal", ()):
            attribute.open(context.session.connection(), record)


@event.listens_for(Session, "before_flush")
def _seal_changed(session: Session, _context: Any, _instances: Any) -> None:
    """Seal what changed in rows that are there; for new ones, what they are looked up by, which needs no id."""
    for record in (*session.new, *session.dirty):
        if not (waiting := record.__dict__.get("_to_seal")):
            continue
        connection = session.connection()
        for attribute in list(waiting):
            value = record.__dict__[attribute.name]
            if attribute.indexed_by is not None and value is not None:
                setattr(record, attribute.indexed_by, keyring_of(connection).index(attribute.domain, value))
            if record not in session.new:
                setattr(record, attribute.column, attribute.ciphertext(connection, record))
                waiting.discard(attribute)


@event.listens_for(Base, "after_insert", propagate=True)
def _seal_inserted(mapper: Mapper[Any], connection: Connection, record: Any) -> None:
    waiting = record.__dict__.pop("_to_seal", ())
    values = {attribute.column: attribute.ciphertext(connection, record) for attribute in waiting}
    written = {mapper.attrs[name].columns[0].name: value for name, value in values.items() if value is not None}
    if not written:
        return
    table = record.__table__
    connection.execute(update(table).where(table.c.id == record.id).values(written))
    for name, value in values.items():
        set_committed_value(record, name, value)
