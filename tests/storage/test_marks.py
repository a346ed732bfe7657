"""Small things are remembered, changed, and may be remembered by two at once."""

from __future__ import annotations

from threading import Barrier

import pytest

from storage.marks import find_mark, find_marked_at, set_mark
from storage.store import Store
from storage.work import Work
from tests.conftest import MovedClock
from tests.storage.ward import done, write


def test_what_was_remembered_last_counts(store: Store, clock: MovedClock) -> None:
    assert done(store.read(lambda session: find_mark(session, "name"))) is None

    def unit(work: Work) -> list[str | None]:
        found = []
        for value in ("one", "two"):
            set_mark(work, "name", value)
            found.append(find_mark(work.session, "name"))
        return found

    assert write(store, unit) == ["one", "two"]
    clock.forward(minutes=1)
    write(store, lambda work: set_mark(work, "name", "three"))
    assert done(store.read(lambda session: find_mark(session, "name"))) == "three"
    assert done(store.read(lambda session: find_marked_at(session, "name"))) == clock.now


@pytest.mark.postgres
def test_processes_that_start_together_remember_the_same_thing(fresh_postgres: str, clock: MovedClock) -> None:
    store, both = Store(fresh_postgres, clock), Barrier(2)

    def unit(work: Work) -> None:
        assert find_mark(work.session, "name") is None
        both.wait(10)
        set_mark(work, "name", "steady")

    for one in [store.write(unit) for _ in range(2)]:
        done(one)
    assert done(store.read(lambda session: find_mark(session, "name"))) == "steady"
    store.close()
