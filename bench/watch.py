"""What a measurement looks at: how long the event loop stands still, and the memory of a process of its own."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Watch:
    """Notices how long the event loop stood still at most (seconds)."""

    EVERY = 0.005

    def __init__(self) -> None:
        self.longest = 0.0

    async def __aenter__(self) -> Watch:
        self._task = asyncio.create_task(self._look())
        await asyncio.sleep(0.05)
        self.longest = 0.0
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(0.01)
        self._task.cancel()

    async def _look(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(self.EVERY)
            self.longest = max(self.longest, time.perf_counter() - began - self.EVERY)


def resident() -> float:
    """Return the memory of this process (MiB) with no garbage in it."""
    gc.collect()
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 2**20
    except OSError:  # not Linux: the peak will do
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_own_process(measure: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Measure in a fresh process: what an earlier one gave back would be taken again, and no growth be seen."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as other:
        return other.submit(measure, *args, **named).result()
