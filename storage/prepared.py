"""Statements of the hot paths: compiled once for each kind of database, then handed to its driver as they are.

SQLAlchemy makes a context, a result and its rows for each execution, which is most of what a small statement costs. Its
words, its types and its errors are kept; only that machinery is left out.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, Numeric, Table, bindparam
from sqlalchemy.exc import DBAPIError

from storage.upserts import insert_on

Change = Callable[[Any], Any]


@dataclass(frozen=True)
class _Words:
    """A statement as one driver takes it."""

    sql: str
    known: Mapping[str | int, Any]
    """Parameters that the statement brings along, by name, or by place where the driver goes by order."""
    asked: tuple[tuple[str | int, str, Change | None], ...]
    """The others likewise, each with its name and what makes the form that the database takes of its value."""
    is_ordered: bool
    row: Callable[[Iterable[Any]], Any]
    results: tuple[tuple[int, Change], ...]
    """Columns whose value the database gives in another form."""


class Prepared:
    """One statement, or one for each engine by its name. It cannot have parameters that stand for many values.

    For an insert, `keys` are the columns that are given. `row` is the named tuple, in the order of the
    columns, that each row becomes; without it they have the names of the columns.
    """

    def __init__(
        self,
        statement: Any,
        *,
        keys: Sequence[str] | None = None,
        row: type[tuple[Any, ...]] | None = None,
    ) -> None:
        self._statement = statement
        self._keys = keys
        self._row = row

    @property
    def gives_rows(self) -> bool:
        """Return whether the statement returns rows."""
        return bool(list(getattr(self._statement, "exported_columns", ())))

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Run the statement; return its rows, whose columns have their names."""
        words, cursor = self._run(connection, values)
        try:
            found = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error as error:  # SQLite finds only now what it cannot read
            raise _as_theirs(connection, cursor, words.sql, error) from error
        finally:
            cursor.close()
        return list(map(words.row, _changed(found, words.results)))

    def scalar(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Run the statement; return the first column of its first row, or None without one."""
        found = self.rows(connection, values)
        return found[0][0] if found else None

    def count(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run the statement; return how many rows it changed."""
        _, cursor = self._run(connection, values)
        number = int(cursor.rowcount)
        cursor.close()
        return number

    def each(self, connection: Connection, many: Sequence[Mapping[str, Any]]) -> None:
        """Run the statement once for each of these."""
        if len(many) == 1:  # PostgreSQL's driver has three more things to say for a list of one
            self.count(connection, many[0])
        elif many:
            words = self._for(connection.dialect)
            cursor = connection.connection.cursor()
            self._say(connection, cursor, cursor.executemany, words, _all_given(words, many))
            cursor.close()

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> tuple[_Words, Any]:
        words = self._for(connection.dialect)
        cursor = connection.connection.cursor()
        self._say(connection, cursor, cursor.execute, words, _given(words, values))
        return words, cursor

    def _say(
        self, connection: Connection, cursor: Any, say: Callable[[str, Any], Any], words: _Words, given: Any
    ) -> None:
        for watch in connection.engine.dispatch.before_cursor_execute:  # who watches an engine sees these as well
            watch(connection, cursor, words.sql, given, None, say == cursor.executemany)
        try:
            say(words.sql, given)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _as_theirs(connection, cursor, words.sql, error) from error

    def _for(self, dialect: Dialect) -> _Words:
        # Kept with the engine: its types close over the keys of one database.
        known: dict[Prepared, _Words] = dialect.__dict__.setdefault("prepared", {})
        if (words := known.get(self)) is None:
            words = known[self] = self._compile(dialect)
        return words

    def _compile(self, dialect: Dialect) -> _Words:
        statement = self._statement[dialect.name] if isinstance(self._statement, dict) else self._statement
        compiled = statement.compile(dialect=dialect, column_keys=self._keys)
        required = {name for name, bind in compiled.binds.items() if bind.required}
        # Written out: what the statement says of itself may be words for it, and no parameters.
        state = compiled.construct_expanded_state(dict.fromkeys(required))
        names = tuple(state.positiontup or (name for name in state.parameters if f"%({name})s" in state.statement))
        kinds = {name: compiled.binds[name].type.dialect_impl(dialect) for name in names if name in compiled.binds}
        changes = {name: kind.bind_processor(dialect) for name, kind in kinds.items()} | dict(state.processors)
        places = [(at if compiled.positional else name, name) for at, name in enumerate(names)]
        columns = list(getattr(statement, "exported_columns", ()))
        results = ((at, _resulting(column.type, dialect)) for at, column in enumerate(columns))
        named = namedtuple("Row", [column.key for column in columns], rename=True)  # type: ignore[misc]
        return _Words(
            sql=state.statement,
            known={
                place: _taken(changes.get(name), state.parameters[name])
                for place, name in places
                if name not in required
            },
            asked=tuple((place, name, changes.get(name)) for place, name in places if name in required),
            is_ordered=compiled.positional,
            row=partial(tuple.__new__, self._row or named),  # as their `_make`, without a call of Python
            results=tuple((at, change) for at, change in results if change is not None),
        )


class PreparedList:
    """A statement about some values of one type, which stand in its `one.in_(...)` or `not_in(...)`.

    It is made for 0, 1, 2, 4, 8, … values; where there are fewer, one of them stands there several times.
    """

    def __init__(
        self,
        make: Callable[[list[BindParameter[Any]]], Any],
        kind: Any,
        *,
        row: type[tuple[Any, ...]] | None = None,
    ) -> None:
        """`make` returns the statement about these parameters, `kind` is their type; `row` as of Prepared."""
        self._make, self._kind, self._row = make, kind, row
        self._of: dict[int, Prepared] = {}

    def about(self, many: Collection[Any]) -> tuple[Prepared, dict[str, Any]]:
        """Return the statement about these values, and the values as it is given them."""
        listed = list(many)
        size = 1 << (len(listed) - 1).bit_length() if listed else 0
        listed += listed[:1] * (size - len(listed))
        if (known := self._of.get(size)) is None:
            places = [bindparam(f"value_{n}", type_=self._kind) for n in range(size)]
            known = self._of[size] = Prepared(self._make(places), row=self._row)
        return known, {f"value_{n}": value for n, value in enumerate(listed)}


class PreparedRows:
    """An insert of some rows at once, in one statement for each number of them."""

    MOST = 16

    def __init__(self, table: Table, end: Callable[[str, Any], Any] | None = None) -> None:
        """`end` adds to the insert what an engine, by its name, has to be told besides."""
        self._table = table
        self._end = end or (lambda _engine, statement: statement)
        self._of: dict[tuple[str, tuple[str, ...], int], Prepared] = {}

    def add(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Insert rows of the same columns, in their order; return what the statement returns, if anything."""
        found: list[Any] = []
        for at in range(0, len(rows), self.MOST):
            part = rows[at : at + self.MOST]
            values = {f"{key}_{n}": row[key] for n, row in enumerate(part) for key in rows[0]}
            statement = self._for(connection.dialect.name, tuple(rows[0]), len(part))
            if statement.gives_rows:
                found += statement.rows(connection, values)
            else:
                statement.count(connection, values)
        return found

    def put(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows of the same columns; where they are many, each goes to the driver as it is."""
        if len(rows) > self.MOST:
            self._for(connection.dialect.name, tuple(rows[0]), 0).each(connection, rows)
        elif rows:
            self.add(connection, rows)

    def _for(self, engine: str, keys: tuple[str, ...], number: int) -> Prepared:
        if (known := self._of.get((engine, keys, number))) is None:
            insert, columns = insert_on(engine, self._table), self._table.c
            if number:
                insert = insert.values(
                    [{key: bindparam(f"{key}_{n}", type_=columns[key].type) for key in keys} for n in range(number)]
                )
            known = Prepared(self._end(engine, insert), keys=None if number else keys)
            self._of[engine, keys, number] = known
        return known


def _given(words: _Words, values: Mapping[str, Any]) -> Any:
    if words.is_ordered and not words.known:
        return tuple([values[name] if change is None else change(values[name]) for _, name, change in words.asked])
    given = dict(words.known)
    for place, name, change in words.asked:
        given[place] = values[name] if change is None else change(values[name])
    return tuple([given[place] for place in range(len(given))]) if words.is_ordered else given


def _all_given(words: _Words, many: Sequence[Mapping[str, Any]]) -> Sequence[Any]:
    if not words.is_ordered or words.known:
        return [_given(words, values) for values in many]
    columns = ((change, [values[name] for values in many]) for _, name, change in words.asked)
    return list(zip(*(column if change is None else map(change, column) for change, column in columns), strict=True))


def _taken(change: Change | None, value: Any) -> Any:
    return value if change is None else change(value)


def _changed(rows: Sequence[Sequence[Any]], results: Sequence[tuple[int, Change]]) -> Iterable[Sequence[Any]]:
    """Change the values of each column in turn: most are changed without a line of Python for each row."""
    if not results or not rows:
        return rows
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for at, change in results:
        columns[at] = map(change, columns[at])
    return zip(*columns, strict=True)


def _resulting(kind: Any, dialect: Dialect) -> Change | None:
    if isinstance(kind, Numeric) and dialect.name == "postgresql":
        return None  # SQLAlchemy asks here what the driver is going to give: it gives Decimal
    change: Change | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return change


def _as_theirs(connection: Connection, cursor: Any, sql: str, error: Any) -> Any:
    """Return the driver's error as SQLAlchemy tells it; a connection that is gone is not used again."""
    dialect = connection.dialect
    is_gone = dialect.is_disconnect(error, connection.connection, cursor)
    wrapped = DBAPIError.instance(
        sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, connection_invalidated=is_gone,
        dialect=dialect,
    )  # fmt: skip
    if is_gone:
        connection.invalidate(error)
    return wrapped
