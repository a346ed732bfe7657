"""The data keys: how they are kept, byte by byte, and for how long one is remembered."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import TypeVar

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select

from storage import keyring
from storage.key_table import DATA_KEYS
from storage.keyring import (
    HOUSE,
    INDEX,
    OWN,
    KeyGone,
    Keyring,
    Owner,
    Tampered,
    bound_to,
    clinics_key,
    keyring_of,
    patients_key,
    unwrap,
    wrap,
)
from storage.masters import MasterKey, fixed, new_master
from storage.store import Store
from storage.work import Work
from tests.conftest import THROWAWAY, MovedClock
from tests.storage.ward import write

T = TypeVar("T")
ONE, TWO, THREE, FOUR = (patients_key(number) for number in (1, 2, 3, 4))
PLACE = bound_to("notes", "text", 7)
MASTER = MasterKey(bytes(range(32)))


@pytest.fixture
def store(fresh_sqlite: str, clock: MovedClock) -> Iterator[Store]:
    opened = Store(fresh_sqlite, clock)
    write(opened, lambda work: work.record("opened"))  # the first unit makes the installation's own keys
    yield opened
    opened.close()


def with_keys(store: Store, *owners: Owner) -> dict[Owner, int]:
    """Make keys that are committed, and remember none of them."""
    made = write(store, lambda work: {one: store.keyring.make(work.connection, one, at=work.now) for one in owners})
    store.keyring.forget()
    return made


def remove_keys(work: Work, *owners: Owner) -> None:
    """Remove keys behind the keyring's back, as another process does."""
    for owner in owners:
        mine = (DATA_KEYS.c.owner_kind == owner.kind) & (DATA_KEYS.c.owner_id == owner.id)
        work.connection.execute(delete(DATA_KEYS).where(mine))


def opens(work: Work, owner: Owner) -> bool:
    try:
        store_ring(work).seal(work.connection, owner, b"x", PLACE)
    except KeyGone:
        return False
    return True


def store_ring(work: Work) -> Keyring:
    return keyring_of(work.connection)


def test_owners_and_places_are_kept_by_these_words() -> None:
    assert [tuple(owner) for owner in OWN] == [("house", 0), ("index", 0), ("chats", 0), ("audit", 0)]
    assert (tuple(patients_key(7)), tuple(clinics_key(7))) == (("patient", 7), ("clinic", 7))
    assert PLACE == b"notes|text|7"
    assert bound_to("outbox", "body", 1, None, "a") == b"outbox|body|1|None|a"


def test_a_data_key_is_wrapped_as_it_always_was() -> None:
    """Bytes made here by hand must open: else no older database would."""
    nonce, secret = bytes(12), b"k" * 32
    kept = nonce + AESGCM(MASTER.secret).encrypt(nonce, secret, b"data_keys|wrapped|9|patient|1")
    assert unwrap(MASTER, ONE, 9, kept) == secret
    again = wrap(MASTER, ONE, 9, secret)
    assert AESGCM(MASTER.secret).decrypt(again[:12], again[12:], b"data_keys|wrapped|9|patient|1") == secret
    assert again[:12] != wrap(MASTER, ONE, 9, secret)[:12], "no nonce twice"


@pytest.mark.parametrize(
    ("master", "owner", "key_id"),
    [(new_master(), ONE, 9), (MASTER, TWO, 9), (MASTER, clinics_key(1), 9), (MASTER, ONE, 8)],
    ids=["another master", "another owner", "another kind", "another key"],
)
def test_a_data_key_is_unwrapped_only_as_it_was_wrapped(master: MasterKey, owner: Owner, key_id: int) -> None:
    with pytest.raises(Tampered, match=f"^data key {key_id}$"):
        unwrap(master, owner, key_id, wrap(MASTER, ONE, 9, b"k" * 32))


def test_a_value_is_sealed_as_it_always_was(store: Store) -> None:
    key_id = with_keys(store, ONE)[ONE]

    def unit(work: Work) -> None:
        ring, query = store_ring(work), select(DATA_KEYS.c.wrapped).where(DATA_KEYS.c.id == key_id)
        secret = unwrap(THROWAWAY, ONE, key_id, work.connection.execute(query).scalar_one())
        sealed = ring.seal(work.connection, ONE, b"words", PLACE)
        assert (sealed[:1], sealed[1:9]) == (b"\x01", key_id.to_bytes(8, "big"))
        assert AESGCM(secret).decrypt(sealed[9:21], sealed[21:], b"notes|text|7") == b"words"
        by_hand = b"\x01" + key_id.to_bytes(8, "big") + bytes(12) + AESGCM(secret).encrypt(bytes(12), b"mine", PLACE)
        assert ring.open(work.connection, by_hand, PLACE) == b"mine"
        for broken in (sealed[:-1], sealed[:12], b"\x02" + sealed[1:], b"", sealed[:-1] + bytes([sealed[-1] ^ 1])):
            with pytest.raises(Tampered, match=r"^notes\|text\|7$"):
                ring.open(work.connection, broken, PLACE)
        with pytest.raises(Tampered):
            ring.open(work.connection, sealed, bound_to("notes", "text", 8))

    write(store, unit)


def test_what_is_looked_up_by_is_the_same_each_time(store: Store) -> None:
    key = store.keyring.own[INDEX]
    assert store.keyring.index("person", 5) == hmac.digest(key, b"person:5", "sha256")[:16]


