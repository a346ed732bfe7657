"""See that Telegram brings its updates to us, and know when it has none left to bring."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.clock import Clock
from bot.desk import Desk
from bot.intake import KINDS
from bot.logs import trouble
from storage.marks import find_marked_at, set_mark

log = structlog.get_logger()

PATH = "/telegram"
CAUGHT_UP = "caught-up"
"""The mark that says when all that the patients said was last known to be in the inbox."""
ASK_EVERY = 20.0
STAYS_TRUE = timedelta(minutes=2)


class WebhookWatch:
    """Sees that Telegram brings updates to us, and knows when it has none left to bring."""

    def __init__(self, desk: Desk, bot: Bot, clock: Clock, *, url: str, secret: str) -> None:
        self._desk = desk
        self._bot = bot
        self._clock = clock
        self._url = f"{url}{PATH}"
        self._secret = secret
        self.on_turn: Callable[[], None] = lambda: None
        """Called each time the loop has come round without trouble."""

    async def run(self) -> None:
        """Set the webhook, set it again whenever it is gone, and note when nothing is pending, until cancelled."""
        while True:
            try:
                await self.look()
                self.on_turn()
            except TelegramError as error:
                log.warning("webhook-trouble", trouble=trouble(error))
            except Exception as error:  # the database is away: the mark grows old, and nobody is judged meanwhile
                log.error("webhook-trouble", trouble=trouble(error))
            await asyncio.sleep(ASK_EVERY)

    async def look(self) -> None:
        """Make one round: set what is missing, and write down whether everything has arrived."""
        info = await self._bot.get_webhook_info()
        if info.url != self._url:
            await self._bot.set_webhook(
                self._url, secret_token=self._secret, allowed_updates=KINDS, drop_pending_updates=False
            )
            return
        if not info.pending_update_count:
            await self._desk.write(lambda work: set_mark(work, CAUGHT_UP, "nothing pending"))


async def has_everything(desk: Desk, now: datetime) -> bool:
    """Return whether some process has said of late that every update is in the inbox."""
    at = await desk.read(lambda session: find_marked_at(session, CAUGHT_UP))
    return at is not None and now - at <= STAYS_TRUE
