"""What waits for work ends when it is told to, also in the very moment in which there is some."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.sender import Sender
from bot.worker import Worker


def worker() -> Worker:
    return Worker(None, None, SystemClock(), may_work=lambda: False, holder=None)  # type: ignore[arg-type]


def sender() -> Sender:
    nobody: Any = None
    return Sender(nobody, nobody, SystemClock(), grip=lambda: None, per_second=1.0)


@pytest.mark.parametrize("make", [worker, sender])
@pytest.mark.parametrize("steps", range(6))
async def test_it_ends_however_close_the_wake_and_the_end_are(make: Any, steps: int) -> None:
    loop = make()

    async def nothing() -> bool:
        return False

    loop.look = nothing
    running = asyncio.create_task(loop.run())
    for _ in range(5):
        await asyncio.sleep(0)
    loop.wake.set()
    for _ in range(steps):
        await asyncio.sleep(0)
    running.cancel()
    done, _ = await asyncio.wait({running}, timeout=timedelta(seconds=5).total_seconds())
    again = running.cancel()
    assert done, "the first word was swallowed"
    assert not again
