"""What the processes of one bot ring each other up for: updates to handle, letters to send."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.desk import Desk
from bot.logs import trouble
from storage.bell import LETTERS, UPDATES, Listener, ring
from storage.leases import Grip

log = structlog.get_logger()

EVERY = 0.1
"""Seconds between two rings for letters: a sender that has much to do needs none."""


class Bell:
    """The bell of one process. A lone process on SQLite has nobody to hear."""

    def __init__(
        self,
        desk: Desk,
        grip: Callable[[], Grip | None],
        *,
        on_updates: Callable[[], None],
        on_letters: Callable[[], None],
    ) -> None:
        """`grip` is the lease on sending, if it is held here: then nobody else need hear of letters."""
        self._desk = desk
        self._hears = {UPDATES: on_updates, LETTERS: on_letters}
        self._grip = grip
        self._is_ringing = False
        self._rings_from = 0.0
        self._listener: Listener | None = None

    def hang(self) -> None:
        """Listen, and hear of the letters that are written in this process."""
        loop = asyncio.get_running_loop()

        def written() -> None:
            loop.call_soon_threadsafe(self._written)

        def heard(what: str) -> None:
            loop.call_soon_threadsafe(self._hear, what)

        self._desk.store.on_letters = written
        if self._desk.store.is_shared:
            self._listener = Listener(self._desk.store, heard)

    def _hear(self, what: str) -> None:
        if what in self._hears:
            self._hears[what]()

    def _written(self) -> None:
        self._hears[LETTERS]()
        if self._listener is not None and not self._is_ringing and self._grip() is None:
            self._is_ringing = True
            self._desk.run_errand(self._ring())

    async def _ring(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            await asyncio.sleep(self._rings_from - loop.time())
            self._rings_from = loop.time() + EVERY
            self._is_ringing = False  # what is written from now on is not in this ring
            await self._desk.write(lambda work: ring(work, LETTERS))
        except Exception as error:  # the sender looks by itself, once a second
            log.info("not-rung", trouble=trouble(error))

    async def take_down(self) -> None:
        """Listen no longer."""
        if self._listener is not None:
            await asyncio.to_thread(self._listener.close)
