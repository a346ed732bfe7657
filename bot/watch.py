"""The watch over the watch: a route test, the self-audit, the heartbeat and the second way, each by its own tick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.desk import Desk
from bot.heartbeat import Heartbeat
from bot.logs import trouble
from bot.route_test import RouteTest
from bot.second_way import LOOK_EVERY, SecondWay
from clinic.check_books import look_through, tell_of_breaches
from clinic.ward import Ward

log = structlog.get_logger()


EVERY = 60
"""Seconds between two signs of life, and between two looks at the clinicians' chats."""


class Watch:
    """Five interval ticks. They remember nothing, and none of them stops the others."""

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        heartbeat: Heartbeat,
        routes: RouteTest,
        second_way: SecondWay,
        *,
        is_active: Callable[[], bool],
    ) -> None:
        self._desk = desk
        self._clock = clock
        self.heartbeat = heartbeat
        self.routes = routes
        self.second_way = second_way
        self._is_active = is_active
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._scheduler.add_job(self.beat, "interval", seconds=EVERY)
        self._scheduler.add_job(self.look_at_chats, "interval", seconds=EVERY)
        self._scheduler.add_job(self.look_for_late, "interval", seconds=LOOK_EVERY)
        self._scheduler.add_job(self.test_routes, "interval", minutes=15)
        self._scheduler.add_job(self.check_books, "interval", hours=1)

    def start(self) -> None:
        """Start to watch."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop watching."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def beat(self) -> None:
        """Give the sign of life, if this process is the one that makes the rounds."""
        if self._is_active():
            await self.heartbeat.beat()

    async def look_for_late(self) -> None:
        """Mail of alerts that do not leave, if this process is the one that makes the rounds."""
        if self._is_active():
            await self.second_way.look()

    async def look_at_chats(self) -> None:
        """Notice chats of clinicians that are gone, if this process is the one that makes the rounds."""
        if self._is_active():
            await self.routes.look_at_chats()

    async def test_routes(self) -> None:
        """Test every route, if this process is the one that makes the rounds."""
        if self._is_active():
            await self.routes.run()

    async def check_books(self) -> None:
        """Look through the books; what must not be is logged, and told to the operator."""
        if not self._is_active():
            return
        try:
            now = self._clock.now()
            found = await self._desk.read(lambda session: look_through(session, now))
            await self._desk.write(lambda work: tell_of_breaches(Ward(work, self._desk.content), found))
        except Exception as error:  # the database is away: the heartbeat says so
            log.error("audit-trouble", trouble=trouble(error))
            return
        for breach in found:
            log.error("audit-breach", what=breach.what, rows=breach.rows)
