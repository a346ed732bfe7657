"""What a measurement looks at: how long the event loop stands still, and the memory of a process of its own."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
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


def measure_sleeper(seconds: float) -> float:
    """Return how long (ms) a process that does nothing but sleep was kept waiting at most: the machine's own share."""
    longest, end = 0.0, time.monotonic() + seconds
    while (began := time.monotonic()) < end:
        time.sleep(Watch.EVERY)
        longest = max(longest, time.monotonic() - began - Watch.EVERY)
    return longest * 1000


def in_own_process(measure: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Measure in a fresh process: what an earlier one gave back would be taken again, and no growth be seen."""
    with meanwhile(measure, *args, **named) as measured:
        return measured.result()


@contextmanager
def meanwhile(measure: Callable[P, T], *args: P.args, **named: P.kwargs) -> Iterator[Future[T]]:
    """Measure in a fresh process while something else is done here."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as other:
        yield other.submit(measure, *args, **named)


def resident() -> float:
    """Return the memory of this process (MiB) with no garbage in it."""
    gc.collect()
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 2**20
    except OSError:  # not Linux: the peak will do
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ticks(process: int) -> int:
    """Return the processor time that another process has used, in the kernel's ticks. Linux only."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def wait_until_calm(processes: Collection[int], *, share: float = 0.1, longest: float = 60.0) -> None:
    """Wait until other processes have used less than `share` of a core each for a second: what follows a start."""
    end, second = time.monotonic() + longest, os.sysconf("SC_CLK_TCK")
    while time.monotonic() < end:
        before = [ticks(process) for process in processes]
        time.sleep(1.0)
        if all(ticks(process) - was < share * second for process, was in zip(processes, before, strict=True)):
            return
