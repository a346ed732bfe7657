"""Handle what is in the inbox: in order for each chat, side by side across chats."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.ext import Application

from bot.clock import Clock
from bot.desk import HANDLING, Desk, Handling
from bot.logs import trouble
from bot.updates import read_update
from clinic.undelivered import tell_of_parked
from storage.inbox import AlreadyHandled, Waiting, claim_waiting, find_waiting, mark_done, set_back
from storage.leases import let_chats_go
from storage.troubles import is_away
from storage.work import Work

log = structlog.get_logger()

KEEPS_CHAT = timedelta(seconds=20)
"""How long one of many workers keeps a chat in hand after it took it: a dead one's chats wait as long."""
MOST_FOUND = 200
"""Updates taken in hand at a time."""
MOST_OF_A_CHAT = 20
"""Updates of one chat in hand after which no more of it are taken: a flood waits in the inbox, behind nobody's back."""
MOST_HELD = 5000
"""Updates in hand after which none are taken: a database takes only so many numbers in one question."""
NUL = r"\u0000"
MOST_AT_ONCE = 64
"""Chats handled side by side; more would only wait for the storage threads."""
SHARE, LOW = 32, 8
"""Updates that one of many workers takes in hand at a time, and chats in hand above which it takes no more: what it
has not begun another could be at work on."""


