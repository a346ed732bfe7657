"""Everything is kept for its period and no longer."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.housework import Housework
from content.loader import load_content
from storage import retention
from storage.columns import Base
from storage.notary import find_flaws, link_new
from storage.reading import Session
from storage.retention import AFTER_COURSE, KEPT, Until, count_overdue, keep_periods
from storage.store import Store
from tests.conftest import MovedClock
from tests.storage.every_table import live_a_day
from tests.storage.ward import done, new_clinic, write

TABLES = Base.metadata.tables
AGED_BY = {
    "inbox": "done_at", "outbox": "created_at", "events": "at", "chats_in_hand": "until", "staff_invites": "expires_at",
    "drafts": "begun_at", "covers": "ends_at", "storms": "closed_at",
}  # fmt: skip
"""From when on each table's period counts: said here once more, so that the sweep is not measured by itself."""
GRACE = timedelta(hours=25)


def test_every_table_has_a_period_and_a_reason() -> None:
    assert set(KEPT) == set(TABLES)
    assert [name for name, kept in KEPT.items() if len(kept.why) < 10] == []
    assert {name for name, kept in KEPT.items() if kept.until is Until.PERIOD} == {*AGED_BY, "event_links"}


def kept_too_long(session: Session, clock: MovedClock) -> set[str]:
    """Return the tables that hold something older than they may, seen from the rows themselves."""
    connection, found = session.connection(), set()
    for name, column in AGED_BY.items():
        table, period = TABLES[name], KEPT[name].period
        assert period is not None
        query = select(func.count()).where(table.c[column] < clock.now - period - GRACE)
        if name == "storms":  # it goes with the last case that it stood for
            query = query.where(table.c.id.not_in(select(TABLES["copies"].c.storm_id)))
        if connection.execute(query).scalar_one():
            found.add(name)
    links, events = (connection.execute(select(func.count()).select_from(TABLES[name])).scalar_one() for name in
                     ("event_links", "events"))  # fmt: skip
    if links > events:
        found.add("event_links")
    return found | _with_patients(session, clock)


def _with_patients(session: Session, clock: MovedClock) -> set[str]:
    """Every patient of this test is closed on the day they came, and has one row in each table."""
    connection, patients = session.connection(), TABLES["patients"]
    old = patients.c.created_at < clock.now - AFTER_COURSE - 2 * GRACE
    if connection.execute(select(func.count()).select_from(patients).where(old)).scalar_one():
        return {"patients"}
    lasting = connection.execute(select(func.count()).select_from(patients)).scalar_one()
    found = set()
    for name, kept in KEPT.items():
        if kept.until is Until.WITH_PATIENT:
            theirs = TABLES[name].c.owner_kind == "patient" if name == "data_keys" else True
            count = connection.execute(select(func.count()).select_from(TABLES[name]).where(theirs)).scalar_one()
            found |= {name} if count != lasting else set()
    return found


def live(store: Store, clock: MovedClock, home: Path, *, steps: int, hours: int) -> set[str]:
    """Let days go by with a row of everything on each and the housework of each; return what was kept too long."""
    house = Housework(store, load_content(), home)
    write(store, lambda work: new_clinic(work) and None)
    for number in range(steps):
        clock.forward(hours=hours)
        write(store, lambda work, n=number: live_a_day(work, n))  # type: ignore[misc]
        house.chain()
        house.keep_periods()
    return done(store.read(lambda session: kept_too_long(session, clock)))


def test_after_400_days_of_everything_nothing_is_overdue(fresh_sqlite: str, clock: MovedClock, tmp_path: Path) -> None:
    store = Store(fresh_sqlite, clock)
    assert live(store, clock, tmp_path, steps=400, hours=24) == set()
    assert done(store.read(lambda session: count_overdue(session, clock.now))) == {}
    sizes = {name: rows(store, name) for name in TABLES}
    assert [name for name, size in sizes.items() if not size] == ["leases"], "no process serves here"
    assert 365 <= sizes["patients"] < 370
    assert sizes["outbox"] < 400
    store.close()


def rows(store: Store, name: str) -> int:
    return done(
        store.read(lambda s: s.connection().execute(select(func.count()).select_from(TABLES[name])).scalar_one())
    )


def without(name: str) -> Callable[..., Any]:
    whole = retention.overdue_rows

    def less(now: Any) -> dict[str, Any]:
        return {table: condition for table, condition in whole(now).items() if table != name}

    return less


@pytest.mark.parametrize("broken", ["", "patients", *sorted(AGED_BY)])
def test_each_period_is_really_swept(
    fresh_sqlite: str, clock: MovedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """With one sweep left out, exactly its table is seen to be kept too long; over nine years."""
    monkeypatch.setattr(retention, "overdue_rows", without(broken))
    if broken == "events":
        monkeypatch.setattr(retention, "_cut_trail", lambda work: None)
    if broken == "patients":
        monkeypatch.setattr("bot.housework.due_patients", lambda session, now: [])
    store = Store(fresh_sqlite, clock)
    found = live(store, clock, tmp_path, steps=33, hours=24 * 100)
    assert found == ({broken} if broken else set())
    store.close()


def test_the_old_beginning_of_the_trail_goes_and_the_rest_still_holds(store: Store, clock: MovedClock) -> None:
    for number in range(30):
        clock.now += timedelta(hours=24 * 100)
        write(store, lambda work, n=number: work.record("day-lived", number=n))  # type: ignore[misc]
        write(store, link_new)
        write(store, keep_periods)
    assert done(store.read(lambda session: count_overdue(session, clock.now))) == {}
    assert done(store.read(lambda session: list(find_flaws(session)))) == []
