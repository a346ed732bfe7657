"""Seal and open what is kept: AES-256-GCM, a data key for each patient and clinic, wrapped by the master key.

A sealed value is: the byte 1, the id of its data key (8 bytes), a random nonce (12), then the ciphertext with its tag.
The additional data names table, column and row, so that nothing opens anywhere but where it was written.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Insert, Row, Select, bindparam, delete, select

from storage.key_table import DATA_KEYS
from storage.masters import MasterKey, Masters
from storage.prepared import PreparedList
from storage.randomness import random_bytes
from storage.upserts import insert_on

SEALED, NONCE, KEY_ID = b"\x01", 12, 8
MOST_KEYS = 8192
"""Unwrapped data keys held in memory; the one not used for longest goes first."""
KEPT_SECONDS = 60.0
"""How long one is held: the longest that another process goes on after a key was destroyed."""


class KeyGone(LookupError):
    """The data key is not there: what it sealed belongs to somebody who was erased."""


class Tampered(ValueError):
    """What is stored is not what was written there: changed, moved from another row, or never sealed at all."""


class Owner(NamedTuple):
    """Whose key it is: a patient's, a clinic's, or the installation's own for one purpose."""

    kind: str
    id: int = 0


HOUSE, INDEX, CHATS, AUDIT = Owner("house"), Owner("index"), Owner("chats"), Owner("audit")
OWN = (HOUSE, INDEX, CHATS, AUDIT)


def patients_key(patient_id: int) -> Owner:
    """Return the owner of what belongs to a patient."""
    return Owner("patient", patient_id)


def clinics_key(clinic_id: int) -> Owner:
    """Return the owner of what belongs to a clinic."""
    return Owner("clinic", clinic_id)


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """An unwrapped data key."""

    id: int
    owner: Owner
    secret: bytes
    cipher: AESGCM
    until: float


def bound_to(table: str, column: str, *row: object) -> bytes:
    """Return the additional data of a value: where it stands."""
    return "|".join((table, column, *map(str, row))).encode()


def is_sealed(value: bytes) -> bool:
    """Return whether a stored value was sealed; what an older version left in the clear begins otherwise."""
    return value[:1] == SEALED


_TO_UNWRAP = (
    DATA_KEYS.c.owner_kind, DATA_KEYS.c.owner_id, DATA_KEYS.c.id, DATA_KEYS.c.master_id, DATA_KEYS.c.wrapped,
)  # fmt: skip
_BY_OWNER = select(*_TO_UNWRAP).where(
    DATA_KEYS.c.owner_kind == bindparam("kind"), DATA_KEYS.c.owner_id == bindparam("owner_id")
)
_BY_ID = select(*_TO_UNWRAP).where(DATA_KEYS.c.id == bindparam("key_id"))
_OF_KIND = PreparedList(
    lambda ids: select(*_TO_UNWRAP).where(DATA_KEYS.c.owner_kind == bindparam("kind"), DATA_KEYS.c.owner_id.in_(ids)),
    DATA_KEYS.c.owner_id.type,
)


@cache
def _add(engine: str) -> Insert:
    return insert_on(engine, DATA_KEYS).on_conflict_do_nothing(index_elements=["owner_kind", "owner_id"])


