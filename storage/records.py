"""Records at the price of rows: what the hot paths load, by a statement that is prepared once.

A session that loads a record makes a context, a result and a loader for each question, which costs more than the
question and the record together. What comes out here is the session's own record all the same: one object for each
row, which it watches, flushes and lets go of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sqlalchemy import ColumnElement, Select, inspect, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import manager_of_class, set_committed_value

from storage.columns import Base
from storage.prepared import Prepared
from storage.rows import read_rows
from storage.sealed import sealed_in

R = TypeVar("R", bound=Base)


class _Part(NamedTuple):
    """Where the columns of a kind of record stand in a row. `relationship` is the one that brings it along."""

    kind: type[Base]
    names: tuple[str, ...]
    start: int
    relationship: str = ""

    def of(self, row: Sequence[Any]) -> dict[str, Any]:
        return dict(zip(self.names, row[self.start :], strict=False))


class Records(Generic[R]):
    """A question about records of one kind, by parameters that it names itself."""

    def __init__(
        self,
        kind: type[R],
        narrow: Callable[[Select[Any]], Select[Any]],
        *,
        brings: Sequence[str] = (),
        others: Sequence[ColumnElement[Any]] = (),
        is_fresh: bool = False,
    ) -> None:
        """`narrow` adds to a select from the table which rows are meant.

        `brings` names a relationship, one of the record behind it, and so on: these records come in the same row, and
        there is always one. `others` are further columns. With `is_fresh`, records that the session has already are
        read anew: as their rows are now.
        """
        source: Any = kind.__table__
        self._parts = [_part(kind, 0)]
        columns = list(source.c)
        for name in brings:
            relationship = inspect(self._parts[-1].kind).relationships[name]
            other = relationship.mapper.class_
            self._parts.append(_part(other, len(columns), name))
            source = source.join(other.__table__, relationship.primaryjoin)
            columns += other.__table__.c
        self._others = len(columns)
        self._is_fresh = is_fresh
        named = [column.label(f"column_{at}") for at, column in enumerate(columns)]
        self._statement = Prepared(narrow(select(*named, *others).select_from(source)), row=tuple)

    def all(self, session: Session, values: Mapping[str, Any]) -> list[R]:
        """Return all the records, in the order of the question."""
        return [self._record(session, row) for row in read_rows(session, self._statement, values)]

    def first(self, session: Session, values: Mapping[str, Any]) -> R | None:
        """Return the first record, or None."""
        found = read_rows(session, self._statement, values)
        return self._record(session, found[0]) if found else None

    def one(self, session: Session, values: Mapping[str, Any]) -> R:
        """Return the first record; raise NoResultFound if there is none."""
        record = self.first(session, values)
        if record is None:
            raise NoResultFound("no row of what was asked for")
        return record

    def first_with_others(self, session: Session, values: Mapping[str, Any]) -> tuple[R, tuple[Any, ...]] | None:
        """Return the first record and the further columns beside it, or None."""
        found = read_rows(session, self._statement, values)
        return (self._record(session, found[0]), tuple(found[0][self._others :])) if found else None

    def _record(self, session: Session, row: Sequence[Any]) -> R:
        brought: dict[str, Any] = {}
        for part in reversed(self._parts):
            values = part.of(row)
            values.update(brought)
            record = _kept(session, part.kind, values, is_fresh=self._is_fresh)
            brought = {part.relationship: record}
        return cast("R", record)


def _part(kind: type[Base], start: int, relationship: str = "") -> _Part:
    """Return where a kind stands in a row whose columns before it are so many."""
    mapper, columns = inspect(kind), kind.__table__.c
    return _Part(kind, tuple(mapper.get_property_by_column(column).key for column in columns), start, relationship)


def _kept(session: Session, kind: type[Base], values: dict[str, Any], *, is_fresh: bool) -> Any:
    """Return the session's record of a row: the one it has, or a new one."""
    record = session.identity_map.get(inspect(kind).identity_key_from_primary_key((values["id"],)))
    if record is not None and not is_fresh:
        return record
    if record is None:
        record = manager_of_class(kind).new_instance()
        record.__dict__.update(values)
        make_transient_to_detached(record)
        session.add(record)
    else:
        for name, value in values.items():
            set_committed_value(record, name, value)
    for attribute in sealed_in(record):
        attribute.open(session.connection(), record)
    return record
