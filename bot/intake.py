"""Fetch updates, keep them, and only then let Telegram forget them.

The library's own updater confirms an update before its handler has run, spins on a malformed one, and stops for good on
a single 401. This loop does none of that, and needs so little of HTTP that it talks to Telegram by itself.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from yarl import URL

from bot.clock import Clock
from bot.desk import Desk
from bot.logs import trouble
from bot.telegram_http import open_session
from storage.crash_points import passes
from storage.inbox import Arrival, Unusable, add_updates, arrival
from storage.leases import Grip, check_grip
from storage.work import Work

log = structlog.get_logger()

KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
LONGEST_PAUSE = 30.0
FORGETS_OFFSET_AFTER = timedelta(hours=6 * 24)
"""Ids begin anew at a random number after a week without updates; an offset from before would hide them."""


class Intake:
    """The one task that polls for the updates of one bot."""

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        *,
        grip: Callable[[], Grip | None],
        base: str,
        poll_seconds: int,
        on_arrival: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._grip = grip
        self._clock = clock
        self._base = base
        self._poll_seconds = poll_seconds
        self._on_arrival = on_arrival
        self._address = URL(f"{base}/getUpdates", encoded=True)
        self._timeout = aiohttp.ClientTimeout(total=poll_seconds + 60, sock_connect=10, sock_read=poll_seconds + 15)
        self._session: aiohttp.ClientSession | None = None
        self._offset: int | None = None
        self._last_arrival: datetime | None = None
        self.is_caught_up = False
        """Whether the newest poll brought nothing: then what the patients said is in the inbox."""
        self.trouble: str | None = None
        """Why polling does not work at present, in a word; None while it does."""
        self.on_turn: Callable[[], None] = lambda: None
        """Called each time the loop has come round without trouble."""

    async def run(self) -> None:
        """Poll until cancelled. No answer of Telegram's ends this loop."""
        pause = 1.0
        while True:
            try:
                if (grip := self._grip()) is None:  # another process polls
                    self.is_caught_up = False
                    await asyncio.sleep(1)
                    self.on_turn()
                    continue
                await self.poll(grip)
                self.trouble, pause = None, 1.0
                self.on_turn()
            except asyncio.CancelledError:
                raise
            except Exception as error:  # whatever it was, the next poll may work; nothing was confirmed
                self.is_caught_up = False
                self._note_trouble(error)
                await asyncio.sleep(pause)
                pause = min(pause * 1.5, LONGEST_PAUSE)

    def _note_trouble(self, error: Exception) -> None:
        what = trouble(error)
        if isinstance(error, aiohttp.ClientResponseError):
            what = f"http {error.status}"
        if what != self.trouble:
            log.warning("polling-trouble", trouble=what)
        self.trouble = what

    async def poll(self, grip: Grip) -> None:
        """Fetch one batch and commit it; the next poll's offset is what confirms it."""
        self._forget_old_offset()
        patience = self._poll_seconds if self.is_caught_up else 0
        asked: dict[str, Any] = {"timeout": patience, "allowed_updates": KINDS, "limit": 100}
        if self._offset is not None:
            asked["offset"] = self._offset
        batch = (await self._ask(asked))["result"]
        if not batch:
            self.is_caught_up = True
            return
        self.is_caught_up = False
        self._last_arrival = self._clock.now()
        arrivals = usable(batch)
        if arrivals:
            await self._desk.write(lambda work: self._keep(work, grip, arrivals))
            self._offset = max(one.update_id for one in arrivals) + 1
            self._on_arrival()
        self.is_caught_up = len(batch) < asked["limit"]

    def _keep(self, work: Work, grip: Grip, arrivals: list[Arrival]) -> None:
        check_grip(work, grip)
        add_updates(work, arrivals)

    async def _ask(self, asked: dict[str, Any]) -> Any:
        if self._session is None:
            self._session = open_session(connections=1, trust_env=not is_loopback(self._base))
        passes("poll")
        async with self._session.post(self._address, json=asked, timeout=self._timeout) as answer:
            answer.raise_for_status()
            batch = json.loads(await answer.read())
        passes("polled")
        return batch

    def _forget_old_offset(self) -> None:
        quiet_since = self._last_arrival
        if quiet_since is not None and self._clock.now() - quiet_since > FORGETS_OFFSET_AFTER:
            self._offset = self._last_arrival = None

    async def close(self) -> None:
        """Close the connection."""
        if self._session is not None:
            await self._session.close()


def usable(batch: list[Any]) -> list[Arrival]:
    """Return what can be kept of a batch. What has no id cannot be kept, nor confirmed; it must not stop the rest."""
    arrivals: list[Arrival] = []
    for update in batch:
        try:
            arrivals.append(arrival(update))
        except (Unusable, AttributeError):
            log.error("update-without-id")
    return arrivals


def is_loopback(address: str) -> bool:
    """Return whether an address is this machine, which no proxy should be asked about."""
    return URL(address).host in ("127.0.0.1", "localhost", "::1")
