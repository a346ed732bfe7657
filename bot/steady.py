"""The running bot: intake, worker, sender and ticks over one store, started and stopped in the right order."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.clock import Clock
from bot.desk import Desk
from bot.handlers.install import Handlers, offer_commands
from bot.heartbeat import Heartbeat
from bot.intake import Intake, is_loopback
from bot.logs import trouble
from bot.route_test import RouteTest
from bot.sender import Sender
from bot.settings import Settings
from bot.ticks import Ticks
from bot.watch import Watch
from bot.worker import Worker
from clinic.invite_patient import BOT_USERNAME
from clinic.operator import OPERATOR_CHAT
from content.loader import Content
from storage.inbox import count_waiting
from storage.marks import set_mark
from storage.outbox import count_owed, release_claims
from storage.reading import Session
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
        self.sender = Sender(
            self.desk,
            self.application.bot,
            clock,
            per_second=settings.sends_per_second,
            per_minute=settings.group_sends_per_minute,
        )
        self.intake = Intake(
            self.desk,
            clock,
            base=f"{settings.api_url}/bot{settings.token}",
            poll_seconds=settings.poll_seconds,
            on_arrival=self.worker.wake.set,
        )
        self.ticks = Ticks(self.desk, clock, every=settings.tick_seconds, may_judge=self.may_judge)
        self._tasks: list[asyncio.Task[None]] = []
        self._operator_chat = settings.operator_chat
        url = settings.heartbeat_url
        self.watch = Watch(
            self.desk,
            clock,
            Heartbeat(
                self.desk,
                clock,
                url=url.get_secret_value() if url is not None else None,
                tasks=lambda: self._tasks,
                intake_trouble=lambda: self.intake.trouble,
            ),
            RouteTest(self.desk, self.application.bot),
        )
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
        self.watch.start()
        self.desk.run_errand(self._offer_commands())
        self.desk.run_errand(self.watch.routes.run())

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
        chat = self._operator_chat
        await self.desk.write(lambda work: set_mark(work, BOT_USERNAME, username))
        await self.desk.write(lambda work: set_mark(work, OPERATOR_CHAT, str(chat) if chat is not None else ""))

    async def _offer_commands(self) -> None:
        try:
            await offer_commands(self.application.bot, self.desk)
        except TelegramError as error:
            log.warning("menu-not-set", trouble=trouble(error))

    async def stop(self) -> None:
        """Take no more in, let what is in hand be finished, and close. What is left is in the database."""
        self.ticks.stop()
        self.watch.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.worker.stop()
        await self.sender.stop()
        await self.intake.close()
        await self.application.shutdown()
        await asyncio.to_thread(self.store.close)

    async def rest(self) -> None:
        """Wait until nothing is left to do at this instant of the clock."""
        looks = 0
        while True:
            if self.worker.is_busy or self.sender.is_busy or self.desk.is_busy:
                await asyncio.sleep(0.0005)
                continue
            waiting, owed = await self.desk.read(self._left)
            if not waiting and not owed:
                return
            if looks % 10 == 0:  # arrivals wake them by themselves; what a moved clock made due does not
                self.worker.wake.set()
                self.sender.wake.set()
            looks += 1
            await asyncio.sleep(0.002)

    def _left(self, session: Session) -> tuple[int, int]:
        now = self.clock.now()
        return count_waiting(session, now=now), count_owed(session, now=now)


def build_application(settings: Settings) -> Application[Any, Any, Any, Any, Any, Any]:
    """Return the library's application without its updater and its job queue: both forget on a crash."""
    trust = not is_loopback(settings.api_url)
    request = HTTPXRequest(connection_pool_size=16, pool_timeout=10, httpx_kwargs={"trust_env": trust})
    return (
        Application.builder()
        .token(settings.token)
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .request(request)
        .get_updates_request(HTTPXRequest(connection_pool_size=1, httpx_kwargs={"trust_env": trust}))
        .updater(None)
        .job_queue(None)
        .build()
    )