class Worker:
    """The one task that hands inbox rows to the handlers."""

    def __init__(
        self,
        desk: Desk,
        application: Application,  # type: ignore[type-arg]
        clock: Clock,
        *,
        may_work: Callable[[], bool],
        holder: str | None,
    ) -> None:
        """Among many workers `holder` is this one's name: then it takes chats in hand. A lone one has them all."""
        self._desk = desk
        self._may_work = may_work
        self._holder = holder
        self._chats: dict[int, datetime] = {}
        self._claiming: asyncio.Task[list[Waiting]] | None = None
        self._application = application
        self._clock = clock
        self._lanes: dict[int, deque[Waiting]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._held: set[int] = set()
        self._is_stopping = False
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        self.looking = asyncio.Lock()
        """Held while rows are being taken in hand: then they are neither waiting nor taken."""
        self.wake = asyncio.Event()
        self._is_told = self._is_time = False
        self.taken = 0
        """Updates taken in hand so far."""
        self.on_turn: Callable[[], None] = lambda: None
        """Called each time the loop has come round without trouble."""

    @property
    def is_busy(self) -> bool:
        """Return whether an update is being handled right now."""
        return bool(self._held)

    def tell(self) -> None:
        """Say that updates have come: the next look need not ask first whether there are any."""
        self._is_told = True
        self.wake.set()

    async def run(self) -> None:
        """Work until cancelled; what was not finished then is still in the inbox."""
        while True:
            try:
                if not await self.look():
                    await self._pause()
                self.on_turn()
            except asyncio.CancelledError:
                raise
            except Exception as error:  # the database is away: the rows wait in it
                log.error("worker-trouble", trouble=trouble(error))
                await asyncio.sleep(1)

    async def idle(self) -> None:
        """Wait until no update is in hand."""
        while self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    async def stop(self) -> None:
        """Let the updates being handled be finished, for a few seconds at most; the rest waits in the inbox."""
        self._is_stopping = True
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()), timeout=5)
        if self._holder is not None:
            await self._let_go(self._holder)

    async def _let_go(self, holder: str) -> None:
        """Let whoever comes next have our chats at once: a cry for help must not wait until our claim has run out."""
        free = (set(self._chats) | await self._claimed_last()) - set(self._tasks)
        with contextlib.suppress(Exception):  # the database is away: the claims run out by themselves
            await self._desk.write(lambda work: let_chats_go(work, free, holder=holder))

    async def _claimed_last(self) -> set[int]:
        """Return the chats of the newest claim, of whose answer nobody heard if we were told to stop meanwhile."""
        if self._claiming is None:
            return set()
        await asyncio.wait([self._claiming], timeout=2)
        if not self._claiming.done() or self._claiming.cancelled() or self._claiming.exception() is not None:
            return set()
        return {row.chat_key for row in self._claiming.result()}

    async def _pause(self) -> None:
        try:
            # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with the wake.
            async with asyncio.timeout(1):
                await self.wake.wait()
        except TimeoutError:
            self._is_time = True
        self.wake.clear()

    async def look(self) -> bool:
        """Take what waits in the inbox in hand; return whether there may be more."""
        async with self.looking:
            self.wake.clear()
            if not self._may_work() or len(self._held) >= MOST_HELD:
                return False
            if self._holder is None:
                rows, most = await self._find(), MOST_FOUND
            elif not self._has_room():
                return False
            else:
                rows, most = await self._claim(self._holder), SHARE
            fresh = [row for row in rows if row.id not in self._held]
            self._take(fresh)
            return len(rows) == most

    def _has_room(self) -> bool:
        """Return whether one of many should look: who has much in hand leaves the rest to others."""
        is_asked = self._is_told or self._is_time or not self._lanes
        self._is_time = False
        return is_asked and len(self._lanes) <= LOW

    async def _find(self) -> list[Waiting]:
        now, held, full = self._clock.now(), set(self._held), self._full()
        return await self._desk.read(
            lambda session: find_waiting(session, now=now, held=held, full=full, most=MOST_FOUND)
        )

    def _full(self) -> list[int]:
        return [chat for chat, lane in self._lanes.items() if len(lane) >= MOST_OF_A_CHAT]

    async def _claim(self, holder: str) -> list[Waiting]:
        now, held, full = self._clock.now(), set(self._held), self._full()
        is_told, self._is_told = self._is_told, False
        if not is_told and not await self._desk.read(
            lambda session: find_waiting(session, now=now, held=held, full=full, most=1)
        ):
            return []
        mine = {chat for chat, until in self._chats.items() if until > now and chat in self._lanes}
        over = set(self._chats) - set(self._lanes)
        claim = self._desk.write(
            lambda work: claim_waiting(
                work, held=held, holder=holder, mine=mine, lasts=KEEPS_CHAT, full=full, over=over, most=SHARE
            )
        )
        self._claiming = asyncio.create_task(claim)
        rows = await asyncio.shield(self._claiming)  # told to stop, it is claimed all the same: see `_let_go`
        self._is_told = len(rows) == SHARE
        # Counted as ours for half of that time, so that no claim runs out while its updates are handled.
        self._chats = {chat: until for chat, until in self._chats.items() if chat not in over}
        self._chats |= {row.chat_key: now + KEEPS_CHAT / 2 for row in rows if row.chat_key not in mine}
        return rows

    def _take(self, fresh: list[Waiting]) -> None:
        self.taken += len(fresh)
        for row in fresh:
            self._held.add(row.id)
            self._lanes.setdefault(row.chat_key, deque()).append(row)
            if row.chat_key not in self._tasks:
                self._tasks[row.chat_key] = asyncio.create_task(self._serve_lane(row.chat_key))

    async def _serve_lane(self, chat_key: int) -> None:
        lane = self._lanes[chat_key]
        try:
            while lane and not self._is_stopping:
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
            update = read_update(_readable(row.raw), self._application.bot)
            await self._application.process_update(update)
            if handling.error is None and not handling.is_served:
                await self._desk.write(lambda work: mark_done(work, row.id))
        except AlreadyHandled:
            log.info("already-handled", row=row.id)
        except Exception as error:  # a malformed update, or the database: this row alone is set back
            handling.error = error
        finally:
            HANDLING.reset(token)
        if handling.error is not None and not isinstance(handling.error, AlreadyHandled):
            await self._set_back(row, handling.error)

    async def _set_back(self, row: Waiting, error: BaseException) -> None:
        what = trouble(error)
        log.error("update-trouble", row=row.id, trouble=what, attempt=row.attempts + 1)
        try:
            await self._desk.write(lambda work: self._write_set_back(work, row.id, what, counts=not is_away(error)))
        except Exception as worse:  # the database is away: the row stays waiting in it
            log.error("set-back-trouble", row=row.id, trouble=trouble(worse))

    def _write_set_back(self, work: Work, row_id: int, trouble: str, *, counts: bool) -> None:
        if not set_back(work, row_id, trouble, counts=counts):
            tell_of_parked(work, self._desk.content)


def _readable(raw: str) -> Any:
    """Return an update without half letters and NUL, which no database takes: one of them would park the whole."""
    whole = raw if raw.isascii() else raw.encode("utf-8", "replace").decode()
    update = json.loads(whole)
    return _without_nul(update) if NUL in whole else update


def _without_nul(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nul(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_without_nul(held) for held in value]
    return value.replace("\x00", "") if isinstance(value, str) else value
