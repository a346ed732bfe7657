"""A sign of life for a monitor outside: given only while every part is well, and alerts have a chat to go to.

Any monitor of the healthchecks kind does: it alarms when the sign stays away. Nothing is sent with it. What breaks is
noticed within two minutes at most, so that a monitor that waits for three (docs/operating.md) alarms within five.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import httpx
import structlog

from bot.clock import Clock
from bot.desk import Desk
from bot.logs import trouble
from bot.rehearsal import Rehearsal
from bot.turns import Turns
from storage.marks import set_mark
from storage.pulse import find_stuck
from storage.reading import Session
from storage.routes import is_chat_lost

log = structlog.get_logger()

STUCK_AFTER = timedelta(seconds=90)
"""How long something urgent may lie, and a loop go without coming round: a poll for updates lasts 65 s at most."""
PATIENCE = 20.0
"""Real seconds that the database has for its answer: one that hangs is not well."""


class Heartbeat:
    """Asks every part how it is, and pings the monitor when all are well."""

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        *,
        url: str | None,
        tasks: Callable[[], Sequence[asyncio.Task[None]]],
        turns: Turns,
        intake_trouble: Callable[[], str | None],
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._url = url
        self._rehearsal = Rehearsal(desk, clock)
        self._tasks = tasks
        self._turns = turns
        self._intake_trouble = intake_trouble
        self._said: tuple[str, ...] = ()

    async def beat(self) -> bool:
        """Hold a rehearsal if one is due, and ping the monitor if all is well; return whether all is."""
        await self._rehearsal.hold_if_due()
        ailments = await self.ailments()
        if tuple(ailments) != self._said:
            log.warning("not-well", ailments=ailments) if ailments else log.info("well-again")
            self._said = tuple(ailments)
        if not ailments and self._url is not None:
            await self._ping(self._url)
        return not ailments

    async def ailments(self) -> list[str]:
        """Return what is not well, in a word each."""
        found = ["task"] if not self._tasks() or any(task.done() for task in self._tasks()) else []
        if self._intake_trouble() is not None:
            found.append("intake")
        found += self._turns.missing(after=STUCK_AFTER.total_seconds())
        try:
            async with asyncio.timeout(PATIENCE):
                await self._desk.write(lambda work: set_mark(work, "heartbeat", "well"))
                found += await self._desk.read(self._find)
        except Exception as error:  # whatever the database's trouble is, it is not well
            log.error("database-not-well", trouble=trouble(error))
            found.append("database")
        return list(dict.fromkeys(found))

    def _find(self, session: Session) -> list[str]:
        stuck = find_stuck(session, now=self._clock.now(), after=STUCK_AFTER)
        also = {"chat": is_chat_lost(session), "rehearsal": self._rehearsal.is_overdue(session)}
        return [*stuck, *(name for name, is_so in also.items() if is_so)]

    async def _ping(self, url: str) -> None:
        try:
            async with httpx.AsyncClient(timeout=10) as client:
                (await client.get(url)).raise_for_status()
        except httpx.HTTPError as error:  # the monitor will miss it, and that is what it is for
            log.warning("monitor-not-reached", trouble=type(error).__name__)