class Keyring:
    """The data keys of one database, unwrapped as they are needed and held in memory for a while."""

    def __init__(self, masters: Masters) -> None:
        self.masters = masters
        self._held: OrderedDict[Owner | int, Held] = OrderedDict()
        self._lock = threading.Lock()
        self._fresh = threading.local()
        self.own: dict[Owner, bytes] = {}
        """The installation's own keys, by purpose; there once the database was first used."""

    # Sealing and opening

    def seal(self, connection: Connection, owner: Owner, plain: bytes, place: bytes) -> bytes:
        """Return `plain` sealed for `owner` and bound to `place`; raise KeyGone when the owner has no key."""
        key = self._by_owner(connection, owner)
        nonce = random_bytes(NONCE)
        return SEALED + key.id.to_bytes(KEY_ID) + nonce + key.cipher.encrypt(nonce, plain, place)

    def open(self, connection: Connection, sealed: bytes, place: bytes) -> bytes:
        """Return what was sealed at `place`; raise KeyGone, or Tampered when it was not sealed there."""
        if not is_sealed(sealed):
            raise Tampered(place.decode())
        key = self._by_id(connection, int.from_bytes(sealed[1 : 1 + KEY_ID]))
        body = sealed[1 + KEY_ID :]
        try:
            return key.cipher.decrypt(body[:NONCE], body[NONCE:], place)
        except (InvalidTag, ValueError):
            raise Tampered(place.decode()) from None

    def index(self, domain: str, value: object) -> bytes:
        """Return what a value is looked up by: the same each time, and nothing without the key."""
        return hmac.digest(self.own[INDEX], f"{domain}:{value}".encode(), "sha256")[:16]

    # Making and destroying keys

    def make(self, connection: Connection, owner: Owner, *, at: datetime) -> int:
        """Make the data key of `owner` unless there is one; return its id."""
        master, key_id, secret = self._current_master(connection), secrets.randbits(63), secrets.token_bytes(32)
        row = {
            "id": key_id, "owner_kind": owner.kind, "owner_id": owner.id, "master_id": master.id,
            "wrapped": wrap(master, owner, key_id, secret), "made_at": at,
        }  # fmt: skip
        connection.execute(_add(connection.dialect.name), row)
        found = self._find(connection, _BY_OWNER, {"kind": owner.kind, "owner_id": owner.id})
        if found.id == key_id:  # ours, and gone again should the transaction fail
            self._list_of_fresh().append(found)
        return found.id

    def destroy(self, connection: Connection, owner: Owner) -> int | None:
        """Delete the data key of `owner`; return its id, or None if there was none."""
        gone = connection.execute(
            delete(DATA_KEYS)
            .where(DATA_KEYS.c.owner_kind == owner.kind, DATA_KEYS.c.owner_id == owner.id)
            .returning(DATA_KEYS.c.id)
        ).scalar_one_or_none()
        self.forget()
        return gone

    def _current_master(self, connection: Connection) -> MasterKey:
        """Return the master to wrap with: the one the installation's own keys are under, so that none falls behind."""
        # Held until this key is committed: a rotation waits for it, and leaves none behind.
        query = _BY_OWNER.with_for_update(read=True)
        row = connection.execute(query, {"kind": HOUSE.kind, "owner_id": 0}).one_or_none()
        return self.masters.first() if row is None else self.masters.find(row.master_id)

    # Memory

    def prepare(self, connection: Connection, *, at: datetime) -> dict[Owner, bytes]:
        """Return the installation's own keys, made at the first use of a database; the caller commits."""
        for owner in OWN:
            self.make(connection, owner, at=at)
        return {owner: self._by_owner(connection, owner).secret for owner in OWN}

    def forget(self) -> None:
        """Hold no data key any more; they are unwrapped again when needed."""
        with self._lock:
            self._held.clear()

    def _list_of_fresh(self) -> list[Held]:
        if not hasattr(self._fresh, "keys"):
            self._fresh.keys = []
        keys: list[Held] = self._fresh.keys
        return keys

    @property
    def fresh(self) -> int:
        """Return how many keys this thread has made that are not committed."""
        return len(self._list_of_fresh())

    def settle(self, *, is_kept: bool, since: int = 0) -> None:
        """Say what became of the keys this thread has made (the first `since` left out): undone ones are forgotten."""
        fresh = self._list_of_fresh()
        if not is_kept:
            with self._lock:
                for key in fresh[since:]:
                    self._held.pop(key.id, None)
                    self._held.pop(key.owner, None)
        del fresh[since:]

    def _by_owner(self, connection: Connection, owner: Owner) -> Held:
        return self._recall(owner) or self._find(connection, _BY_OWNER, {"kind": owner.kind, "owner_id": owner.id})

    def _by_id(self, connection: Connection, key_id: int) -> Held:
        return self._recall(key_id) or self._find(connection, _BY_ID, {"key_id": key_id})

    def _recall(self, name: Owner | int) -> Held | None:
        with self._lock:
            held = self._held.get(name)
            if held is None or held.until < time.monotonic():
                return None
            self._held.move_to_end(name)
            return held

    def fetch(self, connection: Connection, owners: Collection[Owner]) -> None:
        """Have the keys of many owners of one kind at hand, if they have any: one question instead of one for each."""
        missing = [owner for owner in owners if self._recall(owner) is None]
        if missing:
            of_kind, ids = _OF_KIND.about([owner.id for owner in missing])
            for row in of_kind.rows(connection, {"kind": missing[0].kind, **ids}):
                self._hold(self._unwrap(row))

    def _find(self, connection: Connection, query: Select[*tuple[Any, ...]], named: dict[str, object]) -> Held:
        row = connection.execute(query, named).one_or_none()
        if row is None:
            raise KeyGone(str(named))
        return self._hold(self._unwrap(row))

    def _hold(self, held: Held) -> Held:
        with self._lock:
            for name in (held.owner, held.id):
                self._held[name] = held
            while len(self._held) > 2 * MOST_KEYS:
                self._held.popitem(last=False)
        return held

    def _unwrap(self, row: Row[*tuple[Any, ...]]) -> Held:
        kind, owner_id, key_id, master_id, wrapped = row
        owner = Owner(kind, owner_id)
        secret = unwrap(self.masters.find(master_id), owner, key_id, wrapped)
        return Held(key_id, owner, secret, AESGCM(secret), time.monotonic() + KEPT_SECONDS)


def _wrapping(owner: Owner, key_id: int) -> bytes:
    return bound_to("data_keys", "wrapped", key_id, owner.kind, owner.id)


def wrap(master: MasterKey, owner: Owner, key_id: int, secret: bytes) -> bytes:
    """Return a data key, wrapped; only the same master unwraps it, and only as this owner's."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + master.cipher.encrypt(nonce, secret, _wrapping(owner, key_id))


def unwrap(master: MasterKey, owner: Owner, key_id: int, wrapped: bytes) -> bytes:
    """Return a data key; raise Tampered when it is not what was wrapped."""
    try:
        return master.cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], _wrapping(owner, key_id))
    except InvalidTag:
        raise Tampered(f"data key {key_id}") from None


def keyring_of(connection: Connection) -> Keyring:
    """Return the keyring of the store that this connection belongs to."""
    ring: Keyring = connection.dialect.keyring  # type: ignore[attr-defined]  # put there by the store
    return ring
