"""What happens when memory runs out: the process ends at once, and the service manager starts a fresh one.

After a MemoryError nobody knows which wake-up was lost. A process that went on might wait for ever for an answer that
nobody brings, with a heart that still beats. To end anywhere loses nothing (docs/reliability.md, A1 and A7).
"""

from __future__ import annotations

import asyncio
import errno
import os
import sys
import threading
from collections.abc import Iterator
from typing import Any

EXIT_CODE = 71
"""What `steady run` leaves with: the machine had no memory, or no thread, to give (EX_OSERR of sysexits.h)."""
LAST_WORDS = {
    "console": b"[error] out-of-memory: this process was refused memory and ends at once; nothing is lost\n",
    "json": b'{"event": "out-of-memory", "level": "error", "note": "ends at once; nothing is lost"}\n',
}
NO_THREAD = "can't start new thread"
SQLITE_SIGNS = ("SQLITE_NOMEM", "SQLITE_IOERR_NOMEM", "SQLITE_IOERR_SHMMAP")
"""How SQLite says it: not every one of them becomes a MemoryError in its driver."""


class _End:
    """How to end, once somebody has said that this process may."""

    words: bytes | None = None
    reserve = bytearray()


def end_when_exhausted(log_format: str) -> None:
    """From now on this process ends where an error says that memory is out; until then nothing would happen.

    Errors are seen where ours are noted (`bot/logs.py`), and here, where those go that nobody caught.
    """
    _End.reserve = bytearray(2**16)  # given back first, so that there is room to look at what happened
    _End.words = LAST_WORDS[log_format]
    uncaught, in_thread, unraisable = sys.excepthook, threading.excepthook, sys.unraisablehook

    def report(kind: Any, error: Any, trace: Any) -> None:
        end_if_exhausted(error)
        uncaught(kind, error, trace)

    def report_thread(args: Any) -> None:
        end_if_exhausted(args.exc_value)
        in_thread(args)

    def report_unraisable(args: Any) -> None:
        end_if_exhausted(args.exc_value)
        unraisable(args)

    sys.excepthook, threading.excepthook, sys.unraisablehook = report, report_thread, report_unraisable


def listen_to(loop: asyncio.AbstractEventLoop) -> None:
    """See the errors of callbacks and of tasks that nobody awaits: the loop would log them and go on."""

    def note(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        end_if_exhausted(context.get("exception"))
        loop.default_exception_handler(context)

    loop.set_exception_handler(note)


def end_if_exhausted(error: BaseException | None) -> None:
    """End this process, without a further step, if `error` or what lies behind it says that memory is out."""
    if _End.words is None or error is None or not (isinstance(error, MemoryError) or is_exhausted(error)):
        return
    _End.reserve.clear()
    try:
        os.write(2, _End.words)
    finally:
        os._exit(EXIT_CODE)


def is_exhausted(error: BaseException) -> bool:
    """Return whether an error, or any that it came from, says that this process was refused memory or a thread."""
    return any(_says_so(one) for one in _behind(error))


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _says_so(error: BaseException) -> bool:
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    if isinstance(error, RuntimeError):
        return str(error) == NO_THREAD
    # libpq's own lack has no SQLSTATE; the server's, which is not ours, has one.
    is_libpq = getattr(error, "sqlstate", "") is None and "out of memory" in str(error)
    return is_libpq or getattr(error, "sqlite_errorname", "") in SQLITE_SIGNS
