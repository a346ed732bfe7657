"""What the ticks ask costs what is due, not what ever was: on a file, each question goes by an index."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event

from storage.due import find_due, look_ahead
from storage.inbox import count_waiting, find_waiting
from storage.outbox import drop_expired
from storage.sending import claim_due
from storage.store import Store
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, write

LARGE = ("inbox", "outbox", "doses", "courses", "follow_ups", "cases")


@pytest.fixture
def store(fresh_sqlite: str, clock: MovedClock) -> Iterator[Store]:
    opened = Store(fresh_sqlite, clock)
    yield opened
    opened.close()


def plans(store: Store, ask: Callable[[Work], object]) -> list[str]:
    """Return how SQLite would answer each statement of a unit."""
    asked: list[tuple[str, Any]] = []
    store.get_keys()

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            asked.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", listen)
    write(store, ask)
    event.remove(store.engine, "before_cursor_execute", listen)
    assert asked

    def explain(session: Any) -> list[str]:
        connection = session.connection()
        return [
            str(row[3])
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]

    return done(store.read(explain))


ASKED: dict[str, Callable[[Work], object]] = {
    "which updates wait": lambda work: find_waiting(work.session, now=work.now, held=[3], most=5),
    "how many updates wait": lambda work: count_waiting(work.session),
    "which letters are due": lambda work: claim_due(work, resting=[4, 5], most=5),
    "which letters are stale": drop_expired,
    "what is due": lambda work: find_due(work.session, now=work.now),
    "what is due next": lambda work: look_ahead(work.session, now=work.now),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_no_question_of_a_tick_reads_a_whole_table(store: Store, ask: Callable[[Work], object]) -> None:
    whole = [plan for plan in plans(store, ask) if plan in {f"SCAN {table}" for table in LARGE}]
    assert whole == []


def test_reading_a_whole_table_would_be_noticed(store: Store) -> None:
    found = plans(store, lambda work: work.session.connection().exec_driver_sql("SELECT raw FROM inbox").all())
    assert found == ["SCAN inbox"]