def test_an_owner_has_one_key_and_is_told_which(store: Store) -> None:
    made = with_keys(store, ONE, TWO)
    assert with_keys(store, ONE, TWO) == made
    assert made[ONE] != made[TWO]


def test_a_key_is_destroyed_alone_and_at_once(store: Store) -> None:
    keys = with_keys(store, ONE, TWO, clinics_key(1))

    def unit(work: Work) -> None:
        assert [opens(work, one) for one in keys] == [True] * 3
        assert store_ring(work).destroy(work.connection, ONE) == keys[ONE]
        assert [opens(work, one) for one in keys] == [False, True, True]
        assert store_ring(work).destroy(work.connection, ONE) is None

    write(store, unit)


def test_a_new_key_is_under_the_master_that_the_installations_own_are_under(store: Store) -> None:
    store.keyring.masters = fixed(new_master(), THROWAWAY)
    key_id = with_keys(store, ONE)[ONE]
    query = select(DATA_KEYS.c.master_id).where(DATA_KEYS.c.id == key_id)
    assert write(store, lambda work: work.connection.execute(query).scalar_one()) == THROWAWAY.id


def test_before_there_is_any_it_is_under_the_first_master(store: Store) -> None:
    first = new_master()
    store.keyring.masters = fixed(first, THROWAWAY)

    def unit(work: Work) -> str:
        remove_keys(work, HOUSE)
        key_id = store_ring(work).make(work.connection, ONE, at=work.now)
        query = select(DATA_KEYS.c.master_id).where(DATA_KEYS.c.id == key_id)
        return str(work.connection.execute(query).scalar_one())

    assert write(store, unit) == first.id


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Set the clock by which keys are remembered."""
    shown = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(keyring, "time", SimpleNamespace(monotonic=lambda: shown.now))
    return lambda now: setattr(shown, "now", now)


def test_a_key_is_remembered_for_a_minute_by_owner_and_by_id(store: Store, at: Callable[[float], None]) -> None:
    with_keys(store, ONE)

    def unit(work: Work) -> None:
        ring = store_ring(work)
        sealed = ring.seal(work.connection, ONE, b"x", PLACE)
        remove_keys(work, ONE)
        at(1060.0)
        assert opens(work, ONE)
        assert ring.open(work.connection, sealed, PLACE) == b"x"
        at(1060.5)
        assert not opens(work, ONE)
        with pytest.raises(KeyGone):
            ring.open(work.connection, sealed, PLACE)

    write(store, unit)


def test_many_keys_are_fetched_with_one_question(store: Store) -> None:
    mine, others = clinics_key(1), (ONE, TWO, THREE)
    with_keys(store, mine, *others)

    def unit(work: Work) -> None:
        ring = store_ring(work)
        ring.fetch(work.connection, [])
        ring.fetch(work.connection, [FOUR])
        ring.fetch(work.connection, [ONE, TWO, FOUR])
        ring.fetch(work.connection, [ONE, TWO])
        remove_keys(work, mine, *others)
        assert [opens(work, one) for one in (ONE, TWO, THREE, mine)] == [True, True, False, False]

    write(store, unit)


def test_of_too_many_keys_the_one_not_used_for_longest_goes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "MOST_KEYS", 3)
    with_keys(store, ONE, TWO, THREE, FOUR)

    def unit(work: Work) -> None:
        ring = store_ring(work)
        sealed = {one: ring.seal(work.connection, one, b"x", PLACE) for one in (ONE, TWO, THREE)}
        assert len(ring._held) == 6, "each by owner and by id"
        for one in (ONE, THREE):
            ring.open(work.connection, sealed[one], PLACE)
            assert opens(work, one)
        assert opens(work, FOUR)
        remove_keys(work, ONE, TWO, THREE, FOUR)
        assert len(ring._held) == 6
        assert [opens(work, one) for one in (ONE, TWO, THREE, FOUR)] == [True, False, True, True]

    write(store, unit)


@pytest.mark.parametrize(
    ("is_kept", "since", "left"),
    [
        pytest.param(False, 0, [False, False], id="all of it undone"),
        pytest.param(False, 1, [True, False], id="what came after a point undone"),
        pytest.param(True, 0, [True, True], id="kept"),
    ],
)
def test_a_key_made_in_vain_is_forgotten_by_owner_and_by_id(
    store: Store, is_kept: bool, since: int, left: list[bool]
) -> None:
    def unit(work: Work) -> None:
        ring = store_ring(work)
        assert ring.fresh == 0
        sealed = []
        for owner in (ONE, TWO):
            ring.make(work.connection, owner, at=work.now)
            sealed.append(ring.seal(work.connection, owner, b"x", PLACE))
        ring.make(work.connection, ONE, at=work.now)
        assert ring.fresh == 2, "one that was there is not fresh"
        ring.settle(is_kept=is_kept, since=since)
        assert ring.fresh == since
        remove_keys(work, ONE, TWO)
        assert [opens(work, one) for one in (ONE, TWO)] == left
        for one, is_left in zip(sealed, left, strict=True):
            if is_left:
                assert ring.open(work.connection, one, PLACE) == b"x"
                continue
            with pytest.raises(KeyGone):
                ring.open(work.connection, one, PLACE)
        ring.settle(is_kept=True)

    write(store, unit)


def test_a_key_in_memory_does_not_print_itself(store: Store) -> None:
    with_keys(store, ONE)
    held = write(store, lambda work: store_ring(work)._by_owner(work.connection, ONE))
    assert "secret" not in repr(held)
    assert repr(held.secret)[2:-1] not in repr(held)
