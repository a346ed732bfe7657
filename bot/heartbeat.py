"""A sign of life for a monitor outside: given only while intake, worker, ticks, sender and database are all well.

Any monitor of the healthchecks kind does: it alarms when the sign stays away. Nothing is sent with it.
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
from storage.marks import set_mark
from storage.pulse import find_stuck

log = structlog.get_logger()

STUCK_AFTER = timedelta(minutes=3)
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
        intake_trouble: Callable[[], str | None],
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._url = url
        self._tasks = tasks
        self._intake_trouble = intake_trouble
        self._said: tuple[str, ...] = ()

    async def beat(self) -> bool:
        """Ping the monitor if all is well; return whether all is."""
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
        now = self._clock.now()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._desk.write(lambda work: set_mark(work, "heartbeat", "well"))
                found += await self._desk.read(lambda session: find_stuck(session, now=now, after=STUCK_AFTER))
        except Exception as error:  # whatever the database's trouble is, it is not well
            log.error("database-not-well", trouble=trouble(error))
            found.append("database")
        return found

    async def _ping(self, url: str) -> None:
        try:
            async with httpx.AsyncClient(timeout=10) as client:
                await client.get(url)
        except httpx.HTTPError as error:  # the monitor will miss it, and that is what it is for
            log.warning("monitor-not-reached", trouble=type(error).__name__)
