"""The running bot: intake, worker, sender and ticks over one store, started and stopped in the right order."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import Application

from bot.clock import Clock
from bot.desk import Desk
from bot.handlers.install import Handlers, offer_commands
from bot.intake import Intake, is_loopback
from bot.logs import trouble
from bot.sender import Sender
from bot.settings import Settings
from bot.telegram_http import AiohttpRequest
from bot.ticks import Ticks
from bot.worker import Worker
from clinic.invite_patient import BOT_USERNAME
from content.loader import Content
from storage.due import look_ahead
from storage.marks import set_mark
from storage.outbox import release_claims
from storage.store import Store

log = structlog.get_logger()


class Steady:
    """One bot at work. `start` returns once it serves; `stop` lets what is in hand be finished."""

    def __init__(self, settings: Settings, content: Content, clock: Clock) -> None:
        self.clock = clock
        self.store = Store(settings.database_url, clock.now)
        self.desk = Desk(self.store, content)
        self.application = build_application(settings)
        self.worker = Worker(self.desk, self.application, clock)
        self.sender = Sender(self.desk, self.application.bot, clock, per_second=settings.sends_per_second)
        self.intake = Intake(
            self.desk,
            clock,
            base=f"{settings.api_url}/bot{settings.token}",
            poll_seconds=settings.poll_seconds,
            on_arrival=self.worker.wake.set,
        )
        self.ticks = Ticks(self.desk, clock, every=settings.tick_seconds, may_judge=self.may_judge)
        self._tasks: list[asyncio.Task[None]] = []
        Handlers(self.desk).install(self.application)

    def may_judge(self) -> bool:
        """Return whether everything the patients said so far has been read: only then is silence silence."""
        return self.intake.is_caught_up and not self.worker.is_busy

    async def start(self) -> None:
        """Learn our own name, count what was being sent at the last stop as unknown, and begin to serve."""
        loop = asyncio.get_running_loop()

        def wake_sender() -> None:
            loop.call_soon_threadsafe(self.sender.wake.set)

        self.store.on_letters = wake_sender
        await self.desk.write(release_claims)
        await self._greet_telegram()
        for run in (self.intake.run, self.worker.run, self.sender.run):
            self._tasks.append(asyncio.create_task(run()))
        self.ticks.start()
        self.desk.run_errand(self._offer_commands())

    async def _greet_telegram(self) -> None:
        """Ask Telegram who we are until it answers; a token that it does not know is tried again too."""
        pause = 1.0
        while True:
            try:
                await self.application.initialize()
                await self.application.bot.delete_webhook(drop_pending_updates=False)
                break
            except TelegramError as error:
                log.warning("telegram-not-reached", trouble=trouble(error))
                await asyncio.sleep(pause)
                pause = min(pause * 1.5, 30.0)
        username = self.application.bot.username
        await self.desk.write(lambda work: set_mark(work, BOT_USERNAME, username))

    async def _offer_commands(self) -> None:
        try:
            await offer_commands(self.application.bot, self.desk)
        except TelegramError as error:
            log.warning("menu-not-set", trouble=trouble(error))

    async def stop(self) -> None:
        """Take no more in, let what is in hand be finished, and close. What is left is in the database."""
        self.ticks.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.worker.stop()
        await self.sender.stop()
        await self.intake.close()
        await self.application.shutdown()
        await asyncio.to_thread(self.store.close)

    @property
    def taken(self) -> int:
        """Return how many updates and letters have been taken in hand since the start."""
        return self.worker.taken + self.sender.taken

    async def rest(self) -> datetime | None:
        """Do all there is to do at this instant of the clock; return when the next thing is due.

        Everybody is asked to look at once: what a moved clock made due wakes nobody by itself. What people said
        comes before what the clock finds, so that an answer is not judged as silence.
        """
        while True:
            taken = self.taken
            await self._idle()
            async with self.worker.looking, self.sender.looking:
                ahead = await self.desk.read(lambda session: look_ahead(session, now=self.clock.now()))
            if ahead.is_update_waiting:
                await self.worker.look()
                continue
            if ahead.is_letter_due:
                await self.sender.look()
            visited = await self.ticks.make_rounds() if ahead.is_visit_due else 0
            if not ahead.is_letter_due and not visited and self.taken == taken:
                return ahead.next_at

    async def _idle(self) -> None:
        await self.worker.idle()
        await self.sender.idle()
        await self.desk.idle()


def build_application(settings: Settings) -> Application[Any, Any, Any, Any, Any, Any]:
    """Return the library's application without its updater and its job queue: both forget on a crash."""
    trust = not is_loopback(settings.api_url)
    request = AiohttpRequest(connections=16, trust_env=trust)
    return (
        Application.builder()
        .token(settings.token)
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .request(request)
        .get_updates_request(AiohttpRequest(connections=1, trust_env=trust))
        .updater(None)
        .job_queue(None)
        .build()
    )
