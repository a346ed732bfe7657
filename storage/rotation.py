"""Change the master key while the house goes on working: every data key is wrapped anew, none is changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from storage.key_table import DATA_KEYS
from storage.keyring import HOUSE, Owner, Tampered, keyring_of, unwrap, wrap
from storage.masters import NoMasterKey
from storage.store import Store
from storage.work import Work

AT_ONCE = 200


def rotate(store: Store) -> int:
    """Wrap every data key with the first master key; return how many were not. Can be broken off and begun again.

    The installation's own key comes first: from then on new data keys are wrapped with the new master, too, by
    whichever process.
    """
    store.keyring.masters.reload()
    done = 0
    while count := store.write(_rotate_some).result():
        done += count
    return done


def _rotate_some(work: Work) -> int:
    masters = keyring_of(work.connection).masters
    first = masters.first()
    table = DATA_KEYS.c
    query = select(DATA_KEYS).where(table.master_id != first.id)
    query = query.order_by(table.owner_kind != HOUSE.kind, table.id).limit(AT_ONCE).with_for_update()
    rows = list(work.connection.execute(query))
    for row in rows:
        owner = Owner(row.owner_kind, row.owner_id)
        secret = unwrap(masters.find(row.master_id), owner, row.id, row.wrapped)
        values = {"master_id": first.id, "wrapped": wrap(first, owner, row.id, secret)}
        work.connection.execute(update(DATA_KEYS).where(table.id == row.id).values(values))
    if rows:
        work.record("data-keys-rewrapped", keys=len(rows), master=first.id)
    return len(rows)


@dataclass(frozen=True)
class KeyCount:
    """How many data keys are under one master key, and whether that one is known and opens them."""

    master_id: str
    keys: int
    opened: int


def count_keys(session: Session) -> list[KeyCount]:
    """Return what opens with which master key, all of it tried."""
    connection = session.connection()
    masters = keyring_of(connection).masters
    counted = connection.execute(select(DATA_KEYS.c.master_id, func.count()).group_by(DATA_KEYS.c.master_id))
    totals: dict[str, int] = {row[0]: row[1] for row in counted}
    opened: Counter[str] = Counter()
    for row in connection.execute(select(DATA_KEYS).execution_options(yield_per=1000)):
        opened[row.master_id] += _opens(masters, row)
    return [KeyCount(master, keys, opened[master]) for master, keys in sorted(totals.items())]


def _opens(masters: Any, row: Any) -> bool:
    try:
        unwrap(masters.find(row.master_id), Owner(row.owner_kind, row.owner_id), row.id, row.wrapped)
    except (NoMasterKey, Tampered):
        return False
    return True
