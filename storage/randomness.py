"""Random bytes for nonces and salts, asked of the system by the thousand: each time it is asked, every thread waits."""

from __future__ import annotations

import os
import secrets
import threading

STOCK = 4096


class _Stock(threading.local):
    """The bytes of one thread that nobody has had yet. A forked process begins anew: no two may have the same."""

    def __init__(self) -> None:
        self.bytes, self.taken, self.process = b"", 0, 0


_STOCK = _Stock()


def random_bytes(number: int) -> bytes:
    """Return so many random bytes (few), which nobody else ever gets."""
    stock, first = _STOCK, _STOCK.taken
    if first + number > len(stock.bytes) or stock.process != os.getpid():
        stock.bytes, stock.process, first = secrets.token_bytes(STOCK), os.getpid(), 0
    stock.taken = first + number
    return stock.bytes[first : stock.taken]
