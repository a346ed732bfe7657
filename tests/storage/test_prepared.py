"""A prepared statement does what it would do without, on both engines, its errors and types included."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from sqlalchemy import bindparam, cast, event, func, literal, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.columns import Base, UtcDateTime
from storage.inbox import Arrival, add_updates
from storage.prepared import Prepared, PreparedList, PreparedRows
from storage.queues import INBOX, MARKS, InboxState
from storage.store import Store
from storage.troubles import is_away
from storage.work import Work
from tests.storage.ward import done, write

AT = datetime(2026, 3, 4, 5, 6, 7, 890, UTC)
ADD = PreparedRows(MARKS, lambda _engine, insert: insert.returning(MARKS.c.key, MARKS.c.at))
NAMED = select(MARKS.c.key, MARKS.c.value, MARKS.c.at).order_by(MARKS.c.key)


def add(work: Work, *names: str) -> list[Any]:
    return ADD.add(work.connection, [{"key": name, "value": name.upper(), "at": AT} for name in names])


@pytest.mark.parametrize("number", [1, 2, 16, 17, 40])
def test_any_number_of_rows_is_added_in_order(store: Store, number: int) -> None:
    names = [f"m{n:02}" for n in range(number)]
    added = write(store, lambda work: add(work, *names))
    assert [(row.key, row.at) for row in added] == [(name, AT) for name in names]


def test_values_come_back_as_the_columns_say(store: Store) -> None:
    write(store, lambda work: add(work, "one"))
    row = write(store, lambda work: Prepared(NAMED).rows(work.connection, {}))[0]
    assert (row.key, row.value, row.at) == ("one", "ONE", AT)


def test_a_naive_instant_is_refused_as_ever(store: Store) -> None:
    since = Prepared(NAMED.where(MARKS.c.at > bindparam("since", type_=UtcDateTime())))
    with pytest.raises(ValueError, match="time zone"):
        write(store, lambda work: since.rows(work.connection, {"since": datetime(2026, 1, 1)}))  # noqa: DTZ001


class Named(NamedTuple):
    """A mark, in the order of `NAMED`."""

    key: str
    value: str
    at: datetime


@pytest.mark.parametrize("number", [0, 1, 3])
def test_rows_are_what_they_are_asked_to_be(store: Store, number: int) -> None:
    names = ["a", "b", "c"][:number]
    write(store, lambda work: add(work, *names))
    rows = write(store, lambda work: Prepared(NAMED, row=Named).rows(work.connection, {}))
    assert rows == [Named(name, name.upper(), AT) for name in names]
    assert all(isinstance(row, Named) for row in rows)


def test_numbers_with_a_point_come_back_as_decimals(store: Store) -> None:
    half = select(cast(literal("0.5"), Base.metadata.tables["doses"].c.amount_mg.type).label("half"))
    (row,) = write(store, lambda work: Prepared(half).rows(work.connection, {}))
    assert (type(row.half), row.half) == (Decimal, Decimal("0.5"))


def test_many_rows_go_in_each_with_its_own_values(store: Store) -> None:
    put, later = PreparedRows(MARKS), AT + timedelta(days=1)
    rows = [{"key": f"m{n:02}", "value": "odd" if n % 2 else "even", "at": AT if n % 3 else later} for n in range(40)]
    write(store, lambda work: put.put(work.connection, rows))
    found = write(store, lambda work: Prepared(NAMED, row=Named).rows(work.connection, {}))
    assert found == [Named(**row) for row in rows]


@pytest.mark.parametrize("number", [0, 1, 3, 4, 9])
def test_a_list_holds_however_many_there_are(store: Store, number: int) -> None:
    names = [f"m{n}" for n in range(9)]
    write(store, lambda work: add(work, *names))
    others = PreparedList(lambda some: NAMED.where(MARKS.c.key.not_in(some)), MARKS.c.key.type)

    def ask(work: Work) -> list[str]:
        statement, values = others.about(names[:number])
        return [row.key for row in statement.rows(work.connection, values)]

    assert write(store, ask) == names[number:]


def test_words_of_the_statement_itself_stand_in_it(store: Store) -> None:
    seen: list[str] = []
    waiting = bindparam("waiting", InboxState.WAITING, literal_execute=True)
    count = Prepared(select(func.count()).where(INBOX.c.state == waiting, INBOX.c.attempts == bindparam("tries")))

    def look(_connection: Any, _cursor: Any, words: str, *_: Any) -> None:
        seen.append(words)

    event.listen(store.engine, "before_cursor_execute", look)
    assert write(store, lambda work: count.scalar(work.connection, {"tries": 0})) == 0
    assert any("state = 'waiting'" in words for words in seen), "an index of the rows that wait can answer it"


def test_one_statement_is_run_for_each_of_many(store: Store) -> None:
    change = Prepared(MARKS.update().where(MARKS.c.key == bindparam("which")).values(value=bindparam("now_says")))

    def unit(work: Work) -> list[str]:
        add(work, "a", "b", "c")
        change.each(work.connection, [{"which": name, "now_says": name * 2} for name in ("a", "c")])
        change.each(work.connection, [{"which": "b", "now_says": "alone"}])
        change.each(work.connection, [])
        assert change.count(work.connection, {"which": "nobody", "now_says": ""}) == 0
        return [row.value for row in Prepared(NAMED).rows(work.connection, {})]

    assert write(store, unit) == ["aa", "alone", "cc"]


def test_a_refusal_is_told_as_ever_and_says_nothing_of_the_values(store: Store) -> None:
    write(store, lambda work: add(work, "twice"))
    with pytest.raises(IntegrityError) as caught:
        write(store, lambda work: add(work, "twice"))
    assert not is_away(caught.value)
    assert "TWICE" not in str(caught.value)


def test_a_connection_that_the_server_ended_is_not_used_again(fresh_postgres: str) -> None:
    store = Store(fresh_postgres, lambda: AT)
    end = text("select pg_terminate_backend(pid) from pg_stat_activity where pid = :who")

    def cut(work: Work) -> None:
        own = work.connection.exec_driver_sql("select pg_backend_pid()").scalar_one()
        done(store.read(lambda session: session.connection().execute(end, {"who": own}).all()))
        Prepared(NAMED).rows(work.connection, {})

    with pytest.raises(DBAPIError) as caught:
        write(store, cut)
    assert is_away(caught.value)
    assert caught.value.connection_invalidated
    assert "marks" in str(caught.value.statement), "not the error of a rollback that came after"
    assert write(store, lambda work: [row.key for row in add(work, "after")]) == ["after"]
    store.close()


def test_each_database_has_its_own_keys(fresh_sqlite: str, fresh_postgres: str) -> None:
    stores = [Store(url, lambda: AT) for url in (fresh_sqlite, fresh_postgres)]
    chat = Prepared(select(INBOX.c.chat_key).where(INBOX.c.chat_key == bindparam("chat", type_=INBOX.c.chat_key.type)))
    for store in stores:
        write(store, lambda work: add_updates(work, [Arrival(1, 77, "{}")]))
        assert write(store, lambda work: chat.scalar(work.connection, {"chat": 77})) == 77
        store.close()


def test_what_the_file_holds_but_nobody_can_read_is_told_as_ever(fresh_sqlite: str) -> None:
    store = Store(fresh_sqlite, lambda: AT)
    spoilt = text(
        "INSERT INTO marks (key, value, at) VALUES ('one', CAST(x'ff31' AS TEXT), '2026-03-04 05:06:07.000000')"
    )
    with pytest.raises(DBAPIError, match="UTF-8"):
        write(store, lambda work: work.connection.execute(spoilt) and Prepared(NAMED).rows(work.connection, {}))
    store.close()
