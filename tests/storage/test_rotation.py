"""The master key changes while the house goes on working, a batch at a time, the installation's own key first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from storage import rotation
from storage.key_table import DATA_KEYS
from storage.keyring import HOUSE, keyring_of, patients_key
from storage.masters import Masters, fixed, new_master
from storage.queues import Event
from storage.rotation import KeyCount, count_keys, rotate
from storage.store import Store
from storage.work import Work
from tests.conftest import THROWAWAY, MovedClock
from tests.storage.ward import write

NEW = new_master()
OWN = 4  # the installation's own keys
PATIENTS = 5


@pytest.fixture
def store(fresh_sqlite: str, clock: MovedClock) -> Iterator[Store]:
    opened = Store(fresh_sqlite, clock)

    def make(work: Work) -> None:
        for number in range(1, PATIENTS + 1):
            keyring_of(work.connection).make(work.connection, patients_key(number), at=work.now)

    write(opened, make)
    opened.keyring.masters = fixed(NEW, THROWAWAY)
    yield opened
    opened.close()


def masters_of(store: Store) -> dict[tuple[str, int], str]:
    query = select(DATA_KEYS.c.owner_kind, DATA_KEYS.c.owner_id, DATA_KEYS.c.master_id)
    return write(store, lambda work: {(row[0], row[1]): row[2] for row in work.connection.execute(query)})


def events(store: Store) -> list[dict[str, object]]:
    return write(
        store, lambda work: [row.facts for row in work.session.query(Event).filter_by(name="data-keys-rewrapped")]
    )


def test_every_key_is_wrapped_anew_and_still_opens(store: Store) -> None:
    sealed = write(store, lambda work: store.keyring.seal(work.connection, patients_key(1), b"words", b"here"))
    assert rotate(store) == OWN + PATIENTS
    assert set(masters_of(store).values()) == {NEW.id}
    assert events(store) == [{"keys": OWN + PATIENTS, "master": NEW.id}]
    assert rotate(store) == 0
    assert len(events(store)) == 1, "nothing was done, nothing is written down"
    store.keyring.forget()
    store.keyring.masters = fixed(NEW)
    assert write(store, lambda work: store.keyring.open(work.connection, sealed, b"here")) == b"words"


def test_it_goes_a_batch_at_a_time_and_begins_with_the_installations_own(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 2)
    assert write(store, rotation._rotate_some) == 2
    changed = [owner for owner, master in masters_of(store).items() if master == NEW.id]
    assert len(changed) == 2
    assert (HOUSE.kind, HOUSE.id) in changed
    assert rotate(store) == OWN + PATIENTS - 2
    assert [row["keys"] for row in events(store)] == [2, 2, 2, 2, 1]


def test_a_rotation_reads_the_keys_that_are_configured_now(store: Store) -> None:
    configured = [THROWAWAY]
    store.keyring.masters = Masters(lambda: configured)
    assert store.keyring.masters.first() == THROWAWAY
    configured.insert(0, NEW)
    assert rotate(store) == OWN + PATIENTS


def test_what_opens_with_which_master_is_counted(store: Store) -> None:
    def count() -> list[KeyCount]:
        return store.read(count_keys).result(timeout=20)

    assert count() == [KeyCount(THROWAWAY.id, OWN + PATIENTS, OWN + PATIENTS)]

    def harm(work: Work) -> None:
        mine = DATA_KEYS.c.owner_kind == "patient"
        work.connection.execute(update(DATA_KEYS).where(mine, DATA_KEYS.c.owner_id == 1).values(wrapped=b"x" * 60))
        work.connection.execute(update(DATA_KEYS).where(mine, DATA_KEYS.c.owner_id == 2).values(master_id="zz"))

    write(store, harm)
    assert count() == [
        KeyCount(THROWAWAY.id, OWN + PATIENTS - 1, OWN + PATIENTS - 2),
        KeyCount("zz", 1, 0),
    ]
    store.keyring.masters = fixed(NEW)
    assert [one.opened for one in count()] == [0, 0]
