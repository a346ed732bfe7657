"""Move the one clock through everything that is due, in order, and wait until it is quiet after each.

Knows the stand-in for Telegram only by HTTP. The tests drive whole courses with it, and so does the demo's page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from bot.clock import MovableClock
from bot.demo.stage import Stage
from bot.steady import Steady

PATIENCE = 10
"""Seconds the bot may take to fetch what people said before the stage counts as not being quiet."""
QUIET = f"/quiet?timeout={PATIENCE}"
MOST_AT_ONE_INSTANT = 200
"""Steps without the clock moving after which something is stuck rather than busy."""
LONGEST_REST = 600.0
"""Seconds after which work at one instant does not get on: what waits is in the hands of nobody who is there."""


class Stuck(RuntimeError):
    """The same row stays due however often it is visited. A bug, and loud."""


class Conductor:
    """Holds the clock of a Steady and of the stage it plays on."""

    def __init__(self, steady: Steady, clock: MovableClock, stage: Stage) -> None:
        self.steady = steady
        self.clock = clock
        self.stage = stage
        self.after_step: Callable[[], Awaitable[None]] | None = None
        self._next_at: datetime | None = None
        """When the next thing happens, as of the last rest: a row is due, or a person acts."""

    async def call(self, method: str, path: str, /, **body: Any) -> Any:
        """Make one call to the stage and return its JSON; raise for a refusal."""
        return await self.stage.call(method, path, **body)

    async def settle(self) -> None:
        """Wait until nobody has anything left to do at this instant."""
        taken = self.steady.taken
        await self._settle(taken, await self.call("GET", QUIET))

    async def _settle(self, taken: int, stage: dict[str, Any]) -> None:
        """Go on from a stage that has just been asked for quiet, when `taken` had been taken in hand."""
        for _ in range(MOST_AT_ONE_INSTANT):
            due = await self._rest()
            if self.steady.taken == taken and stage["quiet"]:
                act = datetime.fromisoformat(stage["next"]) if stage["next"] else None
                self._next_at = min((at for at in (due, act) if at is not None), default=None)
                return
            taken, stage = self.steady.taken, await self.call("GET", QUIET)
        raise Stuck("the house does not come to rest")

    async def _rest(self) -> datetime | None:
        try:
            async with asyncio.timeout(LONGEST_REST):
                return await self.steady.rest()
        except TimeoutError:
            raise Stuck("what waits at this instant is taken by nobody") from None

    async def advance(self, to: datetime, *, pace: float = 0.0) -> bool:
        """Go to the instant `to`, through every due row and every act in order; return False if halted on the way.

        `pace` is a pause in real seconds after each step, for people who watch.
        """
        await self.settle()
        stood = 0
        while (at := self._next_at) is not None and at <= to:
            stood = stood + 1 if at <= self.clock.now() else 0
            if stood > MOST_AT_ONE_INSTANT:
                raise Stuck(f"something stays due at {at.isoformat()}")
            if await self._move(max(at, self.clock.now())):
                return False
            if self.after_step is not None:
                await self.after_step()
            if pace:
                await asyncio.sleep(pace)
        return not await self._move(max(to, self.clock.now()))

    async def _move(self, at: datetime) -> bool:
        self.clock.move_to(at)
        taken = self.steady.taken
        answer = await self.call("PUT", "/clock", now=at.isoformat(), quiet=PATIENCE)
        await self._settle(taken, answer)
        return bool(answer["halt"])

    async def forward(self, **span: float) -> None:
        """Go forward by a `timedelta` given in its words (hours=1, days=2)."""
        await self.advance(self.clock.now() + timedelta(**span))
