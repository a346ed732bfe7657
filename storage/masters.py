"""The master key, which lives outside the database: it opens the data keys, and they open everything else.

Several may be known at once while one takes over from another: the first is the one to use from now on.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SIZE = 32


class NoMasterKey(Exception):
    """There is no master key, or not the one that was used; the sentence says what to do."""


@dataclass(frozen=True, repr=False)
class MasterKey:
    """One master key. It does not print itself."""

    secret: bytes

    @cached_property
    def id(self) -> str:
        """Return what tells this key apart; it says nothing about the key itself."""
        return hashlib.sha256(b"steady master key" + self.secret).hexdigest()[:16]

    @cached_property
    def cipher(self) -> AESGCM:
        """Return what wraps with this key."""
        return AESGCM(self.secret)

    def __repr__(self) -> str:
        return f"MasterKey({self.id})"

    def written(self) -> str:
        """Return the key as text, for the file or the setting it is kept in."""
        return base64.urlsafe_b64encode(self.secret).decode()


def new_master() -> MasterKey:
    """Return a new random key."""
    return MasterKey(secrets.token_bytes(SIZE))


def read_masters(text: str) -> tuple[MasterKey, ...]:
    """Return the keys written in `text`, apart by spaces, commas or lines; `#` begins a remark.

    Raises NoMasterKey when there is none, or when one is not 32 bytes in base64 or hexadecimal.
    """
    bare = re.sub(r"#.*", "", text)
    keys = tuple(MasterKey(_bytes_of(word)) for word in re.split(r"[\s,]+", bare) if word)
    if not keys:
        raise NoMasterKey("there is no key in it")
    return keys


def _bytes_of(word: str) -> bytes:
    try:
        if re.fullmatch(r"[0-9a-fA-F]{64}", word):
            return bytes.fromhex(word)
        secret = base64.b64decode(word.replace("-", "+").replace("_", "/") + "=" * (-len(word) % 4), validate=True)
    except (ValueError, binascii.Error):
        secret = b""
    if len(secret) != SIZE:
        raise NoMasterKey("a master key is 32 bytes, written in base64 or hexadecimal: `steady keys new` makes one")
    return secret


class Masters:
    """The master keys that are known. `load` reads them again: they may have changed while we run."""

    def __init__(self, load: Callable[[], Sequence[MasterKey]]) -> None:
        self._load = load
        self._keys: tuple[MasterKey, ...] | None = None

    def first(self) -> MasterKey:
        """Return the key to wrap with. Raises NoMasterKey when there is none."""
        return self._known()[0]

    def find(self, master_id: str) -> MasterKey:
        """Return the key with this id, read again if it is not known yet; raise NoMasterKey if it stays unknown."""
        for again in (False, True):
            if again:
                self.reload()
            for key in self._known():
                if key.id == master_id:
                    return key
        known = ", ".join(key.id for key in self._known())
        raise NoMasterKey(
            f"The database is locked with the master key {master_id}, which is not among those configured ({known})."
            " All processes of one database need the same key, whatever their STEADY_HOME: see docs/scaling.md."
        )

    def reload(self) -> None:
        """Read the keys again."""
        self._keys = tuple(self._load())

    def know(self, *keys: MasterKey) -> None:
        """Have these keys from now on, whatever was configured."""
        self._load = lambda: keys
        self._keys = keys

    def _known(self) -> tuple[MasterKey, ...]:
        if self._keys is None:
            self.reload()
        if not self._keys:
            raise NoMasterKey("there is no master key")
        return self._keys


def no_masters() -> Sequence[MasterKey]:
    """Return no key at all: what a Store that was given none makes of it."""
    raise NoMasterKey("this Store was opened without a master key")


UNLESS_GIVEN = Masters(no_masters)
"""What a Store uses that was given no keys: none, so that it refuses. Tests put a throwaway key here."""


def fixed(*keys: MasterKey) -> Masters:
    """Return masters that never change."""
    return Masters(lambda: keys)
