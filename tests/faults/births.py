"""Real processes of `steady run`, born from a parent that has imported everything: that saves 1.5 s a start.

`multiprocessing`'s fork server is that parent. It has no threads, no loop and no connections, so what is born from it
is as good as new; only the imports and the content, which nothing changes, are older than the process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "1")

import bot.main
from bot.bots import read_bots
from content.loader import load_content

CONTENT = load_content()
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__])

PATIENCE = 30
"""Seconds in which a process must be gone once it was told to stop, or was killed."""


_asking = threading.RLock()


class Child(CONTEXT.Process):
    """A process that several threads may ask how it ended.

    The fork server tells the code once, through a pipe. `multiprocessing` reads it without a lock, and each start of
    a process asks about all the others: of two threads that ask at the same moment, one is told 255. So all that asks
    does it one after another, and waiting is done outside.
    """

    def start(self) -> None:
        with _asking:
            super().start()

    def join(self, timeout: float | None = None) -> None:
        wait([self.sentinel], timeout)
        with _asking:
            super().join(0)

    @property
    def exitcode(self) -> int | None:
        """The code, the signal below zero, or None while it lives."""
        with _asking:
            code: int | None = super().exitcode
            return code


def born(work: Callable[..., None], *given: Any) -> BaseProcess:
    """Start a process that does `work`."""
    process = Child(target=work, args=given, daemon=True)
    process.start()
    return process


def steady_run(environment: dict[str, str], log: Path) -> None:
    """Be `steady run` with these settings, as the command line would be, writing its log to a file."""
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    write_log_to(log)
    bot.main.load_content = lambda: CONTENT
    raise SystemExit(bot.main.run(*read_bots(env_file=None)))


def write_log_to(log: Path) -> None:
    """Let everything this process says go to the end of a file."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)


def kill(process: BaseProcess) -> None:
    """End a process as the power would."""
    process.kill()
    process.join(PATIENCE)
