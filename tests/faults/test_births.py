"""The processes of the fault tests tell truly how they ended, to whoever asks."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.process import BaseProcess

from tests.faults.births import PATIENCE, born

CODE = 3
LIVES = 60
AT_ONCE = 3


def leave() -> None:
    os._exit(CODE)


def code_of(process: BaseProcess) -> int | None:
    process.join(PATIENCE)
    return process.exitcode


def test_threads_that_ask_at_the_same_moment_are_told_the_same_code() -> None:
    told = set()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in range(LIVES):
            told |= set(threads.map(code_of, [born(leave)] * AT_ONCE))
    assert told == {CODE}
