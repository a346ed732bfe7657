"""A Telegram id as a column that can be compared and joined, and tells nothing without the key.

One block of AES over a constant and the number: the same id has the same 16 bytes everywhere in one installation,
so queues and indexes work as with plain numbers. What that shows to a thief is which rows belong together, and the
patient's number in the same row shows that anyway.
"""

from __future__ import annotations

import threading
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes
from sqlalchemy import Dialect, LargeBinary, TypeDecorator

from storage.keyring import CHATS, Tampered

MARK = b"chat id\x00"


class _Blocks(threading.local):
    """How this thread turns one block with each key: to make ready for it takes longer than to do it."""

    def __init__(self) -> None:
        self._of: dict[bytes, tuple[CipherContext, CipherContext]] = {}

    def of(self, key: bytes) -> tuple[CipherContext, CipherContext]:
        """Return what veils and what unveils with `key`."""
        if key not in self._of:
            block = Cipher(algorithms.AES256(key), modes.ECB())  # noqa: S305  (one block, used as a permutation)
            self._of[key] = block.encryptor(), block.decryptor()
        return self._of[key]


_BLOCKS = _Blocks()


@lru_cache(maxsize=20_000)
def veil(key: bytes, chat_id: int) -> bytes:
    """Return the 16 bytes that stand for an id."""
    return _BLOCKS.of(key)[0].update(MARK + chat_id.to_bytes(8, signed=True))


@lru_cache(maxsize=20_000)
def unveil(key: bytes, veiled: bytes) -> int:
    """Return the id behind 16 bytes; raise Tampered when the key did not make them."""
    if len(veiled) != 16:
        raise Tampered("chat id")
    plain = _BLOCKS.of(key)[1].update(veiled)
    if not plain.startswith(MARK):
        raise Tampered("chat id")
    return int.from_bytes(plain[len(MARK) :], signed=True)


class ChatId(TypeDecorator[int]):
    """The id of a chat or a person at Telegram, veiled."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return veil(dialect.keyring.own[CHATS], value)  # type: ignore[attr-defined]  # put there by the store

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        return unveil(dialect.keyring.own[CHATS], bytes(value))  # type: ignore[attr-defined]  # as above
