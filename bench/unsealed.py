"""Steady without its encryption, for one measurement: what does it cost? Nothing but `bench` imports this."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from storage import chat_ids
from storage.keyring import SEALED, Keyring

FLAG = "STEADY_BENCH_UNSEALED"


def _seal(_ring: Keyring, _connection: Any, _owner: Any, plain: bytes, _place: bytes) -> bytes:
    return SEALED + plain


def _open(_ring: Keyring, _connection: Any, sealed: bytes, _place: bytes) -> bytes:
    return sealed[1:]


@contextmanager
def unsealed() -> Iterator[None]:
    """Store everything in the clear, here and in the processes that are started meanwhile."""
    with mock.patch.dict(os.environ, {FLAG: "1"}), _patched():
        yield


@contextmanager
def as_told() -> Iterator[None]:
    """Do what the process that started us does."""
    if FLAG not in os.environ:
        yield
        return
    with _patched():
        yield


@contextmanager
def _patched() -> Iterator[None]:
    with (
        mock.patch.object(Keyring, "seal", _seal),
        mock.patch.object(Keyring, "open", _open),
        mock.patch.object(Keyring, "index", lambda _ring, domain, value: f"{domain[0]}{value}".encode()[:16]),
        mock.patch.object(chat_ids, "veil", lambda _key, chat: chat.to_bytes(16, signed=True)),
        mock.patch.object(chat_ids, "unveil", lambda _key, veiled: int.from_bytes(veiled, signed=True)),
    ):
        yield
