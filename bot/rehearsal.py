"""Once an hour somebody who does not exist calls for help; when that has long not gone well, we are not well."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.desk import Desk
from bot.logs import trouble
from bot.rendering import render
from clinic.rehearse import Rehearsed, rehearse
from clinic.ward import Ward
from storage.marks import find_marked_at, set_mark
from storage.reading import Session

log = structlog.get_logger()

EVERY = timedelta(hours=1)
OVERDUE_AFTER = timedelta(minutes=70)
"""Noticed with the next sign of life: the monitor, which waits three minutes more, alarms within 75."""
PATIENCE = 20.0
MARK = "rehearsed"


class Rehearsal:
    """Holds rehearsals. That one went well is a mark in the database, so it counts for every process."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock

    async def hold_if_due(self) -> None:
        """Hold one if the last that went well is an hour old; what goes wrong is logged, and tried again next time."""
        try:
            async with asyncio.timeout(PATIENCE):
                if not await self._desk.read(lambda session: self._is_older(session, EVERY)):
                    return
                await self._hold()
                await self._desk.write(lambda work: set_mark(work, MARK, "well"))
        except Exception as error:  # whatever it was: a call for help might have met it too
            log.error("rehearsal-trouble", trouble=trouble(error))

    async def _hold(self) -> None:
        try:
            await self._desk.write(lambda work: rehearse(Ward(work, self._desk.content)))
        except Rehearsed as went_well:
            for page in went_well.pages:
                render(self._desk.content, page)

    def is_overdue(self, session: Session) -> bool:
        """Return whether too long ago, or never, a rehearsal went well."""
        return self._is_older(session, OVERDUE_AFTER)

    def _is_older(self, session: Session, age: timedelta) -> bool:
        at: datetime | None = find_marked_at(session, MARK)
        return at is None or abs(self._clock.now() - at) >= age  # a clock that was set back makes no mark of the future
