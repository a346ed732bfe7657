"""Handle what is in the inbox: in order for each chat, side by side across chats."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque

import structlog
from telegram import Update
from telegram.ext import Application

from bot.clock import Clock
from bot.desk import HANDLING, Desk, Handling
from bot.logs import trouble
from clinic.undelivered import tell_of_parked
from storage.inbox import Waiting, find_waiting, mark_done, set_back
from storage.work import Work

log = structlog.get_logger()

MOST_AT_ONCE = 64
"""Chats handled side by side; more would only wait for the storage threads."""


class Worker:
    """The one task that hands inbox rows to the handlers."""

    def __init__(self, desk: Desk, application: Application, clock: Clock) -> None:  # type: ignore[type-arg]
        self._desk = desk
        self._application = application
        self._clock = clock
        self._lanes: dict[int, deque[Waiting]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._held: set[int] = set()
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        self.wake = asyncio.Event()

    @property
    def is_busy(self) -> bool:
        """Return whether an update is being handled right now."""
        return bool(self._held)

    async def run(self) -> None:
        """Work until cancelled; what was not finished then is still in the inbox."""
        while True:
            try:
                if not await self._take_some():
                    await self._pause()
            except asyncio.CancelledError:
                raise
            except Exception as error:  # the database is away: the rows wait in it
                log.error("worker-trouble", trouble=trouble(error))
                await asyncio.sleep(1)

    async def stop(self) -> None:
        """Let the updates in hand be finished, for a few seconds at most."""
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()), timeout=5)

    async def _pause(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.wake.wait(), timeout=1)
        self.wake.clear()

    async def _take_some(self) -> bool:
        self.wake.clear()
        now, held = self._clock.now(), set(self._held)
        rows = await self._desk.read(lambda session: find_waiting(session, now=now, held=held))
        fresh = [row for row in rows if row.id not in self._held]
        for row in fresh:
            self._held.add(row.id)
            self._lanes.setdefault(row.chat_key, deque()).append(row)
            if row.chat_key not in self._tasks:
                self._tasks[row.chat_key] = asyncio.create_task(self._serve_lane(row.chat_key))
        return bool(fresh)

    async def _serve_lane(self, chat_key: int) -> None:
        lane = self._lanes[chat_key]
        try:
            while lane:
                row = lane.popleft()
                async with self._places:
                    await self._handle(row)
                self._held.discard(row.id)
        finally:
            self._held.difference_update(row.id for row in lane)
            del self._lanes[chat_key], self._tasks[chat_key]
            self.wake.set()

    async def _handle(self, row: Waiting) -> None:
        handling = Handling(row)
        token = HANDLING.set(handling)
        try:
            update = Update.de_json(json.loads(row.raw), self._application.bot)
            await self._application.process_update(update)
            if handling.error is None and not handling.is_served:
                await self._desk.write(lambda work: mark_done(work, row.id))
        except Exception as error:  # a malformed update, or the database: this row alone is set back
            handling.error = error
        finally:
            HANDLING.reset(token)
        if handling.error is not None:
            await self._set_back(row, handling.error)

    async def _set_back(self, row: Waiting, error: BaseException) -> None:
        what = trouble(error)
        log.error("update-trouble", row=row.id, trouble=what, attempt=row.attempts + 1)
        try:
            await self._desk.write(lambda work: self._write_set_back(work, row.id, what))
        except Exception as worse:  # the database is away: the row stays waiting in it
            log.error("set-back-trouble", row=row.id, trouble=trouble(worse))

    def _write_set_back(self, work: Work, row_id: int, trouble: str) -> None:
        if not set_back(work, row_id, trouble):
            tell_of_parked(work, self._desk.content)
