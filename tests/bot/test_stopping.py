"""What waits for work ends when it is told to, also in the very moment in which there is some."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.sender import Sender
from bot.worker import Worker
from storage.inbox import Waiting


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


class SlowDesk:
    """A desk whose first unit, a claim, ends only after the worker was told to stop."""

    def __init__(self) -> None:
        self.begun, self.stopped = asyncio.Event(), asyncio.Event()
        self.units = 0

    async def read(self, _query: object) -> list[int]:
        return [1]

    async def write(self, unit: Callable[[Any], Any]) -> Any:
        self.units += 1
        if self.units == 1:
            self.begun.set()
            await self.stopped.wait()
            return [Waiting(1, 7, "{}", 0), Waiting(2, 8, "{}", 0)]
        return unit(None)


async def test_what_a_claim_brings_after_the_end_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else whoever wrote then would wait until the claim has run out, a cry for help too."""
    freed: set[int] = set()
    monkeypatch.setattr("bot.worker.let_chats_go", lambda _work, chats, holder: freed.update(chats))
    desk: Any = SlowDesk()
    nobody: Any = None
    one = Worker(desk, nobody, SystemClock(), may_work=lambda: True, holder="one of many")
    running = asyncio.create_task(one.run())
    await desk.begun.wait()
    running.cancel()
    await asyncio.wait({running})
    asyncio.get_running_loop().call_soon(desk.stopped.set)
    await one.stop()
    assert freed == {7, 8}
