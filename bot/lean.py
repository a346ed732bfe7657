"""Take less memory: leave out of libraries what we never use, and let threads share one heap."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Collection
from contextlib import suppress
from importlib import import_module

MOST_HEAPS = -8
"""What glibc calls M_ARENA_MAX."""


def import_without(unused: Collection[str], libraries: Collection[str]) -> None:
    """Import `libraries` as if the packages `unused` were not installed. Others can import these afterwards."""
    hidden = [name for name in unused if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: "not to be found", as Python has it
    try:
        for library in libraries:
            import_module(library)
    finally:
        for name in hidden:
            del sys.modules[name]


def import_without_manuals(library: str) -> None:
    """Import a library and let go of what its classes say of themselves: of SQLAlchemy's and
    python-telegram-bot's, more than a megabyte.

    Early, that is: what is imported after it takes the room.
    """
    import_module(library)
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] != library.partition(".")[0]:
            continue
        for held in list(vars(module).values()):
            if isinstance(held, type) and held.__module__ == name and held.__doc__:
                with suppress(AttributeError, TypeError):  # one that is not written in Python keeps it
                    held.__doc__ = None


def share_one_heap() -> None:
    """Let all threads take memory from one heap: in Python they take turns anyway. Where glibc is not, do nothing."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(MOST_HEAPS, 1)


def give_back() -> None:
    """Give the system back what only the start needed. Where glibc is not, do nothing."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
