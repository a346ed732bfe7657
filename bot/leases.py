"""Hold what only one process may do: polling, sending, making rounds. Who does not hold it is passive and waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import timedelta

import structlog

from bot.desk import Desk
from bot.lifeline import Lifeline
from bot.logs import trouble
from storage.leases import Grip, end_frozen, find_holder, let_go, take_lease, wait_shortly
from storage.reading import Session
from storage.work import Work

log = structlog.get_logger()

LASTS = timedelta(seconds=20)
"""How long a holder may act without renewing. Takeover after a death elsewhere: at most this and one renewal."""
RENEW_EVERY = 5.0
MARGIN = 3.0
"""Seconds before the end at which a holder that could not renew stops acting by itself."""

OnTaken = Callable[[Work], None]


class Leases:
    """The leases this process wants, and which of them it holds right now."""

    def __init__(self, desk: Desk, lifeline: Lifeline, wanted: Collection[str]) -> None:
        self._desk = desk
        self._lifeline = lifeline
        self._wanted = tuple(wanted)
        self._grips: dict[str, Grip] = {}
        self._good_until = 0.0
        self._is_passive: set[str] = set()
        self.on_taken: dict[str, OnTaken] = {}
        """What else happens in the unit of work that takes a lease from another holder."""
        self.on_turn: Callable[[], None] = lambda: None
        """Called each time the loop has come round without trouble."""

    def grip(self, name: str) -> Grip | None:
        """Return the lease if this process may act on it now, else None."""
        if asyncio.get_running_loop().time() >= self._good_until:
            return None
        return self._grips.get(name)

    @property
    def is_fresh(self) -> bool:
        """Return whether the database answered the last attempt to renew, held or not."""
        return asyncio.get_running_loop().time() < self._good_until

    async def run(self) -> None:
        """Renew what is held and try for what is not, until cancelled."""
        while True:
            await asyncio.sleep(RENEW_EVERY)
            try:
                await self.keep()
                self.on_turn()
            except Exception as error:  # the database is away: what is held runs out by itself
                log.error("lease-trouble", trouble=trouble(error))

    async def end_frozen(self) -> None:
        """End what frozen processes hold in the database, until cancelled.

        A task of its own: whoever renews may stand in line behind units that wait for just those locks.
        """
        while True:
            await asyncio.sleep(RENEW_EVERY)
            try:
                if ended := await self._desk.read(end_frozen):
                    log.warning("frozen-ended", sessions=ended)
            except Exception as error:  # the database is away, and holds nothing for anybody
                log.error("lease-trouble", trouble=trouble(error))

    async def keep(self) -> None:
        """Take or renew every wanted lease, in one unit of work."""
        began = asyncio.get_running_loop().time()
        dead = await self._desk.read(self._dead_holders)
        grips = await self._desk.write(lambda work: self._take(work, dead))
        self._grips = grips
        self._good_until = began + LASTS.total_seconds() - MARGIN
        self._tell({name for name in self._wanted if name not in grips})

    def _dead_holders(self, session: Session) -> dict[str, str]:
        holders = {name: find_holder(session, name) for name in self._wanted if name not in self._grips}
        return {name: holder for name, holder in holders.items() if holder and self._lifeline.is_dead(holder)}

    def _take(self, work: Work, dead: dict[str, str]) -> dict[str, Grip]:
        grips = {}
        wait_shortly(work)
        for name in self._wanted:
            grip = take_lease(work, name, holder=self._lifeline.name, lasts=LASTS, dead=dead.get(name))
            if grip is None:
                continue
            grips[name] = grip
            if grip != self._grips.get(name) and name in self.on_taken:
                self.on_taken[name](work)
        return grips

    def _tell(self, passive: set[str]) -> None:
        for name in sorted(passive - self._is_passive):
            log.warning("passive", lease=name)
        for name in sorted(self._is_passive - passive):
            log.info("active", lease=name)
        self._is_passive = passive

    async def end(self) -> None:
        """Let others take over at once."""
        grips, self._grips = self._grips, {}

        def unit(work: Work) -> None:
            for name in grips:
                let_go(work, name, holder=self._lifeline.name)

        if grips:
            await self._desk.write(unit)
