"""Write down what has been sent: whatever gathers while one entry is being written shares the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.desk import Desk
from bot.logs import trouble
from storage.leases import Grip, LeaseLost, check_grip
from storage.sending import Sent, mark_all_sent
from storage.work import Work

log = structlog.get_logger()

AGAIN_AFTER = 1.0
"""Seconds. What was sent must be written down, or the next holder of the lease sends it once more."""
GATHERS = 0.004
"""Seconds. What arrives this close together shares a commit, which takes longer than that on most disks."""


class SentBook:
    """The sender's record. `note` returns once the entry is durable."""

    def __init__(self, desk: Desk, *, more_to_come: Callable[[], bool]) -> None:
        """`more_to_come` says whether further letters are on their way: an entry may wait for theirs."""
        self._desk = desk
        self._more_to_come = more_to_come
        self._waiting: list[tuple[Grip, Sent, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def note(self, grip: Grip, sent: Sent) -> None:
        """Write that a letter has gone, as often as it takes; raise LeaseLost if another process sends now."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((grip, sent, done))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        try:
            while self._waiting:
                if self._more_to_come():
                    await asyncio.sleep(GATHERS)
                batch, self._waiting = self._waiting, []
                grip = batch[-1][0]
                error = await self._enter(grip, [sent for held, sent, _ in batch if held == grip])
                for held, _, done in batch:
                    _end(done, error if held == grip else LeaseLost(held.name))
        finally:
            self._writing = None

    async def _enter(self, grip: Grip, entries: list[Sent]) -> LeaseLost | None:
        while True:
            try:
                await self._desk.write(lambda work: self._unit(work, grip, entries))
            except LeaseLost as lost:
                return lost
            except Exception as error:  # the database is away: what was sent stays sent, and is written later
                log.error("sent-not-noted", letters=len(entries), trouble=trouble(error))
                await asyncio.sleep(AGAIN_AFTER)
            else:
                return None

    def _unit(self, work: Work, grip: Grip, entries: list[Sent]) -> None:
        check_grip(work, grip)
        mark_all_sent(work, entries)


def _end(done: asyncio.Future[None], error: LeaseLost | None) -> None:
    if done.done():  # the sender was told to stop meanwhile
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
